//! Reading a data map: the text becomes the grammar, the grammar the model.

use std::path::Path;

use super::grammar::MapFile;
use super::model::Map;
use super::{Error, resolve};
use crate::diagnose::{Document, Mask, Problems, read_text};

/// Reads the data map in `file` and checks it against itself. Nothing else is opened: neither the
/// profile (see [`Map::check_activities`]) nor any source.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read, [`Error::Invalid`] with everything that is wrong
/// in it.
pub fn load(file: &Path) -> Result<Map, Error> {
    let text = read_text(file).map_err(|source| Error::Read { file: file.to_owned(), source })?;
    parse(&text, file)
}

/// Reads a data map from its text; `file` is its name in messages, and relative paths start from
/// the folder that `file` is in.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong.
pub fn parse(text: &str, file: &Path) -> Result<Map, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let document = Document { file, text, mask: Mask::Secrets };
    let written: MapFile = toml::from_str(text).map_err(|error| document.syntax(&error))?;
    Ok(resolve::resolve(&document, &written)?)
}

/// Reads the map's file again, to point at what was found wrong with it later.
pub(super) fn reread(
    map: &Map,
    look: impl FnOnce(&MapFile, &mut Problems<'_>),
) -> Result<(), Error> {
    let text =
        read_text(&map.file).map_err(|source| Error::Read { file: map.file.clone(), source })?;
    let document = Document { file: &map.file, text: &text, mask: Mask::Secrets };
    let written: MapFile = toml::from_str(&text).map_err(|error| document.syntax(&error))?;
    let mut problems = Problems::new(&document);
    look(&written, &mut problems);
    Ok(problems.finish(())?)
}
