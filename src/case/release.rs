//! The release: what was settled and signed is packed, proved and published. Whenever it is cut off,
//! the next start finds out how far it came: the bundle gets its name only after the case says so,
//! and what has no name is removed.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use holdall_connector::Secret;
use serde::Serialize;
use serde_json::json;

use super::change::{By, get, need, number, set};
use super::inputs::Inputs;
use super::overview::Stage;
use super::{Case, Error, holds, overview, sign};
use crate::bundle::{self, Allowed, Contents, Options};
use crate::review::Settled;
use crate::verify::{self, Proved, Verified};

/// So few items are looked through in no time.
const FEW: u64 = 2_000;

/// How a case is released.
#[derive(Clone, Copy, Debug)]
pub struct Releasing<'a> {
    /// Where the bundle goes.
    pub out: &'a Path,
    /// Whether a file of that name is replaced.
    pub force: bool,
    /// Encrypts the bundle.
    pub passphrase: Option<&'a Secret>,
    /// Whether it goes out although a source was not read in full; the bundle says so.
    pub allow_incomplete: bool,
}

/// A bundle that is out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Out {
    /// Where it was put.
    pub path: PathBuf,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A case that was released.
#[derive(Debug)]
pub struct Release {
    /// What was proved of the bundle.
    pub verified: Verified,
    /// What it was made from.
    pub settled: Settled,
    /// By what it was decided.
    pub inputs: Inputs,
}

/// What has to be done before a release.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Checklist {
    /// Doubtful items that nobody decided.
    pub open: u64,
    /// Open holds.
    pub holds: u64,
    /// Whether the sources have to be collected again.
    pub collect_again: bool,
    /// Values taken out in one place and left in another.
    pub conflicts: Vec<super::ConflictAt>,
    /// A source was not read in full: the release has to allow it.
    pub incomplete: bool,
    /// Reviewers who signed what is decided now.
    pub signed: Vec<String>,
    /// Reviewers that the profile asks for.
    pub needed: u32,
}

impl Checklist {
    /// Returns whether nothing stops the release, a source not read in full aside.
    pub fn is_ready(&self) -> bool {
        let signed = u32::try_from(self.signed.len()).unwrap_or(u32::MAX);
        let decided = self.open == 0 && self.holds == 0 && self.conflicts.is_empty();
        decided && !self.collect_again && signed >= self.needed
    }
}

impl Case {
    /// Returns what has to be done before a release.
    ///
    /// # Errors
    /// [`Error::NotCollected`].
    pub fn checklist(&self) -> Result<Checklist, Error> {
        let conflicts = match self.known_conflicts()? {
            Some(known) => known,
            None => self.conflicts()?,
        };
        self.checklist_of(conflicts)
    }

    /// Returns the same without waiting for what takes long: in a case with many items nobody looks
    /// for values that are decided in two ways before everything is decided. Says whether somebody
    /// looked.
    ///
    /// # Errors
    /// [`Error::NotCollected`].
    pub fn quick_checklist(&self) -> Result<(Checklist, bool), Error> {
        let items: u64 = self.db.query_row("SELECT COUNT(*) FROM items", [], |row| row.get(0))?;
        if items <= FEW {
            return Ok((self.checklist()?, true));
        }
        self.look_ahead()?;
        let known = self.known_conflicts()?;
        let looked = known.is_some();
        Ok((self.checklist_of(known.unwrap_or_default())?, looked))
    }

    fn checklist_of(&self, conflicts: Vec<super::ConflictAt>) -> Result<Checklist, Error> {
        if self.stage()? == Stage::Opened {
            return Err(Error::NotCollected);
        }
        let signed = sign::signoffs(&self.db)?;
        Ok(Checklist {
            open: overview::open(&self.db)?,
            holds: holds::open(&self.db)?,
            collect_again: number(&self.db, "collect-again")? > 0,
            conflicts,
            incomplete: number(&self.db, "incomplete")? > 0,
            signed: signed.valid().into_iter().map(str::to_owned).collect(),
            needed: signed.needed,
        })
    }

