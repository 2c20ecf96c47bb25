//! Undoing decisions, one step after another: each restores what was decided before it. An undo is a
//! change like any other, with its own entry in the audit chain.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::change::{By, Change, Revision};
use super::decide::settle_after;
use super::refresh::lead_groups;
use super::{Case, Error};
use crate::review::ItemId;

/// How many steps are remembered, whoever made them.
const STEPS: u64 = 1_000;

/// What is decided about an item, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    decision: i64,
    chosen: Option<String>,
    why: Option<String>,
    who: Option<String>,
    at: Option<String>,
}

/// One item of a step.
#[derive(Debug, Serialize, Deserialize)]
struct One {
    id: String,
    /// `None` if a reviewer marked it in this step.
    before: Option<Kept>,
    after: Kept,
}

/// What was decided about some items before a step.
pub(super) struct Step(HashMap<String, Option<Kept>>);

impl Step {
    /// Looks at items before they are decided.
    pub(super) fn before<'i>(
        change: &Change<'_>,
        items: impl IntoIterator<Item = &'i str>,
    ) -> Result<Self, Error> {
        let kept = items.into_iter().map(|id| Ok((id.to_owned(), kept(change, id)?)));
        Ok(Self(kept.collect::<Result<_, Error>>()?))
    }

    /// Remembers the step, once its items are decided; what is gone by it cannot be brought back.
    pub(super) fn remember(self, change: &Change<'_>) -> Result<(), Error> {
        let mut all = Vec::new();
        for (id, before) in self.0 {
            let Some(after) = kept(change, &id)? else { return Ok(()) };
            all.push(One { id, before, after });
        }
        all.retain(|one| one.before.as_ref() != Some(&one.after));
        if all.is_empty() {
            return Ok(());
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        let body = serde_json::to_string(&all)?;
        let sql = "INSERT INTO steps (who, rev, body) VALUES (?1, ?2, ?3)";
        change.db.execute(sql, params![change.by.name.trim(), change.rev, body])?;
        let sql = "DELETE FROM steps WHERE seq <= (SELECT MAX(seq) FROM steps) - ?1";
        change.db.execute(sql, [STEPS])?;
        Ok(())
    }
}

fn kept(change: &Change<'_>, id: &str) -> Result<Option<Kept>, Error> {
    let mut statement = change
        .db
        .prepare_cached("SELECT decision, chosen, why, who, decided_at FROM items WHERE id = ?1")?;
    let kept = statement.query_row([id], |row| {
        Ok(Kept {
            decision: row.get(0)?,
            chosen: row.get(1)?,
            why: row.get(2)?,
            who: row.get(3)?,
            at: row.get(4)?,
        })
    });
    Ok(kept.optional()?)
}

impl Case {
    /// Returns whether somebody of this name decided anything that could be undone.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn can_undo(&self, name: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM steps WHERE who = ?1)";
        Ok(self.db.query_row(sql, [name.trim()], |row| row.get(0))?)
    }

    /// Undoes the last decision of whoever asks that nobody has changed since; again, the one before.
    /// Returns an item that it was about; it may be gone, if it was marked by hand.
    ///
    /// # Errors
    /// [`Error::Stale`] if it was made after `seen`; [`Error::Unknown`] if there is none;
    /// [`Error::Over`].
    pub fn undo(&mut self, seen: Revision, by: &By) -> Result<ItemId, Error> {
        self.decision(by, |change| {
            let (seq, rev, step) = last(change)?.ok_or(Error::Unknown("decision to undo"))?;
            change.fresh(rev, seen)?;
            for one in &step {
                restore(change, one)?;
            }
            // Later steps were about what somebody else has changed since.
            change.db.execute("DELETE FROM steps WHERE seq = ?1", [seq])?;
            let ids: Vec<&str> = step.iter().map(|one| one.id.as_str()).collect();
            change.log(
                &json!({ "undone": ids.iter().take(100).collect::<Vec<_>>(), "items": ids.len() }),
                None,
            )?;
            let lead = lead(change, &ids)?;
            if step.iter().any(|one| one.before.is_none()) {
                lead_groups(change.db, None)?;
            }
            settle_after(change, ids)?;
            Ok(lead)
        })
    }
}

/// Returns the newest step of the actor whose items are all as it left them.
fn last(change: &Change<'_>) -> Result<Option<(u64, u64, Vec<One>)>, Error> {
    let sql = "SELECT seq, rev, body FROM steps WHERE who = ?1 ORDER BY seq DESC";
    let mut statement = change.db.prepare(sql)?;
    let mut rows = statement.query([change.by.name.trim()])?;
    while let Some(row) = rows.next()? {
        let step: Vec<One> = serde_json::from_str(&row.get::<_, String>(2)?)?;
        let mut is_as_left = true;
        for one in &step {
            is_as_left &= kept(change, &one.id)?.as_ref() == Some(&one.after);
        }
        if is_as_left {
            return Ok(Some((row.get(0)?, row.get(1)?, step)));
        }
    }
    Ok(None)
}

fn restore(change: &Change<'_>, one: &One) -> Result<(), Error> {
    let Some(kept) = &one.before else {
        change.db.execute("DELETE FROM items WHERE id = ?1", [&one.id])?;
        return Ok(());
    };
    let mut statement = change.db.prepare_cached(
        "UPDATE items SET decision = ?2, chosen = ?3, why = ?4, who = ?5, decided_at = ?6, \
         rev = ?7 WHERE id = ?1",
    )?;
    let Kept { decision, chosen, why, who, at } = kept;
    statement.execute(params![one.id, decision, chosen, why, who, at, change.rev])?;
    Ok(())
}

/// Returns the item that stands for those of a step.
fn lead(change: &Change<'_>, ids: &[&str]) -> Result<ItemId, Error> {
    let mut statement = change.db.prepare_cached("SELECT lead FROM items WHERE id = ?1")?;
    for id in ids {
        if statement.query_row([id], |row| row.get(0)).optional()? == Some(true) {
            return Ok(ItemId::new(*id));
        }
    }
    Ok(ItemId::new(ids.first().copied().unwrap_or_default()))
}
