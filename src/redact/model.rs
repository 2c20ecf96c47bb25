//! What redaction proposes: spans with their grounds. Nothing is taken out here.

use std::fmt;
use std::ops::Range;

use holdall_connector::Path;
use serde::Serialize;

use crate::find::{Found, Standing};
use crate::map::TableId;

use super::forms::Withheld;

/// What was found, with what should be taken out of it.
#[derive(Debug)]
pub struct Proposed {
    /// What was found.
    pub found: Found,
    /// Spans to take out, in the order of rows, cells and offsets; none overlap.
    pub proposals: Vec<Proposal>,
    /// Tables and columns that the right exercised does not cover.
    pub omissions: Vec<Omission>,
    /// Values that must not occur in what leaves, in searchable form.
    pub withheld: Withheld,
}

/// One span to take out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// Index of the row in [`Found::rows`].
    pub row: usize,
    /// The cell: a JSON pointer (RFC 6901) into the record seen as an object.
    pub cell: String,
    /// What of the cell's text, in Unicode scalar values; `None` for the whole cell.
    pub span: Option<Range<usize>>,
    /// What it is: `person`, `email`, `credential`, `withheld`, … (the kinds of `holdall detect`).
    pub kind: String,
    /// What noticed it: `column`, `mention`, `known-person`, or the name of a detector.
    pub detector: &'static str,
    /// Whether it is certain or doubtful.
    pub confidence: Confidence,
    /// Under which ground.
    pub ground: Ground,
    /// Why, in plain words for the data subject; never the content.
    pub reason: String,
    /// What stands in its place.
    pub label: String,
}

/// How sure a proposal is. Ordered: doubtful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Redacted, and to be looked at first.
    Doubtful,
    /// Redacted.
    Certain,
}

/// The ground on which something is withheld: an exemption code, or why it is none of the right.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Ground(String);

impl Ground {
    /// Takes a code: `sch2-16`, `sch2-24`, `art20-4`, `security`.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// Returns the code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A table, or a column of it, that the right exercised does not cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Omission {
    /// The table.
    #[serde(skip)]
    pub table: TableId,
    /// The column; `None` for the whole table.
    pub column: Option<Path>,
    /// Which rows of the table it reaches.
    pub reach: Reach,
    /// Rows that had something to omit.
    pub count: u64,
    /// Under which ground.
    pub ground: Ground,
    /// Why, in plain words for the data subject.
    pub reason: String,
}

impl Omission {
    /// Returns whether rows of this standing are reached.
    pub fn applies_to(&self, standing: &Standing) -> bool {
        match self.reach {
            Reach::All => true,
            Reach::Mentioned => matches!(standing, Standing::Mentioned { .. }),
            Reach::Context => *standing == Standing::Context,
        }
    }
}

/// Which rows of a table an omission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// All of them.
    All,
    /// Those in somebody else's file.
    Mentioned,
    /// Those shown as context.
    Context,
}
