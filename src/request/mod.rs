//! The request: what the person asked for, who they are, and what happened since.

mod clock;
mod grammar;
mod holidays;
mod load;
mod model;
mod opendsr;

use std::path::PathBuf;

pub use clock::{Clock, ClockState, NotRecorded, clock};
pub use load::{load, parse};
pub use model::{Event, EventKind, IdentityCheck, Representative, Request, Right, Scope, Subject};

use crate::diagnose::Report;

/// Returns the JSON Schema (2020-12) of the request, for editors that complete and check it.
pub fn schema() -> schemars::Schema {
    schemars::SchemaGenerator::default().into_root_schema_for::<grammar::RequestFile>()
}

/// Why a request could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read the request {}: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The request is wrong; the report says where, and what to do.
    #[error(transparent)]
    Invalid(#[from] Report),
}

#[cfg(test)]
mod tests;
