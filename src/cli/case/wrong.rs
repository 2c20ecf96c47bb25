//! What a command says when a case does not let it go on.

use crate::case::{Error, Rejected};
use crate::cli::error::{CommandError, Exit};
use crate::request::NotRecorded;
use crate::review::{Blocker, Unsettled};

/// Turns an error of the case into the command's, with what to do next.
pub(super) fn wrong(error: &Error) -> CommandError {
    let exit = match error {
        Error::Unsettled(_) | Error::HoldsOpen(_) | Error::Blocked(_) | Error::CollectAgain => {
            Exit::Held
        }
        Error::Incomplete => Exit::Incomplete,
        Error::Exists(_)
        | Error::Missing(_)
        | Error::Refused(_)
        | Error::NotRecorded(_)
        | Error::Inputs(_)
        | Error::Rejected(_)
        | Error::NoTable(_)
        | Error::Registered
        | Error::ShortSecret(_)
        | Error::Unknown(_) => Exit::Usage,
        _ => Exit::Failed,
    };
    let mut command = CommandError { exit, message: error.to_string(), hints: Vec::new() };
    if let Error::Rejected(rows) = error {
        command.message = rows
            .iter()
            .take(50)
            .fold(command.message, |text, row| format!("{text}\n  {}", rejected(row)));
    }
    match hint(error) {
        Some(hint) => command.hint(hint),
        None => command,
    }
}

fn rejected(row: &Rejected) -> String {
    match &row.id {
        Some(id) => format!("line {}, {id}: {}", row.line, row.why),
        None => format!("line {}: {}", row.line, row.why),
    }
}

fn hint(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::Unsettled(Unsettled::Conflicts(_)) => {
            "`holdall status CASE` says which; decide the same value alike: keep it in both places or take it out of both"
        }
        Error::Unsettled(Unsettled::Undecided(_)) => "decide them with `holdall review CASE`",
        Error::Unsettled(_) | Error::CollectAgain | Error::NotCollected => {
            "run `holdall collect CASE`"
        }
        Error::HoldsOpen(_) => {
            "`holdall status CASE` lists them; resolve each with `holdall review CASE --resolve ID --how … --reason …`"
        }
        Error::Blocked(Blocker::Missing { .. }) => {
            "a registered reviewer signs with `holdall sign CASE NAME`"
        }
        Error::NotRecorded(NotRecorded::NotAsked) => {
            "record first what was asked for, with `holdall pause CASE --for … --why …`"
        }
        Error::Incomplete => {
            "mend the source and collect again; or pass --allow-incomplete, and the bundle will say what is missing"
        }
        Error::Exists(_) => "choose another name, or go on with that case",
        Error::Unknown("reviewer") => "register them with `holdall reviewer CASE NAME`",
        Error::Unknown(_) => "`holdall status CASE` shows what there is",
        Error::Unproved(_) => {
            "nothing was released; look at the place that is named, and decide again"
        }
        _ => return None,
    })
}
