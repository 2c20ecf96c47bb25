//! The connector: which files, and the read.

use std::ops::ControlFlow;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use holdall_connector::{
    Connector, Ending, Error, Filtering, Location, Lookup, Record, Sink, Table, Value,
};
use holdall_scan::blocks::{Cut, Give, LARGE};
use holdall_scan::files::{self, Pattern, SourceFile};
use holdall_scan::gather::{Batch, Job as Gathered, Outlet, gather};

use crate::file::{Fields, Job};
use crate::leaves::Leaves;
use crate::parse::RECORD_LIMIT;
use crate::search::Search;
use crate::settings::{EXTENSIONS, Settings, TableSettings};

/// Records of each file that [`Connector::tables`] looks at.
const SAMPLE: usize = 1_000;

/// A source of JSON files.
#[derive(Clone, Debug)]
pub struct Json {
    source: String,
    root: PathBuf,
    tables: Vec<(String, Pattern)>,
}

impl Json {
    /// Makes a source. No file is opened.
    ///
    /// # Errors
    /// [`Error::Settings`] for a bad file pattern.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let Settings { source, root, tables } = settings;
        let alone = tables.len() == 1;
        let pattern = |table: TableSettings| -> Result<_, Error> {
            let pattern = match &table.files {
                Some(files) => Pattern::said(files)?,
                None => Pattern::unsaid(&table.name, &EXTENSIONS, true, alone)?,
            };
            Ok((table.name, pattern))
        };
        let tables = tables.into_iter().map(pattern).collect::<Result<_, _>>()?;
        Ok(Self { source, root, tables })
    }

    fn describe(&self, table: &str, pattern: &Pattern) -> Result<Table, Error> {
        let files = files::list(&self.root, pattern)?.whole()?;
        let mut leaves = Leaves::default();
        for file in &files {
            let mut left = SAMPLE;
            let read = self.job(table, file).each(&mut |_, fields| {
                fields.iter().for_each(|fields| leaves.take(fields));
                left = left.saturating_sub(1);
                if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Some(why) = read.failed {
                return Err(Error::Malformed { at: file.path.display().to_string(), why });
            }
        }
        Ok(Table { name: table.to_owned(), columns: leaves.into_columns(), rows: None })
    }

    fn job<'a>(&'a self, table: &'a str, file: &'a SourceFile) -> Job<'a> {
        Job { source: &self.source, table, file }
    }
}

impl Json {
    fn pattern(&self, table: &str) -> Result<&(String, Pattern), Error> {
        let found = self.tables.iter().find(|(name, _)| *name == table);
        found.ok_or_else(|| Error::NoTable(table.to_owned()))
    }
}

impl Connector for Json {
    /// Returns the tables with the path of every leaf that the first 1,000 records of each file
    /// have. A key that only later records have is not among them.
    fn tables(&self) -> Result<Vec<Table>, Error> {
        self.tables.iter().map(|(name, pattern)| self.describe(name, pattern)).collect()
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        let (name, pattern) = self.pattern(name)?;
        self.describe(name, pattern)
    }

    fn check(&self) -> Result<(), Error> {
        for (_, pattern) in &self.tables {
            files::check(&files::list(&self.root, pattern)?.whole()?)?;
        }
        Ok(())
    }

    fn filtering(&self, _lookup: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        let (table, pattern) = self.pattern(&lookup.table)?;
        if lookup.is_empty() {
            return Ok(Ending::Complete { read: 0 });
        }
        let listing = files::list(&self.root, pattern)?;
        let troubles = listing.troubles();
        let asked = |file| Asked { job: self.job(table, file), lookup };
        let jobs: Vec<Asked<'_>> = listing.files.iter().map(asked).collect();
        Ok(gather(&jobs, troubles, sink))
    }

    fn sample(&self, name: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let (table, pattern) = self.pattern(name)?;
        let files = files::list(&self.root, pattern)?.files;
        let share = rows.div_ceil(files.len().max(1));
        for file in files.iter().take(rows) {
            let mut left = share;
            let mut columns = Arc::from([]);
            self.job(table, file).each(&mut |location, fields| {
                left = left.saturating_sub(1);
                let flow = match fields {
                    Ok(fields) => sink.record(record(fields, location, &mut columns)),
                    Err(_) => ControlFlow::Continue(()),
                };
                if left == 0 { ControlFlow::Break(()) } else { flow }
            });
        }
        Ok(())
    }
}

/// A file to be searched.
struct Asked<'a> {
    job: Job<'a>,
    lookup: &'a Lookup,
}

impl Asked<'_> {
    /// Reads the wanted records of lines by their bytes.
    fn search(&self, outlet: &mut Outlet<'_>) -> std::io::Result<u64> {
        let search = Search::new(&self.job, self.lookup, RECORD_LIMIT);
        let give: &mut Give<'_> = &mut |batch| outlet.give(batch);
        self.job.in_parts(&search, Cut::default(), give)
    }
}

impl Gathered for Asked<'_> {
    fn is_large(&self) -> bool {
        let length = || std::fs::metadata(&self.job.file.path).map_or(0, |meta| meta.len());
        self.job.file.is_plain() && length() >= LARGE && self.job.is_plain_lines()
    }

    fn read(&self) -> Batch {
        let mut batch = Batch::default();
        let mut columns = Arc::from([]);
        let read = self.job.each(&mut |location, fields| {
            keep(fields, location, self.lookup, &mut columns, &mut batch);
            ControlFlow::Continue(())
        });
        batch.ended(read.bytes, read.failed)
    }

    fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch {
        let result = self.search(outlet);
        let failed = result.as_ref().err().map(|error| self.job.failed(&error.to_string()));
        Batch::default().ended(result.unwrap_or(0), failed)
    }
}

/// Keeps a record if it is wanted, or the report of one that cannot be read.
pub(crate) fn keep(
    fields: Fields,
    location: Location,
    lookup: &Lookup,
    columns: &mut Arc<[String]>,
    batch: &mut Batch,
) {
    match fields {
        Err(defect) => batch.skip(location, defect.to_string()),
        Ok(fields) => {
            let record = record(fields, location, columns);
            if lookup.wants(&record) {
                batch.record(record);
            }
        }
    }
}

/// Makes a record, which shares its columns with the one before if they are the same.
fn record(fields: Vec<(String, Value)>, location: Location, columns: &mut Arc<[String]>) -> Record {
    if !columns.iter().eq(fields.iter().map(|(key, _)| key)) {
        *columns = fields.iter().map(|(key, _)| key.clone()).collect();
    }
    let values = fields.into_iter().map(|(_, value)| value).collect();
    Record { columns: Arc::clone(columns), values, location }
}

/// Returns a table for each JSON file at `root`, named after the file without its ending: for a
/// first draft of a data map. Files of one name in several folders are one table.
///
/// # Errors
/// [`Error::Io`] if `root` or something below it cannot be read, [`Error::NoFiles`] if there is no
/// JSON file.
pub fn discover(root: &FilePath) -> Result<Vec<TableSettings>, Error> {
    let files = files::list(root, &Pattern::every(&EXTENSIONS)?)?.whole()?;
    Ok(files::stems(&files).into_iter().map(TableSettings::named).collect())
}
