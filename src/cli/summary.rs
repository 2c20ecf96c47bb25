//! What came of an export: the text for people and the object for machines.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde::Serialize;

use super::error::{CommandError, Exit};
use crate::find::{Found, Hold, Searched, Status, Survey, Surveyed, place};
use crate::map::{Missing, TableId};
use crate::request::Request;
use crate::review::Settled;

/// What came of an export; the object that `--json` prints.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Outcome {
    status: State,
    reference: String,
    right: crate::request::Right,
    bundle: Option<PathBuf>,
    sha256: Option<String>,
    records: u64,
    redactions: u64,
    incomplete: bool,
    held: Vec<Hold>,
    search: Vec<Line>,
    notes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Sealed,
    Held,
    Incomplete,
    Failed,
}

/// One table of the search record.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Line {
    source: String,
    table: String,
    #[serde(flatten)]
    searched: Searched,
    skipped: Vec<Unreadable>,
}

/// A row that could not be read.
#[derive(Debug, Serialize)]
struct Unreadable {
    at: String,
    why: String,
}

/// A bundle that was written.
pub(super) struct Sealed {
    pub(super) bundle: PathBuf,
    pub(super) sha256: String,
}

impl Outcome {
    /// Begins with what was found.
    pub(super) fn of(request: &Request, found: &Found) -> Self {
        Self {
            status: State::Failed,
            reference: request.reference.clone(),
            right: request.right,
            bundle: None,
            sha256: None,
            records: 0,
            redactions: 0,
            incomplete: found.unread().next().is_some(),
            held: found.holds.clone(),
            search: found.search.iter().map(Line::of).collect(),
            notes: found.notes.clone(),
        }
    }

    /// A source was not read in full, and that was not allowed.
    pub(super) fn incomplete(mut self) -> Self {
        self.status = State::Incomplete;
        self
    }

    /// Somebody has to decide something.
    pub(super) fn held(mut self, holds: Vec<Hold>) -> Self {
        self.status = State::Held;
        self.held = holds;
        self
    }

    /// A bundle was written.
    pub(super) fn sealed(mut self, sealed: Sealed, settled: &Settled) -> Self {
        self.status = State::Sealed;
        self.bundle = Some(sealed.bundle);
        self.sha256 = Some(sealed.sha256);
        self.records = settled.rows().len() as u64;
        self.redactions = settled.redactions().len() as u64;
        self
    }

    /// Returns the exit code.
    pub(super) fn exit(&self) -> Exit {
        match self.status {
            State::Sealed => Exit::Ok,
            State::Held => Exit::Held,
            State::Incomplete => Exit::Incomplete,
            State::Failed => Exit::Failed,
        }
    }

    /// Returns the text for a person.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.write_heading(&mut text);
        self.write_search(&mut text);
        for note in &self.notes {
            let _ = writeln!(text, "note: {note}");
        }
        self.write_held(&mut text);
        self.write_next(&mut text);
        text.trim_end().to_owned()
    }

    /// Returns what was searched, for a person.
    pub(super) fn search_text(&self) -> String {
        let mut text = String::new();
        self.write_search(&mut text);
        text
    }

    fn write_heading(&self, text: &mut String) {
        let _ = match (self.status, &self.bundle) {
            (State::Sealed, Some(bundle)) => writeln!(
                text,
                "Sealed {} ({}, {})",
                bundle.display(),
                count(self.records, "record", "records"),
                count(self.redactions, "redaction", "redactions"),
            ),
            (State::Held, _) => writeln!(
                text,
                "Held: {} to make before anything is released. No bundle was written.",
                count(self.held.len() as u64, "decision", "decisions"),
            ),
            (State::Incomplete, _) => {
                writeln!(text, "Incomplete: a source was not read in full. No bundle was written.",)
            }
            _ => Ok(()),
        };
        if let Some(sha256) = &self.sha256 {
            let _ = writeln!(text, "SHA-256 {sha256}");
        }
        if self.incomplete && self.status == State::Sealed {
            let _ = writeln!(text, "warning: a source was not read in full; the bundle says so");
        }
    }

    fn write_search(&self, text: &mut String) {
        let name = |line: &Line| format!("{}.{}", line.source, line.table);
        let width = self.search.iter().map(|line| name(line).chars().count()).max().unwrap_or(0);
        for line in &self.search {
            let _ = writeln!(text, "  {:width$}  {}", name(line), line.words());
            for row in line.skipped.iter().take(20) {
                let _ = writeln!(text, "  {:width$}    {}: {}", "", row.at, row.why);
            }
            if line.skipped.len() > 20 {
                let more = line.skipped.len() - 20;
                let _ = writeln!(text, "  {:width$}    and {more} more", "");
            }
        }
    }

    /// Writes the holds; of many that are alike the first few and their number.
    fn write_held(&self, text: &mut String) {
        const SHOWN: usize = 20;
        let mut alike: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
        for hold in &self.held {
            let count = alike.entry((hold.table.as_deref(), &hold.why)).or_default();
            *count += 1;
            if *count <= SHOWN {
                write_hold(text, hold);
            }
        }
        for ((table, why), count) in alike.into_iter().filter(|(_, count)| *count > SHOWN) {
            let table = table.map(|table| format!("{table}: ")).unwrap_or_default();
            let more = count - SHOWN;
            let _ = writeln!(text, "held: {table}{more} more like these: {why}");
        }
    }

    fn write_next(&self, text: &mut String) {
        if self.status == State::Incomplete {
            text.push_str("hint: mend the source and run the export again; or pass --allow-incomplete, and the bundle will say what is missing\n");
        }
    }
}

