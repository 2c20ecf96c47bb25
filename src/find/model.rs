//! What a search finds: rows with their standing and reasons, keys, other people, holds, and the
//! record of what was searched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use holdall_connector::{Path, Record, Skipped};
use serde::{Deserialize, Serialize};

use super::trail::Trail;
use crate::map::{Kind, Map, TableId};

/// Everything that was found for one person.
#[derive(Debug)]
pub struct Found {
    /// The rows, in the order of the map's tables and of the records in each.
    pub rows: Vec<Row>,
    /// Rows outside the dates that the request is limited to. They are not given out; what they
    /// say of other people stays withheld in the rows that are.
    pub aside: Vec<Row>,
    /// The person's own identifiers, given or learned.
    pub subject: Identity,
    /// Other people whose rows were seen on the way: none of their values may leave.
    pub others: Vec<Other>,
    /// What has to be decided before anything leaves.
    pub holds: Vec<Hold>,
    /// The rows that some of the holds are about, so that somebody can decide whose they are.
    pub held: Vec<Held>,
    /// What was searched: one entry a table, in the order of the map.
    pub search: Vec<Searched>,
    /// What the officer should know and that does not stop a release.
    pub notes: Vec<String>,
    /// Who of the people that texts name is known ([`look_up`](super::look_up)).
    pub roster: Roster,
}

/// Who of the people whom the person's texts name is known to the organisation, by their names as
/// the texts have them. `Debug` shows counts.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Those in a column of names of people.
    pub people: BTreeSet<String>,
    /// Those in a column of staff, each with the role that stands beside, if the map says where.
    pub staff: BTreeMap<String, Option<String>>,
}

impl fmt::Debug for Roster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roster({} people, {} staff)", self.people.len(), self.staff.len())
    }
}

/// A row of which it is doubtful whose it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// What is doubtful.
    pub hold: Hold,
    /// The row.
    pub row: Row,
    /// Whether the row is among those found all the same.
    pub is_found: bool,
}

/// A found row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Its table.
    pub table: TableId,
    /// The record as the source has it.
    pub record: Record,
    /// In what way it concerns the person.
    pub standing: Standing,
    /// Why it is here.
    pub reason: Trail,
}

/// In what way a row concerns the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is the person's.
    Own,
    /// It is somebody else's file that mentions the person through these columns: only the
    /// mention and what concerns it may leave.
    Mentioned {
        /// The `mentions` columns that hold a key of the person.
        by: Vec<Path>,
    },
    /// It explains a row of the person's.
    Context,
}

/// The values that identify one person: by kind, normal form → the spellings seen. `Debug` shows
/// counts alone.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identity {
    keys: BTreeMap<Kind, BTreeMap<String, BTreeSet<String>>>,
}

impl Identity {
    /// Adds a value; returns whether its normal form is new. A value that has none is ignored.
    pub fn learn(&mut self, map: &Map, kind: &Kind, text: &str) -> bool {
        let Some(normal) = map.identifier(kind).compare.normalise(text) else { return false };
        let forms = self.keys.entry(kind.clone()).or_default();
        let new = !forms.contains_key(&normal);
        forms.entry(normal).or_default().insert(text.trim().to_owned());
        new
    }

    /// Returns whether the value, normalised, is one of this person's.
    pub fn has(&self, map: &Map, kind: &Kind, text: &str) -> bool {
        map.identifier(kind)
            .compare
            .normalise(text)
            .is_some_and(|n| self.normal(kind).is_some_and(|forms| forms.contains_key(&n)))
    }

    /// Returns the normal forms of one kind with the spellings of each.
    pub fn normal(&self, kind: &Kind) -> Option<&BTreeMap<String, BTreeSet<String>>> {
        self.keys.get(kind)
    }

    /// Returns every kind with every spelling.
    pub fn spellings(&self) -> impl Iterator<Item = (&Kind, &str)> {
        self.keys.iter().flat_map(|(kind, forms)| {
            forms.values().flatten().map(move |text| (kind, text.as_str()))
        })
    }

    /// Returns the kinds that have a value.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.keys.keys()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.keys.iter().map(|(k, v)| (k.as_str(), v.len()))).finish()
    }
}

/// Another person whose row was seen: the identifying values of that row. `Debug` shows a count.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Other {
    /// Kind and value as the source has it.
    pub values: Vec<(Kind, String)>,
}

impl fmt::Debug for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Other({} values)", self.values.len())
    }
}

/// Something that has to be decided before anything leaves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hold {
    /// What sort of decision.
    pub kind: HoldKind,
    /// The table it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The column or record it is about: a column name, or a location without values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What is doubtful, in plain words; never a value.
    pub why: String,
    /// What to do next.
    pub next: String,
}

/// What sort of decision a hold waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoldKind {
    /// The person's identity has not been verified.
    Identity,
    /// A column of the source is not in the map.
    Unmapped,
    /// A row matches one identifier and contradicts another.
    Ambiguous,
    /// A row has the name in common and nothing else.
    Candidate,
    /// A row names two holders, one of them not known to be the person.
    Joint,
    /// The exemption named does not restrict this right.
    Exemption,
    /// A professional has to say whether giving it would cause serious harm (DPA 2018 Sch 3).
    Opinion,
    /// Somebody has to look by hand: CCTV, paper.
    Manual,
    /// Whether people whom texts name are known could not be looked up.
    Roster,
    /// An outside recogniser did not answer as it should.
    Recogniser,
    /// Somebody asked not to be named: what is told of them has to be read.
    Refused,
}

/// What became of one table in the search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Searched {
    /// The table.
    #[serde(skip, default = "no_table")]
    pub table: TableId,
    /// How the search ended.
    pub status: Status,
    /// By which kinds of identifier it was asked.
    pub terms: BTreeSet<Kind>,
    /// Rows included: the person's own, mentions and context.
    pub found: u64,
    /// The person's rows outside the dates of the request.
    pub out_of_scope: u64,
    /// Rows with the same name that are another person's.
    pub namesakes: u64,
    /// Bytes or rows read.
    pub read: u64,
    /// Rows that could not be read.
    #[serde(skip)]
    pub skipped: Vec<Skipped>,
    /// Why it failed or was left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

fn no_table() -> TableId {
    TableId { source: String::new(), table: String::new() }
}

/// How the search of a table ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Read in full; rows were found.
    Found,
    /// Read in full; nothing was found.
    NothingFound,
    /// Not asked: no key of a kind it knows came up, or the rows it hangs on were not found.
    NotAsked,
    /// Left out by the request's scope.
    OutOfScope,
    /// Not read in full.
    Failed,
}

impl Found {
    /// Returns the tables that were not read in full.
    pub fn unread(&self) -> impl Iterator<Item = &Searched> {
        self.search.iter().filter(|s| s.status == Status::Failed)
    }
}
