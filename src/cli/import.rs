//! `holdall import fides`: a Fides dataset as a draft of the data map.

use super::args::Fides;
use super::error::{CommandError, Exit};
use super::init::{activities, beside, refuse_existing, tell, write};
use crate::import::{self, Error};

/// Runs the command.
pub(super) fn run(args: &Fides) -> Result<Exit, CommandError> {
    refuse_existing(&args.out, args.force)?;
    let profile = beside(&args.out);
    let activities = activities(&profile)?;
    let drafted =
        import::fides(&args.dataset, &args.out, &activities).map_err(|error| explain(&error))?;
    write(&args.out, &drafted.map, args.force)?;
    let new_profile = !profile.exists();
    if new_profile {
        write(&profile, &drafted.profile, false)?;
    }
    tell(&args.out, new_profile.then_some(profile.as_path()), &drafted, args.json)
}

fn explain(error: &Error) -> CommandError {
    let wrong = CommandError::usage(error.to_string());
    match error {
        Error::Read { .. } | Error::Draft(_) => CommandError { exit: Exit::Failed, ..wrong },
        Error::Dataset { .. } => {
            wrong.hint("give a Fides dataset: YAML with `dataset`, `collections` and `fields`")
        }
    }
}
