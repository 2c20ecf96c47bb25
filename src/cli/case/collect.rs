//! `holdall collect`: the search of `export`, into the case.

use std::path::PathBuf;

use serde_json::json;

use super::args::Collect;
use super::wrong::wrong;
use super::{key, open};
use crate::case::{Case, Diff, Sources};
use crate::cli::error::{CommandError, Exit};
use crate::cli::progress::Progress;
use crate::cli::summary::{Outcome, count};
use crate::cli::{export, inquiry, talk};
use crate::{find, plan, redact};

/// Runs the command.
pub(super) fn run(args: &Collect) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(&args.file)?;
    let seen = case.revision().map_err(|e| wrong(&e))?;
    let rulings = case.rulings().map_err(|e| wrong(&e))?;
    let sources = texts(&case)?;
    let inputs = sources.parse_for(&case).map_err(|e| wrong(&e))?;
    inputs.map.check_activities(&inputs.profile).map_err(|e| inquiry::wrong(&e))?;
    inputs.request.check_kinds(&inputs.map).map_err(|e| inquiry::wrong(&e))?;

    let progress = Progress::new(inputs.map.tables().count());
    let only = &inputs.request.scope.sources;
    let plan = plan::plan(&inputs.map, only);
    let connectors =
        find::Sources::open(&inputs.map).map_err(|e| CommandError::usage(e.to_string()))?;
    progress.stage("Looking at the sources");
    let survey = find::survey(&inputs.map, only, &connectors);
    export::refuse_missing_columns(&inputs.map, &survey)?;
    let inquiry = inputs.inquiry();
    let mut found = find::find_with(inquiry, &plan, &survey, &connectors, &progress, &rulings);
    let names = redact::mentioned(&found, &inputs.map, &inputs.request);
    find::look_up(&mut found, &inputs.map, &connectors, &names, &progress);
    let searched = Outcome::of(&inputs.request, &found).search_text();
    let incomplete = found.unread().next().is_some();
    progress.stage("Putting it into the case");
    let diff = case.collect(&sources, found, seen, &by).map_err(|e| wrong(&e))?;
    progress.finish();
    tell(args, &case, &diff, &searched)?;
    Ok(if incomplete { Exit::Incomplete } else { Exit::Ok })
}

/// Returns the map, the profile and the request as they are now; a file that is gone, as the case
/// keeps it.
fn texts(case: &Case) -> Result<Sources, CommandError> {
    let kept = case.sources().map_err(|e| wrong(&e))?;
    let now = |kept: (PathBuf, String)| -> Result<(PathBuf, String), CommandError> {
        if kept.0.is_file() { open::text(&kept.0) } else { Ok(kept) }
    };
    Ok(Sources { map: now(kept.map)?, profile: now(kept.profile)?, request: now(kept.request)? })
}

fn tell(args: &Collect, case: &Case, diff: &Diff, searched: &str) -> Result<(), CommandError> {
    let overview = case.overview().map_err(|e| wrong(&e))?;
    let rows: u64 = overview.tables.iter().map(|table| table.rows).sum();
    talk::say(&format!(
        "Collected {}: {} proposed to be taken out, {} to decide, {}",
        count(rows, "record", "records"),
        count(overview.items, "item", "items"),
        overview.open,
        count(overview.holds_open, "hold", "holds"),
    ));
    talk::say(searched.trim_end());
    talk::say(&changes(diff));
    if overview.incomplete {
        talk::say("warning: a source was not read in full");
    }
    if args.file.json {
        talk::print_json(&json!({ "status": "collected", "changed": diff, "case": overview }))?;
    }
    Ok(())
}

fn changes(diff: &Diff) -> String {
    let mut text = format!(
        "Since last time: {} new, {} gone, {} changed; {} new, {} gone, {} as they were",
        count(diff.rows_new, "record", "records"),
        diff.rows_gone,
        diff.rows_changed,
        count(diff.items_new, "item", "items"),
        diff.items_gone,
        diff.items_kept,
    );
    if diff.decisions_gone > 0 {
        let gone = count(diff.decisions_gone, "decision", "decisions");
        text.push_str(&format!("; {gone} about what is no longer there"));
    }
    if diff.marks_lost > 0 {
        let lost = count(diff.marks_lost, "marked passage", "marked passages");
        text.push_str(&format!("; {lost} not where they were: see the holds"));
    }
    text
}
