//! The connector: the structure, the read, the advice.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use holdall_connector::{
    Connector, Ending, Error, Filtering, Keys, Lookup, Match, Place, Sink, Table, Value,
};
use mysql::prelude::Queryable;
use mysql::{Params, Row};

use super::catalogue::{self, Relation};
use super::connect::Server;
use super::query::Query;
use super::session::{Lender, Session};
use super::why;
use crate::condition::Condition;
use crate::deliver::{Delivery, key_of};
use crate::failure::Failure;
use crate::names::{back_quoted, quoted};
use crate::structure::{Identity, Index};
use crate::{Settings, TableSettings, advice};

/// What the errors call the server.
const SERVER: &str = "MariaDB or MySQL";

/// A MariaDB or MySQL database.
pub struct Mysql {
    settings: Settings,
    lender: Lender,
}

/// Shows the source's name, never its address.
impl std::fmt::Debug for Mysql {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mysql").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Mysql {
    /// Makes a source. Connects to nothing yet; from the first read on, every read sees the same
    /// state of the database. Reads wait for each other, so a sink must not read from the same
    /// source.
    ///
    /// # Errors
    /// [`Error::Settings`] if the URL is no address of a MariaDB or MySQL server; it is not quoted.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let server = Server::new(&settings).map_err(|failure| Error::Settings(failure.why))?;
        Ok(Self { settings, lender: Lender::new(server) })
    }

    /// Does something with a table in the session.
    fn with<T>(
        &self,
        table: &str,
        mut work: impl FnMut(&mut Session, &mut bool, &Relation) -> Result<Result<T, Error>, Failure>,
    ) -> Result<T, Error> {
        let name = self.settings.name_of(table)?;
        let done = self.lender.with(|session, is_used| match session.relation(name)? {
            Some(relation) => work(session, is_used, &relation),
            None => Ok(Err(Error::NoTable(name.to_owned()))),
        });
        done.map_err(|failure| failure.into_error(SERVER, &self.settings.source))?
    }
}

impl Connector for Mysql {
    fn tables(&self) -> Result<Vec<Table>, Error> {
        self.settings.tables.iter().map(|table| self.table(&table.name)).collect()
    }

    fn table(&self, name: &str) -> Result<Table, Error> {
        self.with(name, |_, _, relation| Ok(Ok(relation.describe(name))))
    }

    /// Finding a table already asks for all its columns.
    fn check(&self) -> Result<(), Error> {
        let find = |table: &TableSettings| self.with(&table.name, |_, _, _| Ok(Ok(())));
        self.settings.tables.iter().try_for_each(find)
    }

    fn filtering(&self, _lookup: &Lookup) -> Filtering {
        Filtering::Exact
    }

    fn advice(&self, lookup: &Lookup) -> Vec<String> {
        let advise = |_: &mut Session, _: &mut bool, relation: &Relation| {
            let of = |asked: &Match| advise(relation, asked);
            let advice = relation.caution.clone().into_iter();
            Ok(Ok(advice.chain(lookup.any.iter().filter_map(of)).collect()))
        };
        self.with(&lookup.table, advise).unwrap_or_default()
    }

    fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
        self.settings.name_of(&lookup.table)?;
        if lookup.is_empty() {
            return Ok(Ending::Complete { read: 0 });
        }
        self.with(&lookup.table, |session, is_used, relation| {
            if let Err(error) = relation.covers(lookup) {
                return Ok(Err(error));
            }
            let query = Query::new(relation, lookup);
            if query.is_empty {
                return Ok(Ok(Ending::Complete { read: 0 }));
            }
            let names = relation.columns.iter().map(|column| column.name.as_str());
            let delivery = Delivery::new(&self.settings.source, &relation.name, lookup, names);
            let mut rows = Rows { relation, delivery, sink: &mut *sink, is_used };
            let ended = rows.stream(session, &query);
            let delivery = rows.delivery;
            match ended {
                Ok(()) => Ok(Ok(delivery.complete())),
                Err(failure) if delivery.read == 0 => Err(failure),
                Err(failure) => {
                    session.is_lost = failure.is_lost;
                    Ok(Ok(delivery.incomplete(&failure.why)))
                }
            }
        })
    }

    fn keys(&self) -> Result<Vec<Keys>, Error> {
        let mut known = BTreeMap::new();
        for table in &self.settings.tables {
            let of = |_: &mut Session, _: &mut bool, relation: &Relation| {
                Ok(Ok((relation.schema.clone(), relation.name.clone())))
            };
            // A table that cannot be described says so where it is read.
            known.extend(self.with(&table.name, of).ok().zip(Some(table.name.clone())));
        }
        let keys_of = |table: &TableSettings| {
            self.with(&table.name, |session, _, relation| {
                let foreign = catalogue::foreign(&mut session.conn, relation);
                let foreign = foreign.map_err(|e| why::failure(&e))?;
                let name_of = |schema: &str, name: &str| {
                    let place = (schema.to_owned(), name.to_owned());
                    known.get(&place).cloned().unwrap_or_else(|| format!("{schema}.{name}"))
                };
                Ok(Ok(relation.keys(&table.name, foreign, name_of)))
            })
        };
        let keys = self.settings.tables.iter().filter_map(|table| keys_of(table).ok());
        Ok(keys.filter(|k| !k.primary.is_empty() || !k.foreign.is_empty()).collect())
    }

    fn sample(&self, table: &str, rows: usize, sink: &mut dyn Sink) -> Result<(), Error> {
        let none = Lookup { table: table.to_owned(), any: Vec::new() };
        self.with(table, |session, is_used, relation| {
            let names = relation.columns.iter().map(|column| column.name.as_str());
            let mut delivery = Delivery::new(&self.settings.source, &relation.name, &none, names);
            delivery.gives_all = true;
            let query = Query::sample(relation, rows);
            let mut rows = Rows { relation, delivery, sink: &mut *sink, is_used };
            rows.stream(session, &query).map(Ok)
        })
    }
}