    /// Returns where a bundle goes that nobody said a place for: beside the case, by the reference.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn usual_out(&self) -> Result<PathBuf, Error> {
        let reference = get(&self.db, "reference")?.unwrap_or_default();
        let path = std::path::absolute(self.path()).map_err(|e| Error::io(self.path(), &e))?;
        Ok(path.with_file_name(format!("{}.zip", bundle::safe_name(&reference))))
    }

    /// Returns the bundle that is out; `None` before the release, and once it is destroyed.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn out(&self) -> Result<Option<Out>, Error> {
        if !matches!(self.stage()?, Stage::Released | Stage::Closed) {
            return Ok(None);
        }
        let pair = get(&self.db, "release-path")?.zip(get(&self.db, "release-sha256")?);
        Ok(pair.map(|(path, sha256)| Out { path: PathBuf::from(path), sha256 }))
    }

    /// Releases the case: settles, packs, proves, publishes. A case that was released is released
    /// again only in so far as its bundle is looked at.
    ///
    /// # Errors
    /// Whatever stops it; nothing is published then.
    pub fn release(&mut self, order: &Releasing<'_>, by: &By) -> Result<Release, Error> {
        self.recover(by)?;
        let out = std::path::absolute(order.out).map_err(|e| Error::io(order.out, &e))?;
        let stage = self.stage()?;
        if stage == Stage::Released {
            return self.again(&out, order);
        }
        stage.can_be_decided()?;
        if stage == Stage::Opened {
            return Err(Error::NotCollected);
        }
        let incomplete = number(&self.db, "incomplete")? > 0;
        if incomplete && !order.allow_incomplete {
            return Err(Error::Incomplete);
        }
        let signed = sign::signoffs(&self.db)?;
        let (inputs, settled) = self.settle()?;
        signed.check()?;
        let desk = self.desk(&out, by)?;
        let proved = seal(&inputs, &settled, order, &desk.folder, incomplete)?;
        let sha256 = proved.verified.sha256.clone();
        self.change(by, |change| {
            Stage::of(change.db)?.can_be_decided()?;
            if sign::signoffs(change.db)? != signed {
                return Err(Error::Stale);
            }
            set(change.db, "release-path", &out.to_string_lossy())?;
            set(change.db, "release-sha256", &sha256)?;
            Stage::Releasing.keep(change.db)?;
            let who = signed.valid();
            change.log(&json!({ "releasing": sha256, "signed": who }), None)
        })?;
        let verified = match proved.publish(&out, order.force) {
            Ok(verified) => verified,
            Err(error) => {
                drop(desk);
                self.recover(by)?;
                return Err(Error::Bundle(error));
            }
        };
        self.released(by)?;
        drop(desk);
        Ok(Release { verified, settled, inputs })
    }

    /// Returns what was released before, if it is still where it is wanted: the process that released
    /// it may not have lived to say so.
    fn again(&self, out: &Path, order: &Releasing<'_>) -> Result<Release, Error> {
        let sha256 = need(&self.db, "release-sha256")?;
        let is_there = verify::digest_of_file(out).is_ok_and(|found| found == sha256);
        if !is_there {
            return Err(Error::Over("released"));
        }
        let verified =
            verify::verify(out, order.passphrase).map_err(|e| Error::Unproved(e.into()))?;
        let (inputs, settled) = self.settle()?;
        Ok(Release { verified, settled, inputs })
    }

    fn released(&mut self, by: &By) -> Result<(), Error> {
        self.change(by, |change| {
            Stage::Released.keep(change.db)?;
            let sha256 = need(change.db, "release-sha256")?;
            change.log(&json!({ "released": sha256 }), None)
        })
    }

    /// Finds out how far a release came that was cut off, and tidies up after it. To be called when a
    /// case is opened for work; does nothing where nothing was cut off.
    ///
    /// # Errors
    /// [`Error::Busy`] if another process is releasing the case right now.
    pub fn recover(&mut self, by: &By) -> Result<(), Error> {
        let Some(folder) = get(&self.db, "release-desk")? else { return Ok(()) };
        let desk = Desk::sit_down(Path::new(&folder))?;
        if self.stage()? != Stage::Releasing {
            drop(desk);
            return Ok(());
        }
        let path = PathBuf::from(need(&self.db, "release-path")?);
        let wanted = need(&self.db, "release-sha256")?;
        let is_out = verify::digest_of_file(&path).is_ok_and(|found| found == wanted);
        if is_out {
            self.released(by)?;
        } else {
            self.change(by, |change| {
                Stage::Collected.keep(change.db)?;
                change.log(&json!({ "release-undone": wanted }), None)
            })?;
        }
        drop(desk);
        Ok(())
    }

    /// Returns a folder of this release alone, beside the output, so that publishing is a rename.
    fn desk(&mut self, out: &Path, by: &By) -> Result<Desk, Error> {
        let parent = out.parent().unwrap_or(Path::new("."));
        let salt = need(&self.db, "salt")?;
        let name = crate::find::digest(salt.as_bytes(), &"release");
        let folder = parent.join(format!(".holdall-{}", name.get(..12).unwrap_or(&name)));
        self.change(by, |change| set(change.db, "release-desk", &folder.to_string_lossy()))?;
        Desk::sit_down(&folder)
    }
}

/// Packs and proves what was settled.
pub(super) fn seal(
    inputs: &Inputs,
    settled: &Settled,
    order: &Releasing<'_>,
    folder: &Path,
    incomplete: bool,
) -> Result<Proved, Error> {
    let Inputs { map, profile, request } = inputs;
    let contents = Contents { settled, map, profile, request, incomplete };
    let options = Options { folder: folder.to_owned(), passphrase: order.passphrase.cloned() };
    let bundle = bundle::pack(&contents, &options).map_err(Error::Bundle)?;
    let allowed = Allowed::new(profile, settled);
    verify::prove(bundle, order.passphrase, settled.withheld(), &allowed).map_err(Error::Unproved)
}

/// A folder for the files of one release, locked while it is used and gone afterwards.
struct Desk {
    folder: PathBuf,
    lock: Option<File>,
}

impl Desk {
    /// Makes the folder, or takes over one that a release left that was cut off.
    fn sit_down(folder: &Path) -> Result<Self, Error> {
        let io = |error: &std::io::Error| Error::io(folder, error);
        make_folder(folder).map_err(|e| io(&e))?;
        let path = folder.join("lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|e| io(&e))?;
        lock.try_lock().map_err(|_| Error::Busy)?;
        for entry in fs::read_dir(folder).map_err(|e| io(&e))?.flatten() {
            if entry.path() != path {
                fs::remove_file(entry.path()).map_err(|e| io(&e))?;
            }
        }
        Ok(Self { folder: folder.to_owned(), lock: Some(lock) })
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = fs::remove_file(self.folder.join("lock"));
        let _ = fs::remove_dir(&self.folder);
        drop(self.lock.take());
    }
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}
