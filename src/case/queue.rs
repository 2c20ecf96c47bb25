//! Pages of items: doubtful ones first, one for all that are alike. Bounded by the page, whatever
//! the case's size.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;

use super::change::Revision;
use super::refresh::CERTAIN;
use super::{Case, Error, PartyId, reading};
use crate::find::place;
use crate::redact::{Confidence, text_of};
use crate::review::ItemId;

/// The most items of a page.
const MOST: usize = 500;
/// How much of a text is shown on either side, in Unicode scalar values.
const AROUND: usize = 240;

/// Which items are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<State>,
    /// Of this kind (`person`).
    pub kind: Option<String>,
    /// In this source and table.
    pub table: Option<(String, String)>,
    /// Of this person.
    pub party: Option<PartyId>,
    /// In this row.
    pub row: Option<u64>,
    /// With this text in the value, whatever its case (ASCII letters).
    pub text: Option<String>,
    /// Each item by itself, not one for all that are alike.
    pub each: bool,
}

/// The state of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Doubtful, and nobody decided: it blocks the release.
    Open,
    /// Certain, and nobody decided: it is taken out by policy.
    ByPolicy,
    /// Taken out.
    Redacted,
    /// Kept.
    Kept,
}

/// What is decided about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Status {
    /// The state.
    pub state: State,
    /// Who decided.
    pub who: Option<String>,
    /// When, as an RFC 3339 timestamp.
    pub at: Option<String>,
    /// Why it is kept; the note of a marked passage.
    pub why: Option<String>,
}

/// An item with its text in context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct QueueItem {
    /// Its id.
    pub id: ItemId,
    /// Its place in the order: the next page starts after it.
    pub rank: u64,
    /// How many items are alike, this one included: they are decided together.
    pub alike: u64,
    /// The row, as [`super::Reading`] numbers it.
    pub row: u64,
    /// The source.
    pub source: String,
    /// The table.
    pub table: String,
    /// Where the row stood, in words.
    pub place: String,
    /// The cell: a JSON pointer into the row.
    pub cell: String,
    /// What of its text, in Unicode scalar values; `None` for the whole cell.
    pub span: Option<(usize, usize)>,
    /// The text before it, as far as it is shown.
    pub before: String,
    /// Its own text.
    pub value: String,
    /// The text after it, as far as it is shown.
    pub after: String,
    /// What it is (`person`, `email`, …).
    pub kind: String,
    /// What noticed it.
    pub detector: String,
    /// How sure that is.
    pub confidence: Confidence,
    /// The ground that counts: the reviewer's, else the one proposed.
    pub ground: String,
    /// The ground that was proposed.
    pub proposed_ground: String,
    /// Why, in plain words for the data subject.
    pub reason: String,
    /// What stands in its place.
    pub label: String,
    /// Whom it stands for.
    pub party: Option<PartyId>,
    /// What is decided.
    pub status: Status,
    /// A reviewer's note.
    pub note: Option<String>,
    /// Whether a reviewer marked it by hand.
    pub manual: bool,
    /// Whether it was parted from those alike.
    pub alone: bool,
    /// When it was changed last.
    pub rev: Revision,
}

/// A page of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The items, in order.
    pub items: Vec<QueueItem>,
    /// Where the next page starts (`after`); `None` at the end.
    pub next: Option<u64>,
    /// The revision that they were seen at: a decision carries it.
    pub revision: Revision,
}

const COLUMNS: &str = "i.id, i.rank, (SELECT COUNT(*) FROM items a WHERE a.grp = i.grp), i.row, \
    i.source, i.tbl, i.cell, i.start, i.end, i.value, i.kind, i.detector, i.doubtful, \
    i.chosen, i.ground, i.reason, i.label, i.party, i.decision, i.who, i.decided_at, i.why, \
    i.manual, i.alone, i.rev, p.word, p.number, i.note \
    FROM items i LEFT JOIN parties p ON p.id = i.party";

