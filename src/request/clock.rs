//! The clock of a request: when it started, when the answer is due, and how that follows.
//!
//! UK GDPR Art. 12(3): one month from receipt, two more for complex or many requests if the person
//! is told why within the first. It starts on the latest of the request and of the proof of identity,
//! the authority and the fee that were asked for; asking what is meant stops it (requests from
//! 5 February 2026).

use jiff::civil::{Date, date};
use jiff::{ToSpan, Unit};
use serde::Serialize;

use super::holidays::next_working_day;
use super::model::{Event, EventKind, Request};
use crate::controller::Nation;

/// From this day on, asking for clarification stops the clock of a request that came in.
const PAUSES_FROM: Date = date(2026, 2, 5);

/// What has to be there before the clock starts, if it was asked for: the question, the answer, and
/// what it is called.
const STARTERS: [(EventKind, EventKind, &str); 3] = [
    (EventKind::IdentityAsked, EventKind::IdentityProved, "proof of identity"),
    (EventKind::AuthorityAsked, EventKind::AuthorityProved, "proof of authority"),
    (EventKind::FeeAsked, EventKind::FeePaid, "the fee"),
];

/// The clock of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Clock {
    /// Whether it runs.
    pub state: ClockState,
    /// The day from which the month is counted; `None` while something is waited for.
    pub start: Option<Date>,
    /// The last day to answer; `None` while that cannot be said.
    pub due: Option<Date>,
    /// The day to plan for: a pause counted without the day of the reply, in case somebody counts
    /// so. The due date where nothing paused.
    pub plan_for: Option<Date>,
    /// The last day on which the person can be told of an extension.
    pub notice_by: Option<Date>,
    /// Whether it was extended to three months.
    pub extended: bool,
    /// Whether the person was asked what they mean and has not said.
    pub is_asked: bool,
    /// How each date follows from the one before, in words.
    pub steps: Vec<String>,
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockState {
    /// It runs.
    Running,
    /// Something that was asked for is not there yet: it has not started.
    Waiting,
    /// The person was asked what they mean and has not said: it stands.
    Paused,
    /// The answer went out.
    Answered,
    /// The request was withdrawn.
    Withdrawn,
}

/// Why something is not written into the register of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRecorded {
    /// A reason is missing.
    #[error("say why: the register records a reason")]
    NoReason,
    /// The day is before the request, or has not come yet.
    #[error("{0} cannot be: it is before the request came in, or has not come yet")]
    Day(Date),
    /// The notice of an extension is late.
    #[error("the person had to be told of an extension by {0}: it is too late for one")]
    Late(Date),
    /// There is no month to extend yet, or no longer.
    #[error("the time cannot be extended: the clock has not started, or has ended")]
    NotRunning,
    /// It was extended before.
    #[error("the time was extended already, and the law extends it once")]
    Twice,
    /// It is paused already.
    #[error("the clock is paused already: record the reply first")]
    Paused,
    /// Nothing was asked.
    #[error("nothing was asked, so nothing can be answered")]
    NotAsked,
}

/// Works out the clock of a request; the nation says which bank holidays count.
pub fn clock(request: &Request, nation: Nation) -> Clock {
    let mut events: Vec<&Event> = request.events.iter().collect();
    events.sort_by_key(|event| event.on);
    let mut count = Count::new(request, nation, &events);
    for event in &events {
        count.take(event);
    }
    count.finish(&events)
}

impl Clock {
    /// Checks that an event can be written into the register.
    ///
    /// # Errors
    /// [`NotRecorded`].
    pub fn check(&self, event: &Event, received: Date, today: Date) -> Result<(), NotRecorded> {
        let needs_reason = matches!(
            event.kind,
            EventKind::ClarificationAsked | EventKind::Extended | EventKind::IdentityProved
        );
        if needs_reason && event.why.as_ref().is_none_or(|why| why.trim().is_empty()) {
            return Err(NotRecorded::NoReason);
        }
        if event.on < received || event.on > today {
            return Err(NotRecorded::Day(event.on));
        }
        let over = matches!(self.state, ClockState::Answered | ClockState::Withdrawn);
        match event.kind {
            EventKind::Extended if self.extended => Err(NotRecorded::Twice),
            EventKind::Extended if over || self.start.is_none() => Err(NotRecorded::NotRunning),
            EventKind::Extended => match self.notice_by {
                Some(by) if event.on > by => Err(NotRecorded::Late(by)),
                _ => Ok(()),
            },
            EventKind::ClarificationAsked if self.is_asked => Err(NotRecorded::Paused),
            _ => Ok(()),
        }
    }
}

/// The clock while the events are gone through.
struct Count {
    nation: Nation,
    received: Date,
    start: Option<Date>,
    /// Days that do not count, and the same without the days of the replies.
    days: i64,
    fewer: i64,
    asked: Option<Date>,
    extended: bool,
    steps: Vec<String>,
}

impl Count {
    fn new(request: &Request, nation: Nation, events: &[&Event]) -> Self {
        let received = request.received;
        let mut steps = vec![format!("Received on {}.", said(received))];
        let mut start = Some(received);
        for starter in STARTERS {
            match begins(request, events, starter) {
                Begins::AtOnce => {}
                Begins::On(day) => {
                    steps.push(format!("Asked for and had on {}: {}.", said(day), starter.2));
                    start = start.map(|start| start.max(day));
                }
                Begins::Waiting(since) => {
                    let since = said(since);
                    steps.push(format!("Asked for on {since} and not had yet: {}.", starter.2));
                    start = None;
                }
            }
        }
        match start {
            None => steps.push("The clock has not started.".into()),
            Some(day) => steps.push(format!("The clock started on {}.", said(day))),
        }
        let (days, fewer, asked, extended) = (0, 0, None, false);
        Self { nation, received, start, days, fewer, asked, extended, steps }
    }

