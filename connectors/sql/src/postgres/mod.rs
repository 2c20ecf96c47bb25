//! A PostgreSQL database as a source: its tables, views, materialised views, partitioned and
//! foreign tables, read and never written.
//!
//! All reads of one connector see one state of the database: the first connection begins a
//! `REPEATABLE READ READ ONLY` transaction and exports its snapshot; further ones, opened when reads
//! run side by side, import it. Rows are taken as they come, those of a whole table
//! through a cursor, so neither side holds a whole result.
//! A connection that is lost before any row was read is made anew; after that, a read ends
//! [`Incomplete`](holdall_connector::Ending::Incomplete), because a new connection would see
//! another state. Row-level security that would hide rows makes the read fail instead of passing
//! over them.
//!
//! The address is a URL as `libpq` has it; `sslmode` is `disable`, `prefer` (the default),
//! `require`, `verify-ca` or `verify-full`, with `sslrootcert` for a certificate authority of your
//! own. As with `libpq`, only the last two know whom they talk to.
//!
//! Values keep their type: `numeric` and `money` exactly as written, dates and times in ISO 8601
//! (`timestamptz` in UTC), `bytea` as bytes, `json` and `jsonb` as nested values, arrays as lists,
//! everything else as the text that PostgreSQL gives. The blanks that pad a `char(n)` are not part
//! of its value. What ISO 8601 has no word for (`infinity`, years before Christ) stays text.
//!
//! Rows come in the order of their primary key, else of their position (`ctid`); those of a view or
//! foreign table in the order of all their columns.
//!
//! | module | owns |
//! |---|---|
//! | `connect` | the URL, the connection, the transaction |
//! | `tls` | how far a server has to prove who it is |
//! | `sessions` | connections that share one snapshot |
//! | `catalogue` | tables, columns, keys, indexes |
//! | `shape` | PostgreSQL's texts as values |
//! | `cell` | one value off the wire |
//! | `query` | the statement; conditions that an index serves |
//! | `hints` | which lookups no index serves |
//! | `source` | the connector |
//! | `why` | errors in words without content |

mod catalogue;
mod cell;
mod connect;
mod hints;
mod query;
mod sessions;
mod shape;
mod source;
mod tls;
mod why;

pub use source::{Postgres, discover};
