//! PostgreSQL and MariaDB for real: the servers are started here and stopped at the end.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and clippy.toml excuses only the functions marked as tests"
)]

mod conformance;
mod hostile;
mod lost;
mod mariadb;
mod memory;
mod postgres;
mod refusals;
mod secure;
#[path = "../server/mod.rs"]
mod server;

use holdall_connector::{Compare, Connector, Ending, Secret};
use holdall_sql::mysql::Mysql;
use holdall_sql::postgres::Postgres;
use holdall_sql::{Settings, TableSettings};
use holdall_testkit::{Collect, ask};
use server::{Kind, Server};

/// Both servers.
const BOTH: [fn() -> &'static Server; 2] = [server::postgres, server::mariadb];

/// Returns a source of tables, named as `table` or `name=table`.
fn settings(url: &str, tables: &[&str]) -> Settings {
    let table = |text: &&str| match text.split_once('=') {
        Some((name, table)) => TableSettings { name: name.into(), table: Some(table.into()) },
        None => TableSettings::named(*text),
    };
    Settings::new("db", Secret::new(url.to_owned()), tables.iter().map(table).collect())
}

fn connect(kind: Kind, settings: Settings) -> Box<dyn Connector> {
    match kind {
        Kind::Postgres => Box::new(Postgres::new(settings).unwrap()),
        Kind::Mariadb => Box::new(Mysql::new(settings).unwrap()),
    }
}

/// Returns a source of a database of the server, for the user who may do everything.
fn source(server: &Server, database: &str, tables: &[&str]) -> Box<dyn Connector> {
    connect(server.kind, settings(&server.url(database), tables))
}

/// Makes a database with this content, and a source of it.
fn filled(server: &Server, sql: &str, tables: &[&str]) -> (String, Box<dyn Connector>) {
    let database = server.database();
    server.run(&database, sql);
    let source = source(server, &database, tables);
    (database, source)
}

/// Reads the rows of a table whose `id` is one of these; the read must be complete.
fn read(source: &dyn Connector, table: &str, column: &str, values: &[&str]) -> Collect {
    let lookup = ask(table, column, Compare::Exact, values);
    let (found, ending) = Collect::read(source, &lookup).unwrap();
    assert!(matches!(ending, Ending::Complete { .. }), "{ending:?}");
    found
}