    /// Returns the last day of so many months, with so many days more that do not count.
    fn end(&self, months: i32, days: i64) -> Option<Date> {
        let day = self.start?.checked_add(months.months()).ok()?.checked_add(days.days()).ok()?;
        Some(next_working_day(day, self.nation))
    }

    fn months(&self) -> i32 {
        if self.extended { 3 } else { 1 }
    }

    fn due(&self) -> Option<Date> {
        self.end(self.months(), self.days)
    }

    fn take(&mut self, event: &Event) {
        match event.kind {
            EventKind::ClarificationAsked => self.ask(event.on),
            EventKind::ClarificationAnswered => self.answer(event.on),
            EventKind::Extended => self.extend(event.on),
            _ => {}
        }
    }

    fn ask(&mut self, on: Date) {
        let day = said(on);
        if self.received < PAUSES_FROM {
            let from = said(PAUSES_FROM);
            self.steps.push(format!(
                "Clarification was asked for on {day}: that stops no clock of a request from before {from}."
            ));
        } else if self.due().is_some_and(|due| on > due) {
            self.steps.push(format!(
                "Clarification was asked for on {day}, after the answer was due: that stops nothing."
            ));
        } else if self.asked.is_none() {
            self.asked = Some(on);
        }
    }

    fn answer(&mut self, on: Date) {
        let Some(asked) = self.asked.take() else { return };
        let from = self.start.map_or(asked, |start| start.max(asked));
        let days = from.until((Unit::Day, on)).map_or(0, |span| i64::from(span.get_days()) + 1);
        if days < 1 {
            return;
        }
        self.days += days;
        self.fewer += days - 1;
        self.steps.push(format!(
            "Clarification was asked for on {} and had on {}: {} {} not count.",
            said(asked),
            said(on),
            if days == 1 { "1 day".to_owned() } else { format!("{days} days") },
            if days == 1 { "does" } else { "do" },
        ));
    }

    fn extend(&mut self, on: Date) {
        let late = self.asked.is_none() && self.end(1, self.days).is_none_or(|by| on > by);
        let day = said(on);
        if late {
            self.steps.push(format!(
                "The notice of an extension on {day} was late: it counts for nothing."
            ));
        } else {
            self.extended = true;
            self.steps.push(format!("Extended to three months; the person was told on {day}."));
        }
    }

    fn finish(mut self, events: &[&Event]) -> Clock {
        let on = |kind| events.iter().rev().find(|event| event.kind == kind).map(|event| event.on);
        let mut state = match (self.start, self.asked) {
            (None, _) => ClockState::Waiting,
            (_, Some(_)) => ClockState::Paused,
            _ => ClockState::Running,
        };
        if let Some(asked) = self.asked {
            self.steps.push(format!(
                "Clarification was asked for on {} and not had yet: the clock stands.",
                said(asked)
            ));
        }
        let runs = state == ClockState::Running;
        let due = self.due().filter(|_| runs);
        let plan_for = self.end(self.months(), self.fewer).filter(|_| runs);
        if let Some(due) = due {
            self.steps.push(self.because(due));
        }
        if let Some(day) = on(EventKind::Answered) {
            state = ClockState::Answered;
            self.steps.push(format!("Answered on {}.", said(day)));
        }
        if let Some(day) = on(EventKind::Withdrawn) {
            state = ClockState::Withdrawn;
            self.steps.push(format!("Withdrawn on {}.", said(day)));
        }
        let notice_by = self.end(1, self.days).filter(|_| runs);
        let (start, extended, steps) = (self.start, self.extended, self.steps);
        let is_asked = self.asked.is_some();
        Clock { state, start, due, plan_for, notice_by, extended, is_asked, steps }
    }

    /// Says how the due date follows.
    fn because(&self, due: Date) -> String {
        let months = if self.extended { "Three months" } else { "One month" };
        let days = match self.days {
            0 => String::new(),
            1 => " and 1 day".to_owned(),
            days => format!(" and {days} days"),
        };
        let plain = self.start.and_then(|start| {
            start.checked_add(self.months().months()).ok()?.checked_add(self.days.days()).ok()
        });
        match plain.filter(|day| *day != due) {
            None => format!("{months}{days} from then: due on {}.", said(due)),
            Some(day) => format!(
                "{months}{days} from then is {}, a weekend or bank holiday: due on {}, the next working day.",
                said(day),
                said(due)
            ),
        }
    }
}

/// What a thing that can be asked for means for the start.
enum Begins {
    AtOnce,
    On(Date),
    Waiting(Date),
}

fn begins(request: &Request, events: &[&Event], starter: (EventKind, EventKind, &str)) -> Begins {
    let (asked, had, _) = starter;
    let last = |kind| events.iter().filter(|event| event.kind == kind).map(|event| event.on).max();
    let asked_on = last(asked);
    // That an identity was checked moves the start only if proof was asked for.
    let checked = request.identity.as_ref().filter(|check| check.verified);
    let checked = checked.and_then(|check| check.on);
    let checked = checked.filter(|_| asked == EventKind::IdentityAsked && asked_on.is_some());
    match (asked_on, last(had).max(checked)) {
        (Some(asked), had) if had.is_none_or(|had| had < asked) => Begins::Waiting(asked),
        (_, Some(had)) => Begins::On(had),
        _ => Begins::AtOnce,
    }
}

/// Returns a day for people: `2 March 2026`.
fn said(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
