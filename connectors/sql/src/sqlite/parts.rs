//! A large table read in parts by several threads, each over a connection of its own.
//!
//! All connections see one state of the file. Each begins its transaction, and with it holds the
//! file's shared lock, before the first row is read, and ends it after the last; nothing is written
//! to a file under that lock (sqlite.org/lockingv3.html). In WAL mode that does not hold, so there
//! one connection reads everything; a file that is read without locks is held against what it was
//! like before the first connection.
//!
//! Parts are ranges of the rowid, so their rows, part by part, are in the order of the table.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use holdall_connector::{Ending, Error, Record, Sink, Skipped};
use rayon::prelude::*;

use super::open::Database;
use super::query::Query;
use super::schema::Relation;
use super::source::Reader;
use crate::names::quoted;

/// How many parts a table has at most.
const PARTS: u64 = 96;

/// A part spans no fewer row ids: to begin one takes as long as some hundred rows.
const SMALLEST: u64 = 8_192;

/// How many parts for each connection are read before what was found in them is given.
const AHEAD: usize = 6;

/// A table whose row ids span less is read in one go.
const LEAST: u64 = 20_000;

/// More connections are not opened.
const MOST: usize = 8;

/// Returns the ranges of row ids in which a table can be read over several connections; none if it
/// is small, or cannot be read so.
pub(crate) fn ranges(database: &Database, table: &Relation) -> Vec<(i64, i64)> {
    let ends = ends(database, table).filter(|_| database.is_one_state_for_all());
    let Some((first, last)) = ends else { return Vec::new() };
    let span = last.abs_diff(first);
    if span < LEAST {
        return Vec::new();
    }
    let parts = (span / SMALLEST).clamp(1, PARTS);
    let start = |nth: u64| first.saturating_add_unsigned((span / parts).saturating_mul(nth));
    let range = |nth: u64| {
        let is_last = nth + 1 == parts;
        (start(nth), if is_last { last } else { start(nth + 1).saturating_sub(1) })
    };
    (0..parts).map(range).collect()
}

/// Returns how many row ids a table spans: it has no more rows. `None` if it has no row ids or rows.
pub(crate) fn span(database: &Database, table: &Relation) -> Option<u64> {
    ends(database, table).map(|(first, last)| last.abs_diff(first).saturating_add(1))
}

/// Returns the first and the last row id of a table.
fn ends(database: &Database, table: &Relation) -> Option<(i64, i64)> {
    let (rowid, name) = (table.rowid?, quoted(&table.name));
    let end = |end: &str| {
        let sql = format!("SELECT {end}({rowid}) FROM main.{name} NOT INDEXED");
        database.connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).ok()
    };
    Some((end("min")?, end("max")?))
}

/// Reads a table in ranges of its row ids and gives what is found in order. `new` makes a reader.
pub(crate) fn read<'a>(
    mut database: Database,
    ranges: &[(i64, i64)],
    new: impl Fn() -> Reader<'a> + Sync,
    sink: &mut dyn Sink,
) -> Result<Ending, Error> {
    let threads = rayon::current_num_threads().min(MOST);
    let mut others: Vec<Database> = (1..threads).map_while(|_| database.again().ok()).collect();
    let mut all = new();
    for wave in ranges.chunks((others.len() + 1) * AHEAD) {
        let next = AtomicUsize::new(0);
        let some = |database: &mut Database| {
            let one = || {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let (mut reader, mut found) = (new(), Found::default());
                let query = Query::between(reader.relation, *wave.get(nth)?);
                let ended = reader.rows(database, &query, &mut found);
                Some((nth, (reader.delivery.read, found.0, ended)))
            };
            std::iter::from_fn(one).collect::<Vec<_>>()
        };
        let connections: Vec<&mut Database> =
            std::iter::once(&mut database).chain(&mut others).collect();
        let parts = connections.into_par_iter().flat_map_iter(some);
        let parts: BTreeMap<usize, _> = parts.collect();
        for (read, found, ended) in parts.into_values() {
            if give(found, sink).is_break() {
                return Ok(all.delivery.complete());
            }
            all.delivery.read += read;
            if ended.is_err() {
                return all.ending(&database, ended);
            }
        }
    }
    all.ending(&database, Ok(ControlFlow::Continue(())))
}

fn give(found: Vec<Result<Record, Skipped>>, sink: &mut dyn Sink) -> ControlFlow<()> {
    found.into_iter().try_for_each(|one| match one {
        Ok(record) => sink.record(record),
        Err(skipped) => sink.skipped(skipped),
    })
}

/// What a part gave.
#[derive(Default)]
struct Found(Vec<Result<Record, Skipped>>);

impl Sink for Found {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.0.push(Ok(record));
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.0.push(Err(skipped));
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use holdall_connector::{Compare, Lookup, Match, Path};
    use rusqlite::Connection;

    use super::*;

    /// Reads a table of a database that these statements make, in one go and in parts.
    fn both(sql: &str) -> [(Vec<Result<Record, Skipped>>, Ending); 2] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.sqlite");
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let values = ["17", "ada@example.org"].map(String::from).into();
        let column = Path::column("email");
        let any = vec![Match { column, compare: Compare::Caseless, values }];
        let lookup = Lookup { table: "t".into(), any };
        [false, true].map(|is_in_parts| {
            let database = Database::open(&path).unwrap();
            let table = Relation::find(&database.connection, "t").unwrap().unwrap();
            let (new, mut found) = (|| Reader::new("s", &table, &lookup), Found::default());
            let ranges = ranges(&database, &table);
            assert!(!ranges.is_empty());
            let ending = match is_in_parts {
                true => read(database, &ranges, new, &mut found),
                false => new().read(&database, &Query::new(&table, &lookup), &mut found),
            };
            (found.0, ending.unwrap())
        })
    }

    const ROWS: &str = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 3000) \
        INSERT INTO t (id, email) SELECT i * 12345 - 20000000, CASE i % 97 WHEN 0 THEN 'ADA@example.org' \
        WHEN 1 THEN 17 WHEN 2 THEN CAST(x'ff' AS TEXT) ELSE i END FROM n;";

    #[test]
    fn a_table_in_parts_gives_what_it_gives_in_one_go() {
        for table in
            ["id INTEGER PRIMARY KEY, email TEXT", "rowid TEXT, id INTEGER PRIMARY KEY, email TEXT"]
        {
            let ends = "INSERT INTO t (id, email) VALUES (9223372036854775807, 17), (-9223372036854775808, 17);";
            for more in ["", ends] {
                let [one, parts] = both(&format!("CREATE TABLE t ({table}); {ROWS} {more}"));
                assert!(one.0.len() > 90);
                assert_eq!(one, parts);
            }
        }
    }

    #[test]
    fn a_small_table_or_one_in_a_log_is_read_in_one_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.sqlite");
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT)").unwrap();
        let ranges_now = || {
            let database = Database::open(&path).unwrap();
            let table = Relation::find(&database.connection, "t").unwrap().unwrap();
            ranges(&database, &table)
        };
        assert_eq!(ranges_now(), []);
        writer.execute_batch(ROWS).unwrap();
        let all = ranges_now();
        assert_eq!(all.first().unwrap().0, -20_000_000);
        assert_eq!(all.last().unwrap().1, 2_999 * 12_345 - 20_000_000);
        assert!(all.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
        writer.execute_batch("PRAGMA journal_mode = WAL; INSERT INTO t VALUES (1, 'x')").unwrap();
        assert_eq!(ranges_now(), []);
    }
}
