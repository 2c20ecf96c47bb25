//! The structure of delimited text: where its delimiters and line breaks stand outside quotes,
//! found sixty-four bytes at a time by the widest vectors that the processor has.
//!
//! Only *plain* quotes are followed: each opens a field (it follows a delimiter, a line break or
//! the start), closes one (a delimiter or a line break follows), or is one of a doubled pair inside
//! a quoted field. Then "an odd number of quotes stands before" is the same as "inside quotes", by
//! induction over the quotes. The first quote that is not plain ends the structure
//! ([`Structure::bad`]).

use std::ops::Range;

use fearless_simd::{prelude::*, u8x64};

use crate::masks::{WORD, below, parity};
use crate::places::Places;

/// The structure of a stretch of text. Offsets are relative to the start of the stretch.
#[derive(Debug, Default)]
pub struct Structure {
    words: Vec<Marks>,
    /// Line ends: a CRLF by its second byte.
    ends: Places,
    /// Line breaks inside quotes, a CRLF once.
    inner: Places,
    is_ascii: bool,
    bad: Option<usize>,
}

/// What stands in sixty-four bytes, a bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// Delimiters outside quotes.
    delimiters: u64,
    /// Bytes beyond ASCII.
    foreign: u64,
    /// How many delimiters stand before these bytes.
    before: u32,
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
}

impl Structure {
    /// Follows a text from the start of a row to an offset or a little beyond, at most 2 GiB.
    #[inline(always)]
    pub fn follow<S: Simd>(&mut self, simd: S, text: Text<'_>, from: usize, to: usize) {
        let rest = text.bytes.get(from..).unwrap_or_default();
        let length = to.saturating_sub(from).next_multiple_of(WORD).min(rest.len());
        self.start(length);
        let (words, tail) = rest.get(..length).unwrap_or_default().as_chunks::<WORD>();
        let mut state = State::new();
        let mut marks = self.words.iter_mut();
        for ((index, bytes), marks) in words.iter().enumerate().zip(&mut marks) {
            let next = || match rest.get((index + 1) * WORD) {
                Some(byte) => *byte == b'\n',
                None => !text.last,
            };
            let seen = state.word(simd, text.delimiter, bytes, next);
            *marks = seen.marks;
            let base = (index * WORD) as u32;
            if seen.inner | seen.bad != 0 {
                self.inner.add::<2>(base, seen.inner & seen.sound());
                if seen.bad != 0 {
                    self.ends.add::<2>(base, seen.ends & seen.sound());
                    self.bad = Some(from + base as usize + seen.bad.trailing_zeros() as usize);
                    return;
                }
            }
            self.ends.add::<2>(base, seen.ends);
        }
        if let (Some(marks), false) = (marks.next(), tail.is_empty()) {
            let real = (1 << tail.len()) - 1;
            let unsettled = !text.last && tail.last() == Some(&b'\r');
            let mut seen = state.word(simd, text.delimiter, &padded(tail), || false);
            *marks = seen.marks;
            seen.bad &= real;
            let (base, sound) = ((words.len() * WORD) as u32, seen.sound());
            self.ends.add::<2>(base, seen.ends & sound & if unsettled { real >> 1 } else { real });
            self.inner.add::<2>(base, seen.inner & sound);
            if seen.bad != 0 {
                self.bad = Some(from + base as usize + seen.bad.trailing_zeros() as usize);
            }
        }
        self.is_ascii = state.foreign == 0;
    }

    fn start(&mut self, length: usize) {
        self.words.resize(length.div_ceil(WORD), Marks::default());
        self.ends.start();
        self.inner.start();
        self.is_ascii = false;
        self.bad = None;
    }

    /// Returns the offsets of line ends, in order. A CRLF ends at its second byte.
    #[inline(always)]
    pub fn ends(&self) -> &[u32] {
        self.ends.all()
    }

    /// Returns the offsets of line breaks inside quotes, in order.
    #[inline(always)]
    pub fn inner(&self) -> &[u32] {
        self.inner.all()
    }

    /// Returns the offset in the text of the first quote, or byte after a closing quote, that no
    /// plain row has. Nothing is known of what follows.
    pub fn bad(&self) -> Option<usize> {
        self.bad
    }

    /// Returns how many delimiters stand before an offset.
    #[inline(always)]
    pub fn delimiters_before(&self, offset: usize) -> usize {
        let Some(marks) = self.words.get(offset / WORD) else { return usize::MAX };
        marks.before as usize + (marks.delimiters & below_bit(offset)).count_ones() as usize
    }

    /// Returns where the field is that follows the `nth` delimiter from a row's start on; field 0
    /// begins the row. The row ends at `end`.
    #[inline(always)]
    pub fn field(&self, start: usize, end: usize, nth: usize) -> Range<usize> {
        let mut word = start / WORD;
        let bits = |word: usize| self.words.get(word).map_or(0, |marks| marks.delimiters);
        let mut marks = bits(word) & !below_bit(start);
        let mut from = start;
        if let Some(mut before) = nth.checked_sub(1) {
            while marks.count_ones() as usize <= before {
                before -= marks.count_ones() as usize;
                word += 1;
                if word >= self.words.len() {
                    return end..end;
                }
                marks = bits(word);
            }
            for _ in 0..before {
                marks &= marks.wrapping_sub(1);
            }
            from = word * WORD + marks.trailing_zeros() as usize + 1;
            marks &= marks.wrapping_sub(1);
        }
        while marks == 0 && (word + 1) * WORD < end {
            word += 1;
            marks = bits(word);
        }
        let to = if marks == 0 { end } else { word * WORD + marks.trailing_zeros() as usize };
        from..to.min(end)
    }

