//! Tables, columns and keys, as both servers describe them.

use holdall_connector::{Column, Error, ForeignKey, Keys, Lookup, Path, Table};

use crate::condition::Class;
use crate::deliver::column_of;

/// A table or view. `R` says how the dialect reads a column.
#[derive(Debug)]
pub(crate) struct Relation<R> {
    pub(crate) schema: String,
    pub(crate) name: String,
    pub(crate) columns: Vec<Attribute<R>>,
    /// The indices of the primary key's columns, in the key's order; empty if there is none.
    pub(crate) key: Vec<usize>,
    pub(crate) identity: Identity,
    /// Whether its rows come from elsewhere: a view, a foreign table.
    pub(crate) is_view: bool,
    /// Whether its rows lie in one table, not in partitions or tables that inherit from it.
    pub(crate) is_one: bool,
    /// Estimated rows.
    pub(crate) rows: Option<u64>,
    /// What a user should know that is no matter of a lookup.
    pub(crate) caution: Option<String>,
}

/// By what the rows of a relation are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// By a key.
    Key,
    /// By where the server keeps them (PostgreSQL's `ctid`).
    Position,
    /// By where the server keeps them, and in which partition.
    PositionInPart,
    /// By their number alone, so every row must come, in one order.
    Number,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Attribute<R> {
    pub(crate) name: String,
    /// The server's word for its type.
    pub(crate) kind: String,
    pub(crate) class: Class,
    pub(crate) reading: R,
    pub(crate) index: Index,
}

/// What an index that starts with a column can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// There is none.
    Absent,
    /// It finds values that are equal in the column's own terms.
    Equal,
    /// It also finds ranges in the order of code points, under this collation if it is not the
    /// column's.
    CodePoints(Option<String>),
}

/// A foreign key: the columns here, the schema and table referred to, and the columns there.
pub(crate) type Reference = (Vec<String>, (String, String), Vec<String>);

/// Gathers the columns of foreign keys, each with the name of its key, in the order of the keys.
pub(crate) fn gather(parts: Vec<(String, String, (String, String), String)>) -> Vec<Reference> {
    let mut keys: Vec<(String, Reference)> = Vec::new();
    for (key, here, table, there) in parts {
        if keys.last().is_none_or(|(last, _)| *last != key) {
            keys.push((key, (Vec::new(), table, Vec::new())));
        }
        if let Some((_, (columns, _, references))) = keys.last_mut() {
            columns.push(here);
            references.push(there);
        }
    }
    keys.into_iter().map(|(_, key)| key).collect()
}

impl<R> Relation<R> {
    /// Returns a column by its exact name.
    pub(crate) fn column(&self, name: &str) -> Option<&Attribute<R>> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Returns the column that a path starts in.
    pub(crate) fn column_at(&self, path: &Path) -> Option<&Attribute<R>> {
        self.column(column_of(path)?)
    }

    /// Refuses a lookup of a column that is not there.
    pub(crate) fn covers(&self, lookup: &Lookup) -> Result<(), Error> {
        crate::deliver::has_columns(lookup, |name| self.column(name).is_some())
    }

    /// Returns the keys of the relation as the contract has them. `name_of` names a table of the
    /// database as the source does.
    pub(crate) fn keys(
        &self,
        table: &str,
        foreign: Vec<Reference>,
        name_of: impl Fn(&str, &str) -> String,
    ) -> Keys {
        let name = |index: &usize| self.columns.get(*index).map(|column| column.name.clone());
        let key = |(columns, (schema, table), references): Reference| ForeignKey {
            columns,
            table: name_of(&schema, &table),
            references,
        };
        Keys {
            table: table.to_owned(),
            primary: self.key.iter().filter_map(name).collect(),
            foreign: foreign.into_iter().map(key).collect(),
        }
    }

    /// Returns the relation as the contract's table of this name.
    pub(crate) fn describe(&self, name: &str) -> Table {
        let column =
            |c: &Attribute<R>| Column { path: Path::column(c.name.clone()), kind: c.kind.clone() };
        let columns = self.columns.iter().map(column).collect();
        Table { name: name.to_owned(), columns, rows: self.rows }
    }
}
