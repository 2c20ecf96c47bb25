//! Looks people up in one table of a PostgreSQL or MariaDB server and says how many rows are theirs:
//! for `benches/sql.py`, and to try an address.
//!
//! `lookup TABLE COLUMN exact|caseless < values`, one value a line; the address is in `LOOKUP_URL`.

#![allow(clippy::print_stdout, reason = "a program says what it found")]

use std::error::Error;
use std::io::{Write as _, stdin, stdout};
use std::ops::ControlFlow;

use holdall_connector::{
    Compare, Connector, Ending, Lookup, Match, Path, Record, Secret, Sink, Skipped,
};
use holdall_sql::mysql::Mysql;
use holdall_sql::postgres::Postgres;
use holdall_sql::{Settings, TableSettings};

/// Writes the text of every value, as `psql` does.
struct Print(Vec<u8>);

impl Sink for Print {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        for value in &record.values {
            self.0.extend(value.scalar().unwrap_or_default().as_bytes());
            self.0.push(b'|');
        }
        self.0.push(b'\n');
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let usage = "lookup TABLE COLUMN exact|caseless, with LOOKUP_URL set";
    let (table, column) = (words.next().ok_or(usage)?, words.next().ok_or(usage)?);
    let compare = match words.next().as_deref() {
        Some("exact") => Compare::Exact,
        Some("caseless") => Compare::Caseless,
        _ => return Err(usage.into()),
    };
    let lines: Vec<String> = stdin().lines().collect::<Result<_, _>>()?;
    let values = lines.iter().filter_map(|line| compare.normalise(line)).collect();
    let any = vec![Match { column: Path::column(column), compare, values }];
    let url = std::env::var("LOOKUP_URL")?;
    let is_mysql = url.starts_with('m');
    let settings = Settings::new("db", Secret::new(url), vec![TableSettings::named(&table)]);
    let source: Box<dyn Connector> =
        if is_mysql { Box::new(Mysql::new(settings)?) } else { Box::new(Postgres::new(settings)?) };
    let mut print = Print(Vec::new());
    let ending = source.read(&Lookup { table, any }, &mut print)?;
    stdout().write_all(&print.0)?;
    match ending {
        Ending::Complete { .. } => Ok(()),
        Ending::Incomplete { why, .. } => Err(why.into()),
    }
}
