//! The register of the request: what happened since it came in, and the clock that follows from it.
//! What the request file says comes first; what is recorded here is added.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde_json::json;

use super::change::{By, Change};
use super::inputs::{Inputs, Sources};
use super::overview::Stage;
use super::{Case, Error, holds};
use crate::find::HoldKind;
use crate::request::{Clock, Event, EventKind, IdentityCheck, NotRecorded, Request, clock};
use crate::review::Resolution;

/// An event that was recorded in the case, and by whom.
struct Recorded {
    event: Event,
    who: String,
}

impl Case {
    /// Returns the clock of the request; `None` once the request is destroyed.
    ///
    /// # Errors
    /// [`Error::Inputs`], [`Error::Damaged`].
    pub fn clock(&self) -> Result<Option<Clock>, Error> {
        if super::change::get(&self.db, "request-text")?.is_none() {
            return Ok(None);
        }
        now(&self.db).map(|(_, clock)| Some(clock))
    }

    /// Records what happened to the request, and returns the clock that follows. That identity was
    /// proved resolves the hold for it; its `why` says how. No sign-off is void for it.
    ///
    /// # Errors
    /// [`Error::NotRecorded`] for what cannot have happened or is too late, [`Error::Over`].
    pub fn record(&mut self, event: &Event, today: Date, by: &By) -> Result<Clock, Error> {
        self.change(by, |change| {
            Stage::of(change.db)?.can_be_decided()?;
            let (request, clock) = now(change.db)?;
            clock.check(event, request.received, today)?;
            check_answers(event, &request, &clock)?;
            let kind = serde_json::to_value(event.kind)?;
            let why = event.why.as_deref().map(str::trim).filter(|why| !why.is_empty());
            change.db.execute(
                "INSERT INTO events (kind, day, why, who, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    kind.as_str(),
                    event.on.to_string(),
                    why,
                    change.by.name.trim(),
                    change.at()
                ],
            )?;
            change.log(&json!({ "event": kind, "on": event.on }), why)?;
            prove(change)?;
            now(change.db).map(|(_, clock)| clock)
        })
    }
}

/// Refuses an answer where nothing was asked.
fn check_answers(event: &Event, request: &Request, clock: &Clock) -> Result<(), NotRecorded> {
    let asked = match event.kind {
        EventKind::ClarificationAnswered => EventKind::ClarificationAsked,
        EventKind::AuthorityProved => EventKind::AuthorityAsked,
        EventKind::FeePaid => EventKind::FeeAsked,
        _ => return Ok(()),
    };
    let was_asked = request.events.iter().any(|e| e.kind == asked && e.on <= event.on);
    let is_open = asked != EventKind::ClarificationAsked || clock.is_asked;
    if was_asked && is_open { Ok(()) } else { Err(NotRecorded::NotAsked) }
}

fn now(db: &Connection) -> Result<(Request, Clock), Error> {
    let Inputs { profile, request, .. } = Inputs::effective(db)?;
    let clock = clock(&request, profile.nation);
    Ok((request, clock))
}

/// Writes what was recorded into the request.
pub(super) fn amend(db: &Connection, request: &mut Request) -> Result<(), Error> {
    for Recorded { event, who } in recorded(db)? {
        if event.kind == EventKind::IdentityProved {
            request.identity = Some(IdentityCheck {
                verified: true,
                on: Some(event.on),
                by: Some(who),
                how: event.why.clone(),
            });
        }
        request.events.push(event);
    }
    Ok(())
}

/// Resolves the hold for the identity of who asks, once it is recorded that it was proved.
pub(super) fn prove(change: &Change<'_>) -> Result<(), Error> {
    let all = recorded(change.db)?.into_iter().rev();
    let mut proofs = all.filter(|recorded| recorded.event.kind == EventKind::IdentityProved);
    let Some(Recorded { event, who }) = proofs.next() else { return Ok(()) };
    let how = event.why.unwrap_or_default();
    holds::resolve_all(change, HoldKind::Identity, &Resolution::Done, &how, &who)
}

fn recorded(db: &Connection) -> Result<Vec<Recorded>, Error> {
    let mut statement = db.prepare("SELECT kind, day, why, who FROM events ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let day: String = row.get(1)?;
        let event = Event {
            kind: serde_json::from_value(row.get::<_, String>(0)?.into())?,
            on: day.parse().map_err(|_| Error::damaged("a day is none"))?,
            why: row.get(2)?,
        };
        all.push(Recorded { event, who: row.get(3)? });
    }
    Ok(all)
}

impl Sources {
    /// Parses the texts, with what the case recorded of the request written in.
    ///
    /// # Errors
    /// [`Error::Inputs`]: one of them is wrong.
    pub fn parse_for(&self, case: &Case) -> Result<Inputs, Error> {
        let mut inputs = self.parse()?;
        amend(&case.db, &mut inputs.request)?;
        Ok(inputs)
    }
}
