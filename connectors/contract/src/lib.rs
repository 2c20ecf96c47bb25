//! The contract between Holdall and its sources.
//!
//! A connector is handed a [`Lookup`] (which rows of which table) and pushes each matching
//! [`Record`] into a [`Sink`]. It ends with an [`Ending`] that says whether the table was read in
//! full: a source that was not can never be mistaken for one that was.
//!
//! This crate does no I/O and knows nothing of data maps or ownership. Everything that crosses it
//! is a plain serialisable value, so that a lookup can be answered in another process.
//!
//! | module | owns |
//! |---|---|
//! | [`value`] | [`Value`]: what a source said, kept exactly |
//! | [`path`] | [`Path`]: the address of a column, also inside nested records |
//! | [`compare`] | [`Compare`]: when two identifying values are the same |
//! | [`lookup`] | [`Lookup`], [`Match`]: which rows are wanted |
//! | [`record`] | [`Record`], [`Location`]: one row and where it stood |
//! | [`connector`] | [`Connector`], [`Sink`], [`Ending`] |
//! | [`secret`] | [`Secret`]: a credential that no log can show |
//! | [`error`] | [`Error`] |

pub mod compare;
pub mod connector;
pub mod error;
pub mod lookup;
pub mod path;
pub mod record;
pub mod secret;
pub mod value;

pub use compare::Compare;
pub use connector::{Column, Connector, Ending, Filtering, ForeignKey, Keys, Sink, Skipped, Table};
pub use error::Error;
pub use lookup::{Lookup, Match};
pub use path::{Path, Segment};
pub use record::{Location, Place, Record};
pub use secret::Secret;
pub use value::Value;
