//! A disk that is full half-way, an output that is no file, a summary that nobody gets.

use std::fs;
use std::os::unix::fs::FileTypeExt;

use crate::harness::{CANARIES, Estate, World, files_below, repository};

/// Files may grow to a few kilobytes and no further, as on a full disk; the signal that the limit
/// sends is ignored, so that the write itself fails.
const LIMITED: &str = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";

#[test]
fn a_full_disk_leaves_no_half_bundle() {
    let world = World::new();
    let folder = repository("fixtures/lustalux");
    let run = world.program("bash").args(["-c", LIMITED, env!("CARGO_BIN_EXE_holdall"), "export"]);
    let run = run.arg("--map").arg(folder.join("holdall.toml"));
    let run = run.arg("--request").arg(folder.join("requests/complaint-access.toml"));
    let outcome = run.arg("--out").arg(world.out()).exits(1);
    outcome.says(&["error"]).keeps_quiet_about(CANARIES);
    assert!(outcome.stderr.contains("out") && !outcome.stderr.contains("Os {"), "{outcome}");
    let left = files_below(&world.out_folder());
    assert!(left.is_empty(), "left: {left:?}\n{outcome}");
}

/// A script that reads the summary must not take silence for success.
#[test]
fn a_summary_that_cannot_be_written_is_a_failure() {
    let estate = Estate::new();
    let run = estate.world.program("bash").args(["-c", "exec \"$0\" \"$@\" >/dev/full"]);
    let run = run.args([env!("CARGO_BIN_EXE_holdall"), "export", "--json", "--map"]);
    let run = run.arg(estate.map()).arg("--request").arg(estate.request());
    run.arg("--out").arg(estate.world.out()).exits(1).says(&["standard output"]);
}

/// Replacing means replacing a file: `--out /dev/null --force` must not take the device's place.
#[test]
fn what_is_no_file_is_never_replaced() {
    let estate = Estate::new();
    let out = estate.world.out();
    estate.world.program("mkfifo").arg(&out).exits(0);
    let refused = estate.world.export(estate.map(), estate.request()).arg("--force").run();
    assert!([1, 2].contains(&refused.code), "{refused}");
    assert!(fs::symlink_metadata(&out).unwrap().file_type().is_fifo(), "{refused}");
}
