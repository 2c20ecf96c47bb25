//! The case file: one SQLite file a request, with what was asked, found, proposed, decided and
//! released, and the audit chain. The only room that knows SQLite. The command line and the review
//! page call the same functions of [`Case`].
//!
//! Every change says who makes it ([`By`]) and which [`Revision`] they saw; what was changed since by
//! somebody else is refused as [`Error::Stale`], never overwritten. Each change is one transaction,
//! with its entry in the audit chain. A `Case` is `Send` and not `Sync`: give each thread its own, or
//! a lock.
//!
//! | module | owns |
//! |---|---|
//! | `file`, `schema` | the file: its key, mode and lock; its tables and their versions |
//! | `change` | one transaction, one revision, one actor |
//! | `audit` | the audit chain |
//! | `inputs` | the map, the profile and the request as they were when the case was opened |
//! | `register` | what happened to the request since, and its clock |
//! | `collect`, `kept`, `refresh` | what was found; items, people and holds from it |
//! | `overview`, `queue`, `reading` | counts; pages of items; a row as it is and as it will be |
//! | `decide`, `mark`, `people`, `holds`, `sign` | decisions |
//! | `undo` | decisions taken back, one step after another |
//! | `preview` | the exact bundle before it leaves |
//! | `settle`, `release` | what may leave; the steps of a release that survive any interruption |
//! | `sheet` | decisions as a table for a spreadsheet, and back |
//! | `destroy` | personal data removed, the log left |

mod audit;
mod change;
mod collect;
mod decide;
mod destroy;
mod error;
mod file;
mod holds;
mod inputs;
mod kept;
mod mark;
mod overview;
mod people;
mod preview;
mod queue;
mod reading;
mod refresh;
mod register;
mod release;
mod schema;
mod settle;
mod sheet;
mod sign;
#[cfg(test)]
mod tests;
mod undo;

pub use audit::{Broken, Entry, Head, Log};
pub use change::{By, Revision};
pub use collect::Diff;
pub use decide::Note;
pub use error::Error;
pub use file::{Case, Lock};
pub use holds::{HeldItem, Made};
pub use inputs::{Inputs, Sources};
pub use mark::{MarkAt, NewMark};
pub use overview::{Overview, Stage, TableCount};
pub use people::{Alias, Named, Party, PartyId};
pub use preview::Preview;
pub use queue::{Filter, Page, QueueItem, State, Status};
pub use reading::{Reading, ReadingCell, ReadingSpan};
pub use release::{Checklist, Out, Release, Releasing};
pub use settle::ConflictAt;
pub use sheet::Rejected;
