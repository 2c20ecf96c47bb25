//! The map, the profile and the request as they were when the case was opened or collected last: a
//! case does not change because a file beside it does.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::change::{Change, get, need, set};
use super::{Error, holds, register};
use crate::controller::{self, Profile};
use crate::find::{HoldKind, Inquiry};
use crate::map::{self, Map};
use crate::request::{self, IdentityCheck, Request};
use crate::review::{Resolution, amend};

/// The texts that a case is opened with, each with the file that it was read from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The data map.
    pub map: (PathBuf, String),
    /// The controller profile.
    pub profile: (PathBuf, String),
    /// The request.
    pub request: (PathBuf, String),
}

/// What a case is decided by: its map, profile and request, with what was decided about held columns
/// and about the identity of who asks written in.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The data map.
    pub map: Map,
    /// The controller profile.
    pub profile: Profile,
    /// The request.
    pub request: Request,
}

const NAMES: [&str; 3] = ["map", "profile", "request"];

impl Sources {
    /// Parses the texts.
    ///
    /// # Errors
    /// [`Error::Inputs`]: one of them is wrong.
    pub fn parse(&self) -> Result<Inputs, Error> {
        let wrong = |error: &dyn std::error::Error| Error::Inputs(error.to_string());
        let map = map::parse(&self.map.1, &self.map.0).map_err(|e| wrong(&e))?;
        let profile = controller::parse(&self.profile.1, &self.profile.0).map_err(|e| wrong(&e))?;
        let request = request::parse(&self.request.1, &self.request.0).map_err(|e| wrong(&e))?;
        Ok(Inputs { map, profile, request })
    }

    /// Keeps the texts; returns the digests of those that were different before.
    pub(super) fn keep(&self, change: &Change<'_>) -> Result<Vec<(&'static str, String)>, Error> {
        let mut changed = Vec::new();
        for (name, (file, text)) in NAMES.into_iter().zip([&self.map, &self.profile, &self.request])
        {
            let digest = digest(text);
            if get(change.db, &format!("{name}-digest"))?.as_ref() != Some(&digest) {
                changed.push((name, digest.clone()));
            }
            set(change.db, &format!("{name}-file"), &file.to_string_lossy())?;
            set(change.db, &format!("{name}-digest"), &digest)?;
            set(change.db, &format!("{name}-text"), text)?;
        }
        Ok(changed)
    }

    /// Returns what is kept.
    pub(super) fn kept(db: &Connection) -> Result<Self, Error> {
        let one = |name: &str| -> Result<(PathBuf, String), Error> {
            let file = need(db, &format!("{name}-file"))?;
            Ok((Path::new(&file).to_owned(), need(db, &format!("{name}-text"))?))
        };
        Ok(Self { map: one("map")?, profile: one("profile")?, request: one("request")? })
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Inputs {
    /// Returns what is kept, with the decisions about holds written in.
    pub(super) fn effective(db: &Connection) -> Result<Self, Error> {
        let mut inputs = Sources::kept(db)?.parse()?;
        register::amend(db, &mut inputs.request)?;
        for held in holds::resolved(db)? {
            let Some((resolution, made)) = &held.resolved else { continue };
            amend(&mut inputs.map, &held.hold, resolution);
            let is_known = inputs.request.identity.as_ref().is_some_and(|check| check.verified);
            let proves = held.hold.kind == HoldKind::Identity && *resolution == Resolution::Done;
            if proves && !is_known {
                let on = made.at.parse::<Timestamp>().ok();
                inputs.request.identity = Some(IdentityCheck {
                    verified: true,
                    on: on.map(|at| at.to_zoned(TimeZone::UTC).date()),
                    by: Some(made.who.clone()),
                    how: Some(made.reason.clone()),
                });
            }
        }
        Ok(inputs)
    }

    /// Returns them as a search takes them.
    pub fn inquiry(&self) -> Inquiry<'_> {
        Inquiry { map: &self.map, profile: &self.profile, request: &self.request }
    }
}
