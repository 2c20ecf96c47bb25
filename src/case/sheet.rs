//! Decisions as a table for a spreadsheet, and back. A table with one wrong row changes nothing.

use std::collections::BTreeMap;
use std::io::Write;

use rusqlite::OptionalExtension;
use serde::Serialize;
use serde_json::json;

use super::change::{By, Change, Revision};
use super::decide::decide_where;
use super::queue::{Filter, QueueItem, State};
use super::{Case, Error, holds};
use crate::bundle::cell::{neutralise, restore};
use crate::review::Decision;

/// The columns; of a table that comes back, `id`, `revision`, `decision`, `ground` and `reason`
/// count.
const COLUMNS: [&str; 17] = [
    "id",
    "revision",
    "decision",
    "ground",
    "reason",
    "state",
    "alike",
    "source",
    "table",
    "place",
    "cell",
    "kind",
    "confidence",
    "before",
    "value",
    "after",
    "label",
];

/// A row of a table of decisions that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Its line, as a text editor counts.
    pub line: u64,
    /// Its id, if it looks like one.
    pub id: Option<String>,
    /// What is wrong; never a value.
    pub why: String,
}

impl Case {
    /// Writes what there is to decide as CSV for a spreadsheet: one row an item, or one for all that
    /// are alike. Cells that would run are neutralised. Returns how many rows were written.
    ///
    /// # Errors
    /// [`Error::NoTable`] if the writer fails.
    pub fn export_decisions(&self, out: &mut dyn Write) -> Result<u64, Error> {
        let failed = |error: &dyn std::error::Error| Error::NoTable(error.to_string());
        let revision = self.revision()?;
        out.write_all("\u{FEFF}".as_bytes()).map_err(|e| failed(&e))?;
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS).map_err(|e| failed(&e))?;
        let (mut after, mut written) = (None, 0);
        loop {
            let page = self.queue(&Filter::default(), after, 500)?;
            for item in &page.items {
                writer.write_record(cells(item, revision)).map_err(|e| failed(&e))?;
                written += 1;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        writer.flush().map_err(|e| failed(&e))?;
        Ok(written)
    }

    /// Takes decisions from a table that [`export_decisions`](Self::export_decisions) wrote and
    /// somebody filled in: `decision` is `redact`, `keep` or `undecided`; blank leaves it as it is.
    /// Commas or semicolons, UTF-8 or Windows-1252. Returns how many items were changed.
    ///
    /// # Errors
    /// [`Error::Rejected`] with every wrong row: unknown, changed since, decided twice in
    /// different ways, without a reason. Nothing is changed then.
    pub fn import_decisions(&mut self, table: &[u8], by: &By) -> Result<u64, Error> {
        let rows = parse(table)?;
        self.decision(by, |change| {
            let plan = check(change, &rows)?;
            let mut changed = 0;
            for (group, (decision, _)) in &plan {
                let seen = Revision(change.rev);
                changed += decide_where(change, "grp = ?1", group, decision, seen)?;
            }
            for (decision, groups) in words(&plan) {
                let what = json!({ "imported": { "decision": decision.0, "ground": decision.1,
                    "items": groups } });
                change.log(&what, decision.2.as_deref())?;
            }
            Ok(changed)
        })
    }
}

type Words = (&'static str, Option<String>, Option<String>);

/// Returns the ids decided by each decision, for the log.
fn words(plan: &Plan) -> BTreeMap<Words, Vec<&str>> {
    let mut all: BTreeMap<Words, Vec<&str>> = BTreeMap::new();
    for (decision, row) in plan.values() {
        let word = match decision {
            Decision::Undecided => ("undecided", None, None),
            Decision::Redact { ground } => ("redact", ground.clone(), None),
            Decision::Keep { reason } => ("keep", None, Some(reason.clone())),
        };
        all.entry(word).or_default().push(&row.id);
    }
    all
}

fn cells(item: &QueueItem, revision: Revision) -> Vec<String> {
    let decision = match item.status.state {
        State::Open | State::ByPolicy => "",
        State::Redacted => "redact",
        State::Kept => "keep",
    };
    let state = match item.status.state {
        State::Open => "to decide",
        State::ByPolicy => "redacted by policy",
        State::Redacted => "redacted",
        State::Kept => "kept",
    };
    let doubtful = item.confidence == crate::redact::Confidence::Doubtful;
    let all = [
        item.id.to_string(),
        revision.0.to_string(),
        decision.to_owned(),
        item.ground.clone(),
        item.status.why.clone().unwrap_or_default(),
        state.to_owned(),
        item.alike.to_string(),
        item.source.clone(),
        item.table.clone(),
        item.place.clone(),
        item.cell.clone(),
        item.kind.clone(),
        if doubtful { "doubtful" } else { "certain" }.to_owned(),
        item.before.clone(),
        item.value.clone(),
        item.after.clone(),
        item.label.clone(),
    ];
    all.iter().map(|cell| neutralise(cell).into_owned()).collect()
}

/// A row as it came back.
#[derive(Clone)]
struct Line {
    line: u64,
    id: String,
    revision: String,
    decision: String,
    ground: String,
    reason: String,
}

fn parse(table: &[u8]) -> Result<Vec<Line>, Error> {
    let text = match std::str::from_utf8(table) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(table).0,
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| (head.bytes().filter(|byte| byte == d).count(), std::cmp::Reverse(*d)));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| no_table("its first row does not read"))?.clone();
    let column = |name: &str| {
        let at = headers.iter().position(|head| head.trim().eq_ignore_ascii_case(name));
        at.ok_or_else(|| no_table(&format!("it has no column `{name}`")))
    };
    let (id, revision, decision) = (column("id")?, column("revision")?, column("decision")?);
    let (ground, reason) = (column("ground")?, column("reason")?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, |position| line_of(text, position));
            no_table(&format!("line {line} does not read"))
        })?;
        let cell = |at: usize| restore(record.get(at).unwrap_or_default()).trim().to_owned();
        rows.push(Line {
            line: record.position().map_or(0, |position| line_of(text, position)),
            id: cell(id),
            revision: cell(revision),
            decision: cell(decision).to_lowercase(),
            ground: cell(ground),
            reason: cell(reason),
        });
    }
    Ok(rows)
}