fn write_hold(text: &mut String, hold: &Hold) {
    let place: Vec<&str> =
        [hold.table.as_deref(), hold.at.as_deref()].into_iter().flatten().collect();
    let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
    let _ = writeln!(text, "held: {place}{}\n      next: {}", hold.why, hold.next);
}

impl Line {
    fn of(searched: &Searched) -> Self {
        let TableId { source, table } = searched.table.clone();
        let unreadable = |s: &holdall_connector::Skipped| Unreadable {
            at: place(&s.location),
            why: s.why.clone(),
        };
        Self {
            source,
            table,
            skipped: searched.skipped.iter().map(unreadable).collect(),
            searched: searched.clone(),
        }
    }

    fn words(&self) -> String {
        let searched = &self.searched;
        let why = || searched.why.as_deref().unwrap_or_default();
        let mut words = match searched.status {
            Status::Found => count(searched.found, "record", "records"),
            Status::NothingFound => "nothing found".to_owned(),
            Status::NotAsked => "nothing to ask for".to_owned(),
            Status::OutOfScope => "outside the scope of the request".to_owned(),
            Status::Failed if searched.found == 0 => format!("not read in full: {}", why()),
            Status::Failed => {
                let found = count(searched.found, "record", "records");
                format!("{found}; not read in full: {}", why())
            }
        };
        if searched.namesakes > 0 {
            let people = count(searched.namesakes, "record", "records");
            let _ = write!(words, "; {people} of a namesake left out");
        }
        if searched.out_of_scope > 0 {
            let _ = write!(words, "; {} outside the dates asked for", searched.out_of_scope);
        }
        words
    }
}

/// Returns "1 record", "2 records".
pub(super) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Returns the object that `--json` prints when a command could not go on.
pub(super) fn failure(error: &CommandError) -> impl Serialize {
    serde_json::json!({ "status": "failed", "error": error.message, "hints": error.hints })
}

/// Returns the mapped columns that a source lacks.
pub(super) fn missing(survey: &Survey) -> Vec<Missing> {
    let of_table = |table: &Surveyed| {
        let errors = table.missing.clone().into_iter().filter(|m| m.is_error);
        let table = table.table.clone();
        errors.map(move |m| Missing { table: table.clone(), column: m.column, nearest: m.nearest })
    };
    survey.tables.iter().flat_map(of_table).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::HoldKind;

    fn hold(table: &str, at: usize, why: &str) -> Hold {
        Hold {
            kind: HoldKind::Candidate,
            table: Some(table.into()),
            at: Some(format!("row {at}")),
            why: why.into(),
            next: "say whose it is".into(),
        }
    }

    fn held(holds: Vec<Hold>) -> String {
        let outcome = Outcome {
            status: State::Failed,
            reference: "2026-0001".into(),
            right: crate::request::Right::Access,
            bundle: None,
            sha256: None,
            records: 0,
            redactions: 0,
            incomplete: false,
            held: Vec::new(),
            search: Vec::new(),
            notes: Vec::new(),
        };
        outcome.held(holds).text()
    }

    #[test]
    fn many_holds_that_are_alike_are_said_by_their_number() {
        let mut holds: Vec<Hold> = (1..=23).map(|at| hold("crm.people", at, "a name")).collect();
        holds.push(hold("crm.people", 1, "another reason"));
        holds.extend((1..=20).map(|at| hold("hr.staff", at, "a name")));
        let text = held(holds);
        let shown = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(shown("Held: 44 decisions"), 1, "{text}");
        assert_eq!(shown("held: crm.people, row"), 21, "{text}");
        assert!(text.contains("held: crm.people, row 20: a name\n"), "{text}");
        assert!(!text.contains("row 21"), "{text}");
        assert!(text.contains("held: crm.people, row 1: another reason\n"), "{text}");
        assert!(text.contains("held: crm.people: 3 more like these: a name"), "{text}");
        assert_eq!(shown("held: hr.staff, row"), 20, "{text}");
        assert!(!text.contains("hr.staff: "), "twenty are not too many: {text}");
    }
}
