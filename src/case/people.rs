//! The register of other people in a case. Each is known again by their values, so that the label
//! in the answer stays when the sources are collected again.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde_json::json;

use super::change::{By, Change, Revision};
use super::refresh::{Current, lead_groups, values_by_label};
use super::{Case, Error};
use crate::redact::forms::skeleton;
use crate::redact::{Label, Proposal};
use crate::review::{Consent, ConsentState, Decision, PartyRole, Refusal, party_of};

/// The most people that can be chosen from.
const CHOICES: u64 = 2_000;

/// The number of a person in the register.
pub type PartyId = i64;

/// Another person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Party {
    /// Their number in the register.
    pub id: PartyId,
    /// What stands in the place of their name: `[Person A]`.
    pub label: String,
    /// The values by which they are known, the longest name first.
    pub aliases: Vec<Alias>,
    /// What they are to the case.
    pub role: PartyRole,
    /// Whether they were asked, and what they said.
    pub consent: Option<Consent>,
    /// A note.
    pub note: Option<String>,
    /// Items that stand for them.
    pub items: u64,
    /// Of these, those that are kept.
    pub kept: u64,
    /// Of these, the doubtful ones that nobody decided.
    pub open: u64,
    /// When they were changed last.
    pub rev: Revision,
}

/// Somebody to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Their number in the register.
    pub id: PartyId,
    /// What stands in the place of their name.
    pub label: String,
    /// The first value by which they are known.
    pub name: Option<String>,
}

/// A value by which somebody is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Alias {
    /// What it is: `person` for a name, else the kind of identifier.
    pub kind: String,
    /// The value.
    pub text: String,
}

