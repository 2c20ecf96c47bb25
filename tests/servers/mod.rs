//! Organisations whose data is on PostgreSQL and MariaDB, the whole way.

mod chain;
mod draft;
mod moved;
#[path = "../../connectors/sql/tests/server/mod.rs"]
mod server;
