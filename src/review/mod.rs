//! Review: proposals become decisions. Only this module makes a [`Settled`], and only a `Settled`
//! can be packed. Pure: nothing here reads or writes anything.
//!
//! | module | owns |
//! |---|---|
//! | `settle` | [`Settled`]; settling by policy |
//! | `decided` | settling by decisions: exactly what was decided is taken out and looked for |
//! | `decision` | what may be decided about an item, and what has to be said with it |
//! | `item` | by what an item is known again; which items are alike |
//! | `marks` | passages that a reviewer marks by hand |
//! | `people` | the other people of a case: role, consent, label |
//! | `holds` | what stops a release, and how each is resolved |
//! | `signoff` | reviewers and their sign-offs |

mod decided;
mod decision;
mod holds;
mod item;
mod marks;
mod people;
mod settle;
mod signoff;
#[cfg(test)]
mod tests;

pub use decided::{Conflict, Item, Place, Unsettled, Verdict, decide, is_decided, shown_as};
pub use decision::{Decision, Refusal, grounds, reason_of};
pub use holds::{HoldId, Resolution, amend};
pub use item::{GroupKey, ItemId, ItemIds};
pub use marks::{MARKED, occurrences};
pub use people::{Consent, ConsentState, PartyRole, party_of, relabel};
pub use settle::{Decider, Redaction, Released, Settled, settle};
pub use signoff::{Blocker, SignOff, SignOffs};
