//! `holdall verify`: a bundle is whole, from the bundle alone.

use std::io::IsTerminal;

use holdall_connector::Secret;
use serde::Serialize;

use super::args::Verify;
use super::error::{CommandError, Exit};
use super::summary::count;
use super::{passphrase, talk};
use crate::verify::{self, Error, Signature, Verified};

/// Runs the command.
pub(super) fn run(args: &Verify) -> Result<Exit, CommandError> {
    let secret = passphrase::given(&args.passphrase, false)?;
    let verified = match verify::verify(&args.bundle, secret.as_ref()) {
        Err(Error::Passphrase { given: false, .. }) if std::io::stdin().is_terminal() => {
            let asked: Secret = passphrase::prompt(false)?;
            verify::verify(&args.bundle, Some(&asked))
        }
        other => other,
    };
    let verified = verified.map_err(|error| wrong(args, &error))?;
    tell(args, &verified)?;
    Ok(Exit::Ok)
}

fn wrong(args: &Verify, error: &Error) -> CommandError {
    let failed =
        CommandError::failed(&format!("`{}` did not verify", args.bundle.display()), error);
    match error {
        Error::Passphrase { .. } => {
            failed.hint("pass --passphrase-file, --passphrase-env or --passphrase-prompt")
        }
        Error::Io { .. } => failed,
        _ => failed.hint("do not use this bundle; export it again, or ask for it again"),
    }
}

fn tell(args: &Verify, verified: &Verified) -> Result<(), CommandError> {
    let entries = count(verified.entries.len() as u64, "entry", "entries");
    let rows = count(verified.rows, "record", "records");
    let signed = match verified.signature {
        Signature::NotSigned => "not signed",
        Signature::NotChecked => "signed; the signature was not checked",
    };
    let place = args.bundle.display();
    talk::say(&format!("{place} is whole: {entries}, {rows}, {signed}"));
    talk::say(&format!("SHA-256 {}", verified.sha256));
    if !verified.complete {
        talk::say("warning: the bundle says that a source was not read in full");
    }
    if args.json {
        talk::print_json(&Answer { status: "ok", verified })?;
    }
    Ok(())
}

/// The object that `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    status: &'static str,
    #[serde(flatten)]
    verified: &'a Verified,
}
