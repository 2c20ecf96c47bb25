//! The first page: how far the case is, and what still stops the release.

use axum::extract::State;
use axum::response::Html;
use jiff::civil::Date;
use jiff::{Unit, Zoned};
use maud::{Markup, html};

use super::failure::Failure;
use super::fields::query;
use super::server::Shared;
use super::text::{count, data, day};
use super::words;
use crate::case::{Overview, Stage, TableCount};
use crate::request::{Clock, ClockState};

/// Answers with the page.
pub(super) async fn show(State(page): State<Shared>) -> Result<Html<String>, Failure> {
    let (overview, clock) = page.desk.ask(|case| Ok((case.overview()?, case.clock()?))).await?;
    let today = Zoned::now().date();
    let main = html! {
        h1 { "Request " (data(&overview.reference)) }
        p.lead { "A request for " (words::right(overview.right)) ". " (words::stage(overview.stage)) "." }
        @if let Some(clock) = &clock { (due(clock, overview.stage, today)) }
        (next(&overview))
        (figures(&overview))
        (tables(&overview))
        (notes(&overview.notes))
    };
    Ok(page.frame().page("Overview", "/", &main))
}

/// When the answer is due, and how that follows.
fn due(clock: &Clock, stage: Stage, today: Date) -> Markup {
    let is_over = matches!(stage, Stage::Released | Stage::Closed);
    let plan = clock.plan_for.filter(|plan| Some(*plan) != clock.due);
    html! {
        section.due aria-labelledby="due" {
            h2.quiet id="due" {
                @match (clock.state, clock.due) {
                    (ClockState::Running, Some(due)) => {
                        "Due on " (day(due))
                        @if !is_over { " " (left(today, due)) }
                    }
                    (ClockState::Waiting, _) => "The clock has not started",
                    (ClockState::Paused, _) => "The clock is paused",
                    (ClockState::Answered, _) => "Answered",
                    (ClockState::Withdrawn, _) => "Withdrawn",
                    (ClockState::Running, None) => "No due date",
                }
            }
            @if !is_over {
                @if let Some(plan) = plan { p { "Plan for " (day(plan)) ": some do not count the day of the reply." } }
                @if let Some(by) = clock.notice_by.filter(|_| !clock.extended && clock.state == ClockState::Running) {
                    p.soft { "If it has to be extended, the person must be told by " (day(by)) "." }
                }
            }
            details {
                summary { "How that follows" }
                ol { @for step in &clock.steps { li { (step) } } }
                @if !is_over {
                    p.soft { "What happens to the request is recorded with " code { "holdall verify-id" } ", "
                        code { "pause" } ", " code { "resume" } " and " code { "extend" } "." }
                }
            }
        }
    }
}

/// How many days are left: with words and a badge, so that no colour has to say it.
fn left(today: Date, due: Date) -> Markup {
    let days = today.until((Unit::Day, due)).map_or(0, |span| i64::from(span.get_days()));
    html! {
        @if days < 0 { span.badge.late { (count(days.unsigned_abs(), "day", "days")) " late" } }
        @else if days == 0 { span.badge.late { "today" } }
        @else { span.badge.open[days <= 7].policy[days > 7] { (count(days.unsigned_abs(), "day", "days")) " left" } }
    }
}

/// The one thing to do next.
fn next(overview: &Overview) -> Markup {
    let Overview { open, holds_open, collect_again, stage, .. } = overview;
    let signed = overview.signed.len() as u64 >= u64::from(overview.sign_off);
    html! {
        section.next aria-labelledby="next" {
            h2 id="next" { "Next" }
            @match stage {
                Stage::Opened => p { "Run " code { "holdall collect" } " to find the person's records." },
                Stage::Released => p { "The bundle is out. Nothing can be changed any more." },
                Stage::Closed => p { "The case is closed." },
                _ if *holds_open > 0 => {
                    p { (count(*holds_open, "hold stops", "holds stop")) " the release." }
                    p { a.button href="/holds" { "Resolve the holds" } }
                }
                _ if *collect_again => {
                    p { "A record that joined may lead to more: run " code { "holdall collect" } " again." }
                }
                _ if *open > 0 => {
                    p { (count(*open, "doubtful passage needs", "doubtful passages need")) " a decision." }
                    p { a.button href="/queue" { "Decide them" } }
                }
                _ if !signed => {
                    p { "Everything is decided. " (overview.signed.len()) " of " (overview.sign_off)
                        " signed." }
                    p { a.button href="/release" { "Look it over and sign" } }
                }
                _ => {
                    p { "Everything is decided and signed." }
                    p { a.button href="/release" { "To the release" } }
                }
            }
            (progress(overview))
        }
    }
}

fn progress(overview: &Overview) -> Markup {
    let done = overview.doubtful.saturating_sub(overview.open);
    html! {
        @if overview.doubtful > 0 {
            p.progress {
                label for="progress" { (done) " of " (count(overview.doubtful, "doubtful passage", "doubtful passages")) " decided" }
                progress id="progress" max=(overview.doubtful) value=(done) {}
            }
        }
    }
}

fn figures(overview: &Overview) -> Markup {
    let rows: u64 = overview.tables.iter().map(|table| table.rows).sum();
    let all = [
        ("Records", rows),
        ("Passages to take out", overview.redacted),
        ("Kept by somebody", overview.kept),
        ("Still to decide", overview.open),
        ("Open holds", overview.holds_open),
    ];
    html! {
        dl.figures { @for (name, n) in all { div { dt { (name) } dd { (n) } } } }
        @if overview.incomplete {
            p.warn { strong { "Incomplete: " } "a source was not read in full. The bundle would say so, and the release has to allow it." }
        }
    }
}

fn tables(overview: &Overview) -> Markup {
    html! {
        section aria-labelledby="tables" {
            h2 id="tables" { "What was found" }
            @if overview.tables.is_empty() { p { "No record." } } @else {
                div.scroll tabindex="0" role="region" aria-labelledby="tables" {
                    table {
                        thead { tr {
                            th scope="col" { "Source" } th scope="col" { "Table" }
                            th.number scope="col" { "Records" } th.number scope="col" { "To decide" }
                            th scope="col" { "Look" }
                        } }
                        tbody { @for table in &overview.tables { (line(table)) } }
                    }
                }
            }
        }
    }
}

fn line(table: &TableCount) -> Markup {
    let pair = [("source", table.source.clone()), ("table", table.table.clone())];
    html! {
        tr {
            td { (data(&table.source)) } th scope="row" { (data(&table.table)) }
            td.number { (table.rows) } td.number { (table.open) }
            td {
                a href={ "/rows/" (table.first) } aria-label={ "Read the records of " (table.table) } { "Read" }
                " · "
                a href={ "/queue?state=all&" (query(pair)) } aria-label={ "Passages of " (table.table) } { "Passages" }
            }
        }
    }
}

fn notes(notes: &[String]) -> Markup {
    html! {
        @if !notes.is_empty() {
            section aria-labelledby="notes" {
                h2 id="notes" { "Good to know" }
                ul { @for note in notes { li { (data(note)) } } }
            }
        }
    }
}
