//! `holdall init`: a draft of the data map, from a look at the sources.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::Init;
use super::error::{CommandError, Exit};
use super::progress::Progress;
use super::summary::count;
use super::{inquiry, talk};
use crate::controller;
use crate::init::{self, Activities, Drafted, Error, Tally};

/// Runs the command.
pub(super) fn run(args: &Init) -> Result<Exit, CommandError> {
    refuse_existing(&args.out, args.force)?;
    let profile = beside(&args.out);
    let activities = activities(&profile)?;
    let progress = Progress::new(0);
    let drafted = init::draft(&args.places, &args.out, &activities, &mut |what| {
        progress.stage(what);
    });
    progress.finish();
    let drafted = drafted.map_err(|error| explain(&error))?;
    write(&args.out, &drafted.map, args.force)?;
    let new_profile = !profile.exists();
    if new_profile {
        write(&profile, &drafted.profile, false)?;
    }
    let new_profile = new_profile.then_some(profile.as_path());
    tell(&args.out, new_profile, &drafted, args.json)
}

/// Returns where the profile of a map is.
pub(super) fn beside(map: &Path) -> PathBuf {
    map.with_file_name("controller.toml")
}

/// Returns the activities of the profile that is there already.
pub(super) fn activities(profile: &Path) -> Result<Activities, CommandError> {
    if !profile.exists() {
        return Ok(Activities::default());
    }
    let profile = controller::load(profile).map_err(|error| inquiry::wrong(&error))?;
    Ok(Activities::of(&profile))
}

/// Refuses to work for a file that is there and may not be replaced.
pub(super) fn refuse_existing(out: &Path, force: bool) -> Result<(), CommandError> {
    if out.exists() && !force {
        return Err(exists(out));
    }
    Ok(())
}

fn exists(out: &Path) -> CommandError {
    CommandError::usage(format!("`{}` is there already", out.display()))
        .hint("give another name with -o, or pass --force to replace it")
}

/// Writes a file; one that is there is replaced only with `force`.
pub(super) fn write(path: &Path, text: &str, force: bool) -> Result<(), CommandError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => CommandError::failed(&format!("cannot write `{}`", path.display()), &error),
    })
}

fn explain(error: &Error) -> CommandError {
    let wrong = CommandError::usage(error.to_string());
    match error {
        Error::Read { .. } | Error::Draft(_) => CommandError { exit: Exit::Failed, ..wrong },
        Error::Nothing { .. } | Error::Unknown { .. } | Error::NoTable { .. } => {
            wrong.hint("give folders of CSV or JSON files, such files, SQLite databases, or of a server `env:NAME`")
        }
        _ => wrong,
    }
}

/// Says what was written and what is left to do.
pub(super) fn tell(
    map: &Path,
    profile: Option<&Path>,
    drafted: &Drafted,
    json: bool,
) -> Result<Exit, CommandError> {
    let Drafted { tally, notes, .. } = drafted;
    let n = |n: usize, one: &str, many: &str| count(n as u64, one, many);
    talk::say(&format!(
        "Wrote {}: {}, {} guessed, {} guessed, {} left to you",
        map.display(),
        n(tally.tables, "table", "tables"),
        n(tally.guessed, "column", "columns"),
        n(tally.links, "link", "links"),
        n(tally.open, "column", "columns"),
    ));
    if let Some(profile) = profile {
        talk::say(&format!(
            "Wrote {}: fill in who you are and why you hold data",
            profile.display()
        ));
    }
    for note in notes {
        talk::say(&format!("note: {note}"));
    }
    talk::say(&format!(
        "next: read every line of it, correct what is wrong, and run `holdall check --map {}`",
        map.display()
    ));
    if json {
        talk::print_json(&Answer { status: "ok", map, profile, tally, notes })?;
    }
    Ok(Exit::Ok)
}

/// The object that `--json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    status: &'static str,
    map: &'a Path,
    profile: Option<&'a Path>,
    #[serde(flatten)]
    tally: &'a Tally,
    notes: &'a [String],
}
