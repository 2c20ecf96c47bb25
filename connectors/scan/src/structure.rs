//! The structure of delimited text: where its delimiters and line breaks stand outside quotes,
//! found sixty-four bytes at a time by the widest vectors that the processor has.
//!
//! Only *plain* quotes are followed: each opens a field (it follows a delimiter, a line break or
//! the start), closes one (a delimiter or a line break follows), or is one of a doubled pair inside
//! a quoted field. Then "an odd number of quotes stands before" is the same as "inside quotes", by
//! induction over the quotes. The first quote that is not plain ends the structure
//! ([`Structure::bad`]).

use std::mem::take;

use fearless_simd::{prelude::*, u8x64};

use crate::ends::{End, Ends};
use crate::letters::strange;
use crate::masks::{WORD, below};
use crate::places::Places;
use crate::written::Written;

pub use self::fields::Fields;
use self::state::{Seen, State};

mod fields;
mod state;

/// The structure of a stretch of text. Offsets are relative to the start of the stretch.
#[derive(Debug, Default)]
pub struct Structure {
    words: Vec<Marks>,
    /// The words that may have strange bytes.
    foreign: Written<u32>,
    /// Where rows end, and the same with the delimiters before.
    breaks: Places,
    ends: Ends,
    /// Line breaks inside quotes, a CRLF once.
    inner: Places,
    /// Whether there are no strange bytes.
    is_plain: bool,
    /// Whether there are none that could be malformed.
    is_text: bool,
    bad: Option<usize>,
    is_malformed: bool,
}

/// What stands in sixty-four bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// Delimiters outside quotes.
    delimiters: u64,
    /// Where rows end.
    ends: u64,
    /// Bytes beyond ASCII, and of them, once they were looked at, the strange ones
    /// ([`crate::letters`], [`Text::for_names`]).
    strange: u64,
    /// How many rows end before these bytes, and how many delimiters stand there.
    rows: u32,
    passed: u32,
}

/// The words of a text, and a last one that is longer than it.
type Words<'t> = (&'t [[u8; WORD]], Option<&'t [u8; WORD]>);

/// A text to be followed.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    /// Its bytes.
    pub bytes: &'t [u8],
    /// Whether nothing comes after them.
    pub last: bool,
    /// The delimiter.
    pub delimiter: u8,
    /// Whether all bytes beyond ASCII and all apostrophes are strange: they are where names are
    /// looked for.
    pub for_names: bool,
}

impl Structure {
    /// Follows a text from the start of a row to an offset or a little beyond, at most 2 GiB.
    ///
    /// It is gone over several times, each time for a little: so what each needs is at hand.
    #[inline(always)]
    pub fn follow<S: Simd>(&mut self, simd: S, text: Text<'_>, from: usize, to: usize) {
        let rest = text.bytes.get(from..).unwrap_or_default();
        let length = to.saturating_sub(from).next_multiple_of(WORD).min(rest.len());
        self.start(length);
        let (words, tail) = rest.get(..length).unwrap_or_default().as_chunks::<WORD>();
        let tail = (!tail.is_empty()).then(|| padded(tail));
        let words = (words, tail.as_ref());
        self.mark(simd, &text, rest, words);
        self.find_ends(simd);
        self.find_strange(simd, words, text.for_names);
        if text.for_names {
            self.find_apostrophes(simd, words);
        }
    }

    /// Marks words, and a last one that is longer than the text, up to the first bad byte.
    #[inline(always)]
    fn mark<S: Simd>(&mut self, simd: S, text: &Text<'_>, rest: &[u8], (words, tail): Words<'_>) {
        let mut state = State::new();
        for (index, bytes) in words.iter().enumerate() {
            let next = || match rest.get((index + 1) * WORD) {
                Some(byte) => *byte == b'\n',
                None => !text.last,
            };
            let Seen { marks, inner, bad } = state.word(simd, text.delimiter, bytes, next);
            if let Some(slot) = self.words.get_mut(index) {
                *slot = marks;
            }
            if inner | bad != 0 && self.take_odd(index, inner, bad) {
                return;
            }
        }
        let (Some(bytes), Some(marks)) = (tail, self.words.get_mut(words.len())) else { return };
        let real = below((rest.len() % WORD) as u32);
        let unsettled = !text.last && rest.last() == Some(&b'\r');
        let Seen { marks: seen, inner, bad } = state.word(simd, text.delimiter, bytes, || false);
        *marks = Marks { ends: seen.ends & if unsettled { real >> 1 } else { real }, ..seen };
        self.take_odd(words.len(), inner, bad & real);
    }

    /// Takes the breaks inside quotes of a word, and the bytes that are bad. Returns whether there
    /// are such.
    #[inline(never)]
    fn take_odd(&mut self, index: usize, inner: u64, bad: u64) -> bool {
        let base = (index * WORD) as u32;
        let sound = if bad == 0 { u64::MAX } else { below(bad.trailing_zeros()) };
        self.inner.add::<2>(base, inner & sound);
        if bad == 0 {
            return false;
        }
        self.words.truncate(index + 1);
        if let Some(marks) = self.words.last_mut() {
            marks.ends &= sound;
        }
        self.bad = Some((base + bad.trailing_zeros()) as usize);
        true
    }

