//! The connector: the structure, the read, the advice.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use holdall_connector::{
    Connector, Ending, Error, Filtering, Keys, Lookup, Match, Place, Sink, Table, Value,
};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, Row};

use super::catalogue::{self, Relation};
use super::cell::Cell;
use super::connect::{Facts, Server};
use super::hints;
use super::query::Query;
use super::sessions::{Session, Sessions};
use super::why;
use crate::deliver::{Delivery, key_of};
use crate::failure::Failure;
use crate::names::quoted;
use crate::structure::Identity;
use crate::{Settings, TableSettings};

/// What the errors call the server.
const SERVER: &str = "PostgreSQL";

/// Rows are fetched so many at a time.
const FETCH: &str = "FETCH FORWARD 2000 FROM holdall";
const FETCHED: u64 = 2000;

/// A PostgreSQL database.
pub struct Postgres {
    settings: Settings,
    sessions: Sessions,
}

/// Shows the source's name, never its address.
impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Postgres {
    /// Makes a source. Connects to nothing yet; from the first read on, every read sees the same
    /// state of the database.
    ///
    /// # Errors
    /// [`Error::Settings`] if the URL is no address of a PostgreSQL server; it is not quoted.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let server = Server::new(&settings).map_err(|failure| Error::Settings(failure.why))?;
        Ok(Self { settings, sessions: Sessions::new(server) })
    }

    /// Does something with a table in a session.
    fn with<T>(
        &self,
        table: &str,
        mut work: impl FnMut(&mut Session, &Facts, &Relation) -> Result<Result<T, Error>, Failure>,
    ) -> Result<T, Error> {
        let name = self.settings.name_of(table)?;
        let done = self.sessions.with(|session, facts| {
            match self.sessions.relation(session, facts, name)? {
                Some(relation) => work(session, facts, &relation),
                None => Ok(Err(Error::NoTable(name.to_owned()))),
            }
        });
        done.map_err(|failure| failure.into_error(SERVER, &self.settings.source))?
    }

    /// Reads a table through a cursor. A failure after the first row makes the read incomplete.
    fn stream(
        &self,
        session: &mut Session,
        query: &Query,
        mut rows: Rows<'_, '_>,
    ) -> Result<Ending, Failure> {
        loop {
            match rows.fetch(session, query, &self.sessions) {
                Ok(Progress::More) => {}
                Ok(Progress::End) => return Ok(rows.delivery.complete()),
                Err(failure) if rows.delivery.read == 0 => return Err(failure),
                Err(failure) => {
                    session.has_failed = true;
                    return Ok(rows.delivery.incomplete(&failure.why));
                }
            }
        }
    }
}

