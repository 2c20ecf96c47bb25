//! Databases as people have them: every type, every key, every name.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

mod files;

use std::path::{Path, PathBuf};

use holdall_connector::{Compare, Connector, Ending, Error, Place, Value};
use holdall_sql::sqlite::{Settings, Sqlite, TableSettings, discover};
use holdall_testkit::{Collect, ask, ask_any};
use rusqlite::Connection;
use tempfile::TempDir;

/// A folder with a database `app.db`; the folder's name needs escaping in a URI.
fn database(sql: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix("a?b#c%20 ").tempdir().unwrap();
    let path = folder.path().join("app.db");
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

fn source(path: &Path, table: &str) -> Sqlite {
    let tables = vec![TableSettings { name: "t".into(), table: Some(table.into()) }];
    Sqlite::new(Settings { source: "app".into(), path: path.to_owned(), tables }).unwrap()
}

/// Reads the rows of a table whose column `id` is 1 to 6.
fn read(path: &Path, table: &str) -> (Collect, Ending) {
    let lookup = ask("t", "id", Compare::Exact, &["1", "2", "3", "4", "5", "6"]);
    Collect::read(&source(path, table), &lookup).unwrap()
}

fn key(parts: &[(&str, &str)]) -> Place {
    Place::Key(parts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
}

fn places(found: &Collect) -> Vec<Place> {
    found.records.iter().map(|record| record.location.place.clone()).collect()
}

#[test]
fn each_type_is_kept() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, n, r REAL, b BOOLEAN, d DATE, ts TIMESTAMP, x BLOB,
           g TEXT GENERATED ALWAYS AS ('g' || id));
         INSERT INTO p VALUES (1, NULL, 2.50, 1, '2026-11-02', '2026-11-02 09:30:00', x'00ff');
         INSERT INTO p VALUES (2, 9e999, 1e300, 'yes', 'soon', 1700000000, 'text');",
    );
    let (found, ending) = read(&path, "p");
    let text = |text: &str| Value::Text(text.into());
    let first = [
        Value::Integer(1),
        Value::Null,
        Value::Decimal("2.5".into()),
        Value::Bool(true),
        Value::Date("2026-11-02".into()),
        Value::DateTime("2026-11-02T09:30:00".into()),
        Value::Bytes(vec![0, 255]),
        text("g1"),
    ];
    let second = [
        Value::Integer(2),
        text("Infinity"),
        Value::Decimal("1e300".into()),
        text("yes"),
        text("soon"),
        Value::Integer(1_700_000_000),
        text("text"),
        text("g2"),
    ];
    assert!(found.records[0].values == first);
    assert!(found.records[1].values == second);
    assert_eq!(ending, Ending::Complete { read: 2 });
}

#[test]
fn places_are_keys() {
    let (_folder, path) = database(
        "CREATE TABLE a (id INTEGER, x TEXT, y INT, PRIMARY KEY (y, x));
         INSERT INTO a VALUES (1, 'b', 2), (2, 'a', 2), (3, 'z', 1), (4, NULL, 1);
         CREATE TABLE b (id TEXT PRIMARY KEY) WITHOUT ROWID;
         INSERT INTO b VALUES ('2'), ('1');
         CREATE TABLE c (id INT, rowid TEXT);
         INSERT INTO c (_rowid_, id) VALUES (20, 1), (10, 2);
         CREATE TABLE d (id INT, rowid, _rowid_, oid);
         INSERT INTO d (id) VALUES (7), (1);
         CREATE VIEW v AS SELECT id FROM a WHERE id <> 3 ORDER BY id DESC;",
    );
    let keys = [
        key(&[("y", "2"), ("x", "b")]),
        key(&[("y", "2"), ("x", "a")]),
        key(&[("y", "1"), ("x", "z")]),
        key(&[("rowid", "4")]),
    ];
    assert_eq!(places(&read(&path, "a").0), keys);
    assert_eq!(places(&read(&path, "b").0), [key(&[("id", "1")]), key(&[("id", "2")])]);
    assert_eq!(places(&read(&path, "c").0), [key(&[("rowid", "10")]), key(&[("rowid", "20")])]);
    assert_eq!(places(&read(&path, "d").0), [Place::Row(2)]);
    assert_eq!(read(&path, "v").0.texts("id"), ["4", "2", "1"]);
    assert_eq!(places(&read(&path, "v").0), [Place::Row(1), Place::Row(2), Place::Row(3)]);
}

