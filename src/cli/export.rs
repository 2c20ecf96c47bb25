//! `holdall export`: the whole way, one call a stage.

use std::path::{Path, PathBuf};

use holdall_connector::Secret;

use super::args::Export;
use super::error::{CommandError, Exit};
use super::progress::Progress;
use super::summary::{Outcome, Sealed};
use super::{inquiry, officer, passphrase, summary, talk};
use crate::bundle::{self, Allowed, Contents, Options};
use crate::find::{self, Inquiry, Sources, Survey};
use crate::map::Map;
use crate::request::Request;
use crate::verify::{self, Unproved};
use crate::{plan, redact, review};

/// Runs the command.
pub(super) fn run(args: &Export) -> Result<Exit, CommandError> {
    let (map, profile) = inquiry::map_and_profile(&args.map)?;
    let request = inquiry::request(args, &map)?;
    let out = output(args, &request)?;
    let secret = secret(args)?;
    let inquiry = Inquiry { map: &map, profile: &profile, request: &request };

    let progress = Progress::new(map.tables().count());
    let plan = plan::plan(&map, &request.scope.sources);
    let sources = Sources::open(&map).map_err(|e| CommandError::usage(e.to_string()))?;
    progress.stage("Looking at the sources");
    let survey = find::survey(&map, &request.scope.sources, &sources);
    refuse_missing_columns(&map, &survey)?;
    let found = find::find(inquiry, &plan, &survey, &sources, &progress);
    let outcome = Outcome::of(&request, &found);
    let record = args.dpo_record.as_deref();
    let incomplete = found.unread().next().is_some();
    if incomplete && !args.allow_incomplete {
        progress.finish();
        officer::write(record, &officer::Record::unsettled(&request, &found))?;
        return Ok(tell(args, &outcome.incomplete()));
    }

    progress.stage("Redacting");
    let proposed = redact::propose(found, &map, &profile, &request);
    let notes = proposed.found.notes.clone();
    let unsettled = officer::Record::unsettled(&request, &proposed.found);
    let settled = match review::settle(proposed) {
        Ok(settled) => settled,
        Err(holds) => {
            progress.finish();
            officer::write(record, &unsettled)?;
            return Ok(tell(args, &outcome.held(holds)));
        }
    };

    progress.stage("Packing");
    let contents =
        Contents { settled: &settled, map: &map, profile: &profile, request: &request, incomplete };
    let sealed = seal(&contents, args, &out, secret.as_ref(), &progress)?;
    progress.finish();
    officer::write(record, &officer::Record::settled(&request, &settled, &notes))?;
    if let Some(secret) = secret.as_ref().filter(|_| is_made(args)) {
        talk::say(&format!(
            "Pass-phrase (shown once; send it apart from the bundle): {}",
            secret.expose()
        ));
    }
    Ok(tell(args, &outcome.sealed(sealed, &settled)))
}

/// Packs, opens what was packed again, searches it for everything withheld, and only then gives it
/// its name.
fn seal(
    contents: &Contents<'_>,
    args: &Export,
    out: &Path,
    secret: Option<&Secret>,
    progress: &Progress,
) -> Result<Sealed, CommandError> {
    let folder = match out.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let options = Options { folder, passphrase: secret.cloned() };
    let bundle = bundle::pack(contents, &options)
        .map_err(|e| CommandError::failed("cannot write the bundle", &e))?;
    progress.stage("Opening the bundle again: verifying, searching it for what was withheld");
    let allowed = Allowed::new(contents.profile, contents.settled);
    let proved = verify::prove(bundle, secret, contents.settled.withheld(), &allowed)
        .map_err(|e| unproved(&e))?;
    let verified = proved
        .publish(out, args.force)
        .map_err(|e| CommandError::failed("cannot name the bundle", &e))?;
    Ok(Sealed { bundle: out.to_owned(), sha256: verified.sha256 })
}

fn unproved(error: &Unproved) -> CommandError {
    let failed = CommandError::failed("the bundle was not released", error);
    match error {
        Unproved::Leak(_) => failed.hint(
            "say in the map what that column is (`text`, `third-party`, `withhold`), and export again",
        ),
        _ => failed,
    }
}

/// Returns where the bundle goes, refusing early what could not be written in the end.
fn output(args: &Export, request: &Request) -> Result<PathBuf, CommandError> {
    let out = args.out.clone().unwrap_or_else(|| {
        let safe = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        PathBuf::from(format!("{}.zip", request.reference.chars().map(safe).collect::<String>()))
    });
    if out.is_dir() {
        return Err(CommandError::usage(format!("`{}` is a folder", out.display()))
            .hint("give the name of the bundle's file to --out"));
    }
    if out.exists() && !args.force {
        return Err(CommandError::usage(format!("`{}` exists already", out.display()))
            .hint("choose another name, or pass --force to replace it"));
    }
    match out.parent() {
        Some(parent) if parent != Path::new("") && !parent.is_dir() => {
            Err(CommandError::usage(format!("there is no folder `{}`", parent.display()))
                .hint("make it first, or choose another place"))
        }
        _ => Ok(out),
    }
}

fn secret(args: &Export) -> Result<Option<Secret>, CommandError> {
    match passphrase::given(&args.passphrase, true)? {
        Some(secret) => Ok(Some(secret)),
        None if args.encrypt => passphrase::made().map(Some),
        None => Ok(None),
    }
}

/// Returns whether the pass-phrase was made here, so that nobody else has it.
fn is_made(args: &Export) -> bool {
    let from = &args.passphrase;
    from.passphrase_file.is_none() && from.passphrase_env.is_none() && !from.passphrase_prompt
}

/// Refuses a map with columns that the sources lack: what was meant is not searched.
fn refuse_missing_columns(map: &Map, survey: &Survey) -> Result<(), CommandError> {
    map.refuse_missing(&summary::missing(survey)).map_err(|e| inquiry::wrong(&e))
}

fn tell(args: &Export, outcome: &Outcome) -> Exit {
    talk::say(&outcome.text());
    if args.json {
        talk::print_json(outcome);
    }
    outcome.exit()
}
