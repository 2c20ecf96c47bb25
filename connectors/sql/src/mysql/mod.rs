//! A MariaDB or MySQL database as a source: its tables and views, read and never written.
//!
//! One connection a source, in one `READ ONLY` transaction with a consistent snapshot, so that all
//! reads see one state. MariaDB cannot share a snapshot between connections: reads of one source
//! wait for each other. (Tables of engines without transactions, such as MyISAM, are never part of
//! a snapshot; the advice says so.) Rows are taken from the connection as they come, never held
//! whole. A connection that is lost before any row was read is made anew; after that, a read ends
//! [`Incomplete`](holdall_connector::Ending::Incomplete).
//!
//! The address is a URL, `mysql://` or `mariadb://`; `ssl-mode` is `DISABLED`, `PREFERRED` (the
//! default), `REQUIRED`, `VERIFY_CA` or `VERIFY_IDENTITY`, with `ssl-ca` for a file of certificate
//! authorities beside the public ones.
//!
//! Values keep their type: decimals as written, `tinyint(1)` and `bit(1)` as booleans where they are
//! 0 or 1, longer bits as text, binary strings as bytes, `json` (and what MariaDB has in its place)
//! as nested values, `timestamp` in UTC. Zero dates, and times of more than a day, stay text.
//!
//! Rows come in the order of their primary key, else of the unique key that MariaDB keeps them by,
//! else as they are stored; those of a view in the order of all their columns.
//!
//! | module | owns |
//! |---|---|
//! | `connect` | the URL, the connection, the transaction |
//! | `session` | the one connection and its state |
//! | `catalogue` | tables, columns, keys, indexes |
//! | `cell` | MariaDB's values as ours |
//! | `query` | the statement and its conditions |
//! | `source` | the connector |
//! | `why` | errors in words without content |

mod catalogue;
mod cell;
mod connect;
mod query;
mod session;
mod source;
mod why;

pub use source::{Mysql, discover};
