//! The steps, one after the other.

use std::fs;

use super::desk::Desk;
use crate::harness::{Estate, Opened, World, repository, sha256};

/// Everything proposed taken out by a person gives the bundle that the policy gives, to the byte.
#[track_caller]
fn same_as_export(organisation: &str, request: &str) {
    let folder = repository("fixtures").join(organisation);
    let (map, request) =
        (folder.join("holdall.toml"), folder.join(format!("requests/{request}.toml")));
    let world = World::new();
    world.export(&map, &request).exits(0);
    let by_policy = sha256(&world.out());
    fs::remove_file(world.out()).unwrap();
    let desk = Desk::open(world, &map, &request);
    desk.exits(&["collect"], 0);
    desk.redact_all();
    desk.release(4).says(&["0 of 1 reviewers signed"]);
    desk.sign();
    desk.release(0);
    assert_eq!(sha256(&desk.world.out()), by_policy);
    desk.exits(&["audit"], 0);
}

#[test]
fn lustalux_gives_what_export_gives() {
    same_as_export("lustalux", "complaint-access");
}

#[test]
fn link_gives_what_export_gives() {
    same_as_export("link-community-centre", "care-access");
}

#[test]
fn step_forward_gives_what_export_gives() {
    same_as_export("step-forward-luton", "training-portability");
}

#[test]
fn luton_gives_what_export_gives() {
    same_as_export("luton-customer-services", "housing-access");
}

#[test]
fn connect_gives_what_export_gives() {
    same_as_export("connect2employment", "candidate-access");
}

#[test]
fn a_held_row_is_decided_and_the_case_goes_on() {
    let folder = repository("fixtures/lustalux");
    let request = folder.join("requests/recycled-email-access.toml");
    let desk = Desk::open(World::new(), &folder.join("holdall.toml"), &request);
    desk.exits(&["collect"], 0).says(&["1 hold"]);
    desk.redact_all();
    desk.release(4).says(&["1 hold is open"]);
    let status = desk.json(&["status"], 0);
    let id = status["holds"][0]["id"].as_str().unwrap();
    desk.exits(&["review", "--resolve", id, "--how", "give", "--reason", "x"], 2);
    let how = ["--how", "not-theirs", "--reason", "the mailbox was given away"];
    desk.exits(&[&["review", "--resolve", id][..], &how].concat(), 0);
    desk.redact_all();
    desk.sign();
    desk.release(0);
    let bundle = Opened::read(&desk.world.out());
    let others = ["Wilhelmina", "Zondervan", "07700 900877"].map(String::from);
    assert!(bundle.places_of(&others).is_empty());
    let log = desk.json(&["audit"], 0).to_string();
    assert!(log.contains("the mailbox was given away") && !log.contains("Zondervan"));
}

#[test]
fn the_officers_record_has_every_decision_and_the_chain() {
    let estate = Estate::new();
    let (map, request) = (estate.map(), estate.request());
    let desk = Desk::open(estate.world, &map, &request);
    desk.exits(&["collect"], 0);
    desk.redact_all();
    desk.sign();
    let record = desk.world.work("record.json");
    let out = desk.world.out();
    let args =
        ["release", "--out", out.to_str().unwrap(), "--dpo-record", record.to_str().unwrap()];
    desk.exits(&args, 0);
    let record: serde_json::Value = serde_json::from_slice(&fs::read(record).unwrap()).unwrap();
    assert_eq!(record["redactions"][0]["decided_by"]["reviewer"], "P. Mallow");
    let head = record["audit"]["head"]["hash"].as_str().unwrap();
    desk.exits(&["audit", "--expect", head], 0);
    desk.exits(&["audit", "--expect", "0"], 1);
}

#[test]
fn a_case_is_closed_and_its_data_destroyed() {
    let estate = Estate::new();
    let (map, request) = (estate.map(), estate.request());
    let desk = Desk::open_plain(estate.world, &map, &request);
    desk.exits(&["collect"], 0);
    let holds = |text: &str| {
        let bytes = fs::read(desk.case()).unwrap();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    };
    assert!(holds("ada.hart@example.org"));
    desk.exits(&["close", "--destroy", "--reason", "answered a year ago"], 0);
    assert!(!holds("ada.hart@example.org") && !holds("Ada Hart"));
    desk.exits(&["audit"], 0);
    desk.exits(&["collect"], 1);
}
