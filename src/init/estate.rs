//! The sources as they are seen: tables, columns, keys, and what a sample of values looks like.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use holdall_connector::{Connector, Keys, Path, Record, Segment, Sink, Skipped};
use holdall_csv::{Csv, looks_like_data};
use holdall_json::Json;
use holdall_sql::sqlite::{self, Sqlite};

use super::places::{FileSet, Place};
use super::shape::Shape;
use super::words::tokens;
use crate::map::{ConnectorKind, Layout};

/// Rows of each table that are looked at.
const SAMPLE: usize = 2_000;

/// More columns than this in one table are dictionary keys rather than columns.
const COLUMNS: usize = 1_500;

/// A source as it is seen.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) connector: ConnectorKind,
    pub(super) path: PathBuf,
    /// Why its tables could not be listed.
    pub(super) unreadable: Option<String>,
}

/// A table as it is seen.
#[derive(Debug)]
pub(super) struct Table {
    /// The index of its source.
    pub(super) source: usize,
    pub(super) name: String,
    pub(super) words: Vec<String>,
    /// CSV and JSON: the glob of its files.
    pub(super) files: Option<String>,
    pub(super) layout: Layout,
    pub(super) columns: Vec<Column>,
    pub(super) keys: Keys,
    /// What a person should know of it; never a value.
    pub(super) notes: Vec<String>,
}

/// A column as it is seen.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name as the map writes it.
    pub(super) name: String,
    pub(super) path: Path,
    /// The words of all its keys.
    pub(super) words: Vec<String>,
    /// The words of its last key.
    pub(super) leaf: Vec<String>,
    /// It lies in a list.
    pub(super) listed: bool,
    pub(super) shape: Shape,
}

/// Opens a source and looks at its tables. A table that cannot be read has no columns and a note.
pub(super) fn see(place: Place, index: usize) -> (Source, Vec<Table>) {
    let Place { name, connector, path, tables } = place;
    let mut source = Source { name, connector, path, unreadable: None };
    let sets = match connector {
        ConnectorKind::Sqlite => sqlite::discover(&source.path)
            .map(|all| all.into_iter().map(|t| of_database(t.name)).collect())
            .map_err(|e| e.to_string()),
        _ => Ok(tables),
    };
    match sets {
        Ok(sets) => {
            let tables = sets.into_iter().map(|set| see_table(&source, set, index)).collect();
            (source, tables)
        }
        Err(why) => {
            source.unreadable = Some(why);
            (source, Vec::new())
        }
    }
}

fn of_database(table: String) -> FileSet {
    FileSet { table, glob: None, files: Vec::new() }
}

fn see_table(source: &Source, set: FileSet, index: usize) -> Table {
    let mut table = Table {
        source: index,
        words: tokens(&set.table),
        name: set.table,
        files: set.glob,
        layout: Layout::default(),
        columns: Vec::new(),
        keys: Keys::default(),
        notes: Vec::new(),
    };
    if source.connector == ConnectorKind::Csv
        && let Some(file) = set.files.first()
    {
        lay_out(&mut table, file);
    }
    if let Err(error) = look_into(source, &mut table) {
        table.notes.push(format!("it could not be read: {error}"));
    }
    table
}

/// Finds out how CSV files are written. Columns of files without a header get numbers as names.
fn lay_out(table: &mut Table, file: &std::path::Path) {
    let Ok(look) = holdall_csv::look(file) else { return };
    table.layout.skip_lines = look.skip_lines;
    table.layout.comment = look.comment;
    table.layout.header = look.header;
    if !look.header {
        table.layout.names = (1..=look.width).map(|n| format!("column_{n}")).collect();
        table.notes.push("the first row looks like data: give the columns their names".into());
    }
}

fn look_into(source: &Source, table: &mut Table) -> Result<(), holdall_connector::Error> {
    let connector = open(source, table)?;
    let columns = connector.table(&table.name)?.columns.into_iter();
    let (good, strange): (Vec<_>, Vec<_>) = columns.map(|column| column.path).partition(is_name);
    table.columns = good.into_iter().take(COLUMNS).map(column).collect();
    if !strange.is_empty() {
        table.notes.push(format!(
            "{} of its columns have names that look like values; they are not written here and hold a release",
            strange.len()
        ));
    }
    if table.columns.is_empty() && strange.is_empty() {
        table.notes.push("it is empty: it has no columns".into());
    }
    table.keys = connector.keys()?.into_iter().next().unwrap_or_default();
    // Of a very wide table fewer rows suffice, and are all that time allows.
    let rows = (SAMPLE * 50 / table.columns.len().max(50)).max(50);
    let mut sampler = Sampler { columns: &mut table.columns };
    connector.sample(&table.name, rows, &mut sampler)
}

fn column(path: Path) -> Column {
    let segments = path.segments();
    let name = match segments {
        [Segment::Key(key)] => key.clone(),
        _ => path.to_string(),
    };
    let keys: Vec<&str> = segments
        .iter()
        .filter_map(|s| if let Segment::Key(key) = s { Some(key.as_str()) } else { None })
        .collect();
    Column {
        words: keys.iter().flat_map(|key| tokens(key)).collect(),
        leaf: keys.last().map(|key| tokens(key)).unwrap_or_default(),
        listed: segments.contains(&Segment::Each),
        shape: Shape::default(),
        name,
        path,
    }
}

/// Returns whether a path can be written as a column: no key of it is blank or looks like a value
/// (files without a header, objects keyed by e-mail address).
fn is_name(path: &Path) -> bool {
    path.segments().iter().all(|segment| match segment {
        Segment::Key(key) => !key.trim().is_empty() && !looks_like_data(key),
        Segment::Each => true,
    })
}

/// Opens the connector of one table. The seam for database servers.
fn open(source: &Source, table: &Table) -> Result<Box<dyn Connector>, holdall_connector::Error> {
    let (name, root) = (source.name.clone(), source.path.clone());
    Ok(match source.connector {
        ConnectorKind::Csv => {
            let mut one = holdall_csv::TableSettings::named(&table.name);
            one.files.clone_from(&table.files);
            one.header = table.layout.header;
            one.names.clone_from(&table.layout.names);
            one.skip_lines = table.layout.skip_lines;
            one.comment = table.layout.comment;
            Box::new(Csv::new(holdall_csv::Settings { source: name, root, tables: vec![one] })?)
        }
        ConnectorKind::Json => {
            let mut one = holdall_json::TableSettings::named(&table.name);
            one.files.clone_from(&table.files);
            Box::new(Json::new(holdall_json::Settings { source: name, root, tables: vec![one] })?)
        }
        ConnectorKind::Sqlite => {
            let tables = vec![sqlite::TableSettings::named(&table.name)];
            Box::new(Sqlite::new(sqlite::Settings { source: name, path: root, tables })?)
        }
    })
}

/// Gives each value to the shape of its column.
struct Sampler<'a> {
    columns: &'a mut Vec<Column>,
}

impl Sink for Sampler<'_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        for column in self.columns.iter_mut() {
            for value in record.select(&column.path) {
                column.shape.take(value);
            }
        }
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Returns whether the table is a request to Holdall rather than a source: an OpenDSR 2.0 request
/// in JSON.
pub(super) fn is_request(table: &Table) -> bool {
    let names: BTreeSet<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    names.contains("subject_request_id") && names.iter().any(|n| n.starts_with("subject_identit"))
}
