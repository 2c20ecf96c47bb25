//! The data map: its grammar, its check against itself, its JSON Schema.

mod model;

pub use model::{
    Column, ConnectorKind, DataType, Identifier, Kind, Layout, Map, Origin, Parent, Role,
    SecretRef, See, Source, SourcePlace, StaffPolicy, Table, TableId,
};
