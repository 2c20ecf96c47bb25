//! The seal: the digest in the archive's comment, over every byte before it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use crate::bundle::archive::{COMMENT, comment, deflate, digest_of};

use super::Error;
use super::read::Archive;
use super::structure::Entry;

/// Checks the seal; where it is broken, looks for the entry that was changed.
///
/// # Errors
/// [`Error::Entry`] or, where no entry shows it, [`Error::Directory`]; [`Error::Seal`] if the
/// comment itself is not a seal.
pub(super) fn check(path: &Path, archive: &Archive<'_>) -> Result<(), Error> {
    let io = |error: std::io::Error| Error::io(path, &error);
    let mut file = File::open(path).map_err(io)?;
    let body = file.metadata().map_err(io)?.len().saturating_sub(COMMENT as u64);
    let expected = comment(&digest_of(&mut file, body).map_err(io)?);
    file.seek(SeekFrom::Start(body)).map_err(io)?;
    let mut found = Vec::new();
    file.read_to_end(&mut found).map_err(io)?;
    if found == expected.as_bytes() {
        return Ok(());
    }
    Err(changed(archive))
}

/// Returns the error that names the entry that was changed: one whose content does not come out,
/// or else the only one that would not be packed as it is, such as another coding of the same text.
fn changed(archive: &Archive<'_>) -> Error {
    for entry in &archive.entries {
        if let Err(error) = archive.content(entry) {
            return error;
        }
    }
    let differs = |entry: &&Entry| !entry.encrypted && !is_as_packed(archive, entry);
    let mut recoded = archive.entries.iter().filter(differs);
    match (recoded.next(), recoded.next()) {
        (Some(one), None) => {
            Error::entry(&one.name, "its data was changed, though its content is the same")
        }
        _ => Error::Seal,
    }
}

/// Returns whether packing the entry's content again gives the entry's data.
fn is_as_packed(archive: &Archive<'_>, entry: &Entry) -> bool {
    let (Ok(content), Ok(packed)) = (archive.content(entry), archive.packed(entry)) else {
        return false;
    };
    deflate(&content).is_ok_and(|again| again == packed)
}
