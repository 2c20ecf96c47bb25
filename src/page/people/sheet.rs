//! The register of people, and the page of one of them.

use maud::{Markup, html};

use super::One;
use crate::case::Party;
use crate::page::frame::Frame;
use crate::page::queue::Shown;
use crate::page::queue::View;
use crate::page::text::{count, data};
use crate::page::words;
use crate::review::{ConsentState, PartyRole};

/// Returns a page of the register; one more than fits says that there is another.
pub(super) fn list(people: &[Party], from: usize, length: usize) -> Markup {
    html! {
        h1 tabindex="-1" autofocus { "People" }
        p.lead { "Everybody else who occurs in the records. In the answer each is called by a label, the same everywhere." }
        @if people.is_empty() && from == 0 { p { "Nobody else was found." } } @else {
            div.scroll tabindex="0" role="region" aria-label="People" {
                table {
                    thead { tr {
                        th scope="col" { "Label" } th scope="col" { "Known as" } th scope="col" { "Role" }
                        th scope="col" { "Consent" } th.number scope="col" { "Passages" }
                        th.number scope="col" { "Kept" } th.number scope="col" { "To decide" }
                    } }
                    tbody { @for party in people.iter().take(length) { (line(party)) } }
                }
            }
            nav.step aria-label="Pages of people" {
                @if from > 0 { a href={ "/people?from=" (from.saturating_sub(length)) } { "Page before" } }
                @if people.len() > length { a href={ "/people?from=" (from.saturating_add(length)) } { "Next page" } }
            }
        }
    }
}

fn line(party: &Party) -> Markup {
    html! {
        tr {
            th scope="row" { a href={ "/people/" (party.id) } { (party.label) } }
            td { (known_as(party)) }
            td { (words::role(party.role)) }
            td { @if let Some(consent) = party.consent { (words::consent(consent.state)) } @else { "Not asked" } }
            td.number { (party.items) } td.number { (party.kept) } td.number { (party.open) }
        }
    }
}

fn known_as(party: &Party) -> Markup {
    html! {
        @match party.aliases.first() {
            Some(alias) => {
                (data(&alias.text))
                @if party.aliases.len() > 1 { span.soft { " and " (party.aliases.len() - 1) " more" } }
            }
            None => span.soft { "no value" },
        }
    }
}

/// Returns the page of one person.
pub(super) fn one(frame: Frame<'_>, one: &One) -> Markup {
    let party = &one.party;
    html! {
        h1 tabindex="-1" autofocus { (party.label) }
        p.lead {
            (words::role(party.role)) ". " (count(party.items, "passage", "passages")) ", "
            (party.kept) " kept, " (party.open) " to decide."
        }
        p { a href=(View { party: Some(party.id), state: Some(Shown::All), ..View::default() }.link()) { "See the passages" } }
        (aliases(frame, one))
        (deciding(frame, one))
        (describing(frame, one))
        (merging(frame, one))
    }
}

fn action(one: &One, what: &str) -> String {
    format!("/people/{}/{what}", one.party.id)
}

fn hidden(frame: Frame<'_>, one: &One) -> Markup {
    html! {
        (frame.token())
        input type="hidden" name="seen" value=(one.revision.0);
    }
}

fn aliases(frame: Frame<'_>, one: &One) -> Markup {
    let all = &one.party.aliases;
    html! {
        section.card aria-labelledby="known" {
            h2 id="known" { "Known by" }
            @if all.len() < 2 {
                ul { @for alias in all { li { (words::kind(&alias.kind)) ": " (data(&alias.text)) } } }
            } @else {
                form.stack method="post" action=(action(one, "split")) {
                    (hidden(frame, one))
                    fieldset {
                        legend { "If some of these are somebody else's, choose them" }
                        @for (at, alias) in all.iter().enumerate() {
                            label.choice {
                                input type="checkbox" name="value" value=(at); " "
                                (words::kind(&alias.kind)) ": " (data(&alias.text))
                            }
                        }
                    }
                    button { "Make another person of the chosen" }
                }
            }
        }
    }
}

fn deciding(frame: Frame<'_>, one: &One) -> Markup {
    let usual = crate::review::grounds(one.right).next().unwrap_or_default();
    let refused = one.party.consent.is_some_and(|c| c.state == ConsentState::Refused);
    html! {
        section.card aria-labelledby="all" {
            h2 id="all" { "Decide everything about them alike" }
            @if refused {
                p.warn { strong { "Consent refused: " } "they do not want what is about them to be given. Keeping it needs a good reason." }
            }
            div.actions {
                form method="post" action=(action(one, "decide")) {
                    (hidden(frame, one))
                    label for="ground" { "Ground" }
                    select id="ground" name="ground" { (words::ground_choices(one.right, usual)) }
                    button.primary name="choice" value="redact" { "Take everything out" }
                }
                form method="post" action=(action(one, "decide")) {
                    (hidden(frame, one))
                    label for="reason" { "Why it may be given" }
                    input id="reason" name="reason" required maxlength="500" autocomplete="off";
                    button name="choice" value="keep" { "Keep everything" }
                }
                form method="post" action=(action(one, "decide")) {
                    (hidden(frame, one))
                    button.plain name="choice" value="undo" { "Undo what was decided" }
                }
            }
        }
    }
}

fn describing(frame: Frame<'_>, one: &One) -> Markup {
    let party = &one.party;
    let consent = party.consent.map(|consent| consent.state);
    let on = party.consent.map(|consent| consent.on.to_string()).unwrap_or_default();
    html! {
        section.card aria-labelledby="who" {
            h2 id="who" { "Who they are" }
            form.stack method="post" action=(action(one, "describe")) {
                (hidden(frame, one))
                label for="role" { "Role" }
                select id="role" name="role" {
                    @for (role, word) in PartyRole::ALL {
                        option value=(word) selected[role == party.role] { (words::role(role)) }
                    }
                }
                label for="consent" { "Do they agree that what is about them is given?" }
                select id="consent" name="consent" {
                    option value="" selected[consent.is_none()] { "Not asked" }
                    @for (state, word) in ConsentState::ALL {
                        option value=(word) selected[Some(state) == consent] { (words::consent(state)) }
                    }
                }
                label for="on" { "On which day (needed unless not asked)" }
                input id="on" type="date" name="on" value=(on);
                label for="note" { "Note" }
                input id="note" name="note" maxlength="1000" autocomplete="off" value=(party.note.as_deref().unwrap_or_default());
                button { "Save" }
            }
        }
    }
}

fn merging(frame: Frame<'_>, one: &One) -> Markup {
    html! {
        @if !one.others.is_empty() {
            section.card aria-labelledby="same" {
                h2 id="same" { "The same person as another" }
                form.stack method="post" action=(action(one, "merge")) {
                    (hidden(frame, one))
                    label for="from" { "This person is also" }
                    select id="from" name="from" {
                        @for other in &one.others {
                            option value=(other.id) { (other.label) @if let Some(name) = &other.name { ": " (name) } }
                        }
                    }
                    p.soft { "Their passages get the label " (one.party.label) "." }
                    button { "Make them one" }
                }
            }
        }
    }
}
