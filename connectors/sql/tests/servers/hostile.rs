//! A hostile database: its names, values and types, and what of them reaches the server as SQL, by the
//! server's own log.

use holdall_connector::{Compare, Connector};
use holdall_testkit::{Collect, ask};

use crate::server::{Kind, Server};
use crate::{connect, settings};

/// Texts that would do harm if they were ever taken for SQL.
const HOSTILE: [&str; 8] = [
    "\"; DROP TABLE victim; --",
    "`; DROP TABLE victim; -- x",
    "'; DROP TABLE victim; --",
    "x' OR '1'='1",
    "\\'; DROP TABLE victim; --",
    "$1::text[]) OR true; --",
    "? OR 1=1 #",
    ":name {0} %s /* */ \u{2019}; DROP TABLE victim",
];

/// What a guest may send.
const ALLOWED: [&str; 11] = [
    "EXPLAIN SELECT",
    "SELECT",
    "WITH",
    "DECLARE holdall",
    "FETCH",
    "CLOSE holdall",
    "BEGIN",
    "START TRANSACTION",
    "SET ",
    "SAVEPOINT",
    "ROLLBACK",
];

fn quoted(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        Kind::Mariadb => format!("`{}`", name.replace('`', "``")),
    }
}

/// Returns statements that make a table to be spared, and schemas, tables, columns, types and indexes
/// of hostile names. (MariaDB's schemas are its databases, and its types have no names.)
fn hostile_tables(kind: Kind) -> String {
    let mut sql =
        String::from("CREATE TABLE victim (id int PRIMARY KEY); INSERT INTO victim VALUES (1);");
    for (n, text) in HOSTILE.iter().enumerate() {
        let (name, table) = (quoted(kind, text), quoted(kind, &format!("{text}{n}")));
        let word = text.replace('\\', "\\\\").replace('\'', "''");
        let (schema, column) = match kind {
            Kind::Postgres => (
                format!("CREATE SCHEMA {name}; CREATE TYPE {name}.{name} AS ENUM (E'{word}');"),
                format!("{name}.{name}"),
            ),
            Kind::Mariadb => (format!("CREATE DATABASE {name};"), format!("enum('{word}')")),
        };
        sql.push_str(&format!(
            "{schema} CREATE TABLE {name}.{table} ({name} varchar(99), n int, id int PRIMARY KEY,
               kind {column}, up int, CONSTRAINT {name} FOREIGN KEY (up) REFERENCES {name}.{table} (id));
             INSERT INTO {name}.{table} ({name}, n, id) VALUES ('harmless', {n}, 1);
             UPDATE {name}.{table} SET kind = {};",
            if kind == Kind::Postgres { format!("E'{word}'") } else { format!("'{word}'") }
        ));
        let index = quoted(kind, &format!("{text}{n}i"));
        sql.push_str(&format!("CREATE INDEX {index} ON {name}.{table} ({name});"));
    }
    sql
}

/// Looks for hostile values in hostile columns in every way.
fn read_hostile(source: &dyn Connector) {
    source.check().unwrap();
    assert_eq!(source.keys().unwrap().len(), HOSTILE.len());
    let many: Vec<String> = (0..50).map(|n| format!("{}{n}", HOSTILE[n % 8])).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain(HOSTILE).collect();
    for (n, column) in HOSTILE.into_iter().enumerate() {
        let table = format!("t{n}");
        let rows = |column, compare, values: &[&str]| {
            Collect::read(source, &ask(&table, column, compare, values)).unwrap().0.records.len()
        };
        for compare in [Compare::Exact, Compare::Caseless, Compare::Compact, Compare::Name] {
            assert_eq!(rows(column, compare, &HOSTILE), 0);
            assert_eq!(rows(column, compare, &many), 0);
        }
        assert_eq!(rows(column, Compare::Exact, &["harmless"]), 1, "{column}");
        assert_eq!(rows("kind", Compare::Exact, &HOSTILE), 1, "{column}");
        for column in [column, "kind", "id"] {
            source.advice(&ask(&table, column, Compare::Exact, &[]));
        }
        let mut sampled = Collect::default();
        source.sample(&table, 5, &mut sampled).unwrap();
        assert_eq!(sampled.records.len(), 1);
    }
}