    /// Returns whether a byte beyond ASCII stands in a range of the stretch.
    #[inline(always)]
    pub fn is_foreign(&self, range: Range<usize>) -> bool {
        if self.is_ascii || range.is_empty() {
            return false;
        }
        let (first, last) = (range.start / WORD, (range.end - 1) / WORD);
        let word = |index: usize| self.words.get(index).map_or(u64::MAX, |marks| marks.foreign);
        let from = u64::MAX << (range.start % WORD);
        let to = u64::MAX >> (WORD - 1 - (range.end - 1) % WORD);
        match last - first {
            0 => word(first) & from & to != 0,
            _ => {
                word(first) & from != 0
                    || word(last) & to != 0
                    || (first + 1..last).any(|index| word(index) != 0)
            }
        }
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
    /// Where in any word a byte beyond ASCII stood.
    foreign: u64,
}

/// What was seen in a word.
struct Seen {
    marks: Marks,
    ends: u64,
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
    fn new() -> Self {
        Self { quoted: 0, opens: 1, closed: 0, returned: 0, passed: 0, foreign: 0 }
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
        let marks = Marks { delimiters, foreign, before: self.passed };
        self.passed += delimiters.count_ones();
        self.foreign |= foreign;
        Seen { marks, ends, inner, bad }
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::*;

    use super::*;

    /// The same byte by byte: delimiters, ends, inner breaks and the first bad byte.
    fn plainly(
        text: &[u8],
        delimiter: u8,
        last: bool,
    ) -> (Vec<usize>, Vec<u32>, Vec<u32>, Option<usize>) {
        let (mut delimiters, mut ends, mut inner) = (Vec::new(), Vec::new(), Vec::new());
        let (mut quoted, mut opens, mut closed) = (false, true, false);
        for (at, byte) in text.iter().copied().enumerate() {
            let is_break = matches!(byte, b'\r' | b'\n');
            let is_quote = byte == b'"';
            if closed && !(is_break || is_quote || byte == delimiter)
                || is_quote && !quoted && !opens
            {
                return (delimiters, ends, inner, Some(at));
            }
            let pair = |at: usize| text.get(at) == Some(&b'\r') && text.get(at + 1) == Some(&b'\n');
            if is_break && quoted && !(byte == b'\n' && at > 0 && pair(at - 1)) {
                inner.push(at as u32);
            }
            if is_break && !quoted && !pair(at) && (byte == b'\n' || last || at + 1 < text.len()) {
                ends.push(at as u32);
            }
            if byte == delimiter && !quoted {
                delimiters.push(at);
            }
            closed = is_quote && quoted;
            quoted ^= is_quote;
            opens = !quoted && (is_break || byte == delimiter || is_quote);
        }
        (delimiters, ends, inner, None)
    }

    fn follow(text: &[u8], from: usize, last: bool, structure: &mut Structure) {
        let level = Level::new();
        let text = Text { bytes: text, last, delimiter: b',' };
        dispatch!(level, simd => structure.follow(simd, text, from, text.bytes.len()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn vectors_see_what_bytes_say(text in "([a,\"\r\n]|,\"|\",|\"\"|\r\n|\u{eb}){0,200}", last: bool) {
            let bytes = text.as_bytes();
            let mut structure = Structure::default();
            follow(bytes, 0, last, &mut structure);
            let (delimiters, ends, inner, bad) = plainly(bytes, b',', last);
            prop_assert_eq!(structure.ends(), ends);
            prop_assert_eq!(structure.inner(), inner);
            prop_assert_eq!(structure.bad(), bad);
            let sound = bad.unwrap_or(bytes.len());
            for from in (0..sound).step_by(7) {
                let before = delimiters.iter().filter(|at| **at < from).count();
                prop_assert_eq!(structure.delimiters_before(from), before);
                for to in (from..sound).step_by(13) {
                    prop_assert_eq!(structure.is_foreign(from..to), !bytes[from..to].is_ascii());
                    let here: Vec<usize> =
                        delimiters.iter().copied().filter(|at| (from..to).contains(at)).collect();
                    for nth in 0..=here.len() {
                        let start = if nth == 0 { from } else { here[nth - 1] + 1 };
                        let end = here.get(nth).copied().unwrap_or(to);
                        prop_assert_eq!(structure.field(from, to, nth), start..end);
                    }
                }
            }
        }
    }

    #[test]
    fn a_stretch_may_be_followed_after_another() {
        let text = b"a,b\nc,\"d\ne\"\n";
        let mut structure = Structure::default();
        follow(text, 0, true, &mut structure);
        assert_eq!((structure.ends(), structure.inner()), (&[3, 11][..], &[8][..]));
        follow(text, 4, true, &mut structure);
        assert_eq!((structure.ends(), structure.field(0, 7, 1)), (&[7][..], 2..7));
    }
}
