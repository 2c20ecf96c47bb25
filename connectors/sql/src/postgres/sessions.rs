//! Connections that share one snapshot.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use postgres::Client;

use super::catalogue::{self, Relation};
use super::connect::{Facts, Server};
use super::why;
use crate::failure::{Failure, persist};

/// How many connections one source may have.
const MOST: usize = 4;

/// A connection in a transaction that sees the snapshot.
pub(crate) struct Session {
    pub(crate) client: Client,
    /// Whether a statement failed in it.
    pub(crate) has_failed: bool,
    /// Of which state it is; a lost state's sessions are not taken back.
    pub(crate) age: u64,
}

/// The sessions of one source.
pub(crate) struct Sessions {
    server: Server,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    facts: Option<Arc<Facts>>,
    idle: Vec<Session>,
    open: usize,
    /// Counts the states of the database that were looked at.
    age: u64,
    /// Whether rows were given from this state, so that no other may follow it.
    is_used: bool,
    relations: BTreeMap<String, Arc<Relation>>,
}

impl Sessions {
    pub(crate) fn new(server: Server) -> Self {
        Self { server, state: Mutex::default(), returned: Condvar::new() }
    }

    /// Does something in a session, and again in a new one as long as the connection is lost and no
    /// row was given.
    ///
    /// # Errors
    /// The last failure.
    pub(crate) fn with<T>(
        &self,
        mut work: impl FnMut(&mut Session, &Facts) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        persist(|| {
            let (mut session, facts) = self.take()?;
            let result = work(&mut session, &facts);
            session.has_failed |= result.is_err();
            self.give_back(session);
            result
        })
    }

    /// Returns a table or view as the catalogue has it, or `None` if there is none.
    pub(crate) fn relation(
        &self,
        session: &mut Session,
        facts: &Facts,
        name: &str,
    ) -> Result<Option<Arc<Relation>>, Failure> {
        if let Some(known) = self.lock().relations.get(name) {
            return Ok(Some(Arc::clone(known)));
        }
        let found = catalogue::find(&mut session.client, facts, name);
        let Some(found) = found.map_err(|e| why::failure(&e))?.map(Arc::new) else {
            return Ok(None);
        };
        let mut state = self.lock();
        if state.age == session.age {
            state.relations.insert(name.to_owned(), Arc::clone(&found));
        }
        Ok(Some(found))
    }

    /// Notes that a row is about to be given from the state of this age.
    ///
    /// # Errors
    /// If that state was given up meanwhile.
    pub(crate) fn use_up(&self, age: u64) -> Result<(), Failure> {
        let mut state = self.lock();
        if state.age != age {
            return Err(Failure::lost("the connection to the server was lost"));
        }
        state.is_used = true;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Result<(Session, Arc<Facts>), Failure> {
        let mut state = self.lock();
        loop {
            if let (Some(session), Some(facts)) = (state.idle.pop(), &state.facts) {
                return Ok((session, Arc::clone(facts)));
            }
            let is_first_under_way = state.facts.is_none() && state.open > 0;
            if state.open < MOST && !is_first_under_way {
                state.open += 1;
                return self.open(state);
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open<'s>(&'s self, state: MutexGuard<'s, State>) -> Result<(Session, Arc<Facts>), Failure> {
        let (known, age) = (state.facts.clone(), state.age);
        drop(state);
        let snapshot = known.as_deref().and_then(|facts| facts.snapshot.as_deref());
        let begun = self.server.begin(snapshot);
        let mut state = self.lock();
        match begun {
            Ok((client, facts)) if state.age == age => {
                let facts = known.unwrap_or_else(|| Arc::new(facts));
                state.facts = Some(Arc::clone(&facts));
                self.returned.notify_all();
                Ok((Session { client, has_failed: false, age }, facts))
            }
            // The state was lost meanwhile, and with it the count of what is open.
            Ok(_) => Err(Failure::lost("the connection to the server was lost")),
            Err(failure) => {
                if state.age == age {
                    state.open -= 1;
                }
                // The snapshot is gone if whoever exported it is; nobody can join it any more.
                let is_orphaned = known.is_some() && !failure.is_lost;
                let failure = if is_orphaned { Self::lose(&mut state) } else { failure };
                self.returned.notify_all();
                Err(failure)
            }
        }
    }

    fn give_back(&self, mut session: Session) {
        // A failed statement leaves the transaction unusable until it goes back to the savepoint.
        let is_well = !session.has_failed
            || (!session.client.is_closed()
                && session.client.batch_execute("ROLLBACK TO SAVEPOINT holdall").is_ok());
        let mut state = self.lock();
        if session.age == state.age {
            if is_well {
                session.has_failed = false;
                state.idle.push(session);
            } else {
                state.open -= 1;
                if !state.is_used {
                    let _ = Self::lose(&mut state);
                }
            }
        }
        self.returned.notify_all();
    }

    /// Gives up the present state of the database, if that is still allowed.
    fn lose(state: &mut State) -> Failure {
        if state.is_used {
            return Failure::state_gone();
        }
        *state = State { age: state.age + 1, ..State::default() };
        Failure::lost("the connection to the server was lost")
    }
}
