//! What the data map says of a JSON source.

use std::path::PathBuf;

/// The endings of file names that are JSON where nothing else is said.
pub(crate) const EXTENSIONS: [&str; 3] = ["json", "jsonl", "ndjson"];

/// A JSON source.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The source's name in the data map.
    pub source: String,
    /// A file, folder (walked) or glob.
    pub root: PathBuf,
    /// Its tables.
    pub tables: Vec<TableSettings>,
}

/// One table of a JSON source.
#[derive(Clone, Debug)]
pub struct TableSettings {
    /// The table's name in the data map.
    pub name: String,
    /// The glob of its files; unsaid, `<name>.json`, `.jsonl` or `.ndjson` and every such file in
    /// a folder `<name>/`.
    pub files: Option<String>,
}

impl TableSettings {
    /// Returns the settings of a table of which only the name is said.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), files: None }
    }
}