/// Returns a name as a part of an address.
fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn nothing_hostile_reaches_the_server_as_sql() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        // A server of its own, whose log has nothing of other tests in it.
        let server = Server::start(kind);
        let hostile = "\"; DROP TABLE victim; -- `'db";
        let first = if kind == Kind::Postgres { "postgres" } else { "mysql" };
        server.run(first, &format!("CREATE DATABASE {}", quoted(kind, hostile)));
        let database = encoded(hostile);
        server.run(&database, &hostile_tables(kind));
        let mut settings = settings(&server.url(&database), &[]);
        let inner = |text: &str| text.replace('"', "\"\"");
        let table = |(n, text): (usize, &str)| holdall_sql::TableSettings {
            name: format!("t{n}"),
            table: Some(format!("\"{0}\".\"{0}{n}\"", inner(text))),
        };
        settings.tables = HOSTILE.into_iter().enumerate().map(table).collect();
        let before = server.statements().len();
        let found = match kind {
            Kind::Postgres => holdall_sql::postgres::discover(&settings).unwrap().len(),
            Kind::Mariadb => holdall_sql::mysql::discover(&settings).unwrap().len(),
        };
        assert_eq!(found, if kind == Kind::Postgres { HOSTILE.len() + 1 } else { 1 });
        read_hostile(connect(kind, settings).as_ref());
        let log = server.statements();
        let ours = our_statements(kind, log.get(before..).unwrap());
        assert!(ours.len() > HOSTILE.len() * 5, "{}", ours.len());
        for statement in &ours {
            assert!(ALLOWED.iter().any(|start| statement.starts_with(start)), "{statement}");
            let bare = without_quoted(statement, kind);
            assert!(!bare.contains("DROP") && !bare.contains("victim"), "{statement}");
        }
        let victim = crate::source(&server, &database, &["victim"]);
        assert_eq!(crate::read(victim.as_ref(), "victim", "id", &["1"]).records.len(), 1);
    }
}

/// Returns the statements that were sent by this source, as the server's own log has them.
fn our_statements(kind: Kind, log: &str) -> Vec<String> {
    let mut statements = Vec::new();
    // An entry of PostgreSQL's log may have several lines; each starts with our prefix.
    for line in entries(kind, log) {
        let said = match kind {
            Kind::Postgres => line.strip_prefix("[holdall|").and_then(|rest| {
                let after = rest.split_once("LOG:  ")?.1;
                let said = after.split_once(": ")?;
                matches!(
                    said.0,
                    "statement" | "execute <unnamed>" | "execute fetch from <unnamed>/<unnamed>"
                )
                .then(|| said.1.to_owned())
            }),
            // The log shows what was prepared; what is executed shows the values, escaped.
            Kind::Mariadb => ["\tPrepare\t", " Prepare\t", " Query\t"]
                .iter()
                .find_map(|word| line.split_once(word).map(|(_, said)| said.to_owned())),
        };
        statements.extend(said.map(|text| text.trim_start().to_owned()));
    }
    statements
}

fn entries(kind: Kind, log: &str) -> Vec<String> {
    match kind {
        Kind::Postgres => {
            log.split("\n[").map(|entry| format!("[{entry}").replace('\n', " ")).collect()
        }
        Kind::Mariadb => log.lines().map(str::to_owned).collect(),
    }
}

/// Returns a statement without what stands in quotes of any kind.
fn without_quoted(statement: &str, kind: Kind) -> String {
    let name = if kind == Kind::Postgres { '"' } else { '`' };
    let mut bare = String::new();
    let mut open = None;
    for c in statement.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            None if c == name || c == '\'' => open = Some(c),
            None => bare.push(c),
        }
    }
    bare
}
