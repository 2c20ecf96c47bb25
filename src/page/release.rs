//! The release: what is left to do, who signs, how the exact bundle looks.

use std::path::Path;

use axum::Extension;
use axum::extract::State;
use axum::response::{Html, Response};
use holdall_connector::Secret;
use maud::{Markup, html};

use super::failure::Failure;
use super::fields::Fields;
use super::frame::Frame;
use super::server::{Shared, go};
use super::text::{count, data, time};
use crate::case::{Checklist, Error, Out, Releasing, Revision, Stage};
use crate::review::SignOffs;

/// The shortest pass-phrase of a bundle, in characters.
const SHORTEST: usize = 8;

struct Loaded {
    stage: Stage,
    /// With whether somebody looked for conflicts.
    checklist: Option<(Checklist, bool)>,
    reviewers: Vec<String>,
    signoffs: SignOffs,
    revision: Revision,
    /// What the bundle is called.
    wanted: String,
    /// The bundle that is out.
    out: Option<Out>,
}

/// Answers with the page.
pub(super) async fn show(State(page): State<Shared>) -> Result<Html<String>, Failure> {
    let loaded = page
        .desk
        .ask(|case| {
            let stage = case.stage()?;
            let revision = case.revision()?;
            let is_reviewed = matches!(stage, Stage::Collected | Stage::Releasing);
            Ok(Loaded {
                stage,
                checklist: is_reviewed.then(|| case.quick_checklist()).transpose()?,
                reviewers: case.reviewers()?,
                signoffs: case.signoffs()?,
                revision,
                wanted: name(&case.usual_out()?),
                out: case.out()?,
            })
        })
        .await?;
    let frame = page.frame();
    let main = html! {
        h1 tabindex="-1" autofocus { "Release" }
        @match &loaded.checklist {
            None => {
                p.lead { (super::words::stage(loaded.stage)) "." }
                @if let Some(out) = &loaded.out { (released(out)) }
            }
            Some((checklist, looked)) => {
                (list(checklist, *looked))
                (conflicts(checklist))
                (preview(checklist))
                (signing(frame, &loaded, checklist))
                (last(frame, &loaded, checklist))
            }
        }
    };
    Ok(frame.page("Release", "/release", &main))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_decided(checklist: &Checklist) -> bool {
    let Checklist { open, holds, collect_again, conflicts, .. } = checklist;
    *open == 0 && *holds == 0 && !collect_again && conflicts.is_empty()
}

fn list(checklist: &Checklist, looked: bool) -> Markup {
    let signed = checklist.signed.len() as u64;
    html! {
        section aria-labelledby="list" {
            h2 id="list" { "Check-list" }
            ul.check {
                (point(checklist.holds == 0, &html! {
                    @if checklist.holds == 0 { "Every hold is resolved" }
                    @else { a href="/holds" { (count(checklist.holds, "hold is", "holds are")) " open" } }
                }))
                @if checklist.collect_again {
                    (point(false, &html! { "A record that joined may lead to more: run " code { "holdall collect" } " again" }))
                }
                (point(checklist.open == 0, &html! {
                    @if checklist.open == 0 { "Every doubtful passage is decided" }
                    @else { a href="/queue" { (count(checklist.open, "doubtful passage is", "doubtful passages are")) " undecided" } }
                }))
                (point(looked && checklist.conflicts.is_empty(), &html! {
                    @if !looked { "Nothing is taken out in one place and left in another: looked at once everything is decided" }
                    @else if checklist.conflicts.is_empty() { "Nothing is taken out in one place and left in another" }
                    @else { a href="#conflicts" { (count(checklist.conflicts.len() as u64, "value is", "values are")) " taken out in one place and left in another" } }
                }))
                @if checklist.incomplete {
                    (point(false, &html! { "A source was not read in full: the release has to allow it (" code { "--allow-incomplete" } "), and the bundle says so" }))
                }
                (point(signed >= u64::from(checklist.needed), &html! {
                    (signed) " of " (count(u64::from(checklist.needed), "reviewer", "reviewers")) " signed"
                    @if !checklist.signed.is_empty() { ": " (data(&checklist.signed.join(", "))) }
                }))
            }
        }
    }
}

fn point(done: bool, what: &Markup) -> Markup {
    html! {
        li.done[done] {
            span.badge.kept[done].open[!done] { @if done { "Done" } @else { "To do" } }
            span { (what) }
        }
    }
}

fn conflicts(checklist: &Checklist) -> Markup {
    html! {
        @if !checklist.conflicts.is_empty() {
            section.warn aria-labelledby="conflicts" {
                h2 id="conflicts" { "Decided in two ways" }
                p { "Decide the same value alike: keep it in both places, or take it out of both." }
                ul { @for conflict in &checklist.conflicts {
                    li {
                        @if conflict.kept { "Kept in " } @else { "Left in " }
                        a href={ "/rows/" (conflict.row) } { (data(&conflict.stands)) }
                        "; taken out in "
                        @match &conflict.withheld { Some(place) => (data(place)), None => "a record that is not given" }
                    }
                } }
            }
        }
    }
}

fn preview(checklist: &Checklist) -> Markup {
    html! {
        section aria-labelledby="preview" {
            h2 id="preview" { "Preview" }
            @if is_decided(checklist) {
                p { "Look at exactly what would leave, file by file." }
                p { a.button href="/release/preview" { "Look at the bundle" } }
            } @else {
                p { "There is a preview once everything above is decided." }
            }
        }
    }
}

fn signing(frame: Frame<'_>, loaded: &Loaded, checklist: &Checklist) -> Markup {
    let signed = loaded.signoffs.valid();
    let left: Vec<&String> =
        loaded.reviewers.iter().filter(|name| !signed.contains(name.as_str())).collect();
    html! {
        section aria-labelledby="sign" {
            h2 id="sign" { "Sign" }
            @let now = loaded.signoffs.made.iter().filter(|made| made.state == loaded.signoffs.state);
            ul { @for made in now { li { (data(&made.name)) " signed, " (time(&made.at)) } } }
            @if !is_decided(checklist) {
                p { "It can be signed once everything is decided. A later change voids what was signed." }
            } @else if left.is_empty() {
                @if (signed.len() as u64) < u64::from(checklist.needed) { p { "Register another reviewer: one person cannot sign twice." } }
            } @else {
                form.stack method="post" action="/release/sign" {
                    (frame.token())
                    input type="hidden" name="seen" value=(loaded.revision.0);
                    label for="name" { "Who signs" }
                    select id="name" name="name" { @for name in left { option value=(name) { (name) } } }
                    label for="secret" { "Their own secret" }
                    input id="secret" type="password" name="secret" required autocomplete="off";
                    button.primary { "Sign what is decided now" }
                }
            }
            details open[loaded.reviewers.is_empty()] {
                summary { "Register a reviewer" }
                form.stack method="post" action="/release/register" {
                    (frame.token())
                    label for="new-name" { "Name" }
                    input id="new-name" name="name" required maxlength="200" autocomplete="off";
                    label for="new-secret" { "A secret of their own, typed by themselves" }
                    input id="new-secret" type="password" name="secret" required autocomplete="new-password";
                    label for="new-again" { "The same again" }
                    input id="new-again" type="password" name="again" required autocomplete="new-password";
                    button { "Register" }
                }
            }
        }
    }
}

/// The button that makes the bundle, once nothing stops it.
fn last(frame: Frame<'_>, loaded: &Loaded, checklist: &Checklist) -> Markup {
    html! {
        section aria-labelledby="last" {
            h2 id="last" { "Seal the bundle" }
            @if checklist.is_ready() {
                p { "Everything is decided and signed. The bundle goes beside the case, as " (data(&loaded.wanted))
                    ". Afterwards nothing can be changed any more." }
                form.stack method="post" action="/release/seal" {
                    (frame.token())
                    @if checklist.incomplete {
                        label.choice { input type="checkbox" name="incomplete" value="1" required; " A source was not read in full; the bundle says so, and leaves all the same" }
                    }
                    label for="passphrase" { "Pass-phrase, if it is to be encrypted" }
                    input id="passphrase" type="password" name="passphrase" autocomplete="new-password" aria-describedby="passphrase-how";
                    label for="passphrase-again" { "The same again" }
                    input id="passphrase-again" type="password" name="again" autocomplete="new-password";
                    p.soft id="passphrase-how" { "At least 8 characters; send it apart from the bundle. Without one the bundle is not encrypted." }
                    button.primary { "Seal the bundle" }
                }
            } @else {
                p { "Once everything is decided and signed, it is sealed here." }
            }
            p.soft { code { "holdall release" } " does the same, with the place and the rest as you like." }
        }
    }
}

fn released(out: &Out) -> Markup {
    html! {
        section.next aria-labelledby="out" {
            h2 id="out" { "The bundle is sealed" }
            dl.facts {
                div { dt { "Where" } dd { (data(&out.path.to_string_lossy())) } }
                div { dt { "SHA-256" } dd { code { (out.sha256) } } }
            }
            p { "Next: send it to the person; a pass-phrase goes another way. "
                code { "holdall verify" } " checks that a copy is whole." }
            p { "Your own record, with every decision and the log: " code { "holdall release CASE --out BUNDLE --dpo-record FILE" } }
        }
    }
}

/// Seals the bundle: the same way, by the same rules, as `holdall release`.
pub(super) async fn seal(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let passphrase = match fields.raw("passphrase").unwrap_or_default() {
        _ if fields.raw("passphrase") != fields.raw("again") => {
            return Err(Failure::Refused("The two pass-phrases differ. Nothing was sealed."));
        }
        "" => None,
        text if text.chars().count() < SHORTEST => {
            return Err(Failure::Refused("The pass-phrase is too short. Nothing was sealed."));
        }
        text => Some(Secret::new(text.to_owned())),
    };
    let by = page.by();
    page.desk
        .ask(move |case| {
            let out = case.usual_out()?;
            if out.exists() {
                return Err(Error::Exists(out));
            }
            let order = Releasing {
                out: &out,
                force: false,
                passphrase: passphrase.as_ref(),
                allow_incomplete: fields.some("incomplete").is_some(),
            };
            case.release(&order, &by).map(drop)
        })
        .await?;
    Ok(go("/release"))
}

/// Registers a reviewer.
pub(super) async fn register(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    if fields.raw("secret") != fields.raw("again") {
        return Err(Failure::Refused("The two secrets differ. Nobody was registered."));
    }
    let (secret, by) = (secret(&fields), page.by());
    page.desk.ask(move |case| case.register(fields.get("name"), &secret, &by)).await?;
    Ok(go("/release"))
}

/// Signs what is decided.
pub(super) async fn sign(
    State(page): State<Shared>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let (secret, seen, by) = (secret(&fields), fields.seen()?, page.by());
    page.desk.ask(move |case| case.sign(fields.get("name"), &secret, seen, &by)).await?;
    Ok(go("/release"))
}

fn secret(fields: &Fields) -> Secret {
    Secret::new(fields.raw("secret").unwrap_or_default().to_owned())
}