impl Case {
    /// Returns a page of at most `limit` items (500 at most) after the rank `after`, or from the
    /// start: doubtful first, then in the order of the rows.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn queue(&self, filter: &Filter, after: Option<u64>, limit: usize) -> Result<Page, Error> {
        let revision = self.revision()?;
        let limit = limit.clamp(1, MOST);
        let (sql, values) = query(filter, after, limit + 1);
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut items = Vec::new();
        let mut records = HashMap::new();
        while let Some(row) = rows.next()? {
            items.push(read(&self.db, row, &mut records)?);
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().map(|item| item.rank).filter(|_| more);
        Ok(Page { items, next, revision })
    }

    /// Returns after which rank the page starts that ends before the item of this rank: 0 for the
    /// first page, `None` if nothing stands before.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn page_before(
        &self,
        filter: &Filter,
        rank: u64,
        limit: usize,
    ) -> Result<Option<u64>, Error> {
        let (condition, mut values) = condition(filter, None);
        values.push(Sql::Integer(i64::try_from(rank).unwrap_or(i64::MAX)));
        let sql = format!(
            "SELECT i.rank FROM items i INDEXED BY {} WHERE {condition} AND i.rank < ? \
             ORDER BY i.rank DESC LIMIT {}",
            index(filter),
            limit.clamp(1, MOST) + 1
        );
        let mut statement = self.db.prepare(&sql)?;
        let ranks = statement.query_map(params_from_iter(values), |row| row.get(0))?;
        let ranks: Vec<u64> = ranks.collect::<Result<_, _>>()?;
        Ok(match ranks.len() {
            0 => None,
            found if found > limit => ranks.last().copied(),
            _ => Some(0),
        })
    }

    /// Returns how many items, or groups of those alike, a filter lets through.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn count(&self, filter: &Filter) -> Result<u64, Error> {
        let (condition, values) = condition(filter, None);
        let index = index(filter);
        let sql = format!("SELECT COUNT(*) FROM items i INDEXED BY {index} WHERE {condition}");
        Ok(self.db.query_row(&sql, params_from_iter(values), |row| row.get(0))?)
    }

    /// Returns one item.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn item(&self, id: &ItemId) -> Result<QueueItem, Error> {
        let sql = format!("SELECT {COLUMNS} WHERE i.id = ?1");
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query([id.as_str()])?;
        match rows.next()? {
            Some(row) => read(&self.db, row, &mut HashMap::new()),
            None => Err(Error::Unknown("item")),
        }
    }

    /// Returns the item after the one of this rank, around to the first: what to decide next.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn next_open(&self, after: u64) -> Result<Option<ItemId>, Error> {
        let sql = "SELECT id FROM items INDEXED BY items_open WHERE doubtful = 1 AND decision = 0 \
            ORDER BY rank <= ?1, rank LIMIT 1";
        let found = self.db.query_row(sql, [after], |row| row.get::<_, String>(0)).optional()?;
        Ok(found.map(ItemId::new))
    }
}

fn query(filter: &Filter, after: Option<u64>, limit: usize) -> (String, Vec<Sql>) {
    let (condition, values) = condition(filter, after);
    let index = index(filter);
    // Which items is said by the index alone; only those are read.
    let wanted = format!(
        "SELECT i.id FROM items i INDEXED BY {index} WHERE {condition} ORDER BY i.rank LIMIT {limit}"
    );
    (format!("SELECT {COLUMNS} WHERE i.id IN ({wanted}) ORDER BY i.rank"), values)
}

/// Returns the index that a filter is answered by.
fn index(filter: &Filter) -> &'static str {
    match (filter.state, filter.each) {
        _ if filter.row.is_some() => "items_row",
        _ if filter.party.is_some() => "items_party",
        _ if filter.table.is_some() => "items_table",
        _ if filter.text.is_some() => "items_value",
        (None, true) => "items_rank",
        (None, false) => "items_queue",
        (Some(_), true) => "items_each",
        (Some(_), false) => "items_state",
    }
}

