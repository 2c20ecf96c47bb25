//! The officer's own record: where each row stood, why it is the person's, every redaction and
//! hold. Separate from the bundle and never in it.

use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::destination;
use super::error::CommandError;
use crate::bundle;
use crate::case::{HeldItem, Log};
use crate::find::{Found, Hold, Row, Searched, Standing, Trail, place};
use crate::map::TableId;
use crate::redact::Omission;
use crate::request::{Clock, Request};
use crate::review::{Redaction, Settled};

/// The officer's record of one export.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Record {
    reference: String,
    received: String,
    sealed: bool,
    rows: Vec<Entry>,
    redactions: Vec<Taken>,
    omissions: Vec<Left>,
    holds: Vec<Hold>,
    search: Vec<Seen>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<Vec<HeldItem>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<Log>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clock: Option<Clock>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry {
    table: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    at: String,
    standing: &'static str,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Taken {
    table: String,
    #[serde(flatten)]
    redaction: Redaction,
}

#[derive(Debug, Serialize)]
struct Left {
    table: String,
    #[serde(flatten)]
    omission: Omission,
}

#[derive(Debug, Serialize)]
struct Seen {
    table: String,
    #[serde(flatten)]
    searched: Searched,
}

impl Record {
    /// The record of an export that did not get as far as a bundle.
    pub(super) fn unsettled(request: &Request, found: &Found) -> Self {
        let entry = |row: &Row| entry(&row.table, None, &row.record, &row.standing, &row.reason);
        Self {
            rows: found.rows.iter().map(entry).collect(),
            holds: found.holds.clone(),
            ..Self::new(request, &found.search, &found.notes)
        }
    }

    /// The record of a bundle.
    pub(super) fn settled(request: &Request, settled: &Settled, notes: &[String]) -> Self {
        let rows = settled.rows().iter();
        let taken = settled.redactions().iter();
        let left = settled.omissions().iter();
        Self {
            sealed: true,
            rows: rows
                .map(|r| entry(&r.table, Some(r.number), &r.record, &r.standing, &r.reason))
                .collect(),
            redactions: taken
                .map(|r| Taken { table: r.table.to_string(), redaction: r.clone() })
                .collect(),
            omissions: left
                .map(|o| Left { table: o.table.to_string(), omission: o.clone() })
                .collect(),
            ..Self::new(request, settled.search(), notes)
        }
    }

    fn new(request: &Request, search: &[Searched], notes: &[String]) -> Self {
        let seen = |s: &Searched| Seen { table: s.table.to_string(), searched: s.clone() };
        Self {
            reference: request.reference.clone(),
            received: request.received.to_string(),
            sealed: false,
            rows: Vec::new(),
            redactions: Vec::new(),
            omissions: Vec::new(),
            holds: Vec::new(),
            search: search.iter().map(seen).collect(),
            notes: notes.to_vec(),
            resolved: None,
            audit: None,
            clock: None,
        }
    }

    /// Adds what a case knows besides: how its holds were resolved, its audit chain, its clock.
    #[must_use]
    pub(super) fn of_case(self, log: Log, holds: Vec<HeldItem>, clock: Option<Clock>) -> Self {
        Self { resolved: Some(holds), audit: Some(log), clock, ..self }
    }
}

fn entry(
    table: &TableId,
    number: Option<u64>,
    record: &holdall_connector::Record,
    standing: &Standing,
    reason: &Trail,
) -> Entry {
    Entry {
        table: table.to_string(),
        number,
        at: place(&record.location),
        standing: match standing {
            Standing::Own => "own",
            Standing::Mentioned { .. } => "mentioned",
            Standing::Context => "context",
        },
        reason: reason.to_string(),
    }
}

/// Writes the record where the officer wants it, if they do: aside first, then renamed; readable by
/// its owner alone.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(out: Option<&Path>, record: &Record) -> Result<(), CommandError> {
    let Some(out) = out else { return Ok(()) };
    let failed = |error: &dyn std::error::Error| {
        CommandError::failed(&format!("cannot write the record `{}`", out.display()), error)
    };
    let mut file = bundle::temporary_file(destination::parent(out)).map_err(|e| failed(&e))?;
    serde_json::to_writer_pretty(&mut file, record).map_err(|e| failed(&e))?;
    file.write_all(b"\n").and_then(|()| file.flush()).map_err(|e| failed(&e))?;
    file.persist(out).map(drop).map_err(|e| failed(&e))
}

/// Takes the record of a bundle back that was not released after all.
pub(super) fn withdraw(out: Option<&Path>) {
    if let Some(out) = out {
        let _ = std::fs::remove_file(out);
    }
}
