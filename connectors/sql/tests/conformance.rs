//! SQLite passes the suite of every connector, with each sort of key.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use holdall_sql::sqlite::{Settings, Sqlite, TableSettings};
use holdall_testkit::{Bed, Fixture, Traits, conformance};
use rusqlite::{Connection, params_from_iter};

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn fill(connection: &Connection, fixture: &Fixture, id: &str, suffix: &str) {
    let columns: Vec<String> = fixture.columns.iter().skip(1).map(|c| quoted(c)).collect();
    let typed: Vec<String> = columns.iter().map(|c| format!("{c} TEXT")).collect();
    let table = quoted(&fixture.table);
    let sql = format!("CREATE TABLE {table} (id {id}, {}){suffix}", typed.join(", "));
    connection.execute(&sql, []).unwrap();
    let marks = vec!["?"; fixture.columns.len()].join(", ");
    for (index, row) in fixture.rows.iter().enumerate() {
        if fixture.broken_after == Some(index) {
            let bytes: String = Fixture::BROKEN.bytes().map(|b| format!("{b:02x}")).collect();
            let first = &columns[0];
            let sql = format!(
                "INSERT INTO {table} (id, {first}) VALUES (1000, CAST(x'{bytes}ff' AS TEXT))"
            );
            connection.execute(&sql, []).unwrap();
        }
        let sql = format!("INSERT INTO {table} VALUES ({marks})");
        connection.execute(&sql, params_from_iter(row)).unwrap();
    }
}

fn bed(fixtures: &[Fixture], id: &str, suffix: &str) -> Bed {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY").unwrap();
    fixtures.iter().for_each(|fixture| fill(&connection, fixture, id, suffix));
    drop(connection);
    let tables = fixtures.iter().map(|f| TableSettings::named(&f.table)).collect();
    let sqlite = Sqlite::new(Settings { source: "app".into(), path, tables }).unwrap();
    Bed::new(sqlite, folder)
}

#[test]
fn a_key_that_is_the_rowid() {
    conformance(Traits::default(), |fixtures| bed(fixtures, "INTEGER PRIMARY KEY", ""));
}

#[test]
fn no_key() {
    conformance(Traits::default(), |fixtures| bed(fixtures, "INTEGER", ""));
}

#[test]
fn no_declared_type() {
    conformance(Traits::default(), |fixtures| bed(fixtures, "", ""));
}

#[test]
fn no_rowid() {
    conformance(Traits::default(), |fixtures| {
        bed(fixtures, "INTEGER PRIMARY KEY", " WITHOUT ROWID")
    });
}
