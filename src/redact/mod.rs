//! Redaction: what should be taken out of what was found, and why. It only proposes; `review`
//! settles, and [`apply`] is pure.

mod apply;
pub mod forms;
mod model;

pub use apply::{apply, without};
pub use model::{Confidence, Ground, Omission, Proposal, Proposed, Reach};

use crate::controller::Profile;
use crate::find::Found;
use crate::map::Map;
use crate::request::Request;

/// Proposes what has to be taken out before the rows may leave.
pub fn propose(found: Found, map: &Map, profile: &Profile, request: &Request) -> Proposed {
    let _ = (map, profile, request);
    Proposed {
        found,
        proposals: Vec::new(),
        omissions: Vec::new(),
        withheld: forms::Withheld::default(),
    }
}
