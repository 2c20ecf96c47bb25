//! Maps from descriptions that others have written. So far: Fides datasets.
//!
//! What a description says becomes the map; what it does not say (whose a row is, who else is in
//! it, where the source is) stays open and holds a release until somebody decides.

mod fides;

use std::path::{Path, PathBuf};

pub use fides::Unknown;

use crate::init::{self, Activities, Drafted};

/// Reads the Fides datasets in `file` (YAML or JSON) and returns a draft of the map that will stand
/// at `out`. `activities` are those of the profile beside it, if there is one.
///
/// # Errors
/// [`Error`] if the file cannot be read, is no Fides dataset, or says nothing that a map can have.
pub fn fides(file: &Path, out: &Path, activities: &Activities) -> Result<Drafted, Error> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| Error::Read { file: file.to_owned(), source })?;
    fides_text(&text, file, out, activities)
}

fn fides_text(
    text: &str,
    file: &Path,
    out: &Path,
    activities: &Activities,
) -> Result<Drafted, Error> {
    let wrong = |why: Unknown| Error::Dataset { file: file.to_owned(), why };
    let (mut draft, mut notes) = fides::draft(text).map_err(wrong)?;
    if draft.tally().open + draft.tally().guessed == 0 {
        return Err(wrong(Unknown::Empty));
    }
    activities.give(&mut draft);
    if draft.is_open() {
        notes.push("nothing of it can be decided from the datasets: the map is refused until one column is".into());
    }
    Ok(init::finish(&draft, out, activities, notes)?)
}

/// Why there is no map.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read `{}`: {source}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no Fides dataset, or one that says nothing.
    #[error("`{}`{why}", file.display())]
    Dataset {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: Unknown,
    },
    /// The draft could not be made.
    #[error(transparent)]
    Draft(#[from] init::Error),
}

#[cfg(test)]
mod tests;
