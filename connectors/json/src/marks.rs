//! Where the lines of a text end, and what stands in each: the colons behind its keys, how many
//! quotes, and the bytes that need a closer look. Found sixty-four bytes at a time.
//!
//! A quote behind a backslash that is not itself behind one is part of a string. That is certain
//! without knowing where strings begin: a backslash has no place outside of one.

use fearless_simd::{prelude::*, u8x64};
use holdall_scan::places::Places;
use holdall_scan::written::Written;

/// Bytes that are looked at in one go.
const WORD: usize = 64;

/// What stands in a text.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// The offset from which places are counted.
    base: usize,
    lines: Written<Passed>,
    /// Colons that stand right behind a quote, and line feeds.
    anchors: Places,
    /// Backslashes that begin an escape, and control characters.
    odd: Places,
}

/// How much stands in a text up to the end of a line.
#[derive(Clone, Copy, Debug, Default)]
struct Passed {
    anchors: u32,
    odd: u32,
    quotes: u32,
}

/// A line of a text. Its places are counted from `base`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'m> {
    pub(crate) base: usize,
    pub(crate) start: usize,
    /// Its line feed.
    pub(crate) end: usize,
    /// The colons that stand right behind a quote, then its line feed.
    pub(crate) anchors: &'m [u32],
    /// The backslashes that begin an escape, and the control characters.
    pub(crate) odd: &'m [u32],
    /// How many quotes stand in it, escaped ones aside.
    pub(crate) quotes: u32,
}

impl Line<'_> {
    /// Returns whether an escape or a control character stands between two offsets of the text.
    #[inline(always)]
    pub(crate) fn is_odd_in(&self, from: usize, to: usize) -> bool {
        let mut is_odd = false;
        for at in self.odd {
            let at = self.base + *at as usize;
            is_odd |= from <= at && at < to;
        }
        is_odd
    }
}

impl Marks {
    /// Finds the marks of a text of at most 4 GiB from an offset on, at which a line begins.
    #[inline(never)]
    pub(crate) fn find<S: Simd>(&mut self, simd: S, text: &[u8], base: usize) {
        let text = text.get(base..).unwrap_or_default();
        let old = std::mem::take(self);
        *self = simd.vectorize(
            #[inline(always)]
            || old.of(simd, text),
        );
        self.base = base;
    }

    #[inline(always)]
    fn of<S: Simd>(mut self, simd: S, text: &[u8]) -> Self {
        self.lines.start();
        self.anchors.start();
        self.odd.start();
        let (mut state, mut quotes) = (State::default(), 0);
        let (words, tail) = text.as_chunks::<WORD>();
        for (index, word) in words.iter().enumerate() {
            let seen;
            (seen, state) = state.word(simd, word);
            self.add((index * WORD) as u32, quotes, seen);
            quotes += seen.quotes.count_ones();
        }
        if !tail.is_empty() {
            let mut word = [b' '; WORD];
            word.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
            self.add((words.len() * WORD) as u32, quotes, state.word(simd, &word).0);
        }
        self
    }

    /// Adds what was seen in a word, before which so many quotes stand.
    #[inline(always)]
    fn add(&mut self, base: u32, quotes: u32, seen: Seen) {
        let (anchors, odd) = (self.anchors.all().len() as u32, self.odd.all().len() as u32);
        self.anchors.add::<4>(base, seen.anchors);
        if seen.odd != 0 {
            self.odd.add::<2>(base, seen.odd);
        }
        let mut feeds = seen.feeds;
        self.lines.add::<1>(feeds.count_ones(), |_| {
            let before = feeds ^ feeds.wrapping_sub(1);
            feeds &= feeds.wrapping_sub(1);
            Passed {
                anchors: anchors + (seen.anchors & before).count_ones(),
                odd: odd + (seen.odd & before).count_ones(),
                quotes: quotes + (seen.quotes & before).count_ones(),
            }
        });
    }

    /// Returns the offset from which places are counted.
    pub(crate) fn base(&self) -> usize {
        self.base
    }

    /// Returns how many lines end.
    pub(crate) fn count(&self) -> usize {
        self.lines.all().len()
    }

    /// Returns the anchors of all lines that end, if each has so many of them and so many quotes.
    #[inline(always)]
    pub(crate) fn places(&self, width: usize, quotes: u32) -> Option<&[u32]> {
        let (anchors, mut other, mut all) = (u32::try_from(width).ok()?, 0, (0u32, 0u32));
        for passed in self.lines.all() {
            all = (all.0.wrapping_add(anchors), all.1.wrapping_add(quotes));
            other |= passed.anchors ^ all.0 | passed.quotes ^ all.1;
        }
        let places = self.anchors.all().get(..all.0 as usize)?;
        (other == 0 && !places.is_empty()).then_some(places)
    }

