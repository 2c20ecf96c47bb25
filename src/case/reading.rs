//! The reading view: a row as it is, and beside it as the person will see it.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::change::Revision;
use super::queue::{Filter, State};
use super::refresh::CREDENTIAL;
use super::{Case, Error, settle};
use crate::find::{Row, place};
use crate::redact::texts;
use crate::review::{ItemId, shown_as};

/// A row, cell by cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Its number, from 0.
    pub row: u64,
    /// How many rows there are.
    pub rows: u64,
    /// The source.
    pub source: String,
    /// The table.
    pub table: String,
    /// Where it stood, in words.
    pub place: String,
    /// Why it is here: the way from the request to it.
    pub reason: String,
    /// Its cells that hold something.
    pub cells: Vec<ReadingCell>,
    /// The revision that it was seen at.
    pub revision: Revision,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingCell {
    /// A JSON pointer into the row.
    pub cell: String,
    /// Its text as the source has it; a password or the like is never shown.
    pub text: String,
    /// Its text as the person will see it; doubtful items that are undecided count as taken out.
    pub shown: String,
    /// The items in it, in order.
    pub spans: Vec<ReadingSpan>,
}

/// An item in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingSpan {
    /// Its id.
    pub id: ItemId,
    /// What of the text, in Unicode scalar values; `None` for the whole cell.
    pub span: Option<(usize, usize)>,
    /// The state of its decision.
    pub state: State,
}

impl Case {
    /// Returns a row to read, by its number.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is none.
    pub fn reading(&self, number: u64) -> Result<Reading, Error> {
        let row = row(&self.db, number)?.ok_or(Error::Unknown("row"))?;
        let items = settle::of_row(&self.db, number)?;
        let shown = texts(&shown_as(&row.record, &items));
        let filter = Filter { row: Some(number), each: true, ..Filter::default() };
        let queue = self.queue(&filter, None, usize::MAX)?;
        let cells = texts(&row.record).into_iter().map(|(cell, text)| {
            let spans = queue.items.iter().filter(|item| item.cell == cell);
            let spans = spans.map(|item| ReadingSpan {
                id: item.id.clone(),
                span: item.span,
                state: item.status.state,
            });
            let after = shown.iter().find(|(other, _)| *other == cell);
            let after = after.map(|(_, text)| text.clone()).unwrap_or_default();
            let is_secret =
                queue.items.iter().any(|item| item.cell == cell && item.kind == CREDENTIAL);
            ReadingCell {
                spans: spans.collect(),
                cell,
                text: if is_secret { after.clone() } else { text },
                shown: after,
            }
        });
        Ok(Reading {
            row: number,
            rows: self.db.query_row("SELECT COUNT(*) FROM shown", [], |row| row.get(0))?,
            source: row.table.source.clone(),
            table: row.table.table.clone(),
            place: place(&row.record.location),
            reason: row.reason.to_string(),
            cells: cells.collect(),
            revision: queue.revision,
        })
    }
}

/// Returns a row that is given out, by its number.
pub(super) fn row(db: &Connection, number: u64) -> Result<Option<Row>, Error> {
    let mut statement = db.prepare_cached("SELECT body FROM shown WHERE seq = ?1")?;
    let body = statement.query_row([number], |row| row.get::<_, String>(0)).optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}
