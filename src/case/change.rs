//! One change of a case: one transaction, one revision, one actor.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::overview::Stage;
use super::{Case, Error, audit};
use crate::review::Refusal;

/// Who makes a change, and when.
#[derive(Clone, Debug)]
pub struct By {
    /// The name of the person.
    pub name: String,
    /// Now. Given by the caller, so that the room itself has no clock.
    pub at: Timestamp,
}

impl By {
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.name.trim().is_empty() { Err(Refusal::NoName.into()) } else { Ok(()) }
    }
}

/// The number of a change: the first is 1. What somebody looked at has the revision of then; whatever
/// was changed later has a higher one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

/// A change in the making.
pub(super) struct Change<'c> {
    pub(super) db: &'c Connection,
    pub(super) by: &'c By,
    /// The revision that it makes.
    pub(super) rev: u64,
}

impl<'c> Change<'c> {
    pub(super) fn begin(db: &'c Transaction<'_>, by: &'c By) -> Result<Self, Error> {
        by.check()?;
        let rev = number(db, "revision")? + 1;
        Ok(Self { db, by, rev })
    }

    pub(super) fn finish(&self) -> Result<(), Error> {
        set(self.db, "revision", &self.rev.to_string())
    }

    /// Adds an entry to the audit chain. `what` names things by their ids, never by their values.
    pub(super) fn log(&self, what: &serde_json::Value, why: Option<&str>) -> Result<(), Error> {
        audit::append(self.db, self.by, what, why)
    }

    /// Says that what is decided changes: sign-offs made so far no longer count.
    pub(super) fn unsettles(&self) -> Result<(), Error> {
        let state = number(self.db, "state")?;
        let signed: u64 = self.db.query_row(
            "SELECT COUNT(*) FROM signoffs WHERE state = ?1",
            [state],
            |row| row.get(0),
        )?;
        set(self.db, "state", &self.rev.to_string())?;
        if signed > 0 {
            self.log(&serde_json::json!({ "sign-offs-void": signed }), None)?;
        }
        Ok(())
    }

    /// Refuses if something with this revision was changed since `seen`.
    pub(super) fn fresh(&self, rev: u64, seen: Revision) -> Result<(), Error> {
        if rev > seen.0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// Returns the time as text.
    pub(super) fn at(&self) -> String {
        self.by.at.to_string()
    }
}

impl Case {
    /// Returns the revision that the case is at: what is shown now has it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn revision(&self) -> Result<Revision, Error> {
        number(&self.db, "revision").map(Revision)
    }

    /// Makes one change, whole or not at all.
    pub(super) fn change<T>(
        &mut self,
        by: &By,
        make: impl FnOnce(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let change = Change::begin(&transaction, by)?;
        let made = make(&change)?;
        change.finish()?;
        transaction.commit()?;
        Ok(made)
    }

    /// Makes a change of what is decided: refused once the case is over, voids sign-offs.
    pub(super) fn decision<T>(
        &mut self,
        by: &By,
        make: impl FnOnce(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.change(by, |change| {
            Stage::of(change.db)?.can_be_decided()?;
            let made = make(change)?;
            change.unsettles()?;
            Ok(made)
        })
    }
}

/// Returns a value that is kept under a name.
pub(super) fn get(db: &Connection, key: &str) -> Result<Option<String>, Error> {
    let found = db.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0));
    Ok(found.optional()?)
}

/// Returns a value that has to be there.
pub(super) fn need(db: &Connection, key: &str) -> Result<String, Error> {
    get(db, key)?.ok_or_else(|| Error::Damaged(format!("`{key}` is missing")))
}

/// Keeps a value under a name.
pub(super) fn set(db: &Connection, key: &str, value: &str) -> Result<(), Error> {
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) \
        ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    db.execute(sql, params![key, value])?;
    Ok(())
}

/// Returns a number that is kept under a name; 0 if there is none.
pub(super) fn number(db: &Connection, key: &str) -> Result<u64, Error> {
    match get(db, key)? {
        None => Ok(0),
        Some(text) => text.parse().map_err(|_| Error::damaged("a number is none")),
    }
}
