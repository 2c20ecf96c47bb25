//! The connector: settings, the structure, the read.

use std::ops::ControlFlow;
use std::path::{Path as FilePath, PathBuf};

use holdall_connector::{
    Column, Connector, Ending, Error, Filtering, Keys, Lookup, Match, Path, Place, Sink, Table,
};
use rusqlite::{Row, params_from_iter};

use super::glance::Glance;
use super::open::{Database, why};
use super::parts;
use super::query::Query;
use super::schema::{self, Relation};
use super::value;
use crate::TableSettings;
use crate::advice;
use crate::deliver::{Delivery, has_columns};
use crate::names::quoted;

/// Rows of a database file up to this size are counted; that costs little.
const SMALL: u64 = 1024 * 1024;

/// A table of fewer rows is read in full without a word.
const MANY: u64 = 100_000;

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

    /// Says so where a large table is read in full; in SQLite only the rowid avoids that.
    fn advice(&self, lookup: &Lookup) -> Vec<String> {
        let Ok(database) = Database::open(&self.settings.path) else { return Vec::new() };
        let Ok(relation) = self.relation(&database, &lookup.table) else { return Vec::new() };
        let rows = self.estimate(&database, &relation);
        let most = rows.or_else(|| parts::span(&database, &relation));
        if most.is_some_and(|most| most < MANY) || Query::is_by_rowid(&relation, lookup) {
            return Vec::new();
        }
        let why = "SQLite keeps values of any type and spelling in a column, so no index finds \
                   them all";
        let of = |asked: &Match| {
            advice::whole_table(&relation.name, &asked.column.to_string(), rows, why)
        };
        lookup.any.iter().map(of).collect()
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
        has_columns(lookup, |name| relation.column(name).is_some())?;
        let new = || Reader::new(&self.settings.source, &relation, lookup);
        let query = Query::new(&relation, lookup);
        let ranges = match query.bound.is_empty() {
            true => parts::ranges(&database, &relation),
            false => Vec::new(),
        };
        if ranges.is_empty() {
            return new().read(&database, &query, sink);
        }
        parts::read(database, &ranges, new, sink)
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
        Reader::of_all(&self.settings.source, &relation, &lookup)
            .first(&database, rows, sink)
            .map_err(|e| database.error(&e))
    }
}

/// Reads the rows of one table.
pub(crate) struct Reader<'a> {
    pub(crate) relation: &'a Relation,
    glance: Option<Glance<'a>>,
    pub(crate) delivery: Delivery<'a>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a str, relation: &'a Relation, lookup: &'a Lookup) -> Self {
        let columns = relation.columns.iter().map(|column| column.name.as_str());
        let delivery = Delivery::new(source, &relation.name, lookup, columns);
        Self { relation, glance: Glance::new(relation, lookup), delivery }
    }

    /// Gives every row, whatever the lookup.
    fn of_all(source: &'a str, relation: &'a Relation, lookup: &'a Lookup) -> Self {
        let mut reader = Self::new(source, relation, lookup);
        reader.delivery.gives_all = true;
        reader.glance = None;
        reader
    }

    /// Gives the first rows.
    fn first(
        &mut self,
        database: &Database,
        rows: usize,
        sink: &mut dyn Sink,
    ) -> rusqlite::Result<()> {
        let none = Lookup { table: String::new(), any: Vec::new() };
        let sql = format!("{} LIMIT {rows}", Query::new(self.relation, &none).sql);
        let mut statement = database.connection.prepare(&sql)?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            self.delivery.read += 1;
            if self.give(row, sink)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    pub(crate) fn read(
        &mut self,
        database: &Database,
        query: &Query,
        sink: &mut dyn Sink,
    ) -> Result<Ending, Error> {
        let ended = self.rows(database, query, sink);
        self.ending(database, ended)
    }

    /// Gives the rows of a statement.
    pub(crate) fn rows(
        &mut self,
        database: &Database,
        query: &Query,
        sink: &mut dyn Sink,
    ) -> rusqlite::Result<ControlFlow<()>> {
        let mut statement = database.connection.prepare_cached(&query.sql)?;
        let mut rows = statement.query(params_from_iter(&query.bound))?;
        while let Some(row) = rows.next()? {
            self.delivery.read += 1;
            if self.give(row, sink)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Returns how a read ended, given how its statements did.
    pub(crate) fn ending(
        &self,
        database: &Database,
        ended: rusqlite::Result<ControlFlow<()>>,
    ) -> Result<Ending, Error> {
        match ended {
            Err(e) if self.delivery.read == 0 => Err(database.error(&e)),
            Err(e) => Ok(self.delivery.incomplete(&why(&e))),
            Ok(ControlFlow::Continue(())) if database.has_changed() => {
                Ok(self.delivery.incomplete("it was changed during the read; run it again"))
            }
            Ok(_) => Ok(self.delivery.complete()),
        }
    }

    fn give(&mut self, row: &Row<'_>, sink: &mut dyn Sink) -> rusqlite::Result<ControlFlow<()>> {
        if let Some(glance) = &mut self.glance
            && glance.is_other(row)?
        {
            return Ok(ControlFlow::Continue(()));
        }
        let place = self.place(row)?;
        let mut values = Vec::with_capacity(self.relation.columns.len());
        for (index, column) in self.relation.columns.iter().enumerate() {
            match value::value(row.get_ref(index)?, column.declared) {
                Some(value) => values.push(value),
                None => return Ok(self.delivery.give(place, Err(&column.name), sink)),
            }
        }
        Ok(self.delivery.give(place, Ok(values), sink))
    }

    /// Returns the primary key, or the rowid if there is no key or a part of it is null, or the
    /// number of the row.
    fn place(&self, row: &Row<'_>) -> rusqlite::Result<Place> {
        let mut key = Vec::new();
        for index in &self.relation.key {
            let name = self.relation.columns.get(*index).map(|c| c.name.clone());
            key.extend(value::key(row.get_ref(*index)?).zip(name).map(|(text, name)| (name, text)));
        }
        if !key.is_empty() && key.len() == self.relation.key.len() {
            return Ok(Place::Key(key));
        }
        match self.relation.rowid {
            None => Ok(Place::Row(self.delivery.read)),
            Some(_) => {
                let rowid: i64 = row.get(self.relation.columns.len())?;
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
