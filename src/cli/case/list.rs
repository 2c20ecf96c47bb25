//! `holdall list`: the register of cases, the most urgent first.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::args::List;
use super::wrong::wrong;
use super::{clock, key};
use crate::case::{Case, Lock, Stage};
use crate::cli::error::{CommandError, Exit};
use crate::cli::talk;
use crate::request::Clock;

/// How the file of a case is named in a folder that is listed.
const EXTENSION: &str = "case";

/// A case of the list.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Listed {
    case: PathBuf,
    reference: String,
    stage: Stage,
    open: u64,
    holds_open: u64,
    clock: Option<Clock>,
}

impl Listed {
    fn of(path: &Path, lock: &Lock) -> Result<Self, CommandError> {
        let case = Case::open(path, lock).map_err(|e| wrong(&e))?;
        let overview = case.overview().map_err(|e| wrong(&e))?;
        let clock = case.clock().map_err(|e| wrong(&e))?;
        Ok(Self {
            case: path.to_owned(),
            reference: overview.reference,
            stage: overview.stage,
            open: overview.open,
            holds_open: overview.holds_open,
            clock,
        })
    }

    /// What is over comes last, what has no date before it.
    fn urgency(&self) -> (bool, Date, &Path) {
        let over = matches!(self.stage, Stage::Released | Stage::Closed);
        let due = self.clock.as_ref().and_then(|clock| clock.due);
        (over, due.unwrap_or(Date::MAX), &self.case)
    }

    fn text(&self) -> String {
        let due = match (self.stage, &self.clock) {
            (Stage::Released | Stage::Closed, _) | (_, None) => String::new(),
            (_, Some(clock)) => format!(", {}", clock::summary(clock)),
        };
        format!(
            "{}: {} ({}){due}; {} to decide, holds open: {}",
            self.case.display(),
            self.reference,
            self.stage.as_str(),
            self.open,
            self.holds_open
        )
    }
}

/// Runs the command. A case that does not open is named, and the others are listed.
pub(super) fn run(args: &List) -> Result<Exit, CommandError> {
    let files = files(&args.paths)?;
    let encrypted = files.iter().any(|path| !key::is_plain(path));
    let lock = if encrypted { Lock::Key(key::key(&args.key, false)?) } else { Lock::Plain };
    let (mut cases, mut failed) = (Vec::new(), Vec::new());
    for path in files {
        let lock = if key::is_plain(&path) { &Lock::Plain } else { &lock };
        match Listed::of(&path, lock) {
            Ok(listed) => cases.push(listed),
            Err(error) => failed.push(error.message),
        }
    }
    cases.sort_by(|a, b| a.urgency().cmp(&b.urgency()));
    for listed in &cases {
        talk::say(&listed.text());
    }
    if cases.is_empty() {
        talk::say("No case here");
    }
    for message in &failed {
        talk::say(&format!("warning: {message}"));
    }
    if args.json {
        talk::print_json(&json!({ "status": "listed", "cases": cases, "failed": failed }))?;
    }
    Ok(if failed.is_empty() { Exit::Ok } else { Exit::Failed })
}

/// Returns the files that are named, and the cases in the folders that are.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CommandError> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let failed = |e: &std::io::Error| {
            CommandError::failed(&format!("cannot read the folder `{}`", path.display()), e)
        };
        for entry in fs::read_dir(path).map_err(|e| failed(&e))? {
            let file = entry.map_err(|e| failed(&e))?.path();
            let is_case = file.extension().is_some_and(|extension| extension == EXTENSION);
            all.extend((is_case && file.is_file()).then_some(file));
        }
    }
    Ok(all)
}
