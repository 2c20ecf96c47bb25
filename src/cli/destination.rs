//! Where the bundle and the officer's record go: never in the place of each other, of what they
//! are made from, or of anything that is no file.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::args::Export;
use super::error::CommandError;
use crate::bundle;
use crate::map::{Map, SourcePlace};
use crate::request::Request;

/// Returns where the bundle goes, refusing early what could not be written in the end.
pub(super) fn bundle(args: &Export, map: &Map, request: &Request) -> Result<PathBuf, CommandError> {
    let unsaid = || PathBuf::from(format!("{}.zip", bundle::safe_name(&request.reference)));
    let out = args.out.clone().unwrap_or_else(unsaid);
    free(&out, "--out", args, map)?;
    Ok(out)
}

/// Returns where the officer's record goes, if one is wanted.
pub(super) fn record(
    args: &Export,
    map: &Map,
    bundle: &Path,
) -> Result<Option<PathBuf>, CommandError> {
    let Some(record) = args.dpo_record.clone() else { return Ok(None) };
    if whole(&record) == whole(bundle) {
        return Err(CommandError::usage("--dpo-record and --out name the same file")
            .hint("the record is not redacted: keep it apart from the bundle"));
    }
    free(&record, "--dpo-record", args, map)?;
    Ok(Some(record))
}

fn free(path: &Path, option: &str, args: &Export, map: &Map) -> Result<(), CommandError> {
    let shown = path.display();
    let refuse = |why: &str, hint: &str| {
        Err(CommandError::usage(format!("{option}: `{shown}` {why}")).hint(hint))
    };
    if !parent(path).is_dir() {
        return refuse("is in a folder that does not exist", "make the folder first");
    }
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    if !metadata.is_file() {
        return refuse("is not a file", "give the name of a file");
    }
    if is_input(path, args, map) {
        return refuse("is one of the files that the bundle is made from", "choose another name");
    }
    if !args.force {
        return refuse("exists already", "choose another name, or pass --force to replace it");
    }
    Ok(())
}

/// Returns whether an existing file is read for this export: the map, the profile, the request, or
/// a file of a source. A ZIP file in a source's folder is none.
fn is_input(path: &Path, args: &Export, map: &Map) -> bool {
    let path = whole(path);
    let files = [Some(&map.file), Some(&map.profile), args.request.as_ref()];
    let in_source = map.sources.iter().any(|source| match &source.place {
        SourcePlace::Path(place) => {
            let place = whole(place);
            path == place || path.starts_with(&place) && path.extension() != Some(OsStr::new("zip"))
        }
        SourcePlace::Url(_) => false,
    });
    in_source || files.into_iter().flatten().any(|file| whole(file) == path)
}

/// Returns the folder that a file is in.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Returns whether two paths name the same file.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    whole(a) == whole(b)
}

/// Returns the path without links and dots, as far as it exists.
fn whole(path: &Path) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    match (parent(path).canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
