//! `datapackage.json`: a Frictionless Data Package (v1) of every data file: types, rows, sizes,
//! digests. The types are those of the rows as they leave, after redaction.

use std::collections::HashMap;

use serde_json::{Map as Object, Value, json};

use super::archive::Piece;
use super::names::Unique;
use super::pack::Contents;
use super::schedule;
use super::sheet::{Field, Sheet};
use super::types::{FALSE, FieldType, TRUE};
use super::{manifest, words};

/// Returns `datapackage.json` for these sheets.
pub(super) fn write(contents: &Contents<'_>, sheets: &[Sheet<'_>], pieces: &[Piece]) -> Vec<u8> {
    let request = contents.request;
    let pieces: HashMap<&str, &Piece> = pieces.iter().map(|p| (p.path.as_str(), p)).collect();
    let mut names = Unique::default();
    let mut resources = Vec::new();
    for sheet in sheets {
        for (path, fields) in [(sheet.csv_path(), &sheet.csv), (sheet.json_path(), &sheet.json)] {
            let Some(piece) = pieces.get(path.as_str()) else { continue };
            let mut resource =
                resource(piece, &mut names, &fields.iter().map(field).collect::<Vec<_>>());
            resource.insert("title".into(), sheet.id.to_string().into());
            // Frictionless tools count the rows of what they take for a table: not of JSON, whose
            // values they cannot check as they stand (nested, exact).
            let rows = if path.ends_with(".csv") { "rows" } else { "records" };
            resource.insert(rows.into(), sheet.rows.len().into());
            resources.push(Value::Object(resource));
        }
    }
    let schedules = [
        ("redactions.csv", schedule::REDACTIONS.as_slice()),
        ("search.csv", schedule::SEARCH.as_slice()),
    ];
    for (path, columns) in schedules {
        let Some(piece) = pieces.get(path) else { continue };
        let fields = columns
            .iter()
            .map(|(name, means)| json!({ "name": name, "type": "string", "description": means }))
            .collect::<Vec<_>>();
        resources.push(Value::Object(resource(piece, &mut names, &fields)));
    }
    manifest::lines(&json!({
        "profile": "data-package",
        "name": name(&format!("request-{}", request.reference)),
        "title": format!("{}: {}", words::right(request.right), request.reference),
        "description": DESCRIPTION,
        "created": format!("{}T00:00:00Z", request.received),
        "resources": resources,
    }))
}

const DESCRIPTION: &str = "Each table is here twice: as CSV and as JSON. In CSV, nested values are \
     flattened: the keys of an object become dotted columns, a list is JSON text in one cell, bytes \
     are base64, and an empty cell is a value that is missing or empty; where all cells of a record \
     are, a last column numbers the records. A cell or header that a \
     spreadsheet could run as a formula starts with an apostrophe that is not part of the data. In \
     JSON, values keep their types.";

fn resource(piece: &Piece, names: &mut Unique, fields: &[Value]) -> Object<String, Value> {
    let format = piece.path.rsplit('.').next().unwrap_or_default().to_owned();
    let mut resource = Object::new();
    let mut put = |key: &str, value: Value| resource.insert(key.to_owned(), value);
    put("name", names.take(&name(&piece.path)).into());
    put("path", piece.path.as_str().into());
    let is_csv = format == "csv";
    put("profile", if is_csv { "tabular-data-resource" } else { "data-resource" }.into());
    put("mediatype", if is_csv { "text/csv" } else { "application/json" }.into());
    if is_csv {
        put(
            "dialect",
            json!({
                "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true,
                "header": true,
            }),
        );
    }
    put("format", format.into());
    put("encoding", "utf-8".into());
    put("bytes", piece.bytes.into());
    put("hash", format!("sha256:{}", piece.sha256).into());
    put("schema", json!({ "fields": fields, "missingValues": [""] }));
    resource
}

fn field(field: &Field) -> Value {
    let mut value = json!({ "name": field.name, "type": field.field.as_str() });
    if let Some(object) = value.as_object_mut() {
        if let Some(title) = &field.title {
            object.insert("title".into(), title.as_str().into());
        }
        if field.field == FieldType::Boolean {
            object.insert("trueValues".into(), json!(TRUE));
            object.insert("falseValues".into(), json!(FALSE));
        }
    }
    value
}

/// Returns the text as the name of a package or resource: lower-case letters, digits, `-`, `.`, `_`.
fn name(text: &str) -> String {
    let name: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' })
        .collect();
    name
}
