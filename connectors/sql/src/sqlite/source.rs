//! The connector: settings, the structure, the read.

use std::ops::ControlFlow;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use holdall_connector::{
    Column, Connector, Ending, Error, Filtering, Keys, Location, Lookup, Path, Place, Record, Sink,
    Skipped, Table,
};
use rusqlite::{Row, params_from_iter};

use super::open::{Database, why};
use super::query::{Query, column_of};
use super::schema::{self, Relation, quoted};
use super::value;

/// Rows of a database file up to this size are counted; that costs little.
const SMALL: u64 = 16 * 1024 * 1024;

/// A SQLite source.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The source's name in the data map.
    pub source: String,
    /// The database file.
    pub path: PathBuf,
    /// Its tables.
    pub tables: Vec<TableSettings>,
}

/// One table of a SQLite source.
#[derive(Clone, Debug)]
pub struct TableSettings {
    /// The table's name in the data map.
    pub name: String,
    /// Its name in the database, if that differs.
    pub table: Option<String>,
}

impl TableSettings {
    /// Returns the settings of a table that has the same name in map and database.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), table: None }
    }
}

/// A SQLite database file.
#[derive(Clone, Debug)]
pub struct Sqlite {
    settings: Settings,
}

impl Sqlite {
    /// Makes a source. The file is not opened.
    ///
    /// # Errors
    /// None yet; a source whose settings make no sense says so here.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        Ok(Self { settings })
    }

    fn relation(&self, database: &Database, name: &str) -> Result<Relation, Error> {
        let settings = self
            .settings
            .tables
            .iter()
            .find(|table| table.name == name)
            .ok_or_else(|| Error::NoTable(name.to_owned()))?;
        let name = settings.table.as_deref().unwrap_or(name);
        Relation::find(&database.connection, name)
            .map_err(|e| database.error(&e))?
            .ok_or_else(|| Error::NoTable(name.to_owned()))
    }

    fn describe(&self, database: &Database, name: &str) -> Result<Table, Error> {
        let relation = self.relation(database, name)?;
        let rows = self.estimate(database, &relation);
        let column = |(name, kind): (String, String)| Column { path: Path::column(name), kind };
        let columns = relation.columns.into_iter().map(|c| column((c.name, c.kind))).collect();
        Ok(Table { name: name.to_owned(), columns, rows })
    }

    /// Returns the number of rows if the file is small, else what `ANALYZE` last found, if it ran.
    fn estimate(&self, database: &Database, relation: &Relation) -> Option<u64> {
        let small = std::fs::metadata(&self.settings.path).is_ok_and(|meta| meta.len() <= SMALL);
        let is_table = relation.rowid.is_some() || !relation.key.is_empty();
        if small && is_table {
            let sql = format!("SELECT count(*) FROM main.{}", quoted(&relation.name));
            let count: i64 = database.connection.query_row(&sql, [], |row| row.get(0)).ok()?;
            return u64::try_from(count).ok();
        }
        let sql = "SELECT stat FROM sqlite_stat1 WHERE tbl = ?1";
        let stat: String =
            database.connection.query_row(sql, [&relation.name], |row| row.get(0)).ok()?;
        stat.split(' ').next()?.parse().ok()
    }
}

impl Connector for Sqlite {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        let database = Database::open(&self.settings.path)?;
        let describe = |table: &TableSettings| self.describe(&database, &table.name);
        self.settings.tables.iter().map(describe).collect()
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        self.describe(&Database::open(&self.settings.path)?, name)
    }

    fn check(&self) -> Result<(), Error> {
        let database = Database::open(&self.settings.path)?;
        self.settings
            .tables
            .iter()
            .try_for_each(|table| self.relation(&database, &table.name).map(|_| ()))
    }

    fn filtering(&self, _lookup: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        let known = self.settings.tables.iter().any(|table| table.name == lookup.table);
        if !known {
            return Err(Error::NoTable(lookup.table.clone()));
        }
        if lookup.is_empty() {
            return Ok(Ending::Complete { read: 0 });
        }
        let database = Database::open(&self.settings.path)?;
        let relation = self.relation(&database, &lookup.table)?;
        has_columns(&relation, lookup)?;
        let reader = Reader::new(&self.settings.source, &relation, lookup);
        reader.read(&database, sink)
    }

    fn keys(&self) -> Result<Vec<Keys>, Error> {
        let database = Database::open(&self.settings.path)?;
        let keys_of = |table: &TableSettings| {
            let relation = self.relation(&database, &table.name)?;
            schema::keys(&database.connection, &relation, &table.name)
                .map_err(|e| database.error(&e))
        };
        let keys = self.settings.tables.iter().map(keys_of).collect::<Result<Vec<_>, _>>()?;
        Ok(keys.into_iter().filter(|k| !k.primary.is_empty() || !k.foreign.is_empty()).collect())
    }

    fn sample(&self, table: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let database = Database::open(&self.settings.path)?;
        let relation = self.relation(&database, table)?;
        let lookup = Lookup { table: table.to_owned(), any: Vec::new() };
        Reader::new(&self.settings.source, &relation, &lookup)
            .first(&database, rows, sink)
            .map_err(|e| database.error(&e))
    }
}

