//! Reviewers and their sign-offs: as many different people as the profile asks for sign what is
//! decided; whatever is decided afterwards voids it.

use std::collections::BTreeSet;

/// One reviewer's word that everything is decided as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    /// The reviewer.
    pub name: String,
    /// When, as an RFC 3339 timestamp.
    pub at: String,
    /// The state of the decisions that was signed.
    pub state: u64,
}

/// The sign-offs of a case, and what they are measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOffs {
    /// Reviewers that the profile asks for; at least one signs.
    pub needed: u32,
    /// The state that the decisions are in.
    pub state: u64,
    /// Every sign-off that was ever made.
    pub made: Vec<SignOff>,
}

/// Why a release is not signed for, or cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Blocker {
    /// More reviewers have to sign.
    #[error("{signed} of {needed} reviewers signed what is decided now")]
    Missing {
        /// Different reviewers who signed.
        signed: u32,
        /// Reviewers needed.
        needed: u32,
    },
    /// The same reviewer has signed this already.
    #[error("you have signed this already: another reviewer has to sign")]
    Twice,
}

impl SignOffs {
    /// Returns the different reviewers whose sign-off counts: it is of the state that the decisions
    /// are in now.
    pub fn valid(&self) -> BTreeSet<&str> {
        let now = self.made.iter().filter(|sign| sign.state == self.state);
        now.map(|sign| sign.name.as_str()).collect()
    }

    /// Checks that enough reviewers signed.
    ///
    /// # Errors
    /// [`Blocker::Missing`].
    pub fn check(&self) -> Result<(), Blocker> {
        let signed = u32::try_from(self.valid().len()).unwrap_or(u32::MAX);
        let needed = self.needed.max(1);
        if signed < needed { Err(Blocker::Missing { signed, needed }) } else { Ok(()) }
    }

    /// Checks that a reviewer may sign.
    ///
    /// # Errors
    /// [`Blocker::Twice`].
    pub fn may_sign(&self, name: &str) -> Result<(), Blocker> {
        if self.valid().contains(name) { Err(Blocker::Twice) } else { Ok(()) }
    }
}
