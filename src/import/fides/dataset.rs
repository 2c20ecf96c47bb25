//! A Fides dataset as it is written. Read leniently: keys that say nothing about a map are passed
//! over, and older spellings (`fidesops_meta`) are understood.

use serde_json::Value;

/// Why a text is no Fides dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// It is not YAML. What is wrong is not repeated: the text may hold anything.
    #[error(
        ", line {line}, column {column}: this is not YAML; check indentation, quotes and keys that stand twice"
    )]
    Yaml {
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: u64,
    },
    /// It has no dataset.
    #[error(" holds no Fides dataset: there is no `dataset` with `fides_key` and `collections`")]
    NoDataset,
    /// Its datasets have no field.
    #[error(" has no field in any collection")]
    Empty,
}

/// A dataset: a database or store.
#[derive(Debug)]
pub(super) struct Dataset {
    pub(super) key: String,
    pub(super) collections: Vec<Collection>,
}

/// A collection: a table.
#[derive(Debug)]
pub(super) struct Collection {
    pub(super) name: String,
    /// Its fields; of nested ones the innermost.
    pub(super) fields: Vec<Field>,
}

/// A field: a column.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Its place among the fields of the collection.
    pub(super) place: usize,
    /// The names that lead to it, each with whether it is a list.
    pub(super) path: Vec<(String, bool)>,
    pub(super) categories: Vec<String>,
    pub(super) primary: bool,
    /// The kind of identity that it holds.
    pub(super) identity: Option<String>,
    pub(super) references: Vec<Reference>,
    pub(super) data_type: Option<String>,
}

/// "Values here and there are the same."
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) dataset: String,
    /// `collection.field`, and further names for nested ones.
    pub(super) field: Vec<String>,
    pub(super) direction: Direction,
}

/// Which side is found by which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// This field is found by the values of the other.
    From,
    /// The other is found by the values of this one.
    To,
    /// Whichever way works.
    Both,
}

impl Field {
    /// Returns whether it lies inside another field, or holds a list of objects.
    pub(super) fn is_nested(&self) -> bool {
        self.path.len() > 1
    }

    /// Returns whether it lies in a list of objects: a row may have several.
    pub(super) fn is_listed(&self) -> bool {
        self.path.split_last().is_some_and(|(_, above)| above.iter().any(|(_, list)| *list))
    }

    /// Returns whether it holds a list of values.
    pub(super) fn holds_list(&self) -> bool {
        self.path.last().is_some_and(|(_, list)| *list)
    }

    /// Returns whether it is its row's own key.
    pub(super) fn is_key(&self) -> bool {
        self.primary || matches!(self.names().as_slice(), ["id" | "_id"])
    }

