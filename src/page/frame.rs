//! What all pages share: head, navigation, landmarks.

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

/// What the frame of every page shows.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The token of its forms.
    pub(super) csrf: &'a str,
    /// Who decides.
    pub(super) by: &'a str,
}

const PLACES: [(&str, &str); 5] = [
    ("/", "Overview"),
    ("/queue", "Queue"),
    ("/people", "People"),
    ("/holds", "Holds"),
    ("/release", "Release"),
];

impl Frame<'_> {
    /// Returns a whole page.
    pub(super) fn page(&self, title: &str, place: &str, main: &Markup) -> Html<String> {
        let body = html! {
            header.mast {
                div {
                    strong { "Holdall review" }
                    nav aria-label="Pages" {
                        @for (to, name) in PLACES {
                            a href=(to) aria-current=[(to == place).then_some("page")] { (name) }
                        }
                    }
                    span.who { "You are " bdi { (self.by) } }
                }
            }
            main id="main" { (main) }
            footer {
                a href="/help" data-key="?" data-help { "Help and keys" }
                form method="post" action="/finish" {
                    (self.token())
                    button.plain type="submit" { "Finish for now" }
                }
                p { "Everything that you decide is saved at once, on this computer alone." }
            }
        };
        Html(document(title, &body).into_string())
    }

    /// Returns the hidden field that every form carries.
    pub(super) fn token(&self) -> Markup {
        html! { input type="hidden" name="csrf" value=(self.csrf); }
    }
}

/// Returns a page without navigation: for who is not let in, and for what went wrong.
pub(super) fn bare(title: &str, main: &Markup) -> Markup {
    let body = html! {
        header.mast { div { strong { "Holdall review" } } }
        main id="main" { (main) }
    };
    document(title, &body)
}

/// Returns the last page.
pub(super) fn ended() -> Markup {
    bare(
        "Finished for now",
        &html! {
            h1 tabindex="-1" autofocus { "Finished for now" }
            p.lead { "Everything that you decided is in the case. You can close this tab." }
            p { "To go on, run " code { "holdall review" } " again." }
        },
    )
}

fn document(title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Holdall review" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/page.css";
                script src="/assets/page.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (body)
            }
        }
    }
}
