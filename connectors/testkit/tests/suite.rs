//! The suite passes a connector that keeps the contract, and fails each that breaks it in one way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use holdall_connector::{
    Column, Connector, Ending, Error, Filtering, Location, Lookup, Path, Place, Record, Segment,
    Sink, Skipped, Table, Value,
};
use holdall_testkit::{Bed, Fixture, Traits, conformance};

/// One way to break the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    None,
    TrimsValues,
    ForgetsTheLastRow,
    ComparesCase,
    OnlyTheFirstMatch,
    EmptyMeansAll,
    UnknownTableIsEmpty,
    UnknownColumnIsEmpty,
    NeverStops,
    OrderChanges,
    LocationsRepeat,
    LocationsChange,
    TablesMix,
    HidesBrokenRows,
    QuotesBrokenRows,
    SaysExactAndIsNot,
}

/// Each flaw, and the check that must find it.
const FLAWS: [(Flaw, &str); 15] = [
    (Flaw::TrimsValues, "values are exact"),
    (Flaw::ForgetsTheLastRow, "values are exact"),
    (Flaw::ComparesCase, "every way of comparing"),
    (Flaw::OnlyTheFirstMatch, "sets and several matches"),
    (Flaw::EmptyMeansAll, "an empty lookup gives nothing"),
    (Flaw::UnknownTableIsEmpty, "unknown names"),
    (Flaw::UnknownColumnIsEmpty, "unknown names"),
    (Flaw::NeverStops, "break stops"),
    (Flaw::OrderChanges, "the same order twice"),
    (Flaw::LocationsRepeat, "locations"),
    (Flaw::LocationsChange, "locations"),
    (Flaw::TablesMix, "tables are apart"),
    (Flaw::HidesBrokenRows, "broken rows"),
    (Flaw::QuotesBrokenRows, "broken rows"),
    (Flaw::SaysExactAndIsNot, "read is the filter"),
];

/// A source in memory.
struct Memory {
    fixtures: Vec<Fixture>,
    flaw: Flaw,
    reads: AtomicU64,
}

impl Memory {
    fn bed(fixtures: &[Fixture], flaw: Flaw) -> Bed {
        let memory = Self { fixtures: fixtures.to_vec(), flaw, reads: AtomicU64::new(0) };
        Bed::new(memory, ())
    }

    fn has(&self, flaw: Flaw) -> bool {
        self.flaw == flaw
    }

    fn location(&self, table: &str, index: usize) -> Location {
        let read = self.reads.load(Ordering::Relaxed);
        let number = match self.flaw {
            Flaw::LocationsRepeat => 0,
            Flaw::LocationsChange => index as u64 + read * 1_000,
            _ => index as u64,
        };
        let place = Place::Row(number);
        Location { source: "memory".into(), table: table.into(), file: None, place }
    }

    fn wants(&self, lookup: &Lookup, record: &Record) -> bool {
        match self.flaw {
            Flaw::OnlyTheFirstMatch => lookup.any.first().is_some_and(|m| m.holds(record)),
            Flaw::EmptyMeansAll if lookup.is_empty() => true,
            Flaw::SaysExactAndIsNot => true,
            Flaw::ComparesCase => lookup.any.iter().any(|m| {
                record.scalars(&m.column).iter().any(|text| m.values.contains(text.trim()))
            }),
            _ => lookup.wants(record),
        }
    }

    fn records(&self, fixture: &Fixture) -> Vec<Record> {
        let mut rows: Vec<&Vec<String>> = fixture.rows.iter().collect();
        if self.has(Flaw::ForgetsTheLastRow) {
            rows.pop();
        }
        if self.has(Flaw::TablesMix) {
            let width = fixture.columns.len();
            let others = self.fixtures.iter().filter(|other| other.table != fixture.table);
            rows.extend(others.flat_map(|other| &other.rows).filter(|row| row.len() == width));
            rows.extend(self.fixtures.iter().flat_map(|f| f.rows.first()));
        }
        let text = |text: &String| match self.flaw {
            Flaw::TrimsValues => Value::Text(text.trim().to_owned()),
            _ => Value::Text(text.clone()),
        };
        let mut records: Vec<Record> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| Record {
                columns: fixture.columns.clone().into(),
                values: row.iter().map(text).collect(),
                location: self.location(&fixture.table, index),
            })
            .collect();
        if self.has(Flaw::OrderChanges) && self.reads.load(Ordering::Relaxed).is_multiple_of(2) {
            records.reverse();
        }
        records
    }

    fn report(&self, fixture: &Fixture, sink: &mut dyn Sink) -> ControlFlow<()> {
        if fixture.broken_after.is_none() || self.has(Flaw::HidesBrokenRows) {
            return ControlFlow::Continue(());
        }
        let why = match self.flaw {
            Flaw::QuotesBrokenRows => format!("cannot read `{}`", Fixture::BROKEN),
            _ => "cannot be read".to_owned(),
        };
        sink.skipped(Skipped { location: self.location(&fixture.table, 900), why })
    }
}

impl Connector for Memory {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        let column = |name: &String| Column { path: Path::column(name), kind: "text".into() };
        let table = |fixture: &Fixture| Table {
            name: fixture.table.clone(),
            columns: fixture.columns.iter().map(column).collect(),
            rows: None,
        };
        Ok(self.fixtures.iter().map(table).collect())
    }

    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    fn filtering(&self, _: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let complete = Ok(Ending::Complete { read: 0 });
        let Some(fixture) = self.fixtures.iter().find(|f| f.table == lookup.table) else {
            let missing = Err(Error::NoTable(lookup.table.clone()));
            return if self.has(Flaw::UnknownTableIsEmpty) { complete } else { missing };
        };
        let known = |path: &Path| match path.segments() {
            [Segment::Key(key)] => fixture.columns.contains(key),
            _ => false,
        };
        if let Some(missing) = lookup.any.iter().find(|m| !known(&m.column))
            && !self.has(Flaw::UnknownColumnIsEmpty)
        {
            let (table, column) = (lookup.table.clone(), missing.column.to_string());
            return Err(Error::NoColumn { table, column });
        }
        if self.report(fixture, sink).is_break() {
            return complete;
        }
        for record in self.records(fixture) {
            let stop = self.wants(lookup, &record) && sink.record(record).is_break();
            if stop && !self.has(Flaw::NeverStops) {
                break;
            }
        }
        complete
    }
}

#[test]
fn a_sound_connector_passes() {
    conformance(Traits::default(), |fixtures| Memory::bed(fixtures, Flaw::None));
}

#[test]
fn each_flaw_is_found() {
    for (flaw, check) in FLAWS {
        let run = || conformance(Traits::default(), |fixtures| Memory::bed(fixtures, flaw));
        let Err(panic) = catch_unwind(AssertUnwindSafe(run)) else { panic!("{flaw:?} passes") };
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(said.contains(&format!("\n{check}: ")), "{flaw:?} is not found by {check}: {said}");
    }
}
