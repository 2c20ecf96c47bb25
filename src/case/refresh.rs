//! Items, people and holds made anew from what is kept: after collecting, and after a decision about
//! a hold. Decisions stay with what did not change, people keep their labels.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params};

use super::change::{Change, get, need, set};
use super::collect::{Diff, rulings};
use super::inputs::Inputs;
use super::people::Register;
use super::{Error, holds, kept, mark, register};
use crate::find::{Found, Hold, RowKey};
use crate::redact::forms::skeleton;
use crate::redact::{
    Answers, Confidence, Lifted, Proposal, Proposed, propose_with, recognise_more, text_of,
};
use crate::review::{GroupKey, HoldId, ItemIds, MARKED};

/// The name under which the answers of the outside recogniser are kept.
const RECOGNISED: &str = "recognised";
/// The kind of passwords, hashes, tokens and codes.
pub(super) const CREDENTIAL: &str = "credential";
/// Where certain items begin in the order of the queue: doubtful ones come first.
pub(super) const CERTAIN: u64 = 1 << 40;

/// A hold of a search, with the key and the body of the row that it is about.
pub(super) type FoundHold = (HoldId, Hold, Option<(RowKey, String)>);

/// What is proposed by what is kept and decided now.
pub(super) struct Current {
    pub(super) proposed: Proposed,
    /// The rows that are not given out after all have no ids.
    pub(super) ids: ItemIds,
    /// Every hold, with the key and the row that it is about.
    pub(super) holds: Vec<FoundHold>,
    /// Whether a row that joined may lead to more.
    pub(super) leads_on: bool,
    /// What the outside recogniser answered, if it is more than what is kept.
    pub(super) answers: Option<Answers>,
}

/// Proposes anew.
pub(super) fn current(db: &Connection) -> Result<(Inputs, Current), Error> {
    let inputs = Inputs::effective(db)?;
    let salt = need(db, "salt")?;
    let id_of = |hold: &Hold| HoldId::of(salt.as_bytes(), hold, None);
    let mut found = kept::load(db)?;
    let mut all = all_holds(salt.as_bytes(), &found)?;
    let leads_on = found.rule(inputs.inquiry(), &rulings(db)?);
    let ids = ItemIds::new(salt.as_bytes(), &found.rows);
    let lifted = lifted(db, &ids, found.rows.len())?;
    let Inputs { map, profile, request } = &inputs;
    let before = answers(db)?;
    let outside = recognise_more(&found, map, request, salt.as_bytes(), &before);
    let answers = outside.answers(salt.as_bytes());
    let mut proposed = propose_with(found, map, profile, request, &outside, &lifted);
    for hold in &proposed.found.holds {
        if !all.iter().any(|(_, known, _)| known == hold) {
            all.push((id_of(hold), hold.clone(), None));
        }
    }
    let resolved: HashSet<String> =
        holds::resolved(db)?.into_iter().map(|held| held.id.0).collect();
    proposed.found.holds.retain(|hold| !resolved.contains(&id_of(hold).0));
    let answers = (answers != before).then_some(answers);
    Ok((inputs, Current { proposed, ids, holds: all, leads_on, answers }))
}

