//! Columns that a source has and the map lacks: nothing leaves until somebody has said what they
//! are. And columns that the map has and the source lacks.

use std::collections::BTreeSet;

use holdall_connector::{Path, Record};

use super::model::{Hold, HoldKind};
use crate::map::{Column, Table};

/// Returns the holds for the values of a record whose column the map does not cover.
pub(super) fn of_record(table: &Table, record: &Record) -> Vec<Hold> {
    of_paths(table, &record.leaf_paths())
}

/// Returns the holds for those of the source's columns that the map does not cover.
pub(super) fn of_paths(table: &Table, paths: &[Path]) -> Vec<Hold> {
    let unknown =
        paths.iter().filter(|path| table.column_for(path).is_none() && !is_above(table, path));
    unknown.map(|path| hold(table, path)).collect()
}

/// Returns whether mapped columns lie below the path: an empty object or list in their place says
/// nothing.
fn is_above(table: &Table, path: &Path) -> bool {
    table.columns.iter().any(|column| path.covers(&column.path))
}

fn hold(table: &Table, path: &Path) -> Hold {
    let column = match path.segments() {
        [holdall_connector::Segment::Key(name)] => name.clone(),
        _ => path.to_string(),
    };
    Hold {
        kind: HoldKind::Unmapped,
        table: Some(table.id.to_string()),
        next: format!("say in the map what the column is: `columns.{} = …`", quoted(&column)),
        at: Some(column),
        why: "the source has this column and the data map does not say what it is".to_owned(),
    }
}

fn quoted(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare && !name.is_empty() { name.to_owned() } else { format!("{name:?}") }
}

/// Returns the columns of the map that none of the source's paths is, or lies below or above.
pub(super) fn missing<'a>(table: &'a Table, paths: &[Path]) -> Vec<&'a Column> {
    let known: BTreeSet<&Path> = paths.iter().collect();
    let absent = |column: &&Column| {
        !known.iter().any(|path| column.path.covers(path) || path.covers(&column.path))
    };
    table.columns.iter().filter(absent).collect()
}
