//! What can go wrong with a case. Never holds a value.

use std::path::{Path, PathBuf};

use super::sheet::Rejected;
use crate::request::NotRecorded;
use crate::review::{Blocker, Refusal, Unsettled};

/// Why something could not be done with a case.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read or written.
    #[error("cannot use `{}`: {why}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// There is a case of that name.
    #[error("`{}` exists already", .0.display())]
    Exists(PathBuf),
    /// There is no such file.
    #[error("there is no case `{}`: open one with `holdall open`", .0.display())]
    Missing(PathBuf),
    /// The key is wrong, or the file is no case.
    #[error("`{}` does not open: the key is wrong, or it is no case file", .0.display())]
    Key(PathBuf),
    /// A newer program made the file.
    #[error("the case is of version {found}, and this program knows versions up to {known}")]
    Newer {
        /// The file's.
        found: u32,
        /// This program's.
        known: u32,
    },
    /// SQLite says so.
    #[error("the case file cannot be used: {0}")]
    Database(String),
    /// Another process is writing.
    #[error("the case is in use by another process; try again in a moment")]
    Busy,
    /// What is in the file is not what this program wrote.
    #[error("the case file is damaged: {0}")]
    Damaged(String),
    /// Somebody else changed this since it was looked at.
    #[error("this was changed since you looked at it: look again, then decide")]
    Stale,
    /// There is no such item, person, hold or reviewer.
    #[error("there is no such {0} in this case")]
    Unknown(&'static str),
    /// A decision is not taken as it was made.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something is not written into the register.
    #[error(transparent)]
    NotRecorded(#[from] NotRecorded),
    /// It is not signed for.
    #[error(transparent)]
    Blocked(#[from] Blocker),
    /// Not everything is settled.
    #[error(transparent)]
    Unsettled(#[from] Unsettled),
    /// A source was not read in full.
    #[error("a source was not read in full")]
    Incomplete,
    /// The bundle could not be written or named.
    #[error("the bundle could not be written: {0}")]
    Bundle(#[source] crate::bundle::Error),
    /// The bundle is not as it should be.
    #[error("the bundle was not released: {0}")]
    Unproved(#[source] crate::verify::Unproved),
    /// Holds are open.
    #[error("{} open: resolve first what stops the release", open_holds(*.0))]
    HoldsOpen(u64),
    /// A row ruled to be the person's may lead to more.
    #[error("a row that somebody decided to be the person's may lead to more: collect again first")]
    CollectAgain,
    /// Nothing was collected yet.
    #[error("nothing was collected yet: run `holdall collect` first")]
    NotCollected,
    /// It was released or closed, so nothing can be decided any more.
    #[error("the case is {0}: nothing can be changed any more")]
    Over(&'static str),
    /// The secret is wrong.
    #[error("the reviewer's secret is wrong")]
    Secret,
    /// A secret is too short.
    #[error("a reviewer's secret has at least {0} characters")]
    ShortSecret(usize),
    /// A reviewer of that name is registered.
    #[error("a reviewer of that name is registered already")]
    Registered,
    /// The kept map, profile or request does not read.
    #[error("what the case keeps does not read any more: {0}")]
    Inputs(String),
    /// Rows of a table of decisions are wrong; nothing was changed.
    #[error("{} wrong in the table; nothing was changed", rows(.0.len()))]
    Rejected(Vec<Rejected>),
    /// A table of decisions is none.
    #[error("this is no table of decisions: {0}")]
    NoTable(String),
}

fn open_holds(n: u64) -> String {
    if n == 1 { "1 hold is".to_owned() } else { format!("{n} holds are") }
}

fn rows(n: usize) -> String {
    if n == 1 { "1 row is".to_owned() } else { format!("{n} rows are") }
}

impl Error {
    /// Returns the error of a file operation.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), why: error.to_string() }
    }

    /// Says that something kept is not as it was written.
    pub(super) fn damaged(what: &str) -> Self {
        Self::Damaged(what.to_owned())
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            // The code alone: a message could show a value.
            Some(code) => Self::Database(format!("{code:?}")),
            None => Self::Damaged("a kept value has another type than it should".to_owned()),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(_: serde_json::Error) -> Self {
        Self::damaged("a kept record does not read")
    }
}
