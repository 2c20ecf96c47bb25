//! Finding: rounds over the connectors, the ownership rule, and the reasons for each row.
//!
//! | module | owns |
//! |---|---|
//! | `sources` | the connectors of a map |
//! | `survey` | what the sources have against what the map says |
//! | `rounds` | asking tables until no new key appears |
//! | `ownership` | the rule: whose a row is (pure) |
//! | `facts`, `placeholder` | what a row says of whose it is; values that say nothing |
//! | `trail` | why a row is the person's |
//! | `ruling` | what somebody decided about doubtful rows |
//! | `keep` | what was found, as plain data |
//! | `conclude`, `notes` | standing, holds, other people, the search record |
//! | `roster` | who of the people that texts name is known |
//! | `scope`, `unmapped` | the request's dates; columns that the map does not cover |

mod conclude;
mod facts;
mod keep;
mod model;
mod notes;
mod ownership;
mod placeholder;
mod roster;
mod rounds;
mod ruling;
mod scope;
mod sources;
mod survey;
mod trail;
mod unmapped;

pub use keep::Findings;
pub use model::{
    Found, Held, Hold, HoldKind, Identity, Other, Roster, Row, Searched, Standing, Status,
};
pub use roster::look_up;
pub use ruling::{RowKey, Ruling, Rulings};
pub use sources::Sources;
pub use survey::{Missing, Survey, Surveyed, advice, survey};
pub use trail::Trail;

pub(crate) use conclude::place;
pub(crate) use placeholder::says_nothing;
pub(crate) use ruling::digest;

use crate::controller::Profile;
use crate::map::{Map, TableId};
use crate::plan::Plan;
use crate::request::Request;

/// What a search is about.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// Where data is and what it means.
    pub map: &'a Map,
    /// Who holds it and why.
    pub profile: &'a Profile,
    /// Whose data is wanted.
    pub request: &'a Request,
}

/// Is told how a search goes on. Called from several threads.
pub trait Watch: Sync {
    /// A table is asked.
    fn asked(&self, table: &TableId) {
        let _ = table;
    }
    /// A table has answered with this many rows.
    fn answered(&self, table: &TableId, rows: usize) {
        let _ = (table, rows);
    }
}

/// Watches nothing.
#[derive(Clone, Copy, Debug)]
pub struct Unwatched;

impl Watch for Unwatched {}

/// Finds everything that is held about the data subject.
///
/// Never fails: a source that cannot be read is in the search record as failed, and what is
/// doubtful is in the holds. The result does not depend on thread timing.
pub fn find(
    inquiry: Inquiry<'_>,
    plan: &Plan,
    survey: &Survey,
    sources: &Sources,
    watch: &dyn Watch,
) -> Found {
    find_with(inquiry, plan, survey, sources, watch, &Rulings::default())
}

/// Finds as [`find()`] does, with what was decided about doubtful rows before: a row ruled to be
/// the person's leads to others like any row of theirs.
pub fn find_with(
    inquiry: Inquiry<'_>,
    plan: &Plan,
    survey: &Survey,
    sources: &Sources,
    watch: &dyn Watch,
    rulings: &Rulings,
) -> Found {
    let Inquiry { map, profile, request } = inquiry;
    let given = given(map, request);
    let mut search = rounds::Search::new(map, sources, watch, rulings, given.clone());
    for table in &survey.tables {
        if let Some(why) = &table.unreachable {
            search.unreachable(&table.table, why);
        }
    }
    search.run(plan);
    let window = scope::Window::new(&request.scope, profile);
    let mut found = conclude::conclude(&search, &window, &plan.out_of_scope);
    found.holds.extend(survey.tables.iter().flat_map(|table| table.unmapped.clone()));
    found.holds.extend(identity_hold(request));
    let strange = notes::other_names(map, &given, &found.rows, rulings);
    found.holds.extend(strange.iter().map(|held| held.hold.clone()));
    found.held.extend(strange);
    found.holds.sort();
    found.holds.dedup();
    found.notes.extend(notes::past_retention(map, profile, request.received, &found.rows));
    found
}

fn given(map: &Map, request: &Request) -> Identity {
    let mut given = Identity::default();
    for (kind, values) in &request.subject.0 {
        for value in values {
            given.learn(map, kind, value);
        }
    }
    given
}

fn identity_hold(request: &Request) -> Option<Hold> {
    let verified = request.identity.as_ref().is_some_and(|check| check.verified);
    (!verified).then(|| Hold {
        kind: HoldKind::Identity,
        table: None,
        at: None,
        why: "the identity of the person who asks has not been verified".into(),
        next: "verify it, then record it under [identity] in the request (verified = true, on, by, how) or pass --verified-by and --verified-how".into(),
    })
}

#[cfg(test)]
mod tests;
