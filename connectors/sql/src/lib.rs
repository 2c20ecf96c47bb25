//! SQL databases as sources, one dialect a module, each behind a feature of its name.
//!
//! All of them read as a guest: read-only, one state of the database, only `SELECT`, only bound
//! values, rows streamed. A lookup of ten thousand values is one statement.
//!
//! **What the database may leave out.** A row is wanted if the normal form of a value is one of the
//! values asked for ([`Compare`](holdall_connector::Compare)): white space around it never counts,
//! and case folds as Unicode has it. No database compares like that. So a condition is sent only
//! where it keeps *at least* the wanted rows, and each row is compared again here:
//!
//! - a column of whole numbers, exact decimals, dates or UUIDs has one spelling a value: equality in
//!   the column's own type, which an index serves;
//! - text compared exactly: equality after trimming. No index on the column itself serves that,
//!   unless it is in the order of code points: then the texts that start with the value and go on
//!   with white space are ranges of the index, and so are those that start with white space
//!   (PostgreSQL);
//! - text compared caseless, compact or by digits: equality of the ASCII letters and digits, and
//!   every text with another character, because only Unicode's tables know what it folds to (for
//!   caseless lookups on PostgreSQL there can be an index: `check` says which);
//! - anything else: every row.
//!
//! The condition runs in the server, so a table without a helpful index is read there and not sent
//! here.
//!
//! | module | owns |
//! |---|---|
//! | [`sqlite`], [`postgres`], [`mysql`] | the dialects |
//! | `settings` | what a source on a server is made from |
//! | `address` | the URL of a server, without ever showing it |
//! | `failure` | errors in words without content, and what is tried again |
//! | `names` | quoting, and names with dots |
//! | `condition` | what a database may leave out |
//! | `structure` | tables, columns and keys, as both servers describe them |
//! | `deliver` | rows into a sink: place, comparison, ending |
//! | `advice` | which lookups no index serves |
//! | `iso`, `number`, `json` | texts and numbers as values |

#[cfg(any(feature = "postgres", feature = "mysql"))]
mod address;
mod advice;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod condition;
mod deliver;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod failure;
mod iso;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod json;
#[cfg(feature = "mysql")]
pub mod mysql;
mod names;
mod number;
#[cfg(feature = "postgres")]
pub mod postgres;
mod settings;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod structure;

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub use address::Dialect;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub use settings::Settings;
pub use settings::TableSettings;
