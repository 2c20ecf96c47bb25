//! Registered reviewers and their sign-offs. A secret is kept as its Argon2id hash, with a salt of
//! its own.

use argon2::Argon2;
use holdall_connector::Secret;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::change::{By, Revision, number};
use super::inputs::Sources;
use super::overview::{Stage, open};
use super::{Case, Error, holds};
use crate::controller;
use crate::review::{SignOff, SignOffs, Unsettled};

/// The shortest secret, in characters.
const SHORTEST: usize = 8;
/// Bytes of a salt, and of a hash.
const SALT: usize = 16;
const HASH: usize = 32;

impl Case {
    /// Registers a reviewer with a secret of their own.
    ///
    /// # Errors
    /// [`Error::Registered`], [`Error::ShortSecret`], [`Error::Refused`] without a name.
    pub fn register(&mut self, name: &str, secret: &Secret, by: &By) -> Result<(), Error> {
        let name = known_as(name)?;
        if secret.expose().chars().count() < SHORTEST {
            return Err(Error::ShortSecret(SHORTEST));
        }
        let kept = hashed(secret, &random()?)?;
        self.change(by, |change| {
            let sql = "INSERT OR IGNORE INTO reviewers (name, secret) VALUES (?1, ?2)";
            if change.db.execute(sql, params![name, kept])? == 0 {
                return Err(Error::Registered);
            }
            change.log(&json!({ "registered": name }), None)
        })
    }

    /// Returns the registered reviewers.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn reviewers(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.db.prepare("SELECT name FROM reviewers ORDER BY name")?;
        let all = statement.query_map([], |row| row.get(0))?;
        Ok(all.collect::<Result<_, _>>()?)
    }

    /// Returns whether this is the secret of that reviewer.
    ///
    /// # Errors
    /// [`Error::Unknown`] if nobody of that name is registered.
    pub fn is_reviewer(&self, name: &str, secret: &Secret) -> Result<bool, Error> {
        let sql = "SELECT secret FROM reviewers WHERE name = ?1";
        let kept: Option<String> =
            self.db.query_row(sql, [known_as(name)?], |row| row.get(0)).optional()?;
        let kept = kept.ok_or(Error::Unknown("reviewer"))?;
        let (salt, _) = kept.split_once('$').ok_or_else(|| Error::damaged("a secret"))?;
        let mine = hashed(secret, salt)?;
        let differs = mine.bytes().zip(kept.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
        Ok(mine.len() == kept.len() && differs == 0)
    }

    /// Signs what is decided now.
    ///
    /// # Errors
    /// [`Error::Secret`]; [`Error::Stale`] if anything was decided since `seen`; [`Error::Unsettled`]
    /// if something is open; [`Error::Blocked`] if they signed it already.
    pub fn sign(
        &mut self,
        name: &str,
        secret: &Secret,
        seen: Revision,
        by: &By,
    ) -> Result<(), Error> {
        if !self.is_reviewer(name, secret)? {
            return Err(Error::Secret);
        }
        let name = known_as(name)?;
        self.change(by, |change| {
            let stage = Stage::of(change.db)?;
            stage.can_be_decided()?;
            if stage == Stage::Opened {
                return Err(Error::NotCollected);
            }
            let signed = signoffs(change.db)?;
            change.fresh(signed.state, seen)?;
            ready(change.db)?;
            signed.may_sign(&name)?;
            change.db.execute(
                "INSERT INTO signoffs (name, at, state) VALUES (?1, ?2, ?3)",
                params![name, change.at(), signed.state],
            )?;
            change.log(&json!({ "signed": name, "state": signed.state }), None)
        })
    }

    /// Returns the sign-offs.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn signoffs(&self) -> Result<SignOffs, Error> {
        signoffs(&self.db)
    }
}

/// Refuses unless everything is decided.
pub(super) fn ready(db: &Connection) -> Result<(), Error> {
    holds::check(db)?;
    let (open, held) = (open(db)?, holds::open(db)?);
    if held > 0 {
        return Err(Error::HoldsOpen(held));
    }
    if open > 0 {
        return Err(Unsettled::Undecided(usize::try_from(open).unwrap_or(usize::MAX)).into());
    }
    Ok(())
}

pub(super) fn signoffs(db: &Connection) -> Result<SignOffs, Error> {
    let mut statement = db.prepare("SELECT name, at, state FROM signoffs ORDER BY seq")?;
    let made = statement
        .query_map([], |row| {
            Ok(SignOff { name: row.get(0)?, at: row.get(1)?, state: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(SignOffs { needed: needed(db)?, state: number(db, "state")?, made })
}

/// Returns how many reviewers the profile asks for.
pub(super) fn needed(db: &Connection) -> Result<u32, Error> {
    if Stage::of(db)? == Stage::Closed {
        return Ok(0);
    }
    let (file, text) = Sources::kept(db)?.profile;
    let profile =
        controller::parse(&text, &file).map_err(|error| Error::Inputs(error.to_string()))?;
    Ok(profile.sign_off.max(1))
}

/// Returns a name as it is kept: without white space around it, single spaces inside.
fn known_as(name: &str) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(crate::review::Refusal::NoName.into()) } else { Ok(name) }
}

/// Returns random bytes in hexadecimal.
pub(super) fn random() -> Result<String, Error> {
    let mut bytes = [0_u8; SALT];
    getrandom::fill(&mut bytes)
        .map_err(|_| Error::Database("the system gives no random bytes".to_owned()))?;
    Ok(hex(&bytes))
}

fn hashed(secret: &Secret, salt: &str) -> Result<String, Error> {
    let mut hash = [0_u8; HASH];
    Argon2::default()
        .hash_password_into(secret.expose().as_bytes(), salt.as_bytes(), &mut hash)
        .map_err(|error| Error::Database(error.to_string()))?;
    Ok(format!("{salt}${}", hex(&hash)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
