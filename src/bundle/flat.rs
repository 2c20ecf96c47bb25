//! Nested records as rows of a table: object keys become dotted columns, a list is one cell of
//! JSON text. Names that occur twice in one record are numbered, so that nothing is lost.

use std::borrow::Cow;
use std::collections::HashMap;

use holdall_connector::{Record, Value};

use super::json;

/// The address of a flat column: the keys that lead to it.
pub(super) type Keys<'a> = Vec<Cow<'a, str>>;

/// Returns the names, those that occur again numbered `name_2`.
pub(super) fn unique<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Vec<Cow<'a, str>> {
    let mut seen: HashMap<&str, u64> = HashMap::new();
    names.clone().for_each(|name| *seen.entry(name).or_default() += 1);
    if seen.values().all(|n| *n == 1) {
        return names.map(Cow::Borrowed).collect();
    }
    let mut counts: HashMap<&str, u64> = HashMap::new();
    names
        .map(|name| {
            let count = counts.entry(name).or_default();
            *count += 1;
            if *count == 1 {
                return Cow::Borrowed(name);
            }
            let mut number = *count;
            while seen.contains_key(format!("{name}_{number}").as_str()) {
                number += 1;
            }
            *count = number;
            Cow::Owned(format!("{name}_{number}"))
        })
        .collect()
}

/// Returns the record's top-level columns with unique names.
pub(super) fn columns(record: &Record) -> impl Iterator<Item = (Cow<'_, str>, &Value)> {
    unique(record.columns.iter().map(String::as_str)).into_iter().zip(&record.values)
}

/// Returns the cells of a record, in order: every value that is not an object, and empty objects.
pub(super) fn cells(record: &Record) -> Vec<(Keys<'_>, &Value)> {
    let mut cells = Vec::new();
    for (name, value) in columns(record) {
        descend(vec![name], value, &mut cells);
    }
    cells
}

fn descend<'a>(keys: Keys<'a>, value: &'a Value, cells: &mut Vec<(Keys<'a>, &'a Value)>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let names = unique(fields.iter().map(|(name, _)| name.as_str()));
            for (name, (_, inner)) in names.into_iter().zip(fields) {
                let mut below = keys.clone();
                below.push(name);
                descend(below, inner, cells);
            }
        }
        _ => cells.push((keys, value)),
    }
}

/// Returns a value as the text of a cell, before it is neutralised.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Bytes(bytes) => Cow::Owned(json::base64(bytes)),
        Value::List(_) | Value::Object(_) => Cow::Owned(json::text(value)),
        scalar => scalar.scalar().unwrap_or_default(),
    }
}

/// The flat columns of a table, in the order in which they first appear.
#[derive(Default)]
pub(super) struct Columns<'a> {
    list: Vec<Keys<'a>>,
    index: HashMap<Keys<'a>, usize>,
    said: Vec<bool>,
}

impl<'a> Columns<'a> {
    /// Adds the columns of a record that are not there yet.
    pub(super) fn learn(&mut self, cells: &[(Keys<'a>, &'a Value)]) {
        for (keys, value) in cells {
            let says = !matches!(value, Value::Null | Value::Object(_));
            let at = match self.index.get(keys) {
                Some(at) => *at,
                None => self.add(keys.clone()),
            };
            if let Some(said) = self.said.get_mut(at) {
                *said |= says;
            }
        }
    }

    fn add(&mut self, keys: Keys<'a>) -> usize {
        let at = self.list.len();
        self.index.insert(keys.clone(), at);
        self.list.push(keys);
        self.said.push(false);
        at
    }

    /// Returns the columns to write. One that is null wherever it is not an object with columns of
    /// its own says nothing, and is left out.
    pub(super) fn finish(self) -> Vec<Keys<'a>> {
        let stems: std::collections::HashSet<&[Cow<'a, str>]> = self
            .list
            .iter()
            .flat_map(|keys| (1..keys.len()).filter_map(|n| keys.get(..n)))
            .collect();
        self.list
            .iter()
            .zip(&self.said)
            .filter(|(keys, said)| **said || !stems.contains(keys.as_slice()))
            .map(|(keys, _)| keys.clone())
            .collect()
    }
}

/// Returns the header of each column: its keys joined by dots, numbered where two would be the
/// same; a column without a name is called `column`.
pub(super) fn headers(columns: &[Keys<'_>]) -> Vec<String> {
    let joined: Vec<String> = columns
        .iter()
        .map(|keys| keys.join("."))
        .map(|name| if name.trim().is_empty() { "column".to_owned() } else { name })
        .collect();
    unique(joined.iter().map(String::as_str)).into_iter().map(Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_names_are_numbered_and_never_collide() {
        let names = unique(["a", "a", "a_2", "b", "a"].into_iter());
        assert_eq!(names, ["a", "a_3", "a_2", "b", "a_4"]);
    }

    #[test]
    fn objects_become_dotted_columns() {
        let inner = Value::Object(vec![
            ("city".into(), Value::Text("Luton".into())),
            ("tags".into(), Value::List(vec![Value::Integer(1)])),
        ]);
        let mut columns = Columns::default();
        let address = vec![Cow::Borrowed("address")];
        let null = Value::Null;
        columns.learn(&[(address.clone(), &null)]);
        let mut cells = Vec::new();
        descend(address, &inner, &mut cells);
        columns.learn(&cells);
        assert_eq!(headers(&columns.finish()), ["address.city", "address.tags"]);
    }

    #[test]
    fn a_dotted_name_and_a_nested_one_stay_two_columns() {
        let columns = [vec!["a.b".into()], vec!["a".into(), "b".into()], vec!["".into()]];
        assert_eq!(headers(&columns), ["a.b", "a.b_2", "column"]);
    }
}
