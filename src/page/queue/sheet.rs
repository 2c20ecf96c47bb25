//! The page of the queue: the list, and the passage that is looked at.

use maud::{Markup, html};

use super::Listed;
use super::view::{STATES, Shown, View};
use crate::case::{QueueItem, State};
use crate::page::frame::Frame;
use crate::page::text::{cell, count, data, pieces, time};
use crate::page::{help, words};

/// How much of a text the list shows, in characters.
const SHORT: usize = 40;

/// Reasons that are often right.
const REASONS: [&str; 6] = [
    "This is the person's own data",
    "This is no name or identifier",
    "They know this already: they wrote it, or it was written to them",
    "Acting officially or in a professional role",
    "The other person agreed",
    "This is public",
];

/// Returns what stands in the page.
pub(super) fn main(frame: Frame<'_>, view: &View, text: Option<&str>, listed: &Listed) -> Markup {
    let items = &listed.page.items;
    html! {
        div.top { h1.quiet { "Queue" } (done(frame, view, listed)) }
        (filters(frame, view, text, listed))
        @match items.get(listed.at) {
            None => (nothing(view)),
            Some(item) => {
                div.queue {
                    (detail(frame, view, listed, item))
                    (list(view, listed))
                }
            }
        }
        datalist id="reasons" { @for reason in REASONS { option value=(reason) {} } }
        dialog id="help" aria-labelledby="help-title" {
            h2.quiet id="help-title" { "Help" }
            (help::keys())
            form method="dialog" { button autofocus { "Close" } }
        }
    }
}

fn nothing(view: &View) -> Markup {
    html! {
        section.next {
            @if view.state.is_none() && !view.is_narrowed() {
                h2 tabindex="-1" autofocus { "Nothing is left to decide here" }
                p { "Every doubtful passage is decided." }
                p { a.button href="/release" data-key="j" { "To the release" } }
            } @else {
                h2 tabindex="-1" autofocus { "Nothing here" }
                p { "No passage is like that." }
                p { a.button href="/queue" { "All that is to be decided" } }
            }
        }
    }
}

/// What was decided last, with its undo.
fn done(frame: Frame<'_>, view: &View, listed: &Listed) -> Markup {
    let here = View { at: None, ..view.clone() };
    html! {
        div.flash role="status" {
            @if let Some(item) = &listed.done {
                p {
                    @if !is_decided(item) { "Undone: " }
                    (words::state(item.status.state)) " " (data(&short(&item.value)))
                    @if item.alike > 1 { " (" (count(item.alike, "place", "places")) ")" }
                }
            }
        }
        @if listed.undo {
            form method="post" action="/queue/undo" {
                (frame.token())
                input type="hidden" name="seen" value=(listed.page.revision.0);
                input type="hidden" name="view" value=(here.query());
                button.plain data-key="u" { "Undo your last decision " kbd { "u" } }
            }
        }
    }
}

fn is_decided(item: &QueueItem) -> bool {
    matches!(item.status.state, State::Redacted | State::Kept)
}

fn filters(frame: Frame<'_>, view: &View, text: Option<&str>, listed: &Listed) -> Markup {
    let start = view.at_start();
    html! {
        div.filters {
            nav aria-label="Which passages" {
                @for (state, _, name) in STATES {
                    a href=(View { state, ..start.clone() }.link())
                        aria-current=[(state == view.state).then_some("true")] {
                        (name)
                        @if state.is_none() { " (" (listed.open) ")" }
                    }
                }
            }
            form.search role="search" method="post" action="/queue/search" {
                (frame.token())
                input type="hidden" name="view" value=(start.query());
                label for="search" { "Search" }
                input id="search" type="search" name="text" data-key="/" value=(text.unwrap_or_default())
                    autocomplete="off" placeholder="a name, a number …";
                button { "Search" }
            }
        }
        p.soft {
            (count(listed.total, "passage", "passages"))
            @if !view.each { ", those alike counted once" }
            @if let Some((source, table)) = &view.table { ", in " (data(source)) ", " (data(table)) }
            @if let Some(kind) = &view.kind { ", " (words::kind(kind)) " only" }
            @if view.party.is_some() { ", of one person" }
            @if let Some(row) = view.row { ", in record " (row + 1) }
            @if let Some(text) = text { ", with \u{201C}" (data(text)) "\u{201D}" }
            ". "
            @if view.is_narrowed() { a href=(View { state: view.state, ..View::default() }.link()) { "Show all" } " · " }
            a href=(View { each: !view.each, ..start }.link()) {
                @if view.each { "Count those alike once" } @else { "Show each by itself" }
            }
        }
    }
}