impl Connector for Postgres {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        self.settings.tables.iter().map(|table| self.table(&table.name)).collect()
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        self.with(name, |_, _, relation| Ok(Ok(relation.describe(name))))
    }

    fn check(&self) -> Result<(), Error> {
        let none = |table: &str| Lookup { table: table.to_owned(), any: Vec::new() };
        self.settings.tables.iter().try_for_each(|table| {
            self.with(&table.name, |session, facts, relation| {
                let sql = Query::new(relation, facts, &none(&table.name)).sql;
                let sql = format!("SELECT FROM ({sql}) AS holdall LIMIT 0");
                session.client.execute_typed(&sql, &[]).map_err(|e| why::failure(&e))?;
                Ok(Ok(()))
            })
        })
    }

    fn filtering(&self, _lookup: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn advice(&self, lookup: &Lookup) -> Vec<String> {
        let advise = |session: &mut Session, facts: &Facts, relation: &Relation| {
            let of = |asked: &Match| hints::advise(session, relation, facts, asked).transpose();
            Ok(Ok(lookup.any.iter().filter_map(of).collect::<Result<_, _>>()?))
        };
        self.with(&lookup.table, advise).unwrap_or_default()
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        self.settings.name_of(&lookup.table)?;
        if lookup.is_empty() {
            return Ok(Ending::Complete { read: 0 });
        }
        self.with(&lookup.table, |session, facts, relation| {
            if let Err(error) = relation.covers(lookup) {
                return Ok(Err(error));
            }
            let query = Query::new(relation, facts, lookup);
            if query.is_empty {
                return Ok(Ok(Ending::Complete { read: 0 }));
            }
            let names = relation.columns.iter().map(|column| column.name.as_str());
            let delivery = Delivery::new(&self.settings.source, &relation.name, lookup, names);
            let rows = Rows { relation, delivery, sink: &mut *sink, is_open: false };
            self.stream(session, &query, rows).map(Ok)
        })
    }

    fn keys(&self) -> Result<Vec<Keys>, Error> {
        let mut known = BTreeMap::new();
        for table in &self.settings.tables {
            let of = |_: &mut Session, _: &Facts, relation: &Relation| {
                Ok(Ok((relation.schema.clone(), relation.name.clone())))
            };
            // A table that cannot be described says so where it is read.
            known.extend(self.with(&table.name, of).ok().zip(Some(table.name.clone())));
        }
        let keys_of = |table: &TableSettings| {
            self.with(&table.name, |session, facts, relation| {
                let foreign = catalogue::foreign(&mut session.client, relation);
                let foreign = foreign.map_err(|e| why::failure(&e))?;
                let name_of = |schema: &str, name: &str| {
                    let place = (schema.to_owned(), name.to_owned());
                    known.get(&place).cloned().unwrap_or_else(|| listed(facts, &place).name)
                };
                Ok(Ok(relation.keys(&table.name, foreign, name_of)))
            })
        };
        let keys = self.settings.tables.iter().filter_map(|table| keys_of(table).ok());
        Ok(keys.filter(|k| !k.primary.is_empty() || !k.foreign.is_empty()).collect())
    }

    fn sample(&self, table: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let none = Lookup { table: table.to_owned(), any: Vec::new() };
        self.with(table, |session, _, relation| {
            let names = relation.columns.iter().map(|column| column.name.as_str());
            let mut delivery = Delivery::new(&self.settings.source, &relation.name, &none, names);
            delivery.gives_all = true;
            let query = Query::sample(relation, rows);
            let rows = Rows { relation, delivery, sink: &mut *sink, is_open: false };
            self.stream(session, &query, rows).map(|_| Ok(()))
        })
    }
}

/// Whether there is more to fetch.
enum Progress {
    More,
    End,
}

/// The rows of one read on their way to the sink.
struct Rows<'a, 's> {
    relation: &'a Relation,
    delivery: Delivery<'a>,
    sink: &'s mut dyn Sink,
    is_open: bool,
}

impl Rows<'_, '_> {
    /// Takes the rows of a filtered read as one answer, for which the server may use several
    /// processes, and of a whole table through a cursor, for which it has the time limit anew with
    /// every part. Either way rows are taken from the connection as they come.
    fn fetch(
        &mut self,
        session: &mut Session,
        query: &Query,
        sessions: &Sessions,
    ) -> Result<Progress, Failure> {
        if query.is_filtered {
            return self.take(session, sessions, &query.sql, &query.bound).map(|_| Progress::End);
        }
        if !self.is_open {
            open(&mut session.client, query).map_err(|e| why::failure(&e))?;
            self.is_open = true;
        }
        let before = self.delivery.read;
        let flow = self.take(session, sessions, FETCH, &[])?;
        if flow.is_break() || self.delivery.read - before < FETCHED {
            let closed = session.client.batch_execute("CLOSE holdall");
            // Everything wanted is here; a connection lost now fails the next read, not this one.
            session.has_failed |= closed.is_err();
            return Ok(Progress::End);
        }
        Ok(Progress::More)
    }

