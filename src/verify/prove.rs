//! What a bundle has to pass before it gets its name: it is verified as anybody would, and
//! searched for what was withheld. Nothing else can publish it.

use std::path::Path;

use holdall_connector::Secret;

use crate::bundle::{self, Allowed, Bundle};
use crate::redact::forms::Withheld;

use super::read::Archive;
use super::{Error, Leak, Verified, gate, verify};

/// A bundle that was verified and searched; only this can be published.
#[derive(Debug)]
pub struct Proved {
    bundle: Bundle,
    /// What was proved of it.
    pub verified: Verified,
}

/// Why a bundle may not be published.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unproved {
    /// It is not whole. Packing it went wrong, or the disk did.
    #[error("the bundle was not written as it should be: {0}")]
    Broken(#[from] Error),
    /// Something withheld is in it.
    #[error(transparent)]
    Leak(#[from] Leak),
}

/// Verifies a packed bundle and searches it.
///
/// # Errors
/// [`Unproved`]; the bundle is gone then.
pub fn prove(
    bundle: Bundle,
    passphrase: Option<&Secret>,
    withheld: &Withheld,
    allowed: &Allowed,
) -> Result<Proved, Unproved> {
    let verified = verify(bundle.path(), passphrase)?;
    gate(bundle.path(), passphrase, withheld, allowed)?;
    Ok(Proved { bundle, verified })
}

impl Proved {
    /// Returns the content of one of its entries, to look at before it is published.
    ///
    /// # Errors
    /// [`Error`]: there is no such entry, or the pass-phrase is another one.
    pub fn content(&self, path: &str, passphrase: Option<&Secret>) -> Result<Vec<u8>, Error> {
        let archive = Archive::open(self.bundle.path(), passphrase)?;
        let entry = archive.entries.iter().find(|entry| entry.name == path);
        archive.content(entry.ok_or(Error::NotZip)?)
    }

    /// Gives the bundle its name, in one step: there is never half a file.
    ///
    /// # Errors
    /// [`bundle::Error::Exists`] if there is a file of that name and `force` is not given;
    /// [`bundle::Error::Write`] if it cannot be renamed.
    pub fn publish(self, out: &Path, force: bool) -> Result<Verified, bundle::Error> {
        self.bundle.persist(out, force)?;
        Ok(self.verified)
    }
}
