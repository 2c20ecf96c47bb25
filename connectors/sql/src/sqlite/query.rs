//! The statement that reads a table, and which rows SQLite may leave out.

use std::collections::BTreeSet;

use holdall_connector::{Compare, Lookup, Match, Path};

use super::schema::Relation;
use crate::names::quoted;

/// More values than this are not bound to one statement (SQLite's limit is 32,766).
const VALUES: usize = 30_000;

/// A statement and the values bound to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) bound: Vec<i64>,
}

impl Query {
    /// Returns the statement that gives at least the wanted rows: all columns in order, then the
    /// rowid if there is one. The table itself is read, in its own order: a damaged index could
    /// leave rows out.
    pub(crate) fn new(table: &Relation, lookup: &Lookup) -> Self {
        let bound = ids(table, lookup).unwrap_or_default();
        let column = table.alias.and_then(|index| table.columns.get(index));
        let column = column.map_or("rowid".to_owned(), |column| quoted(&column.name));
        let marks = vec!["?"; bound.len()].join(", ");
        let condition = (!bound.is_empty()).then(|| format!("{column} IN ({marks})"));
        Self { sql: sql(table, condition.as_deref()), bound }
    }

    /// Returns the statement that gives all rows of a table with a rowid in a range.
    pub(crate) fn between(table: &Relation, (from, to): (i64, i64)) -> Self {
        let condition = table.rowid.map(|rowid| format!("{rowid} BETWEEN ? AND ?"));
        Self { sql: sql(table, condition.as_deref()), bound: vec![from, to] }
    }

    /// Returns whether a lookup of these columns fetches only the rows of some row ids.
    pub(crate) fn is_by_rowid(table: &Relation, lookup: &Lookup) -> bool {
        ids(table, lookup).is_some()
    }
}

fn sql(table: &Relation, condition: Option<&str>) -> String {
    let mut select: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
    select.extend(table.rowid.map(str::to_owned));
    let mut sql = format!("SELECT {} FROM main.{}", select.join(", "), quoted(&table.name));
    if table.rowid.is_some() {
        sql.push_str(" NOT INDEXED");
    }
    if let Some(condition) = condition {
        sql.push_str(&format!(" WHERE {condition}"));
    }
    let key = table.key.iter().filter_map(|index| select.get(*index)).map(String::as_str);
    let order: Vec<&str> = table.rowid.map_or_else(|| key.collect(), |rowid| vec![rowid]);
    if !order.is_empty() {
        sql.push_str(&format!(" ORDER BY {}", order.join(", ")));
    }
    sql
}

/// Returns the row ids that are asked for, or `None` if other rows may be wanted too.
///
/// Only where the column is the rowid is it certain that each value is a whole number with one
/// spelling. In any other column SQLite may hold `" 17"` beside `17`, which compare differently
/// there and are the same to a lookup.
fn ids(table: &Relation, lookup: &Lookup) -> Option<Vec<i64>> {
    let alias = table.columns.get(table.alias?)?.name.as_str();
    let mut ids = BTreeSet::new();
    for asked in &lookup.any {
        if asked.column != Path::column(alias) {
            return None;
        }
        if !matches!(asked.compare, Compare::Exact | Compare::Caseless) {
            return None;
        }
        ids.extend(whole_numbers(asked));
    }
    // With none at all, the empty list must not turn into "every row"; reading all is right too.
    (ids.len() <= VALUES).then(|| ids.into_iter().collect())
}

fn whole_numbers(asked: &Match) -> impl Iterator<Item = i64> {
    asked.values.iter().filter_map(|text| {
        let number: i64 = text.parse().ok()?;
        (number.to_string() == *text).then_some(number)
    })
}
