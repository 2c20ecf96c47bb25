//! The whole way, as a user goes it: the real binary on whole organisations, and the rules of the
//! library against a model of their own.

mod architecture;
mod bad_input;
mod fixtures;
mod harness;
mod ownership;
mod snapshots;
mod tools;
