//! The data map: its grammar, its check against itself, its JSON Schema.

mod activities;
mod columns;
mod gaps;
mod grammar;
mod identifiers;
mod layout;
mod links;
mod load;
mod missing;
mod model;
mod place;
mod redaction;
mod resolve;
mod secret;

use std::path::PathBuf;

pub use gaps::Gap;
pub use load::{load, parse};
pub use missing::Missing;
pub use model::{
    Column, ConnectorKind, DataType, Identifier, Kind, Layout, Map, Origin, Parent, Role,
    SecretRef, See, Source, SourcePlace, Table, TableId,
};
pub use redaction::{Recogniser, StaffPolicy};

use crate::diagnose::Report;

/// Returns the JSON Schema (2020-12) of the data map, for editors that complete and check it.
pub fn schema() -> schemars::Schema {
    schemars::SchemaGenerator::default().into_root_schema_for::<grammar::MapFile>()
}

/// Why a data map could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read the data map {}: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The map is wrong; the report says where, and what to do.
    #[error(transparent)]
    Invalid(#[from] Report),
}

#[cfg(test)]
mod tests;
