//! The connectors of a map's sources. Opening one does no I/O.

use std::collections::BTreeMap;

use std::path::PathBuf;

use holdall_connector::{Connector, Error};
use holdall_csv::Csv;
use holdall_json::Json;
use holdall_sql::sqlite::{self, Sqlite};

use crate::map::{ConnectorKind, Map, Source, SourcePlace, Table};

/// A connector for each source of a map, by the source's name.
pub struct Sources(BTreeMap<String, Box<dyn Connector>>);

impl Sources {
    /// Makes the connectors of a map. Opens nothing.
    ///
    /// # Errors
    /// If the settings of a source make no sense, naming it.
    pub fn open(map: &Map) -> Result<Self, Error> {
        let connectors = map.sources.iter().map(|source| {
            let named = |e| Error::Settings(format!("source `{}`: {e}", source.name));
            Ok((source.name.clone(), connector(source).map_err(named)?))
        });
        Ok(Self(connectors.collect::<Result<_, Error>>()?))
    }

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

fn connector(source: &Source) -> Result<Box<dyn Connector>, Error> {
    let name = source.name.clone();
    let path = path(source)?;
    Ok(match source.connector {
        ConnectorKind::Csv => {
            let tables = source.tables.iter().map(csv_table).collect();
            Box::new(Csv::new(holdall_csv::Settings { source: name, root: path, tables })?)
        }
        ConnectorKind::Json => {
            let table = |t: &Table| holdall_json::TableSettings {
                name: t.id.table.clone(),
                files: t.files.clone(),
            };
            let tables = source.tables.iter().map(table).collect();
            Box::new(Json::new(holdall_json::Settings { source: name, root: path, tables })?)
        }
        ConnectorKind::Sqlite => {
            let table = |t: &Table| sqlite::TableSettings {
                name: t.id.table.clone(),
                table: t.table.clone(),
            };
            let tables = source.tables.iter().map(table).collect();
            Box::new(Sqlite::new(sqlite::Settings { source: name, path, tables })?)
        }
    })
}

fn path(source: &Source) -> Result<PathBuf, Error> {
    match &source.place {
        SourcePlace::Path(path) => Ok(path.clone()),
        SourcePlace::Url(_) => Err(Error::Settings(format!(
            "a `{}` source takes a `path`, not a `url`",
            source.connector.as_str()
        ))),
    }
}

fn csv_table(table: &Table) -> holdall_csv::TableSettings {
    let layout = &table.layout;
    holdall_csv::TableSettings {
        name: table.id.table.clone(),
        files: table.files.clone(),
        encoding: layout.encoding.clone(),
        delimiter: layout.delimiter,
        header: layout.header,
        names: layout.names.clone(),
        skip_lines: layout.skip_lines,
        comment: layout.comment,
    }
}
