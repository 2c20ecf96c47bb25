//! Tables of texts for a source to hold, and people who do not exist.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use holdall_connector::{Connector, Location, Place, Record, Value};

/// A table that a source is to hold under its own name, rows in this order.
///
/// The first column is `id`, the number of the row from 1. A source may hold it as a number, and
/// every other value as the text that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// The table's name.
    pub table: String,
    /// The columns' names, `id` first.
    pub columns: Vec<String>,
    /// The rows, a text a column.
    pub rows: Vec<Vec<String>>,
    /// If set, the source is to hold one malformed row after so many good ones, with the text
    /// [`Fixture::BROKEN`] in it.
    pub broken_after: Option<usize>,
}

impl Fixture {
    /// Stands in the malformed row, so that a report which quotes the row can be caught.
    pub const BROKEN: &'static str = "Ophelia Unread";

    /// Returns a table of these columns and rows; `id` is put before them.
    pub fn new(table: &str, columns: &[&str], rows: &[&[&str]]) -> Self {
        let columns = std::iter::once("id").chain(columns.iter().copied()).map(String::from);
        let number = |(index, row): (usize, &&[&str])| {
            let texts = row.iter().map(|text| (*text).to_owned());
            std::iter::once((index + 1).to_string()).chain(texts).collect()
        };
        Self {
            table: table.to_owned(),
            columns: columns.collect(),
            rows: rows.iter().enumerate().map(number).collect(),
            broken_after: None,
        }
    }

    /// Returns the rows as records of texts: what any source of this table must be equal to.
    pub(crate) fn records(&self) -> Vec<Record> {
        let columns: Arc<[String]> = self.columns.clone().into();
        let record = |(index, row): (usize, &Vec<String>)| Record {
            columns: Arc::clone(&columns),
            values: row.iter().cloned().map(Value::Text).collect(),
            location: Location {
                source: String::new(),
                table: self.table.clone(),
                file: None,
                place: Place::Row(u64::try_from(index).unwrap_or(0)),
            },
        };
        self.rows.iter().enumerate().map(record).collect()
    }
}

/// A source made for a test, with what has to live as long: a folder, a server.
pub struct Bed {
    /// The connector.
    pub connector: Box<dyn Connector>,
    _guard: Box<dyn Any>,
}

impl Bed {
    /// Takes a connector and what must live as long as it.
    pub fn new(connector: impl Connector + 'static, guard: impl Any) -> Self {
        Self { connector: Box::new(connector), _guard: Box::new(guard) }
    }
}

impl fmt::Debug for Bed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bed")
    }
}

/// Returns a table `people` with every sort of identifier, in spellings that differ, and texts
/// that are hard to carry.
pub fn people() -> Fixture {
    let long = "long ".repeat(20_000);
    let columns = ["name", "email", "phone", "nino", "born", "notes"];
    let rows: [&[&str]; 8] = [
        &["Ada Hart", "ada@example.org", "07700 900123", "QQ123456C", "1984-03-02", "said \"no\""],
        &["Hart, Ada", "ADA@EXAMPLE.ORG", "+44 7700 900123", "qq 12 34 56 c", "02/03/1984", "£5"],
        &["Bo Lee", "bo@example.com", "020 7946 0001", "QQ654321A", "3 May 1990", "a, b; c\td|e"],
        &["Zoë Ní Dhún", "ZOË@example.net", "01632 960001", "", "1990-05-03", "two\nlines"],
        &["", " ada@example.org ", "", "", "", "  spaces  "],
        &["Łukasz 李 🦊", "l@example.org", "n/a", "QQ-11.22-33 A", "", "cr\r\nlf\rend"],
        &["O'Brien", "o'brien@example.org", "07700 900999", "", "31.12.70", &long],
        &["null", "N/A", "0", "true", "1e5", "\\N \\\" {\"a\":[1]} 'x' -- ;"],
    ];
    Fixture::new("people", &columns, &rows)
}
