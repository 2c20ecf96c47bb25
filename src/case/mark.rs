//! Passages marked by hand.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::change::{By, Change, Revision, need};
use super::refresh::{CERTAIN, Current, lead_groups};
use super::undo::Step;
use super::{Case, Error, PartyId, holds, reading};
use crate::find::Row;
use crate::redact::{Confidence, Ground, Proposal, reason_for, text_of};
use crate::review::{Decision, ItemId, ItemIds, MARKED, occurrences};

/// A passage to take out.
#[derive(Clone, Debug)]
pub struct NewMark {
    /// The row, as [`super::Reading`] numbers it.
    pub row: u64,
    /// The cell: a JSON pointer into the row.
    pub cell: String,
    /// What of its text, in Unicode scalar values; `None` for the whole cell.
    pub span: Option<(usize, usize)>,
    /// The ground's code.
    pub ground: String,
    /// Whom it is about, if they are in the register: their label stands in its place.
    pub party: Option<PartyId>,
    /// A note.
    pub note: Option<String>,
    /// Where it is taken out.
    pub at: MarkAt,
}

/// Where a marked passage is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkAt {
    /// Here.
    Here,
    /// Wherever the same text stands; it must not be left anywhere.
    Everywhere,
}

/// A mark that is kept.
pub(super) struct Mark {
    pub(super) id: String,
    pub(super) row: usize,
    pub(super) anchor: String,
    pub(super) table: String,
    pub(super) cell: String,
    pub(super) span: Option<(usize, usize)>,
    pub(super) ground: String,
    pub(super) reason: String,
    pub(super) label: String,
    pub(super) party: Option<PartyId>,
    pub(super) value: String,
    pub(super) alone: bool,
    pub(super) everywhere: bool,
    pub(super) decision: i64,
    pub(super) why: Option<String>,
    pub(super) note: Option<String>,
    pub(super) who: String,
    pub(super) at: String,
    pub(super) rev: u64,
}

impl Case {
    /// Returns in how many places the text stands that a mark is about, itself included.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no such passage.
    pub fn occurrences(&self, mark: &NewMark) -> Result<u64, Error> {
        let (_, value) = passage(&self.db, mark)?;
        Ok(everywhere(&self.db, &value)?.len() as u64)
    }

    /// Takes out a passage that nothing proposed. Returns the new items.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no such passage, [`Error::Stale`] if the rows were collected
    /// again since, [`Error::Refused`] for a wrong ground.
    pub fn mark(&mut self, mark: &NewMark, seen: Revision, by: &By) -> Result<Vec<ItemId>, Error> {
        self.decision(by, |change| {
            change.fresh(super::change::number(change.db, "refreshed")?, seen)?;
            let decision = Decision::Redact { ground: Some(mark.ground.clone()) };
            decision.check(MARKED, holds::right(change.db)?)?;
            if let Some(party) = mark.party {
                let known = "SELECT COUNT(*) FROM parties WHERE id = ?1 AND merged_into IS NULL";
                let found: u64 = change.db.query_row(known, [party], |row| row.get(0))?;
                if found == 0 {
                    return Err(Error::Unknown("person"));
                }
            }
            let (row, value) = passage(change.db, mark)?;
            let here = (row, mark.cell.clone(), mark.span);
            let mut places = match mark.at {
                MarkAt::Here => Vec::new(),
                MarkAt::Everywhere => everywhere(change.db, &value)?,
            };
            if !places.contains(&here) {
                places.insert(0, here);
            }
            let known = places.iter().map(|place| id_at(change, place));
            let known = known.collect::<Result<Vec<_>, _>>()?;
            let step = Step::before(change, known.iter().map(ItemId::as_str))?;
            let ids = places
                .iter()
                .map(|place| insert(change, mark, place))
                .collect::<Result<Vec<_>, _>>()?;
            step.remember(change)?;
            lead_ids(change.db, &ids)?;
            let what = json!({ "marked": ids, "ground": mark.ground, "person": mark.party,
                "everywhere": mark.at == MarkAt::Everywhere });
            change.log(&what, mark.note.as_deref())?;
            holds::opinions(change)?;
            Ok(ids)
        })
    }
}

/// Makes out anew which item stands for those alike, in the groups of these.
fn lead_ids(db: &Connection, ids: &[ItemId]) -> Result<(), Error> {
    let mut groups = BTreeSet::new();
    for id in ids {
        let sql = "SELECT grp FROM items WHERE id = ?1";
        groups.insert(db.query_row(sql, [id.as_str()], |row| row.get::<_, String>(0))?);
    }
    groups.iter().try_for_each(|group| lead_groups(db, Some(group)))
}

type At = (u64, String, Option<(usize, usize)>);

fn passage(db: &Connection, mark: &NewMark) -> Result<(u64, String), Error> {
    let row = reading::row(db, mark.row)?.ok_or(Error::Unknown("row"))?;
    let span = mark.span.map(|(start, end)| start..end);
    if span.as_ref().is_some_and(|span| span.is_empty()) {
        return Err(Error::Unknown("passage"));
    }
    let text = text_of(&row.record, &mark.cell, span.as_ref());
    text.map(|text| (mark.row, text)).ok_or(Error::Unknown("passage"))
}

fn everywhere(db: &Connection, text: &str) -> Result<Vec<At>, Error> {
    let mut statement = db.prepare("SELECT seq, body FROM shown ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(found) = rows.next()? {
        let seq: u64 = found.get(0)?;
        let row: Row = serde_json::from_str(&found.get::<_, String>(1)?)?;
        let here = occurrences(&row.record, text).into_iter();
        all.extend(here.map(|(cell, span)| (seq, cell, span.map(|span| (span.start, span.end)))));
    }
    Ok(all)
}