    /// Takes the next rows, and drops what follows once the sink has enough.
    fn take(
        &mut self,
        session: &mut Session,
        sessions: &Sessions,
        sql: &str,
        bound: &[Vec<String>],
    ) -> Result<ControlFlow<()>, Failure> {
        let bound = bound.iter().map(|values| (values, Type::TEXT_ARRAY));
        let failure = |e: postgres::Error| why::failure(&e);
        let mut flow = ControlFlow::Continue(());
        let mut rows = session.client.query_typed_raw(sql, bound).map_err(failure)?;
        while let Some(row) = rows.next().map_err(failure)? {
            if self.delivery.read == 0 {
                sessions.use_up(session.age)?;
            }
            if flow.is_continue() {
                self.delivery.read += 1;
                flow = self.give(&row).map_err(failure)?;
            }
        }
        Ok(flow)
    }

    fn give(&mut self, row: &Row) -> Result<ControlFlow<()>, postgres::Error> {
        let mut values = Vec::with_capacity(self.relation.columns.len());
        let mut wrong = None;
        for (index, column) in self.relation.columns.iter().enumerate() {
            let value = row.try_get::<_, Cell<'_>>(index)?.value(&column.reading);
            if value.is_none() {
                wrong.get_or_insert(column.name.as_str());
            }
            values.push(value.unwrap_or(Value::Null));
        }
        let place = self.place(row, &values)?;
        let values = wrong.map_or(Ok(values), Err);
        Ok(self.delivery.give(place, values, &mut *self.sink))
    }

    fn place(&self, row: &Row, values: &[Value]) -> Result<Place, postgres::Error> {
        let position = |index: usize, name: &str| {
            let text: String = row.try_get(self.relation.columns.len() + index)?;
            Ok((name.to_owned(), text))
        };
        Ok(match self.relation.identity {
            Identity::Key => {
                let part = |index: &usize| {
                    let column = self.relation.columns.get(*index)?;
                    Some((column.name.as_str(), values.get(*index)?))
                };
                let key = key_of(self.relation.key.iter().filter_map(part));
                key.unwrap_or(Place::Row(self.delivery.read))
            }
            Identity::Position => Place::Key(vec![position(0, "ctid")?]),
            Identity::PositionInPart => {
                Place::Key(vec![position(1, "tableoid")?, position(0, "ctid")?])
            }
            Identity::Number => Place::Row(self.delivery.read),
        })
    }
}

/// Opens the cursor. The server plans and sorts now or with the first rows.
fn open(client: &mut Client, query: &Query) -> Result<(), postgres::Error> {
    let sql = format!("DECLARE holdall NO SCROLL CURSOR FOR {}", query.sql);
    let bound: Vec<(&(dyn ToSql + Sync), Type)> = query
        .bound
        .iter()
        .map(|values| (values as &(dyn ToSql + Sync), Type::TEXT_ARRAY))
        .collect();
    client.execute_typed(&sql, &bound).map(|_| ())
}

/// Returns a table for each table and view of the database that is not the system's: for a first
/// draft of a data map. The `tables` of the settings do not matter.
///
/// # Errors
/// [`Error::Settings`] or [`Error::Service`] if the database cannot be read.
pub fn discover(settings: &Settings) -> Result<Vec<TableSettings>, Error> {
    let source = Postgres::new(settings.clone())?;
    let tables = source.sessions.with(|session, facts| {
        let names = catalogue::names(&mut session.client).map_err(|e| why::failure(&e))?;
        Ok(names.iter().map(|name| listed(facts, name)).collect())
    });
    let tables = tables.map_err(|failure| failure.into_error(SERVER, &settings.source))?;
    Ok(crate::names::apart(tables))
}

/// Returns how a map would name a table: by its schema too where it would not be found without.
fn listed(facts: &Facts, (schema, name): &(String, String)) -> TableSettings {
    if facts.schemas.first() == Some(schema) {
        let table = name.contains(['.', '"']).then(|| quoted(name));
        return TableSettings { name: name.clone(), table };
    }
    let table = Some(format!("{}.{}", quoted(schema), quoted(name)));
    TableSettings { name: format!("{schema}.{name}"), table }
}
