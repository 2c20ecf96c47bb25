//! One released table, ready to be written: its rows, columns, types and file names.

use std::collections::HashMap;
use std::io::{self, Write};

use holdall_connector::{Path, Segment, Value};

use crate::map::{Column, Map, Table, TableId};
use crate::review::{Released, Settled};

use super::cell::neutralise;
use super::flat::{self, Columns, Keys};
use super::json::{self, Reading};
use super::names::{Unique, safe};
use super::types::{FieldType, Typing};

/// A column of one of a table's two files.
pub(super) struct Field {
    /// Its header or key.
    pub(super) name: String,
    /// Its type after redaction.
    pub(super) field: FieldType,
    /// Whether JSON writes text as that type.
    parse: bool,
    /// A title for people.
    pub(super) title: Option<String>,
}

/// A table with rows.
pub(super) struct Sheet<'a> {
    /// Its name in the map.
    pub(super) id: &'a TableId,
    /// Its rows, in order.
    pub(super) rows: Vec<&'a Released>,
    keys: Vec<Keys<'a>>,
    /// The columns of the CSV file.
    pub(super) csv: Vec<Field>,
    /// The top-level keys of the JSON file.
    pub(super) json: Vec<Field>,
    numbered: bool,
    /// The files' path without an extension: `data/<source>/<table>`.
    pub(super) stem: String,
}

/// Returns a sheet for every table that has rows, in the order of the rows.
pub(super) fn sheets<'a>(settled: &'a Settled, map: &'a Map) -> Vec<Sheet<'a>> {
    let mut order: Vec<&TableId> = Vec::new();
    let mut rows: HashMap<&TableId, Vec<&Released>> = HashMap::new();
    for row in settled.rows() {
        rows.entry(&row.table).or_insert_with(|| {
            order.push(&row.table);
            Vec::new()
        });
        if let Some(list) = rows.get_mut(&row.table) {
            list.push(row);
        }
    }
    let mut places = Places::default();
    order
        .into_iter()
        .map(|id| {
            let stem = places.stem(id);
            Sheet::new(id, rows.remove(id).unwrap_or_default(), map.table(id), stem)
        })
        .collect()
}

/// Gives out paths: one folder a source, unique names in it.
#[derive(Default)]
struct Places {
    folders: HashMap<String, (String, Unique)>,
    taken: Unique,
}

impl Places {
    fn stem(&mut self, id: &TableId) -> String {
        let (folder, files) = self
            .folders
            .entry(id.source.clone())
            .or_insert_with(|| (self.taken.take(&safe(&id.source)), Unique::default()));
        format!("data/{folder}/{}", files.take(&safe(&id.table)))
    }
}

impl<'a> Sheet<'a> {
    fn new(
        id: &'a TableId,
        rows: Vec<&'a Released>,
        table: Option<&'a Table>,
        stem: String,
    ) -> Self {
        let mut columns = Columns::default();
        for row in &rows {
            columns.learn(&flat::cells(&row.record));
        }
        let keys = columns.finish();
        let csv = csv_fields(&rows, &keys, table);
        let json = json_fields(&rows, table);
        let mut sheet = Self { id, rows, keys, csv, json, stem, numbered: false };
        if sheet.rows.iter().any(|row| sheet.texts(row).iter().all(String::is_empty)) {
            sheet.number();
        }
        sheet
    }

    /// Adds a last column to the CSV file with the number of each record: a row of empty cells
    /// alone is no row to most readers.
    fn number(&mut self) {
        let taken = self.csv.iter().map(|field| field.name.as_str());
        let names = flat::unique(taken.chain(["record"]));
        let name = names.last().map_or_else(String::new, |name| name.clone().into_owned());
        self.csv.push(Field {
            name,
            field: FieldType::Integer,
            parse: false,
            title: Some("Number of the record".into()),
        });
        self.numbered = true;
    }

    /// Returns the path of the CSV file.
    pub(super) fn csv_path(&self) -> String {
        format!("{}.csv", self.stem)
    }

    /// Returns the path of the JSON file.
    pub(super) fn json_path(&self) -> String {
        format!("{}.json", self.stem)
    }

