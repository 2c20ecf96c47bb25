//! Both servers pass the suite of every connector, with each sort of key.

use holdall_sql::mysql::Mysql;
use holdall_sql::postgres::Postgres;
use holdall_testkit::{Bed, Fixture, Traits, conformance};

use crate::server::{self, Kind, Server};
use crate::settings;

/// How a test wants its tables.
#[derive(Clone, Copy)]
struct Form {
    /// The type of the column `id` and what is said of it.
    id: &'static str,
    /// The type of the other columns.
    text: &'static str,
    /// Whether each column has an index.
    indexed: bool,
}

fn fill(server: &Server, database: &str, fixture: &Fixture, form: Form) {
    let quote = if server.kind == Kind::Postgres { '"' } else { '`' };
    let quoted = |name: &String| format!("{quote}{name}{quote}");
    let Form { id, text, indexed } = form;
    let names: Vec<String> = fixture.columns.iter().map(quoted).collect();
    let typed: Vec<String> = names.iter().skip(1).map(|name| format!("{name} {text}")).collect();
    let table = quoted(&fixture.table);
    let tag = &fixture.table;
    // In one go: a connection for each statement would take longer than the statements.
    let mut sql = format!("CREATE TABLE {table} (id {id}, {});", typed.join(", "));
    for (number, name) in names.iter().enumerate().skip(1).filter(|_| indexed) {
        let length = if server.kind == Kind::Postgres { "" } else { "(20)" };
        // A text longer than a page cannot be in an index of PostgreSQL.
        if !name.contains("notes") {
            sql.push_str(&format!("CREATE INDEX i{tag}_{number} ON {table} ({name}{length});"));
        }
    }
    for (index, row) in fixture.rows.iter().enumerate() {
        if fixture.broken_after == Some(index) {
            server.run(database, &std::mem::take(&mut sql));
            broken(server, database, &table, &names[1]);
        }
        sql.push_str(&insert(server.kind, &table, row));
        if sql.len() > 1_000_000 {
            server.run(database, &std::mem::take(&mut sql));
        }
    }
    if !sql.is_empty() {
        server.run(database, &sql);
    }
}

fn insert(server: Kind, table: &str, row: &[String]) -> String {
    let literal = |text: &String| match server {
        Kind::Postgres => format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''")),
        Kind::Mariadb => {
            let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
            format!("CONVERT(x'{hex}' USING utf8mb4)")
        }
    };
    let values: Vec<String> = row.iter().skip(1).map(literal).collect();
    format!("INSERT INTO {table} VALUES ({}, {});", row[0], values.join(", "))
}

/// Puts in a row with text that is not UTF-8: a database in `SQL_ASCII` takes any bytes.
fn broken(server: &Server, database: &str, table: &str, column: &str) {
    let sql = format!(
        "SET client_encoding = 'SQL_ASCII';
         INSERT INTO {table} (id, {column}) VALUES (1000, E'{}\\xff')",
        Fixture::BROKEN
    );
    server.run(database, &sql);
}

/// A database that goes with its case: a property test makes one for each of its many cases.
struct Database {
    server: &'static Server,
    name: String,
}

impl Drop for Database {
    fn drop(&mut self) {
        self.server.forget(&self.name);
    }
}

fn database(server: &'static Server, fixtures: &[Fixture]) -> Database {
    if !fixtures.iter().any(|fixture| fixture.broken_after.is_some()) {
        return Database { server, name: server.database() };
    }
    let name = server.name();
    let sql = format!("CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
    server.run("postgres", &sql);
    Database { server, name }
}

fn bed(server: &'static Server, fixtures: &[Fixture], form: Form) -> Bed {
    let database = database(server, fixtures);
    fixtures.iter().for_each(|fixture| fill(server, &database.name, fixture, form));
    let tables: Vec<&str> = fixtures.iter().map(|fixture| fixture.table.as_str()).collect();
    let settings = settings(&server.url(&database.name), &tables);
    match server.kind {
        Kind::Postgres => Bed::new(Postgres::new(settings).unwrap(), database),
        Kind::Mariadb => Bed::new(Mysql::new(settings).unwrap(), database),
    }
}

const POSTGRES: Traits = Traits { fixed_columns: true, nul_in_text: false, broken_text: true };
const MARIADB: Traits = Traits { fixed_columns: true, nul_in_text: true, broken_text: false };

#[test]
fn postgres_with_a_key() {
    let form = Form { id: "int PRIMARY KEY", text: "text", indexed: false };
    conformance(POSTGRES, |fixtures| bed(server::postgres(), fixtures, form));
}

#[test]
fn postgres_with_indexes_in_the_order_of_code_points() {
    let form = Form { id: "bigint PRIMARY KEY", text: "varchar", indexed: true };
    conformance(POSTGRES, |fixtures| bed(server::postgres(), fixtures, form));
}

#[test]
fn postgres_in_another_order() {
    let text = "text COLLATE \"und-x-icu\"";
    let form = Form { id: "numeric PRIMARY KEY", text, indexed: true };
    conformance(Traits { broken_text: false, ..POSTGRES }, |fixtures| {
        bed(server::postgres(), fixtures, form)
    });
}

#[test]
fn postgres_without_a_key() {
    let form = Form { id: "smallint", text: "text", indexed: false };
    conformance(POSTGRES, |fixtures| bed(server::postgres(), fixtures, form));
}

#[test]
fn mariadb_with_a_key() {
    let form = Form { id: "int PRIMARY KEY", text: "longtext", indexed: false };
    conformance(MARIADB, |fixtures| bed(server::mariadb(), fixtures, form));
}

#[test]
fn mariadb_with_indexes() {
    let text = "longtext COLLATE utf8mb4_unicode_ci";
    let form = Form { id: "bigint unsigned PRIMARY KEY", text, indexed: true };
    conformance(MARIADB, |fixtures| bed(server::mariadb(), fixtures, form));
}

#[test]
fn mariadb_without_a_key() {
    let form = Form { id: "smallint", text: "longtext", indexed: true };
    conformance(MARIADB, |fixtures| bed(server::mariadb(), fixtures, form));
}