fn list(view: &View, listed: &Listed) -> Markup {
    html! {
        nav.list aria-label="Passages of this page" {
            ol {
                @for (at, item) in listed.page.items.iter().enumerate() {
                    li {
                        a href=(looking_at(view, item).link())
                            aria-current=[(at == listed.at).then_some("true")] {
                            span { (words::state(item.status.state)) " " span.soft { (words::kind(&item.kind)) } }
                            @if !item.value.is_empty() { b { (data(&short(&item.value))) } }
                            @if item.alike > 1 { span.soft { (count(item.alike, "place", "places")) } }
                        }
                    }
                }
            }
            p {
                @if let Some(before) = listed.before {
                    a href=(page_at(view, before).link()) { "Page before" } " "
                }
                @if let Some(next) = listed.page.next {
                    a href=(page_at(view, next).link()) { "Next page" }
                }
            }
        }
    }
}

fn looking_at(view: &View, item: &QueueItem) -> View {
    View { at: Some(item.id.to_string()), done: None, ..view.clone() }
}

fn page_at(view: &View, after: u64) -> View {
    View { after: Some(after).filter(|after| *after > 0), ..view.at_start() }
}

/// Returns where to go from the passage that is looked at: the one before, and the next.
fn neighbours(view: &View, listed: &Listed) -> (Option<View>, Option<View>) {
    let items = &listed.page.items;
    let back = |before: u64| View { at: Some("last".into()), ..page_at(view, before) };
    let previous = match listed.at.checked_sub(1).and_then(|at| items.get(at)) {
        Some(item) => Some(looking_at(view, item)),
        None => listed.before.map(back),
    };
    let next = match items.get(listed.at + 1) {
        Some(item) => Some(looking_at(view, item)),
        None => listed.page.next.map(|next| page_at(view, next)),
    };
    (previous, next)
}

fn detail(frame: Frame<'_>, view: &View, listed: &Listed, item: &QueueItem) -> Markup {
    let (previous, next) = neighbours(view, listed);
    let here = View { at: Some(item.id.to_string()), done: None, ..view.clone() };
    // What is decided leaves the list of what is to be decided; elsewhere it stays.
    let onward = next.clone().unwrap_or_else(|| view.at_start());
    html! {
        section.detail aria-labelledby="passage" {
            div.head {
                h2 id="passage" tabindex="-1" autofocus {
                    (words::kind(&item.kind))
                    @if item.alike > 1 { ", in " (count(item.alike, "place", "places")) }
                }
                (words::state(item.status.state))
            }
            blockquote.context {
                @if item.span.is_some_and(|(start, _)| start > item.before.chars().count()) { "… " }
                span.soft { (pieces(&item.before, 0)) }
                mark { (pieces(&item.value, 0)) }
                span.soft { (pieces(&item.after, 0)) }
            }
            (actions(frame, &onward, &here, listed, item))
            (note(frame, &here, listed, item))
            (facts(item))
            nav.step aria-label="Passages" {
                @if let Some(previous) = previous { a href=(previous.link()) data-key="h" rel="prev" { "Previous" } }
                @if let Some(next) = next { a href=(next.link()) data-key="j" rel="next" { "Next" } }
            }
        }
    }
}

fn hidden(frame: Frame<'_>, view: &View, listed: &Listed, item: &QueueItem) -> Markup {
    html! {
        (frame.token())
        input type="hidden" name="id" value=(item.id);
        input type="hidden" name="seen" value=(listed.page.revision.0);
        input type="hidden" name="view" value=(view.query());
    }
}

