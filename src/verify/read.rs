//! Reading the entries of a checked archive: each by itself, so that they can be read in parallel.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use flate2::bufread::DeflateDecoder;
use holdall_connector::Secret;
use zip::ZipArchive;
use zip::result::ZipError;

use super::structure::{self, Entry};
use super::{Error, limits};

/// An archive whose structure was checked.
pub(super) struct Archive<'a> {
    path: PathBuf,
    passphrase: Option<&'a Secret>,
    /// What decrypts entries, where they are encrypted.
    sealed: Option<Mutex<ZipArchive<BufReader<File>>>>,
    /// Its entries, in order.
    pub(super) entries: Vec<Entry>,
}

impl<'a> Archive<'a> {
    /// Opens a file and checks its structure.
    ///
    /// # Errors
    /// [`Error::Io`] and those of the structure; [`Error::Passphrase`] if one is needed and there
    /// is none; [`Error::TooLarge`].
    pub(super) fn open(path: &Path, passphrase: Option<&'a Secret>) -> Result<Self, Error> {
        let mut file = File::open(path).map_err(|error| Error::io(path, &error))?;
        let entries = structure::entries(&mut file)?;
        let mut total: u64 = 0;
        for entry in &entries {
            total = total.saturating_add(entry.size);
            if entry.size > limits::ENTRY || total > limits::TOTAL {
                return Err(Error::TooLarge { what: format!("`{}`", entry.name) });
            }
        }
        let mut archive = Self { path: path.to_owned(), passphrase, sealed: None, entries };
        if archive.is_encrypted() {
            if passphrase.is_none() {
                return Err(Error::Passphrase { path: path.to_owned(), given: false });
            }
            let sealed = ZipArchive::new(BufReader::new(file)).map_err(|_| Error::NotZip)?;
            archive.sealed = Some(Mutex::new(sealed));
        }
        Ok(archive)
    }

    /// Returns whether its entries are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.entries.iter().any(|entry| entry.encrypted)
    }

    /// Returns the entry's content.
    ///
    /// # Errors
    /// [`Error::Entry`] if it does not come out whole; [`Error::Passphrase`] if no entry opens.
    pub(super) fn content(&self, entry: &Entry) -> Result<Vec<u8>, Error> {
        match self.try_content(entry) {
            Err(Failure::Passphrase) if !self.opens_any() => {
                Err(Error::Passphrase { path: self.path.clone(), given: true })
            }
            Err(Failure::Passphrase | Failure::Data) => {
                Err(Error::entry(&entry.name, "its data is damaged"))
            }
            Err(Failure::Io(error)) => Err(Error::io(&self.path, &error)),
            Ok(bytes) => Ok(bytes),
        }
    }

    fn opens_any(&self) -> bool {
        self.entries.iter().any(|entry| self.try_content(entry).is_ok())
    }

    fn try_content(&self, entry: &Entry) -> Result<Vec<u8>, Failure> {
        let bytes = if entry.encrypted {
            self.decrypt(entry)?
        } else {
            inflate(&self.packed(entry)?, entry)?
        };
        if bytes.len() as u64 == entry.size { Ok(bytes) } else { Err(Failure::Data) }
    }

    /// Returns the entry's data as it stands in the file.
    pub(super) fn packed(&self, entry: &Entry) -> Result<Vec<u8>, Failure> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(entry.data))?;
        let mut bytes = Vec::new();
        file.take(entry.packed).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn decrypt(&self, entry: &Entry) -> Result<Vec<u8>, Failure> {
        let secret = self.passphrase.map_or("", Secret::expose);
        let sealed = self.sealed.as_ref().ok_or(Failure::Data)?;
        // A thread that panicked leaves no state behind that the next read would depend on.
        let mut archive = sealed.lock().unwrap_or_else(PoisonError::into_inner);
        let index = archive.index_for_name(&entry.name).ok_or(Failure::Data)?;
        let inner = archive.by_index_decrypt(index, secret.as_bytes())?;
        let mut bytes = Vec::new();
        inner.take(entry.size + 1).read_to_end(&mut bytes).map_err(|_| Failure::Data)?;
        Ok(bytes)
    }
}

/// Inflates exactly the entry's data: nothing may be left of it, and the CRC must be right.
fn inflate(packed: &[u8], entry: &Entry) -> Result<Vec<u8>, Failure> {
    let mut decoder = DeflateDecoder::new(packed);
    let mut bytes = Vec::new();
    decoder.by_ref().take(entry.size + 1).read_to_end(&mut bytes).map_err(|_| Failure::Data)?;
    let mut crc = flate2::Crc::new();
    crc.update(&bytes);
    let whole = decoder.total_in() == entry.packed && crc.sum() == entry.crc;
    if whole { Ok(bytes) } else { Err(Failure::Data) }
}

/// Why an entry's content did not come out.
pub(super) enum Failure {
    Io(std::io::Error),
    Passphrase,
    Data,
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ZipError> for Failure {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::InvalidPassword => Self::Passphrase,
            _ => Self::Data,
        }
    }
}
