//! The records of JSON Lines that a lookup wants, found by all threads.
//!
//! # Why no wanted line is passed over
//!
//! A line is parsed, by the same parser as ever, if a wanted value can stand in it:
//!
//! - *by key*: a value lies at or below the last key of its column's path. In a line that parses,
//!   that key is written out as it is, between quotes, or with a `\u` escape (keys that must or may
//!   be escaped in other ways are not searched for: then every line is parsed). So each place where
//!   the quoted key and a colon stand is looked at: a string or number there is compared through
//!   [`Keys`], anything else (a list, an object, a number with an exponent) has the line parsed. A
//!   line with a `\u` escape inside a key is parsed.
//! - *by value*: in a block of text that is ASCII and has no `\u`, the patterns of [`Needles`] stand
//!   in every spelling of a wanted value, so a line without any of them is not wanted.
//!
//! # What is reported
//!
//! Every line that is not a sound record, wherever and however it is broken. So every line is
//! parsed; what is saved for a line that cannot be wanted is the comparing of its values.

use std::sync::Arc;

use holdall_connector::{Lookup, Place, Segment};
use holdall_scan::blocks::{Block, Blocks, Stretch, Taken};
use holdall_scan::keys::Keys;
use holdall_scan::masks::{WORD, Word, below, parity, take_lowest};
use holdall_scan::needles::Needles;
use memchr::memmem::Finder;

use crate::elements::Nesting;
use crate::file::Job;
use crate::parse::{DEPTH_LIMIT, Defect, record};
use crate::source::keep;
use crate::token::{Token, in_key, is_closed, token};

/// A lookup made ready for JSON Lines.
pub(crate) struct Search<'a> {
    job: &'a Job<'a>,
    lookup: &'a Lookup,
    /// The keys that are searched for; `None` if every line is parsed.
    fields: Option<Vec<Field<'a>>>,
    needles: Option<Needles>,
    limit: usize,
}

/// A key, with the values asked for below it.
struct Field<'a> {
    quoted: Finder<'static>,
    length: usize,
    keys: Keys<'a>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(job: &'a Job<'a>, lookup: &'a Lookup, limit: usize) -> Self {
        let fields = lookup.any.iter().map(Field::of).collect();
        let needles = Needles::of(lookup, b"\"\\/\r\n\t\x08\x0c\x7f");
        Self { job, lookup, fields, needles, limit }
    }
}

impl<'a> Field<'a> {
    /// `None` if the key can be written in several ways even without `\u`, or there is none.
    fn of(asked: &'a holdall_connector::Match) -> Option<Self> {
        let key = asked.column.segments().iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(key),
            Segment::Each => None,
        })?;
        if key.chars().any(|c| matches!(c, '"' | '\\' | '/') || c.is_control()) {
            return None;
        }
        let quoted = format!("\"{key}\"");
        let finder = Finder::new(quoted.as_bytes()).into_owned();
        Some(Self { quoted: finder, length: quoted.len(), keys: Keys::new(asked) })
    }

    /// Returns whether the value after the key that stands at an offset could be wanted.
    fn may_hold(&self, text: &[u8], at: usize, room: &mut Vec<u8>) -> bool {
        match token(text, at + self.length) {
            Token::NoValue => false,
            Token::Scalar(bytes) => self.keys.may_hold(bytes, room),
            Token::Escaped(bytes) => match serde_json::from_slice::<String>(bytes) {
                Ok(decoded) => self.keys.may_hold(decoded.as_bytes(), room),
                Err(_) => true,
            },
            Token::Other => true,
        }
    }
}

impl Blocks for Search<'_> {
    fn start(&self, text: &[u8]) -> Option<usize> {
        memchr::memchr(b'\n', text).map(|at| at + 1)
    }

    fn take(&self, block: &Block<'_>, found: &mut Stretch) -> Taken {
        let mut from = 0;
        if found.overlong {
            let Some(at) = memchr::memchr(b'\n', block.text) else {
                return Taken { bytes: block.text.len(), done: block.last };
            };
            found.overlong = false;
            found.line += 1;
            from = at + 1;
        }
        let mut lines = Lines::new(self, block, from);
        let met = lines.walk(found);
        let start = lines.start;
        if met || start >= block.text.len() && !block.last {
            return Taken { bytes: start, done: met };
        }
        let rest = block.text.get(start..).unwrap_or_default();
        if block.last {
            lines.odd(start, block.text.len(), found);
            return Taken { bytes: block.text.len(), done: true };
        }
        if rest.len() <= self.limit {
            return Taken { bytes: start, done: false };
        }
        lines.parse(start, block.text.len(), found);
        found.overlong = true;
        Taken { bytes: block.text.len(), done: false }
    }
}

/// The lines of one block.
struct Lines<'s, 't> {
    search: &'s Search<'s>,
    block: &'t Block<'t>,
    /// The start of the line.
    start: usize,
    /// How the lines that could be wanted are found.
    by: By<'s>,
    /// Where the text stops being UTF-8.
    malformed: usize,
    columns: Arc<[String]>,
    room: Vec<u8>,
}

/// Where the next place is that could make a line wanted.
enum By<'s> {
    /// Every line is parsed.
    Everything,
    /// The end of the next pattern.
    Needles(&'s Needles, usize),
    /// The next place of each key, and of an escape.
    Fields(Vec<(&'s Field<'s>, usize)>, usize),
}

