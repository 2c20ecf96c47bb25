//! `manifest.json`: every other file with its size and digest, and what the bundle answers.

use serde_json::json;

use super::archive::Piece;
use super::pack::Contents;
use super::sheet::Sheet;
use super::{schedule, words};

/// Returns `manifest.json` for these files.
pub(super) fn write(contents: &Contents<'_>, sheets: &[Sheet<'_>], pieces: &[Piece]) -> Vec<u8> {
    let Contents { settled, profile, request, .. } = contents;
    let mut files: Vec<&Piece> = pieces.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let value = json!({
        "format": "holdall-bundle",
        "version": 1,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "reference": request.reference,
        "right": words::right_code(request.right),
        "controller": profile.name,
        "received": request.received.to_string(),
        "complete": !schedule::is_incomplete(contents),
        "counts": {
            "tables": sheets.len(),
            "records": settled.rows().len(),
            "redactions": settled.redactions().len(),
            "omissions": settled.omissions().len(),
            "searched": settled.search().len(),
        },
        "files": files.iter().map(|file| json!({
            "path": file.path, "bytes": file.bytes, "sha256": file.sha256,
        })).collect::<Vec<_>>(),
    });
    lines(&value)
}

/// Returns JSON over several lines, with a line break at its end.
pub(super) fn lines(value: &serde_json::Value) -> Vec<u8> {
    // A `Value` with string keys always serialises.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
