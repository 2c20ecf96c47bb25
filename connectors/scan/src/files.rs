//! Which files a source's path and a table's pattern stand for.
//!
//! The path of a source is a file, a folder or a glob. A pattern picks the files of one table:
//!
//! - a pattern without `/` is held against the file's name, in every folder below;
//! - a pattern with `/` is held against the whole name relative to the source's folder;
//! - upper and lower case are the same, as they are to Windows.
//!
//! A file whose name ends in `.gz` is held against the pattern without that ending, and the entries
//! of a `.zip` as if the archive were a folder.
//!
//! Links inside a folder are not followed, so a loop cannot trap the walk. A link that could hide
//! a file of the table, and whatever cannot be read, is listed in [`Listing::unreadable`]: the
//! search is then incomplete, never silently smaller.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

use globset::GlobMatcher;
use holdall_connector::Error;
use walkdir::{DirEntry, WalkDir};

use crate::packed::{self, Content, Packing};
pub use crate::pattern::Pattern;
use crate::pattern::whole_glob;

/// A file of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its name relative to the source's folder, `/` between folders.
    pub name: String,
    /// The file on disk: itself, or the archive that holds it.
    pub path: PathBuf,
    /// How its content is packed there.
    pub packing: Packing,
}

impl SourceFile {
    /// Returns a file that is not packed.
    pub fn plain(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { name: name.into(), path: path.into(), packing: Packing::Plain }
    }

    /// Opens its content.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(&self) -> std::io::Result<Content> {
        packed::open(&self.path, &self.packing)
    }

    /// Returns whether its bytes on disk are its content.
    pub fn is_plain(&self) -> bool {
        self.packing == Packing::Plain
    }
}

/// Something that may hold files of the table and could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, folder or link.
    pub path: PathBuf,
    /// Why not, in words for the user.
    pub why: String,
}

/// The files of one table, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The files.
    pub files: Vec<SourceFile>,
    /// What could not be looked at.
    pub unreadable: Vec<Unreadable>,
}

impl Listing {
    /// Returns the files, if everything could be looked at.
    ///
    /// # Errors
    /// [`Error::Io`] for the first entry that could not.
    pub fn whole(self) -> Result<Vec<SourceFile>, Error> {
        match self.unreadable.into_iter().next() {
            None => Ok(self.files),
            Some(entry) => {
                Err(Error::Io { path: entry.path, source: std::io::Error::other(entry.why) })
            }
        }
    }

    /// Returns what could not be looked at, in words for an incomplete ending.
    pub fn troubles(&self) -> Vec<String> {
        let say = |entry: &Unreadable| {
            format!("`{}` was not searched: {}", entry.path.display(), entry.why)
        };
        self.unreadable.iter().map(say).collect()
    }
}

/// Returns the names that the tables of these files would have: each file's name without its
/// ending, once, in order. Names that differ in case alone are one.
pub fn stems(files: &[SourceFile]) -> Vec<String> {
    let mut names = BTreeMap::new();
    for file in files {
        let last = file.name.rsplit('/').next().unwrap_or_default();
        let last = packed::without_gz(last).unwrap_or(last);
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        names.entry(stem.to_lowercase()).or_insert_with(|| stem.to_owned());
    }
    names.into_values().collect()
}

/// Opens each file and reads nothing.
///
/// # Errors
/// [`Error::Io`] for the first that cannot be opened.
pub fn check(files: &[SourceFile]) -> Result<(), Error> {
    for SourceFile { path, .. } in files {
        File::open(path).map_err(|source| Error::Io { path: path.clone(), source })?;
    }
    Ok(())
}

/// Returns the files below `root` that fit `pattern`, ordered by name.
///
/// # Errors
/// [`Error::Io`] if `root` cannot be read, [`Error::NoFiles`] if nothing fits (and nothing was
/// unreadable, in which case the files may be there).
pub fn list(root: &Path, pattern: &Pattern) -> Result<Listing, Error> {
    let listing = match std::fs::metadata(root) {
        Ok(meta) if meta.is_dir() => walk(root, &Wanted { pattern, outer: None })?,
        Ok(meta) if meta.is_file() => single(root, pattern),
        Ok(_) => return Err(Error::Settings(format!("`{}` is no file or folder", root.display()))),
        Err(source) => match split_glob(root) {
            Some((base, text)) => {
                walk(&base, &Wanted { pattern, outer: Some(whole_glob(&text)?) })?
            }
            None => return Err(Error::Io { path: root.to_owned(), source }),
        },
    };
    if listing.files.is_empty() && listing.unreadable.is_empty() {
        return Err(Error::NoFiles { path: root.to_owned(), pattern: pattern.to_string() });
    }
    Ok(listing)
}

fn single(root: &Path, pattern: &Pattern) -> Listing {
    let name = root.file_name().map(name_of).unwrap_or_default();
    let mut listing = Listing::default();
    let is_meant = !pattern.said && !packed::is_zip(&name);
    let fits = |one: &str| pattern.fits(one) || is_meant && one == name;
    take(&name, root, &fits, &mut listing);
    if let ([], []) = (listing.files.as_slice(), listing.unreadable.as_slice())
        && !pattern.said
    {
        // The archive is named; if it holds one file, that is meant, whatever its name.
        take(&name, root, &|one| one != name, &mut listing);
        listing.files.truncate(if listing.files.len() == 1 { 1 } else { 0 });
    }
    listing.files.sort();
    listing
}

