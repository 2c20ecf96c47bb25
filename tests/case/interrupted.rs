//! Killed at any moment, a case goes on: nothing is lost, nothing is half done, and no bundle has
//! what was not settled. Of fifty random moments, 17 fall into collecting, 16 into releasing, and
//! 17 into reviewing (`tests/review/interrupted.rs`).

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::desk::Desk;
use crate::harness::{Estate, Moments, World, files_below, sha256};

const COLLECTING: u32 = 17;
const RELEASING: u32 = 16;

/// Runs a command and kills it (SIGKILL) at a moment.
fn killed(desk: &Desk, args: &[&str], moment: Duration) {
    let mut child = desk.run(args).spawn();
    sleep(moment);
    let _ = child.kill();
    child.wait().unwrap();
}

fn opened() -> (Estate, Vec<u8>) {
    let estate = Estate::new();
    let (map, request) = (estate.map(), estate.request());
    let desk = Desk::open_plain(World::new(), &map, &request);
    let case = fs::read(desk.case()).unwrap();
    (estate, case)
}

fn stage(desk: &Desk) -> String {
    desk.json(&["status"], 0)["status"].as_str().unwrap().to_owned()
}

#[test]
fn collecting_is_done_whole_or_not_at_all() {
    let (_estate, case) = opened();
    let whole = Desk::with(World::new(), &case);
    let start = Instant::now();
    whole.exits(&["collect"], 0);
    let took = start.elapsed();
    let items = whole.json(&["status"], 0)["case"]["items"].clone();
    let mut moments = Moments::new();
    for _ in 0..COLLECTING {
        let desk = Desk::with(World::new(), &case);
        killed(&desk, &["collect"], moments.within(took));
        desk.exits(&["audit"], 0);
        let status = desk.json(&["status"], 0);
        match status["status"].as_str().unwrap() {
            "opened" => assert_eq!(status["case"]["items"], 0),
            "collected" => assert_eq!(status["case"]["items"], items),
            other => panic!("{other}"),
        }
        desk.exits(&["collect"], 0);
        assert_eq!(desk.json(&["status"], 0)["case"]["items"], items);
    }
}

#[test]
fn a_release_is_done_whole_or_not_at_all() {
    let (_estate, case) = opened();
    let whole = Desk::with(World::new(), &case);
    whole.exits(&["collect"], 0);
    whole.redact_all();
    whole.sign();
    let signed = fs::read(whole.case()).unwrap();
    let start = Instant::now();
    whole.release(0);
    let took = start.elapsed();
    let digest = sha256(&whole.world.out());
    let mut moments = Moments::new();
    for round in 0..RELEASING {
        let desk = Desk::with(World::new(), &signed);
        let out = desk.world.out();
        killed(&desk, &["release", "--out", out.to_str().unwrap()], moments.within(took));
        desk.exits(&["audit"], 0);
        let now = stage(&desk);
        if out.exists() {
            assert_eq!(sha256(&out), digest);
            assert!(["releasing", "released"].contains(&now.as_str()), "{now}");
        } else {
            assert!(["collected", "releasing"].contains(&now.as_str()), "{now}");
        }
        desk.release(0);
        assert_eq!(sha256(&out), digest);
        assert_eq!(stage(&desk), "released");
        assert_eq!(files_below(&desk.world.out_folder()).len(), 1, "round {round}");
        desk.exits(&["audit"], 0);
    }
}

#[test]
fn a_bundle_is_never_released_of_what_was_not_signed() {
    let (_estate, case) = opened();
    let desk = Desk::with(World::new(), &case);
    desk.exits(&["collect"], 0);
    let mut moments = Moments::new();
    for _ in 0..5 {
        let out = desk.world.out();
        let moment = moments.within(Duration::from_millis(500));
        killed(&desk, &["release", "--out", out.to_str().unwrap()], moment);
        assert!(files_below(&desk.world.out_folder()).is_empty());
    }
}