#[test]
fn a_value_is_found_whatever_type_holds_it() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER, k, n NUMERIC, t TEXT);
         INSERT INTO p VALUES (1, 17, 17, 17), (2, '17', '17', '17'), (3, ' 17 ', ' 17 ', ' 17 '),
           (4, 17.0, 17.0, '17'), (5, '17' || char(160), '17' || char(160), '17' || char(160)),
           (6, '017', '17.0', '17.0');",
    );
    for (column, ids) in [
        ("k", vec!["1", "2", "3", "4", "5"]),
        ("n", vec!["1", "2", "3", "4", "5", "6"]),
        ("t", vec!["1", "2", "3", "4", "5"]),
    ] {
        let lookup = ask("t", column, Compare::Exact, &["17"]);
        let (found, _) = Collect::read(&source(&path, "p"), &lookup).unwrap();
        assert_eq!(found.texts("id"), ids, "{column}");
    }
}

#[test]
fn a_read_gives_the_rows_that_the_lookup_wants_of_all() {
    const CELLS: &str = "NULL, 17, 17.0, 17.5, ' 17 ', '１７', 0, 1, 'true', x'3137', '', '07700 900123',
        '+44 7700 900123', 7700900123, 'kate@example.org', '\u{212A}ATE@example.org', 'Zoë Hart',
        'HART, Zoe', 'Mrs Zoe Hart', '1984-03-02', '2 March 1984', '1984-03-02 00:00:00', 'QQ 12 34 56 C'";
    const COMPARES: [Compare; 7] = [
        Compare::Exact,
        Compare::Caseless,
        Compare::Digits,
        Compare::Compact,
        Compare::Phone,
        Compare::Name,
        Compare::Date,
    ];
    let cells: Vec<String> = CELLS.split(',').map(|cell| cell.trim().to_owned()).collect();
    let cells = cells.join("),(").replace("'HART),(Zoe'", "'HART, Zoe'");
    let (_folder, path) = database(&format!(
        "CREATE TABLE c (v); INSERT INTO c VALUES ({cells});
         CREATE TABLE p (id INTEGER PRIMARY KEY, a, b BOOLEAN, d DATETIME, t TEXT);
         INSERT INTO p (a, b, d, t) SELECT v, v, v, v FROM c;",
    ));
    let source = source(&path, "p");
    let mut all = Collect::default();
    source.sample("t", 1000, &mut all).unwrap();
    assert_eq!(all.records.len(), 23);
    let values = [
        "17",
        "17.0",
        "true",
        "07700 900123",
        "kate@example.org",
        "Zoe Hart",
        "1984-03-02",
        "QQ123456C",
    ];
    for (column, compare) in ["a", "b", "d", "t"].iter().flat_map(|c| COMPARES.map(|m| (c, m))) {
        for value in values.iter().filter_map(|value| compare.normalise(value)) {
            let lookup = ask("t", column, compare, &[&value]);
            let (found, _) = Collect::read(&source, &lookup).unwrap();
            let wanted = all.records.iter().filter(|record| lookup.wants(record));
            let wanted: Vec<Place> = wanted.map(|record| record.location.place.clone()).collect();
            assert_eq!(places(&found), wanted, "{column} {compare:?} {value}");
        }
    }
}

#[test]
fn only_the_rows_of_a_rowid_are_fetched() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO p SELECT i, 'n' || i FROM n;
         CREATE TABLE q (id INTEGER PRIMARY KEY DESC, name TEXT);
         INSERT INTO q VALUES (2, 'x'), (' 1 ' || char(160), 'y');",
    );
    let ask_ids = |values: &[&str]| {
        let lookup = ask("t", "id", Compare::Exact, values);
        Collect::read(&source(&path, "p"), &lookup).unwrap()
    };
    let (found, ending) = ask_ids(&["17", "4", "017", "x", "99999999999999999999"]);
    assert_eq!(
        (found.texts("id"), ending),
        (vec!["4".into(), "17".into()], Ending::Complete { read: 2 })
    );
    assert_eq!(ask_ids(&["017", "x"]).0, Collect::default());
    let either: &[(&str, Compare, &[&str])] =
        &[("id", Compare::Exact, &["17"]), ("name", Compare::Exact, &["n4"])];
    let (found, _) = Collect::read(&source(&path, "p"), &ask_any("t", either)).unwrap();
    assert_eq!(found.texts("id"), ["4", "17"]);
    // A key declared `DESC` is not the rowid and may hold text.
    assert_eq!(read(&path, "q").0.records.len(), 2);
}

