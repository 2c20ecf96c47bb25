//! Holdall: everything you hold about a person, packed to hand over.
//!
//! ```text
//! Request + Map ─▶ Plan ─▶ Found ─▶ Proposed ─▶ Settled ─▶ Bundle ─▶ Verified
//!                  plan    find     redact      review     bundle    verify
//! ```
//!
//! One type an arrow. A stage imports only types to its left; [`cli`] alone knows them all.
//! [`bundle::pack`] takes a [`review::Settled`], which only [`review`] can make, so packing
//! unreviewed data does not compile.
//!
//! | module | owns |
//! |---|---|
//! | [`map`] | the data map: where data is and what each column means |
//! | [`controller`] | the controller profile: who holds it and why |
//! | [`request`] | what the person asked for |
//! | [`diagnose`] | what is wrong with those files: place, caret, hint |
//! | [`plan`] | which tables, by which kinds of key, in which order |
//! | [`find`] | rounds over the connectors, the ownership rule, the reasons |
//! | [`redact`] | what should be taken out, and why |
//! | [`review`] | decisions |
//! | [`bundle`] | the ZIP that is handed over |
//! | [`verify`] | proof that it is whole, and that nothing withheld is in it |
//! | [`case`] | the case file: what was found and decided, kept, with its audit chain |
//! | [`page`] | the review page: the case in a browser, on this computer alone |
//! | [`init`] | a first draft of the map, from a look at the sources |
//! | [`import`] | a map from what others have described |
//! | [`cli`] | arguments, progress, errors with hints, exit codes |

pub mod bundle;
pub mod case;
pub mod cli;
pub mod controller;
pub mod diagnose;
pub mod find;
pub mod import;
pub mod init;
pub mod map;
#[cfg(feature = "review")]
pub mod page;
pub mod plan;
pub mod redact;
pub mod request;
pub mod review;
pub mod verify;
