//! `holdall check`: the map, the profile, the sources; what would be searched, and in which order.

use std::fmt::Write as _;

use serde::Serialize;

use super::args::Check;
use super::error::{CommandError, Exit};
use super::summary::count;
use super::{inquiry, summary, talk};
use crate::controller::{self, Warning};
use crate::find::{self, Hold, Sources, Survey};
use crate::map::{Gap, Map};
use crate::plan::{self, Ask, Plan};

/// Runs the command.
pub(super) fn run(args: &Check) -> Result<Exit, CommandError> {
    let (map, profile) = inquiry::map_and_profile(&args.map)?;
    let sources = Sources::open(&map).map_err(|e| CommandError::usage(e.to_string()))?;
    let survey = find::survey(&map, &[], &sources);
    map.refuse_missing(&summary::missing(&survey)).map_err(|e| inquiry::wrong(&e))?;
    let report = Report {
        plan: plan::plan(&map, &[]),
        tables: survey.tables.iter().map(Line::of).collect(),
        unmapped: survey.tables.iter().flat_map(|t| t.unmapped.clone()).collect(),
        unreachable: unreachable(&survey),
        map: map.gaps().into_iter().chain(map.portability_gaps(&profile)).collect(),
        profile: controller::lint(&profile),
    };
    talk::say(&report.text(&map));
    if args.json {
        talk::print_json(&report)?;
    }
    Ok(if report.unreachable.is_empty() { Exit::Ok } else { Exit::Incomplete })
}

/// What a check found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    plan: Plan,
    tables: Vec<Line>,
    unmapped: Vec<Hold>,
    unreachable: Vec<Unreachable>,
    map: Vec<Gap>,
    profile: Vec<Warning>,
}

#[derive(Debug, Serialize)]
struct Line {
    table: String,
    rows: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Unreachable {
    table: String,
    why: String,
}

impl Line {
    fn of(table: &find::Surveyed) -> Self {
        Self { table: table.table.to_string(), rows: table.rows }
    }
}

fn unreachable(survey: &Survey) -> Vec<Unreachable> {
    let tables = survey.tables.iter();
    tables
        .filter_map(|t| {
            Some(Unreachable { table: t.table.to_string(), why: t.unreachable.clone()? })
        })
        .collect()
}

impl Report {
    fn text(&self, map: &Map) -> String {
        let sources = count(map.sources.len() as u64, "source", "sources");
        let tables = count(map.tables().count() as u64, "table", "tables");
        let mut text = format!("{}: {sources}, {tables}\n", map.file.display());
        self.write_plan(&mut text);
        for table in &self.unreachable {
            let _ = writeln!(text, "unreachable: {}: {}", table.table, table.why);
        }
        for hold in &self.unmapped {
            let table = hold.table.as_deref().unwrap_or_default();
            let column = hold.at.as_deref().unwrap_or_default();
            let _ = writeln!(text, "unmapped: {table}, {column}: holds a release; {}", hold.next);
        }
        for gap in &self.map {
            let columns = gap.columns.join(", ");
            let place = if columns.is_empty() {
                gap.table.clone()
            } else {
                format!("{} ({columns})", gap.table)
            };
            let _ = writeln!(text, "warning: {place}: {}\n         {}", gap.message, gap.next);
        }
        for (warning, activities) in grouped(&self.profile) {
            let about = if activities.is_empty() {
                String::new()
            } else {
                format!(" ({})", activities.join(", "))
            };
            let _ =
                writeln!(text, "warning: {}{about}\n         {}", warning.message, warning.next);
        }
        text.trim_end().to_owned()
    }

    fn write_plan(&self, text: &mut String) {
        text.push_str("Order of the search:\n");
        let asks = self.plan.stages.iter().flatten();
        let width =
            asks.clone().map(|ask| ask.table.to_string().chars().count()).max().unwrap_or(0);
        for (number, stage) in self.plan.stages.iter().enumerate() {
            for ask in stage {
                let name = ask.table.to_string();
                let _ = writeln!(text, "{:4}  {name:width$}  {}", number + 1, by(ask));
            }
        }
    }
}

/// Returns each warning once, with the activities that it is about.
fn grouped(warnings: &[Warning]) -> Vec<(&Warning, Vec<&str>)> {
    let mut groups: Vec<(&Warning, Vec<&str>)> = Vec::new();
    for warning in warnings {
        let same = groups.iter_mut().find(|(w, _)| w.message == warning.message);
        match (same, &warning.activity) {
            (Some((_, activities)), Some(activity)) => activities.push(activity),
            (Some(_), None) => {}
            (None, activity) => groups.push((warning, activity.as_deref().into_iter().collect())),
        }
    }
    groups
}

/// Returns in words by what a table is asked.
fn by(ask: &Ask) -> String {
    let list = |items: Vec<String>| items.join(", ");
    let mut ways = Vec::new();
    if !ask.by.is_empty() {
        ways.push(format!("by {}", list(ask.by.iter().map(ToString::to_string).collect())));
    }
    if !ask.parents.is_empty() {
        ways.push(format!(
            "as part of {}",
            list(ask.parents.iter().map(ToString::to_string).collect())
        ));
    }
    if !ask.context_of.is_empty() {
        let of = list(ask.context_of.iter().map(ToString::to_string).collect());
        ways.push(format!("as context of {of}"));
    }
    if ways.is_empty() { "never: no key leads to it".to_owned() } else { ways.join("; ") }
}
