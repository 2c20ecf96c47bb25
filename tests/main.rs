//! The whole way, as a user goes it: the real binary on whole organisations, and the rules of the
//! library against a model of their own.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking, and clippy.toml excuses only the functions marked as tests"
)]

mod architecture;
mod bad_input;
mod case;
mod disclosure;
mod fixtures;
mod harness;
mod init;
mod ownership;
mod redaction;
#[cfg(feature = "review")]
mod review;
mod servers;
mod snapshots;
mod tools;
