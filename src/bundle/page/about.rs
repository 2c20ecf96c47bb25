//! `about.html`: why the data is held, where it comes from, who gets it (UK GDPR Art. 15(1)–(2)).

use maud::{Markup, html};

use crate::bundle::about::{About, silent_interests, title};
use crate::bundle::pack::Contents;
use crate::bundle::words::{self, NONE, NOT_STATED};
use crate::controller::{Activity, Party};

use super::text::{data, list};
use super::{frame, index};

/// Returns the page.
pub(in crate::bundle) fn page(contents: &Contents<'_>, about: &About<'_>) -> String {
    let crumbs = html! {
        div.mast { header {
            strong { (data(&contents.profile.name)) }
            nav aria-label="Back" { a href="index.html" { "Back to your data" } }
        } }
    };
    let main = html! {
        h1 { "Why your data is held, and who gets it" }
        p.lead {
            "For each use of your data: what for, on which basis, where it comes from, who gets "
            "it and how long it is kept."
        }
        @for (at, (key, activity)) in about.activities.iter().enumerate() {
            (section(key, activity, at + 1))
        }
        @if about.activities.is_empty() { p { "Uses of data: " (NOT_STATED) "." } }
        (who(contents))
        section aria-labelledby="rights" {
            h2 id="rights" { "Your rights" }
            dl.facts {
                @for right in about.rights() { div { dt { (right.name) } dd { (right.means) } } }
            }
            @if !contents.profile.rights.is_empty() {
                h3 { "As our notice puts them" }
                (list(&contents.profile.rights, NOT_STATED))
            }
            (index::regulator(contents))
        }
    };
    frame("Why your data is held, and who gets it", &crumbs, &main)
}

fn section(key: &str, activity: &Activity, number: usize) -> Markup {
    let basis: Vec<&str> = activity.basis.iter().map(|b| words::basis(*b)).collect();
    let conditions: Vec<&str> = activity.article_9.iter().map(|c| words::article_9(*c)).collect();
    html! {
        section aria-labelledby={ "use-" (number) } {
            h2 id={ "use-" (number) } { (data(&title(key, activity))) }
            dl.facts {
                (fact("Purposes", &list(&activity.purposes, NOT_STATED)))
                (fact("Lawful basis", &list(&basis, NOT_STATED)))
                (fact("Legitimate interests", &list(&activity.interests, silent_interests(activity))))
                (fact("Condition for special categories", &list(&conditions, NONE)))
                (fact("Categories of data", &list(&activity.categories, NOT_STATED)))
                (fact("Recipients", &parties(&activity.recipients, NOT_STATED)))
                (fact("Sources", &list(&activity.sources, NOT_STATED)))
                (fact("Kept for", &data(&words::retention(activity.retention.as_ref()))))
                (fact("Transfers abroad", &transfers(activity)))
                (fact("Automated decisions", &decisions(activity)))
                (fact("Portable", &portable(activity)))
            }
        }
    }
}

fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn portable(activity: &Activity) -> Markup {
    html! {
        @if activity.is_portable() {
            "Yes: what you provided yourself"
        } @else {
            "No: the right to portability covers only data that rests on your consent or a "
            "contract and that machines process"
        }
    }
}

fn transfers(activity: &Activity) -> Markup {
    html! {
        @if activity.transfers.is_empty() { (NONE) } @else {
            ul { @for transfer in &activity.transfers {
                li {
                    (data(&transfer.to)) "; safeguard: "
                    (data(transfer.safeguard.as_deref().unwrap_or(NOT_STATED)))
                    @if let Some(why) = &transfer.why { "; " (data(why)) }
                }
            } }
        }
    }
}

fn decisions(activity: &Activity) -> Markup {
    html! {
        @if activity.automated_decisions.is_empty() { (NONE) } @else {
            ul { @for decision in &activity.automated_decisions {
                li {
                    (data(&decision.what)) br;
                    "Logic: " (data(decision.logic.as_deref().unwrap_or(NOT_STATED))) br;
                    "What it means for you: "
                    (data(decision.effect.as_deref().unwrap_or(NOT_STATED)))
                }
            } }
        }
    }
}

fn who(contents: &Contents<'_>) -> Markup {
    let profile = contents.profile;
    html! {
        section aria-labelledby="who" {
            h2 id="who" { "Who is responsible, and whom else to ask" }
            dl.facts {
                (fact("Controller", &data(&profile.name)))
                (fact("Also known as", &list(&profile.trading_names, NONE)))
                (fact("Address", &list_of_one(&profile.address)))
                (fact("Requests to", &list(&profile.requests_to, NOT_STATED)))
                (fact("Data protection officer", &officer(contents)))
                (fact("Decides together with", &parties(&profile.joint_controllers, NONE)))
                (fact("Processors that work for it", &parties(&profile.processors, NONE)))
                (fact("Others who hold data of their own: ask them",
                    &parties(&profile.other_controllers, NONE)))
                (fact("Other notices", &list(&profile.notices, NONE)))
                (fact("What it promises", &list(&profile.promises, NONE)))
            }
        }
    }
}

fn list_of_one(address: &[String]) -> Markup {
    if address.is_empty() {
        html! { (NOT_STATED) }
    } else {
        super::text::lines(address)
    }
}

fn officer(contents: &Contents<'_>) -> Markup {
    let Some(dpo) = &contents.profile.dpo else { return html! { (NOT_STATED) } };
    let lines: Vec<String> = [&dpo.name, &dpo.email, &dpo.phone]
        .into_iter()
        .flatten()
        .cloned()
        .chain(dpo.post.iter().cloned())
        .collect();
    list_of_one(&lines)
}

fn parties(parties: &[Party], silent: &str) -> Markup {
    html! {
        @if parties.is_empty() { (silent) } @else {
            ul { @for party in parties {
                li {
                    (data(&party.name))
                    @if let Some(why) = &party.why { ": " (data(why)) }
                    @if let Some(contact) = &party.contact { " (" (data(contact)) ")" }
                }
            } }
        }
    }
}