    /// Writes down where rows end, how many delimiters stand before, and which words have bytes
    /// beyond ASCII or follow one that ends with such.
    #[inline(always)]
    fn find_ends<S: Simd>(&mut self, simd: S) {
        let (mut breaks, mut foreign) = (take(&mut self.breaks), take(&mut self.foreign));
        let (mut delimiters, mut before) = (0, 0);
        for (index, marks) in self.words.iter_mut().enumerate() {
            (marks.rows, marks.passed) = (breaks.all().len() as u32, delimiters);
            breaks.add_wide(simd, (index * WORD) as u32, marks.ends);
            delimiters += marks.delimiters.count_ones();
            let is_foreign = marks.strange | before >> (WORD - 1) != 0;
            foreign.add_some(u32::from(is_foreign), &[index as u32]);
            before = marks.strange;
        }
        self.ends.fill(breaks.all(), |place| {
            let marks = self.words.get(place as usize / WORD).copied().unwrap_or_default();
            marks.passed + (marks.delimiters & below(place)).count_ones()
        });
        (self.breaks, self.foreign) = (breaks, foreign);
    }

    /// Tells the strange bytes from others beyond ASCII, unless all are.
    #[inline(always)]
    fn find_strange<S: Simd>(&mut self, simd: S, text: Words<'_>, all: bool) {
        let (mut opened, mut any) = (0, 0);
        for index in self.foreign.all() {
            let index = *index as usize;
            let bytes = text.0.get(index).or(text.1);
            if let (Some(bytes), Some(marks)) = (bytes, self.words.get_mut(index)) {
                let word = u8x64::simd_from(simd, *bytes);
                let (found, opens) = strange(word, marks.strange, opened);
                marks.strange = if all { marks.strange | found } else { found };
                (any, opened) = (any | found, opens);
            }
        }
        (self.is_plain, self.is_text) = (any == 0, any == 0);
    }

    /// Adds apostrophes to the strange bytes.
    #[inline(always)]
    fn find_apostrophes<S: Simd>(&mut self, simd: S, text: Words<'_>) {
        let mut any = 0;
        for (bytes, marks) in text.0.iter().chain(text.1).zip(&mut self.words) {
            let word = u8x64::simd_from(simd, *bytes);
            marks.strange |= (word.simd_eq(b'\'') | word.simd_eq(b'`')).to_bitmask();
            any |= marks.strange;
        }
        self.is_plain = any == 0;
    }

    fn start(&mut self, length: usize) {
        self.words.resize(length.div_ceil(WORD), Marks::default());
        self.breaks.start();
        self.foreign.start();
        self.inner.start();
        (self.is_plain, self.is_text) = (false, false);
        self.is_malformed = false;
        self.bad = None;
    }

    /// Makes certain that the rows which end in the stretch are UTF-8, given its text: the first
    /// byte that is not ends the structure ([`Structure::bad`]).
    #[inline(always)]
    pub fn check_text(&mut self, text: &[u8]) {
        if !self.is_text {
            self.check_strange(text);
        }
    }

    #[inline(never)]
    fn check_strange(&mut self, text: &[u8]) {
        let to = self.ends.all().last().map_or(0, |end| end.offset());
        let text = text.get(..to).unwrap_or_default();
        if simdutf8::basic::from_utf8(text).is_err()
            && let Err(error) = std::str::from_utf8(text)
        {
            self.ends.cut(error.valid_up_to());
            (self.bad, self.is_malformed) = (Some(error.valid_up_to()), true);
        }
    }

    /// Returns whether the structure ends where the text is no UTF-8.
    pub fn is_malformed(&self) -> bool {
        self.is_malformed
    }

    /// Returns the first offset in a range at which a strange byte stands.
    #[inline(always)]
    pub fn next_strange(&self, from: usize, to: usize) -> Option<usize> {
        if self.is_plain || from >= to {
            return None;
        }
        let mut word = from / WORD;
        let mut strange = self.words.get(word)?.strange & !below_bit(from);
        while strange == 0 {
            word += 1;
            if word * WORD >= to {
                return None;
            }
            strange = self.words.get(word)?.strange;
        }
        Some(word * WORD + strange.trailing_zeros() as usize).filter(|at| *at < to)
    }

    /// Returns the ends of rows, in order.
    #[inline(always)]
    pub fn ends(&self) -> &[End] {
        self.ends.all()
    }

    /// Returns which row an offset stands in: how many end before it.
    #[inline(always)]
    pub fn row_at(&self, offset: usize) -> usize {
        let mut row = self.words.get(offset / WORD).map_or(0, |marks| marks.rows as usize);
        while self.ends().get(row).is_some_and(|end| end.offset() < offset) {
            row += 1;
        }
        row
    }

    /// Returns whether every row that ends in the stretch has so many fields, is not blank, and is
    /// shorter than a limit. It may say no of rows of a byte or two that are so.
    #[inline(always)]
    pub fn is_regular(&self, width: usize, limit: usize) -> bool {
        self.ends.are_regular(width, limit)
    }

    /// Returns the offsets of line breaks inside quotes, in order.
    #[inline(always)]
    pub fn inner(&self) -> &[u32] {
        self.inner.all()
    }

    /// Returns the offset of the first quote, or byte after a closing quote, that no plain row has,
    /// or byte that is no text. Nothing is known of what follows.
    pub fn bad(&self) -> Option<usize> {
        self.bad
    }

    /// Goes over the fields of a row that starts and ends at these offsets.
    #[inline(always)]
    pub fn fields(&self, start: usize, end: usize) -> Fields<'_> {
        Fields::new(self, start, end)
    }
}

/// The bits below an offset's place in its word.
#[inline(always)]
fn below_bit(offset: usize) -> u64 {
    (1u64 << (offset % WORD)) - 1
}

#[cold]
fn padded(rest: &[u8]) -> [u8; WORD] {
    let mut bytes = [0; WORD];
    bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    bytes
}

#[cfg(test)]
mod tests;
