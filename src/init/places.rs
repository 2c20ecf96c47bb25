//! Which sources the given places hold: folders of CSV and JSON files, SQLite databases, databases
//! on servers.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::words::tokens;
use super::{Error, servers};
use crate::map::{ConnectorKind, SecretRef, SourcePlace};

/// Folders are not walked deeper than this.
const DEPTH: usize = 12;

/// More files than this below one place are more than a draft can look at.
const FILES: usize = 20_000;

/// A source that was found.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its name: letters, digits, dashes.
    pub(super) name: String,
    pub(super) connector: ConnectorKind,
    /// A folder or file, or the place of a server's address.
    pub(super) at: SourcePlace,
    /// CSV and JSON: its tables. A database knows its own.
    pub(super) tables: Vec<FileSet>,
}

/// A table, and its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileSet {
    /// The table's name.
    pub(super) table: String,
    /// On a server: its name in the database, where that differs.
    pub(super) database: Option<String>,
    /// The glob of its files below the source's path; `None` where that is the file.
    pub(super) glob: Option<String>,
    /// Its files.
    pub(super) files: Vec<PathBuf>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) sources: Vec<Place>,
    /// What was passed over, and why.
    pub(super) passed: Vec<String>,
}

/// Finds the sources in these places.
///
/// # Errors
/// [`Error`] for a place that is not there or cannot be read, or an address.
pub(super) fn find(given: &[String]) -> Result<Places, Error> {
    let mut places = Places::default();
    for text in given {
        refuse_addresses(text)?;
        if let Some(server) = servers::place(text)? {
            places.sources.push(server);
            continue;
        }
        let path = Path::new(text);
        let meta = fs::metadata(path).map_err(|e| Error::read(path, e))?;
        let before = places.sources.len();
        if meta.is_dir() {
            places.folder(path)?;
        } else {
            places.file(path)?;
        }
        if places.sources.len() == before {
            return Err(Error::Nothing { path: path.to_owned() });
        }
    }
    places.name_apart();
    Ok(places)
}

/// An address holds a password as a rule, and every user of the machine can read a command line.
fn refuse_addresses(text: &str) -> Result<(), Error> {
    let is_address = text.contains("://") || text.to_ascii_lowercase().contains("password=");
    if is_address { Err(Error::Address) } else { Ok(()) }
}

/// Returns where a source is, as a person typed it; never an address.
pub(super) fn shown(at: &SourcePlace) -> String {
    match at {
        SourcePlace::Path(path) => path.display().to_string(),
        SourcePlace::Url(SecretRef::Env(name)) => format!("env:{name}"),
        SourcePlace::Url(SecretRef::File(path)) => format!("file:{}", path.display()),
    }
}

impl Places {
    /// Takes a folder: one source for its CSV files and one for its JSON files, with those of the
    /// folders below; or, where it has none itself, the sources of each folder below.
    fn folder(&mut self, folder: &Path) -> Result<(), Error> {
        let entries = entries(folder)?;
        let own = |kind| entries.iter().any(|e| !e.is_dir && data_kind(&e.path) == Some(kind));
        let kinds: Vec<ConnectorKind> =
            [ConnectorKind::Csv, ConnectorKind::Json].into_iter().filter(|k| own(*k)).collect();
        if kinds.is_empty() {
            for entry in entries.iter().filter(|e| e.is_dir) {
                self.folder(&entry.path)?;
            }
        } else {
            self.files_below(folder, &kinds)?;
        }
        for entry in entries.iter().filter(|e| !e.is_dir && is_database(&e.path)) {
            self.database(&entry.path);
        }
        Ok(())
    }

    fn files_below(&mut self, folder: &Path, kinds: &[ConnectorKind]) -> Result<(), Error> {
        let mut files = Vec::new();
        self.walk(folder, folder, 0, &mut files)?;
        for kind in [ConnectorKind::Csv, ConnectorKind::Json] {
            let mine: Vec<String> = files
                .iter()
                .filter(|name| data_kind(&folder.join(name)) == Some(kind))
                .cloned()
                .collect();
            if mine.is_empty() {
                continue;
            }
            let stem = source_name(folder);
            let name = if kinds.len() > 1 { format!("{stem}-{}", kind.as_str()) } else { stem };
            let tables = file_sets(folder, &mine);
            let at = SourcePlace::Path(folder.to_owned());
            self.sources.push(Place { name, connector: kind, at, tables });
        }
        Ok(())
    }

