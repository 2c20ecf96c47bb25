//! The controller profile: who holds the data, and why. Its grammar, its lint and its schema.

mod exemptions;
mod lint;
mod load;
mod profile;
mod retention;

use std::path::PathBuf;

pub use exemptions::{Exemption, exemption, exemption_codes};
pub use lint::{Warning, lint};
pub use load::{load, parse};
pub use profile::{
    Activity, Article9, AutomatedDecision, Basis, Dpo, Nation, Party, Profile, Regulator,
    Retention, Transfer,
};
pub use retention::BadSpan;

use crate::diagnose::Report;

/// Returns the JSON Schema (2020-12) of the controller profile, for editors that complete and check it.
pub fn schema() -> schemars::Schema {
    schemars::SchemaGenerator::default().into_root_schema_for::<Profile>()
}

/// Why a controller profile could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error(
        "cannot read the controller profile {}: {source}; the data map names it as `controller`",
        file.display()
    )]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The profile is wrong; the report says where, and what to do.
    #[error(transparent)]
    Invalid(#[from] Report),
}

#[cfg(test)]
mod tests;
