//! What may be decided about an item, and what has to be said with it.

use serde::{Deserialize, Serialize};

use crate::controller::{exemption, exemption_codes};
use crate::redact::{Ground, reason_for};
use crate::request::Right;

/// What a reviewer decides about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// Nothing is decided any more.
    Undecided,
    /// It is taken out, on this ground (`sch2-16`); `None` keeps the ground that was proposed.
    Redact {
        /// The ground's code.
        ground: Option<String>,
    },
    /// It stays; a reason is needed.
    Keep {
        /// Why.
        reason: String,
    },
}

/// Why a decision is not taken. Never holds a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A reason is missing.
    #[error("say why: a reason is needed to {0}")]
    NoReason(&'static str),
    /// The ground is none, or does not restrict this right.
    #[error(
        "`{0}` is no ground on which this right is restricted; an exemption's code is like `sch2-16`"
    )]
    Ground(String),
    /// Passwords and the like never leave.
    #[error("a password or other credential is never given out, whatever anybody decides")]
    Credential,
    /// The resolution does not fit the hold.
    #[error("a hold of this sort is not resolved like that")]
    Resolution,
    /// A name is missing.
    #[error("say who you are: a decision needs a name")]
    NoName,
}

impl Decision {
    /// Checks the decision about an item of a kind.
    ///
    /// # Errors
    /// [`Refusal`]: a reason or ground is missing or wrong.
    pub fn check(&self, kind: &str, right: Right) -> Result<(), Refusal> {
        match self {
            Self::Undecided | Self::Redact { ground: None } => Ok(()),
            Self::Redact { ground: Some(code) } => check_ground(code, right),
            Self::Keep { .. } if kind == "credential" => Err(Refusal::Credential),
            Self::Keep { reason } if reason.trim().is_empty() => {
                Err(Refusal::NoReason("keep something"))
            }
            Self::Keep { .. } => Ok(()),
        }
    }
}

/// Returns the code of every ground that a reviewer can choose against a right, the usual one first.
pub fn grounds(right: Right) -> impl Iterator<Item = &'static str> {
    let others = match right {
        Right::Access => ["sch2-16", "art15-4"],
        Right::Portability => ["art20-4", "sch2-16"],
    };
    let rest = exemption_codes().filter(move |code| !others.contains(code));
    let all = others.into_iter().chain(rest).chain(["security"]);
    all.filter(move |code| check_ground(code, right).is_ok())
}

/// Checks that a ground restricts the right that is exercised.
///
/// # Errors
/// [`Refusal::Ground`].
pub(super) fn check_ground(code: &str, right: Right) -> Result<(), Refusal> {
    let restricts = match (code, exemption(code)) {
        ("security", _) => true,
        ("art15-4", _) => right == Right::Access,
        ("art20-4", _) => right == Right::Portability,
        (_, Some(known)) if right == Right::Access => known.restricts_access,
        (_, Some(known)) => known.restricts_portability,
        _ => false,
    };
    if restricts { Ok(()) } else { Err(Refusal::Ground(code.to_owned())) }
}

/// Returns the reason that the data subject reads: the proposal's own, or that of the ground that a
/// reviewer chose instead.
pub fn reason_of(proposed: &Ground, chosen: Option<&str>, reason: &str) -> String {
    match chosen {
        Some(code) if code != proposed.code() => reason_for(&Ground::new(code)),
        _ => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grounds_that_can_be_chosen_restrict_the_right_and_the_usual_one_is_first() {
        for (right, usual) in [(Right::Access, "sch2-16"), (Right::Portability, "art20-4")] {
            let all: Vec<&str> = grounds(right).collect();
            assert_eq!(all.first(), Some(&usual));
            assert!(all.iter().all(|code| check_ground(code, right).is_ok()));
            assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        }
        // DPA 2018 Sch 2 Pts 3 and 4 restrict access alone.
        assert!(!grounds(Right::Portability).any(|code| ["sch2-16", "sch2-24"].contains(&code)));
    }
}
