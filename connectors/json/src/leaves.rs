//! The columns of a table for people to see: the path and type of every leaf in a sample.

use std::collections::BTreeMap;

use holdall_connector::{Column, Path, Segment, Value};

/// The leaves seen so far, in order of first appearance.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    columns: Vec<Column>,
    index: BTreeMap<Path, usize>,
}

/// The word for the type of a leaf that says nothing.
const NOTHING: &str = "null";

impl Leaves {
    /// Takes the leaves of a record.
    pub(crate) fn take(&mut self, fields: &[(String, Value)]) {
        for (key, value) in fields {
            self.take_value(&Path::column(key.as_str()), value);
        }
    }

    fn take_value(&mut self, path: &Path, value: &Value) {
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                for (key, inner) in fields {
                    self.take_value(&path.join(Segment::Key(key.clone())), inner);
                }
            }
            Value::List(items) if !items.is_empty() => {
                let each = path.join(Segment::Each);
                items.iter().for_each(|inner| self.take_value(&each, inner));
            }
            leaf => self.add(path, kind(leaf)),
        }
    }

    fn add(&mut self, path: &Path, kind: &str) {
        let next = self.columns.len();
        let index = *self.index.entry(path.clone()).or_insert(next);
        match self.columns.get_mut(index) {
            None => self.columns.push(Column { path: path.clone(), kind: kind.to_owned() }),
            Some(column) if column.kind == NOTHING => kind.clone_into(&mut column.kind),
            Some(column) if kind != NOTHING && column.kind != kind => {
                column.kind = "mixed".to_owned();
            }
            Some(_) => {}
        }
    }

    /// Returns the leaves. A path that was empty in one record and held more in another is no leaf.
    pub(crate) fn into_columns(self) -> Vec<Column> {
        let Self { columns, index } = self;
        let mut paths = index.keys().peekable();
        let mut inner = BTreeMap::new();
        while let Some(path) = paths.next() {
            inner.insert(path.clone(), paths.peek().is_some_and(|next| path.covers(next)));
        }
        let is_leaf =
            |c: &Column| c.kind != NOTHING || !inner.get(&c.path).copied().unwrap_or(false);
        columns.into_iter().filter(is_leaf).collect()
    }
}

fn kind(leaf: &Value) -> &'static str {
    match leaf {
        Value::Bool(_) => "boolean",
        Value::Integer(_) => "integer",
        Value::Decimal(_) => "number",
        Value::Text(_) => "string",
        _ => NOTHING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::record;

    fn leaves(records: &[&str]) -> Vec<(String, String)> {
        let mut leaves = Leaves::default();
        records.iter().for_each(|text| leaves.take(&record(text.as_bytes()).unwrap()));
        leaves.into_columns().into_iter().map(|c| (c.path.to_string(), c.kind)).collect()
    }

    #[test]
    fn leaves_stand_in_order_of_first_appearance() {
        let found = leaves(&[
            r#"{"id":1,"customer":null,"items":[],"z":[]}"#,
            r#"{"id":2.5,"a.b":true,"customer":{"email":"x"},"items":[{"sku":1},{"n":"y"}]}"#,
        ]);
        let found: Vec<_> = found.iter().map(|(p, k)| (p.as_str(), k.as_str())).collect();
        let wanted = [
            ("id", "mixed"),
            ("z", "null"),
            (r"a\.b", "boolean"),
            ("customer.email", "string"),
            ("items[].sku", "integer"),
            ("items[].n", "string"),
        ];
        assert_eq!(found, wanted);
    }
}
