//! What a case refuses, and with which words and exit codes.

use std::fs;

use super::desk::Desk;
use crate::harness::{CANARIES, Estate};

fn desk() -> Desk {
    let estate = Estate::new();
    let (map, request) = (estate.map(), estate.request());
    Desk::open(estate.world, &map, &request)
}

#[test]
fn only_the_key_opens_it() {
    let desk = desk();
    let wrong = desk.world.holdall().args(["status", "--key-env", "K"]).arg(desk.case());
    wrong.env("K", "another key").exits(1).says(&["the key is wrong"]);
    let none = desk.world.holdall().arg("status").arg(desk.case());
    none.exits(2).says(&["--key-file"]);
    let bytes = fs::read(desk.case()).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"Ada Hart" || window == b"CREATE T"));
    let files = crate::harness::files_below(&desk.world.work("")).len();
    desk.exits(&["status"], 0);
    assert_eq!(crate::harness::files_below(&desk.world.work("")).len(), files);
}

#[test]
fn everything_is_done_by_somebody() {
    let desk = desk();
    let nobody = desk.world.holdall().args(["collect", "--key-env", "K"]).arg(desk.case());
    nobody.env("K", "key of the case").exits(2).says(&["who are you?", "--by"]);
}

#[test]
fn a_step_too_early_says_which_comes_first() {
    let desk = desk();
    desk.release(1).says(&["holdall collect"]);
    desk.exits(&["collect"], 0);
    desk.release(4).says(&["reviewers signed"]);
    let map = desk.world.work("holdall.toml");
    let request = desk.world.work("request.toml");
    let args = ["open", "--map", map.to_str().unwrap(), "--request", request.to_str().unwrap()];
    desk.exits(&args, 2).says(&["exists already"]);
}

#[test]
fn a_wrong_row_of_a_table_is_named_and_changes_nothing() {
    let desk = desk();
    desk.exits(&["collect"], 0);
    let table = desk.world.work("d.csv");
    let name = table.to_str().unwrap();
    desk.exits(&["review", "--export", name], 0);
    desk.exits(&["review", "--export", name], 2);
    let text = fs::read_to_string(&table).unwrap();
    assert!(CANARIES.iter().all(|canary| !text.contains(canary)), "{text}");
    let unknown = format!("{text}{},2,redact,,\r\n", "0".repeat(32));
    fs::write(&table, unknown).unwrap();
    desk.exits(&["review", "--import", name], 2).says(&["there is no such item", "line 3"]);
}

#[test]
fn a_source_that_was_not_read_in_full_stops_the_release() {
    let estate = Estate::new()
        .with_source("shop/orders.jsonl", "{\"order_id\":\"A-1\",\"customer\":\"17\"}\n{broken\n");
    let (map, request) = (estate.map(), estate.request());
    let desk = Desk::open(estate.world, &map, &request);
    desk.exits(&["collect"], 3);
    desk.redact_all();
    desk.sign();
    desk.release(3).says(&["--allow-incomplete"]);
    let out = desk.world.out();
    desk.exits(&["release", "--allow-incomplete", "--out", out.to_str().unwrap()], 0);
}
