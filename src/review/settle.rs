//! What may leave, with every decision taken; and settling by policy: every proposal is accepted,
//! nothing that is held is released.

use holdall_connector::Record;
use serde::Serialize;

use crate::find::{Found, Hold, Identity, Searched, Standing, Trail};
use crate::map::TableId;
use crate::redact::{
    Confidence, Ground, Omission, Proposal, Proposed, apply, forms::Withheld, without,
};

/// Rows that may leave, with every decision taken.
#[derive(Debug)]
pub struct Settled {
    rows: Vec<Released>,
    redactions: Vec<Redaction>,
    omissions: Vec<Omission>,
    withheld: Withheld,
    subject: Identity,
    search: Vec<Searched>,
}

/// A row as the person will see it.
#[derive(Clone, Debug)]
pub struct Released {
    /// Its table.
    pub table: TableId,
    /// Its number among the released rows of its table, from 1.
    pub number: u64,
    /// The redacted record.
    pub record: Record,
    /// In what way it concerns the person.
    pub standing: Standing,
    /// Why it is here.
    pub reason: Trail,
}

/// Something that was taken out, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redaction {
    /// The table.
    #[serde(skip)]
    pub table: TableId,
    /// The row's number among the released rows of its table, from 1.
    pub row: u64,
    /// The cell: a JSON pointer into the row.
    pub cell: String,
    /// Whether the whole cell was taken out, or a part of its text.
    pub whole: bool,
    /// What it was: `person`, `email`, `credential`, …
    pub kind: String,
    /// What noticed it.
    pub detector: &'static str,
    /// How sure that is.
    pub confidence: Confidence,
    /// Under which ground.
    pub ground: Ground,
    /// Why, in plain words.
    pub reason: String,
    /// What stands in its place.
    pub label: String,
    /// Who decided.
    pub decided_by: Decider,
}

/// Who decided that something is taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decider {
    /// The policy: every proposal is accepted (`holdall export`), or every certain one of which
    /// nobody said otherwise (a case).
    Policy,
    /// A reviewer, by name.
    Reviewer(String),
}

impl Settled {
    /// Returns the rows, by table in the order of the map.
    pub fn rows(&self) -> &[Released] {
        &self.rows
    }

    /// Returns what was taken out, in the order of the rows.
    pub fn redactions(&self) -> &[Redaction] {
        &self.redactions
    }

    /// Returns the tables and columns that the right exercised does not cover.
    pub fn omissions(&self) -> &[Omission] {
        &self.omissions
    }

    /// Returns the values that must not occur in what leaves.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// Returns the person's own identifiers.
    pub fn subject(&self) -> &Identity {
        &self.subject
    }

    /// Returns what was searched.
    pub fn search(&self) -> &[Searched] {
        &self.search
    }
}

/// Settles every proposal by policy: all of them are accepted.
///
/// # Errors
/// The holds, if there are any: somebody has to decide them first.
pub fn settle(proposed: Proposed) -> Result<Settled, Vec<Hold>> {
    let Proposed { found, proposals, omissions, withheld } = proposed;
    if !found.holds.is_empty() {
        return Err(found.holds);
    }
    let taken = proposals.into_iter().map(|proposal| Taken { proposal, by: Decider::Policy });
    Ok(build(found, omissions, withheld, &taken.collect::<Vec<_>>()))
}

/// A proposal that was accepted, and by whom.
pub(super) struct Taken {
    pub(super) proposal: Proposal,
    pub(super) by: Decider,
}

/// Builds what may leave: `taken` in the order of the rows, those of one cell together.
pub(super) fn build(
    found: Found,
    omissions: Vec<Omission>,
    withheld: Withheld,
    taken: &[Taken],
) -> Settled {
    let mut settled = Settled {
        rows: Vec::new(),
        redactions: Vec::new(),
        omissions,
        withheld,
        subject: found.subject,
        search: found.search,
    };
    let mut rest = taken;
    let mut number = 0;
    let mut table: Option<TableId> = None;
    for (index, row) in found.rows.into_iter().enumerate() {
        let mine = rest.iter().take_while(|t| t.proposal.row == index).count();
        let (here, later) = rest.split_at(mine);
        rest = later;
        if table.as_ref() != Some(&row.table) {
            table = Some(row.table.clone());
            number = 0;
        }
        let Some(record) =
            release(&settled.omissions, &row.table, &row.standing, &row.record, here)
        else {
            continue;
        };
        number += 1;
        settled.redactions.extend(here.iter().map(|t| taken_out(t, &row.table, number)));
        settled.rows.push(Released {
            table: row.table,
            number,
            record,
            standing: row.standing,
            reason: row.reason,
        });
    }
    settled
}

/// Returns the record as it may leave, or `None` if the right does not cover the row at all.
fn release(
    omissions: &[Omission],
    table: &TableId,
    standing: &Standing,
    record: &Record,
    taken: &[Taken],
) -> Option<Record> {
    let here = || omissions.iter().filter(|o| o.table == *table && o.applies_to(standing));
    if here().any(|o| o.column.is_none()) {
        return None;
    }
    let accepted: Vec<&Proposal> = taken.iter().map(|t| &t.proposal).collect();
    let redacted = apply(record, &accepted);
    Some(here().filter_map(|o| o.column.as_ref()).fold(redacted, |r, column| without(&r, column)))
}

fn taken_out(taken: &Taken, table: &TableId, row: u64) -> Redaction {
    let Taken { proposal, by } = taken;
    Redaction {
        table: table.clone(),
        row,
        cell: proposal.cell.clone(),
        whole: proposal.span.is_none(),
        kind: proposal.kind.clone(),
        detector: proposal.detector,
        confidence: proposal.confidence,
        ground: proposal.ground.clone(),
        reason: proposal.reason.clone(),
        label: proposal.label.clone(),
        decided_by: by.clone(),
    }
}
