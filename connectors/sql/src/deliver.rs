//! Rows into a sink: the place, the last comparison, the ending.

use std::ops::ControlFlow;
use std::sync::Arc;

use holdall_connector::{
    Ending, Error, Location, Lookup, Path, Place, Record, Segment, Sink, Skipped, Value,
};

/// Gives the rows of one table to a sink.
pub(crate) struct Delivery<'a> {
    source: &'a str,
    /// The table's name in the database.
    table: &'a str,
    lookup: &'a Lookup,
    columns: Arc<[String]>,
    /// Whether rows are given that the lookup does not want, for a sample.
    pub(crate) gives_all: bool,
    /// Rows received so far.
    pub(crate) read: u64,
}

impl<'a> Delivery<'a> {
    pub(crate) fn new(
        source: &'a str,
        table: &'a str,
        lookup: &'a Lookup,
        columns: impl Iterator<Item = &'a str>,
    ) -> Self {
        let columns = columns.map(str::to_owned).collect();
        Self { source, table, lookup, columns, gives_all: false, read: 0 }
    }

    /// Gives one row if it is wanted, or reports it: `Err` names the column that has text which is
    /// not valid.
    pub(crate) fn give(
        &self,
        place: Place,
        values: Result<Vec<Value>, &str>,
        sink: &mut dyn Sink,
    ) -> ControlFlow<()> {
        let location = Location {
            source: self.source.to_owned(),
            table: self.lookup.table.clone(),
            file: None,
            place,
        };
        match values {
            Ok(values) => {
                let record = Record { columns: Arc::clone(&self.columns), values, location };
                if self.gives_all || self.lookup.wants(&record) {
                    return sink.record(record);
                }
                ControlFlow::Continue(())
            }
            Err(column) => {
                let why = format!("column `{column}` has text that is not valid");
                sink.skipped(Skipped { location, why })
            }
        }
    }

    /// Returns the ending of a read that was cut short.
    pub(crate) fn incomplete(&self, why: &str) -> Ending {
        let why = format!("table `{}` was not read in full: {why}", self.table);
        Ending::Incomplete { read: self.read, why }
    }

    /// Returns the ending of a read that came to its end.
    pub(crate) fn complete(&self) -> Ending {
        Ending::Complete { read: self.read }
    }
}

/// Returns the place of a row with this key, or `None` if a part of it is null.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn key_of<'v>(parts: impl Iterator<Item = (&'v str, &'v Value)>) -> Option<Place> {
    let part = |(name, value): (&str, &Value)| Some((name.to_owned(), key_text(value)?));
    let key: Vec<(String, String)> = parts.map(part).collect::<Option<_>>()?;
    (!key.is_empty()).then_some(Place::Key(key))
}

/// Returns the text of a key: a scalar's, bytes in hexadecimal, what is inside a list.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn key_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bytes(bytes) => Some(crate::number::hex(bytes)),
        Value::List(items) => {
            let items: Vec<String> =
                items.iter().map(|item| key_text(item).unwrap_or_default()).collect();
            Some(format!("{{{}}}", items.join(",")))
        }
        Value::Object(fields) => {
            let field = |(name, value): &(String, Value)| {
                format!("{name}={}", key_text(value).unwrap_or_default())
            };
            Some(format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(",")))
        }
        scalar => scalar.scalar().map(std::borrow::Cow::into_owned),
    }
}

/// Returns the column that a path starts in.
pub(crate) fn column_of(path: &Path) -> Option<&str> {
    match path.segments().first() {
        Some(Segment::Key(key)) => Some(key),
        _ => None,
    }
}

/// Refuses a lookup of a column that is not there.
///
/// # Errors
/// [`Error::NoColumn`], naming the first.
pub(crate) fn has_columns(lookup: &Lookup, has: impl Fn(&str) -> bool) -> Result<(), Error> {
    match lookup.any.iter().find(|asked| !column_of(&asked.column).is_some_and(&has)) {
        None => Ok(()),
        Some(missing) => {
            Err(Error::NoColumn { table: lookup.table.clone(), column: missing.column.to_string() })
        }
    }
}