fn has_columns(relation: &Relation, lookup: &Lookup) -> Result<(), Error> {
    let has = |path: &Path| column_of(path).is_some_and(|name| relation.column(name).is_some());
    match lookup.any.iter().find(|asked| !has(&asked.column)) {
        None => Ok(()),
        Some(missing) => {
            Err(Error::NoColumn { table: lookup.table.clone(), column: missing.column.to_string() })
        }
    }
}

/// Reads the rows of one table.
struct Reader<'a> {
    source: &'a str,
    relation: &'a Relation,
    lookup: &'a Lookup,
    columns: Arc<[String]>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, relation: &'a Relation, lookup: &'a Lookup) -> Self {
        let columns = relation.columns.iter().map(|column| column.name.clone()).collect();
        Self { source, relation, lookup, columns }
    }

    fn read(&self, database: &Database, sink: &mut dyn Sink) -> Result<Ending, Error> {
        let query = Query::new(self.relation, self.lookup);
        let error = |e: rusqlite::Error| database.error(&e);
        let mut statement = database.connection.prepare(&query.sql).map_err(error)?;
        let mut rows = statement.query(params_from_iter(&query.bound)).map_err(error)?;
        let mut read = 0;
        loop {
            match rows.next() {
                Ok(None) => break,
                Ok(Some(row)) => {
                    read += 1;
                    if self.give(row, read, sink).map_err(error)?.is_break() {
                        return Ok(Ending::Complete { read });
                    }
                }
                Err(e) if read == 0 => return Err(error(e)),
                Err(e) => return Ok(self.incomplete(read, &why(&e))),
            }
        }
        if database.has_changed() {
            return Ok(self.incomplete(read, "it was changed during the read; run it again"));
        }
        Ok(Ending::Complete { read })
    }

    fn incomplete(&self, read: u64, why: &str) -> Ending {
        let why = format!("table `{}` was not read in full: {why}", self.relation.name);
        Ending::Incomplete { read, why }
    }

    /// Gives the first rows, whatever they hold.
    fn first(&self, database: &Database, rows: usize, sink: &mut dyn Sink) -> rusqlite::Result<()> {
        let sql = format!("{} LIMIT {rows}", Query::new(self.relation, self.lookup).sql);
        let mut statement = database.connection.prepare(&sql)?;
        let mut found = statement.query([])?;
        let mut number = 0;
        while let Some(row) = found.next()? {
            number += 1;
            if let Ok(record) = self.record(row, number)?
                && sink.record(record).is_break()
            {
                break;
            }
        }
        Ok(())
    }

    fn give(
        &self,
        row: &Row<'_>,
        number: u64,
        sink: &mut dyn Sink,
    ) -> rusqlite::Result<ControlFlow<()>> {
        Ok(match self.record(row, number)? {
            Err(skipped) => sink.skipped(skipped),
            Ok(record) if self.lookup.wants(&record) => sink.record(record),
            Ok(_) => ControlFlow::Continue(()),
        })
    }

    /// Returns a row as a record, or why it cannot be one.
    fn record(&self, row: &Row<'_>, number: u64) -> rusqlite::Result<Result<Record, Skipped>> {
        let place = self.place(row, number)?;
        let location = Location {
            source: self.source.to_owned(),
            table: self.lookup.table.clone(),
            file: None,
            place,
        };
        let mut values = Vec::with_capacity(self.columns.len());
        for (index, column) in self.relation.columns.iter().enumerate() {
            match value::value(row.get_ref(index)?, column.declared) {
                Some(value) => values.push(value),
                None => {
                    let why = format!("column `{}` has text that is not valid", column.name);
                    return Ok(Err(Skipped { location, why }));
                }
            }
        }
        Ok(Ok(Record { columns: Arc::clone(&self.columns), values, location }))
    }

    /// Returns the primary key, or the rowid if there is no key or a part of it is null, or the
    /// number of the row.
    fn place(&self, row: &Row<'_>, number: u64) -> rusqlite::Result<Place> {
        let mut key = Vec::new();
        for index in &self.relation.key {
            let name = self.columns.get(*index).cloned().unwrap_or_default();
            key.extend(value::key(row.get_ref(*index)?).map(|text| (name, text)));
        }
        if !key.is_empty() && key.len() == self.relation.key.len() {
            return Ok(Place::Key(key));
        }
        match self.relation.rowid {
            None => Ok(Place::Row(number)),
            Some(_) => {
                let rowid: i64 = row.get(self.columns.len())?;
                Ok(Place::Key(vec![("rowid".to_owned(), rowid.to_string())]))
            }
        }
    }
}

/// Returns a table for each table and view of the database: for a first draft of a data map.
///
/// # Errors
/// [`Error::Io`] or [`Error::Service`] if the database cannot be read.
pub fn discover(path: &FilePath) -> Result<Vec<TableSettings>, Error> {
    let database = Database::open(path)?;
    let names = schema::names(&database.connection).map_err(|e| database.error(&e))?;
    Ok(names.into_iter().map(TableSettings::named).collect())
}
