//! The layout of the code: which room may know which, how long a file may be, what it opens with.
//! `src/lib.rs` says the same in words.

mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use sources::{Source, sources};

use crate::harness::repository;

/// What each room may import. A room left out may import nothing; `cli` may import all.
const ALLOWED: &[(&str, &[&str])] = &[
    ("diagnose", &[]),
    ("controller", &["diagnose"]),
    ("map", &["diagnose", "controller"]),
    ("request", &["diagnose", "map", "controller"]),
    ("plan", &["map", "request"]),
    ("find", &["plan", "map", "controller", "request"]),
    ("redact", &["find", "map", "controller", "request"]),
    ("review", &["redact", "find", "map", "controller", "request"]),
    ("bundle", &["review", "redact", "find", "map", "controller", "request"]),
    ("verify", &["bundle", "redact"]),
    (
        "case",
        &["verify", "bundle", "review", "redact", "find", "plan", "map", "controller", "request"],
    ),
    ("page", &["case", "review", "redact", "find", "controller", "request"]),
    ("init", &["redact", "map", "controller"]),
    ("import", &["init"]),
];

/// Files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

const LONGEST: usize = 400;

#[test]
fn rooms_know_only_what_stands_before_them() {
    let rooms: BTreeSet<String> = ALLOWED.iter().map(|(room, _)| (*room).to_owned()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        let all = rooms.iter().map(String::as_str).chain(["cli"]).collect();
        for other in source.rooms_used(&all) {
            let fine = room == "cli"
                || allowed.get(room).is_some_and(|list| list.contains(&other.as_str()));
            if !fine && other != room {
                wrong.push(format!("{} uses {other}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_allowed_uses_have_no_cycle() {
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    while placed.len() < ALLOWED.len() {
        let free: Vec<&str> = ALLOWED
            .iter()
            .filter(|(room, uses)| {
                !placed.contains(room) && uses.iter().all(|u| placed.contains(u))
            })
            .map(|(room, _)| *room)
            .collect();
        assert!(!free.is_empty(), "a cycle among the rooms beyond {placed:?}");
        placed.extend(free);
    }
}

#[test]
fn every_room_is_in_the_list_and_in_the_module_docs() {
    let library = fs::read_to_string(repository("src/lib.rs")).unwrap();
    let listed: BTreeSet<&str> = ALLOWED.iter().map(|(room, _)| *room).collect();
    let declared: BTreeSet<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    for room in declared.difference(&BTreeSet::from(["cli"])) {
        assert!(listed.contains(room), "say in this test what `{room}` may import");
        assert!(library.contains(&format!("[`{room}`]")), "src/lib.rs does not explain `{room}`");
    }
}

#[test]
fn connectors_know_only_the_contract() {
    for manifest in fs::read_dir(repository("connectors")).unwrap() {
        let folder = manifest.unwrap().path();
        let allowed: &[&str] = match folder.file_name().and_then(|name| name.to_str()) {
            Some("contract") => &[],
            Some("scan" | "testkit") => &["holdall-connector"],
            _ => &["holdall-connector", "holdall-scan"],
        };
        for used in own_dependencies(&fs::read_to_string(folder.join("Cargo.toml")).unwrap()) {
            assert!(allowed.contains(&used.as_str()), "{} uses {used}", folder.display());
        }
    }
}

/// Returns which of our own crates a manifest's build needs, for any platform; not its tests.
fn own_dependencies(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let parts = platforms.into_iter().flatten().filter_map(|(_, part)| part.as_table());
    parts
        .chain([&manifest])
        .flat_map(|part| ["dependencies", "build-dependencies"].map(|key| part.get(key)))
        .flatten()
        .filter_map(toml::Value::as_table)
        .flat_map(toml::Table::keys)
        .filter(|name| name.starts_with("holdall"))
        .cloned()
        .collect()
}

#[test]
fn files_are_short() {
    let long: Vec<String> = everything()
        .filter(|source| source.code_lines() > LONGEST)
        .filter(|source| !LONG.iter().any(|(name, _)| *name == source.name))
        .map(|source| format!("{}: {} lines", source.name, source.code_lines()))
        .collect();
    assert!(long.is_empty(), "over {LONGEST} lines without their tests: {long:#?}");
}

#[test]
fn every_module_says_what_it_owns() {
    let silent: Vec<String> = everything()
        .filter(|source| !source.text.trim_start().starts_with("//!"))
        .map(|source| source.name)
        .collect();
    assert!(silent.is_empty(), "modules that do not open with `//!`: {silent:#?}");
}

fn everything() -> impl Iterator<Item = Source> {
    sources("src").into_iter().chain(sources("connectors")).chain(sources("tests"))
}
