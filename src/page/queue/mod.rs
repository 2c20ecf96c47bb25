//! The queue: one passage after another, doubtful ones first; those alike are decided once.

mod sheet;
mod view;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};

use crate::case::{Case, Error, Filter, Note, QueueItem};
use crate::page::failure::Failure;
use crate::page::fields::Fields;
use crate::page::server::{Shared, go};
use crate::request::Right;
use crate::review::{Decision, ItemId};

pub(super) use view::{Shown, View};

/// How many passages a page lists.
const LENGTH: usize = 25;
/// How many searches are remembered.
const SEARCHES: usize = 200;

/// What was searched for. It is often a name: an address that held it would stay in the history of
/// the browser, so the address holds its number.
#[derive(Default)]
pub(super) struct Searches(Mutex<(u64, VecDeque<String>)>);

impl Searches {
    fn keep(&self, text: &str) -> u64 {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.1.push_back(text.to_owned());
        kept.0 += 1;
        if kept.1.len() > SEARCHES {
            kept.1.pop_front();
        }
        kept.0
    }

    fn text(&self, number: u64) -> Option<String> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let back = usize::try_from(kept.0.checked_sub(number)?).ok()?;
        kept.1.iter().rev().nth(back).cloned()
    }
}

/// What a page of the queue shows.
struct Listed {
    right: Right,
    page: crate::case::Page,
    /// The passage that is looked at: its place in the page.
    at: usize,
    /// Where the page before starts, unless this is the first.
    before: Option<u64>,
    /// How many there are with this filter.
    total: u64,
    /// How many are to be decided, whatever the filter.
    open: u64,
    /// What was decided last.
    done: Option<QueueItem>,
    /// Whether there is a decision to undo.
    undo: bool,
}

impl Listed {
    fn load(case: &Case, view: &View, text: Option<String>, by: &str) -> Result<Self, Error> {
        let filter = view.filter(text);
        let (page, at) = Self::page(case, view, &filter)?;
        let first = page.items.first().map_or(0, |item| item.rank);
        let open = case.count(&View::default().filter(None))?;
        let is_usual = view.state.is_none() && !view.is_narrowed() && !view.each;
        Ok(Self {
            right: case.right()?,
            before: case.page_before(&filter, first, LENGTH)?,
            total: if is_usual { open } else { case.count(&filter)? },
            open,
            done: view.done.as_ref().and_then(|id| case.item(&ItemId::new(id.as_str())).ok()),
            undo: case.can_undo(by)?,
            page,
            at,
        })
    }

    /// Returns the page, and the place in it of the passage that is looked at: that passage is on
    /// the page if the filter lets it through.
    fn page(
        case: &Case,
        view: &View,
        filter: &Filter,
    ) -> Result<(crate::case::Page, usize), Error> {
        let mut page = case.queue(filter, view.after, LENGTH)?;
        if page.items.is_empty() && view.after.is_some() {
            page = case.queue(filter, None, LENGTH)?;
        }
        let id = match view.at.as_deref() {
            None => return Ok((page, 0)),
            Some("last") => {
                let last = page.items.len().saturating_sub(1);
                return Ok((page, last));
            }
            Some(id) => id,
        };
        let is_it = |item: &QueueItem| item.id.as_str() == id;
        if let Some(at) = page.items.iter().position(is_it) {
            return Ok((page, at));
        }
        let Ok(item) = case.item(&ItemId::new(id)) else { return Ok((page, 0)) };
        let from = case.queue(filter, item.rank.checked_sub(1), LENGTH)?;
        let is_there = from.items.first().is_some_and(is_it);
        Ok((if is_there { from } else { page }, 0))
    }
}

/// Answers with the page.
pub(super) async fn show(
    State(page): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let view = View::of(&Fields::parse(query.unwrap_or_default().as_bytes()));
    let text = view.search.and_then(|number| page.searches.text(number));
    let (asked, searched, by) = (view.clone(), text.clone(), page.by().name);
    let listed = page.desk.ask(move |case| Listed::load(case, &asked, searched, &by)).await?;
    let main = sheet::main(page.frame(), &view, text.as_deref(), &listed);
    Ok(page.frame().page("Queue", "/queue", &main))
}

