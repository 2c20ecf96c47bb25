//! Closing a case, and destroying the personal data in it. What stays is the log: who did what and
//! when, the digests of what was released.

use serde_json::json;

use super::change::By;
use super::overview::Stage;
use super::{Case, Error};
use crate::review::Refusal;

/// What is kept of the values under a name.
const KEPT: &str = "'revision', 'state', 'stage', 'reference', 'right', 'audit-entries', \
    'audit-hash', 'map-digest', 'profile-digest', 'request-digest', 'release-sha256'";

impl Case {
    /// Closes a case: nothing can be changed any more. With `destroy`, the request, the records, the
    /// items, people, holds and reviewers are removed from the file and from the space that they
    /// had, and the audit chain stays.
    ///
    /// # Errors
    /// [`Error::Refused`] without a reason; [`Error::Busy`] while others have the case open.
    pub fn close(&mut self, destroy: bool, reason: &str, by: &By) -> Result<(), Error> {
        if reason.trim().is_empty() {
            return Err(Refusal::NoReason("close a case").into());
        }
        self.recover(by)?;
        self.change(by, |change| {
            if destroy {
                for table in [
                    "rows",
                    "shown",
                    "items",
                    "aliases",
                    "signoffs",
                    "reviewers",
                    "holds",
                    "events",
                    "steps",
                ] {
                    change.db.execute(&format!("DELETE FROM {table}"), [])?;
                }
                change.db.execute("UPDATE parties SET merged_into = NULL", [])?;
                change.db.execute("DELETE FROM parties", [])?;
                change.db.execute(&format!("DELETE FROM meta WHERE key NOT IN ({KEPT})"), [])?;
            }
            Stage::Closed.keep(change.db)?;
            change.log(&json!({ "closed": { "destroyed": destroy } }), Some(reason.trim()))
        })?;
        if destroy { self.scrub() } else { Ok(()) }
    }

    /// Rewrites the file without what was deleted, and removes the journal.
    fn scrub(&self) -> Result<(), Error> {
        self.db.execute_batch("VACUUM")?;
        let busy: bool =
            self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy {
            return Err(Error::Busy);
        }
        let mode: String =
            self.db.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode == "delete" { Ok(()) } else { Err(Error::Busy) }
    }
}