/// Returns the id that a mark at a place has.
fn id_at(change: &Change<'_>, (seq, cell, span): &At) -> Result<ItemId, Error> {
    let row = reading::row(change.db, *seq)?.ok_or(Error::Unknown("row"))?;
    let salt = need(change.db, "salt")?;
    let ids = ItemIds::anchored(salt.as_bytes(), &anchor(change.db, *seq)?);
    Ok(ids.id(&row, &proposal_at(cell, *span, "")))
}

fn proposal_at(cell: &str, span: Option<(usize, usize)>, ground: &str) -> Proposal {
    Proposal {
        row: 0,
        cell: cell.to_owned(),
        span: span.map(|(start, end)| start..end),
        kind: MARKED.to_owned(),
        detector: "reviewer",
        confidence: Confidence::Certain,
        ground: Ground::new(ground),
        reason: reason_for(&Ground::new(ground)),
        label: "[withheld]".to_owned(),
    }
}

fn insert(change: &Change<'_>, mark: &NewMark, at: &At) -> Result<ItemId, Error> {
    let (seq, cell, span) = at;
    let row = reading::row(change.db, *seq)?.ok_or(Error::Unknown("row"))?;
    let anchor = anchor(change.db, *seq)?;
    let proposal = proposal_at(cell, *span, &mark.ground);
    let value = text_of(&row.record, cell, proposal.span.as_ref()).unwrap_or_default();
    let salt = need(change.db, "salt")?;
    let id = ItemIds::anchored(salt.as_bytes(), &anchor).id(&row, &proposal);
    let ids = ItemIds::anchored(salt.as_bytes(), &anchor);
    let group = ids.group("", MARKED, &value).map_or_else(|| id.to_string(), |group| group.0);
    let last: u64 =
        change.db.query_row("SELECT COALESCE(MAX(rank), 0) FROM items", [], |row| row.get(0))?;
    let next = (last + 1).max(CERTAIN);
    change.db.execute(
        "INSERT INTO items (id, rank, seq, row, anchor, source, tbl, cell, start, end, kind, \
         detector, doubtful, ground, reason, label, party, value, form, grp, lead, manual, \
         everywhere, decision, chosen, why, who, decided_at, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6, \
         ?7, ?8, ?9, ?10, ?11, 'reviewer', 0, ?12, ?13, ?14, ?15, ?16, ?17, ?18, 0, 1, ?19, 1, \
         NULL, ?20, ?21, ?22, ?23) ON CONFLICT (id) DO UPDATE SET decision = 1, \
         ground = excluded.ground, reason = excluded.reason, party = excluded.party, \
         everywhere = excluded.everywhere, why = excluded.why, who = excluded.who, \
         decided_at = excluded.decided_at, rev = excluded.rev",
        params![
            id.as_str(),
            next,
            next,
            seq,
            anchor,
            row.table.source,
            row.table.table,
            cell,
            span.map(|span| span.0),
            span.map(|span| span.1),
            MARKED,
            mark.ground,
            proposal.reason,
            proposal.label,
            mark.party,
            value,
            crate::redact::forms::skeleton(&value),
            group,
            mark.at == MarkAt::Everywhere,
            mark.note,
            change.by.name.trim(),
            change.at(),
            change.rev,
        ],
    )?;
    Ok(id)
}

fn anchor(db: &Connection, seq: u64) -> Result<String, Error> {
    let sql = "SELECT anchor FROM shown WHERE seq = ?1";
    let found = db.query_row(sql, [seq], |row| row.get(0)).optional()?;
    found.ok_or(Error::Unknown("row"))
}

/// Returns the marks that are kept.
pub(super) fn kept(db: &Connection) -> Result<Vec<Mark>, Error> {
    let mut statement = db.prepare(
        "SELECT id, anchor, source || '.' || tbl, cell, start, end, ground, reason, label, party, \
         value, alone, everywhere, decision, why, who, decided_at, rev, note FROM items \
         WHERE manual = 1 ORDER BY seq",
    )?;
    let all = statement.query_map([], |row| {
        let start: Option<usize> = row.get(4)?;
        Ok(Mark {
            id: row.get(0)?,
            row: 0,
            anchor: row.get(1)?,
            table: row.get(2)?,
            cell: row.get(3)?,
            span: start.zip(row.get(5)?),
            ground: row.get(6)?,
            reason: row.get(7)?,
            label: row.get(8)?,
            party: row.get(9)?,
            value: row.get(10)?,
            alone: row.get(11)?,
            everywhere: row.get(12)?,
            decision: row.get(13)?,
            why: row.get(14)?,
            who: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
            at: row.get::<_, Option<String>>(16)?.unwrap_or_default(),
            rev: row.get(17)?,
            note: row.get(18)?,
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Finds where the marks stand now; those that do not are lost.
pub(super) fn placed(now: &Current, marks: Vec<Mark>) -> (Vec<Mark>, Vec<Mark>) {
    let rows = &now.proposed.found.rows;
    let anchors: std::collections::HashMap<&str, usize> =
        (0..rows.len()).map(|row| (now.ids.anchor(row), row)).collect();
    let (mut placed, mut lost) = (Vec::new(), Vec::new());
    for mut mark in marks {
        let span = mark.span.map(|(start, end)| start..end);
        let at = anchors.get(mark.anchor.as_str()).copied();
        let text = at
            .and_then(|at| rows.get(at))
            .and_then(|row| text_of(&row.record, &mark.cell, span.as_ref()));
        match at {
            Some(at) if text.as_ref() == Some(&mark.value) => {
                mark.row = at;
                placed.push(mark);
            }
            _ => lost.push(mark),
        }
    }
    (placed, lost)
}
