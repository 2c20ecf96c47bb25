//! The bundle: the ZIP that is handed over. Same inputs, same bytes.
//!
//! [`pack`] writes it to a temporary file. Only what `verify` has proved can be published, so a
//! bundle that was not opened again and searched never gets its name.
//!
//! | module | owns |
//! |---|---|
//! | `sheet`, `flat`, `cell`, `json`, `types` | a table as CSV and JSON |
//! | `schedule` | `redactions.csv` and `search.csv` |
//! | `about` | the information of Art. 15(1)–(2), from the profile |
//! | `page` | `index.html` and `about.html` |
//! | `readme` | `README.txt` |
//! | `datapackage`, `manifest` | what is inside, for machines |
//! | `names` | safe names |
//! | `archive`, `quiet`, `temporary` | the ZIP itself, what it is written through and where |

mod about;
mod allowed;
pub(crate) mod archive;
pub(crate) mod cell;
mod datapackage;
mod flat;
mod grounds;
mod json;
mod manifest;
pub(crate) mod names;
mod pack;
mod page;
mod quiet;
mod readme;
#[cfg(test)]
pub(crate) mod sample;
mod schedule;
mod sheet;
mod temporary;
#[cfg(test)]
mod tests;
mod types;
mod words;

pub use allowed::Allowed;
pub use pack::{Bundle, Contents, Error, Options, pack};
pub use temporary::{remove_temporary_files, temporary_file};

pub(crate) use names::safe as safe_name;
