//! The connectors of a map's sources. Opening one does no I/O.

use std::collections::BTreeMap;

use holdall_connector::{Connector, Error};

/// A connector for each source of a map, by the source's name.
pub struct Sources(BTreeMap<String, Box<dyn Connector>>);

impl Sources {
    /// Makes a set of given connectors, by the names of their sources.
    pub fn of(connectors: impl IntoIterator<Item = (String, Box<dyn Connector>)>) -> Self {
        Self(connectors.into_iter().collect())
    }

    /// Returns the connector of a source.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn get(&self, source: &str) -> Result<&dyn Connector, Error> {
        let found = self.0.get(source).map(AsRef::as_ref);
        found.ok_or_else(|| Error::Settings(format!("there is no source `{source}`")))
    }
}
