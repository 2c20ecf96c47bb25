//! The page of a record, and the question of how a passage is taken out.

use maud::{Markup, html};

use super::Passage;
use crate::case::{Reading, ReadingCell, ReadingSpan, State};
use crate::page::frame::Frame;
use crate::page::queue::{Shown, View};
use crate::page::text::{cell, count, data, pieces};
use crate::page::words;

/// Returns the page of a record.
pub(super) fn record(frame: Frame<'_>, reading: &Reading) -> Markup {
    html! {
        h1 tabindex="-1" autofocus { "Record " (reading.row + 1) " of " (reading.rows) }
        p.lead { (data(&reading.source)) ", " (data(&reading.table)) @if !reading.place.is_empty() { ", " (data(&reading.place)) } }
        p.soft { "Why it is here: " (data(&reading.reason)) }
        nav.step aria-label="Records" {
            @if reading.row > 0 { a href={ "/rows/" (reading.row - 1) } rel="prev" data-key="h" { "Previous record" } }
            @if reading.row + 1 < reading.rows { a href={ "/rows/" (reading.row + 1) } rel="next" data-key="j" { "Next record" } }
        }
        div.scroll tabindex="0" role="region" aria-label="The record" {
            table.reading {
                thead { tr { th scope="col" { "Field" } th scope="col" { "As it is" } th scope="col" { "As the person will see it" } } }
                tbody { @for one in &reading.cells { (line(reading, one)) } }
            }
        }
        p.soft { "Marked passages are taken out, or are to be decided; follow one to decide about it, or to keep it with a reason." }
        (choose(frame, reading))
    }
}

fn line(reading: &Reading, one: &ReadingCell) -> Markup {
    html! {
        tr {
            th scope="row" { (data(&cell(&one.cell))) }
            td data-cell=(one.cell) { (original(reading, one)) }
            td { (data(&one.shown)) }
        }
    }
}

/// The text as it is, its items marked and linked.
fn original(reading: &Reading, one: &ReadingCell) -> Markup {
    let chars: Vec<char> = one.text.chars().collect();
    let part = |start: usize, end: usize| -> String {
        chars.get(start..end.min(chars.len())).unwrap_or_default().iter().collect()
    };
    let mut at = 0;
    let mut parts: Vec<(usize, String, Option<&ReadingSpan>)> = Vec::new();
    for span in in_order(one) {
        let (start, end) = span.span.unwrap_or((0, chars.len()));
        let start = start.max(at);
        if start >= end {
            continue;
        }
        parts.push((at, part(at, start), None));
        parts.push((start, part(start, end), Some(span)));
        at = end;
    }
    parts.push((at, part(at, chars.len()), None));
    html! {
        bdi.data {
            @for (start, text, span) in parts.iter().filter(|(_, text, _)| !text.is_empty()) {
                @match span {
                    None => (pieces(text, *start)),
                    Some(span) => (marked(reading, span, &pieces(text, *start))),
                }
            }
        }
    }
}

/// The spans that do not overlap an earlier one, a whole cell before its parts.
fn in_order(one: &ReadingCell) -> Vec<&ReadingSpan> {
    let mut spans: Vec<&ReadingSpan> = one.spans.iter().collect();
    spans.sort_by_key(|span| span.span.map_or((0, 0), |(start, end)| (start, usize::MAX - end)));
    spans
}

fn marked(reading: &Reading, span: &ReadingSpan, text: &Markup) -> Markup {
    let view = View {
        state: Some(Shown::All),
        each: true,
        row: Some(reading.row),
        at: Some(span.id.to_string()),
        ..View::default()
    };
    let (class, word) = match span.state {
        State::Kept => ("kept", "kept"),
        State::Open => ("open", "to decide"),
        State::Redacted | State::ByPolicy => ("taken", "taken out"),
    };
    html! { mark class=(class) { a href=(view.link()) title=(word) { (text) } } }
}

fn choose(frame: Frame<'_>, reading: &Reading) -> Markup {
    html! {
        section.card aria-labelledby="choose" {
            h2 id="choose" { "Take out something else" }
            p { "Select it in the column \u{201C}As it is\u{201D}, or say here what it is." }
            form.stack method="post" action={ "/rows/" (reading.row) "/passage" } data-select {
                (frame.token())
                input type="hidden" name="what" value="text";
                input type="hidden" name="start";
                input type="hidden" name="end";
                label for="cell" { "Field" }
                select id="cell" name="cell" { @for one in &reading.cells { option value=(one.cell) { (cell(&one.cell)) } } }
                label for="text" { "Text to take out" }
                input id="text" name="text" autocomplete="off" maxlength="2000";
                div.row {
                    button.primary { "Go on" }
                    button name="what" value="whole" data-whole { "The whole field" }
                }
            }
        }
    }
}

/// Returns the question of how a passage is taken out.
pub(super) fn passage(frame: Frame<'_>, passage: &Passage) -> Markup {
    let mark = &passage.mark;
    let usual = crate::review::grounds(passage.right).next().unwrap_or_default();
    html! {
        h1 tabindex="-1" autofocus { "Take out a passage" }
        blockquote.context { mark { (data(&passage.text)) } }
        p.soft { "In " (data(&cell(&mark.cell))) ". It stands in " (count(passage.places, "place", "places")) " in all." }
        form.stack method="post" action={ "/rows/" (mark.row) "/mark" } {
            (frame.token())
            input type="hidden" name="seen" value=(passage.revision.0);
            input type="hidden" name="cell" value=(mark.cell);
            @if let Some((start, end)) = mark.span {
                input type="hidden" name="start" value=(start);
                input type="hidden" name="end" value=(end);
            }
            fieldset {
                legend { "Where" }
                @if passage.places > 1 {
                    label.choice { input type="radio" name="at" value="everywhere" checked; " In all " (passage.places) " places" }
                }
                label.choice { input type="radio" name="at" value="here" checked[passage.places <= 1]; " Here alone" }
            }
            label for="ground" { "Ground" }
            select id="ground" name="ground" { (words::ground_choices(passage.right, usual)) }
            label for="party" { "Whom it is about" }
            select id="party" name="party" {
                option value="" { "Nobody in the register" }
                @for party in &passage.people {
                    option value=(party.id) { (party.label) @if let Some(name) = &party.name { ": " (name) } }
                }
            }
            label for="note" { "Note" }
            input id="note" name="note" maxlength="1000" autocomplete="off";
            div.row {
                button.primary { "Take it out" }
                a href={ "/rows/" (mark.row) } { "Back" }
            }
        }
    }
}