/// The rows of one read on their way to the sink.
struct Rows<'a, 's> {
    relation: &'a Relation,
    delivery: Delivery<'a>,
    sink: &'s mut dyn Sink,
    is_used: &'s mut bool,
}

impl Rows<'_, '_> {
    /// Gives the rows as they come, and drops what follows once the sink has enough.
    fn stream(&mut self, session: &mut Session, query: &Query) -> Result<(), Failure> {
        let failure = |e: mysql::Error| why::failure(&e);
        let bound = query.bound.iter().map(|text| mysql::Value::from(text.as_str())).collect();
        let bound = if query.bound.is_empty() { Params::Empty } else { Params::Positional(bound) };
        let rows = session.conn.exec_iter(&query.sql, bound).map_err(failure)?;
        let mut flow = ControlFlow::Continue(());
        for row in rows {
            let row = row.map_err(failure)?;
            if flow.is_continue() {
                *self.is_used = true;
                self.delivery.read += 1;
                flow = self.give(row);
            }
        }
        Ok(())
    }

    fn give(&mut self, row: Row) -> ControlFlow<()> {
        let mut values = Vec::with_capacity(self.relation.columns.len());
        let mut wrong = None;
        for (raw, column) in row.unwrap_raw().into_iter().zip(&self.relation.columns) {
            let value = column.reading.value(raw.unwrap_or(mysql::Value::NULL));
            if value.is_none() {
                wrong.get_or_insert(column.name.as_str());
            }
            values.push(value.unwrap_or(Value::Null));
        }
        let part = |index: &usize| {
            let column = self.relation.columns.get(*index)?;
            Some((column.name.as_str(), values.get(*index)?))
        };
        let key = match self.relation.identity {
            Identity::Key => key_of(self.relation.key.iter().filter_map(part)),
            _ => None,
        };
        let place = key.unwrap_or(Place::Row(self.delivery.read));
        let values = wrong.map_or(Ok(values), Err);
        self.delivery.give(place, values, &mut *self.sink)
    }
}

/// Returns what would let an index serve one part of a lookup, if none does.
fn advise(relation: &Relation, asked: &Match) -> Option<String> {
    let column = relation.column_at(&asked.column)?;
    let ignored = advice::ignores(asked.compare);
    let why = match (relation.identity, Condition::of(column.class, asked)) {
        (Identity::Number, _) if relation.is_view => {
            "it is a view, whose rows have no key".to_owned()
        }
        (Identity::Number, _) => "it has no primary key to tell its rows apart; add one".to_owned(),
        (_, Condition::Equal(_)) if column.index != Index::Absent => return None,
        (_, Condition::Equal(_)) => format!(
            "no index starts with it; this one would serve: CREATE INDEX {} ON {}.{} ({0})",
            back_quoted(&column.name),
            back_quoted(&relation.schema),
            back_quoted(&relation.name),
        ),
        _ => format!("{ignored}, which no index of this server serves"),
    };
    Some(advice::whole_table(&relation.name, &column.name, relation.rows, &why))
}

/// Returns a table for each table and view of the database: for a first draft of a data map. The
/// `tables` of the settings do not matter.
///
/// # Errors
/// [`Error::Settings`] or [`Error::Service`] if the database cannot be read.
pub fn discover(settings: &Settings) -> Result<Vec<TableSettings>, Error> {
    let source = Mysql::new(settings.clone())?;
    let names = source
        .lender
        .with(|session, _| catalogue::names(&mut session.conn).map_err(|e| why::failure(&e)));
    let names = names.map_err(|failure| failure.into_error(SERVER, &settings.source))?;
    Ok(crate::names::apart(names.into_iter().map(listed).collect()))
}

/// Returns how a map would name a table: in quotes where a dot would seem to part it.
fn listed(name: String) -> TableSettings {
    let table = name.contains(['.', '"']).then(|| quoted(&name));
    TableSettings { name, table }
}
