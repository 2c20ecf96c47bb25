//! One row of a source, and where it stood.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::path::{Path, select};
use crate::{Segment, Value};

/// One row: values in the order of `columns`, and where the source had it.
///
/// A column that the source did not give for this row (a ragged CSV row, a missing JSON key) is
/// not in `columns`: absent and null stay different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The names of the top-level columns.
    pub columns: Arc<[String]>,
    /// One value a column.
    pub values: Vec<Value>,
    /// Where the row stood.
    pub location: Location,
}

impl Record {
    /// Returns every value at `path`, in order; several where the path goes through a list.
    pub fn select(&self, path: &Path) -> Vec<&Value> {
        let mut found = Vec::new();
        let Some((Segment::Key(first), rest)) = path.segments().split_first() else {
            return found;
        };
        for (name, value) in self.columns.iter().zip(&self.values) {
            if name == first {
                select(value, rest, &mut |v| found.push(v));
            }
        }
        found
    }

    /// Returns the paths that have a value, nested ones in full (`items[].sku`), each once, in order
    /// of first appearance. An empty object or list counts as a value.
    pub fn leaf_paths(&self) -> Vec<Path> {
        let mut seen = BTreeSet::new();
        let mut paths = Vec::new();
        for (name, value) in self.columns.iter().zip(&self.values) {
            leaves(value, Path::column(name), &mut |path| {
                if seen.insert(path.clone()) {
                    paths.push(path);
                }
            });
        }
        paths
    }

    /// Returns the texts of all scalars at or below `path`.
    pub fn scalars(&self, path: &Path) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.select(path) {
            value.each_scalar(&mut |text| texts.push(text.into_owned()));
        }
        texts
    }
}

fn leaves(value: &Value, path: Path, visit: &mut dyn FnMut(Path)) {
    match value {
        Value::List(items) if !items.is_empty() => {
            items.iter().for_each(|inner| leaves(inner, path.join(Segment::Each), visit));
        }
        Value::Object(fields) if !fields.is_empty() => {
            for (key, inner) in fields {
                leaves(inner, path.join(Segment::Key(key.clone())), visit);
            }
        }
        _ => visit(path),
    }
}

/// Where a record stood in its source. Orders records as the source had them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// The source's name in the data map.
    pub source: String,
    /// The table's name in the data map.
    pub table: String,
    /// The file, relative to the source's path, `/` between folders; `None` for a database.
    pub file: Option<String>,
    /// The place in the file or table.
    pub place: Place,
}

/// The place of a record in its file or table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A row of a text file.
    Line {
        /// The line that the record starts on; the first line of the file is 1.
        line: u64,
        /// The offset of its first byte in the decoded (decompressed) file.
        byte: u64,
    },
    /// An element of a JSON document (RFC 6901), by the offset of its first byte.
    Pointer {
        /// The offset of its first byte in the file.
        byte: u64,
        /// The JSON pointer; empty for the whole document.
        pointer: String,
    },
    /// A row of a database table: its primary key, or the row id where it has none.
    Key(Vec<(String, String)>),
    /// The n-th row (from 1) of a view or of a table without any key.
    Row(u64),
}

/// Shows positions, and of a key the column names only: key values may identify a person.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { line, byte } => write!(f, "line {line} (byte {byte})"),
            Self::Pointer { pointer, byte } => write!(f, "{pointer:?} (byte {byte})"),
            Self::Key(parts) => {
                let names: Vec<_> = parts.iter().map(|(name, _)| name.as_str()).collect();
                write!(f, "key ({})", names.join(", "))
            }
            Self::Row(n) => write!(f, "row {n}"),
        }
    }
}
