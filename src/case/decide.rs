//! Decisions about items. Items that are alike are decided once, together.

use rusqlite::{OptionalExtension, ToSql, params};
use serde_json::{Value, json};

use super::change::{By, Change, Revision};
use super::overview::Stage;
use super::refresh::{IS_WHOLE, lead_groups, refresh};
use super::undo::Step;
use super::{Case, Error, holds};
use crate::review::{Decision, ItemId};

/// A note for an item.
#[derive(Clone, Copy, Debug)]
pub struct Note<'a> {
    /// What stood there when it was written; blank for none.
    pub before: &'a str,
    /// What is to stand there; blank for none.
    pub text: &'a str,
}

impl Case {
    /// Decides an item, and with it every item that is alike. Returns how many were changed.
    ///
    /// A passage marked by hand that is undecided again is gone.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`] if one of them was changed since `seen`,
    /// [`Error::Refused`] for a missing reason or a wrong ground, [`Error::Over`].
    pub fn decide(
        &mut self,
        id: &ItemId,
        decision: &Decision,
        seen: Revision,
        by: &By,
    ) -> Result<u64, Error> {
        self.decision(by, |change| decide_one(change, id, decision, seen))
    }

    /// Decides an item as [`decide`](Self::decide) does, with a note.
    ///
    /// # Errors
    /// Those of [`decide`](Self::decide) and of [`annotate`](Self::annotate): nothing is changed then.
    pub fn decide_with(
        &mut self,
        id: &ItemId,
        decision: &Decision,
        note: Option<&Note<'_>>,
        seen: Revision,
        by: &By,
    ) -> Result<u64, Error> {
        self.decision(by, |change| {
            if let Some(note) = note {
                write(change, id, note)?;
            }
            decide_one(change, id, decision, seen)
        })
    }

    /// Writes a note on an item, for the reviewers alone; blank takes it away. No decision changes.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Over`]; [`Error::Stale`] if it has another note than `before`.
    pub fn annotate(&mut self, id: &ItemId, note: &Note<'_>, by: &By) -> Result<(), Error> {
        self.change(by, |change| {
            Stage::of(change.db)?.can_be_decided()?;
            write(change, id, note)
        })
    }

    /// Parts an item from those that are alike: it is decided by itself from now on.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`].
    pub fn part(&mut self, id: &ItemId, seen: Revision, by: &By) -> Result<(), Error> {
        self.decision(by, |change| {
            let group = group_of(change, id, seen)?;
            let sql = "UPDATE items SET grp = id, alone = 1, rev = ?2 WHERE id = ?1";
            change.db.execute(sql, params![id.as_str(), change.rev])?;
            lead_groups(change.db, Some(&group))?;
            lead_groups(change.db, Some(id.as_str()))?;
            change.log(&json!({ "parted": id }), None)
        })
    }
}

fn write(change: &Change<'_>, id: &ItemId, note: &Note<'_>) -> Result<(), Error> {
    let sql = "SELECT note FROM items WHERE id = ?1";
    let now: Option<Option<String>> =
        change.db.query_row(sql, [id.as_str()], |row| row.get(0)).optional()?;
    let now = now.ok_or(Error::Unknown("item"))?.unwrap_or_default();
    let text = note.text.trim();
    if now == text {
        return Ok(());
    }
    if now != note.before.trim() {
        return Err(Error::Stale);
    }
    let text = Some(text).filter(|text| !text.is_empty());
    change.db.execute("UPDATE items SET note = ?2 WHERE id = ?1", params![id.as_str(), text])?;
    change.log(&json!({ "noted": id }), None)
}

/// Decides an item and those alike, and says so in the audit chain.
pub(super) fn decide_one(
    change: &Change<'_>,
    id: &ItemId,
    decision: &Decision,
    seen: Revision,
) -> Result<u64, Error> {
    let group = group_of(change, id, seen)?;
    let changed = decide_where(change, "grp = ?1", &group, decision, seen)?;
    log(change, &json!({ "item": id }), decision, changed)?;
    Ok(changed)
}

fn group_of(change: &Change<'_>, id: &ItemId, seen: Revision) -> Result<String, Error> {
    let sql = "SELECT grp, rev FROM items WHERE id = ?1";
    let found: Option<(String, u64)> =
        change.db.query_row(sql, [id.as_str()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (group, rev) = found.ok_or(Error::Unknown("item"))?;
    change.fresh(rev, seen)?;
    Ok(group)
}

/// Decides every item that meets a condition.
pub(super) fn decide_where(
    change: &Change<'_>,
    condition: &str,
    value: &dyn ToSql,
    decision: &Decision,
    seen: Revision,
) -> Result<u64, Error> {
    let right = holds::right(change.db)?;
    let sql = format!("SELECT id, kind, rev, manual FROM items WHERE {condition}");
    let mut statement = change.db.prepare(&sql)?;
    let items = statement
        .query_map([value], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<Vec<(String, String, u64, bool)>, _>>()?;
    let step = Step::before(change, items.iter().map(|(id, ..)| id.as_str()))?;
    for (id, kind, rev, manual) in &items {
        change.fresh(*rev, seen)?;
        decision.check(kind, right)?;
        match decision {
            Decision::Undecided if *manual => {
                change.db.execute("DELETE FROM items WHERE id = ?1", [id])?;
            }
            Decision::Undecided => change.keep_decision(id, 0, None, None)?,
            Decision::Redact { ground } => change.keep_decision(id, 1, ground.as_deref(), None)?,
            Decision::Keep { reason } => {
                change.keep_decision(id, 2, None, Some(reason.trim()))?;
            }
        }
    }
    step.remember(change)?;
    if items.iter().any(|(.., manual)| *manual) {
        lead_groups(change.db, None)?;
    }
    let wholes = items.iter().filter(|(_, kind, ..)| kind == "withheld");
    if lifts(change, wholes.map(|(id, ..)| id.as_str()))? {
        refresh(change)?;
    }
    holds::opinions(change)?;
    Ok(items.len() as u64)
}

/// Makes anew what follows from the decisions about some items, after they were restored.
pub(super) fn settle_after(change: &Change<'_>, ids: Vec<&str>) -> Result<(), Error> {
    if lifts(change, ids)? {
        refresh(change)?;
    }
    holds::opinions(change)
}

/// Returns whether one of the items is a text that is taken out whole: what is in it is searched
/// once it is kept, and no longer when it is not.
fn lifts<'i>(change: &Change<'_>, items: impl IntoIterator<Item = &'i str>) -> Result<bool, Error> {
    let sql = format!("SELECT COUNT(*) FROM items WHERE id = ?1 AND {IS_WHOLE}");
    let mut statement = change.db.prepare(&sql)?;
    let found = items.into_iter().try_fold(0, |sum, id| {
        statement.query_row([id], |row| row.get::<_, u64>(0)).map(|one| sum + one)
    })?;
    Ok(found > 0)
}

/// Says in the audit chain what was decided.
pub(super) fn log(
    change: &Change<'_>,
    target: &Value,
    decision: &Decision,
    items: u64,
) -> Result<(), Error> {
    let (word, ground, why) = match decision {
        Decision::Undecided => ("undecided", None, None),
        Decision::Redact { ground } => ("redact", ground.as_deref(), None),
        Decision::Keep { reason } => ("keep", None, Some(reason.trim())),
    };
    let what = json!({ "decided": target, "decision": word, "ground": ground, "items": items });
    change.log(&what, why)
}
