//! Any bytes as a JSON file: the search gives what the plain reader gives, and nothing panics.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

/// One file a process, written anew for each input.
static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
    std::env::temp_dir().join(format!("holdall-fuzz-{}.jsonl", std::process::id()))
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| holdall_json::agree::fuzz(&FILE, data));
