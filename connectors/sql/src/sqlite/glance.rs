//! Rows that cannot be wanted, known as such before values are made of them.

use std::fmt::Write;

use holdall_connector::{Lookup, Path};
use holdall_scan::keys::Keys;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::schema::Relation;
use super::value::Declared;

/// The columns asked for, made ready for many rows.
pub(crate) struct Glance<'a> {
    relation: &'a Relation,
    cells: Vec<(usize, Keys<'a>)>,
    digits: String,
    room: Vec<u8>,
}

impl<'a> Glance<'a> {
    /// `None` if a lookup asks for more than whole columns.
    pub(crate) fn new(relation: &'a Relation, lookup: &'a Lookup) -> Option<Self> {
        let mut cells = Vec::with_capacity(lookup.any.len());
        for asked in &lookup.any {
            let is_asked = |column: &str| asked.column == Path::column(column);
            let index = relation.columns.iter().position(|column| is_asked(&column.name))?;
            cells.push((index, Keys::new(asked)));
        }
        Some(Self { relation, cells, digits: String::new(), room: Vec::new() })
    }

    /// Returns whether it is certain that a row is not wanted and that all its text is valid.
    pub(crate) fn is_other(&mut self, row: &Row<'_>) -> rusqlite::Result<bool> {
        for (index, keys) in &self.cells {
            let declared = self.relation.columns.get(*index).map(|column| column.declared);
            let could_be = match (row.get_ref(*index)?, declared) {
                (ValueRef::Null, _) => false,
                (ValueRef::Text(text), Some(Declared::Other | Declared::Boolean)) => {
                    keys.may_hold(text, &mut self.room)
                }
                (ValueRef::Integer(number), Some(Declared::Other | Declared::Temporal)) => {
                    self.digits.clear();
                    write!(self.digits, "{number}").is_err()
                        || keys.may_hold(self.digits.as_bytes(), &mut self.room)
                }
                _ => true,
            };
            if could_be {
                return Ok(false);
            }
        }
        self.is_text(row)
    }

    fn is_text(&self, row: &Row<'_>) -> rusqlite::Result<bool> {
        for index in 0..self.relation.columns.len() {
            if let ValueRef::Text(text) = row.get_ref(index)?
                && std::str::from_utf8(text).is_err()
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
