//! A first draft of a data map, from a look at the sources.
//!
//! Names of columns and what their values look like suggest what each is; declared keys, names and
//! values in common suggest how tables hang together. Every guess says why in a remark. What is
//! doubtful stays unmapped, so that nothing leaves by accident. No value of a source is ever
//! written: of values only counts and hashes are kept.
//!
//! | module | owns |
//! |---|---|
//! | `places` | which sources the given places hold |
//! | `servers` | databases on servers: the place of an address, the tables |
//! | `estate` | the sources as they are seen: tables, columns, keys, samples |
//! | `shape` | what the values of a column look like together |
//! | `words`, `lexicon` | what the words of a name tell |
//! | `roles` | what one column is by itself |
//! | `people`, `links` | whose the rows are; how tables hang together |
//! | `guess` | the tables together |
//! | `draft`, `write` | the draft, and its text |
//! | `profile` | the draft of the controller profile |

mod draft;
mod estate;
mod guess;
mod lexicon;
mod links;
mod people;
mod places;
mod profile;
mod roles;
mod servers;
mod shape;
mod words;
mod write;

use std::path::{Path, PathBuf};

pub use draft::Tally;
pub(crate) use draft::{Draft, DraftSource, DraftTable, Entry, Link, Role};
pub(crate) use guess::{declaration, target_name};
pub use profile::Activities;
use write::write;

use crate::map::{self, SecretRef, SourcePlace};

/// A draft, ready to be written to its file.
#[derive(Debug)]
pub struct Drafted {
    /// The map's text. It parses, unless nothing at all could be decided: then it is remarks.
    pub map: String,
    /// The controller profile's text.
    pub profile: String,
    /// How much of it is guessed, and how much is left to a person.
    pub tally: Tally,
    /// What was passed over or could not be read, in words for people.
    pub notes: Vec<String>,
}

/// Looks at the sources in `given` (folders, files; of a database server `env:NAME` or
/// `file:PATH`) and returns a draft of the map that will stand at `out`. `activities` are those of
/// the profile beside it, if there is one. `watch` is told what is looked at.
///
/// # Errors
/// If a place cannot be read or holds no source, or no table was found.
pub fn draft(
    given: &[String],
    out: &Path,
    activities: &Activities,
    watch: &mut dyn FnMut(&str),
) -> Result<Drafted, Error> {
    let places = places::find(given)?;
    let mut notes = places.passed;
    let (mut sources, mut tables) = (Vec::new(), Vec::new());
    for place in places.sources {
        watch(&format!("Looking at {}", places::shown(&place.at)));
        let (source, mut seen) = estate::see(place, sources.len());
        let requests = seen.iter().filter(|t| estate::is_request(t)).count();
        seen.retain(|table| !estate::is_request(table));
        if requests > 0 && seen.is_empty() {
            notes.push(format!("`{}`: requests, no source", places::shown(&source.at)));
            continue;
        }
        tables.extend(seen);
        sources.push(source);
    }
    notes.extend(troubles(&sources, &tables));
    let folder = out.parent().unwrap_or(Path::new(""));
    let bare = |text: &String| text.strip_prefix("file:").unwrap_or(text).to_owned();
    let typed: Vec<PathBuf> = given.iter().map(bare).map(PathBuf::from).collect();
    let place = |source: &estate::Source| match &source.at {
        SourcePlace::Path(path) => ("path", written(path, folder, &typed)),
        SourcePlace::Url(SecretRef::Env(name)) => ("url", format!("env:{name}")),
        SourcePlace::Url(SecretRef::File(path)) => {
            ("url", format!("file:{}", written(path, folder, &typed)))
        }
    };
    let mut draft = guess::guess(&sources, &tables, &place);
    draft.head = HEAD.map(str::to_owned).into();
    if draft.is_open() {
        return Err(Error::NoTable { notes });
    }
    activities.give(&mut draft);
    finish(&draft, out, activities, notes)
}

const HEAD: [&str; 4] = [
    "A draft of a data map, made from a look at the sources. Read every line: it is a guess.",
    "Columns that stand as remarks are unmapped: they hold every release until somebody decides.",
    "When a line is right, take its remark away. `holdall check` says what is left to do.",
    "",
];

