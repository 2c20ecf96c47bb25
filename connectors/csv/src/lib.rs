//! CSV files as a source: folders, globs, encodings, delimiters, and rows that are not what they
//! should be.
//!
//! What counts as a row is RFC 4180, widened to what spreadsheets and exports write:
//!
//! - fields are separated by `,` `;` tab or `|` (found by the counts of the first rows, or said; a
//!   first line `sep=;` says it too), rows end in CRLF, LF or CR;
//! - empty lines, comment lines and the lines before the header are passed over;
//! - header names are trimmed; a second `name` becomes `name_2`, a third column without a name
//!   `column_3`;
//! - a quote inside a field that does not begin with one is a character like any other;
//! - every value is [`Value::Text`](holdall_connector::Value::Text), an empty field too.
//!
//! A row that has too few or too many fields, a quote in the wrong place or never closed, bytes
//! that are not text, or more than [`ROW_LIMIT`] bytes is given to
//! [`Sink::skipped`](holdall_connector::Sink::skipped) with its file and line, and the rows after
//! it are read. Where quoting is broken, reading resumes at the next line.
//!
//! A table may have several files with different columns. A lookup for a column that only some
//! files have is answered from those; if no file has it, that is
//! [`Error::NoColumn`](holdall_connector::Error::NoColumn).
//!
//! | module | owns |
//! |---|---|
//! | [`settings`] | what the data map says of a CSV source |
//! | `rows` | where a row begins and ends: the rules, row by row |
//! | `cut` | the same rules for one row at the front of a text |
//! | `walk` | the structure of many plain rows at once |
//! | `search` | the rows that a lookup wants, without taking the others apart |
//! | `fields` | a row taken apart; the names of the columns |
//! | `delimiter` | which delimiter a file has |
//! | `finder` | which plain rows could be wanted |
//! | `file` | one file: its shape, its records |
//! | `look` | a first look at a file, for a draft of a data map |
//! | `source` | the connector |

#[cfg(any(test, fuzzing))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a check may fail")]
pub mod agree;
mod cut;
mod delimiter;
mod fields;
mod file;
mod finder;
mod look;
mod rows;
mod search;
pub mod settings;
mod source;
#[cfg(test)]
mod tests;
mod walk;

pub use look::{Look, look, looks_like_data};
pub use rows::ROW_LIMIT;
pub use settings::{Settings, TableSettings};
pub use source::{Csv, discover};
