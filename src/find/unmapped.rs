//! Columns that a source has and the map lacks: nothing leaves until somebody has said what they
//! are. And columns that the map has and the source lacks.

use std::collections::BTreeSet;

use holdall_connector::{Path, Record, Segment, Value};

use super::model::{Hold, HoldKind};
use crate::map::{Column, Table};

/// Returns the holds for the values of a record whose column the map does not cover.
pub(super) fn of_record(table: &Table, record: &Record) -> Vec<Hold> {
    let paths = record.leaf_paths();
    let unknown = paths.iter().filter(|path| {
        table.column_for(path).is_none() && !(is_above(table, path) && has_no_leaf(record, path))
    });
    holds(table, unknown)
}

/// Returns whether nothing but lists, objects and blanks stands at the path.
fn has_no_leaf(record: &Record, path: &Path) -> bool {
    record
        .select(path)
        .into_iter()
        .all(|value| value.is_blank() || matches!(value, Value::List(_) | Value::Object(_)))
}

/// Returns the holds for those of the source's columns that the map does not cover.
pub(super) fn of_paths(table: &Table, paths: &[Path]) -> Vec<Hold> {
    let unknown =
        paths.iter().filter(|path| table.column_for(path).is_none() && !is_above(table, path));
    holds(table, unknown)
}

fn holds<'a>(table: &Table, unknown: impl Iterator<Item = &'a Path>) -> Vec<Hold> {
    let mut holds: Vec<Hold> = unknown.map(|path| hold(table, path)).collect();
    holds.dedup();
    holds
}

/// Returns whether mapped columns lie below the path: an empty object or list in their place says
/// nothing.
fn is_above(table: &Table, path: &Path) -> bool {
    table.columns.iter().any(|column| path.covers(&column.path))
}

fn hold(table: &Table, path: &Path) -> Hold {
    let (path, is_whole) = without_values(path);
    let column = match path.segments() {
        [Segment::Key(name)] => name.clone(),
        _ => path.to_string(),
    };
    Hold {
        kind: HoldKind::Unmapped,
        table: Some(table.id.to_string()),
        next: format!("say in the map what the column is: `columns.{} = …`", quoted(&column)),
        at: Some(column),
        why: if is_whole {
            "the source has this column and the data map does not say what it is".to_owned()
        } else {
            "the source has values for keys in this column, and the data map does not say what they are"
                .to_owned()
        },
    }
}

/// Returns the path up to a nested key that is a value rather than a name (an object keyed by
/// e-mail address: such a key names somebody, and only the column above it can be mapped), and
/// whether that is all of the path.
fn without_values(path: &Path) -> (Path, bool) {
    let mut steps = path.segments().iter();
    let mut kept = match steps.next() {
        Some(Segment::Key(first)) => Path::column(first.clone()),
        _ => return (path.clone(), true),
    };
    for step in steps {
        if matches!(step, Segment::Key(key) if is_value(key)) {
            return (kept, false);
        }
        kept = kept.join(step.clone());
    }
    (kept, true)
}

/// Returns whether a key holds an address, words or a long number.
fn is_value(key: &str) -> bool {
    let digits = key.chars().filter(char::is_ascii_digit).count();
    digits >= 6 || key.contains(|c: char| c == '@' || c.is_whitespace())
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

#[cfg(test)]
mod tests {
    use holdall_connector::{Location, Place};

    use super::*;

    #[test]
    fn a_key_that_names_somebody_is_not_shown() {
        let shown = |path: &str| {
            let (path, is_whole) = without_values(&Path::parse(path).unwrap());
            (path.to_string(), is_whole)
        };
        for key in [r"zed@example\.org", "Zed Vane", "07700900123"] {
            assert_eq!(shown(&format!("votes[].by.{key}.n")), ("votes[].by".to_owned(), false));
        }
        assert_eq!(shown("Full Name"), ("Full Name".to_owned(), true));
        assert_eq!(shown("address.line2"), ("address.line2".to_owned(), true));
    }

    #[test]
    fn a_value_where_the_map_has_a_list_is_unmapped_and_a_blank_is_not() {
        let map = "controller = 'c.toml'\n[[source]]\nname = 's'\nconnector = 'json'\npath = '.'\n\
            [source.tables.t]\nactivity = 'a'\ncolumns.email = { person = 'email' }\n\
            columns.\"att[].name\" = 'data'\n";
        let map = crate::map::parse(map, std::path::Path::new("holdall.toml")).unwrap();
        let table = map.tables().next().unwrap();
        let text = |text: &str| Value::Text(text.into());
        let held = |att: Value| {
            let location = Location {
                source: "s".into(),
                table: "t".into(),
                file: None,
                place: Place::Row(1),
            };
            let (columns, values) = (vec!["att".to_owned()].into(), vec![att]);
            of_record(table, &Record { columns, values, location }).len()
        };
        let named = Value::Object(vec![("name".into(), text("plan.pdf"))]);
        assert_eq!(held(text("plan.pdf")), 1);
        assert_eq!(held(Value::List(vec![named.clone(), text("plan.pdf")])), 1);
        for blank in [Value::Null, text(" "), Value::List(vec![]), Value::List(vec![named])] {
            assert_eq!(held(blank), 0);
        }
    }
}