    /// Writes the CSV file: RFC 4180, UTF-8 without a byte-order mark, CRLF.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv_writer(out);
        writer.write_record(self.csv.iter().map(|f| f.name.as_str()))?;
        for row in &self.rows {
            writer
                .write_record(self.texts(row).iter().map(|text| neutralise(text).into_owned()))?;
        }
        writer.flush()
    }

    /// Returns the row's cells as text, in the order of the CSV columns.
    pub(super) fn texts(&self, row: &Released) -> Vec<String> {
        let text = |value: Option<&Value>| value.map(|v| flat::text(v).into_owned());
        let cells = self.values(row).into_iter().map(|value| text(value).unwrap_or_default());
        cells.chain(self.numbered.then(|| row.number.to_string())).collect()
    }

    /// Returns the row's cells, in the order of the CSV columns; `None` where it lacks one.
    pub(super) fn values<'r>(&self, row: &'r Released) -> Vec<Option<&'r Value>> {
        let cells: HashMap<Keys<'_>, &Value> = flat::cells(&row.record).into_iter().collect();
        self.keys.iter().map(|keys| cells.get(keys).copied()).collect()
    }

    /// Writes the JSON file: an array of objects, one a line.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        for (at, row) in self.rows.iter().enumerate() {
            out.write_all(if at == 0 { b"[\n" } else { b",\n" })?;
            let columns = self
                .json
                .iter()
                .map(|f| (f.name.as_str(), Reading { field: f.field, parse: f.parse }));
            json::record(out, &row.record, columns)?;
        }
        out.write_all(b"\n]\n")
    }
}

/// Returns a CSV writer as RFC 4180 has it.
pub(super) fn csv_writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(false).from_writer(out)
}

fn csv_fields(rows: &[&Released], keys: &[Keys<'_>], table: Option<&Table>) -> Vec<Field> {
    let columns: Vec<Option<&Column>> = keys.iter().map(|k| column(table, k)).collect();
    let mut typings: Vec<Typing> =
        columns.iter().map(|c| Typing::new(c.and_then(|c| c.data_type))).collect();
    let index: HashMap<&Keys<'_>, usize> = keys.iter().enumerate().map(|(i, k)| (k, i)).collect();
    for row in rows {
        for (keys, value) in flat::cells(&row.record) {
            if let Some(typing) = index.get(&keys).and_then(|at| typings.get_mut(*at)) {
                see_as_cell(typing, value);
            }
        }
    }
    flat::headers(keys)
        .into_iter()
        .zip(columns)
        .zip(typings)
        .map(|((name, column), typing)| Field {
            name: neutralise(&name).into_owned(),
            field: cell_type(typing.settle().0),
            parse: false,
            title: column.and_then(|c| c.title.clone()),
        })
        .collect()
}

/// Takes a value into account as the CSV file writes it: a cell that is neutralised is text.
fn see_as_cell(typing: &mut Typing, value: &Value) {
    let text = flat::text(value);
    if neutralise(&text) == text {
        typing.see(value);
    } else {
        typing.see(&Value::Text(format!("'{text}")));
    }
}

/// Returns the type that the cells of a column have: a mixture is text.
fn cell_type(field: FieldType) -> FieldType {
    if field == FieldType::Any { FieldType::String } else { field }
}

fn json_fields(rows: &[&Released], table: Option<&Table>) -> Vec<Field> {
    let mut order: Vec<(String, Typing)> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for row in rows {
        for (name, value) in flat::columns(&row.record) {
            let at = *index.entry(name.clone().into_owned()).or_insert_with(|| {
                let declared = column(table, std::slice::from_ref(&name)).and_then(|c| c.data_type);
                order.push((name.into_owned(), Typing::new(declared)));
                order.len() - 1
            });
            if let Some((_, typing)) = order.get_mut(at) {
                typing.see(value);
            }
        }
    }
    order
        .into_iter()
        .map(|(name, typing)| {
            let (field, parse) = typing.settle();
            let title = column(table, &[name.as_str().into()]).and_then(|c| c.title.clone());
            Field { name, field, parse, title }
        })
        .collect()
}

/// Returns the map's entry for exactly this column.
fn column<'t>(table: Option<&'t Table>, keys: &[std::borrow::Cow<'_, str>]) -> Option<&'t Column> {
    let path = Path::from_segments(
        keys.iter().map(|key| Segment::Key(key.clone().into_owned())).collect(),
    );
    table?.column_for(&path).filter(|c| c.path == path)
}
