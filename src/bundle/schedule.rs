//! `redactions.csv`: what was withheld, where and why, never what it was. `search.csv`: what
//! became of every source.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::find::{Searched, Status};
use crate::map::TableId;
use crate::redact::Reach;
use crate::redact::forms::Where;
use crate::review::Settled;

use super::cell::neutralise;
use super::pack::Contents;
use super::sheet::{Sheet, csv_writer};
use super::{grounds, words};

/// The columns of `redactions.csv`, with what they mean.
pub(super) const REDACTIONS: [(&str, &str); 13] = [
    ("number", "Running number"),
    ("source", "The source"),
    ("table", "The table of the source"),
    ("file", "The file in this bundle; empty if nothing of the table is in it"),
    ("row", "The row of that file, the first below the header being 1; empty for all rows"),
    ("column", "The column; empty for whole rows"),
    ("cell", "The cell as a JSON pointer (RFC 6901) into the row; empty for whole columns or rows"),
    ("extent", "What was withheld: part of a cell, whole cell, column, or rows"),
    ("rows_affected", "How many rows had something to withhold"),
    ("kind", "What sort of content it was"),
    ("ground", "The ground, as a code"),
    ("reason", "The reason in plain words"),
    ("label", "What stands in its place"),
];

/// The columns of `search.csv`, with what they mean.
pub(super) const SEARCH: [(&str, &str); 10] = [
    ("source", "The source"),
    ("table", "The table of the source"),
    ("status", "How the search ended"),
    ("records_found", "Records found"),
    ("searched_by", "The kinds of identifier that it was searched by"),
    ("read", "How much was read: bytes of files, rows of databases"),
    ("outside_dates", "Your records outside the dates that you asked for"),
    ("other_people_same_name", "Records that are another person's of the same name"),
    ("rows_not_readable", "Rows that could not be read, by file and line"),
    ("why", "Why it was not searched in full"),
];

/// Writes `redactions.csv`: one line a redaction, then one a table or column that the right
/// exercised does not cover.
///
/// # Errors
/// Those of the writer.
pub(super) fn redactions(
    out: &mut dyn Write,
    settled: &Settled,
    sheets: &[Sheet<'_>],
) -> io::Result<()> {
    let files: HashMap<&TableId, String> = sheets.iter().map(|s| (s.id, s.csv_path())).collect();
    let file = |id: &TableId| files.get(id).cloned().unwrap_or_default();
    let mut lines = Lines::start(out, &REDACTIONS)?;
    for (at, r) in settled.redactions().iter().enumerate() {
        lines.write(&[
            (at + 1).to_string(),
            r.table.source.clone(),
            r.table.table.clone(),
            file(&r.table),
            r.row.to_string(),
            column(&r.cell),
            r.cell.clone(),
            if r.whole { "whole cell" } else { "part of a cell" }.to_owned(),
            "1".to_owned(),
            r.kind.clone(),
            r.ground.code().to_owned(),
            r.reason.clone(),
            r.label.clone(),
        ])?;
    }
    for (at, o) in settled.omissions().iter().enumerate() {
        let extent = match (&o.column, o.reach) {
            (Some(_), _) => "column",
            (None, Reach::All) => "all rows",
            (None, Reach::Mentioned) => "rows in other people's files",
            (None, Reach::Context) => "rows shown as context",
        };
        lines.write(&[
            (settled.redactions().len() + at + 1).to_string(),
            o.table.source.clone(),
            o.table.table.clone(),
            file(&o.table),
            String::new(),
            o.column.as_ref().map(ToString::to_string).unwrap_or_default(),
            String::new(),
            extent.to_owned(),
            o.count.to_string(),
            "outside-this-right".to_owned(),
            o.ground.code().to_owned(),
            o.reason.clone(),
            String::new(),
        ])?;
    }
    lines.finish()
}

/// Returns the column that a JSON pointer leads to: its keys joined by dots, as in the CSV header.
fn column(pointer: &str) -> String {
    let keys = pointer.strip_prefix('/').unwrap_or(pointer).split('/');
    let keys: Vec<String> = keys.map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    keys.join(".")
}

/// Writes `search.csv`: one line a table.
///
/// # Errors
/// Those of the writer.
pub(super) fn search(out: &mut dyn Write, settled: &Settled) -> io::Result<()> {
    let mut lines = Lines::start(out, &SEARCH)?;
    for s in settled.search() {
        lines.write(&[
            s.table.source.clone(),
            s.table.table.clone(),
            words::status(s.status).to_owned(),
            s.found.to_string(),
            terms(s),
            s.read.to_string(),
            s.out_of_scope.to_string(),
            s.namesakes.to_string(),
            unreadable(s, settled).join("; "),
            why(s, settled).unwrap_or_default().to_owned(),
        ])?;
    }
    lines.finish()
}

/// Returns the kinds of identifier that a table was searched by.
pub(super) fn terms(searched: &Searched) -> String {
    let terms: Vec<&str> = searched.terms.iter().map(crate::map::Kind::as_str).collect();
    terms.join(", ")
}

/// Returns why a table was not searched in full, without the name of a file that names somebody.
pub(super) fn why<'s>(searched: &'s Searched, settled: &Settled) -> Option<&'s str> {
    let why = searched.why.as_deref()?;
    Some(if tells(why, settled) { "a part of it could not be read" } else { why })
}

