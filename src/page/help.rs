//! The keys, and what the words mean.

use axum::extract::State;
use axum::response::Html;
use maud::{Markup, html};

use super::server::Shared;

const KEYS: [(&str, &str); 9] = [
    ("r", "take it out"),
    ("k", "keep it: go to the reason; Enter keeps"),
    ("u", "undo your last decision; again, the one before"),
    ("j", "next"),
    ("h", "previous"),
    ("g", "go to the ground"),
    ("n", "go to the note; it is saved with your decision, or by Enter"),
    ("/", "search"),
    ("?", "this help"),
];

/// Answers with the page.
pub(super) async fn show(State(page): State<Shared>) -> Html<String> {
    let main = html! {
        h1 { "Help and keys" }
        (keys())
        (meanings())
    };
    page.frame().page("Help", "/help", &main)
}

/// Returns the keys, and how to turn them off (WCAG 2.2, 2.1.4).
pub(super) fn keys() -> Markup {
    html! {
        h2 { "Keys in the queue" }
        dl.facts.keys {
            @for (key, what) in KEYS { div { dt { kbd { (key) } } dd { (what) } } }
        }
        p { "They work while you are not typing in a field; Escape leaves a field. "
            "Everything can be done with Tab and Enter too." }
        p { button type="button" data-shortcuts hidden { "Turn the keys off" } }
    }
}

fn meanings() -> Markup {
    html! {
        h2 { "What the words mean" }
        dl.facts {
            div { dt { "Passage" } dd { "A part of a record that may be about somebody else, or must not leave." } }
            div { dt { "Certain" } dd { "Taken out unless somebody decides to keep it." } }
            div { dt { "Doubtful" } dd { "Somebody has to decide before anything can leave. Until then it counts as taken out." } }
            div { dt { "Ground" } dd { "The rule of law because of which something is taken out. The person reads it." } }
            div { dt { "Hold" } dd { "Something that stops the release until it is resolved, with a reason." } }
            div { dt { "Sign" } dd { "A registered reviewer says that everything is decided as it should be. Any later change voids it." } }
        }
    }
}
