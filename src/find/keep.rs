//! What was found, as plain data: to be kept and taken up again, or sent to another machine.

use holdall_connector::Skipped;
use serde::{Deserialize, Serialize};

use super::{Found, Held, Hold, Identity, Other, Roster, Row, Searched};
use crate::map::TableId;

/// Everything that was found but the rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Findings {
    subject: Identity,
    others: Vec<Other>,
    holds: Vec<Hold>,
    held: Vec<Held>,
    search: Vec<Kept>,
    notes: Vec<String>,
    #[serde(default)]
    roster: Roster,
}

/// The end of one table's search in full.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    table: TableId,
    skipped: Vec<Skipped>,
    said: Searched,
}

impl Findings {
    /// Returns what the officer should know and that does not stop a release.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl Found {
    /// Takes what was found apart: the rows, the rows that are set aside, and the rest.
    pub fn into_parts(self) -> (Vec<Row>, Vec<Row>, Findings) {
        let kept = |searched: Searched| Kept {
            table: searched.table.clone(),
            skipped: searched.skipped.clone(),
            said: searched,
        };
        let findings = Findings {
            subject: self.subject,
            others: self.others,
            holds: self.holds,
            held: self.held,
            search: self.search.into_iter().map(kept).collect(),
            notes: self.notes,
            roster: self.roster,
        };
        (self.rows, self.aside, findings)
    }

    /// Puts together what [`into_parts`](Self::into_parts) took apart.
    pub fn from_parts(rows: Vec<Row>, aside: Vec<Row>, findings: Findings) -> Self {
        let searched =
            |kept: Kept| Searched { table: kept.table, skipped: kept.skipped, ..kept.said };
        Self {
            rows,
            aside,
            subject: findings.subject,
            others: findings.others,
            holds: findings.holds,
            held: findings.held,
            search: findings.search.into_iter().map(searched).collect(),
            notes: findings.notes,
            roster: findings.roster,
        }
    }
}
