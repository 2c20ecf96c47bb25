//! Opening a case and putting into it what was found. Collecting again keeps every decision about
//! what did not change.

use std::path::Path;

use rusqlite::params;
use serde::Serialize;
use serde_json::json;

use super::change::{By, Change, get, need, set};
use super::inputs::{Inputs, Sources};
use super::overview::Stage;
use super::{Case, Error, Lock, Revision, holds, kept, refresh};
use crate::find::{Found, RowKey, Ruling, Rulings};

/// What changed since the sources were collected last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Diff {
    /// Rows that were not there.
    pub rows_new: u64,
    /// Rows that are no longer there.
    pub rows_gone: u64,
    /// Rows of the same key with another content.
    pub rows_changed: u64,
    /// Items that were not there: they are undecided.
    pub items_new: u64,
    /// Items that are no longer there.
    pub items_gone: u64,
    /// Items that are as they were, with their decisions.
    pub items_kept: u64,
    /// Decisions about items that are no longer there.
    pub decisions_gone: u64,
    /// Passages marked by hand that are no longer where they were; each is a hold now.
    pub marks_lost: u64,
}

impl Diff {
    /// Returns whether everything is as it was.
    pub fn is_nothing(&self) -> bool {
        *self == Self { items_kept: self.items_kept, ..Self::default() }
    }
}

impl Case {
    /// Opens a case: creates its file, with the request and what it is answered by.
    ///
    /// # Errors
    /// [`Error::Exists`], [`Error::Inputs`] if a text is wrong, [`Error::Io`].
    pub fn begin(path: &Path, lock: &Lock, by: &By, sources: &Sources) -> Result<Self, Error> {
        let inputs = sources.parse()?;
        let salt = super::sign::random()?;
        Self::create(path, lock, by, |change| {
            set(change.db, "salt", &salt)?;
            set(change.db, "reference", &inputs.request.reference)?;
            set(change.db, "right", right_word(&inputs))?;
            Stage::Opened.keep(change.db)?;
            let digests = sources.keep(change)?;
            let digests: serde_json::Map<_, _> =
                digests.into_iter().map(|(name, digest)| (name.into(), digest.into())).collect();
            let encrypted = matches!(lock, Lock::Key(_));
            change.log(&json!({ "opened": digests, "encrypted": encrypted }), None)
        })
    }

    /// Returns what the case is decided by, with the decisions about holds written in.
    ///
    /// # Errors
    /// [`Error::Inputs`].
    pub fn inputs(&self) -> Result<Inputs, Error> {
        Inputs::effective(&self.db)
    }

    /// Returns the texts that the case was opened with.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn sources(&self) -> Result<Sources, Error> {
        Sources::kept(&self.db)
    }

    /// Returns what was decided about doubtful rows: a search takes it into account.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn rulings(&self) -> Result<Rulings, Error> {
        rulings(&self.db)
    }

    /// Takes in what was found, by these texts and the rulings of the case. One transaction: what
    /// was there before stays until all of it is in. `seen` is the revision that the search
    /// started from: rulings since then make it stale.
    ///
    /// # Errors
    /// [`Error::Stale`], [`Error::Over`], [`Error::Inputs`].
    pub fn collect(
        &mut self,
        sources: &Sources,
        found: Found,
        seen: Revision,
        by: &By,
    ) -> Result<Diff, Error> {
        let inputs = sources.parse()?;
        self.change(by, |change| {
            Stage::of(change.db)?.can_be_decided()?;
            change.fresh(super::change::number(change.db, "rulings")?, seen)?;
            let before = holds::present(change.db)?;
            let incomplete = get(change.db, "incomplete")?;
            let digests = sources.keep(change)?;
            set(change.db, "reference", &inputs.request.reference)?;
            set(change.db, "right", right_word(&inputs))?;
            let plan = crate::plan::plan(&inputs.map, &inputs.request.scope.sources);
            set(change.db, "plan", &serde_json::to_string(&plan)?)?;
            set(change.db, "incomplete", if found.unread().next().is_some() { "1" } else { "0" })?;
            set(change.db, "collect-again", "0")?;
            let salt = need(change.db, "salt")?;
            refresh::ask_anew(change.db)?;
            let rows = kept::store(change, salt.as_bytes(), found)?;
            let mut diff = refresh::refresh(change)?;
            (diff.rows_new, diff.rows_gone, diff.rows_changed) =
                (rows.new, rows.gone, rows.changed);
            set(change.db, "collect-again", "0")?;
            Stage::Collected.keep(change.db)?;
            let changed: Vec<&str> = digests.iter().map(|(name, _)| *name).collect();
            change.log(&json!({ "collected": diff, "texts-changed": changed }), None)?;
            let same = diff.is_nothing()
                && digests.is_empty()
                && before == holds::present(change.db)?
                && incomplete == get(change.db, "incomplete")?;
            if !same {
                change.unsettles()?;
            }
            Ok(diff)
        })
    }
}

/// Returns what was decided about doubtful rows.
pub(super) fn rulings(db: &rusqlite::Connection) -> Result<Rulings, Error> {
    let ruled = |held: holds::HeldItem| -> Option<(RowKey, Ruling)> {
        let (resolution, _) = held.resolved.as_ref()?;
        Some((held.row.clone()?, resolution.ruling()?))
    };
    let rows = holds::resolved(db)?.into_iter().filter_map(ruled).collect();
    Ok(Rulings::new(get(db, "salt")?.unwrap_or_default().as_bytes(), rows))
}

fn right_word(inputs: &Inputs) -> &'static str {
    match inputs.request.right {
        crate::request::Right::Access => "access",
        crate::request::Right::Portability => "portability",
    }
}

impl Change<'_> {
    /// Keeps a decision of an item.
    pub(super) fn keep_decision(
        &self,
        item: &str,
        code: i64,
        chosen: Option<&str>,
        why: Option<&str>,
    ) -> Result<(), Error> {
        let (who, at) = match code {
            0 => (None, None),
            _ => (Some(self.by.name.trim().to_owned()), Some(self.at())),
        };
        let mut statement = self.db.prepare_cached(
            "UPDATE items SET decision = ?2, chosen = ?3, why = ?4, who = ?5, decided_at = ?6, \
             rev = ?7 WHERE id = ?1",
        )?;
        statement.execute(params![item, code, chosen, why, who, at, self.rev])?;
        Ok(())
    }
}
