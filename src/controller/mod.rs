//! The controller profile: who holds the data, and why. Its grammar, its lint and its schema.

mod profile;

pub use profile::{
    Activity, Article9, AutomatedDecision, Basis, Dpo, Nation, Party, Profile, Regulator,
    Retention, Transfer,
};
