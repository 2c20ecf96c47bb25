//! What the file connectors share: fast search of raw bytes, from the files of a table to their
//! text.
//!
//! | module | owns |
//! |---|---|
//! | [`files`] | which files a source's path and a table's pattern stand for |
//! | [`text`] | encodings: detection, and a file as a stream of UTF-8 |
//! | [`gather`] | files read in parallel, their records given in one order |

pub mod files;
pub mod gather;
mod pattern;
pub mod text;
