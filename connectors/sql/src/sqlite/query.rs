//! The statement that reads a table, and which rows SQLite may leave out.

use std::collections::BTreeSet;

use holdall_connector::{Compare, Lookup, Match, Path, Segment};

use super::schema::{Relation, quoted};

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
        let mut select: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
        select.extend(table.rowid.map(str::to_owned));
        let mut sql = format!("SELECT {} FROM main.{}", select.join(", "), quoted(&table.name));
        let bound = ids(table, lookup).unwrap_or_default();
        if table.rowid.is_some() {
            sql.push_str(" NOT INDEXED");
        }
        if !bound.is_empty() {
            let column = table.alias.and_then(|index| select.get(index));
            let marks = vec!["?"; bound.len()].join(", ");
            sql.push_str(&format!(
                " WHERE {} IN ({marks})",
                column.map_or("rowid", String::as_str)
            ));
        }
        let key = table.key.iter().filter_map(|index| select.get(*index)).map(String::as_str);
        let order: Vec<&str> = table.rowid.map_or_else(|| key.collect(), |rowid| vec![rowid]);
        if !order.is_empty() {
            sql.push_str(&format!(" ORDER BY {}", order.join(", ")));
        }
        Self { sql, bound }
    }
}

/// Returns the row ids that are asked for, or `None` if other rows may be wanted too.
///
/// Only where the column is the rowid is it certain that each value is a whole number with one
/// spelling. In any other column SQLite may hold `" 17"` beside `17`, which compare differently
/// there and are the same to a lookup.
fn ids(table: &Relation, lookup: &Lookup) -> Option<Vec<i64>> {
    let alias = &table.columns.get(table.alias?)?.name;
    let mut ids = BTreeSet::new();
    for asked in &lookup.any {
        if column_of(&asked.column) != Some(alias) {
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

/// Returns the column that a path names; databases have no nested ones.
pub(crate) fn column_of(path: &Path) -> Option<&str> {
    match path.segments() {
        [Segment::Key(key)] => Some(key),
        _ => None,
    }
}
