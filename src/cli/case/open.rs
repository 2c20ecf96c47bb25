//! `holdall open`: a case file for a request.

use std::path::Path;

use serde_json::json;

use super::args::Open;
use super::key;
use super::wrong::wrong;
use crate::case::{Case, Lock, Sources};
use crate::cli::error::{CommandError, Exit};
use crate::cli::{inquiry, talk};
use crate::diagnose;

/// Runs the command.
pub(super) fn run(args: &Open) -> Result<Exit, CommandError> {
    let by = key::by(&args.file)?;
    let (map, _) = inquiry::map_and_profile(&args.map)?;
    let request = inquiry::request_file(&args.request, &map)?;
    let sources = Sources {
        map: text(&args.map)?,
        profile: text(&map.profile)?,
        request: text(&args.request)?,
    };
    let lock = match args.plain {
        true => Lock::Plain,
        false => Lock::Key(key::key(&args.file.key, true)?),
    };
    let case = Case::begin(&args.file.case, &lock, &by, &sources).map_err(|e| wrong(&e))?;
    let shown = case.path().display();
    talk::say(&format!("Opened {shown} for request {}", request.reference));
    if args.plain {
        talk::say("warning: the case is not encrypted: whoever has the file can read it");
    }
    if args.file.json {
        talk::print_json(&json!({ "status": "opened", "reference": request.reference,
            "encrypted": !args.plain }))?;
    }
    Ok(Exit::Ok)
}

/// Reads a text with the absolute path of its file, so that it is found from any folder.
pub(super) fn text(path: &Path) -> Result<(std::path::PathBuf, String), CommandError> {
    let failed = |e: &std::io::Error| CommandError::failed(&format!("`{}`", path.display()), e);
    let whole = std::path::absolute(path).map_err(|e| failed(&e))?;
    let text = diagnose::read_text(path).map_err(|e| failed(&e))?;
    Ok((whole, text))
}
