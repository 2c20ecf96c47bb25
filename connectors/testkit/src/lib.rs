//! The conformance suite that every connector must pass, and the parts that other tests reuse.
//!
//! A connector's tests call [`conformance`] once, with a function that makes a source holding the
//! given [`Fixture`]s:
//!
//! ```no_run
//! use holdall_testkit::{Bed, Fixture, Traits, conformance};
//! # fn test<C: holdall_connector::Connector + 'static>(write_files: fn(&[Fixture]) -> (C, ())) {
//!
//! conformance(Traits::default(), |fixtures: &[Fixture]| {
//!     let (connector, folder) = write_files(fixtures);
//!     Bed::new(connector, folder) // the folder lives as long as the bed
//! });
//! # }
//! ```
//!
//! | module | owns |
//! |---|---|
//! | `fixture` | tables of texts for a source to hold; people who do not exist |
//! | `collect` | a sink that keeps what it is given |
//! | `ask` | lookups in one line |
//! | `suite` | the checks |
//! | `random` | any table, any lookup: the read is the filter |

mod ask;
mod collect;
mod fixture;
mod random;
mod suite;

pub use ask::{ask, ask_any};
pub use collect::Collect;
pub use fixture::{Bed, Fixture, people};
pub use suite::{Traits, conformance};