/// Adds a file, or the entries of an archive, if the table wants them.
fn take(name: &str, path: &Path, wanted: &dyn Fn(&str) -> bool, listing: &mut Listing) {
    if packed::is_zip(name) && !wanted(name) {
        return take_entries(name, path, wanted, listing);
    }
    let unpacked = packed::without_gz(name);
    if wanted(name) || unpacked.is_some_and(wanted) {
        let packing = if unpacked.is_some() { Packing::Gzip } else { Packing::Plain };
        listing.files.push(SourceFile { name: name.into(), path: path.to_owned(), packing });
    }
}

fn take_entries(name: &str, path: &Path, wanted: &dyn Fn(&str) -> bool, listing: &mut Listing) {
    let entries = match packed::entries(path) {
        Ok(entries) => entries,
        Err(error) => {
            let why = error.to_string();
            return listing.unreadable.push(Unreadable { path: path.to_owned(), why });
        }
    };
    for (entry, packing) in entries {
        let inner = format!("{name}/{entry}");
        if !wanted(&inner) {
            continue;
        }
        let path = path.to_owned();
        match packing {
            Ok(packing) => listing.files.push(SourceFile { name: inner, path, packing }),
            Err(why) => listing.unreadable.push(Unreadable { path: path.join(entry), why }),
        }
    }
}

/// What the walk is to find.
struct Wanted<'a> {
    pattern: &'a Pattern,
    /// The glob that stands as the source's path.
    outer: Option<GlobMatcher>,
}

impl Wanted<'_> {
    fn has(&self, name: &str) -> bool {
        match &self.outer {
            None => self.pattern.fits(name),
            Some(outer) => outer.is_match(name) && (self.pattern.alone || self.pattern.fits(name)),
        }
    }

    fn may_have_below(&self, folder: &str) -> bool {
        self.outer.is_some() || self.pattern.may_fit_below(folder)
    }
}

/// Splits a path with wildcards into the folder before the first of them and the glob below it.
fn split_glob(path: &Path) -> Option<(PathBuf, String)> {
    let is_glob = |c: &Component<'_>| name_of(c.as_os_str()).contains(['*', '?', '[', '{']);
    let parts: Vec<Component<'_>> = path.components().collect();
    let first = parts.iter().position(is_glob)?;
    let (base, rest) = parts.split_at_checked(first)?;
    let base: PathBuf = base.iter().collect();
    let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
    let rest: Vec<String> = rest.iter().map(|c| name_of(c.as_os_str())).collect();
    Some((base, rest.join("/")))
}

fn walk(base: &Path, wanted: &Wanted<'_>) -> Result<Listing, Error> {
    let mut listing = Listing::default();
    let mut links = Vec::new();
    for entry in WalkDir::new(base) {
        match entry {
            Ok(entry) => sort_in(base, &entry, wanted, &mut listing, &mut links),
            Err(error) => listing.unreadable.push(walk_error(base, error)?),
        }
    }
    listing.files.sort();
    report_links(base, wanted, &links, &mut listing);
    listing.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listing)
}

fn walk_error(base: &Path, error: walkdir::Error) -> Result<Unreadable, Error> {
    let path = error.path().unwrap_or(base).to_owned();
    let depth = error.depth();
    let source = error.into_io_error().unwrap_or_else(|| std::io::Error::other("it is a loop"));
    if depth == 0 {
        return Err(Error::Io { path, source });
    }
    Ok(Unreadable { path, why: source.to_string() })
}

fn sort_in(
    base: &Path,
    entry: &DirEntry,
    wanted: &Wanted<'_>,
    listing: &mut Listing,
    links: &mut Vec<(String, PathBuf)>,
) {
    let kind = entry.file_type();
    let name = relative(base, entry.path());
    if entry.path_is_symlink() && entry.depth() > 0 {
        links.push((name, entry.path().to_owned()));
    } else if kind.is_file() {
        take(&name, entry.path(), &|one| wanted.has(one), listing);
    } else if !kind.is_dir() && wanted.has(&name) {
        let path = entry.path().to_owned();
        listing.unreadable.push(Unreadable { path, why: "it is no ordinary file".into() });
    }
}

/// Reports the links that may hide a file of the table. One that leads to something which the walk
/// meets anyway hides nothing.
fn report_links(
    base: &Path,
    wanted: &Wanted<'_>,
    links: &[(String, PathBuf)],
    listing: &mut Listing,
) {
    let Ok(base) = base.canonicalize() else { return };
    let mut listed = None;
    for (name, path) in links {
        let hides = match path.canonicalize() {
            Ok(target) if target.is_dir() => {
                !target.starts_with(&base) || wanted.may_have_below(name)
            }
            Ok(target) if wanted.has(name) => {
                !listed.get_or_insert_with(|| real_paths(&listing.files)).contains(&target)
            }
            Ok(_) => false,
            Err(_) => wanted.has(name),
        };
        if hides {
            let why = "it is a link, and links are not followed; name its target in the map";
            listing.unreadable.push(Unreadable { path: path.clone(), why: why.into() });
        }
    }
}

fn real_paths(files: &[SourceFile]) -> BTreeSet<PathBuf> {
    files.iter().filter_map(|file| file.path.canonicalize().ok()).collect()
}

fn relative(base: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<String> = inner.components().map(|c| name_of(c.as_os_str())).collect();
    parts.join("/")
}

fn name_of(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}
