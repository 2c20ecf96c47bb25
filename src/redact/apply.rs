//! Taking spans out of a record. Pure: the same record and proposals give the same result.

use std::ops::Range;

use holdall_connector::{Path, Record, Segment, Value};

use super::{Proposal, cells};

/// Returns the record with every proposed span replaced by its label.
///
/// A proposal for a whole cell becomes the label as text, whatever stood there. A span that does
/// not lie in the cell's text takes the whole cell out: when in doubt, nothing leaves.
pub fn apply(record: &Record, proposals: &[&Proposal]) -> Record {
    let mut redacted = record.clone();
    for group in proposals.chunk_by(|a, b| a.cell == b.cell) {
        let Some(first) = group.first() else { continue };
        let steps = cells::steps(&first.cell);
        let Some((column, rest)) = steps.split_first() else { continue };
        for (name, value) in record.columns.iter().zip(&mut redacted.values) {
            if name == column {
                change(value, rest, &mut |leaf| replace(leaf, group));
            }
        }
    }
    redacted
}

/// Returns the text that a span of a cell stands for; without a span, every scalar of the cell, one
/// a line. `None` where the record has no such text.
pub fn text_of(record: &Record, cell: &str, span: Option<&Range<usize>>) -> Option<String> {
    let steps = cells::steps(cell);
    let (column, rest) = steps.split_first()?;
    let mut texts = Vec::new();
    for (_, value) in record.columns.iter().zip(&record.values).filter(|(name, _)| *name == column)
    {
        let mut value = value.clone();
        change(&mut value, rest, &mut |leaf| texts.extend(scalars(leaf, span)));
    }
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn scalars(value: &Value, span: Option<&Range<usize>>) -> Vec<String> {
    let Some(span) = span else {
        let mut all = Vec::new();
        if let Value::Bytes(bytes) = value {
            all.extend(std::str::from_utf8(bytes).ok().map(str::to_owned));
        }
        value.each_scalar(&mut |text| all.push(text.into_owned()));
        return all;
    };
    let Value::Text(text) = value else { return Vec::new() };
    let inside: String = text.chars().skip(span.start).take(span.len()).collect();
    if inside.chars().count() == span.len() { vec![inside] } else { Vec::new() }
}

/// Returns every leaf of a record that holds text, in order: its JSON pointer and the text.
pub fn texts(record: &Record) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, value) in record.columns.iter().zip(&record.values) {
        leaves(&format!("/{}", cells::escape(name)), value, &mut all);
    }
    all
}

fn leaves(pointer: &str, value: &Value, all: &mut Vec<(String, String)>) {
    match value {
        Value::List(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| leaves(&format!("{pointer}/{at}"), item, all)),
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| {
            leaves(&format!("{pointer}/{}", cells::escape(key)), inner, all);
        }),
        leaf => all.extend(leaf.scalar().map(|text| (pointer.to_owned(), text.into_owned()))),
    }
}

/// Calls `edit` with every value at the steps; several where a key stands twice.
fn change(value: &mut Value, steps: &[String], edit: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = steps.split_first() else { return edit(value) };
    match value {
        Value::Object(fields) => {
            fields.iter_mut().filter(|(key, _)| key == step).for_each(|(_, v)| {
                change(v, rest, edit);
            });
        }
        Value::List(items) => {
            if let Some(item) = step.parse().ok().and_then(|i: usize| items.get_mut(i)) {
                change(item, rest, edit);
            }
        }
        _ => {}
    }
}

fn replace(value: &mut Value, proposals: &[&Proposal]) {
    let Some(first) = proposals.first() else { return };
    let cut = match (&*value, proposals.iter().all(|p| p.span.is_some())) {
        (Value::Text(text), true) => cut(text, proposals),
        _ => None,
    };
    let whole = proposals.iter().find(|p| p.span.is_none()).unwrap_or(first);
    *value = Value::Text(cut.unwrap_or_else(|| whole.label.clone()));
}