    fn walk(
        &mut self,
        root: &Path,
        folder: &Path,
        depth: usize,
        files: &mut Vec<String>,
    ) -> Result<(), Error> {
        for entry in entries(folder)? {
            if files.len() >= FILES {
                return Err(Error::Many { path: root.to_owned(), limit: FILES });
            }
            if entry.is_dir && depth < DEPTH {
                self.walk(root, &entry.path, depth + 1, files)?;
            } else if entry.is_dir {
                self.passed.push(format!("`{}`: too deep", entry.path.display()));
            } else if let Some(name) = relative(root, &entry.path) {
                if depth > 0 && is_database(&entry.path) {
                    self.database(&entry.path);
                } else {
                    files.push(name);
                }
            } else {
                let path = entry.path.display();
                self.passed.push(format!("`{path}`: its name is not Unicode; rename it"));
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), Error> {
        if is_database(path) {
            self.database(path);
            return Ok(());
        }
        let connector = data_kind(path).ok_or_else(|| Error::Unknown { path: path.to_owned() })?;
        let table = path.file_name().and_then(|n| n.to_str()).map(stem_of).unwrap_or_default();
        let files = vec![path.to_owned()];
        let tables = vec![FileSet { table: or_table(table), database: None, glob: None, files }];
        let name = source_name(path);
        let at = SourcePlace::Path(path.to_owned());
        self.sources.push(Place { name, connector, at, tables });
        Ok(())
    }

    fn database(&mut self, path: &Path) {
        let (name, at) = (source_name(path), SourcePlace::Path(path.to_owned()));
        let connector = ConnectorKind::Sqlite;
        self.sources.push(Place { name, connector, at, tables: Vec::new() });
    }

    /// Numbers sources of the same name.
    fn name_apart(&mut self) {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        for source in &mut self.sources {
            let stem = source.name.clone();
            let count = taken.entry(stem.clone()).or_insert(0);
            *count += 1;
            let mut number = *count;
            while number > 1 && taken.contains_key(&format!("{stem}-{number}")) {
                number += 1;
            }
            if number > 1 {
                source.name = format!("{stem}-{number}");
                taken.insert(source.name.clone(), 1);
            }
        }
    }
}

struct Entry {
    path: PathBuf,
    is_dir: bool,
}

/// Returns what a folder holds, by name; hidden things and links are left out.
fn entries(folder: &Path) -> Result<Vec<Entry>, Error> {
    let error = |e| Error::read(folder, e);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let entry = entry.map_err(error)?;
        let kind = entry.file_type().map_err(error)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && (kind.is_dir() || kind.is_file()) {
            entries.push(Entry { path: entry.path(), is_dir: kind.is_dir() });
        }
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = inner.components().map(|c| c.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// Returns what reads a file, by its ending. A `.txt` file counts if it has columns.
fn data_kind(path: &Path) -> Option<ConnectorKind> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    match extension.as_str() {
        "csv" | "tsv" => Some(ConnectorKind::Csv),
        "json" | "jsonl" | "ndjson" => Some(ConnectorKind::Json),
        "txt" => {
            holdall_csv::look(path).is_ok_and(|look| look.width > 2).then_some(ConnectorKind::Csv)
        }
        _ => None,
    }
}

/// Returns whether a file is a SQLite database (sqlite.org/fileformat2.html, the header).
fn is_database(path: &Path) -> bool {
    const ENDINGS: &[&str] = &["sqlite", "sqlite3", "db", "db3", "s3db"];
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let mut head = [0; 16];
    ENDINGS.contains(&ending.as_str())
        && fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && &head == b"SQLite format 3\0"
}

/// Returns the name of a source at this path.
pub(super) fn source_name(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = whole.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = if path.is_dir() { name.as_str() } else { stem_of(&name) };
    let plain = stem.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let words: Vec<String> =
        plain.collect::<String>().to_lowercase().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() { "source".into() } else { words.join("-") }
}

fn stem_of(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

fn or_table(stem: &str) -> String {
    if stem.trim().is_empty() { "table".into() } else { stem.trim().into() }
}

/// Groups files into tables: what differs only in a date or a number is one table
/// (`enquiries-2024.csv`, `enquiries-2025.csv`), and so is a folder of such files.
fn file_sets(folder: &Path, files: &[String]) -> Vec<FileSet> {
    let mut sets: BTreeMap<(String, String, String), FileSet> = BTreeMap::new();
    for name in files {
        let (below, last) = name.rsplit_once('/').unwrap_or(("", name));
        let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
        let base = without_date(stem);
        let inner = below.rsplit('/').next().unwrap_or_default();
        let up = if below.is_empty() { String::new() } else { format!("{}/", escaped(below)) };
        let (table, glob) = if base.is_empty() && !inner.is_empty() {
            (inner, format!("{up}*.{ending}"))
        } else if base.len() < stem.len() && !base.is_empty() {
            let sign = stem.get(base.len()..).and_then(|rest| rest.chars().next());
            let sign = sign.filter(|c| !c.is_alphanumeric()).map(String::from).unwrap_or_default();
            (base, format!("{up}{}{sign}*.{ending}", escaped(base)))
        } else {
            (stem, format!("{up}{}", escaped(last)))
        };
        let key = (below.to_owned(), table.to_owned(), ending.to_lowercase());
        let table = or_table(table);
        let set = FileSet { table, database: None, glob: Some(glob), files: Vec::new() };
        let set = sets.entry(key).or_insert(set);
        set.files.push(folder.join(name));
    }
    let mut sets: Vec<FileSet> = sets.into_values().collect();
    name_sets_apart(&mut sets);
    sets
}

/// Numbers tables of the same name.
fn name_sets_apart(sets: &mut [FileSet]) {
    let mut taken = std::collections::BTreeSet::new();
    for set in sets {
        let stem = set.table.clone();
        let mut number = 2;
        while !taken.insert(set.table.to_lowercase()) {
            set.table = format!("{stem}-{number}");
            number += 1;
        }
    }
}

/// Returns a stem without a date or number at its end, and the sign before it: `a` of `a-2025-01`.
/// Empty if it is nothing else.
fn without_date(stem: &str) -> &str {
    let is_tail = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' ');
    let cut = stem.trim_end_matches(is_tail);
    let digits = stem.get(cut.len()..).unwrap_or_default().bytes().filter(u8::is_ascii_digit);
    // `q1` and `v2` are names; a year, a month or a running number of an export has more digits
    // or a sign before it.
    let signed =
        stem.get(cut.len()..).is_some_and(|tail| tail.starts_with(|c: char| !c.is_ascii_digit()));
    if digits.count() >= 2 || (signed && !tokens(cut).is_empty()) { cut } else { stem }
}

/// Returns a file's name as a glob that fits it alone.
fn escaped(name: &str) -> String {
    let mut glob = String::new();
    for c in name.chars() {
        match c {
            '*' | '?' | '[' | ']' | '{' | '}' => glob.extend(['[', c, ']']),
            other => glob.push(other),
        }
    }
    glob
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(files: &[&str]) -> Vec<(String, String)> {
        let files: Vec<String> = files.iter().map(|f| (*f).to_owned()).collect();
        let sets = file_sets(Path::new("x"), &files);
        sets.into_iter().map(|s| (s.table, s.glob.unwrap())).collect()
    }

    #[test]
    fn files_that_differ_in_a_date_are_one_table() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            tables(&["enquiries-2019.csv", "enquiries-2025.csv", "notes.csv"]),
            [pair("enquiries", "enquiries-*.csv"), pair("notes", "notes.csv")]
        );
        assert_eq!(
            tables(&["mail/2026-04.jsonl", "mail/2026-05.jsonl"]),
            [pair("mail", "mail/*.jsonl")]
        );
        assert_eq!(
            tables(&["q1.csv", "a[1].csv"]),
            [pair("a[1]", "a[[]1[]].csv"), pair("q1", "q1.csv")]
        );
        assert_eq!(tables(&["2026.csv"]), [pair("2026", "2026.csv")]);
    }

    #[test]
    fn tables_of_one_name_are_numbered() {
        let names: Vec<String> =
            tables(&["a/x.csv", "b/x.csv", "b/X.csv"]).into_iter().map(|p| p.0).collect();
        assert_eq!(names, ["x", "X-2", "x-3"]);
    }

    #[test]
    fn an_address_is_refused_and_not_repeated() {
        let error = find(&["postgres://ada:hunter2@db.example.org/x".into()]).unwrap_err();
        assert!(!error.to_string().contains("hunter2"));
        assert!(matches!(find(&["host=h password=hunter2".into()]), Err(Error::Address)));
        assert!(matches!(find(&["env:".into()]), Err(Error::Reference(_))));
        assert!(matches!(find(&["file:nowhere.url".into()]), Err(Error::Kept { .. })));
    }
}
