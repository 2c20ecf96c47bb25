//! The one connection of a source and what is known by it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mysql::Conn;

use super::catalogue::{self, Relation};
use super::connect::{Facts, Server};
use super::why;
use crate::failure::{Failure, persist};

/// The connection in its transaction.
pub(crate) struct Session {
    pub(crate) conn: Conn,
    pub(crate) facts: Facts,
    /// Whether the connection was lost and must not be used again.
    pub(crate) is_lost: bool,
    relations: BTreeMap<String, Arc<Relation>>,
}

/// Lends the connection to one reader at a time.
pub(crate) struct Lender {
    server: Server,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    /// Whether rows were given, so that no other state of the database may follow.
    is_used: bool,
}

impl Lender {
    pub(crate) fn new(server: Server) -> Self {
        Self { server, state: Mutex::default() }
    }

    /// Does something in the session, and again in a new one as long as the connection is lost and
    /// no row was given. `work` sets its flag before it gives a row.
    ///
    /// # Errors
    /// The last failure.
    pub(crate) fn with<T>(
        &self,
        mut work: impl FnMut(&mut Session, &mut bool) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut state = self.lock();
        persist(|| {
            let state = &mut *state;
            let session = match &mut state.session {
                Some(session) => session,
                None if state.is_used => return Err(Failure::state_gone()),
                empty => {
                    let (conn, facts) = self.server.begin()?;
                    let relations = BTreeMap::new();
                    empty.insert(Session { conn, facts, is_lost: false, relations })
                }
            };
            let result = work(session, &mut state.is_used);
            if session.is_lost || matches!(&result, Err(failure) if failure.is_lost) {
                state.session = None;
            }
            result
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Returns a table or view as the catalogue has it, or `None` if there is none.
    pub(crate) fn relation(&mut self, name: &str) -> Result<Option<Arc<Relation>>, Failure> {
        if let Some(known) = self.relations.get(name) {
            return Ok(Some(Arc::clone(known)));
        }
        let found = catalogue::find(&mut self.conn, &self.facts, name);
        let Some(found) = found.map_err(|e| why::failure(&e))?.map(Arc::new) else {
            return Ok(None);
        };
        self.relations.insert(name.to_owned(), Arc::clone(&found));
        Ok(Some(found))
    }
}
