//! The audit chain: who did what, when and why, each entry hashed over the one before.
//!
//! SHA-256 over the previous hash and every field with its length. An entry that is edited, taken out,
//! put in or moved breaks the chain. The head (number and hash of the last entry) is kept apart from
//! the entries, so that cutting entries off the end shows too. Whoever can write the file, with its
//! key, can make a whole new chain that fits itself: against that, keep the head that `holdall audit`
//! prints, or the record exported at release, somewhere else and compare.

use rusqlite::{Connection, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::change::{By, get, set};
use super::{Case, Error};

/// The hash before the first entry.
const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, as an RFC 3339 timestamp in UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// What, as a JSON object; ids and counts, never a value.
    pub what: String,
    /// Why, in the words of who did it.
    pub why: Option<String>,
    /// The hash of the entry before.
    pub previous: String,
    /// SHA-256 over `previous` and this entry, in hexadecimal.
    pub hash: String,
}

/// The end of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Head {
    /// How many entries there are.
    pub entries: u64,
    /// The hash of the last.
    pub hash: String,
}

/// The audit chain of a case, verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Log {
    /// The entries in order.
    pub entries: Vec<Entry>,
    /// The end, as it is kept apart.
    pub head: Head,
    /// What is wrong with it; `None` if it is whole.
    pub broken: Option<Broken>,
}

/// Why a chain is not whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Broken {
    /// An entry is not as it was written, or not where it was.
    #[error("entry {0} is not as it was written, or entries before it were taken out or moved")]
    Entry(u64),
    /// Entries were cut off or put on at the end.
    #[error("the chain should end with entry {kept}, and ends with entry {found}")]
    End {
        /// As kept apart.
        kept: u64,
        /// As found.
        found: u64,
    },
    /// The last entry is another than the one kept apart.
    #[error("the last entry is not the one that was written last")]
    Head,
}

impl Entry {
    /// Returns the hash that the entry should have.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        let fields = [
            self.previous.as_str(),
            &self.seq.to_string(),
            &self.at,
            &self.who,
            &self.what,
            if self.why.is_some() { "why" } else { "" },
            self.why.as_deref().unwrap_or_default(),
        ];
        for field in fields {
            hash.update((field.len() as u64).to_le_bytes());
            hash.update(field);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Verifies entries against each other and against the head.
pub(super) fn verify(entries: &[Entry], head: &Head) -> Option<Broken> {
    let mut previous = START;
    for (at, entry) in entries.iter().enumerate() {
        let number = at as u64 + 1;
        if entry.seq != number || entry.previous != previous || entry.hash != entry.digest() {
            return Some(Broken::Entry(number));
        }
        previous = &entry.hash;
    }
    let found = entries.len() as u64;
    if found != head.entries {
        return Some(Broken::End { kept: head.entries, found });
    }
    (previous != head.hash).then_some(Broken::Head)
}

/// Adds an entry and moves the head.
pub(super) fn append(
    db: &Connection,
    by: &By,
    what: &serde_json::Value,
    why: Option<&str>,
) -> Result<(), Error> {
    let head = head(db)?;
    let mut entry = Entry {
        seq: head.entries + 1,
        at: by.at.to_string(),
        who: by.name.trim().to_owned(),
        what: what.to_string(),
        why: why.map(str::to_owned),
        previous: head.hash,
        hash: String::new(),
    };
    entry.hash = entry.digest();
    db.execute(
        "INSERT INTO audit (seq, at, who, what, why, previous, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![entry.seq, entry.at, entry.who, entry.what, entry.why, entry.previous, entry.hash],
    )?;
    set(db, "audit-entries", &entry.seq.to_string())?;
    set(db, "audit-hash", &entry.hash)
}

fn head(db: &Connection) -> Result<Head, Error> {
    let entries = super::change::number(db, "audit-entries")?;
    let hash = get(db, "audit-hash")?.unwrap_or_else(|| START.to_owned());
    Ok(Head { entries, hash })
}

impl Case {
    /// Returns the audit chain, verified.
    ///
    /// # Errors
    /// [`Error::Database`] if it cannot be read; a broken chain is no error here, see
    /// [`Log::broken`].
    pub fn audit(&self) -> Result<Log, Error> {
        let sql = "SELECT seq, at, who, what, why, previous, hash FROM audit ORDER BY rowid";
        let mut statement = self.db.prepare(sql)?;
        let entries = statement.query_map([], |row| {
            Ok(Entry {
                seq: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                what: row.get(3)?,
                why: row.get(4)?,
                previous: row.get(5)?,
                hash: row.get(6)?,
            })
        })?;
        let entries = entries.collect::<Result<Vec<_>, _>>()?;
        let head = head(&self.db)?;
        let broken = verify(&entries, &head);
        Ok(Log { entries, head, broken })
    }
}