impl Case {
    /// Returns the register, in the order of the labels; people merged into others are left out.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn people(&self) -> Result<Vec<Party>, Error> {
        self.people_page(0, usize::MAX)
    }

    /// Returns a page of the register: at most so many people, after the first `from`.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn people_page(&self, from: usize, limit: usize) -> Result<Vec<Party>, Error> {
        let sql = "SELECT id FROM parties WHERE merged_into IS NULL ORDER BY word, number \
            LIMIT ?1 OFFSET ?2";
        let mut statement = self.db.prepare(sql)?;
        let bound = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let ids = statement.query_map([bound(limit), bound(from)], |row| row.get(0))?;
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        ids.into_iter().map(|id| self.party(id)).collect()
    }

    /// Returns everybody by their label and the first value by which they are known, to choose from;
    /// nothing is counted.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn people_to_choose(&self) -> Result<Vec<Named>, Error> {
        let sql = "SELECT p.id, p.word, p.number, (SELECT text FROM aliases WHERE party = p.id \
            ORDER BY kind <> 'person', LENGTH(text) DESC, kind, text LIMIT 1) \
            FROM parties p WHERE merged_into IS NULL ORDER BY word, number LIMIT ?1";
        let mut statement = self.db.prepare(sql)?;
        let all = statement.query_map([CHOICES], |row| {
            let label = Label { word: row.get(1)?, number: row.get(2)?, kind: None };
            Ok(Named { id: row.get(0)?, label: label.to_string(), name: row.get(3)? })
        })?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Returns one person.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    pub fn party(&self, id: PartyId) -> Result<Party, Error> {
        let mut party = read(&self.db, id)?.ok_or(Error::Unknown("person"))?;
        party.aliases = aliases(&self.db, id)?;
        let sql = "SELECT COUNT(*), COALESCE(SUM(decision = 2), 0), \
            COALESCE(SUM(doubtful = 1 AND decision = 0), 0) FROM items WHERE party = ?1";
        (party.items, party.kept, party.open) =
            self.db.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(party)
    }

    /// Records what somebody is to the case, their consent, a note.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`], [`Error::Over`].
    pub fn describe_party(
        &mut self,
        id: PartyId,
        role: PartyRole,
        consent: Option<Consent>,
        note: Option<&str>,
        seen: Revision,
        by: &By,
    ) -> Result<(), Error> {
        self.decision(by, |change| {
            fresh(change, id, seen)?;
            let sql = "UPDATE parties SET role = ?2, consent = ?3, consent_on = ?4, note = ?5, \
                rev = ?6 WHERE id = ?1";
            let state = consent.map(|consent| consent.state.as_str());
            let on = consent.map(|consent| consent.on.to_string());
            change.db.execute(sql, params![id, role.as_str(), state, on, note, change.rev])?;
            let what = json!({ "person": id, "role": role, "consent": state, "on": on });
            change.log(&what, note)
        })
    }

    /// Decides all items of a person alike. Returns how many were changed.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`] if any of them was changed since, [`Error::Refused`].
    pub fn decide_party(
        &mut self,
        id: PartyId,
        decision: &Decision,
        seen: Revision,
        by: &By,
    ) -> Result<u64, Error> {
        self.decision(by, |change| {
            fresh(change, id, seen)?;
            let refused =
                consent_refused(change.db, id)? && matches!(decision, Decision::Keep { .. });
            let changed = super::decide::decide_where(change, "party = ?1", &id, decision, seen)?;
            super::decide::log(
                change,
                &json!({ "person": id, "consent-refused": refused }),
                decision,
                changed,
            )?;
            Ok(changed)
        })
    }

    /// Makes two people one: the second's items and values become the first's.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`], [`Error::Refused`] for one and the same.
    pub fn merge_parties(
        &mut self,
        into: PartyId,
        from: PartyId,
        seen: Revision,
        by: &By,
    ) -> Result<(), Error> {
        self.decision(by, |change| {
            fresh(change, into, seen)?;
            fresh(change, from, seen)?;
            if into == from {
                return Err(Refusal::Resolution.into());
            }
            for sql in [
                "UPDATE items SET party = ?1, rev = ?3 WHERE party = ?2",
                "UPDATE aliases SET party = ?1 WHERE party = ?2 AND ?3 = ?3",
                "UPDATE parties SET merged_into = ?1, rev = ?3 WHERE id = ?2",
                "UPDATE parties SET rev = ?3 WHERE id = ?1 AND ?2 = ?2",
            ] {
                change.db.execute(sql, params![into, from, change.rev])?;
            }
            change.log(&json!({ "merged": { "person": from, "into": into } }), None)
        })
    }

    /// Makes another person of some of a person's values, with a label of their own. Returns them.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the person does not have those values, [`Error::Stale`].
    pub fn split_party(
        &mut self,
        id: PartyId,
        aliases: &[Alias],
        seen: Revision,
        by: &By,
    ) -> Result<PartyId, Error> {
        self.decision(by, |change| {
            fresh(change, id, seen)?;
            let word: String = change.db.query_row(
                "SELECT word FROM parties WHERE id = ?1",
                [id],
                |row| row.get(0),
            )?;
            let new = create(change.db, &word, None, change.rev)?;
            for alias in aliases {
                let form = skeleton(&alias.text);
                let moved = change.db.execute(
                    "UPDATE aliases SET party = ?4 WHERE kind = ?1 AND form = ?2 AND party = ?3",
                    params![alias.kind, form, id, new],
                )?;
                if moved == 0 {
                    return Err(Error::Unknown("value of this person"));
                }
                change.db.execute(
                    "UPDATE items SET party = ?4, rev = ?5 WHERE kind = ?1 AND form = ?2 AND party = ?3",
                    params![alias.kind, form, id, new, change.rev],
                )?;
            }
            change.db.execute("UPDATE parties SET rev = ?2 WHERE id = ?1", params![id, change.rev])?;
            lead_groups(change.db, None)?;
            let what = json!({ "split": { "person": id, "new": new, "values": aliases.len() } });
            change.log(&what, None)?;
            Ok(new)
        })
    }
}

fn consent_refused(db: &Connection, id: PartyId) -> Result<bool, Error> {
    let party = read(db, id)?.ok_or(Error::Unknown("person"))?;
    Ok(party.consent.is_some_and(|consent| consent.state == ConsentState::Refused))
}

fn fresh(change: &Change<'_>, id: PartyId, seen: Revision) -> Result<(), Error> {
    let sql = "SELECT rev FROM parties WHERE id = ?1 AND merged_into IS NULL";
    let rev = change.db.query_row(sql, [id], |row| row.get(0)).optional()?;
    change.fresh(rev.ok_or(Error::Unknown("person"))?, seen)
}

