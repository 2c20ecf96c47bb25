//! What the data map says of a CSV source, and its check.

use std::path::PathBuf;

use encoding_rs::Encoding;
use holdall_connector::Error;
use holdall_scan::files::Pattern;
use holdall_scan::text;

/// The endings of file names that are CSV where nothing else is said.
pub(crate) const EXTENSIONS: [&str; 3] = ["csv", "tsv", "txt"];

/// A CSV source.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The source's name in the data map.
    pub source: String,
    /// A file, folder (walked) or glob.
    pub root: PathBuf,
    /// Its tables.
    pub tables: Vec<TableSettings>,
}

/// One table of a CSV source.
#[derive(Clone, Debug)]
pub struct TableSettings {
    /// The table's name in the data map.
    pub name: String,
    /// The glob of its files; unsaid, `<name>.csv`, `.tsv` or `.txt` (see
    /// [`Pattern::unsaid`]).
    pub files: Option<String>,
    /// An encoding label (WHATWG), or `None` to detect it.
    pub encoding: Option<String>,
    /// The delimiter, or `None` to detect it.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The columns' names where there is no header.
    pub names: Vec<String>,
    /// Lines before the header that are not data.
    pub skip_lines: u64,
    /// A character that starts a comment line.
    pub comment: Option<char>,
}

impl TableSettings {
    /// Returns the settings of a table of which only the name is said.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            files: None,
            encoding: None,
            delimiter: None,
            header: true,
            names: Vec::new(),
            skip_lines: 0,
            comment: None,
        }
    }
}

/// A table whose settings make sense.
#[derive(Clone, Debug)]
pub(crate) struct TableSpec {
    pub(crate) name: String,
    pub(crate) pattern: Pattern,
    pub(crate) layout: Layout,
}

/// How the files of a table are written, as far as that is said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) delimiter: Option<u8>,
    /// The columns' names if there is no header; empty if they are to be numbered.
    pub(crate) headless: Option<Vec<String>>,
    pub(crate) skip_lines: u64,
    pub(crate) comment: Option<u8>,
}

impl TableSpec {
    pub(crate) fn new(table: &TableSettings, alone: bool) -> Result<Self, Error> {
        let pattern = match &table.files {
            Some(files) => Pattern::said(files)?,
            None => Pattern::unsaid(&table.name, &EXTENSIONS, false, alone)?,
        };
        let layout = Layout {
            encoding: table.encoding.as_deref().map(encoding).transpose()?,
            delimiter: table.delimiter.map(|c| one_byte(c, "delimiter")).transpose()?,
            headless: (!table.header).then(|| table.names.clone()),
            skip_lines: table.skip_lines,
            comment: table.comment.map(|c| one_byte(c, "comment")).transpose()?,
        };
        Ok(Self { name: table.name.clone(), pattern, layout })
    }
}

fn encoding(label: &str) -> Result<&'static Encoding, Error> {
    text::named(label).ok_or_else(|| {
        Error::Settings(format!(
            "`{label}` is not an encoding that is known; try `utf-8`, `utf-16le` or `windows-1252`"
        ))
    })
}

fn one_byte(c: char, what: &str) -> Result<u8, Error> {
    u8::try_from(c).ok().filter(|b| b.is_ascii() && !b"\"\r\n\0".contains(b)).ok_or_else(|| {
        Error::Settings(format!("{c:?} cannot be the {what}: it must be one ASCII character"))
    })
}
