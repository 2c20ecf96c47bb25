//! The structure of delimited text: where its delimiters and line breaks stand outside quotes,
//! found sixty-four bytes at a time by the widest vectors that the processor has.
//!
//! Only *plain* quotes are followed: each opens a field (it follows a delimiter, a line break or
//! the start), closes one (a delimiter or a line break follows), or is one of a doubled pair inside
//! a quoted field. Then "an odd number of quotes stands before" is the same as "inside quotes", by
//! induction over the quotes. The first quote that is not plain ends the structure
//! ([`Structure::bad`]).

use fearless_simd::{prelude::*, u8x64};

use crate::ends::{End, Ends};
use crate::letters::strange;
use crate::masks::{WORD, below, parity};
use crate::places::Places;

pub use self::fields::Fields;

mod fields;

/// The structure of a stretch of text. Offsets are relative to the start of the stretch.
#[derive(Debug, Default)]
pub struct Structure {
    words: Vec<Marks>,
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
    /// Strange bytes ([`crate::letters`], [`Text::for_names`]).
    strange: u64,
    /// How many line ends stand before these bytes.
    ends: u32,
}

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
    #[inline(always)]
    pub fn follow<S: Simd>(&mut self, simd: S, text: Text<'_>, from: usize, to: usize) {
        let rest = text.bytes.get(from..).unwrap_or_default();
        let length = to.saturating_sub(from).next_multiple_of(WORD).min(rest.len());
        self.start(length);
        let (words, tail) = rest.get(..length).unwrap_or_default().as_chunks::<WORD>();
        let mut state = State::new(text.for_names);
        let mut marks = self.words.iter_mut();
        for ((index, bytes), marks) in words.iter().enumerate().zip(&mut marks) {
            let next = || match rest.get((index + 1) * WORD) {
                Some(byte) => *byte == b'\n',
                None => !text.last,
            };
            let seen = state.word(simd, text.delimiter, bytes, next);
            *marks = Marks { ends: self.ends.all().len() as u32, ..seen.marks };
            let base = (index * WORD) as u32;
            let Seen { ends, passed, .. } = seen;
            if seen.inner | seen.bad != 0 {
                self.inner.add::<2>(base, seen.inner & seen.sound());
                if seen.bad != 0 {
                    self.ends.add(base, ends & seen.sound(), seen.marks.delimiters, passed);
                    self.bad = Some(base as usize + seen.bad.trailing_zeros() as usize);
                    self.settle(&state);
                    return;
                }
            }
            self.ends.add(base, ends, seen.marks.delimiters, passed);
        }
        if let (Some(marks), false) = (marks.next(), tail.is_empty()) {
            let real = (1 << tail.len()) - 1;
            let unsettled = !text.last && tail.last() == Some(&b'\r');
            let mut seen = state.word(simd, text.delimiter, &padded(tail), || false);
            *marks = Marks { ends: self.ends.all().len() as u32, ..seen.marks };
            seen.bad &= real;
            let (base, sound) = ((words.len() * WORD) as u32, seen.sound());
            let ends = seen.ends & sound & if unsettled { real >> 1 } else { real };
            self.ends.add(base, ends, seen.marks.delimiters, seen.passed);
            self.inner.add::<2>(base, seen.inner & sound);
            if seen.bad != 0 {
                self.bad = Some(base as usize + seen.bad.trailing_zeros() as usize);
            }
        }
        self.settle(&state);
    }

    fn settle(&mut self, state: &State) {
        self.is_plain = state.strange == 0;
        self.is_text = state.doubtful == 0;
    }

    fn start(&mut self, length: usize) {
        self.words.resize(length.div_ceil(WORD), Marks::default());
        self.ends.start();
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
        let mut row = self.words.get(offset / WORD).map_or(0, |marks| marks.ends as usize);
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

/// What is carried from word to word.
struct State {
    /// All ones inside quotes.
    quoted: u64,
    /// Whether the byte before may stand before an opening quote.
    opens: u64,
    /// Whether the byte before is a closing quote.
    closed: u64,
    /// Whether the byte before is a carriage return inside quotes.
    returned: u64,
    /// Delimiters passed.
    passed: u32,
    /// Whether the byte before is the first of a letter.
    opened: u64,
    /// Where in any word a strange byte stood, and where one that may be no text.
    strange: u64,
    doubtful: u64,
    for_names: bool,
}

/// What was seen in a word.
struct Seen {
    marks: Marks,
    ends: u64,
    /// Delimiters outside quotes before the word.
    passed: u32,
    /// Line breaks inside quotes.
    inner: u64,
    /// Quotes, or bytes after them, that no plain row has.
    bad: u64,
}

impl Seen {
    /// Returns the bits before the first that is bad.
    fn sound(&self) -> u64 {
        if self.bad == 0 { u64::MAX } else { below(self.bad.trailing_zeros()) }
    }
}

impl State {
    #[inline(always)]
    fn new(for_names: bool) -> Self {
        Self {
            quoted: 0,
            opens: 1,
            closed: 0,
            returned: 0,
            passed: 0,
            opened: 0,
            strange: 0,
            doubtful: 0,
            for_names,
        }
    }

    /// Takes a word. `next` says whether a line feed follows.
    #[inline(always)]
    fn word<S: Simd>(
        &mut self,
        simd: S,
        delimiter: u8,
        bytes: &[u8; WORD],
        next: impl FnOnce() -> bool,
    ) -> Seen {
        let word = u8x64::simd_from(simd, *bytes);
        let (quotes, feeds) = (word.simd_eq(b'"').to_bitmask(), word.simd_eq(b'\n').to_bitmask());
        let returns = word.simd_eq(b'\r').to_bitmask();
        let delimiters = word.simd_eq(delimiter).to_bitmask();
        let foreign = word.simd_gt(0x7f).to_bitmask();
        let quoted = parity(quotes) ^ self.quoted;
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let breaks = feeds | returns;
        let delimiters = delimiters & !quoted;
        let may_follow = delimiters | breaks & !quoted;
        let before = (may_follow | closing) << 1 | self.opens;
        let after = closing << 1 | self.closed;
        let bad = opening & !before | after & !(may_follow | quotes);
        let (mut ends, mut inner) = (feeds & !quoted, 0);
        if returns | breaks & quoted | self.returned != 0 {
            let paired = feeds >> 1 | u64::from(next()) << 63;
            ends |= returns & !quoted & !paired;
            let returned = returns & quoted;
            inner = returned | feeds & quoted & !(returned << 1 | self.returned);
            self.returned = returned >> 63;
        }
        self.quoted = (quoted >> 63).wrapping_neg();
        self.opens = (may_follow | closing) >> 63;
        self.closed = closing >> 63;
        let mut marks = Marks { delimiters, ..Marks::default() };
        if foreign | self.opened != 0 {
            (marks.strange, self.opened) = strange(word, foreign, self.opened);
            self.doubtful |= marks.strange;
        }
        if self.for_names {
            marks.strange |= foreign | (word.simd_eq(b'\'') | word.simd_eq(b'`')).to_bitmask();
        }
        self.strange |= marks.strange;
        let passed = self.passed;
        self.passed += delimiters.count_ones();
        Seen { marks, ends, passed, inner, bad }
    }
}

#[cfg(test)]
mod tests;
