//! The survey: what the sources have, held against what the map says. Reads no records beyond the
//! sample by which a source without a catalogue knows its columns.

use std::panic::{AssertUnwindSafe, catch_unwind};

use holdall_connector::{Error, Path, Table as Described};
use rayon::prelude::*;

use super::model::Hold;
use super::sources::Sources;
use super::unmapped;
use crate::map::{Map, Source, Table, TableId};

/// What the sources have, held against what the map says; a table each, in the order of the map.
#[derive(Debug)]
pub struct Survey {
    /// One entry a table.
    pub tables: Vec<Surveyed>,
}

/// One table of a survey.
#[derive(Debug)]
pub struct Surveyed {
    /// The table.
    pub table: TableId,
    /// Estimated rows, where that costs no full read.
    pub rows: Option<u64>,
    /// Columns that the map does not cover.
    pub unmapped: Vec<Hold>,
    /// Columns that the source lacks.
    pub missing: Vec<Missing>,
    /// Why the table cannot be reached.
    pub unreachable: Option<String>,
}

/// A column of the map that the source lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The column as the map writes it.
    pub column: String,
    /// The nearest name that the source has and the map does not.
    pub nearest: Option<String>,
    /// Whether it is an error: records without a fixed set of columns may lack an optional one.
    pub is_error: bool,
}

/// Surveys every table that lies within the sources named in `only`, or all where it is empty.
pub fn survey(map: &Map, only: &[String], sources: &Sources) -> Survey {
    let inside = map.sources.iter().filter(|s| only.is_empty() || only.contains(&s.name));
    let tables: Vec<(&Source, &Table)> =
        inside.flat_map(|source| source.tables.iter().map(move |table| (source, table))).collect();
    let look = |(source, table): &(&Source, &Table)| survey_table(source, table, sources);
    Survey { tables: tables.par_iter().map(look).collect() }
}

fn survey_table(source: &Source, table: &Table, sources: &Sources) -> Surveyed {
    let describe = || sources.get(&source.name)?.table(&table.id.table);
    let described = catch_unwind(AssertUnwindSafe(describe)).unwrap_or_else(|_| {
        Err(Error::Settings("the connector stopped with an internal error".into()))
    });
    match described {
        Ok(one) => compare(source, table, &one),
        Err(error) => unreachable(table, error.to_string()),
    }
}

fn unreachable(table: &Table, why: String) -> Surveyed {
    Surveyed {
        table: table.id.clone(),
        rows: None,
        unmapped: Vec::new(),
        missing: Vec::new(),
        unreachable: Some(why),
    }
}

fn compare(source: &Source, table: &Table, described: &Described) -> Surveyed {
    let paths: Vec<Path> = described.columns.iter().map(|c| c.path.clone()).collect();
    let unmapped = unmapped::of_paths(table, &paths);
    let spare: Vec<&str> = unmapped.iter().filter_map(|hold| hold.at.as_deref()).collect();
    let missing = unmapped::missing(table, &paths).into_iter().map(|column| {
        let nearest = nearest(&column.name, &spare);
        let is_error = !source.connector.is_nested() || nearest.is_some();
        Missing { column: column.name.clone(), nearest, is_error }
    });
    Surveyed {
        table: table.id.clone(),
        rows: described.rows,
        missing: missing.collect(),
        unmapped,
        unreachable: None,
    }
}

/// Returns the name most like `wanted`, if any is like it at all.
fn nearest(wanted: &str, names: &[&str]) -> Option<String> {
    let scored = names
        .iter()
        .map(|name| (strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase()), *name));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.filter(|(score, _)| *score >= 0.8).map(|(_, name)| name.to_owned())
}
