//! What stops the release, and how each is resolved, with a reason.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::{Html, Response};
use maud::{Markup, html};

use super::failure::Failure;
use super::fields::Fields;
use super::frame::Frame;
use super::server::{Shared, go};
use super::text::{cell, count, data, sentence, time};
use super::words;
use crate::case::{HeldItem, Overview, Revision};
use crate::find::HoldKind;
use crate::request::Right;
use crate::review::{HoldId, Resolution};

/// How many holds a page shows.
const LENGTH: usize = 50;

struct Loaded {
    holds: Vec<(HeldItem, Vec<(String, String)>)>,
    /// Whether there is another page.
    more: bool,
    open: u64,
    right: Right,
    revision: Revision,
    collect_again: bool,
}

/// Answers with the page.
pub(super) async fn show(
    State(page): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let from: usize =
        Fields::parse(query.unwrap_or_default().as_bytes()).number("from").unwrap_or(0);
    let loaded = page
        .desk
        .ask(move |case| {
            let revision = case.revision()?;
            let overview = case.overview()?;
            let mut holds = case.holds_page(from, LENGTH + 1)?;
            let more = holds.len() > LENGTH;
            holds.truncate(LENGTH);
            let rows = case.held_rows(&holds)?;
            let holds = holds.into_iter().zip(rows).collect();
            let Overview { right, collect_again, holds_open, .. } = overview;
            Ok(Loaded { holds, more, open: holds_open, right, revision, collect_again })
        })
        .await?;
    let frame = page.frame();
    let open = loaded.open;
    let main = html! {
        h1 tabindex="-1" autofocus { "Holds" }
        p.lead {
            @if open == 0 { "No hold stops the release." }
            @else { (count(open, "hold stops", "holds stop")) " the release." }
        }
        @if loaded.collect_again {
            p.warn { strong { "Collect again: " } "a record that joined may lead to more. Run "
                code { "holdall collect" } " on the case, then come back." }
        }
        @for (at, (held, row)) in loaded.holds.iter().enumerate() { (hold(frame, &loaded, held, row, at)) }
        nav.step aria-label="Pages of holds" {
            @if from > 0 { a href={ "/holds?from=" (from.saturating_sub(LENGTH)) } { "Page before" } }
            @if loaded.more { a href={ "/holds?from=" (from.saturating_add(LENGTH)) } { "Next page" } }
        }
        (adding(frame))
    };
    Ok(frame.page("Holds", "/holds", &main))
}

fn hold(
    frame: Frame<'_>,
    loaded: &Loaded,
    held: &HeldItem,
    row: &[(String, String)],
    at: usize,
) -> Markup {
    let hold = &held.hold;
    let title = format!("hold-{at}");
    html! {
        section.card aria-labelledby=(title) {
            div.head {
                h2 id=(title) { (words::hold(hold.kind)) }
                @if held.resolved.is_some() { span.badge.kept { "Resolved" } }
                @else { span.badge.open { "Open" } }
            }
            p { (data(&sentence(&hold.why))) }
            @if let Some(table) = &hold.table {
                p.soft { "In " (data(table)) @if let Some(at) = &hold.at { ", " (data(at)) } }
            }
            @if !row.is_empty() {
                details { summary { "The record that it is about" }
                    dl.facts { @for (name, text) in row { div { dt { (data(&cell(name))) } dd { (data(text)) } } } }
                }
            }
            @match &held.resolved {
                Some((resolution, made)) => {
                    p { strong { (words::resolution(resolution)) } ". " (data(&made.reason)) }
                    p.soft { "By " (data(&made.who)) ", " (time(&made.at)) }
                    form method="post" action="/holds/resolve" {
                        (hidden(frame, loaded, held))
                        button.plain name="how" value="reopen" { "Open it again" }
                    }
                }
                None => (resolving(frame, loaded, held, at)),
            }
        }
    }
}

fn hidden(frame: Frame<'_>, loaded: &Loaded, held: &HeldItem) -> Markup {
    html! {
        (frame.token())
        input type="hidden" name="id" value=(held.id.0);
        input type="hidden" name="seen" value=(loaded.revision.0);
    }
}

