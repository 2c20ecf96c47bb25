//! What a first draft of a data map asks a SQLite source: declared keys, and a sample of rows.

use std::ops::ControlFlow;

use holdall_connector::{Connector, ForeignKey, Record, Sink, Skipped};
use holdall_sql::sqlite::{Settings, Sqlite, TableSettings};

const SQL: &str = "CREATE TABLE \"a \"\"b\" (x TEXT, y TEXT, PRIMARY KEY (y, x));
    CREATE TABLE c (id INTEGER PRIMARY KEY, p TEXT, q TEXT, r INTEGER REFERENCES c,
        FOREIGN KEY (p, q) REFERENCES \"a \"\"b\" (x, y));
    INSERT INTO c (id) VALUES (1), (2), (3), (4);";

struct Count(usize);

impl Sink for Count {
    fn record(&mut self, _: Record) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[test]
fn keys_are_said_and_rows_are_sampled() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.sqlite");
    rusqlite::Connection::open(&path).unwrap().execute_batch(SQL).unwrap();
    let tables = vec![TableSettings::named("a \"b"), TableSettings::named("c")];
    let source = Sqlite::new(Settings { source: "s".into(), path, tables }).unwrap();

    let keys = source.keys().unwrap();
    assert_eq!(keys[0].primary, ["y", "x"]);
    assert_eq!(keys[1].primary, ["id"]);
    let key = |columns: &[&str], table: &str, references: &[&str]| ForeignKey {
        columns: columns.iter().map(ToString::to_string).collect(),
        table: table.to_owned(),
        references: references.iter().map(ToString::to_string).collect(),
    };
    let wanted = [key(&["r"], "c", &["id"]), key(&["p", "q"], "a \"b", &["x", "y"])];
    assert_eq!(keys[1].foreign, wanted);

    let mut count = Count(0);
    source.sample("c", 3, &mut count).unwrap();
    assert_eq!(count.0, 3);
    assert!(source.sample("nowhere", 3, &mut count).is_err());
}
