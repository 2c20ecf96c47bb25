//! The connection: read-only, one state of the file; and errors in words without content.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use holdall_connector::Error;
use rusqlite::{Connection, ErrorCode, OpenFlags};

/// How long to wait for another program to release the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// A database that is open for reading.
pub(crate) struct Database {
    pub(crate) connection: Connection,
    path: PathBuf,
    /// What the file was like at the start, if it is read without locks.
    unlocked: Option<Metadata>,
}

impl Database {
    /// Opens the file and starts a read transaction.
    ///
    /// # Errors
    /// [`Error::Io`] if there is no such file, [`Error::Service`] if it is no database that can be
    /// read.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let io = |source| Error::Io { path: path.to_owned(), source };
        let meta = fs::metadata(path).map_err(io)?;
        if !meta.is_file() {
            return Err(io(io::Error::other("it is no file")));
        }
        if is_cut(path, meta.len()).map_err(io)? {
            return Err(io(io::Error::other("it is cut off in the middle of a page")));
        }
        let unlocked = is_idle_wal(path).map_err(io)?.then_some(meta);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = if unlocked.is_some() {
            let uri = format!("{}?immutable=1", uri(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
        } else {
            Connection::open_with_flags(path, flags)
        };
        let connection = opened.map_err(|e| service(path, "open", &e))?;
        start(&connection).map_err(|e| service(path, "read", &e))?;
        Ok(Self { connection, path: path.to_owned(), unlocked })
    }

    /// Opens the file once more. The read transaction is another.
    ///
    /// # Errors
    /// Those of [`Database::open`].
    pub(crate) fn again(&self) -> Result<Self, Error> {
        Self::open(&self.path)
    }

    /// Returns whether all that open the file while this reads it see the same state, or the
    /// change is noticed: not in WAL mode, where others write meanwhile.
    pub(crate) fn is_one_state_for_all(&self) -> bool {
        let mode = || {
            let mode = self.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0));
            mode.is_ok_and(|mode: String| !mode.eq_ignore_ascii_case("wal"))
        };
        self.unlocked.is_some() || mode()
    }

    /// Returns the error of a statement as ours.
    pub(crate) fn error(&self, error: &rusqlite::Error) -> Error {
        service(&self.path, "read", error)
    }

    /// Returns whether the file may have changed under a read without locks.
    pub(crate) fn has_changed(&self) -> bool {
        let Some(before) = &self.unlocked else { return false };
        fs::metadata(&self.path).map_or(true, |now| {
            now.len() != before.len() || now.modified().ok() != before.modified().ok()
        })
    }
}

fn start(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; BEGIN",
    )?;
    // The transaction starts with its first read, which also shows whether this is a database.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// Returns whether the file is no whole number of pages: SQLite would pass over the last one
/// (*Database File Format*, 1.3.2).
fn is_cut(path: &Path, length: u64) -> io::Result<bool> {
    let mut header = Vec::new();
    File::open(path)?.take(18).read_to_end(&mut header)?;
    let is_database = header.starts_with(b"SQLite format 3\0");
    let Some(&[high, low]) = header.get(16..18).filter(|_| is_database) else { return Ok(false) };
    let size = match u64::from(u16::from_be_bytes([high, low])) {
        1 => 65_536,
        size => size,
    };
    Ok(size >= 512 && !length.is_multiple_of(size))
}

/// Returns whether the database is in WAL mode and nobody has it open: all of it is in the file.
/// Reading it with locks would create log files beside it and leave them there.
fn is_idle_wal(path: &Path) -> io::Result<bool> {
    let mut header = Vec::new();
    File::open(path)?.take(20).read_to_end(&mut header)?;
    // Bytes 18 and 19: file format write and read version, 2 for WAL (sqlite.org/fileformat2.html).
    let wal = header.starts_with(b"SQLite format 3\0") && header.get(18..20) == Some(&[2, 2]);
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Ok(wal && fs::metadata(log).map_or(true, |log| log.len() == 0))
}

/// Returns the path as a `file:` URI (sqlite.org/uri.html).
fn uri(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from("file:");
    let bytes = path.as_os_str().as_encoded_bytes();
    if !bytes.starts_with(b"/") {
        uri.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b':' if cfg!(windows) => uri.push(':'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

fn service(path: &Path, doing: &str, error: &rusqlite::Error) -> Error {
    Error::Service { what: format!("cannot {doing} `{}`", path.display()), why: why(error) }
}

/// Returns what went wrong by SQLite's code alone: its messages can quote the database.
pub(crate) fn why(error: &rusqlite::Error) -> String {
    let rusqlite::Error::SqliteFailure(failure, _) = error else {
        return "SQLite gave an answer that was not expected".to_owned();
    };
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            "another program has it locked; try again when that has finished".to_owned()
        }
        ErrorCode::NotADatabase => "it is not a SQLite database, or it is encrypted".to_owned(),
        ErrorCode::DatabaseCorrupt => {
            "it is damaged; try SQLite's `.recover` on a copy of it".to_owned()
        }
        ErrorCode::ReadOnly | ErrorCode::CannotOpen => {
            "it cannot be opened for reading; if the program that writes it has crashed, let that \
             program open it once"
                .to_owned()
        }
        _ => failure.to_string(),
    }
}
