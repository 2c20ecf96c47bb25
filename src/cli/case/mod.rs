//! The commands that work on a case: the same way as `export`, in steps, with a person in it.

pub(super) mod args;
mod clock;
mod collect;
mod key;
mod list;
mod log;
mod open;
#[cfg(feature = "review")]
mod page;
mod release;
mod review;
mod wrong;

use args::CaseCommand;

use super::error::{CommandError, Exit};

/// Runs the command.
pub(super) fn run(command: &CaseCommand) -> Result<Exit, CommandError> {
    match command {
        CaseCommand::Open(args) => open::run(args),
        CaseCommand::VerifyId(args) => clock::verify_id(args),
        CaseCommand::Pause(args) => clock::pause(args),
        CaseCommand::Resume(args) => clock::resume(args),
        CaseCommand::Extend(args) => clock::extend(args),
        CaseCommand::List(args) => list::run(args),
        CaseCommand::Collect(args) => collect::run(args),
        CaseCommand::Review(args) => review::run(args),
        CaseCommand::Reviewer(args) => review::register(args),
        CaseCommand::Sign(args) => review::sign(args),
        CaseCommand::Release(args) => release::run(args),
        CaseCommand::Status(args) => log::status(args),
        CaseCommand::Audit(args) => log::audit(args),
        CaseCommand::Close(args) => log::close(args),
    }
}

/// Returns whether the command prints a JSON object.
pub(super) fn wants_json(command: &CaseCommand) -> bool {
    let file = match command {
        CaseCommand::Open(args) => &args.file,
        CaseCommand::VerifyId(args) => &args.file,
        CaseCommand::Pause(args) => &args.file,
        CaseCommand::Resume(args) => &args.file,
        CaseCommand::Extend(args) => &args.file,
        CaseCommand::List(args) => return args.json,
        CaseCommand::Collect(args) => &args.file,
        CaseCommand::Review(args) => &args.file,
        CaseCommand::Reviewer(args) | CaseCommand::Sign(args) => &args.file,
        CaseCommand::Release(args) => &args.file,
        CaseCommand::Status(args) => &args.file,
        CaseCommand::Audit(args) => &args.file,
        CaseCommand::Close(args) => &args.file,
    };
    file.json
}