/// Returns what the outside recogniser answered since the sources were collected.
fn answers(db: &Connection) -> Result<Answers, Error> {
    let kept = get(db, RECOGNISED)?;
    Ok(kept.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
}

/// Forgets what the outside recogniser answered: it is asked anew.
pub(super) fn ask_anew(db: &Connection) -> Result<(), Error> {
    set(db, RECOGNISED, &serde_json::to_string(&Answers::default())?)
}

/// Returns the cells that would be taken out whole and are kept: they are searched like free text.
fn lifted(db: &Connection, ids: &ItemIds, rows: usize) -> Result<Lifted, Error> {
    let sql = format!("SELECT anchor, cell FROM items WHERE decision = 2 AND {IS_WHOLE}");
    let mut statement = db.prepare(&sql)?;
    let kept = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(String, String)>, _>>()?;
    if kept.is_empty() {
        return Ok(Lifted::default());
    }
    let anchors: HashMap<&str, usize> = (0..rows).map(|row| (ids.anchor(row), row)).collect();
    let found = kept.into_iter().filter_map(|(anchor, cell)| Some((*anchors.get(&*anchor)?, cell)));
    Ok(found.collect())
}

/// Which items are texts that are taken out whole, so that keeping one leaves a text to search.
pub(super) const IS_WHOLE: &str = "start IS NULL AND kind = 'withheld'";

/// Returns every hold of a search: those about a row once for each row.
fn all_holds(salt: &[u8], found: &Found) -> Result<Vec<FoundHold>, Error> {
    let mut all = Vec::new();
    for held in &found.held {
        let key = RowKey::of(salt, &held.row.table, &held.row.record);
        let id = HoldId::of(salt, &held.hold, Some(&key));
        all.push((id, held.hold.clone(), Some((key, serde_json::to_string(&held.row)?))));
    }
    let about_rows: Vec<&Hold> = found.held.iter().map(|held| &held.hold).collect();
    let others = found.holds.iter().filter(|hold| !about_rows.contains(hold));
    all.extend(others.map(|hold| (HoldId::of(salt, hold, None), hold.clone(), None)));
    Ok(all)
}

/// Makes items, people and holds anew.
pub(super) fn refresh(change: &Change<'_>) -> Result<Diff, Error> {
    let (_, now) = current(change.db)?;
    if now.leads_on {
        set(change.db, "collect-again", "1")?;
    }
    if let Some(answers) = &now.answers {
        set(change.db, RECOGNISED, &serde_json::to_string(answers)?)?;
    }
    holds::sync(change, &now.holds)?;
    register::prove(change)?;
    store_shown(change, &now)?;
    let diff = items(change, &now)?;
    holds::opinions(change)?;
    Ok(diff)
}

fn store_shown(change: &Change<'_>, now: &Current) -> Result<(), Error> {
    change.db.execute("DELETE FROM shown", [])?;
    let sql = "INSERT INTO shown (seq, source, tbl, anchor, body) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = change.db.prepare(sql)?;
    for (at, row) in now.proposed.found.rows.iter().enumerate() {
        let (body, table) = (serde_json::to_string(row)?, &row.table);
        insert.execute(params![at, table.source, table.table, now.ids.anchor(at), body])?;
    }
    set(change.db, "refreshed", &change.rev.to_string())?;
    Ok(())
}

/// What is kept of an item while the items are made anew.
pub(super) struct Before {
    alone: bool,
    decision: i64,
    chosen: Option<String>,
    why: Option<String>,
    note: Option<String>,
    who: Option<String>,
    at: Option<String>,
    rev: u64,
}

fn items(change: &Change<'_>, now: &Current) -> Result<Diff, Error> {
    let mut before = before(change.db)?;
    let marks = mark::kept(change.db)?;
    let (marks, lost) = mark::placed(now, marks);
    change.db.execute("DELETE FROM items", [])?;
    let mut writer = Writer::new(change, now)?;
    let mut diff = Diff { marks_lost: lost.len() as u64, ..Diff::default() };
    let mut seen = HashSet::new();
    for proposal in &now.proposed.proposals {
        let Some(row) = now.proposed.found.rows.get(proposal.row) else { continue };
        let id = now.ids.id(row, proposal);
        if !seen.insert(id.as_str().to_owned()) {
            continue;
        }
        let known = before.remove(id.as_str());
        diff.items_kept += u64::from(known.is_some());
        diff.items_new += u64::from(known.is_none());
        writer.proposal(id.as_str(), proposal, known.as_ref())?;
    }
    for mark in &marks {
        before.remove(&mark.id);
        writer.mark(mark)?;
    }
    for mark in &lost {
        before.remove(&mark.id);
        holds::lost_mark(change, mark)?;
    }
    diff.items_gone = before.len() as u64;
    diff.decisions_gone = before.values().filter(|item| item.decision != 0).count() as u64;
    writer.register.store(change)?;
    lead_groups(change.db, None)?;
    Ok(diff)
}

fn before(db: &Connection) -> Result<HashMap<String, Before>, Error> {
    let mut statement = db.prepare(
        "SELECT id, alone, decision, chosen, why, who, decided_at, rev, note FROM items",
    )?;
    let all = statement.query_map([], |row| {
        let before = Before {
            alone: row.get(1)?,
            decision: row.get(2)?,
            chosen: row.get(3)?,
            why: row.get(4)?,
            who: row.get(5)?,
            at: row.get(6)?,
            rev: row.get(7)?,
            note: row.get(8)?,
        };
        Ok((row.get(0)?, before))
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Marks the first item of each group as the one that stands for it; of one group, or of all.
pub(super) fn lead_groups(db: &Connection, group: Option<&str>) -> Result<(), Error> {
    let which = if group.is_some() { "WHERE grp = ?1" } else { "WHERE ?1 IS NULL" };
    let sql = format!(
        "UPDATE items SET lead = (rank = (SELECT MIN(i.rank) FROM items i WHERE i.grp = items.grp)) {which}"
    );
    db.execute(&sql, [group])?;
    Ok(())
}

/// Writes items.
struct Writer<'c> {
    now: &'c Current,
    insert: rusqlite::Statement<'c>,
    register: Register,
    seq: u64,
    rev: u64,
}

impl<'c> Writer<'c> {
    fn new(change: &'c Change<'_>, now: &'c Current) -> Result<Self, Error> {
        let insert = change.db.prepare(
            "INSERT INTO items (id, rank, seq, row, anchor, source, tbl, cell, start, end, kind,              detector, doubtful, ground, reason, label, party, value, form, grp, lead, alone, manual,              everywhere, decision, chosen, why, who, decided_at, rev, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6,              ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, 0, ?21, ?22, ?23, ?24,              ?25, ?26, ?27, ?28, ?29, ?30)",
        )?;
        let register = Register::load(change.db, now)?;
        Ok(Self { now, insert, register, seq: 0, rev: change.rev })
    }

    fn proposal(&mut self, id: &str, p: &Proposal, known: Option<&Before>) -> Result<(), Error> {
        let Some(row) = self.now.proposed.found.rows.get(p.row) else { return Ok(()) };
        let value = text_of(&row.record, &p.cell, p.span.as_ref()).unwrap_or_default();
        let party = self.register.of(p, &value);
        let alone = known.is_some_and(|item| item.alone);
        let whose = party.map(|party| party.to_string()).unwrap_or_default();
        let group = self.now.ids.group(&whose, &p.kind, &value).filter(|_| !alone);
        let group = group.unwrap_or_else(|| GroupKey(id.to_owned()));
        // Nobody needs to see a password to know that it is one.
        let value = if p.kind == CREDENTIAL { String::new() } else { value };
        let doubtful = p.confidence == Confidence::Doubtful;
        let rank = self.seq + if doubtful { 0 } else { CERTAIN };
        let (start, end) = (p.span.as_ref().map(|s| s.start), p.span.as_ref().map(|s| s.end));
        self.insert.execute(params![
            id,
            rank,
            self.seq,
            p.row,
            self.now.ids.anchor(p.row),
            row.table.source,
            row.table.table,
            p.cell,
            start,
            end,
            p.kind,
            p.detector,
            doubtful,
            p.ground.code(),
            p.reason,
            p.label,
            party,
            value,
            skeleton(&value),
            group.0,
            alone,
            false,
            false,
            known.map_or(0, |item| item.decision),
            known.and_then(|item| item.chosen.as_ref()),
            known.and_then(|item| item.why.as_ref()),
            known.and_then(|item| item.who.as_ref()),
            known.and_then(|item| item.at.as_ref()),
            known.map_or(self.rev, |item| item.rev),
            known.and_then(|item| item.note.as_ref()),
        ])?;
        self.seq += 1;
        Ok(())
    }

    fn mark(&mut self, mark: &mark::Mark) -> Result<(), Error> {
        let Some(row) = self.now.proposed.found.rows.get(mark.row) else { return Ok(()) };
        let group = self.now.ids.group("", MARKED, &mark.value);
        let group = group.filter(|_| !mark.alone).unwrap_or_else(|| GroupKey(mark.id.clone()));
        self.insert.execute(params![
            mark.id,
            self.seq + CERTAIN,
            self.seq,
            mark.row,
            mark.anchor,
            row.table.source,
            row.table.table,
            mark.cell,
            mark.span.map(|span| span.0),
            mark.span.map(|span| span.1),
            MARKED,
            "reviewer",
            false,
            mark.ground,
            mark.reason,
            mark.label,
            mark.party,
            mark.value,
            skeleton(&mark.value),
            group.0,
            mark.alone,
            true,
            mark.everywhere,
            mark.decision,
            None::<String>,
            mark.why,
            mark.who,
            mark.at,
            mark.rev,
            mark.note,
        ])?;
        self.seq += 1;
        Ok(())
    }
}

/// Returns the parties that the labels of the proposals stand for, each with the values seen.
pub(super) fn values_by_label(now: &Current) -> BTreeMap<(String, usize), Vec<(String, String)>> {
    let mut all: BTreeMap<(String, usize), Vec<(String, String)>> = BTreeMap::new();
    for p in &now.proposed.proposals {
        let Some(label) = crate::review::party_of(&p.label) else { continue };
        let Some(row) = now.proposed.found.rows.get(p.row) else { continue };
        let Some(value) = text_of(&row.record, &p.cell, p.span.as_ref()) else { continue };
        all.entry(label).or_default().push((p.kind.clone(), value));
    }
    all
}
