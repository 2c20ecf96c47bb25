//! The file of a case: created for its owner alone, opened with its key.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use holdall_connector::Secret;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::change::{By, Change};
use super::{Error, schema};

/// How long another process may write before a change is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a case file is locked with.
#[derive(Clone, Debug)]
pub enum Lock {
    /// Nothing: whoever has the file reads it. Only where somebody asked for it.
    Plain,
    /// A key; the file is encrypted by SQLCipher (AES-256, a MAC a page).
    Key(Secret),
}

/// An open case.
#[derive(Debug)]
pub struct Case {
    pub(super) db: Connection,
    path: PathBuf,
}

impl Case {
    /// Creates the file and, in one transaction, everything that `fill` writes. A file in which
    /// nothing was written yet (an earlier start was interrupted) is taken as new.
    pub(super) fn create(
        path: &Path,
        lock: &Lock,
        by: &By,
        fill: impl FnOnce(&Change<'_>) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        by.check()?;
        make_file(path)?;
        let mut case = Self::connect(path, lock)?;
        let is_begun = match schema::version(&case.db) {
            Ok(version) => version > 0,
            Err(_) => return Err(Error::Exists(path.to_owned())),
        };
        if is_begun {
            return Err(Error::Exists(path.to_owned()));
        }
        let transaction = case.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if schema::version(&transaction)? > 0 {
            return Err(Error::Exists(path.to_owned()));
        }
        schema::migrate(&transaction)?;
        let change = Change::begin(&transaction, by)?;
        fill(&change)?;
        change.finish()?;
        transaction.commit()?;
        Ok(case)
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Key`] for a wrong key or what is no case, [`Error::Newer`].
    pub fn open(path: &Path, lock: &Lock) -> Result<Self, Error> {
        if !path.is_file() {
            return Err(Error::Missing(path.to_owned()));
        }
        let mut case = Self::connect(path, lock)?;
        let version = schema::version(&case.db).map_err(|_| Error::Key(path.to_owned()))?;
        if version == 0 {
            return Err(Error::Missing(path.to_owned()));
        }
        let transaction = case.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        schema::migrate(&transaction)?;
        transaction.commit()?;
        Ok(case)
    }

    /// Returns where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, lock: &Lock) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags)?;
        if let Lock::Key(secret) = lock {
            // SQLCipher writes to standard error by itself; only the command line talks here.
            db.execute_batch("PRAGMA cipher_log_level = NONE")?;
            db.pragma_update(None, "key", secret.expose())?;
        }
        db.busy_timeout(PATIENCE)?;
        let case = Self { db, path: path.to_owned() };
        case.settings().map_err(|error| match error {
            Error::Busy => Error::Busy,
            _ => Error::Key(path.to_owned()),
        })?;
        Ok(case)
    }

    fn settings(&self) -> Result<(), Error> {
        // Temporary tables and sorts in memory: nothing of the case outside its file.
        self.db.execute_batch(
            "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
             PRAGMA cache_size = -32768; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;",
        )?;
        self.db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        Ok(self.db.pragma_update(None, "synchronous", "FULL")?)
    }
}

/// Makes an empty file that its owner alone can read, unless there is one.
fn make_file(path: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let is_file = fs::metadata(path).is_ok_and(|found| found.is_file());
            if is_file { Ok(()) } else { Err(Error::Exists(path.to_owned())) }
        }
        Err(error) => Err(Error::io(path, &error)),
    }
}
