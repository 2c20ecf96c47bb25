//! The register of a request: what is recorded moves its due date, is in the log, and is refused
//! where the law refuses it.

use std::fs;

use serde_json::Value;

use super::desk::Desk;
use crate::harness::{Estate, World};

/// A case of a request that came in on this day and was not looked into.
fn received(day: &str, verified: bool) -> Desk {
    let estate = Estate::new();
    let (map, request) = (estate.map(), estate.request());
    let text = fs::read_to_string(&request).unwrap();
    let text = text.replace("received  = 2026-11-02", &format!("received  = {day}"));
    let text = text.replace("on  = 2026-11-03\n", "");
    let text = if verified { text } else { text.replace("verified = true", "verified = false") };
    fs::write(&request, text).unwrap();
    Desk::open(estate.world, &map, &request)
}

#[track_caller]
fn clock(desk: &Desk) -> Value {
    desk.json(&["status"], 0)["clock"].clone()
}

#[test]
fn a_clarification_pauses_and_an_extension_in_time_extends() {
    let desk = received("2026-03-02", true);
    assert_eq!(clock(&desk)["due"], "2026-04-02");
    desk.exits(&["pause", "--on", "2026-03-05", "--why", "which branch?"], 0).says(&["paused"]);
    assert_eq!(clock(&desk)["state"], "paused");
    desk.exits(&["pause", "--on", "2026-03-06", "--why", "which year?"], 2).says(&["already"]);
    let resumed = desk.exits(&["resume", "--on", "2026-03-12"], 0);
    resumed.says(&["due 10 April 2026; plan for 9 April 2026", "8 days do not count"]);
    desk.exits(&["resume", "--on", "2026-03-13"], 2).says(&["nothing was asked", "holdall pause"]);
    desk.exits(&["extend", "--on", "2026-04-13", "--why", "complex"], 2).says(&["2026-04-10"]);
    desk.exits(&["extend", "--on", "2026-04-10", "--why", " "], 2).says(&["say why"]);
    desk.exits(&["extend", "--on", "2026-04-10", "--why", "complex"], 0);
    assert_eq!(clock(&desk)["due"], "2026-06-10");
    desk.exits(&["extend", "--on", "2026-04-10", "--why", "complex"], 2).says(&["once"]);
    let log = desk.exits(&["audit"], 0);
    for part in ["clarification-asked", "which branch?", "2026-03-12", "extended", "P. Mallow"] {
        assert!(log.stdout.contains(part), "{part}: {log}");
    }
}

#[test]
fn the_clock_starts_with_the_proof_that_was_asked_for() {
    let desk = received("2026-03-02", false);
    desk.exits(&["collect"], 0).says(&["1 hold"]);
    let why = ["--on", "2026-03-03", "--why", "a call is no proof"];
    desk.exits(&[&["pause", "--for", "identity"][..], &why].concat(), 0);
    assert_eq!(clock(&desk)["state"], "waiting");
    desk.exits(&["resume", "--for", "identity"], 2).says(&["holdall verify-id"]);
    desk.exits(&["verify-id", "--on", "2026-03-12", "--how", "passport seen"], 0);
    let status = desk.json(&["status"], 0);
    assert_eq!(status["clock"]["due"], "2026-04-13");
    assert_eq!(status["case"]["holds-open"], 0);
    assert_eq!(status["holds"][0]["resolved"][1]["reason"], "passport seen");
    desk.exits(&["collect"], 0).says(&["0 holds"]);
    desk.redact_all();
    desk.sign();
    desk.release(0);
}

#[test]
fn identity_that_was_proved_before_holds_no_search() {
    let desk = received("2026-03-02", false);
    desk.exits(&["verify-id", "--on", "2026-03-12", "--how", "passport seen"], 0);
    desk.exits(&["collect"], 0).says(&["0 holds"]);
    let future = ["verify-id", "--on", "2999-01-01", "--how", "passport seen"];
    desk.exits(&future, 2).says(&["has not come yet"]);
}

#[test]
fn cases_are_listed_by_their_due_dates() {
    let later = received("2026-11-02", true);
    let sooner = received("2026-03-02", true);
    let world = World::new();
    let (a, b, c) = (world.work("later.case"), world.work("sooner.case"), world.work("no.case"));
    fs::copy(later.case(), a).unwrap();
    fs::copy(sooner.case(), b).unwrap();
    let list = || {
        let list = world.holdall().arg("list").arg(world.work("")).args(["--key-env", "CASE_KEY"]);
        list.arg("--json").env("CASE_KEY", "key of the case")
    };
    let listed = list().exits(0);
    listed.says(&["due 2 April 2026", "due 2 December 2026"]);
    let names: Vec<Value> = listed.json()["cases"].as_array().unwrap().clone();
    assert!(names[0]["case"].as_str().unwrap().ends_with("sooner.case"), "{listed}");
    fs::write(c, "no case at all").unwrap();
    let listed = list().exits(1);
    listed.says(&["warning: ", "no.case", "due 2 April 2026"]);
}
