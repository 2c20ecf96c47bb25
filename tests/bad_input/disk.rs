//! A disk that is full half-way.

use crate::harness::{CANARIES, World, files_below, repository};

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
