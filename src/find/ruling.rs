//! What somebody has decided about doubtful rows: whose they are. A row is known again by its table,
//! its key and its content, so that a decision survives another search.

use std::collections::BTreeMap;
use std::fmt;

use holdall_connector::{Place, Record};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::conclude::other;
use super::facts::Facts;
use super::ownership::{Cause, Verdict};
use super::scope::Window;
use super::unmapped;
use super::{Found, Held, Inquiry, Row, Standing, Trail};
use crate::map::{Map, Table, TableId};

/// Whose a doubtful row is, as somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// The data subject's.
    Theirs,
    /// Somebody else's.
    NotTheirs,
}

impl Ruling {
    /// Returns what the ownership rule would have said.
    pub(super) fn verdict(self) -> Verdict {
        match self {
            Self::Theirs => Verdict::Own(Cause::Ruled),
            Self::NotTheirs => Verdict::Disowned,
        }
    }
}

/// By what a row is known again: a salted digest of its table, its primary key and its content, in
/// hexadecimal. Without the salt it tells nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowKey(String);

impl RowKey {
    /// Takes a key that [`as_str`](Self::as_str) gave.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the key of a row.
    pub fn of(salt: &[u8], table: &TableId, record: &Record) -> Self {
        let content = (&record.columns, &record.values);
        let parts = (&table.source, &table.table, key(record), content);
        Self(digest(salt, &parts))
    }

    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn key(record: &Record) -> Option<&[(String, String)]> {
    match &record.location.place {
        Place::Key(parts) => Some(parts),
        _ => None,
    }
}

/// Returns a salted digest of plain data: 128 bits in hexadecimal.
pub(crate) fn digest(salt: &[u8], parts: &impl Serialize) -> String {
    let mut hash = Sha256::new();
    hash.update((salt.len() as u64).to_le_bytes());
    hash.update(salt);
    // Plain values always serialise; where one did not, the digest would only fit nothing.
    hash.update(serde_json::to_vec(parts).unwrap_or_default());
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What somebody has decided about doubtful rows.
#[derive(Clone, Default)]
pub struct Rulings {
    salt: Vec<u8>,
    rows: BTreeMap<RowKey, Ruling>,
}

impl Rulings {
    /// Takes decisions about rows whose keys were made with this salt.
    pub fn new(salt: &[u8], rows: BTreeMap<RowKey, Ruling>) -> Self {
        Self { salt: salt.to_vec(), rows }
    }

    /// Returns what was decided about a row.
    pub fn of(&self, table: &TableId, record: &Record) -> Option<Ruling> {
        if self.rows.is_empty() {
            return None;
        }
        self.rows.get(&RowKey::of(&self.salt, table, record)).copied()
    }
}

impl fmt::Debug for Rulings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rulings({} rows)", self.rows.len())
    }
}

impl Found {
    /// Applies what was decided about the held rows: the person's join the rows, the others' values
    /// stay withheld. Returns whether a row that joined could lead to more: a search with these
    /// rulings has to follow it.
    pub fn rule(&mut self, inquiry: Inquiry<'_>, rulings: &Rulings) -> bool {
        let mut leads_on = false;
        for held in std::mem::take(&mut self.held) {
            let Some(table) = inquiry.map.table(&held.row.table) else { continue };
            match rulings.of(&held.row.table, &held.row.record) {
                None => self.held.push(held),
                Some(Ruling::Theirs) if held.is_found => {}
                Some(Ruling::Theirs) => leads_on |= self.join(inquiry, table, &held),
                Some(Ruling::NotTheirs) => self.disown(inquiry.map, table, &held),
            }
        }
        let open: Vec<_> = self.held.iter().map(|held| held.hold.clone()).collect();
        self.holds.retain(|hold| !is_about_row(hold) || open.contains(hold));
        leads_on
    }

    fn join(&mut self, inquiry: Inquiry<'_>, table: &Table, held: &Held) -> bool {
        let Inquiry { map, profile, request } = inquiry;
        let mut leads_on = map.tables().any(|other| {
            other.parents.iter().any(|p| p.table == table.id)
                || other.see.iter().any(|s| s.table == table.id)
        });
        for fact in Facts::of(map, table, &held.row.record).persons {
            let whole = !fact.kind.is_name() || fact.normal.contains(' ');
            let new = whole && self.subject.learn(map, &fact.kind, &fact.text);
            leads_on |= new && map.identifier(&fact.kind).pulls;
        }
        let row = Row {
            standing: Standing::Own,
            reason: Trail::ruled().to(&table.id),
            ..held.row.clone()
        };
        if Window::new(&request.scope, profile).leaves_out(table, &row.record) {
            self.aside.push(row);
            return leads_on;
        }
        self.holds.extend(unmapped::of_record(table, &row.record));
        let at = self.rows.partition_point(|other| place(map, other) <= place(map, &row));
        self.rows.insert(at, row);
        leads_on
    }

    fn disown(&mut self, map: &Map, table: &Table, held: &Held) {
        let same = |row: &Row| row.table == table.id && row.record == held.row.record;
        self.rows.retain(|row| !same(row));
        self.others.extend(other(map, table, &held.row.record));
        self.others.sort();
        self.others.dedup();
    }
}

/// Returns whether a hold is about one row.
fn is_about_row(hold: &super::Hold) -> bool {
    use super::HoldKind::{Ambiguous, Candidate, Joint};
    hold.table.is_some() && matches!(hold.kind, Ambiguous | Candidate | Joint)
}

fn place<'r>(map: &Map, row: &'r Row) -> (usize, &'r holdall_connector::Location) {
    let table = map.tables().position(|table| table.id == row.table);
    (table.unwrap_or(usize::MAX), &row.record.location)
}