fn condition(filter: &Filter, after: Option<u64>) -> (String, Vec<Sql>) {
    let mut parts: Vec<&str> = Vec::new();
    let mut values: Vec<Sql> = Vec::new();
    let mut add = |part: &'static str, value: Sql| {
        parts.push(part);
        values.push(value);
    };
    let number = |n: u64| Sql::Integer(i64::try_from(n).unwrap_or(i64::MAX));
    if let Some(after) = after {
        add("i.rank > ?", number(after));
    }
    if let Some(kind) = &filter.kind {
        add("i.kind = ?", Sql::Text(kind.clone()));
    }
    if let Some((source, table)) = &filter.table {
        add("i.source = ?", Sql::Text(source.clone()));
        add("i.tbl = ?", Sql::Text(table.clone()));
    }
    if let Some(party) = filter.party {
        add("i.party = ?", Sql::Integer(party));
    }
    if let Some(row) = filter.row {
        add("i.row = ?", number(row));
    }
    if let Some(text) = &filter.text {
        let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        add("i.value LIKE ? ESCAPE '\\'", Sql::Text(format!("%{plain}%")));
    }
    // Doubtful items have the ranks below that of the first certain one.
    let certain = Sql::Integer(i64::try_from(CERTAIN).unwrap_or(i64::MAX));
    let (state, bound) = match filter.state {
        None => ("1 = 1", None),
        Some(State::Open) => ("i.decision = 0 AND i.rank < ?", Some(certain)),
        Some(State::ByPolicy) => ("i.decision = 0 AND i.rank >= ?", Some(certain)),
        Some(State::Redacted) => ("i.decision = 1", None),
        Some(State::Kept) => ("i.decision = 2", None),
    };
    parts.push(state);
    values.extend(bound);
    if !filter.each {
        parts.push("i.lead = 1");
    }
    (parts.join(" AND "), values)
}

type Records = HashMap<u64, Option<crate::find::Row>>;

fn read(db: &Connection, row: &Row<'_>, records: &mut Records) -> Result<QueueItem, Error> {
    let at: u64 = row.get(3)?;
    let record = match records.entry(at) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => new.insert(reading::row(db, at)?),
    };
    let record = record.as_ref();
    let cell: String = row.get(6)?;
    let start: Option<usize> = row.get(7)?;
    let span = start.zip(row.get(8)?);
    let whole = record.and_then(|found| text_of(&found.record, &cell, None)).unwrap_or_default();
    let (before, after) = span.map_or_else(Default::default, |span| around(&whole, span));
    let (chosen, proposed_ground): (Option<String>, String) = (row.get(13)?, row.get(14)?);
    let doubtful: bool = row.get(12)?;
    let word: Option<String> = row.get(25)?;
    let label: String = row.get(16)?;
    let label = match word.zip(row.get(26)?) {
        Some((word, number)) => super::settle::label(&label, &word, number),
        None => label,
    };
    let reason: String = row.get(15)?;
    let reason = crate::review::reason_of(
        &crate::redact::Ground::new(&proposed_ground),
        chosen.as_deref(),
        &reason,
    );
    Ok(QueueItem {
        id: ItemId::new(row.get::<_, String>(0)?),
        rank: row.get(1)?,
        alike: row.get(2)?,
        row: at,
        source: row.get(4)?,
        table: row.get(5)?,
        place: record.map(|found| place(&found.record.location)).unwrap_or_default(),
        cell,
        span,
        before,
        value: row.get(9)?,
        after,
        kind: row.get(10)?,
        detector: row.get(11)?,
        confidence: if doubtful { Confidence::Doubtful } else { Confidence::Certain },
        ground: chosen.unwrap_or_else(|| proposed_ground.clone()),
        proposed_ground,
        reason,
        label,
        party: row.get(17)?,
        status: status(row, doubtful)?,
        note: row.get(27)?,
        manual: row.get(22)?,
        alone: row.get(23)?,
        rev: Revision(row.get(24)?),
    })
}

fn status(row: &Row<'_>, doubtful: bool) -> Result<Status, Error> {
    let state = state(row.get(18)?, doubtful);
    Ok(Status { state, who: row.get(19)?, at: row.get(20)?, why: row.get(21)? })
}

/// Returns the state that a kept decision means.
pub(super) fn state(decision: i64, doubtful: bool) -> State {
    match (decision, doubtful) {
        (1, _) => State::Redacted,
        (2, _) => State::Kept,
        (_, true) => State::Open,
        (_, false) => State::ByPolicy,
    }
}

fn around(text: &str, (start, end): (usize, usize)) -> (String, String) {
    let first = start.saturating_sub(AROUND);
    let before = text.chars().skip(first).take(start - first).collect();
    let after = text.chars().skip(end).take(AROUND).collect();
    (before, after)
}
