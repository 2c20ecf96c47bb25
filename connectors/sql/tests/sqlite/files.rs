//! Files that are missing, damaged, locked or in use.

use std::fs;
use std::path::Path;

use holdall_connector::{Compare, Connector, Ending, Error};
use holdall_testkit::{Collect, ask};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{database, read, source};

fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_missing_file_is_an_error_and_stays_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    assert!(matches!(source(&path, "p").check(), Err(Error::Io { .. })));
    assert!(matches!(source(folder.path(), "p").check(), Err(Error::Io { .. })));
    assert!(files(&folder).is_empty());
}

#[test]
fn what_is_no_database_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    fs::write(&path, "id,name\n1,Ada\n".repeat(100)).unwrap();
    let Err(Error::Service { why, .. }) = source(&path, "p").check() else { panic!() };
    assert_eq!(why, "it is not a SQLite database, or it is encrypted");
    fs::write(&path, "").unwrap();
    assert!(matches!(source(&path, "p").check(), Err(Error::NoTable(name)) if name == "p"));
}

#[test]
fn damage_is_never_silent() {
    let (_folder, path) = database(
        "PRAGMA page_size = 512; CREATE TABLE p (id INT, name TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         INSERT INTO p SELECT i, 'name' || i FROM n;",
    );
    let whole = fs::read(&path).unwrap();
    let lookup = ask("t", "id", Compare::Exact, &["1", "1999"]);
    let read = || Collect::read(&source(&path, "p"), &lookup);
    assert_eq!(read().unwrap().0.records.len(), 2);
    let mut noticed = 0;
    for at in (512..whole.len()).step_by(512 * 7) {
        let mut bytes = whole.clone();
        bytes[at..at + 512].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        match read() {
            Err(_) | Ok((_, Ending::Incomplete { .. })) => noticed += 1,
            Ok((found, _)) => panic!("page at {at}: {} records, complete", found.records.len()),
        }
    }
    assert!(noticed > 10);
    for length in [whole.len() / 2, whole.len() - 1, whole.len() - 500, 700] {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(matches!(read(), Err(_) | Ok((_, Ending::Incomplete { .. }))), "{length}");
    }
}

#[test]
fn an_index_that_lacks_rows_hides_none() {
    let (_folder, path) = database("CREATE TABLE p (id TEXT PRIMARY KEY, x);");
    let writer = Connection::open(&path).unwrap();
    // The index is made to stand for fewer rows than there are, as after a crash.
    writer
        .execute_batch(
            "INSERT INTO p VALUES ('1', 1), ('2', 2); PRAGMA writable_schema = ON;
             CREATE TABLE q (id TEXT PRIMARY KEY, x);
             UPDATE sqlite_schema SET rootpage =
               (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_q_1')
             WHERE name = 'sqlite_autoindex_p_1';",
        )
        .unwrap();
    drop(writer);
    assert_eq!(read(&path, "p").0.texts("id"), ["1", "2"]);
}

#[test]
fn a_locked_database_says_so() {
    let (_folder, path) = database("CREATE TABLE p (id INT); INSERT INTO p VALUES (1);");
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let Err(Error::Service { why, .. }) = source(&path, "p").check() else { panic!() };
    assert!(why.starts_with("another program has it locked"));
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(read(&path, "p").0.records.len(), 1);
}

#[test]
fn nothing_is_left_beside_the_file_nor_changed_in_it() {
    let sql = "CREATE TABLE p (id INT); INSERT INTO p VALUES (1);";
    for mode in ["DELETE", "WAL"] {
        let (folder, path) = database(&format!("PRAGMA journal_mode = {mode}; {sql}"));
        let before = fs::read(&path).unwrap();
        assert_eq!(read(&path, "p").0.records.len(), 1);
        assert_eq!(source(&path, "p").tables().unwrap()[0].rows, Some(1));
        assert_eq!(files(&folder), ["app.db"], "{mode}");
        assert!(before == fs::read(&path).unwrap());
    }
}

#[test]
fn what_is_still_in_the_log_is_read() {
    let (_folder, path) = database("PRAGMA journal_mode = WAL; CREATE TABLE p (id INT);");
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("INSERT INTO p VALUES (1)").unwrap();
    assert_eq!(read(&path, "p").0.records.len(), 1);
    writer.execute_batch("BEGIN; INSERT INTO p VALUES (2)").unwrap();
    assert_eq!(read(&path, "p").0.records.len(), 1);
    writer.execute_batch("COMMIT").unwrap();
    assert_eq!(read(&path, "p").0.records.len(), 2);
}

#[test]
fn what_a_crash_left_half_written_is_not_read() {
    let (_folder, path) = database(
        "CREATE TABLE p (id INT, name TEXT);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO p SELECT i, 'old' || i FROM n;",
    );
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("PRAGMA cache_size = 1; BEGIN; UPDATE p SET name = 'new'").unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let copy = crashed.path().join("app.db");
    for end in ["", "-journal"] {
        let with = |path: &Path| format!("{}{end}", path.display());
        fs::copy(with(&path), with(&copy)).unwrap();
    }
    let Err(Error::Service { why, .. }) = source(&copy, "p").check() else { panic!() };
    assert!(why.contains("let that program open it once"), "{why}");
    assert_eq!(files(&crashed), ["app.db", "app.db-journal"]);
}

#[test]
fn one_read_sees_one_state() {
    struct Meddler(Connection, Vec<i64>);
    impl holdall_connector::Sink for Meddler {
        fn record(&mut self, record: holdall_connector::Record) -> std::ops::ControlFlow<()> {
            self.1.push(record.values[0].scalar().unwrap().parse().unwrap());
            self.0.execute_batch("INSERT INTO p SELECT max(id) + 1 FROM p").unwrap();
            std::ops::ControlFlow::Continue(())
        }
        fn skipped(&mut self, _: holdall_connector::Skipped) -> std::ops::ControlFlow<()> {
            std::ops::ControlFlow::Continue(())
        }
    }
    let sql = "PRAGMA journal_mode = WAL; CREATE TABLE p (id INT); INSERT INTO p VALUES (1), (2);";
    let (_folder, path) = database(sql);
    let mut sink = Meddler(Connection::open(&path).unwrap(), Vec::new());
    sink.0.execute_batch("INSERT INTO p VALUES (3)").unwrap();
    let lookup = ask("t", "id", Compare::Exact, &["1", "2", "3", "4", "5"]);
    let ending = source(&path, "p").read(&lookup, &mut sink).unwrap();
    assert_eq!((sink.1, ending), (vec![1, 2, 3], Ending::Complete { read: 3 }));
}