/// Takes a search, and goes where it is shown.
pub(super) async fn search(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Response {
    let mut view = View::of(&Fields::parse(fields.get("view").as_bytes())).at_start();
    view.search = fields.some("text").map(|text| page.searches.keep(text));
    go(&view.link())
}

/// Takes a decision, and goes to the next passage.
pub(super) async fn decide(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let view = View::of(&Fields::parse(fields.get("view").as_bytes()));
    let id = ItemId::new(fields.get("id"));
    let (seen, by, done) = (fields.seen()?, page.by(), id.as_str().to_owned());
    page.desk
        .ask(move |case| {
            let proposed = case.item(&id)?.proposed_ground;
            let Some(decision) = decision(&fields, &proposed) else {
                return Err(Error::Unknown("decision"));
            };
            case.decide_with(&id, &decision, noted(&fields).as_ref(), seen, &by)
        })
        .await?;
    Ok(go(&View { done: Some(done), ..view }.link()))
}

/// Reads the note of a form, if it has one.
fn noted(fields: &Fields) -> Option<Note<'_>> {
    fields.raw("note").map(|text| Note { before: fields.get("noted"), text })
}

/// Keeps a note, and stays where it is.
pub(super) async fn note(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let view = View::of(&Fields::parse(fields.get("view").as_bytes()));
    let (id, by) = (ItemId::new(fields.get("id")), page.by());
    page.desk
        .ask(move |case| match noted(&fields) {
            Some(note) => case.annotate(&id, &note, &by),
            None => Ok(()),
        })
        .await?;
    Ok(go(&view.link()))
}

/// Undoes the last decision of whoever asks, and goes where it was made.
pub(super) async fn undo(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let view = View::of(&Fields::parse(fields.get("view").as_bytes())).at_start();
    let (seen, by, filter) = (fields.seen()?, page.by(), view.filter(None));
    let (id, is_shown) = page
        .desk
        .ask(move |case| {
            let id = case.undo(seen, &by)?;
            let item = case.item(&id).ok();
            // Whatever is searched for: what was undone is shown.
            let page = match &item {
                Some(item) => Some(case.queue(&filter, item.rank.checked_sub(1), 1)?),
                None => None,
            };
            let first = page.and_then(|page| page.items.into_iter().next());
            Ok((id.to_string(), item.is_none() || first.is_some_and(|first| first.id == id)))
        })
        .await?;
    let start = match is_shown {
        true => View { search: None, ..view },
        false => View { state: Some(Shown::All), ..View::default() },
    };
    Ok(go(&View { at: Some(id.clone()), done: Some(id), ..start }.link()))
}

/// Reads a decision of a form; the ground that was proposed anyway needs no saying.
pub(super) fn decision(fields: &Fields, proposed: &str) -> Option<Decision> {
    Some(match fields.get("choice") {
        "redact" => {
            let ground = fields.some("ground").filter(|code| *code != proposed);
            Decision::Redact { ground: ground.map(str::to_owned) }
        }
        "keep" => Decision::Keep { reason: fields.get("reason").to_owned() },
        "undo" => Decision::Undecided,
        _ => return None,
    })
}

/// Parts a passage from those alike.
pub(super) async fn part(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let view = View::of(&Fields::parse(fields.get("view").as_bytes()));
    let id = ItemId::new(fields.get("id"));
    let (seen, by, at) = (fields.seen()?, page.by(), id.as_str().to_owned());
    page.desk.ask(move |case| case.part(&id, seen, &by)).await?;
    Ok(go(&View { at: Some(at), ..view }.link()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_known_by_number_and_forgotten_in_the_end() {
        let searches = Searches::default();
        let first = searches.keep("Osgood");
        assert_eq!(searches.text(first).as_deref(), Some("Osgood"));
        assert_eq!(searches.text(first + 1), None);
        for n in 0..SEARCHES {
            searches.keep(&n.to_string());
        }
        assert_eq!(searches.text(first), None);
        assert_eq!(searches.text(first + 1).as_deref(), Some("0"));
    }
}