/// Returns whether the text has something withheld in it.
fn tells(text: &str, settled: &Settled) -> bool {
    settled.withheld().find(text, Where::Page).is_some()
}

/// Returns where each unreadable row stood, and why it could not be read; a file whose name has
/// something withheld in it is not named.
pub(super) fn unreadable(searched: &Searched, settled: &Settled) -> Vec<String> {
    searched
        .skipped
        .iter()
        .map(|skipped| {
            let file = skipped.location.file.as_deref().unwrap_or("the table");
            let file = if tells(file, settled) { "a file" } else { file };
            let place = match &skipped.location.place {
                holdall_connector::Place::Line { line, .. } => format!("{file}:{line}"),
                other => format!("{file} {other:?}"),
            };
            format!("{place}: {}", skipped.why)
        })
        .collect()
}

/// Returns whether the table was not searched in full, unreadable rows included.
pub(super) fn is_short(searched: &Searched) -> bool {
    searched.status == Status::Failed || !searched.skipped.is_empty()
}

/// Returns whether some of the person's data may be missing: a source or a row was not read.
pub(super) fn is_incomplete(contents: &Contents<'_>) -> bool {
    contents.incomplete || contents.settled.search().iter().any(is_short)
}

/// Writes lines of neutralised cells under a header.
struct Lines<'w>(csv::Writer<&'w mut dyn Write>);

impl<'w> Lines<'w> {
    fn start(out: &'w mut dyn Write, columns: &[(&str, &str)]) -> io::Result<Self> {
        let mut writer = csv_writer(out);
        writer.write_record(columns.iter().map(|(name, _)| name))?;
        Ok(Self(writer))
    }

    fn write<const N: usize>(&mut self, cells: &[String; N]) -> io::Result<()> {
        Ok(self.0.write_record(cells.iter().map(|cell| neutralise(cell).into_owned()))?)
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Returns each (ground, reason) of the redactions with its count and the kinds, in the order in
/// which they first occur.
pub(super) fn grouped(settled: &Settled) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: HashMap<(&str, &str), usize> = HashMap::new();
    for r in settled.redactions() {
        let at = *index.entry((r.ground.code(), &r.reason)).or_insert_with(|| {
            groups.push(Group {
                ground: grounds::title(&r.ground),
                reason: r.reason.clone(),
                count: 0,
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.count += 1;
        }
    }
    groups
}

/// Redactions that share a ground and a reason.
pub(super) struct Group {
    /// The ground in words.
    pub(super) ground: String,
    /// The reason.
    pub(super) reason: String,
    /// How many there are.
    pub(super) count: u64,
}
