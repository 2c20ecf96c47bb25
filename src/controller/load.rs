//! Reading a controller profile.

use std::path::Path;

use super::{Error, Profile};
use crate::diagnose::{Document, Mask, read_text};

/// Reads the controller profile in `file`.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read, [`Error::Invalid`] with what is wrong in it.
pub fn load(file: &Path) -> Result<Profile, Error> {
    let text = read_text(file).map_err(|source| Error::Read { file: file.to_owned(), source })?;
    parse(&text, file)
}

/// Reads a controller profile from its text; `file` is its name in messages.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub fn parse(text: &str, file: &Path) -> Result<Profile, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let document = Document { file, text, mask: Mask::Nothing };
    toml::from_str(text).map_err(|error| document.syntax(&error).into())
}
