//! `holdall export`: the whole way, one call a stage.

use std::path::Path;

use holdall_connector::Secret;

use super::args::Export;
use super::error::{CommandError, Exit};
use super::progress::Progress;
use super::summary::{Outcome, Sealed};
use super::{destination, inquiry, officer, passphrase, summary, talk};
use crate::bundle::{self, Allowed, Contents, Options};
use crate::find::{self, Inquiry, Sources, Survey};
use crate::map::Map;
use crate::redact::Lifted;
use crate::verify::{self, Proved, Unproved};
use crate::{plan, redact, review};

/// Runs the command.
pub(super) fn run(args: &Export) -> Result<Exit, CommandError> {
    let (map, profile) = inquiry::map_and_profile(&args.map)?;
    let request = inquiry::request(args, &map)?;
    let out = destination::bundle(args, &map, &request)?;
    let record = destination::record(args, &map, &out)?;
    let secret = secret(args)?;
    let inquiry = Inquiry { map: &map, profile: &profile, request: &request };

    let progress = Progress::new(map.tables().count());
    let plan = plan::plan(&map, &request.scope.sources);
    let sources = Sources::open(&map).map_err(|e| CommandError::usage(e.to_string()))?;
    progress.stage("Looking at the sources");
    let survey = find::survey(&map, &request.scope.sources, &sources);
    refuse_missing_columns(&map, &survey)?;
    let mut found = find::find(inquiry, &plan, &survey, &sources, &progress);
    let names = redact::mentioned(&found, &map, &request);
    find::look_up(&mut found, &map, &sources, &names, &progress);
    let outcome = Outcome::of(&request, &found);
    let incomplete = found.unread().next().is_some();
    if incomplete && !args.allow_incomplete {
        progress.finish();
        officer::write(record.as_deref(), &officer::Record::unsettled(&request, &found))?;
        return tell(args, &outcome.incomplete());
    }

    progress.stage("Redacting");
    let outside = redact::recognise(&found, &map, &request);
    let proposed =
        redact::propose_with(found, &map, &profile, &request, &outside, &Lifted::default());
    let notes = proposed.found.notes.clone();
    let unsettled = officer::Record::unsettled(&request, &proposed.found);
    let settled = match review::settle(proposed) {
        Ok(settled) => settled,
        Err(holds) => {
            progress.finish();
            officer::write(record.as_deref(), &unsettled)?;
            return tell(args, &outcome.held(holds));
        }
    };

    progress.stage("Packing");
    let contents =
        Contents { settled: &settled, map: &map, profile: &profile, request: &request, incomplete };
    let proved = seal(&contents, &out, secret.as_ref(), &progress)?;
    progress.finish();
    officer::write(record.as_deref(), &officer::Record::settled(&request, &settled, &notes))?;
    let verified = proved.publish(&out, args.force).map_err(|e| {
        officer::withdraw(record.as_deref());
        CommandError::failed("cannot name the bundle", &e)
    })?;
    if let Some(secret) = secret.as_ref().filter(|_| passphrase::is_made(&args.passphrase)) {
        talk::say(&format!(
            "Pass-phrase (shown once; send it apart from the bundle): {}",
            secret.expose()
        ));
    }
    let sealed = Sealed { bundle: out, sha256: verified.sha256 };
    tell(args, &outcome.sealed(sealed, &settled))
}

/// Packs, opens what was packed again, and searches it for everything withheld. Only what comes
/// out of here can be published.
fn seal(
    contents: &Contents<'_>,
    out: &Path,
    secret: Option<&Secret>,
    progress: &Progress,
) -> Result<Proved, CommandError> {
    let folder = destination::parent(out).to_owned();
    let options = Options { folder, passphrase: secret.cloned() };
    let bundle = bundle::pack(contents, &options)
        .map_err(|e| CommandError::failed("cannot write the bundle", &e))?;
    progress.stage("Opening the bundle again: verifying, searching it for what was withheld");
    let allowed = Allowed::new(contents.profile, contents.settled);
    verify::prove(bundle, secret, contents.settled.withheld(), &allowed).map_err(|e| unproved(&e))
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

fn secret(args: &Export) -> Result<Option<Secret>, CommandError> {
    match passphrase::given(&args.passphrase, true)? {
        Some(secret) => Ok(Some(secret)),
        None if args.encrypt => passphrase::made().map(Some),
        None => Ok(None),
    }
}

/// Refuses a map with columns that the sources lack: what was meant is not searched.
pub(super) fn refuse_missing_columns(map: &Map, survey: &Survey) -> Result<(), CommandError> {
    map.refuse_missing(&summary::missing(survey)).map_err(|e| inquiry::wrong(&e))
}

fn tell(args: &Export, outcome: &Outcome) -> Result<Exit, CommandError> {
    talk::say(&outcome.text());
    if args.json {
        talk::print_json(outcome)?;
    }
    Ok(outcome.exit())
}
