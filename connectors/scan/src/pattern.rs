//! Which names belong to a table: the glob that a user wrote, or the one that its name stands for.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use holdall_connector::Error;

/// Which files of a source belong to a table.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    globs: Vec<GlobMatcher>,
    pub(crate) said: bool,
    pub(crate) alone: bool,
    extension: String,
}

impl Pattern {
    /// Returns the pattern that a user wrote.
    ///
    /// # Errors
    /// [`Error::Settings`] if it is not a glob.
    pub fn said(text: &str) -> Result<Self, Error> {
        let globs = vec![glob(text.trim_start_matches("./"))?];
        let (text, extension) = (text.to_owned(), String::new());
        Ok(Self { text, globs, said: true, alone: false, extension })
    }

    /// Returns the pattern of a table for which none was written: `<table>.<extension>`, and with
    /// `folder` also every such file below a folder `<table>/`.
    ///
    /// Where the source's path is a file, that file is meant, whatever its name. The same holds
    /// for the files of a glob if the table is `alone`, the only one of its source.
    ///
    /// # Errors
    /// [`Error::Settings`] if the name makes no pattern.
    pub fn unsaid(
        table: &str,
        extensions: &[&str],
        folder: bool,
        alone: bool,
    ) -> Result<Self, Error> {
        let name = globset::escape(table);
        let any = extensions.join(",");
        let mut globs = vec![glob(&format!("**/{name}.{{{any}}}"))?];
        if folder {
            globs.push(glob(&format!("{name}/**/*.{{{any}}}"))?);
        }
        let text = format!("{table}.{{{any}}}");
        let extension = extensions.first().copied().unwrap_or_default().to_owned();
        Ok(Self { text, globs, said: false, alone, extension })
    }

    /// Returns a pattern that fits every file with one of these extensions.
    ///
    /// # Errors
    /// [`Error::Settings`] if an extension makes no pattern.
    pub fn every(extensions: &[&str]) -> Result<Self, Error> {
        let text = format!("*.{{{}}}", extensions.join(","));
        let globs = vec![glob(&text)?];
        Ok(Self { text, globs, said: false, alone: true, extension: String::new() })
    }

    pub(crate) fn fits(&self, name: &str) -> bool {
        self.globs.iter().any(|glob| glob.is_match(name))
    }

    /// Returns whether files below a folder of this name may fit for the sake of that name. Of a
    /// pattern that a user wrote with folders in it, that is assumed.
    pub(crate) fn may_fit_below(&self, folder: &str) -> bool {
        match self.said {
            true => self.text.contains('/'),
            false => self.fits(&format!("{folder}/x.{}", self.extension)),
        }
    }
}

/// Shows the pattern as a user would write it.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A pattern without a folder is held against names in every folder.
fn glob(text: &str) -> Result<GlobMatcher, Error> {
    if text.contains('/') { whole_glob(text) } else { whole_glob(&format!("**/{text}")) }
}

/// Returns a glob over whole names, `/` between folders.
pub(crate) fn whole_glob(text: &str) -> Result<GlobMatcher, Error> {
    GlobBuilder::new(text)
        .literal_separator(true)
        .case_insensitive(true)
        .build()
        .map(|glob| glob.compile_matcher())
        .map_err(|e| Error::Settings(format!("`{text}` is not a file pattern: {}", e.kind())))
}
