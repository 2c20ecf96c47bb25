//! Redaction: what should be taken out of what was found, and why. It only proposes; `review`
//! settles, and [`apply`] is pure.
//!
//! Two passes over the rows. The first learns who else is in them and what must not leave
//! ([`forms::Withheld`]); the second judges each cell by its column's role and its row's standing,
//! and searches texts. The leak gate uses the same search as the second pass.

mod apply;
mod cells;
mod columns;
pub mod detect;
pub mod forms;
mod labels;
mod learn;
mod lifted;
mod mentioned;
mod model;
mod outside;
mod own;
mod packed;
mod people;
mod pets;
mod portability;
mod propose;
mod reasons;
mod refusal;
mod roles;
mod texts;
mod withhold;
mod words;

pub use apply::{apply, text_of, texts, without};
pub use labels::Label;
pub use lifted::Lifted;
pub use mentioned::mentioned;
pub use model::{Confidence, Ground, Omission, Proposal, Proposed, Reach};
pub use outside::{Answers, Recognised, recognise, recognise_more};
pub use propose::{propose, propose_with};
pub use reasons::reason_for;

#[cfg(test)]
mod tests;