/// Returns the finished texts. A draft that says something and does not parse is a fault of this
/// program.
pub(crate) fn finish(
    draft: &Draft,
    out: &Path,
    activities: &Activities,
    notes: Vec<String>,
) -> Result<Drafted, Error> {
    let text = write(draft);
    if !draft.is_open() {
        map::parse(&text, out).map_err(|error| Error::Draft(error.to_string()))?;
    }
    Ok(Drafted { map: text, profile: activities.profile(), tally: draft.tally(), notes })
}

fn troubles(sources: &[estate::Source], tables: &[estate::Table]) -> Vec<String> {
    let unreadable = sources.iter().filter_map(|source| {
        Some(format!(
            "`{}` could not be read: {}",
            places::shown(&source.at),
            source.unreadable.as_ref()?
        ))
    });
    let name = |table: &estate::Table| sources.get(table.source).map(|source| source.name.clone());
    let noted = tables.iter().flat_map(|table| {
        let whole = format!("{}.{}", name(table).unwrap_or_default(), table.name);
        table.notes.iter().map(move |note| format!("{whole}: {note}"))
    });
    unreadable.chain(noted).collect()
}

/// Returns a path as the map writes it: relative to the map's folder where it lies below that, or
/// was given as relative and lies near it; else absolute. `/` between folders.
fn written(path: &Path, folder: &Path, typed: &[PathBuf]) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (full, base) = (normal(&absolute(path)), normal(&absolute(folder)));
    let relative = match full.strip_prefix(&base) {
        Ok(inner) if inner.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inner) => inner.to_owned(),
        Err(_) => {
            let near = full.components().zip(base.components()).take(3).filter(|(a, b)| a == b);
            let relative = typed.iter().any(|t| t.is_relative() && path.starts_with(t));
            if relative && near.count() == 3 { up(&full, &base) } else { full }
        }
    };
    let text = relative.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Returns the path without `.` and `..` where that can be said without looking.
fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                plain.pop();
            }
            std::path::Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

fn up(full: &Path, base: &Path) -> PathBuf {
    let common = full.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let ups = base.components().skip(common).map(|_| std::path::Component::ParentDir);
    ups.chain(full.components().skip(common)).collect()
}

/// Why there is no draft.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A place holds nothing that can be a source.
    #[error("`{}` holds no CSV or JSON file and no SQLite database", path.display())]
    Nothing {
        /// The place.
        path: PathBuf,
    },
    /// A file is of no kind that is known.
    #[error("`{}` is no CSV file (.csv, .tsv, .txt), JSON file (.json, .jsonl, .ndjson) or SQLite database", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
    },
    /// There are too many files for one draft.
    #[error("`{}` holds more than {limit} files; name the folders that matter one by one", path.display())]
    Many {
        /// The folder.
        path: PathBuf,
        /// How many are looked at.
        limit: usize,
    },
    /// The address of a server was given; it is not repeated, as it may hold a password.
    #[error(
        "the address of a database may hold a password, and everybody on this machine can read a command line; put it into a variable or a file and give `env:NAME` or `file:PATH`"
    )]
    Address,
    /// What looks like the place of an address is none.
    #[error(
        "`{0}` does not say where the address of a database is kept; write `env:NAME` with the name of an environment variable, or `file:PATH`"
    )]
    Reference(String),
    /// The address of a server cannot be had from where it is kept.
    #[error("`{place}`: {why}")]
    Kept {
        /// Where it is kept: `env:NAME` or `file:PATH`.
        place: String,
        /// Why it cannot be had; never the address.
        why: String,
    },
    /// No table was found in any source.
    #[error("no table was found of which anything is known{}", list(notes))]
    NoTable {
        /// What was wrong with the sources.
        notes: Vec<String>,
    },
    /// The draft does not parse: a fault of this program.
    #[error("the draft is no data map; please report this\n{0}")]
    Draft(String),
}

impl Error {
    fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

fn list(notes: &[String]) -> String {
    notes.iter().map(|note| format!("\n  {note}")).collect()
}

#[cfg(test)]
mod tests;
