//! The command line: arguments, one call a stage, progress, errors with hints, exit codes.
//!
//! The only room that talks to people. Their text goes to standard error; `--json` puts one object
//! on standard output.

mod args;
mod case;
mod check;
mod destination;
mod detect;
mod error;
mod export;
mod import;
mod init;
mod inquiry;
mod interrupt;
mod officer;
mod passphrase;
mod progress;
mod summary;
mod talk;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command, Import};
use error::{CommandError, Exit};

/// Runs the command line and returns its exit code.
pub fn main() -> ExitCode {
    interrupt::prepare();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Ok };
            let _ = error.print();
            return exit.into();
        }
    };
    let json = wants_json(&cli.command);
    match run(&cli.command) {
        Ok(exit) => exit.into(),
        Err(error) => {
            talk::say(&error.text());
            if json && talk::print_json(&summary::failure(&error)).is_err() {
                return Exit::Failed.into();
            }
            error.exit.into()
        }
    }
}

fn run(command: &Command) -> Result<Exit, CommandError> {
    match command {
        Command::Init(args) => init::run(args),
        Command::Import(Import::Fides(args)) => import::run(args),
        Command::Export(args) => export::run(args),
        Command::Case(command) => case::run(command),
        Command::Check(args) => check::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Detect => detect::run(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "holdall", &mut script);
            talk::print_bytes(&script)
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command())
                .render(&mut page)
                .map_err(|e| CommandError::failed("cannot make the manual page", &e))?;
            talk::print_bytes(&page)
        }
    }
}

fn wants_json(command: &Command) -> bool {
    match command {
        Command::Init(args) => args.json,
        Command::Import(Import::Fides(args)) => args.json,
        Command::Export(args) => args.json,
        Command::Case(command) => case::wants_json(command),
        Command::Check(args) => args.json,
        Command::Verify(args) => args.json,
        Command::Detect | Command::Completions { .. } | Command::Man => false,
    }
}
