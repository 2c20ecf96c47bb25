//! Diagnostics of the files that people write: what is wrong, in which file, on which line, under
//! a caret, and what to do about it.
//!
//! | part | owns |
//! |---|---|
//! | `at` | [`At`]: a value with its place in the text; keyed entries in the order of the file |
//! | `mask` | which parts of a line may not be shown |
//! | `nearest` | "did you mean …" |
//! | `report` | [`Report`], and how it is shown |
//! | `schema` | for tests: a schema is committed as generated, and describes the grammar |
//! | `wording` | the parser's messages in plain words |

mod at;
mod mask;
mod nearest;
mod report;
#[cfg(test)]
pub(crate) mod schema;
mod wording;

pub(crate) use at::{At, Entries, Words, one_or_many, one_or_many_schema};
pub(crate) use mask::Mask;
pub(crate) use nearest::{did_you_mean, one_of};
pub use report::Report;
pub(crate) use report::{Document, Problems, read_text};
