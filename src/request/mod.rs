//! The request: what the person asked for, who they are, and what happened since.

mod model;

pub use model::{Event, EventKind, IdentityCheck, Representative, Request, Right, Scope, Subject};
