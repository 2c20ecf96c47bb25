//! Databases on servers: the place of an address, the tables behind it. The address itself goes to
//! the connector and nowhere else.

use std::path::Path;

use holdall_connector::{Connector, Error as SourceError, Keys};
use holdall_sql::mysql::{self, Mysql};
use holdall_sql::postgres::{self, Postgres};
use holdall_sql::{Dialect, Settings};

use super::Error;
use super::places::{FileSet, Place, source_name};
use crate::map::{ConnectorKind, SecretRef, SourcePlace};

/// A server that was reached.
pub(super) struct Server {
    pub(super) connector: Box<dyn Connector>,
    /// The keys of its tables.
    pub(super) keys: Vec<Keys>,
    pub(super) tables: Vec<FileSet>,
}

/// Returns the source that `env:NAME` or `file:PATH` stands for; `None` if the text is neither.
///
/// # Errors
/// [`Error::Reference`] or [`Error::Kept`] if no address can be had by it, which is not shown.
pub(super) fn place(text: &str) -> Result<Option<Place>, Error> {
    let Some(("env" | "file", _)) = text.split_once(':') else { return Ok(None) };
    let secret = SecretRef::parse(text, Path::new(""));
    let secret = secret.ok_or_else(|| Error::Reference(text.to_owned()))?;
    let kept = |why: String| Error::Kept { place: text.to_owned(), why };
    let url = secret.read().map_err(|e| kept(e.to_string()))?;
    let connector = match Dialect::of(&url) {
        Some(Dialect::Postgres) => ConnectorKind::Postgres,
        Some(Dialect::Mysql) => ConnectorKind::Mysql,
        None => {
            let why = "what is kept there is no address of a database server; it starts with \
                       `postgres://`, `mysql://` or `mariadb://`";
            return Err(kept(why.to_owned()));
        }
    };
    let name = match &secret {
        SecretRef::Env(name) => plain_name(name),
        SecretRef::File(path) => source_name(path),
    };
    Ok(Some(Place { name, connector, at: SourcePlace::Url(secret), tables: Vec::new() }))
}

/// Returns the name of a source whose address is in this variable: `crm` for `CRM_URL`.
fn plain_name(variable: &str) -> String {
    let lower = variable.to_lowercase();
    let mut words: Vec<&str> = lower.split('_').filter(|word| !word.is_empty()).collect();
    while words.len() > 1 && words.last().is_some_and(|w| ["url", "uri", "dsn"].contains(w)) {
        words.pop();
    }
    if words.is_empty() { "source".into() } else { words.join("-") }
}

/// Connects to a server and lists what it has.
///
/// # Errors
/// If it cannot be reached or read, without its address.
pub(super) fn reach(
    name: &str,
    kind: ConnectorKind,
    secret: &SecretRef,
) -> Result<Server, SourceError> {
    let mut settings = Settings::new(name, secret.read()?, Vec::new());
    let is_postgres = kind == ConnectorKind::Postgres;
    settings.tables =
        if is_postgres { postgres::discover(&settings)? } else { mysql::discover(&settings)? };
    let set = |table: &holdall_sql::TableSettings| FileSet {
        table: table.name.clone(),
        database: table.table.clone(),
        glob: None,
        files: Vec::new(),
    };
    let tables = settings.tables.iter().map(set).collect();
    let connector: Box<dyn Connector> = if is_postgres {
        Box::new(Postgres::new(settings)?)
    } else {
        Box::new(Mysql::new(settings)?)
    };
    Ok(Server { keys: connector.keys()?, connector, tables })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_names_its_source() {
        let named = ["CRM_URL", "HR_DATABASE_DSN", "URL", "shop", "_"].map(plain_name);
        assert_eq!(named, ["crm", "hr-database", "url", "shop", "source"]);
    }
}
