//! The cells of a record: its leaves with their JSON pointers and what the map says of them, and
//! the object keys that could themselves hold a value.

use std::borrow::Cow;
use std::collections::BTreeSet;

use holdall_connector::{Path, Record, Segment, Value};

use crate::map::{Column, Table};

/// A leaf of a record.
pub(super) struct Cell<'a> {
    /// Its JSON pointer (RFC 6901).
    pub(super) pointer: String,
    /// The general path of all cells like it.
    pub(super) path: Path,
    /// What it holds.
    pub(super) value: &'a Value,
    /// The map's entry for it or for the nearest path above it.
    pub(super) column: Option<&'a Column>,
    /// Whether another leaf of the record may have the same pointer (a key that stands twice).
    pub(super) twin: bool,
}

impl<'a> Cell<'a> {
    /// Returns the text of the cell: of bytes, the text they spell, if they spell one.
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        match self.value {
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            other => other.scalar(),
        }
    }
}

/// An object inside a record.
pub(super) struct Branch<'a> {
    /// Its JSON pointer.
    pub(super) pointer: String,
    /// The general path of all objects like it.
    pub(super) path: Path,
    /// Its fields.
    pub(super) fields: &'a [(String, Value)],
    /// Whether something stands in it.
    pub(super) is_blank: bool,
    /// The map's entry for all that is in it, if no part of it has an entry of its own.
    pub(super) column: Option<&'a Column>,
    /// Whether another part of the record may have the same pointer.
    pub(super) twin: bool,
}

/// Sees the leaves of a record, in order.
pub(super) trait Visitor<'a> {
    /// Returns whether the object is opened.
    fn enters(&mut self, branch: &Branch<'a>) -> bool {
        let _ = branch;
        true
    }

    /// Sees one leaf.
    fn leaf(&mut self, cell: Cell<'a>);
}

/// Shows every leaf of the record to the visitor, in the order of the record.
pub(super) fn walk<'a>(record: &'a Record, table: &'a Table, visitor: &mut dyn Visitor<'a>) {
    let twins = twins(record.columns.iter().map(String::as_str));
    for (name, value) in record.columns.iter().zip(&record.values) {
        let twin = twins.contains(name.as_str());
        let at = Place { pointer: format!("/{}", escape(name)), path: Path::column(name), twin };
        descend(value, &at, table, visitor);
    }
}

struct Place {
    pointer: String,
    path: Path,
    twin: bool,
}

fn descend<'a>(value: &'a Value, at: &Place, table: &'a Table, visitor: &mut dyn Visitor<'a>) {
    match value {
        Value::List(items) => {
            let path = at.path.join(Segment::Each);
            for (index, item) in items.iter().enumerate() {
                let pointer = format!("{}/{index}", at.pointer);
                let inner = Place { pointer, path: path.clone(), twin: at.twin };
                descend(item, &inner, table, visitor);
            }
        }
        Value::Object(fields) => {
            let twins = twins(fields.iter().map(|(key, _)| key.as_str()));
            let branch = branch(value, fields, at, table);
            if !visitor.enters(&branch) {
                return;
            }
            for (key, inner) in fields {
                let twin = at.twin || twins.contains(key.as_str());
                let pointer = format!("{}/{}", at.pointer, escape(key));
                let path = at.path.join(Segment::Key(key.clone()));
                descend(inner, &Place { pointer, path, twin }, table, visitor);
            }
        }
        leaf => visitor.leaf(Cell {
            pointer: at.pointer.clone(),
            path: at.path.clone(),
            value: leaf,
            column: table.column_for(&at.path),
            twin: at.twin,
        }),
    }
}

fn branch<'a>(
    value: &Value,
    fields: &'a [(String, Value)],
    at: &Place,
    table: &'a Table,
) -> Branch<'a> {
    let below = |column: &&Column| column.path != at.path && at.path.covers(&column.path);
    let divided = table.columns.iter().any(|column| below(&column));
    Branch {
        pointer: at.pointer.clone(),
        path: at.path.clone(),
        fields,
        is_blank: value.is_blank(),
        column: table.column_for(&at.path).filter(|_| !divided),
        twin: at.twin,
    }
}

/// Returns the names that stand more than once.
fn twins<'n>(names: impl Iterator<Item = &'n str>) -> BTreeSet<&'n str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let pairs = names.windows(2).filter_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    pairs.collect()
}

/// Returns a reference token of a JSON pointer (RFC 6901 §3).
pub(super) fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// Returns whether an object's key looks like a value rather than a name in a program: it has
/// spaces, signs or letters outside ASCII, four digits, or the form of a first name.
pub(super) fn is_value_like(key: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '$');
    let starts_upper = key.starts_with(|c: char| c.is_ascii_uppercase());
    !key.chars().all(plain)
        || key.chars().filter(char::is_ascii_digit).count() >= 4
        || (starts_upper && key.chars().skip(1).all(|c| c.is_ascii_lowercase()) && key.len() > 1)
}

/// Returns the steps of a JSON pointer, unescaped.
pub(super) fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_survives_escaping() {
        assert_eq!(escape("a/b~c"), "a~1b~0c");
        assert_eq!(steps("/a~1b~0c/0"), ["a/b~c", "0"]);
    }
}
