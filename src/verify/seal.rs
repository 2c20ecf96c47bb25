//! The seal: the digest in the archive's comment, over every byte before it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::bundle::archive::{COMMENT, comment, digest_of};

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
    Err(match changed(archive).as_slice() {
        [one] => Error::entry(&one.name, "its data was changed, though its content is the same"),
        _ => Error::Seal,
    })
}

/// Returns the entries that would not be packed as they are: a change that leaves the content
/// alone, such as another coding of the same text.
fn changed<'e>(archive: &'e Archive<'_>) -> Vec<&'e Entry> {
    archive
        .entries
        .iter()
        .filter(|entry| !entry.encrypted && !is_as_packed(archive, entry).unwrap_or(false))
        .collect()
}

fn is_as_packed(archive: &Archive<'_>, entry: &Entry) -> Option<bool> {
    let content = archive.content(entry).ok()?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(&content).ok()?;
    Some(encoder.finish().ok()? == archive.packed(entry).ok()?)
}