/// Returns the line on which a record starts. The reader takes the line break before it for its own.
fn line_of(text: &str, position: &csv::Position) -> u64 {
    let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let breaks = before.matches('\n').count() + usize::from(after.starts_with('\n'));
    breaks as u64 + 1
}

fn no_table(why: &str) -> Error {
    Error::NoTable(why.to_owned())
}

/// By group, what is decided and the row that says so.
type Plan = BTreeMap<String, (Decision, Line)>;

fn check(change: &Change<'_>, rows: &[Line]) -> Result<Plan, Error> {
    let mut plan = Plan::new();
    let mut rejected = Vec::new();
    for row in rows {
        match one(change, row)? {
            Ok(None) => {}
            Ok(Some((group, decision))) => match plan.get(&group) {
                Some((other, line)) if *other != decision => {
                    rejected.push(reject(
                        row,
                        format!("it is decided otherwise in line {}", line.line),
                    ));
                }
                _ => drop(plan.insert(group, (decision, row.clone()))),
            },
            Err(why) => rejected.push(reject(row, why)),
        }
    }
    if rejected.is_empty() { Ok(plan) } else { Err(Error::Rejected(rejected)) }
}

fn reject(row: &Line, why: String) -> Rejected {
    let is_id = row.id.len() == 32 && row.id.bytes().all(|byte| byte.is_ascii_hexdigit());
    Rejected { line: row.line, id: is_id.then(|| row.id.clone()), why }
}

/// Returns what a row decides: nothing if it says nothing new; the inner error is what is wrong.
fn one(
    change: &Change<'_>,
    row: &Line,
) -> Result<Result<Option<(String, Decision)>, String>, Error> {
    let sql = "SELECT grp, kind, decision, COALESCE(chosen, ground), why, \
        (SELECT MAX(a.rev) FROM items a WHERE a.grp = items.grp) FROM items WHERE id = ?1";
    let found: Option<(String, String, i64, String, Option<String>, u64)> = change
        .db
        .query_row(sql, [&row.id], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?))
        })
        .optional()?;
    let Some((group, kind, now, ground, why, rev)) = found else {
        return Ok(Err("there is no such item in this case".into()));
    };
    let Ok(seen) = row.revision.parse::<u64>() else {
        return Ok(Err("the revision is no number: take the one that was exported".into()));
    };
    let chosen = (!row.ground.is_empty() && row.ground != ground).then(|| row.ground.clone());
    let decision = match row.decision.as_str() {
        "" => return Ok(Ok(None)),
        "undecided" => Decision::Undecided,
        "redact" => Decision::Redact { ground: chosen.clone() },
        "keep" => Decision::Keep { reason: row.reason.clone() },
        _ => return Ok(Err("the decision is none of `redact`, `keep`, `undecided`".into())),
    };
    let same = match &decision {
        Decision::Undecided => now == 0,
        Decision::Redact { .. } => now == 1 && chosen.is_none(),
        Decision::Keep { reason } => now == 2 && why.as_deref() == Some(reason),
    };
    if same {
        return Ok(Ok(None));
    }
    if rev > seen {
        return Ok(Err("it was decided otherwise since the table was exported".into()));
    }
    match decision.check(&kind, holds::right(change.db)?) {
        Ok(()) => Ok(Ok(Some((group, decision)))),
        Err(refusal) => Ok(Err(refusal.to_string())),
    }
}