fn read(db: &Connection, id: PartyId) -> Result<Option<Party>, Error> {
    let sql =
        "SELECT word, number, role, consent, consent_on, note, rev FROM parties WHERE id = ?1";
    let party = db.query_row(sql, [id], |row| {
        let label = Label { word: row.get(0)?, number: row.get(1)?, kind: None };
        let role: String = row.get(2)?;
        let state: Option<String> = row.get(3)?;
        let on: Option<String> = row.get(4)?;
        let state = state.and_then(|word| ConsentState::of(&word));
        let on = on.and_then(|day| day.parse().ok());
        Ok(Party {
            id,
            label: label.to_string(),
            aliases: Vec::new(),
            role: PartyRole::of(&role).unwrap_or_default(),
            consent: state.zip(on).map(|(state, on)| Consent { state, on }),
            note: row.get(5)?,
            items: 0,
            kept: 0,
            open: 0,
            rev: Revision(row.get(6)?),
        })
    });
    Ok(party.optional()?)
}

fn aliases(db: &Connection, id: PartyId) -> Result<Vec<Alias>, Error> {
    let sql = "SELECT kind, text FROM aliases WHERE party = ?1 \
        ORDER BY kind <> 'person', LENGTH(text) DESC, kind, text";
    let mut statement = db.prepare(sql)?;
    let all =
        statement.query_map([id], |row| Ok(Alias { kind: row.get(0)?, text: row.get(1)? }))?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Adds a person under a label, its own or the next free one of the word.
fn create(db: &Connection, word: &str, wanted: Option<usize>, rev: u64) -> Result<PartyId, Error> {
    let taken: BTreeSet<usize> = db
        .prepare("SELECT number FROM parties WHERE word = ?1")?
        .query_map([word], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let next = taken.last().map_or(0, |last| last + 1);
    let number = wanted.filter(|number| !taken.contains(number)).unwrap_or(next);
    let role = if word == "Staff" { PartyRole::Staff } else { PartyRole::ThirdParty };
    db.execute(
        "INSERT INTO parties (word, number, role, rev) VALUES (?1, ?2, ?3, ?4)",
        params![word, number, role.as_str(), rev],
    )?;
    Ok(db.last_insert_rowid())
}

/// Whom each item stands for, while the items are made anew.
pub(super) struct Register {
    /// By kind and letters: the person.
    known: BTreeMap<(String, String), PartyId>,
    /// By label of this run: the person.
    labels: BTreeMap<(String, usize), PartyId>,
    new: Vec<(String, String, String, PartyId)>,
}

impl Register {
    /// Finds the people that the labels of this run stand for, and adds those who are new.
    pub(super) fn load(db: &Connection, now: &Current) -> Result<Self, Error> {
        let mut statement = db.prepare("SELECT kind, form, party FROM aliases")?;
        let all = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        let known: BTreeMap<(String, String), PartyId> = all.collect::<Result<_, _>>()?;
        let mut register = Self { known, labels: BTreeMap::new(), new: Vec::new() };
        for ((word, number), values) in values_by_label(now) {
            let seen = values.iter().find_map(|(kind, value)| {
                register.known.get(&(kind.clone(), skeleton(value))).copied()
            });
            let party = match seen {
                Some(party) => party,
                None => create(db, &word, Some(number), 0)?,
            };
            register.labels.insert((word, number), party);
        }
        Ok(register)
    }

    /// Returns whom an item stands for.
    pub(super) fn of(&mut self, proposal: &Proposal, value: &str) -> Option<PartyId> {
        let label = party_of(&proposal.label)?;
        let key = (proposal.kind.clone(), skeleton(value));
        if let Some(party) = self.known.get(&key) {
            return Some(*party);
        }
        let party = *self.labels.get(&label)?;
        if !key.1.is_empty() {
            self.new.push((key.0.clone(), key.1.clone(), value.to_owned(), party));
            self.known.insert(key, party);
        }
        Some(party)
    }

    /// Keeps the values that were new.
    pub(super) fn store(&self, change: &Change<'_>) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO aliases (kind, form, text, party) VALUES (?1, ?2, ?3, ?4)";
        let mut insert = change.db.prepare(sql)?;
        for (kind, form, text, party) in &self.new {
            insert.execute(params![kind, form, text, party])?;
        }
        Ok(())
    }
}
