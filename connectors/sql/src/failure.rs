//! What went wrong on a server, in words without content; and what is tried again.

use std::thread;
use std::time::Duration;

use holdall_connector::Error;

/// How long to wait before each further attempt.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_millis(600), Duration::from_millis(1400)];

/// Why a server did not do what it was asked. Never holds a value, a statement or an address.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Whether the connection is gone, so that trying again may help.
    pub(crate) is_lost: bool,
    /// What is wrong and what to do next.
    pub(crate) why: String,
}

impl Failure {
    /// A connection that is gone or cannot be made at the moment.
    pub(crate) fn lost(why: impl Into<String>) -> Self {
        Self { is_lost: true, why: why.into() }
    }

    /// Something that trying again does not help.
    pub(crate) fn lasting(why: impl Into<String>) -> Self {
        Self { is_lost: false, why: why.into() }
    }

    /// The connection that held the state of the database from which rows were read is gone.
    pub(crate) fn state_gone() -> Self {
        Self::lasting(
            "the connection was lost after rows had been read, and a new one would see another \
             state of the database; run it again",
        )
    }

    /// Returns the failure as the contract's error.
    pub(crate) fn into_error(self, server: &str, source: &str) -> Error {
        Error::Service { what: format!("cannot read {server} source `{source}`"), why: self.why }
    }
}

/// Tries again, after a pause, what failed because a connection is lost.
///
/// # Errors
/// The last failure.
pub(crate) fn persist<T>(mut attempt: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    for pause in PAUSES {
        match attempt() {
            Err(failure) if failure.is_lost => thread::sleep(pause),
            settled => return settled,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_lost_connection_is_tried_again() {
        let mut attempts = 0;
        let result = persist(|| {
            attempts += 1;
            if attempts < 3 { Err(Failure::lost("gone")) } else { Ok(attempts) }
        });
        assert_eq!(result.unwrap(), 3);
        attempts = 0;
        let refused: Result<(), _> = persist(|| {
            attempts += 1;
            Err(Failure::lasting("wrong password"))
        });
        assert_eq!((refused.unwrap_err().why.as_str(), attempts), ("wrong password", 1));
    }
}
