//! The other people of the case: who they are, one decision for all that is about them.

mod sheet;

use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::response::{Html, Response};

use crate::case::{Alias, Named, Party, PartyId, Revision};
use crate::page::failure::Failure;
use crate::page::fields::Fields;
use crate::page::queue::decision;
use crate::page::server::{Shared, go};
use crate::request::Right;
use crate::review::{Consent, ConsentState, PartyRole};

/// One person, and what the page about them needs besides.
struct One {
    party: Party,
    others: Vec<Named>,
    right: Right,
    revision: Revision,
}

/// How many people a page lists.
const LENGTH: usize = 100;

/// Answers with a page of the register.
pub(super) async fn list(
    State(page): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let from = Fields::parse(query.unwrap_or_default().as_bytes()).number("from").unwrap_or(0);
    let people = page.desk.ask(move |case| case.people_page(from, LENGTH + 1)).await?;
    Ok(page.frame().page("People", "/people", &sheet::list(&people, from, LENGTH)))
}

/// Answers with the page of one person.
pub(super) async fn show(
    State(page): State<Shared>,
    Path(id): Path<PartyId>,
) -> Result<Html<String>, Failure> {
    let one = page
        .desk
        .ask(move |case| {
            let others = case.people_to_choose()?.into_iter().filter(|other| other.id != id);
            Ok(One {
                revision: case.revision()?,
                party: case.party(id)?,
                others: others.collect(),
                right: case.right()?,
            })
        })
        .await?;
    let main = sheet::one(page.frame(), &one);
    Ok(page.frame().page("A person", "/people", &main))
}

/// Records role, consent and note.
pub(super) async fn describe(
    State(page): State<Shared>,
    Path(id): Path<PartyId>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let role = PartyRole::of(fields.get("role")).ok_or(Failure::Malformed("role"))?;
    let consent = consent(&fields)?;
    let (seen, by) = (fields.seen()?, page.by());
    page.desk
        .ask(move |case| case.describe_party(id, role, consent, fields.some("note"), seen, &by))
        .await?;
    Ok(go(&format!("/people/{id}")))
}

fn consent(fields: &Fields) -> Result<Option<Consent>, Failure> {
    let Some(state) = ConsentState::of(fields.get("consent")) else { return Ok(None) };
    match fields.get("on").parse() {
        Ok(on) => Ok(Some(Consent { state, on })),
        Err(_) => Err(Failure::Refused(
            "Say on which day they were asked or answered. Nothing was saved.",
        )),
    }
}

/// Decides everything about a person alike.
pub(super) async fn decide(
    State(page): State<Shared>,
    Path(id): Path<PartyId>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let decision = decision(&fields, "").ok_or(Failure::Malformed("choice"))?;
    let (seen, by) = (fields.seen()?, page.by());
    page.desk.ask(move |case| case.decide_party(id, &decision, seen, &by)).await?;
    Ok(go(&format!("/people/{id}")))
}

/// Makes two people one.
pub(super) async fn merge(
    State(page): State<Shared>,
    Path(id): Path<PartyId>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let (from, seen, by) = (fields.number("from")?, fields.seen()?, page.by());
    page.desk.ask(move |case| case.merge_parties(id, from, seen, &by)).await?;
    Ok(go(&format!("/people/{id}")))
}

/// Makes another person of some of a person's values.
pub(super) async fn split(
    State(page): State<Shared>,
    Path(id): Path<PartyId>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let (seen, by) = (fields.seen()?, page.by());
    let chosen: Vec<usize> = fields.all("value").filter_map(|at| at.parse().ok()).collect();
    if chosen.is_empty() {
        return Err(Failure::Refused(
            "Say which values are another person's. Nothing was changed.",
        ));
    }
    let new = page
        .desk
        .ask(move |case| {
            // Their places in the list: had it changed since, the revision would refuse it.
            let known = case.party(id)?.aliases.into_iter().enumerate();
            let aliases: Vec<Alias> =
                known.filter(|(at, _)| chosen.contains(at)).map(|(_, alias)| alias).collect();
            case.split_party(id, &aliases, seen, &by)
        })
        .await?;
    Ok(go(&format!("/people/{new}")))
}
