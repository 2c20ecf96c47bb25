//! Proof that a bundle is whole, from the bundle alone, and that nothing withheld is in it.
//!
//! | module | owns |
//! |---|---|
//! | `structure`, `bytes`, `limits` | the ZIP's structure, field by field |
//! | `read`, `seal` | the content of entries, the digest over every byte |
//! | `package` | the manifest and the data package against what is there |
//! | `inert` | nothing in it runs: pages without scripts, cells without formulae |
//! | `decode`, `gate` | the leak gate |
//! | `prove` | what a bundle has to pass before it gets its name |

mod bytes;
mod decode;
mod gate;
mod inert;
mod limits;
mod package;
mod prove;
mod read;
mod seal;
mod structure;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};

use holdall_connector::Secret;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::bundle::archive::{digest_of, hex};

pub use gate::{Leak, gate};
pub use prove::{Proved, Unproved, prove};

use package::Checked;
use read::Archive;

/// What was proved of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// SHA-256 of the whole file, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// The reference of the request that it answers.
    pub reference: String,
    /// Whether every source was searched in full, as the bundle says.
    pub complete: bool,
    /// Every entry, in order.
    pub entries: Vec<VerifiedEntry>,
    /// Rows of all data tables.
    pub rows: u64,
    /// Whether the entries are encrypted.
    pub encrypted: bool,
    /// Whether the manifest is signed.
    pub signature: Signature,
}

/// An entry that is as the manifest has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerifiedEntry {
    /// Its path.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
}

/// The state of the manifest's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// There is none: the digests show accidents and later changes, not who made the bundle.
    NotSigned,
    /// There is one, and this program cannot check it.
    NotChecked,
}

/// Why a bundle is not proved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read `{}`: {why}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The file is not a ZIP, is cut off, or does not end with a seal.
    #[error("this is not a whole bundle of Holdall: its end is not that of a sealed ZIP file")]
    NotZip,
    /// The central directory is not as Holdall writes it.
    #[error("the archive's directory is not in order: {why}")]
    Directory {
        /// What is wrong.
        why: String,
    },
    /// An entry is not as it was sealed.
    #[error("`{name}` is not as it was sealed: {why}")]
    Entry {
        /// The entry's path.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// The seal does not fit, and every entry does.
    #[error("the seal does not fit the file: the archive's comment or its directory was changed")]
    Seal,
    /// The entries are encrypted.
    #[error(
        "`{}` is encrypted: {}", path.display(),
        if *given { "the pass-phrase does not open it" } else { "a pass-phrase is needed" }
    )]
    Passphrase {
        /// The file.
        path: PathBuf,
        /// Whether one was given.
        given: bool,
    },
    /// More than an honest bundle has.
    #[error("{what} is more than Holdall reads: the archive may be made to exhaust this machine")]
    TooLarge {
        /// What is too large.
        what: String,
    },
}

impl Error {
    fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), why: error.to_string() }
    }

    fn directory(why: &str) -> Self {
        Self::Directory { why: why.to_owned() }
    }

    fn entry(name: &str, why: impl Into<String>) -> Self {
        Self::Entry { name: name.to_owned(), why: why.into() }
    }
}

/// Proves a bundle from the file alone: its structure, every digest, the package, that nothing in
/// it runs. Any one byte changed anywhere makes this fail.
///
/// # Errors
/// What is wrong first, with the entry that it is in.
pub fn verify(path: &Path, passphrase: Option<&Secret>) -> Result<Verified, Error> {
    let archive = Archive::open(path, passphrase)?;
    seal::check(path, &archive)?;
    let entries = each(&archive)?;
    let package = package::check(&archive, &entries)?;
    let (sha256, bytes) = whole(path).map_err(|error| Error::io(path, &error))?;
    Ok(Verified {
        sha256,
        bytes,
        reference: package.reference,
        complete: package.complete,
        rows: package.rows,
        encrypted: archive.is_encrypted(),
        signature: package.signature,
        entries: entries.into_iter().map(|(entry, _)| entry).collect(),
    })
}

/// Reads every entry once: its digest, and what its kind of file has to be.
fn each(archive: &Archive<'_>) -> Result<Vec<(VerifiedEntry, Checked)>, Error> {
    // The first failure in order is reported, whichever thread is first.
    let results: Vec<Result<_, Error>> = archive
        .entries
        .par_iter()
        .map(|entry| {
            let content = archive.content(entry)?;
            let checked = package::read(&entry.name, &content)?;
            let verified = VerifiedEntry {
                path: entry.name.clone(),
                bytes: content.len() as u64,
                sha256: hex(&Sha256::digest(&content)),
            };
            Ok((verified, checked))
        })
        .collect();
    results.into_iter().collect()
}

/// Returns the SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// If it cannot be read.
pub fn digest_of_file(path: &Path) -> Result<String, Error> {
    whole(path).map(|(digest, _)| digest).map_err(|error| Error::io(path, &error))
}

fn whole(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok((digest_of(&mut file, length)?, length))
}
