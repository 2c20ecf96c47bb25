//! What the file connectors share: fast search of raw bytes, from the files of a table to the
//! records that a lookup wants.
//!
//! # Why the search is exact
//!
//! A full parse followed by [`Lookup::wants`](holdall_connector::Lookup::wants) says what a read
//! must give. The search gives the same because it only ever leaves out the taking apart of a
//! record of which it is certain that the answer is no:
//!
//! - **Values** ([`keys`], [`needles`]). A field that is ASCII has a normal form that is worked out
//!   byte by byte, in full; any other field goes through the law itself. A pattern in raw bytes is
//!   used only where it stands in every ASCII spelling of its value, and a field that has other
//!   letters is then looked at by itself, unless they are such as keep it from ever being the same
//!   ([`letters`]). Whatever could be wanted is parsed and compared again, so a wrong
//!   yes costs time, and there is no wrong no. A lookup without a sound pattern (a short key, a
//!   phone, a name, ten thousand people) is answered by looking at the asked columns alone.
//! - **Records.** The structure of a text is followed byte by byte all the same, sixty-four at a
//!   time ([`structure`]); each format says which of its records may be followed in this way, and
//!   hands every other to its plain reader. So a CSV row with too few fields or a stray quote is
//!   reported wherever it stands, exactly as the plain reader reports it, and so is a line that is
//!   no JSON.
//! - **Places** ([`blocks`]). Large files are read in parts by all threads. A part counts only if
//!   it began where the part before it ended; if not it is read again from there.
//! - **Encodings** ([`text`]). Only UTF-8 is searched in place. Anything else, and what is inside
//!   gzip or ZIP ([`packed`]), is decoded as a stream and the same search done on that. A large
//!   file without a sign of its encoding is taken for UTF-8 until it shows that it is not; what was
//!   found is held back until that is certain.
//!
//! Memory is bounded by the size of a block and the longest record, for each thread, and by what
//! is found in the parts that are read at a time.
//!
//! | module | owns |
//! |---|---|
//! | [`files`] | which files a source's path and a table's pattern stand for |
//! | `pattern` | which names a table's pattern fits |
//! | [`packed`] | files inside gzip and ZIP |
//! | [`text`] | encodings: detection, and a file as a stream of UTF-8 |
//! | [`blocks`] | a file in blocks, and in parts by several threads |
//! | [`structure`] | where the delimiters and line breaks of delimited text stand |
//! | `ends` | the ends of rows, and the delimiters before each |
//! | [`places`] | offsets, written down as bits are found |
//! | [`written`] | what is found in words, written down in order |
//! | `masks` | sixty-four bytes at a time, as bits |
//! | [`keys`] | whether a value could be one of those asked for |
//! | `names` | names in their normal form |
//! | `sieve` | what rules most values out at once |
//! | [`letters`] | letters with accents, which need no look |
//! | [`needles`] | a few values as patterns in raw bytes |
//! | [`gather`] | files read in parallel, their records given in one order |

pub mod blocks;
mod ends;
pub mod files;
pub mod gather;
pub mod keys;
pub mod letters;
mod masks;
mod names;
pub mod needles;
pub mod packed;
mod pattern;
pub mod places;
mod sieve;
pub mod structure;
pub mod text;
pub mod written;
