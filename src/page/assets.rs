//! The style sheet, the script and the icon, served from memory.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::failure::Failure;

const ALL: [(&str, &str, &str); 3] = [
    ("page.css", "text/css; charset=utf-8", include_str!("assets/page.css")),
    ("page.js", "text/javascript; charset=utf-8", include_str!("assets/page.js")),
    ("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// Answers with one of them.
pub(super) async fn serve(Path(name): Path<String>) -> Result<Response, Failure> {
    let found = ALL.iter().find(|(known, ..)| *known == name);
    let (_, kind, text) = found.ok_or(Failure::NotFound)?;
    Ok(([(header::CONTENT_TYPE, *kind)], *text).into_response())
}
