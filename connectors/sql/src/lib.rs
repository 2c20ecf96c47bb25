//! SQL databases as sources, one dialect a module, each behind a feature of its name.

#[cfg(feature = "sqlite")]
pub mod sqlite;
