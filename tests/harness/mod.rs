//! Runs the real binary in a world of its own and opens what comes out, without Holdall's code.

mod bundle;
mod estate;
mod moments;
mod world;

pub(crate) use bundle::{Opened, sha256};
pub(crate) use estate::{CANARIES, Estate};
pub(crate) use moments::Moments;
pub(crate) use world::{Outcome, Run, Started, World};

use std::path::{Path, PathBuf};

/// Returns a path of the repository.
pub(crate) fn repository(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns the files below a folder, relative to it, sorted. Empty if there is no such folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_now) = open.pop() {
        for entry in std::fs::read_dir(&folder_now).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => files.push(path.strip_prefix(folder).unwrap().to_owned()),
            }
        }
    }
    files.sort();
    files
}