#[test]
fn many_values_are_one_lookup() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (5), (50000), (70000);",
    );
    let ids: Vec<String> = (1..60_000).map(|n| n.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let lookup = ask("t", "id", Compare::Exact, &ids);
    let (found, _) = Collect::read(&source(&path, "p"), &lookup).unwrap();
    assert_eq!(found.texts("id"), ["5", "50000"]);
}

#[test]
fn names_are_quoted_and_cannot_inject() {
    let name = "we\"ird; DROP TABLE p; --";
    let quoted = name.replace('"', "\"\"");
    let (_folder, path) = database(&format!(
        "CREATE TABLE p (id INT); INSERT INTO p VALUES (1);
         CREATE TABLE \"{quoted}\" (\"select\" INT, \"{quoted}\" TEXT, id INT);
         INSERT INTO \"{quoted}\" VALUES (1, 'x', 2);"
    ));
    let (found, _) = read(&path, name);
    assert_eq!(found.texts(name), ["x"]);
    let lookup = ask("t", "id\" OR 1=1 --", Compare::Exact, &["1"]);
    let result = Collect::read(&source(&path, "p"), &lookup);
    assert!(matches!(result, Err(Error::NoColumn { .. })));
    let value = ask("t", name, Compare::Exact, &["x' OR '1'='1"]);
    assert!(Collect::read(&source(&path, name), &value).unwrap().0.records.is_empty());
    assert_eq!(read(&path, "MAIN.P").0.texts("id"), ["1"]);
}

#[test]
fn text_that_is_not_valid_is_reported() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, name TEXT);
         INSERT INTO p VALUES (1, 'Ada'), (2, CAST(x'4fff' AS TEXT)), (3, 'Bo');",
    );
    let (found, _) = read(&path, "p");
    assert_eq!(found.texts("id"), ["1", "3"]);
    assert_eq!(found.skipped[0].location.place, key(&[("id", "2")]));
    assert_eq!(found.skipped[0].why, "column `name` has text that is not valid");
}

#[test]
fn odd_tables_are_read_or_refused() {
    let (_folder, path) = database(
        "CREATE VIRTUAL TABLE f USING fts5(id, body); INSERT INTO f VALUES ('1', 'Ada');
         CREATE TABLE gone (id INT); CREATE VIEW v AS SELECT id FROM gone; DROP TABLE gone;
         CREATE TABLE s (id INTEGER, x INTEGER) STRICT; INSERT INTO s VALUES (1, 2);
         CREATE TABLE n (id INT, a, a_b, \"A C\"); INSERT INTO n VALUES (1, 2, 3, 4);",
    );
    assert_eq!(read(&path, "f").0.texts("body"), ["Ada"]);
    assert_eq!(read(&path, "s").0.texts("x"), ["2"]);
    assert_eq!(read(&path, "n").0.texts("A C"), ["4"]);
    assert!(matches!(source(&path, "v").check(), Err(Error::Service { .. })));
    for name in ["sqlite_schema", "pragma_table_list", "temp.s", ""] {
        let refused = source(&path, name).check();
        assert!(matches!(refused, Err(Error::NoTable(_)) | Ok(())), "{name}");
    }
}

#[test]
fn the_structure_is_told() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, email VARCHAR(20), x);
         CREATE TABLE \"Q\" (id INT); CREATE VIEW v AS SELECT id, email FROM p;
         INSERT INTO p VALUES (1, 'a', 'b'); CREATE VIRTUAL TABLE f USING fts5(body);
         CREATE TABLE s (id INTEGER PRIMARY KEY AUTOINCREMENT); ANALYZE;",
    );
    let names: Vec<_> = discover(&path).unwrap().into_iter().map(|table| table.name).collect();
    assert_eq!(names, ["Q", "f", "p", "s", "v"]);
    let tables = source(&path, "p").tables().unwrap();
    let columns: Vec<_> =
        tables[0].columns.iter().map(|c| (c.path.to_string(), c.kind.clone())).collect();
    let column = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    let wanted = [column("id", "INTEGER"), column("email", "VARCHAR(20)"), column("x", "")];
    assert_eq!((columns.as_slice(), tables[0].rows), (&wanted[..], Some(1)));
    assert!(matches!(source(&path, "r").tables(), Err(Error::NoTable(name)) if name == "r"));
}
