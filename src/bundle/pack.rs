//! Packing: what goes into a bundle, in which order it is made.

use std::io;
use std::path::{Path, PathBuf};

use holdall_connector::Secret;
use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::controller::Profile;
use crate::map::Map;
use crate::request::Request;
use crate::review::Settled;

use super::about::About;
use super::archive::{Content, Packer, Piece};
use super::sheet::{Sheet, sheets};
use super::{datapackage, manifest, page, readme, schedule};

/// Everything that a bundle is made of.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The rows that may leave, and what was taken out.
    pub settled: &'a Settled,
    /// The data map.
    pub map: &'a Map,
    /// The controller profile.
    pub profile: &'a Profile,
    /// The request that is answered.
    pub request: &'a Request,
    /// Whether a source was not read in full and the bundle goes out all the same.
    pub incomplete: bool,
}

/// How a bundle is written.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the output: the temporary file is made there, so that publishing is a rename.
    pub folder: PathBuf,
    /// Encrypts every entry with AES-256.
    pub passphrase: Option<Secret>,
}

/// A bundle in a temporary file that only its owner can read; dropped, it is gone.
#[derive(Debug)]
pub struct Bundle {
    file: NamedTempFile,
}

/// Why a bundle could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk is full.
    #[error(
        "there is no room in `{}`: the disk or a limit on it is full, and nothing was written; \
         free some space and try again",
        folder.display()
    )]
    DiskFull {
        /// The folder.
        folder: PathBuf,
    },
    /// The bundle or a temporary file beside it could not be written.
    #[error("cannot write in `{}`: {why}", folder.display())]
    Write {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The output exists, and replacing it was not asked for.
    #[error("`{}` exists already: choose another name, or ask to replace it", path.display())]
    Exists {
        /// The output.
        path: PathBuf,
    },
}

impl Error {
    /// Returns the error of a write in this folder.
    pub(super) fn write(folder: &Path, error: &io::Error) -> Self {
        let folder = folder.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Self::DiskFull { folder },
            _ => Self::Write { folder, why: error.to_string() },
        }
    }
}

/// Packs what was settled into a sealed ZIP.
///
/// # Errors
/// [`Error::DiskFull`] or [`Error::Write`]; nothing is left behind then.
pub fn pack(contents: &Contents<'_>, options: &Options) -> Result<Bundle, Error> {
    let packer =
        Packer::new(&options.folder, options.passphrase.as_ref(), contents.request.received);
    let sheets = sheets(contents.settled, contents.map);
    let about = About::new(*contents);
    let mut pieces = write_all(&packer, &first_files(contents, &sheets, &about))?;
    let package = datapackage::write(contents, &sheets, &pieces);
    pieces.push(packer.piece("datapackage.json", &|out| out.write_all(&package))?);
    let manifest = manifest::write(contents, &sheets, &pieces);
    pieces.push(packer.piece("manifest.json", &|out| out.write_all(&manifest))?);
    Ok(Bundle { file: packer.join(pieces)? })
}

/// Every file that describes no other, by path.
fn first_files<'a>(
    contents: &'a Contents<'a>,
    sheets: &'a [Sheet<'a>],
    about: &'a About<'a>,
) -> Vec<(String, Box<Content<'a>>)> {
    let mut files: Vec<(String, Box<Content<'a>>)> = vec![
        ("README.txt".into(), text(move || readme::write(contents, sheets))),
        ("index.html".into(), text(move || page::index(contents, sheets, about))),
        ("about.html".into(), text(move || page::about(contents, about))),
        ("about.json".into(), text(move || about.json())),
        (
            "redactions.csv".into(),
            Box::new(move |out| schedule::redactions(out, contents.settled, sheets)),
        ),
        ("search.csv".into(), Box::new(move |out| schedule::search(out, contents.settled))),
    ];
    for sheet in sheets {
        files.push((sheet.csv_path(), Box::new(move |out| sheet.write_csv(out))));
        files.push((sheet.json_path(), Box::new(move |out| sheet.write_json(out))));
    }
    files
}

fn text<'a>(make: impl Fn() -> String + Sync + 'a) -> Box<Content<'a>> {
    Box::new(move |out| out.write_all(make().as_bytes()))
}

fn write_all(
    packer: &Packer<'_>,
    files: &[(String, Box<Content<'_>>)],
) -> Result<Vec<Piece>, Error> {
    files.par_iter().map(|(path, content)| packer.piece(path, content)).collect()
}

impl Bundle {
    /// Returns where the temporary file is.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Gives the file its name, in one step. Kept to `verify`, which has seen what is inside.
    ///
    /// # Errors
    /// [`Error::Exists`] unless `force`; [`Error::Write`] if it cannot be renamed.
    pub(crate) fn persist(self, out: &Path, force: bool) -> Result<(), Error> {
        let done = if force { self.file.persist(out) } else { self.file.persist_noclobber(out) };
        done.map(drop).map_err(|failed| {
            if failed.error.kind() == io::ErrorKind::AlreadyExists {
                return Error::Exists { path: out.to_owned() };
            }
            Error::write(out.parent().unwrap_or(out), &failed.error)
        })
    }
}
