//! What a source is made from.

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub use server::Settings;

/// One table of a SQL source.
#[derive(Clone, Debug)]
pub struct TableSettings {
    /// The table's name in the data map.
    pub name: String,
    /// Its name in the database, if that differs; on a server also `schema.table`.
    pub table: Option<String>,
}

impl TableSettings {
    /// Returns the settings of a table that has the same name in map and database.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), table: None }
    }
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server {
    use std::time::Duration;

    use holdall_connector::{Error, Secret};

    use super::TableSettings;

    /// A source on a database server.
    #[derive(Clone, Debug)]
    pub struct Settings {
        /// The source's name in the data map.
        pub source: String,
        /// The address: `postgres://name:password@host:port/database?sslmode=verify-full`, or
        /// `mysql://…?ssl-mode=VERIFY_IDENTITY`.
        pub url: Secret,
        /// How long the server may work on one statement.
        pub timeout: Duration,
        /// Its tables.
        pub tables: Vec<TableSettings>,
    }

    impl Settings {
        /// How long the server may work on one statement unless the settings say otherwise.
        pub const TIMEOUT: Duration = Duration::from_secs(600);

        /// Returns settings with the usual time limit.
        pub fn new(source: impl Into<String>, url: Secret, tables: Vec<TableSettings>) -> Self {
            Self { source: source.into(), url, timeout: Self::TIMEOUT, tables }
        }

        /// Returns the name that a table of the map has in the database.
        ///
        /// # Errors
        /// [`Error::NoTable`] if the map has no such table.
        pub(crate) fn name_of(&self, table: &str) -> Result<&str, Error> {
            let found = self.tables.iter().find(|settings| settings.name == table);
            let found = found.ok_or_else(|| Error::NoTable(table.to_owned()))?;
            Ok(found.table.as_deref().unwrap_or(&found.name))
        }
    }
}