/// The choices that fit a hold.
fn choices(held: &HeldItem, right: Right) -> Vec<(&'static str, &'static str)> {
    let ground = crate::review::grounds(right).next().unwrap_or_default().to_owned();
    [
        ("theirs", "It is theirs: it joins the release", Resolution::Theirs),
        ("not-theirs", "It is not theirs: it stays out", Resolution::NotTheirs),
        ("give", "Give the column, searched as free text", Resolution::Give),
        ("withhold", "Withhold the column, on this ground:", Resolution::Withhold { ground }),
        ("done", "It was done", Resolution::Done),
    ]
    .into_iter()
    .filter(|(.., resolution)| resolution.check(&held.hold, "-", right).is_ok())
    .map(|(word, name, _)| (word, name))
    .collect()
}

fn resolving(frame: Frame<'_>, loaded: &Loaded, held: &HeldItem, at: usize) -> Markup {
    let choices = choices(held, loaded.right);
    let withheld = choices.iter().any(|(word, _)| *word == "withhold");
    html! {
        p { strong { "Next: " } (data(&sentence(&held.hold.next))) }
        form.stack method="post" action="/holds/resolve" {
            (hidden(frame, loaded, held))
            @if let [(only, _)] = choices.as_slice() {
                input type="hidden" name="how" value=(only);
            } @else {
                fieldset {
                    legend { "Decide" }
                    @for (word, name) in &choices {
                        label.choice { input type="radio" name="how" value=(word) required; " " (name) }
                    }
                    @if withheld {
                        label for={ "ground-" (at) } { "Ground" }
                        select id={ "ground-" (at) } name="ground" { (words::ground_choices(loaded.right, crate::review::grounds(loaded.right).next().unwrap_or_default())) }
                    }
                }
            }
            label for={ "reason-" (at) } { (reason_of(held.hold.kind)) }
            input id={ "reason-" (at) } name="reason" required maxlength="2000" autocomplete="off";
            button.primary { "Resolve" }
        }
    }
}

fn reason_of(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Identity => "How the identity was verified",
        HoldKind::Opinion => "Whose opinion it is, of which day, and what it says",
        HoldKind::Manual => "What was looked at, and what came of it",
        HoldKind::Refused => "What was read and taken out, and why the rest may go",
        _ => "Why",
    }
}

fn adding(frame: Frame<'_>) -> Markup {
    html! {
        section.card aria-labelledby="adding" {
            h2 id="adding" { "Something else to look at by hand" }
            p { "Film, paper, a recording: it stops the release until somebody says what came of it." }
            form.stack method="post" action="/holds/add" {
                (frame.token())
                fieldset {
                    legend { "What is it?" }
                    label.choice { input type="radio" name="kind" value="manual" checked; " Something to look at by hand" }
                    label.choice { input type="radio" name="kind" value="opinion"; " A professional's opinion to ask for" }
                }
                label for="what" { "What has to be looked at" }
                input id="what" name="what" required maxlength="500" autocomplete="off";
                button { "Add" }
            }
        }
    }
}

/// Resolves a hold, or opens it again.
pub(super) async fn resolve(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let (id, seen, by) = (HoldId(fields.get("id").to_owned()), fields.seen()?, page.by());
    let resolution = match fields.get("how") {
        "theirs" => Some(Resolution::Theirs),
        "not-theirs" => Some(Resolution::NotTheirs),
        "give" => Some(Resolution::Give),
        "done" => Some(Resolution::Done),
        "withhold" => Some(Resolution::Withhold { ground: fields.get("ground").to_owned() }),
        "reopen" => None,
        _ => return Err(Failure::Malformed("how")),
    };
    page.desk
        .ask(move |case| {
            case.resolve_hold(&id, resolution.as_ref(), fields.get("reason"), seen, &by)
        })
        .await?;
    Ok(go("/holds"))
}

/// Adds something to look at by hand.
pub(super) async fn add(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let by = page.by();
    let (kind, next) = match fields.get("kind") {
        "opinion" => (HoldKind::Opinion, "ask the professional, then record what they say"),
        _ => (HoldKind::Manual, "look at it by hand"),
    };
    page.desk.ask(move |case| case.add_hold(kind, fields.get("what"), next, &by)).await?;
    Ok(go("/holds"))
}
