//! Tables, columns and keys, as SQLite describes them.

use holdall_connector::{ForeignKey, Keys};
use rusqlite::{Connection, OptionalExtension, params};

use super::value::Declared;

/// A table or view.
#[derive(Debug)]
pub(crate) struct Relation {
    /// Its name in the database.
    pub(crate) name: String,
    pub(crate) columns: Vec<Attribute>,
    /// The indices of the primary key's columns, in the key's order.
    pub(crate) key: Vec<usize>,
    /// A name of the `rowid`, if there is one.
    pub(crate) rowid: Option<&'static str>,
    /// The index of the column that is the `rowid`, and so always a whole number.
    pub(crate) alias: Option<usize>,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: String,
    /// The declared type; empty if there is none.
    pub(crate) kind: String,
    pub(crate) declared: Declared,
}

impl Relation {
    /// Returns the table or view of this name, or `None` if there is none.
    pub(crate) fn find(connection: &Connection, name: &str) -> rusqlite::Result<Option<Self>> {
        let found = kind_of(connection, name)?;
        let found = match (found, name.split_once('.')) {
            (None, Some((schema, rest))) if schema.eq_ignore_ascii_case("main") => {
                kind_of(connection, rest)?
            }
            (found, _) => found,
        };
        found.map(|(name, kind, keyed)| Self::describe(connection, name, &kind, keyed)).transpose()
    }

    fn describe(
        connection: &Connection,
        name: String,
        kind: &str,
        without_rowid: bool,
    ) -> rusqlite::Result<Self> {
        let (columns, key) = columns(connection, &name)?;
        let is_table = kind == "table";
        let rowid = if is_table && !without_rowid { rowid_name(&columns) } else { None };
        let key = if is_table { key } else { Vec::new() };
        let alias = match key.as_slice() {
            [only] if !without_rowid && is_table => {
                let integer = columns
                    .get(*only)
                    .is_some_and(|column| column.kind.eq_ignore_ascii_case("INTEGER"));
                (integer && !has_key_index(connection, &name)?).then_some(*only)
            }
            _ => None,
        };
        Ok(Self { name, columns, key, rowid, alias })
    }

    /// Returns the index of a column by its exact name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// Returns the names of all tables and views but SQLite's own.
pub(crate) fn names(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' \
               AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Returns the name as the database has it, `table`, `view` or `virtual`, and whether the table
/// has no rowid.
fn kind_of(
    connection: &Connection,
    name: &str,
) -> rusqlite::Result<Option<(String, String, bool)>> {
    let sql = "SELECT name, type, wr FROM pragma_table_list \
               WHERE schema = 'main' AND name = ?1 COLLATE NOCASE";
    connection.query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<(Vec<Attribute>, Vec<usize>)> {
    // `hidden` is 1 for the secret columns of virtual tables, 2 and 3 for generated ones.
    let sql = "SELECT name, type, pk FROM pragma_table_xinfo(?1, 'main') WHERE hidden <> 1";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(params![table])?;
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let kind: String = row.get(1)?;
        let position: u32 = row.get(2)?;
        if position > 0 {
            key.push((position, columns.len()));
        }
        columns.push(Attribute { name: row.get(0)?, declared: Declared::of(&kind), kind });
    }
    key.sort_unstable();
    Ok((columns, key.into_iter().map(|(_, index)| index).collect()))
}

/// Returns the first name of the rowid that no column has taken.
fn rowid_name(columns: &[Attribute]) -> Option<&'static str> {
    ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|name| !columns.iter().any(|column| column.name.eq_ignore_ascii_case(name)))
}

/// Returns whether the primary key has an index of its own; it has none where it is the rowid
/// (sqlite.org/lang_createtable.html#rowid, which has an exception for `DESC`).
fn has_key_index(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) FROM pragma_index_list(?1, 'main') WHERE origin = 'pk'";
    connection.query_row(sql, [table], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// Returns the keys that a table declares, under its name in the data map.
pub(crate) fn keys(
    connection: &Connection,
    relation: &Relation,
    table: &str,
) -> rusqlite::Result<Keys> {
    let name = |index: &usize| relation.columns.get(*index).map(|column| column.name.clone());
    let mut foreign: Vec<(i64, ForeignKey)> = Vec::new();
    let sql = "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1, 'main') \
               ORDER BY id DESC, seq";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(params![relation.name])?;
    while let Some(row) = rows.next()? {
        let (id, target, from): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if foreign.last().is_none_or(|(last, _)| *last != id) {
            let (columns, references) = (Vec::new(), Vec::new());
            foreign.push((id, ForeignKey { columns, table: target, references }));
        }
        if let Some((_, key)) = foreign.last_mut() {
            key.columns.push(from);
            key.references.extend(row.get::<_, Option<String>>(3)?);
        }
    }
    let mut foreign: Vec<ForeignKey> = foreign.into_iter().map(|(_, key)| key).collect();
    for key in foreign.iter_mut().filter(|key| key.references.is_empty()) {
        key.references = primary_of(connection, &key.table)?;
    }
    let primary = relation.key.iter().filter_map(name).collect();
    Ok(Keys { table: table.to_owned(), primary, foreign })
}

/// Returns the primary key of a table: what a foreign key that names no columns refers to.
fn primary_of(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let Some(relation) = Relation::find(connection, table)? else { return Ok(Vec::new()) };
    let name = |index: &usize| relation.columns.get(*index).map(|column| column.name.clone());
    Ok(relation.key.iter().filter_map(name).collect())
}

/// Returns an identifier in quotes.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