/// The note of the reviewers; the script sends what was typed along with a decision.
fn note(frame: Frame<'_>, here: &View, listed: &Listed, item: &QueueItem) -> Markup {
    let now = item.note.as_deref().unwrap_or_default();
    html! {
        form.note method="post" action="/queue/note" {
            (hidden(frame, here, listed, item))
            input type="hidden" name="noted" value=(now);
            label for="note" { "Note " kbd { "n" } }
            input id="note" name="note" autocomplete="off" data-key="n" data-note maxlength="1000" value=(now)
                aria-describedby="note-who";
            button { "Save note" }
            p.soft id="note-who" { "For the reviewers alone: it is in no bundle." }
        }
    }
}

fn actions(
    frame: Frame<'_>,
    onward: &View,
    here: &View,
    listed: &Listed,
    item: &QueueItem,
) -> Markup {
    html! {
        div.actions {
            form method="post" action="/queue/decide" {
                (hidden(frame, onward, listed, item))
                label for="ground" { "Ground " kbd { "g" } }
                select id="ground" name="ground" data-key="g" { (words::ground_choices(listed.right, &item.ground)) }
                button.primary name="choice" value="redact" data-key="r" { "Take out " kbd { "r" } }
            }
            @if item.kind == "credential" {
                p.soft { "A password or the like never leaves, whatever anybody decides." }
            } @else {
                form method="post" action="/queue/decide" {
                    (hidden(frame, onward, listed, item))
                    label for="reason" { "Why it may be given" }
                    input id="reason" name="reason" list="reasons" required autocomplete="off"
                        maxlength="500" value=(item.status.why.as_deref().filter(|_| item.status.state == State::Kept).unwrap_or_default());
                    button name="choice" value="keep" data-key="k" { "Keep " kbd { "k" } }
                }
            }
            div.small {
                @if is_decided(item) {
                    form method="post" action="/queue/decide" {
                        (hidden(frame, here, listed, item))
                        button.plain name="choice" value="undo" { "Decide nothing about this" }
                    }
                }
                @if item.alike > 1 {
                    form method="post" action="/queue/part" {
                        (hidden(frame, &View { after: None, ..here.clone() }, listed, item))
                        button.plain { "Decide this place by itself" }
                    }
                }
            }
        }
    }
}

fn facts(item: &QueueItem) -> Markup {
    let every =
        View { state: Some(Shown::All), each: true, row: Some(item.row), ..View::default() };
    html! {
        dl.facts {
            (fact("Why", &data(&item.reason)))
            (fact("Sure?", &html! { (words::confidence(item.confidence)) }))
            (fact("Noticed by", &html! { (words::detector(&item.detector)) }))
            (fact("Ground", &html! { (words::ground(&item.ground)) " (" (data(&item.ground)) ")" }))
            (fact("In its place", &data(&item.label)))
            @if let Some(party) = item.party {
                (fact("Who", &html! { a href={ "/people/" (party) } { "This person, and what else is about them" } }))
            }
            (fact("Where", &html! {
                (data(&item.source)) ", " (data(&item.table)) ", " (data(&cell(&item.cell)))
                @if !item.place.is_empty() { " (" (data(&item.place)) ")" } br;
                a href={ "/rows/" (item.row) } { "Read the whole record" } " · "
                a href=(every.link()) { "Its passages" }
            }))
            @if is_decided(item) { (fact("Decided", &decided(item))) }
            @if item.alone { (fact("Alike", &html! { "Parted from those alike: decided by itself" })) }
        }
    }
}

fn decided(item: &QueueItem) -> Markup {
    let status = &item.status;
    html! {
        "By " (data(status.who.as_deref().unwrap_or("somebody")))
        @if let Some(at) = &status.at { ", " (time(at)) }
        @if let Some(why) = &status.why { ": " (data(why)) }
    }
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn short(text: &str) -> String {
    let mut start: String = text.chars().take(SHORT).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