/// Returns the text with the spans replaced, or `None` if they are not spans of this text.
fn cut(text: &str, proposals: &[&Proposal]) -> Option<String> {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars();
    let mut at = 0;
    for proposal in proposals {
        let span = proposal.span.as_ref()?;
        let (before, inside) = (span.start.checked_sub(at)?, span.end.checked_sub(span.start)?);
        kept.extend(chars.by_ref().take(before));
        kept.push_str(&proposal.label);
        if chars.by_ref().take(inside).count() < inside {
            return None;
        }
        at = span.end;
    }
    kept.extend(chars);
    Some(kept)
}

/// Returns the record without anything at or below the column.
pub fn without(record: &Record, column: &Path) -> Record {
    let Some((Segment::Key(name), rest)) = column.segments().split_first() else {
        return record.clone();
    };
    let mut columns = Vec::with_capacity(record.columns.len());
    let mut values = Vec::with_capacity(record.values.len());
    for (other, value) in record.columns.iter().zip(&record.values) {
        let mut value = value.clone();
        if other == name {
            if rest.is_empty() {
                continue;
            }
            remove(&mut value, rest);
        }
        columns.push(other.clone());
        values.push(value);
    }
    Record { columns: columns.into(), values, location: record.location.clone() }
}

fn remove(value: &mut Value, path: &[Segment]) {
    match (path, value) {
        ([Segment::Key(key)], Value::Object(fields)) => fields.retain(|(name, _)| name != key),
        ([Segment::Each], Value::List(items)) => items.clear(),
        ([Segment::Key(key), rest @ ..], Value::Object(fields)) => {
            fields.iter_mut().filter(|(name, _)| name == key).for_each(|(_, v)| remove(v, rest));
        }
        ([Segment::Each, rest @ ..], Value::List(items)) => {
            items.iter_mut().for_each(|v| remove(v, rest));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use holdall_connector::{Location, Place};

    use super::*;
    use crate::redact::{Confidence, Ground};

    fn record(fields: &[(&str, Value)]) -> Record {
        Record {
            columns: fields.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>().into(),
            values: fields.iter().map(|(_, value)| value.clone()).collect(),
            location: Location {
                source: "crm".into(),
                table: "notes".into(),
                file: None,
                place: Place::Row(1),
            },
        }
    }

    fn proposal(cell: &str, span: Option<Range<usize>>, label: &str) -> Proposal {
        Proposal {
            row: 0,
            cell: cell.into(),
            span,
            kind: "person".into(),
            detector: "column",
            confidence: Confidence::Certain,
            ground: Ground::new("sch2-16"),
            reason: String::new(),
            label: label.into(),
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn spans_count_scalar_values() {
        let before = record(&[("note", text("Zoë 💷 met Amira, Amira left"))]);
        let (a, b) =
            (proposal("/note", Some(10..15), "[A]"), proposal("/note", Some(17..22), "[A]"));
        let after = apply(&before, &[&a, &b]);
        assert!(after.values[0] == text("Zoë 💷 met [A], [A] left"));
    }

    #[test]
    fn a_span_outside_the_text_takes_the_cell() {
        let before = record(&[("note", text("short")), ("n", Value::Integer(7))]);
        let (a, b) = (proposal("/note", Some(3..9), "[A]"), proposal("/n", Some(0..1), "[B]"));
        let after = apply(&before, &[&a, &b]);
        assert!(after.values == [text("[A]"), text("[B]")]);
    }

    #[test]
    fn pointers_reach_nested_cells() {
        let item = |sku: &str| Value::Object(vec![("a/b".into(), text(sku))]);
        let before = record(&[("items", Value::List(vec![item("x"), item("y")]))]);
        let after = apply(&before, &[&proposal("/items/1/a~1b", None, "[A]")]);
        assert!(after.values == [Value::List(vec![item("x"), item("[A]")])]);
    }

    #[test]
    fn without_removes_a_column_wherever_it_lies() {
        let item = Value::Object(
            vec![("sku", text("x")), ("by", text("y"))]
                .into_iter()
                .map(|(k, v)| (k.into(), v))
                .collect(),
        );
        let before = record(&[("id", text("1")), ("items", Value::List(vec![item.clone(), item]))]);
        let path = Path::parse("items[].by").unwrap();
        assert_eq!(without(&before, &path).scalars(&path).len(), 0);
        assert_eq!(without(&before, &path).scalars(&Path::column("items")), ["x", "x"]);
        assert_eq!(&*without(&before, &Path::column("items")).columns, ["id"]);
    }
}
