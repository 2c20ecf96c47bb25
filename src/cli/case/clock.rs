//! `holdall verify-id`, `pause`, `resume`, `extend`: what happens to a request, and its clock.

use jiff::Zoned;
use jiff::civil::Date;
use serde_json::json;

use super::args::{Asked, CaseFile, Extend, Pause, Resume, VerifyId};
use super::key;
use super::wrong::wrong;
use crate::cli::error::{CommandError, Exit};
use crate::cli::talk;
use crate::request::{Clock, ClockState, Event, EventKind};

/// Runs `holdall verify-id`.
pub(super) fn verify_id(args: &VerifyId) -> Result<Exit, CommandError> {
    record(&args.file, EventKind::IdentityProved, args.on, Some(&args.how))
}

/// Runs `holdall pause`.
pub(super) fn pause(args: &Pause) -> Result<Exit, CommandError> {
    let kind = match args.what {
        Asked::Clarification => EventKind::ClarificationAsked,
        Asked::Identity => EventKind::IdentityAsked,
        Asked::Authority => EventKind::AuthorityAsked,
        Asked::Fee => EventKind::FeeAsked,
    };
    record(&args.file, kind, args.on, Some(&args.why))
}

/// Runs `holdall resume`.
pub(super) fn resume(args: &Resume) -> Result<Exit, CommandError> {
    let kind = match args.what {
        Asked::Clarification => EventKind::ClarificationAnswered,
        Asked::Authority => EventKind::AuthorityProved,
        Asked::Fee => EventKind::FeePaid,
        Asked::Identity => {
            return Err(CommandError::usage("--for identity: say how it was proved")
                .hint("use `holdall verify-id CASE --how TEXT`"));
        }
    };
    record(&args.file, kind, args.on, args.why.as_deref())
}

/// Runs `holdall extend`.
pub(super) fn extend(args: &Extend) -> Result<Exit, CommandError> {
    record(&args.file, EventKind::Extended, args.on, Some(&args.why))
}

fn record(
    file: &CaseFile,
    kind: EventKind,
    on: Option<Date>,
    why: Option<&str>,
) -> Result<Exit, CommandError> {
    let (mut case, by) = key::open(file)?;
    let today = Zoned::now().date();
    let event = Event { kind, on: on.unwrap_or(today), why: why.map(str::to_owned) };
    let clock = case.record(&event, today, &by).map_err(|e| wrong(&e))?;
    talk::say(&format!("Recorded\n{}", text(&clock)));
    if file.json {
        talk::print_json(&json!({ "status": "recorded", "clock": clock }))?;
    }
    Ok(Exit::Ok)
}

/// Returns the clock for people: the due date, then how it follows.
pub(super) fn text(clock: &Clock) -> String {
    let day = |day: Date| day.strftime("%-d %B %Y").to_string();
    let mut text = format!("  {}", summary(clock));
    if let Some(plan) = clock.plan_for.filter(|plan| Some(*plan) != clock.due) {
        text.push_str(&format!("; plan for {}", day(plan)));
    }
    let running = clock.state == ClockState::Running && !clock.extended;
    if let Some(by) = clock.notice_by.filter(|_| running) {
        text.push_str(&format!("; an extension has to be told by {}", day(by)));
    }
    for step in &clock.steps {
        text.push_str(&format!("\n    {step}"));
    }
    text
}

/// Returns the clock in a few words.
pub(super) fn summary(clock: &Clock) -> String {
    match (clock.state, clock.due) {
        (ClockState::Running, Some(due)) => format!("due {}", due.strftime("%-d %B %Y")),
        (ClockState::Waiting, _) => "the clock has not started".into(),
        (ClockState::Paused, _) => "the clock is paused".into(),
        (ClockState::Answered, _) => "answered".into(),
        (ClockState::Withdrawn, _) => "withdrawn".into(),
        (ClockState::Running, None) => "no due date".into(),
    }
}
