//! Why a source could not be read.

use std::path::PathBuf;

/// Why a source, or one of its tables, could not be read. No variant carries a value of a record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No file fits the table's pattern.
    #[error("no file fits `{pattern}` in `{}`", path.display())]
    NoFiles {
        /// The folder that was searched.
        path: PathBuf,
        /// The glob pattern.
        pattern: String,
    },
    /// The source does not have this table.
    #[error("there is no table `{0}`")]
    NoTable(String),
    /// The table does not have this column.
    #[error("table `{table}` has no column `{column}`")]
    NoColumn {
        /// The table.
        table: String,
        /// The column that was asked for.
        column: String,
    },
    /// The content cannot be understood at all.
    #[error("cannot understand `{at}`: {why}")]
    Malformed {
        /// The file, with a line where that is known.
        at: String,
        /// What is wrong; never the content itself.
        why: String,
    },
    /// The source's settings make no sense.
    #[error("{0}")]
    Settings(String),
    /// A database or service answered with an error.
    #[error("{what}: {why}")]
    Service {
        /// What was being done.
        what: String,
        /// Its answer, with anything that could hold a value or a secret taken out.
        why: String,
    },
}
