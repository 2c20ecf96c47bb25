//! A SQLite database file as a source: its tables and views, read and never written.
//!
//! Each read opens the file anew, read-only, and sees one state of it (one transaction). The file
//! must exist; nothing is created beside it. A database in WAL mode that nobody has open is read
//! without the log files that SQLite would otherwise leave behind; if it is changed meanwhile, the
//! read ends [`Incomplete`](holdall_connector::Ending::Incomplete). (A log left by a crash has to
//! be read, and SQLite then leaves its `-shm` file beside it.)
//!
//! Values keep the type of the *value*, as SQLite has it, refined by the declared type of the
//! column: 0 and 1 in a `BOOL…` column are booleans, ISO 8601 text in a `…DATE…` or `…TIME…`
//! column is a date or time. A real number is the shortest decimal that is the same number.
//! Text that is not valid in the database's encoding makes its row
//! [`Skipped`](holdall_connector::Skipped).
//!
//! Rows come in the order that the table has: that of the `rowid`, or of the primary key in a table
//! without one; those of a view as the view gives them. They are named by their primary key.
//!
//! | module | owns |
//! |---|---|
//! | `open` | the connection, and errors in words without content |
//! | `schema` | tables, columns, keys |
//! | `glance` | rows that cannot be wanted, before values are made of them |
//! | `parts` | a large table read by several threads |
//! | `query` | the statement; which rows SQLite may leave out |
//! | `value` | SQLite's values as ours |
//! | `source` | the connector |

mod glance;
mod open;
mod parts;
mod query;
mod schema;
mod source;
mod value;

pub use crate::TableSettings;
pub use source::{Settings, Sqlite, discover};
