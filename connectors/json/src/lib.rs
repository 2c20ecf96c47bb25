//! JSON files as a source: Lines, arrays, documents, folders of documents.
//!
//! What a file is shows in its content:
//!
//! - one value a line (JSON Lines, NDJSON): each line is a record;
//! - one array: each element is a record, read one by one;
//! - one object: one record, however many lists it has inside.
//!
//! Encodings are UTF-8 and UTF-16, with or without a byte order mark. Values are kept as they are
//! written: `1.10` stays `1.10`, whole numbers are exact, the keys of nested objects keep their
//! order. The columns of a record are its top-level keys, so two records of a table may have
//! different ones, and a lookup for a key that no record has finds nothing. Name a column of a
//! nested value by its path, `customer.email` or `items[].sku`.
//!
//! A line that is not JSON, a record that is not an object, has a key twice (it cannot be known
//! which is meant), is nested deeper than [`DEPTH_LIMIT`] or is longer than [`RECORD_LIMIT`] is
//! given to [`Sink::skipped`](holdall_connector::Sink::skipped), and the records after it are
//! read. Where an array or a document is broken, nothing after that place can be trusted: the read
//! ends [`Incomplete`](holdall_connector::Ending::Incomplete), naming file and line.
//!
//! Of large files of lines, only those lines are made values of in which a wanted value can stand.
//! Every other line is judged sound without that, or parsed and reported.
//!
//! | module | owns |
//! |---|---|
//! | [`settings`] | what the data map says of a JSON source |
//! | `form` | whether a file is lines, an array or a document |
//! | `lines` | the records of JSON Lines |
//! | `elements` | the records of an array or a document |
//! | `parse` | a record's text as values; duplicate keys |
//! | `leaves` | the columns for people to see |
//! | `file` | one file, record by record |
//! | `search` | the records of lines that a lookup wants, without parsing the other lines |
//! | `marks` | where lines end, and what stands in them |
//! | `alike` | lines that are written like one before |
//! | `judge` | whether a record is sound and could be wanted, without making values of it |
//! | `lexeme` | where a string, number or word ends |
//! | `source` | the connector |

#[cfg(any(test, fuzzing))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a check may fail")]
pub mod agree;
mod alike;
mod elements;
mod file;
mod form;
mod judge;
mod leaves;
mod lexeme;
mod lines;
mod marks;
mod parse;
mod search;
pub mod settings;
mod source;
#[cfg(test)]
mod tests;

pub use parse::{DEPTH_LIMIT, RECORD_LIMIT};
pub use settings::{Settings, TableSettings};
pub use source::{Json, discover};