impl<'s, 't> Lines<'s, 't> {
    fn new(search: &'s Search<'s>, block: &'t Block<'t>, start: usize) -> Self {
        let text = block.text;
        let is_ascii = text.is_ascii();
        let malformed = if is_ascii { usize::MAX } else { malformed(text, 0) };
        let escape = next(memchr::memmem::find(text, b"\\u"), 0);
        let by = match (&search.needles, &search.fields) {
            (Some(needles), _) if is_ascii && escape == usize::MAX => By::Needles(needles, 0),
            (_, None) => By::Everything,
            (_, Some(fields)) => {
                let places = fields.iter().map(|f| (f, next(f.quoted.find(text), 0)));
                By::Fields(places.collect(), escape)
            }
        };
        Self { search, block, start, by, malformed, columns: Arc::from([]), room: Vec::new() }
    }

    /// Goes over the whole lines; returns whether the stop was met.
    fn walk(&mut self, found: &mut Stretch) -> bool {
        let text = self.block.text;
        let (mut base, mut carry, mut before, mut escaped) = (self.start, 0, 0, false);
        while base < text.len() {
            let word = Word::at(text, base);
            let (mut feeds, mut slashes) = (word.places(b'\n'), word.places(b'\\'));
            let odd = parity(word.places(b'"')) ^ carry;
            carry = (odd >> 63).wrapping_neg();
            while feeds != 0 {
                let place = take_lowest(&mut feeds);
                if self.start >= self.block.stop {
                    return true;
                }
                escaped |= slashes & below(place) != 0;
                slashes &= !below(place);
                let now = odd >> place & 1;
                let end = base + usize::try_from(place).unwrap_or(0);
                self.line(end, escaped, now != before, found);
                (before, escaped) = (now, false);
            }
            escaped |= slashes != 0;
            base += WORD;
        }
        self.start >= self.block.stop
    }

    /// Takes the line that ends at an offset.
    #[inline]
    fn line(&mut self, end: usize, escaped: bool, odd: bool, found: &mut Stretch) {
        let start = self.start;
        let line = self.block.text.get(start..end).unwrap_or_default();
        let shaped = matches!(line, [b'{', .., b'}'] | [b'{', .., b'}', b'\r'] | [] | b"\r");
        let closed = if escaped { is_closed(line) } else { !odd };
        let sound = shaped && closed && line.len() <= self.search.limit && !is_deep(line);
        if self.could_be(start, end) || !sound || record(line).is_err() {
            self.odd(start, end, found);
        }
        found.line += 1;
        self.start = end + 1;
    }

    /// Parses a line if there is anything in it.
    #[cold]
    fn odd(&mut self, start: usize, end: usize, found: &mut Stretch) {
        let line = self.block.text.get(start..end).unwrap_or_default();
        if !line.trim_ascii().is_empty() || line.len() > self.search.limit {
            self.parse(start, end, found);
        }
    }

    fn parse(&mut self, start: usize, end: usize, found: &mut Stretch) {
        let line = self.block.text.get(start..end).unwrap_or_default();
        let content = (line.len() <= self.search.limit).then_some(line);
        let byte = found.byte + u64::try_from(start).unwrap_or(0);
        let at = self.search.job.at(Place::Line { line: found.line, byte });
        let fields = content.ok_or(Defect::TooLong).and_then(record);
        keep(fields, at, self.search.lookup, &mut self.columns, &mut found.batch);
    }

    /// Returns whether the line from `start` to `end` could be wanted, or is not text.
    #[inline]
    fn could_be(&mut self, start: usize, end: usize) -> bool {
        let text = self.block.text;
        let mut could_be = self.malformed < end;
        if could_be {
            self.malformed = malformed(text, end);
        }
        match &mut self.by {
            By::Everything => true,
            By::Needles(needles, hit) => {
                if *hit <= start {
                    *hit = needles.next(text, start).unwrap_or(usize::MAX);
                }
                could_be || *hit <= end
            }
            By::Fields(fields, escape) => {
                for (field, place) in fields {
                    while *place < end {
                        could_be = could_be || field.may_hold(text, *place, &mut self.room);
                        *place = next(field.quoted.find(rest(text, *place + 1)), *place + 1);
                    }
                }
                while *escape < end {
                    could_be = could_be || in_key(text, *escape);
                    *escape =
                        next(memchr::memmem::find(rest(text, *escape + 1), b"\\u"), *escape + 1);
                }
                could_be
            }
        }
    }
}

/// Returns whether the line is nested deeper than a record may be.
#[inline]
fn is_deep(line: &[u8]) -> bool {
    line.len() > 2 * DEPTH_LIMIT
        && line.iter().filter(|byte| **byte | 0x20 == b'{').count() > DEPTH_LIMIT
        && Nesting::depth_of(line) > DEPTH_LIMIT
}

fn rest(text: &[u8], from: usize) -> &[u8] {
    text.get(from..).unwrap_or_default()
}

fn next(found: Option<usize>, from: usize) -> usize {
    found.map_or(usize::MAX, |at| from + at)
}

/// Returns the first place from an offset on that is not UTF-8. A character that the end cuts in
/// two is part of a line that is not whole, or of the last, which is parsed anyway.
fn malformed(text: &[u8], from: usize) -> usize {
    let rest = rest(text, from);
    if from == 0 && simdutf8::basic::from_utf8(rest).is_ok() {
        return usize::MAX;
    }
    match std::str::from_utf8(rest) {
        Err(error) if error.error_len().is_some() => from + error.valid_up_to(),
        _ => usize::MAX,
    }
}
