//! The trait that a source implements, and the sink that it pushes records into.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::{Error, Location, Lookup, Path, Record};

/// How far a connector honours a lookup by itself. Anything but `Exact` is filtered again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Filtering {
    /// Every record given is wanted.
    Exact,
    /// Wanted records and perhaps others are given.
    Inexact,
    /// Every record of the table is given.
    Unsupported,
}

/// How a read ended. One that stops early must say so.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The whole table was searched (or the sink said stop).
    Complete {
        /// Bytes read from files, or rows received from a database.
        read: u64,
    },
    /// Part of the table was not searched.
    Incomplete {
        /// Bytes read from files, or rows received from a database.
        read: u64,
        /// Why, in words for the user; never a value of a record.
        why: String,
    },
}

/// A row that could not be read. It makes the run incomplete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Where it stood.
    pub location: Location,
    /// What is wrong with it, in words for the user; never its content.
    pub why: String,
}

/// Takes what a connector reads. `Break` means: stop, no more is wanted.
pub trait Sink {
    /// Takes one record.
    fn record(&mut self, record: Record) -> ControlFlow<()>;
    /// Takes the report of a row that could not be read.
    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()>;
}

/// A source of records.
///
/// Reads happen in parallel on one connector; each pushes into a sink of its own. The order of
/// records within one read must not depend on thread timing.
pub trait Connector: Send + Sync {
    /// Returns the tables with their columns, types and estimated rows.
    ///
    /// # Errors
    /// If the source cannot be reached or its structure cannot be read.
    fn tables(&self) -> Result<Vec<Table>, Error>;

    /// Returns one table by its name in the data map.
    ///
    /// # Errors
    /// If it cannot be described. Connectors that can tell one table's trouble from another's say
    /// so here; by default, trouble with any table is trouble with all.
    fn table(&self, name: &str) -> Result<Table, Error> {
        let found = self.tables()?.into_iter().find(|table| table.name == name);
        found.ok_or_else(|| Error::NoTable(name.to_owned()))
    }

    /// Checks that the source is reachable. Reads no personal data.
    ///
    /// # Errors
    /// If it is not, saying what to do next.
    fn check(&self) -> Result<(), Error>;

    /// Returns how far [`read`](Self::read) filters by this lookup.
    fn filtering(&self, lookup: &Lookup) -> Filtering {
        let _ = lookup;
        Filtering::Unsupported
    }

    /// Pushes the wanted records of one table into `sink`, in the order of the source.
    ///
    /// # Errors
    /// If nothing could be read at all. A read that fails part-way returns
    /// [`Ending::Incomplete`]; the records pushed before stay valid.
    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error>;

    /// Returns the keys that the source declares, of those tables that have any: for a first draft
    /// of a data map. Files declare none.
    ///
    /// # Errors
    /// If the source cannot be reached or its structure cannot be read.
    fn keys(&self) -> Result<Vec<Keys>, Error> {
        Ok(Vec::new())
    }

    /// Pushes about `rows` records of one table, from its start or that of each of its files: for
    /// a first draft of a data map. Rows that cannot be read are passed over. A source that cannot
    /// be sampled gives none.
    ///
    /// # Errors
    /// If the table cannot be read at all.
    fn sample(&self, table: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let _ = (table, rows, sink);
        Ok(())
    }
}

/// The keys of a table, as the source declares them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// The table's name in the data map.
    pub table: String,
    /// The columns of the primary key, in its order.
    pub primary: Vec<String>,
    /// The foreign keys.
    pub foreign: Vec<ForeignKey>,
}

/// "These columns hold the key of a row of that table."
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The columns here.
    pub columns: Vec<String>,
    /// The table referred to, by its name in the source.
    pub table: String,
    /// The columns there, as many.
    pub references: Vec<String>,
}

/// A table as the source describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The table's name in the data map.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Estimated rows, where that costs no full read.
    pub rows: Option<u64>,
}

/// A column as the source describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its address.
    pub path: Path,
    /// The source's own word for its type (`text`, `INTEGER`, `number`).
    pub kind: String,
}
