//! The connector: which files, whether they have the columns asked for, and the read.

use std::collections::BTreeSet;
use std::path::Path as FilePath;

use holdall_connector::{
    Column, Connector, Ending, Error, Filtering, Lookup, Path, Segment, Sink, Table,
};
use holdall_scan::files::{self, Pattern, SourceFile};
use holdall_scan::gather::{gather, in_parallel};

use crate::file::{Job, Shape};
use crate::settings::{EXTENSIONS, Settings, TableSettings, TableSpec};

/// A source of CSV files.
#[derive(Clone, Debug)]
pub struct Csv {
    source: String,
    root: std::path::PathBuf,
    tables: Vec<TableSpec>,
}

impl Csv {
    /// Makes a source. No file is opened.
    ///
    /// # Errors
    /// [`Error::Settings`] for an unknown encoding, a delimiter or comment mark that is not one
    /// ASCII character, or a bad file pattern.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let Settings { source, root, tables } = settings;
        let alone = tables.len() == 1;
        let tables =
            tables.iter().map(|table| TableSpec::new(table, alone)).collect::<Result<_, _>>()?;
        Ok(Self { source, root, tables })
    }

    fn spec(&self, name: &str) -> Result<&TableSpec, Error> {
        self.tables
            .iter()
            .find(|table| table.name == name)
            .ok_or_else(|| Error::NoTable(name.to_owned()))
    }

    fn describe(&self, table: &TableSpec) -> Result<Table, Error> {
        let files = files::list(&self.root, &table.pattern)?.whole()?;
        let shapes = in_parallel(&files, |file| Shape::of(file, &table.layout));
        let mut seen = BTreeSet::new();
        let mut columns = Vec::new();
        for (file, shape) in files.iter().zip(shapes) {
            let shape = shape.map_err(|source| Error::Io { path: file.path.clone(), source })?;
            for name in shape.columns.iter().flat_map(|names| names.iter()) {
                if seen.insert(name.clone()) {
                    let path = Path::column(name.as_str());
                    columns.push(Column { path, kind: "text".into() });
                }
            }
        }
        Ok(Table { name: table.name.clone(), columns, rows: None })
    }
}

impl Connector for Csv {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        self.tables.iter().map(|table| self.describe(table)).collect()
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        self.describe(self.spec(name)?)
    }

    fn check(&self) -> Result<(), Error> {
        for table in &self.tables {
            files::check(&files::list(&self.root, &table.pattern)?.whole()?)?;
        }
        Ok(())
    }

    fn filtering(&self, _lookup: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        let table = self.spec(&lookup.table)?;
        if lookup.is_empty() {
            return Ok(Ending::Complete { read: 0 });
        }
        let listing = files::list(&self.root, &table.pattern)?;
        let shapes = in_parallel(&listing.files, |file| Shape::of(file, &table.layout));
        let mut troubles = listing.troubles();
        let mut jobs = Vec::new();
        for (file, shape) in listing.files.iter().zip(shapes) {
            match shape {
                Ok(shape) => jobs.push(self.job(file, shape, table, lookup)),
                Err(error) => troubles.push(format!("`{}` was not read: {error}", file.name)),
            }
        }
        if troubles.is_empty() {
            has_columns(&jobs, lookup)?;
        }
        Ok(gather(&jobs, troubles, sink))
    }

    fn sample(&self, name: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let table = self.spec(name)?;
        let files = files::list(&self.root, &table.pattern)?.files;
        let lookup = Lookup { table: name.to_owned(), any: Vec::new() };
        let share = rows.div_ceil(files.len().max(1));
        for file in files.iter().take(rows) {
            let io = |source| Error::Io { path: file.path.clone(), source };
            let shape = Shape::of(file, &table.layout).map_err(io)?;
            if self.job(file, shape, table, &lookup).first(share, sink).map_err(io)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Csv {
    fn job<'a>(
        &'a self,
        file: &'a SourceFile,
        shape: Shape,
        table: &'a TableSpec,
        lookup: &'a Lookup,
    ) -> Job<'a> {
        Job { source: &self.source, file, layout: &table.layout, shape, lookup }
    }
}

/// Returns an error if a column that is asked for is in no file. Files without any row do not
/// count: they have no columns at all.
fn has_columns(jobs: &[Job<'_>], lookup: &Lookup) -> Result<(), Error> {
    let known: BTreeSet<&str> = jobs
        .iter()
        .filter_map(|job| job.shape.columns.as_deref())
        .flat_map(|names| names.iter().map(String::as_str))
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let has = |path: &Path| matches!(path.segments(), [Segment::Key(key)] if known.contains(key.as_str()));
    match lookup.any.iter().find(|m| !has(&m.column)) {
        None => Ok(()),
        Some(missing) => {
            Err(Error::NoColumn { table: lookup.table.clone(), column: missing.column.to_string() })
        }
    }
}

/// Returns a table for each CSV file at `root`, named after the file without its ending: for a
/// first draft of a data map. Files of one name in several folders are one table.
///
/// # Errors
/// [`Error::Io`] if `root` or something below it cannot be read, [`Error::NoFiles`] if there is no
/// CSV file.
pub fn discover(root: &FilePath) -> Result<Vec<TableSettings>, Error> {
    let files = files::list(root, &Pattern::every(&EXTENSIONS)?)?.whole()?;
    Ok(files::stems(&files).into_iter().map(TableSettings::named).collect())
}