    /// Returns the backslashes that begin an escape and the control characters of the lines that
    /// end.
    #[inline(always)]
    pub(crate) fn odd(&self) -> &[u32] {
        let count = self.lines.all().last().map_or(0, |passed| passed.odd as usize);
        self.odd.all().get(..count).unwrap_or_default()
    }

    /// Returns the `nth` line that ends.
    #[inline(always)]
    pub(crate) fn line(&self, nth: usize) -> Option<Line<'_>> {
        let passed = self.lines.all().get(nth)?;
        let before = nth.checked_sub(1).and_then(|nth| self.lines.all().get(nth)).copied();
        let before = before.unwrap_or_default();
        let (all, first) = (self.anchors.all(), before.anchors as usize);
        let anchors = all.get(first..passed.anchors as usize)?;
        let start = match first.checked_sub(1) {
            Some(feed) => *all.get(feed)? as usize + 1,
            None => 0,
        };
        Some(Line {
            base: self.base,
            start: self.base + start,
            end: self.base + *anchors.last()? as usize,
            anchors,
            odd: self.odd.all().get(before.odd as usize..passed.odd as usize)?,
            quotes: passed.quotes - before.quotes,
        })
    }
}

/// What is carried from word to word, as the first bit.
#[derive(Clone, Copy, Default)]
struct State {
    /// Whether the byte before begins an escape.
    escapes: u64,
    /// Whether the byte before is a quote.
    quoted: u64,
}

/// What was seen in a word, a bit for each byte.
#[derive(Clone, Copy)]
struct Seen {
    feeds: u64,
    anchors: u64,
    odd: u64,
    quotes: u64,
}

impl State {
    #[inline(always)]
    fn word<S: Simd>(self, simd: S, bytes: &[u8; WORD]) -> (Seen, Self) {
        let word = u8x64::simd_from(simd, *bytes);
        let feeds = word.simd_eq(b'\n').to_bitmask();
        let backslashes = word.simd_eq(b'\\').to_bitmask();
        let mut quotes = word.simd_eq(b'"').to_bitmask();
        let mut odd = word.simd_lt(0x20).to_bitmask() & !feeds;
        let mut next = 0;
        if backslashes | self.escapes != 0 {
            let (escapes, escaped) = escapes(backslashes, self.escapes);
            odd |= escapes;
            quotes &= !escaped;
            next = escapes >> (WORD - 1);
        }
        let colons = word.simd_eq(b':').to_bitmask() & (quotes << 1 | self.quoted);
        let seen = Seen { feeds, anchors: colons | feeds, odd, quotes };
        (seen, Self { escapes: next, quoted: quotes >> (WORD - 1) })
    }
}

/// Returns the backslashes that begin an escape, and the bytes behind them.
#[inline(always)]
fn escapes(backslashes: u64, mut escaped: u64) -> (u64, u64) {
    let mut escapes = 0;
    let mut rest = backslashes & !escaped;
    while rest != 0 {
        let first = rest & rest.wrapping_neg();
        escapes |= first;
        escaped |= first << 1;
        rest &= !(first | first << 1);
    }
    (escapes, escaped)
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::*;

    use super::*;

    /// Start, anchors, odd bytes and the number of quotes of each line, byte by byte.
    type Plain = (usize, Vec<u32>, Vec<u32>, u32);

    fn plainly(text: &[u8], base: usize) -> Vec<Plain> {
        let (mut lines, mut start, mut escaped) = (Vec::new(), base, false);
        let (mut anchors, mut odd, mut quotes, mut quoted) = (Vec::new(), Vec::new(), 0, false);
        for (at, byte) in text[base..].iter().copied().enumerate() {
            let escapes = byte == b'\\' && !escaped;
            if byte == b'\n' || byte == b':' && quoted {
                anchors.push(at as u32);
            } else if escapes || byte < 0x20 {
                odd.push(at as u32);
            }
            if byte == b'\n' {
                lines.push((start, anchors.split_off(0), odd.split_off(0), quotes));
                (start, quotes) = (base + at + 1, 0);
            }
            quoted = byte == b'"' && !escaped;
            quotes += u32::from(quoted);
            escaped = escapes;
        }
        lines
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn vectors_see_what_bytes_say(text in "([a\"\\\\:\n\t]|\":|\\\\\\\\|.{9}|\u{eb}){0,60}") {
            let (text, level, mut marks) = (text.as_bytes(), Level::new(), Marks::default());
            for base in 0..text.len().min(2) {
                dispatch!(level, simd => marks.find(simd, text, base));
                let plain = |line: Line<'_>| {
                    let Line { start, anchors, odd, quotes, .. } = line;
                    assert_eq!(text[line.end], b'\n');
                    (start, anchors.to_vec(), odd.to_vec(), quotes)
                };
                let lines: Vec<Plain> = (0..).map_while(|nth| marks.line(nth)).map(plain).collect();
                prop_assert_eq!(lines, plainly(text, base));
            }
        }
    }
}
