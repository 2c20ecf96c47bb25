//! `index.html`: start here.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::bundle::about::About;
use crate::bundle::pack::Contents;
use crate::bundle::sheet::Sheet;
use crate::bundle::words::{self, count, thousands};
use crate::bundle::{grounds, readme, schedule};
use crate::redact::Reach;

use super::text::{data, href, lines, list, shown};
use super::{data as records, frame};

/// Returns the start page.
pub(in crate::bundle) fn page(
    contents: &Contents<'_>,
    sheets: &[Sheet<'_>],
    about: &About<'_>,
) -> String {
    let crumbs = html! {
        div.mast { header {
            strong { (data(&contents.profile.name)) }
            span { "Reference " (data(&contents.request.reference)) }
        } }
    };
    let main = html! {
        h1 { "Your personal data" }
        p.lead { (lead(contents, sheets, about)) }
        (banner(contents))
        (figures(contents, sheets))
        (contents_list())
        (request(contents))
        (found(contents, sheets))
        (withheld(contents))
        (outside(contents))
        (searched(contents))
        (rights(contents, about))
        (files(contents))
    };
    frame(&format!("Your personal data – {}", contents.request.reference), &crumbs, &main)
}

fn lead(contents: &Contents<'_>, sheets: &[Sheet<'_>], about: &About<'_>) -> Markup {
    let name = data(&contents.profile.name);
    html! {
        @if sheets.is_empty() {
            "This is the answer of " (name) " to your request."
        } @else if about.is_portability() {
            "This is the data that you provided to " (name) ", in a form that you can keep, use "
            "or give to another organisation."
        } @else {
            "This is the data that " (name) " holds about you, and what you should know about it."
        }
    }
}

/// Warns at the top that a source was not searched in full.
fn banner(contents: &Contents<'_>) -> Markup {
    let short: Vec<String> = contents
        .settled
        .search()
        .iter()
        .filter(|s| schedule::is_short(s))
        .map(|s| s.table.to_string())
        .collect();
    html! {
        @if schedule::is_incomplete(contents) {
            section.warn aria-labelledby="incomplete" {
                h2 id="incomplete" { "This answer is not complete" }
                p {
                    "Not everything could be searched in full, so more of your data may be held. "
                    a href="#searched" { "What was searched" } " says more."
                }
                @if !short.is_empty() { ul { @for table in &short { li { (data(table)) } } } }
            }
        }
    }
}

fn figures(contents: &Contents<'_>, sheets: &[Sheet<'_>]) -> Markup {
    let settled = contents.settled;
    let figures = [
        (settled.rows().len(), "records found"),
        (sheets.len(), "tables they come from"),
        (settled.redactions().len(), "passages withheld"),
        (settled.search().len(), "tables looked at"),
    ];
    html! {
        dl.figures {
            @for (number, what) in figures {
                div { dt { (what) } dd { (thousands(number as u64)) } }
            }
        }
    }
}

fn contents_list() -> Markup {
    html! {
        nav aria-label="On this page" {
            ul.contents {
                li { a href="#request" { "Your request" } }
                li { a href="#found" { "What was found" } }
                li { a href="#withheld" { "What was withheld, and why" } }
                li { a href="#searched" { "What was searched" } }
                li { a href="about.html" { "Why your data is held, and who gets it" } }
                li { a href="#rights" { "Your rights" } }
                li { a href="#files" { "The files, and how to check them" } }
            }
        }
    }
}

fn request(contents: &Contents<'_>) -> Markup {
    let request = contents.request;
    let limits = limits(contents);
    html! {
        section aria-labelledby="request" {
            h2 id="request" { "Your request" }
            dl.facts {
                div { dt { "Reference" } dd { (data(&request.reference)) } }
                div { dt { "Right" } dd { (words::right(request.right)) } }
                div { dt { "Received" } dd { (words::date(request.received)) } }
                @if !limits.is_empty() { div { dt { "Limited to" } dd { (list(&limits, "")) } } }
                div { dt { "Answered by" } dd { (data(&contents.profile.name)) } }
            }
        }
    }
}

/// Returns what the request is limited to, in words.
fn limits(contents: &Contents<'_>) -> Vec<String> {
    let scope = &contents.request.scope;
    let mut limits: Vec<String> = Vec::new();
    if !scope.sources.is_empty() {
        limits.push(format!("these sources: {}", scope.sources.join(", ")));
    }
    limits.extend(scope.from.map(|day| format!("from {}", words::date(day))));
    limits.extend(scope.to.map(|day| format!("up to {}", words::date(day))));
    limits
}

fn found(contents: &Contents<'_>, sheets: &[Sheet<'_>]) -> Markup {
    html! {
        section aria-labelledby="found" {
            h2 id="found" { "What was found" }
            @if sheets.is_empty() {
                p { (readme::nothing(contents.request.right)) }
            } @else {
                p {
                    "A passage in square brackets, like " code { "[name]" }
                    ", stands for something that was withheld."
                }
                (overview(sheets))
            }
            @for (at, sheet) in sheets.iter().enumerate() { (records::section(sheet, at + 1)) }
        }
    }
}

