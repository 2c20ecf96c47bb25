//! `holdall release`: the check-list, then the same sealing as `export`.

use std::path::PathBuf;

use serde_json::json;

use super::args::Release;
use super::key;
use super::wrong::wrong;
use crate::bundle;
use crate::case::{Case, Error, Overview, Releasing, Stage};
use crate::cli::error::{CommandError, Exit};
use crate::cli::summary::count;
use crate::cli::{destination, officer, passphrase, talk};
use crate::review::Unsettled;

/// Runs the command.
pub(super) fn run(args: &Release) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    let out = out(args, &case)?;
    let secret = match passphrase::given(&args.passphrase, true)? {
        Some(secret) => Some(secret),
        None if args.encrypt => Some(passphrase::made()?),
        None => None,
    };
    if let Some(secret) = secret.as_ref().filter(|_| passphrase::is_made(&args.passphrase)) {
        // Said first: whatever happens later, nobody is left with a bundle that does not open.
        talk::say(&format!(
            "Pass-phrase (shown once; send it apart from the bundle): {}",
            secret.expose()
        ));
    }
    let order = Releasing {
        out: &out,
        force: args.force,
        passphrase: secret.as_ref(),
        allow_incomplete: args.allow_incomplete,
    };
    let release = case.release(&order, &by).map_err(|error| stopped(&case, &error))?;
    let rows = release.settled.rows().len() as u64;
    let redactions = release.settled.redactions().len() as u64;
    talk::say(&format!(
        "Sealed {} ({}, {})",
        out.display(),
        count(rows, "record", "records"),
        count(redactions, "redaction", "redactions"),
    ));
    talk::say(&format!("SHA-256 {}", release.verified.sha256));
    if args.dpo_record.is_some() {
        let log = case.audit().map_err(|e| wrong(&e))?;
        let notes = case.overview().map_err(|e| wrong(&e))?.notes;
        let holds = case.holds().map_err(|e| wrong(&e))?;
        let clock = case.clock().map_err(|e| wrong(&e))?;
        let record = officer::Record::settled(&release.inputs.request, &release.settled, &notes);
        officer::write(args.dpo_record.as_deref(), &record.of_case(log, holds, clock))?;
    }
    if args.file.json {
        talk::print_json(&json!({ "status": "sealed", "bundle": out,
            "sha256": release.verified.sha256, "records": rows, "redactions": redactions }))?;
    }
    Ok(Exit::Ok)
}

/// Returns where the bundle goes, refusing early what could not be written in the end.
fn out(args: &Release, case: &Case) -> Result<PathBuf, CommandError> {
    let Overview { reference, stage, .. } = case.overview().map_err(|e| wrong(&e))?;
    // One that was released before may be asked for again: its bundle is there.
    let is_released = stage == Stage::Released;
    let unsaid = || PathBuf::from(format!("{}.zip", bundle::safe_name(&reference)));
    let out = args.out.clone().unwrap_or_else(unsaid);
    let refuse = |path: &std::path::Path, why: &str, hint: &str| {
        Err(CommandError::usage(format!("`{}` {why}", path.display())).hint(hint))
    };
    let record = args.dpo_record.iter().map(|record| (record, "--dpo-record"));
    for (path, option) in [(&out, "--out")].into_iter().chain(record) {
        if !destination::parent(path).is_dir() {
            return refuse(
                path,
                &format!("({option}) is in a folder that does not exist"),
                "make the folder first",
            );
        }
        let is_taken = path.exists() && (!args.force || !path.is_file());
        if is_taken && !is_released {
            return refuse(
                path,
                "exists already",
                "choose another name, or pass --force to replace it",
            );
        }
        if destination::is_same(path, case.path()) {
            return refuse(path, "is the case itself", "choose another name");
        }
    }
    if args.dpo_record.as_ref().is_some_and(|record| destination::is_same(record, &out)) {
        return refuse(
            &out,
            "is named by --dpo-record and --out",
            "the record is not redacted: keep it apart from the bundle",
        );
    }
    Ok(out)
}

/// Says what stops the release; where values are decided in two ways, where they stand.
fn stopped(case: &Case, error: &Error) -> CommandError {
    let mut command = wrong(error);
    if let Error::Unsettled(Unsettled::Conflicts(_)) = error {
        for conflict in case.conflicts().unwrap_or_default().iter().take(20) {
            let taken = conflict.withheld.as_deref().unwrap_or("a row that is not given out");
            let kept = if conflict.kept { "kept" } else { "left" };
            command
                .message
                .push_str(&format!("\n  {kept} in {}; taken out in {taken}", conflict.stands));
        }
    }
    command
}
