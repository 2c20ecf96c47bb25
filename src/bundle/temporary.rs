//! Temporary files with a name: dropped they are gone, and after an interrupt too.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// Every temporary file of this process that may still be there.
static MADE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Makes a temporary file in a folder, readable by its owner alone.
///
/// # Errors
/// If the folder cannot be written to.
pub fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let file = tempfile::Builder::new().prefix(".holdall-").suffix(".tmp").tempfile_in(folder)?;
    MADE.lock().unwrap_or_else(PoisonError::into_inner).push(file.path().to_owned());
    Ok(file)
}

/// Removes what an interrupted process would leave behind. For a handler of signals.
pub fn remove_temporary_files() {
    for path in MADE.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        // A file that was published has another name by now.
        let _ = std::fs::remove_file(path);
    }
}
