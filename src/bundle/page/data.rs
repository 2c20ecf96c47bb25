//! The records on the start page: the first rows of each table, narrow ones as a table, wide ones
//! record by record.

use maud::{Markup, html};

use crate::bundle::cell::restore;
use crate::bundle::sheet::{Field, Sheet};
use crate::bundle::types::FieldType;
use crate::bundle::words::count;
use crate::find::Standing;
use crate::review::Released;

use super::text::{data, href, nested, value};

/// How many rows of a table the page shows.
const ROWS: usize = 50;
/// The most columns that still read well as a table.
const COLUMNS: usize = 6;

/// Returns one table's section.
pub(super) fn section(sheet: &Sheet<'_>, number: usize) -> Markup {
    let total = sheet.rows.len();
    html! {
        section aria-labelledby={ "table-" (number) } {
            h3 id={ "table-" (number) } { (data(&sheet.id.table)) }
            p {
                (count(total as u64, "record", "records")) " from " (data(&sheet.id.source)) "."
                @for note in notes(sheet) { " " (note) }
            }
            ul.files {
                (file_link(&sheet.csv_path(), "for spreadsheets"))
                (file_link(&sheet.json_path(), "for machines"))
            }
            @if total > ROWS { p.soft { "The first " (ROWS) " are shown here; the files have all." } }
            @if sheet.csv.len() <= COLUMNS { (table(sheet)) } @else { (records(sheet)) }
        }
    }
}

fn file_link(path: &str, use_for: &str) -> Markup {
    html! { li { a href=(href(path)) { (data(path)) } " " span.soft { (use_for) } } }
}

/// Says how many of the rows are not the person's own file.
fn notes(sheet: &Sheet<'_>) -> Vec<String> {
    let number =
        |f: fn(&Standing) -> bool| sheet.rows.iter().filter(|row| f(&row.standing)).count() as u64;
    let mentioned = number(|s| matches!(s, Standing::Mentioned { .. }));
    let context = number(|s| *s == Standing::Context);
    let mut notes = Vec::new();
    if mentioned > 0 {
        notes.push(format!(
            "{} from a file about somebody else: only what concerns you is shown.",
            count(mentioned, "record comes", "records come")
        ));
    }
    if context > 0 {
        notes.push(format!(
            "{} here only to explain other records of yours.",
            count(context, "record is", "records are")
        ));
    }
    notes
}

fn table(sheet: &Sheet<'_>) -> Markup {
    let number = |field: FieldType| match field {
        FieldType::Integer | FieldType::Number => Some("number"),
        _ => None,
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label={ "Records of " (sheet.id.table) } {
            table {
                caption { "Records of " (data(&sheet.id.table)) }
                thead { tr {
                    @for field in &sheet.csv {
                        th scope="col" class=[number(field.field)] { (data(field_title(field))) }
                    }
                } }
                tbody {
                    @for row in sheet.rows.iter().take(ROWS) {
                        tr {
                            @for (field, text) in sheet.csv.iter().zip(sheet.texts(row)) {
                                td class=[number(field.field)] { (value(&text)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn records(sheet: &Sheet<'_>) -> Markup {
    html! { @for row in sheet.rows.iter().take(ROWS) { (record(sheet, row)) } }
}

/// Returns a record as a list of what it says; what it leaves empty is not shown.
fn record(sheet: &Sheet<'_>, row: &Released) -> Markup {
    let values = sheet.values(row);
    html! {
        div.record {
            h4 { "Record " (row.number) }
            dl.facts {
                @for (field, value) in sheet.csv.iter().zip(values) {
                    @if let Some(value) = value.filter(|v| !v.is_blank()) {
                        div { dt { (data(field_title(field))) } dd { (nested(value)) } }
                    }
                }
            }
        }
    }
}

fn field_title(field: &Field) -> &str {
    field.title.as_deref().unwrap_or_else(|| restore(&field.name))
}
