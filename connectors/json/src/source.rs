//! The connector: which files, and the read.

use std::ops::ControlFlow;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use holdall_connector::{
    Connector, Ending, Error, Filtering, Location, Lookup, Record, Sink, Table, Value,
};
use holdall_scan::files::{self, Pattern, SourceFile};
use holdall_scan::gather::{Batch, gather};

use crate::file::Job;
use crate::leaves::Leaves;
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
        let read = |file: &SourceFile| read_file(&self.job(table, file), lookup);
        Ok(gather(&listing.files, troubles, sink, read))
    }
}

fn read_file(job: &Job<'_>, lookup: &Lookup) -> Batch {
    let mut batch = Batch::default();
    let mut columns = Arc::from([]);
    let read = job.each(&mut |location, fields| {
        match fields {
            Err(defect) => batch.skip(location, defect.to_string()),
            Ok(fields) => {
                let record = record(fields, location, &mut columns);
                if lookup.wants(&record) {
                    batch.record(record);
                }
            }
        }
        ControlFlow::Continue(())
    });
    batch.read = read.bytes;
    batch.failed = read.failed;
    batch
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
