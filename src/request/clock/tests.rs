//! The worked dates.

use super::*;
use crate::request::Request;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn request(received: &str, events: &[(EventKind, &str)]) -> Request {
    let pairs = [("email".to_owned(), "ada@example.org".to_owned())];
    let mut request = Request::from_subject(pairs, "2026-0001", day(received)).unwrap();
    let event = |(kind, on): &(EventKind, &str)| Event {
        kind: *kind,
        on: day(on),
        why: Some("asked".into()),
    };
    request.events = events.iter().map(event).collect();
    request
}

fn of(received: &str, events: &[(EventKind, &str)]) -> Clock {
    clock(&request(received, events), Nation::EnglandAndWales)
}

#[track_caller]
fn due(received: &str, events: &[(EventKind, &str)], expected: &str) -> Clock {
    let clock = of(received, events);
    assert_eq!(clock.due, Some(day(expected)), "{clock:#?}");
    clock
}

use EventKind::{ClarificationAnswered as Answered, ClarificationAsked as Asked, Extended};

/// The table of the requirements, section 2.
#[test]
fn the_worked_dates_come_out() {
    for (received, expected) in [
        ("2024-11-25", "2024-12-27"),
        ("2026-01-01", "2026-02-02"),
        ("2027-01-31", "2027-03-01"),
        ("2028-01-31", "2028-02-29"),
        ("2026-03-03", "2026-04-07"),
        ("2026-11-25", "2026-12-29"),
    ] {
        due(received, &[], expected);
    }
    due("2026-03-02", &[(EventKind::IdentityProved, "2026-03-12")], "2026-04-13");
    let extended = due("2026-11-30", &[(Extended, "2026-12-10")], "2027-03-01");
    assert!(extended.extended);
    let pause = [(Asked, "2026-03-05"), (Answered, "2026-03-12")];
    let paused = due("2026-03-02", &pause, "2026-04-10");
    assert_eq!(paused.plan_for, Some(day("2026-04-09")));
    assert_eq!(paused.notice_by, Some(day("2026-04-10")));
    assert!(paused.steps.iter().any(|step| step.contains("8 days do not count")), "{paused:?}");
}

#[test]
fn bank_holidays_are_the_nations() {
    let of = |nation| clock(&request("2026-03-03", &[]), nation).due;
    // Easter Monday is a working day in Scotland.
    assert_eq!(of(Nation::Scotland), Some(day("2026-04-06")));
    assert_eq!(of(Nation::NorthernIreland), Some(day("2026-04-07")));
}

#[test]
fn the_clock_waits_for_what_was_asked_for() {
    let asked = (EventKind::IdentityAsked, "2026-03-04");
    let waiting = of("2026-03-02", &[asked]);
    assert_eq!((waiting.state, waiting.due), (ClockState::Waiting, None));
    due("2026-03-02", &[asked, (EventKind::IdentityProved, "2026-03-12")], "2026-04-13");
    let fee = [(EventKind::FeeAsked, "2026-03-03"), (EventKind::FeePaid, "2026-03-20")];
    due(
        "2026-03-02",
        &[&[asked, (EventKind::IdentityProved, "2026-03-12")], &fee[..]].concat(),
        "2026-04-20",
    );
    // Checked by the controller, and nobody was asked: that starts nothing later.
    let mut checked = request("2026-03-02", &[]);
    let check = |on: &str| crate::request::IdentityCheck {
        verified: true,
        on: Some(day(on)),
        by: None,
        how: None,
    };
    checked.identity = Some(check("2026-03-12"));
    assert_eq!(clock(&checked, Nation::EnglandAndWales).due, Some(day("2026-04-02")));
    let mut checked = request("2026-03-02", &[asked]);
    checked.identity = Some(check("2026-03-12"));
    assert_eq!(clock(&checked, Nation::EnglandAndWales).due, Some(day("2026-04-13")));
}

#[test]
fn what_stops_no_clock_is_said() {
    let old = due("2026-02-04", &[(Asked, "2026-02-10"), (Answered, "2026-02-20")], "2026-03-04");
    assert!(old.steps.iter().any(|step| step.contains("stops no clock")), "{old:?}");
    due("2026-03-02", &[(Asked, "2026-04-03"), (Answered, "2026-04-20")], "2026-04-02");
    let paused = of("2026-03-02", &[(Asked, "2026-03-05")]);
    assert_eq!((paused.state, paused.due), (ClockState::Paused, None));
    // Asked twice before the reply is one pause; two pauses add up.
    let twice = [(Asked, "2026-03-05"), (Asked, "2026-03-09"), (Answered, "2026-03-12")];
    due("2026-03-02", &twice, "2026-04-10");
    let two = [
        (Asked, "2026-03-05"),
        (Answered, "2026-03-05"),
        (Asked, "2026-03-10"),
        (Answered, "2026-03-11"),
    ];
    due("2026-03-02", &two, "2026-04-07");
}

#[test]
fn a_pause_moves_the_notice_and_a_late_notice_is_refused() {
    let pause = [(Asked, "2026-03-05"), (Answered, "2026-03-12")];
    let clock = of("2026-03-02", &pause);
    let notice = |on: &str| Event { kind: Extended, on: day(on), why: Some("many".into()) };
    let check = |on: &str| clock.check(&notice(on), day("2026-03-02"), day("2026-06-01"));
    assert_eq!(check("2026-04-10"), Ok(()));
    assert_eq!(check("2026-04-11"), Err(NotRecorded::Late(day("2026-04-10"))));
    assert_eq!(check("2026-07-01"), Err(NotRecorded::Day(day("2026-07-01"))));
    let extended =
        due("2026-03-02", &[&pause[..], &[(Extended, "2026-04-10")]].concat(), "2026-06-10");
    let again = extended.check(&notice("2026-04-10"), day("2026-03-02"), day("2026-06-01"));
    assert_eq!(again, Err(NotRecorded::Twice));
    let late = due("2026-03-02", &[(Extended, "2026-04-03")], "2026-04-02");
    assert!(late.steps.iter().any(|step| step.contains("late")) && !late.extended, "{late:?}");
}
