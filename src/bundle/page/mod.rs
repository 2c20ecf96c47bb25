//! The pages: self-contained HTML without scripts, readable by a person and by a screen reader
//! (WCAG 2.2 AA).

mod about;
mod data;
mod index;
mod style;
mod text;

pub(super) use about::page as about;
pub(super) use index::page as index;

use maud::{DOCTYPE, Markup, html};

/// Returns a whole page around its main content.
fn frame(title: &str, crumbs: &Markup, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                title { (text::shown(title)) }
                style { (maud::PreEscaped(style::CSS)) }
            }
            body {
                a.skip href="#main" { "Skip to main content" }
                (crumbs)
                main id="main" tabindex="-1" { (main) }
            }
        }
    };
    page.into_string() + "\n"
}
