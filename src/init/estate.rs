//! The sources as they are seen: tables, columns, keys, and what a sample of values looks like.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path as FilePath, PathBuf};

use holdall_connector::{Connector, Error, Keys, Path, Record, Segment, Sink, Skipped};
use holdall_csv::{Csv, looks_like_data};
use holdall_json::Json;
use holdall_sql::sqlite::{self, Sqlite};

use super::places::{FileSet, Place};
use super::servers::{self, Server};
use super::shape::Shape;
use super::words::tokens;
use crate::map::{ConnectorKind, Layout, SourcePlace};

/// Rows of each table that are looked at.
const SAMPLE: usize = 2_000;

/// More columns than this in one table are dictionary keys rather than columns.
const COLUMNS: usize = 1_500;

/// A source as it is seen.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) connector: ConnectorKind,
    pub(super) at: SourcePlace,
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
    /// On a server: its name in the database, where that differs.
    pub(super) database: Option<String>,
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
    let Place { name, connector, at, tables } = place;
    let mut source = Source { name, connector, at, unreadable: None };
    match open(&source, tables) {
        Ok(mut open) => {
            let sets = open.take_tables();
            let tables =
                sets.into_iter().map(|set| see_table(&source, &open, set, index)).collect();
            (source, tables)
        }
        Err(error) => {
            source.unreadable = Some(error.to_string());
            (source, Vec::new())
        }
    }
}

/// A source whose tables are known.
enum Open {
    /// Each table of files is read by itself.
    Files(PathBuf, Vec<FileSet>),
    Server(Server),
}

impl Open {
    fn take_tables(&mut self) -> Vec<FileSet> {
        match self {
            Self::Files(_, tables) => std::mem::take(tables),
            Self::Server(server) => std::mem::take(&mut server.tables),
        }
    }
}

/// Finds the tables of a source; those of folders are known.
fn open(source: &Source, tables: Vec<FileSet>) -> Result<Open, Error> {
    let path = match &source.at {
        SourcePlace::Url(secret) => {
            return servers::reach(&source.name, source.connector, secret).map(Open::Server);
        }
        SourcePlace::Path(path) => path.clone(),
    };
    if source.connector != ConnectorKind::Sqlite {
        return Ok(Open::Files(path, tables));
    }
    let of_database = |table| FileSet { table, database: None, glob: None, files: Vec::new() };
    let tables = sqlite::discover(&path)?.into_iter().map(|t| of_database(t.name)).collect();
    Ok(Open::Files(path, tables))
}

fn see_table(source: &Source, open: &Open, set: FileSet, index: usize) -> Table {
    let mut table = Table {
        source: index,
        words: tokens(&set.table),
        name: set.table,
        database: set.database,
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
    let looked = match open {
        Open::Server(Server { connector, keys, .. }) => {
            let keys = keys.iter().find(|keys| keys.table == table.name);
            table.keys = keys.cloned().unwrap_or_default();
            look_into(connector.as_ref(), &mut table)
        }
        Open::Files(path, _) => look_into_files(source, path, &mut table),
    };
    if let Err(error) = looked {
        table.notes.push(format!("it could not be read: {error}"));
    }
    table
}

/// Finds out how CSV files are written. Columns of files without a header get numbers as names.
fn lay_out(table: &mut Table, file: &FilePath) {
    let Ok(look) = holdall_csv::look(file) else { return };
    table.layout.skip_lines = look.skip_lines;
    table.layout.comment = look.comment;
    table.layout.header = look.header;
    if !look.header {
        table.layout.names = (1..=look.width).map(|n| format!("column_{n}")).collect();
        table.notes.push("the first row looks like data: give the columns their names".into());
    }
}

fn look_into_files(source: &Source, path: &FilePath, table: &mut Table) -> Result<(), Error> {
    let connector = connector(source, path, table)?;
    table.keys = connector.keys()?.into_iter().next().unwrap_or_default();
    look_into(connector.as_ref(), table)
}

fn look_into(connector: &dyn Connector, table: &mut Table) -> Result<(), Error> {
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

/// Opens the connector of one table of files.
fn connector(source: &Source, path: &FilePath, table: &Table) -> Result<Box<dyn Connector>, Error> {
    let (name, root) = (source.name.clone(), path.to_owned());
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
        ConnectorKind::Postgres | ConnectorKind::Mysql => {
            return Err(Error::Settings("a database server has no path".into()));
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
