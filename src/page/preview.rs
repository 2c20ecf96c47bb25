//! The exact bundle, before it leaves: every file, as text.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, State};
use axum::response::Html;
use maud::html;

use super::failure::Failure;
use super::server::Shared;
use super::text::{count, data};
use crate::case::{Preview, Revision};

/// How much of a file is shown, in characters.
const MOST: usize = 200_000;

/// The preview that was made last, as long as nothing changes.
#[derive(Default)]
pub(super) struct Previews(Mutex<Option<(Revision, Arc<Preview>)>>);

impl Previews {
    fn of(&self, revision: Revision) -> Option<Arc<Preview>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, preview) = kept.as_ref()?;
        (*of == revision).then(|| Arc::clone(preview))
    }

    fn keep(&self, revision: Revision, preview: &Arc<Preview>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((revision, Arc::clone(preview)));
    }
}

async fn current(page: &Shared) -> Result<Arc<Preview>, Failure> {
    let revision = page.desk.ask(|case| case.revision()).await?;
    if let Some(preview) = page.previews.of(revision) {
        return Ok(preview);
    }
    let preview = Arc::new(page.desk.ask(|case| case.preview()).await?);
    page.previews.keep(revision, &preview);
    Ok(preview)
}

/// Answers with the list of files.
pub(super) async fn list(State(page): State<Shared>) -> Result<Html<String>, Failure> {
    let preview = current(&page).await?;
    let main = html! {
        h1 tabindex="-1" autofocus { "The bundle" }
        p.lead { "Exactly what would leave now: " (count(preview.records, "record", "records")) ", "
            (count(preview.redactions, "redaction", "redactions")) ". It was searched for everything that is withheld, and nothing of it is in there." }
        div.scroll tabindex="0" role="region" aria-label="Files" {
            table {
                thead { tr { th scope="col" { "File" } th.number scope="col" { "Bytes" } } }
                tbody { @for (at, file) in preview.files().iter().enumerate() {
                    tr {
                        th scope="row" { a href={ "/release/preview/" (at) } { (data(&file.path)) } }
                        td.number { (file.bytes) }
                    }
                } }
            }
        }
        p { a href="/release" { "Back to the release" } }
    };
    Ok(page.frame().page("The bundle", "/release", &main))
}

/// Answers with one file, as text.
pub(super) async fn entry(
    State(page): State<Shared>,
    Path(number): Path<usize>,
) -> Result<Html<String>, Failure> {
    let preview = current(&page).await?;
    let name = &preview.files().get(number).ok_or(Failure::NotFound)?.path;
    let content = preview.content(number)?;
    let text = String::from_utf8_lossy(&content);
    let shown: String = text.chars().take(MOST).collect();
    let main = html! {
        h1 tabindex="-1" autofocus { (data(name)) }
        pre.file tabindex="0" { (data(&shown)) }
        @if shown.len() < text.len() { p.soft { "… and so on: the file is longer." } }
        p { a href="/release/preview" { "Back to the files" } }
    };
    Ok(page.frame().page("A file of the bundle", "/release", &main))
}
