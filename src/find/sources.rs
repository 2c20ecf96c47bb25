//! The connectors of a map's sources. Making one opens nothing but the file that holds a server's
//! address.

use std::collections::BTreeMap;

use std::path::PathBuf;

use holdall_connector::{Connector, Error};
use holdall_csv::Csv;
use holdall_json::Json;
use holdall_sql::mysql::Mysql;
use holdall_sql::postgres::Postgres;
use holdall_sql::sqlite::{self, Sqlite};
use holdall_sql::{Settings, TableSettings};

use crate::map::{ConnectorKind, Map, Source, SourcePlace, Table};

/// A connector for each source of a map, by the source's name.
pub struct Sources(BTreeMap<String, Box<dyn Connector>>);

impl Sources {
    /// Makes the connectors of a map, and reads the addresses of servers from where the map says
    /// they are kept.
    ///
    /// # Errors
    /// If the settings of a source make no sense, or the address of a server cannot be had, naming
    /// the source.
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
    Ok(match source.connector {
        ConnectorKind::Csv => {
            let path = path(source)?;
            let tables = source.tables.iter().map(csv_table).collect();
            Box::new(Csv::new(holdall_csv::Settings { source: name, root: path, tables })?)
        }
        ConnectorKind::Json => {
            let path = path(source)?;
            let table = |t: &Table| holdall_json::TableSettings {
                name: t.id.table.clone(),
                files: t.files.clone(),
            };
            let tables = source.tables.iter().map(table).collect();
            Box::new(Json::new(holdall_json::Settings { source: name, root: path, tables })?)
        }
        ConnectorKind::Sqlite => {
            let (path, tables) = (path(source)?, sql_tables(source));
            Box::new(Sqlite::new(sqlite::Settings { source: name, path, tables })?)
        }
        ConnectorKind::Postgres => Box::new(Postgres::new(server(source)?)?),
        ConnectorKind::Mysql => Box::new(Mysql::new(server(source)?)?),
    })
}

fn sql_tables(source: &Source) -> Vec<TableSettings> {
    let table = |t: &Table| TableSettings { name: t.id.table.clone(), table: t.table.clone() };
    source.tables.iter().map(table).collect()
}

fn server(source: &Source) -> Result<Settings, Error> {
    match &source.place {
        SourcePlace::Url(place) => {
            Ok(Settings::new(source.name.clone(), place.read()?, sql_tables(source)))
        }
        SourcePlace::Path(_) => Err(Error::Settings(format!(
            "a `{}` source takes a `url`, not a `path`",
            source.connector.as_str()
        ))),
    }
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