fn overview(sheets: &[Sheet<'_>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Tables with records" {
            table {
                caption { "Tables with records" }
                thead { tr {
                    th scope="col" { "Table" } th scope="col" { "Source" }
                    th.number scope="col" { "Records" } th scope="col" { "Files" }
                } }
                tbody {
                    @for (at, sheet) in sheets.iter().enumerate() {
                        tr {
                            th scope="row" { a href={ "#table-" (at + 1) } { (data(&sheet.id.table)) } }
                            td { (data(&sheet.id.source)) }
                            td.number { (thousands(sheet.rows.len() as u64)) }
                            td {
                                a href=(href(&sheet.csv_path()))
                                    aria-label={ (shown(&sheet.id.table)) " as CSV" } { "CSV" }
                                " "
                                a href=(href(&sheet.json_path()))
                                    aria-label={ (shown(&sheet.id.table)) " as JSON" } { "JSON" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn withheld(contents: &Contents<'_>) -> Markup {
    let groups = schedule::grouped(contents.settled);
    html! {
        section aria-labelledby="withheld" {
            h2 id="withheld" { "What was withheld, and why" }
            @if groups.is_empty() {
                p { "Nothing was withheld from the records in this answer." }
            } @else {
                p {
                    "Every passage is listed in " a href="redactions.csv" { "redactions.csv" }
                    ", with its place and the reason."
                }
                div.scroll tabindex="0" role="region" aria-label="Withheld, by reason" {
                    table {
                        caption { "Withheld, by reason" }
                        thead { tr {
                            th scope="col" { "Reason" } th scope="col" { "Ground" }
                            th.number scope="col" { "Passages" }
                        } }
                        tbody { @for group in &groups {
                            tr {
                                th scope="row" { (data(&group.reason)) }
                                td { (data(&group.ground)) }
                                td.number { (thousands(group.count)) }
                            }
                        } }
                    }
                }
            }
        }
    }
}

/// Says what the right exercised does not cover.
fn outside(contents: &Contents<'_>) -> Markup {
    let mut groups: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for omission in contents.settled.omissions() {
        let what = match (&omission.column, omission.reach) {
            (Some(column), _) => format!("{} in {}", column, omission.table),
            (None, Reach::All) => omission.table.to_string(),
            (None, Reach::Mentioned) => format!("other people’s files in {}", omission.table),
            (None, Reach::Context) => format!("context from {}", omission.table),
        };
        let what = format!("{what} ({})", count(omission.count, "record", "records"));
        groups.entry((grounds::title(&omission.ground), &omission.reason)).or_default().push(what);
    }
    html! {
        @if !groups.is_empty() {
            section aria-labelledby="outside" {
                h2 id="outside" { "What this right does not cover" }
                p {
                    "Some of what is held about you is left out here because the right that you "
                    "used does not cover it. You can still ask for access to it."
                }
                @for ((ground, reason), items) in &groups {
                    h3 { (data(reason)) }
                    p.soft { (data(ground)) }
                    ul { @for item in items { li { (data(item)) } } }
                }
            }
        }
    }
}

fn searched(contents: &Contents<'_>) -> Markup {
    html! {
        section aria-labelledby="searched" {
            h2 id="searched" { "What was searched" }
            p {
                "The search used only the details that identify you. "
                a href="search.csv" { "search.csv" } " has the same list with more detail."
            }
            div.scroll tabindex="0" role="region" aria-label="Every table and what became of it" {
                table {
                    caption { "Every table and what became of it" }
                    thead { tr {
                        th scope="col" { "Table" } th scope="col" { "Result" }
                        th.number scope="col" { "Records" }
                    } }
                    tbody { @for s in contents.settled.search() {
                        tr {
                            th scope="row" { (data(&s.table.to_string())) }
                            td {
                                (words::status(s.status))
                                @if let Some(why) = schedule::why(s, contents.settled) { ": " (data(why)) }
                                @for row in schedule::unreadable(s, contents.settled).iter().take(10) {
                                    br; "Not readable: " (data(row))
                                }
                                @if s.out_of_scope > 0 {
                                    br; (count(s.out_of_scope, "record", "records"))
                                    " outside the dates that you asked for"
                                }
                            }
                            td.number { (thousands(s.found)) }
                        }
                    } }
                }
            }
        }
    }
}

fn rights(contents: &Contents<'_>, about: &About<'_>) -> Markup {
    let profile = contents.profile;
    html! {
        section aria-labelledby="rights" {
            h2 id="rights" { "Your rights" }
            dl.facts {
                @for right in about.rights() { div { dt { (right.name) } dd { (right.means) } } }
            }
            p {
                "Write to " (data(&profile.name)) " first"
                @if !profile.requests_to.is_empty() {
                    ": " (data(&profile.requests_to.join(", ")))
                }
                ". "
            }
            (regulator(contents))
        }
    }
}

/// Says to whom the person can complain.
pub(super) fn regulator(contents: &Contents<'_>) -> Markup {
    let regulator = &contents.profile.regulator;
    html! {
        h3 { "If you are not satisfied" }
        p {
            "You can complain to the regulator, and you can go to court to enforce your rights."
        }
        address {
            strong { (data(&regulator.name)) } br;
            (lines(&regulator.address)) br;
            (data(&regulator.phone)) br;
            (data(&regulator.url))
        }
    }
}

fn files(contents: &Contents<'_>) -> Markup {
    html! {
        section aria-labelledby="files" {
            h2 id="files" { "The files, and how to check them" }
            p {
                "Each table is here twice: as CSV for spreadsheets, and as JSON for machines. In "
                "Excel, choose “Data”, “From Text/CSV” and the encoding UTF-8 (65001), so that "
                "accents and long numbers stay right. A cell that a spreadsheet could run as a "
                "formula starts with an apostrophe that is not part of your data."
            }
            p {
                "Nothing in these files runs by itself. " code { "manifest.json" } " lists every "
                "file with its SHA-256; " code { "holdall verify" } " checks all of them, and the "
                "ZIP file itself."
            }
            @if contents.request.right == crate::request::Right::Portability {
                p {
                    code { "datapackage.json" } " describes every column (Frictionless Data "
                    "Package), for another organisation to read."
                }
            }
        }
    }
}
