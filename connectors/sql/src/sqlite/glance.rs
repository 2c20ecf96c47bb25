//! Rows that cannot be wanted, known as such before values are made of them.

use std::fmt::Write;

use holdall_connector::{Lookup, Path};
use holdall_scan::keys::Keys;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::schema::Relation;
use super::value::Declared;

/// The columns of a table and what is asked of each, made ready for many rows.
pub(crate) struct Glance<'a> {
    columns: Vec<(Declared, Vec<Keys<'a>>)>,
    digits: String,
    room: Vec<u8>,
}

impl<'a> Glance<'a> {
    /// `None` if a lookup asks for more than whole columns.
    pub(crate) fn new(relation: &Relation, lookup: &'a Lookup) -> Option<Self> {
        let mut columns: Vec<(Declared, Vec<Keys<'a>>)> =
            relation.columns.iter().map(|column| (column.declared, Vec::new())).collect();
        for asked in &lookup.any {
            let is_asked = |column: &str| asked.column == Path::column(column);
            let index = relation.columns.iter().position(|column| is_asked(&column.name))?;
            columns.get_mut(index)?.1.push(Keys::new(asked));
        }
        Some(Self { columns, digits: String::new(), room: Vec::new() })
    }

    /// Returns whether it is certain that a row is not wanted and that all its text is valid.
    pub(crate) fn is_other(&mut self, row: &Row<'_>) -> rusqlite::Result<bool> {
        let Self { columns, digits, room } = self;
        for (index, (declared, asked)) in columns.iter().enumerate() {
            let raw = match (row.get_ref(index)?, declared) {
                (ValueRef::Text(text), _) if !is_text(text) => return Ok(false),
                _ if asked.is_empty() => continue,
                (ValueRef::Null, _) => continue,
                (ValueRef::Text(text), Declared::Other | Declared::Boolean) => text,
                (ValueRef::Integer(number), Declared::Other | Declared::Temporal) => {
                    digits.clear();
                    if write!(digits, "{number}").is_err() {
                        return Ok(false);
                    }
                    digits.as_bytes()
                }
                _ => return Ok(false),
            };
            if asked.iter().any(|keys| keys.may_hold(raw, room)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn is_text(text: &[u8]) -> bool {
    text.is_ascii() || std::str::from_utf8(text).is_ok()
}
