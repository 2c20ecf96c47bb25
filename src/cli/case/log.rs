//! `holdall status`, `audit`, `close`.

use std::fmt::Write as _;

use serde_json::json;

use super::args::{Audit, Close, Status};
use super::key;
use super::wrong::wrong;
use crate::case::{Case, HeldItem, Overview, Stage};
use crate::cli::error::{CommandError, Exit};
use crate::cli::summary::count;
use crate::cli::talk;

/// Runs `holdall status`.
pub(super) fn status(args: &Status) -> Result<Exit, CommandError> {
    let case = key::look(&args.file)?;
    let overview = case.overview().map_err(|e| wrong(&e))?;
    let holds = case.holds().map_err(|e| wrong(&e))?;
    let checklist = match overview.stage {
        Stage::Collected => Some(case.checklist().map_err(|e| wrong(&e))?),
        _ => None,
    };
    talk::say(&text(&case, &overview, &holds));
    let clock = case.clock().map_err(|e| wrong(&e))?;
    if let Some(clock) = &clock {
        talk::say(&super::clock::text(clock));
    }
    for conflict in checklist.iter().flat_map(|list| &list.conflicts) {
        let taken = conflict.withheld.as_deref().unwrap_or("a row that is not given out");
        talk::say(&format!("conflict: stands in {}, taken out in {taken}", conflict.stands));
    }
    if args.file.json {
        talk::print_json(&json!({ "status": overview.stage, "case": overview, "holds": holds,
            "checklist": checklist, "clock": clock }))?;
    }
    Ok(Exit::Ok)
}

fn text(case: &Case, overview: &Overview, holds: &[HeldItem]) -> String {
    let rows: u64 = overview.tables.iter().map(|table| table.rows).sum();
    let mut text = format!(
        "{}: {} ({})\n  {}; {}: {} to decide, {} kept, {} taken out\n  signed by {} of {}",
        case.path().display(),
        overview.reference,
        overview.stage.as_str(),
        count(rows, "record", "records"),
        count(overview.items, "item", "items"),
        overview.open,
        overview.kept,
        overview.redacted,
        overview.signed.len(),
        overview.sign_off,
    );
    if overview.collect_again {
        text.push_str("\n  a row that joined may lead to more: collect again");
    }
    if overview.incomplete {
        text.push_str("\n  a source was not read in full");
    }
    for held in holds.iter().filter(|held| held.resolved.is_none()) {
        let hold = &held.hold;
        let place: Vec<&str> =
            [hold.table.as_deref(), hold.at.as_deref()].into_iter().flatten().collect();
        let _ = write!(
            text,
            "\nheld {}: {}{}\n      next: {}",
            held.id.0,
            if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) },
            hold.why,
            hold.next
        );
    }
    text
}

/// Runs `holdall audit`.
pub(super) fn audit(args: &Audit) -> Result<Exit, CommandError> {
    let case = key::look(&args.file)?;
    let log = case.audit().map_err(|e| wrong(&e))?;
    let mut text = String::new();
    for entry in &log.entries {
        let why = entry.why.as_ref().map(|why| format!(" because: {why}")).unwrap_or_default();
        let _ =
            writeln!(text, "{:>6}  {}  {}  {}{why}", entry.seq, entry.at, entry.who, entry.what);
    }
    if args.file.json {
        talk::print_json(&log)?;
    } else {
        talk::print_bytes(text.as_bytes())?;
    }
    if let Some(broken) = &log.broken {
        return Err(CommandError {
            exit: Exit::Failed,
            message: format!("the audit chain is broken: {broken}"),
            hints: vec![
                "do not rely on this case; compare it with a copy or an exported record".into(),
            ],
        });
    }
    if let Some(expected) = &args.expect
        && !log.entries.iter().any(|entry| entry.hash == expected.trim())
    {
        return Err(CommandError {
            exit: Exit::Failed,
            message: "the audit chain is whole in itself, and the entry expected is not in it"
                .into(),
            hints: vec!["somebody made the chain anew or cut it: compare it with a copy".into()],
        });
    }
    talk::say(&format!(
        "The audit chain is whole: {}, last {}",
        count(log.head.entries, "entry", "entries"),
        log.head.hash
    ));
    Ok(Exit::Ok)
}

/// Runs `holdall close`.
pub(super) fn close(args: &Close) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    case.close(args.destroy, &args.reason, &by).map_err(|e| wrong(&e))?;
    let what =
        if args.destroy { "Closed; its personal data is gone, the log stays" } else { "Closed" };
    talk::say(what);
    if args.file.json {
        talk::print_json(&json!({ "status": "closed", "destroyed": args.destroy }))?;
    }
    Ok(Exit::Ok)
}