    /// Returns the names that lead to it.
    pub(super) fn names(&self) -> Vec<&str> {
        self.path.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Returns its name as the map writes it: a path where the source is nested.
    pub(super) fn column(&self, nested: bool) -> String {
        use holdall_connector::{Path, Segment};
        let flat = |(name, _): &(String, bool)| name.clone();
        if !nested {
            return self.path.first().map(flat).unwrap_or_default();
        }
        let last = self.path.len();
        let steps = self.path.iter().enumerate().flat_map(|(index, (name, list))| {
            let each = (*list && index + 1 < last).then_some(Segment::Each);
            [Segment::Key(name.clone())].into_iter().chain(each)
        });
        Path::from_segments(steps.collect()).to_string()
    }
}

/// Reads the datasets of a text.
///
/// # Errors
/// [`Unknown`] if it is no YAML or holds no dataset.
pub(super) fn read(text: &str) -> Result<Vec<Dataset>, Unknown> {
    // A field called `y` or `no` is no truth value.
    let options = serde_saphyr::options! { strict_booleans: true };
    let read = serde_saphyr::from_str_with_options(text, options);
    let value: Value = read.map_err(|error: serde_saphyr::Error| {
        let place = error.location();
        Unknown::Yaml {
            line: place.map_or(1, |place| place.line()),
            column: place.map_or(1, |place| place.column()),
        }
    })?;
    let list = match value.get("dataset") {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        _ => match &value {
            Value::Array(items) => items.iter().collect(),
            one => vec![one],
        },
    };
    let datasets: Vec<Dataset> = list.into_iter().filter_map(dataset).collect();
    if datasets.is_empty() { Err(Unknown::NoDataset) } else { Ok(datasets) }
}

fn dataset(value: &Value) -> Option<Dataset> {
    value.get("collections")?;
    let mut collections: Vec<Collection> = Vec::new();
    for one in items(value, "collections").filter_map(collection) {
        if !collections.iter().any(|other| other.name == one.name) {
            collections.push(one);
        }
    }
    let key = text(value, "fides_key").or_else(|| text(value, "name"))?;
    Some(Dataset { key, collections })
}

fn collection(value: &Value) -> Option<Collection> {
    let mut fields = Vec::new();
    gather(value, &[], &mut fields);
    Some(Collection { name: text(value, "name")?, fields })
}

/// Gathers the innermost fields.
fn gather(value: &Value, above: &[(String, bool)], fields: &mut Vec<Field>) {
    for item in items(value, "fields") {
        let Some(name) = text(item, "name") else { continue };
        let data_type = meta(item).find_map(|meta| text(meta, "data_type"));
        let list = data_type.as_ref().is_some_and(|kind| kind.ends_with("[]"));
        let mut path = above.to_vec();
        path.push((name, list));
        if items(item, "fields").next().is_some() {
            gather(item, &path, fields);
        } else if !fields.iter().any(|field| is_same(&field.path, &path)) {
            let place = fields.len();
            fields.push(Field { place, ..field(item, path, data_type) });
        }
    }
}

/// Returns whether two paths have the same names.
fn is_same(a: &[(String, bool)], b: &[(String, bool)]) -> bool {
    a.iter().map(|(name, _)| name).eq(b.iter().map(|(name, _)| name))
}

fn field(item: &Value, path: Vec<(String, bool)>, data_type: Option<String>) -> Field {
    let all = || meta(item).chain([item]);
    let truth = |value: &Value| match value {
        Value::Bool(flag) => *flag,
        Value::String(word) => matches!(word.to_lowercase().as_str(), "true" | "yes" | "on"),
        _ => false,
    };
    Field {
        place: 0,
        path,
        categories: all()
            .flat_map(|meta| items(meta, "data_categories"))
            .filter_map(word)
            .collect(),
        primary: all().filter_map(|meta| meta.get("primary_key")).any(truth),
        identity: meta(item).find_map(|meta| text(meta, "identity")),
        references: all()
            .flat_map(|meta| items(meta, "references"))
            .filter_map(reference)
            .collect(),
        data_type,
    }
}

/// Returns the parts of a field that say how Fides treats it, in their newer and older spelling.
fn meta(item: &Value) -> impl Iterator<Item = &Value> {
    ["fides_meta", "fidesops_meta"].into_iter().filter_map(|key| item.get(key))
}

fn reference(value: &Value) -> Option<Reference> {
    let dataset = text(value, "dataset")?;
    let mut field: Vec<String> = text(value, "field")?.split('.').map(str::to_owned).collect();
    if field.len() > 2 && field.first() == Some(&dataset) {
        field.remove(0);
    }
    let direction = match text(value, "direction").as_deref() {
        Some("from") => Direction::From,
        Some("to") => Direction::To,
        _ => Direction::Both,
    };
    (field.len() > 1).then_some(Reference { dataset, field, direction })
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.get(key).and_then(Value::as_array);
    list.into_iter().flatten()
}

fn text(value: &Value, key: &str) -> Option<String> {
    word(value.get(key)?)
}

/// Returns a word, also one that YAML takes for a number or a truth value.
fn word(value: &Value) -> Option<String> {
    let word = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return None,
    };
    (!word.is_empty()).then_some(word)
}
