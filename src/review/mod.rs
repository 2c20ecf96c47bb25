//! Review: proposals become decisions. Only this module makes a [`Settled`], and only a `Settled`
//! can be packed.

mod settle;

pub use settle::{Decider, Redaction, Released, Settled, settle};
