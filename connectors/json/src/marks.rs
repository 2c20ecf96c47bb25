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
    /// The lines that end, if they were asked for.
    lines: Written<Passed>,
    /// Colons that stand right behind a quote, and line feeds.
    anchors: Places,
    odd: Written<Odd>,
    /// How many quotes stand in the text, escaped ones aside.
    quotes: u32,
}

/// A backslash that begins an escape, or a control character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Odd {
    /// Its place.
    pub(crate) at: u32,
    /// How many anchors stand before it in the text.
    pub(crate) next: u32,
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
    /// How many anchors stand before them in the text.
    pub(crate) before: usize,
    /// The backslashes that begin an escape, and the control characters.
    pub(crate) odd: &'m [Odd],
    /// How many quotes stand in it, escaped ones aside.
    pub(crate) quotes: u32,
}

impl Line<'_> {
    /// Returns whether an escape or a control character stands between two offsets of the text.
    #[inline(always)]
    pub(crate) fn is_odd_in(&self, from: usize, to: usize) -> bool {
        let mut is_odd = false;
        for odd in self.odd {
            let at = self.base + odd.at as usize;
            is_odd |= from <= at && at < to;
        }
        is_odd
    }
}

impl Marks {
    /// Finds the marks of a text of at most 4 GiB from an offset on, at which a line begins. The
    /// lines themselves ([`Marks::line`]) only if they are asked for.
    #[inline(never)]
    pub(crate) fn find<S: Simd>(&mut self, simd: S, text: &[u8], base: usize, by_line: bool) {
        let text = text.get(base..).unwrap_or_default();
        let old = std::mem::take(self);
        *self = if by_line {
            simd.vectorize(
                #[inline(always)]
                || old.of::<S, true>(simd, text),
            )
        } else {
            simd.vectorize(
                #[inline(always)]
                || old.of::<S, false>(simd, text),
            )
        };
        self.base = base;
    }

    #[inline(always)]
    fn of<S: Simd, const BY_LINE: bool>(mut self, simd: S, text: &[u8]) -> Self {
        self.lines.start();
        self.anchors.start();
        self.odd.start();
        self.quotes = 0;
        let mut state = State::default();
        let (words, tail) = text.as_chunks::<WORD>();
        for (index, word) in words.iter().enumerate() {
            let seen;
            (seen, state) = state.word(simd, word);
            self.add::<S, BY_LINE>(simd, (index * WORD) as u32, seen);
        }
        if !tail.is_empty() {
            let mut word = [b' '; WORD];
            word.iter_mut().zip(tail).for_each(|(to, from)| *to = *from);
            let (seen, _) = state.word(simd, &word);
            self.add::<S, BY_LINE>(simd, (words.len() * WORD) as u32, seen);
        }
        self
    }

    /// Adds what was seen in a word.
    #[inline(always)]
    fn add<S: Simd, const BY_LINE: bool>(&mut self, simd: S, base: u32, seen: Seen) {
        let (anchors, odd) = (self.anchors.all().len() as u32, self.odd.all().len() as u32);
        self.anchors.add_wide(simd, base, seen.anchors);
        if seen.odd != 0 {
            let mut bits = seen.odd;
            self.odd.add::<2>(bits.count_ones(), |_| {
                let place = bits.trailing_zeros();
                let before = bits ^ bits.wrapping_sub(1);
                bits &= bits.wrapping_sub(1);
                let next = anchors + (seen.anchors & before).count_ones();
                Odd { at: base.wrapping_add(place), next }
            });
        }
        if BY_LINE {
            let (mut feeds, quotes) = (seen.feeds, self.quotes);
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
        self.quotes += seen.quotes.count_ones();
    }

    /// Returns the offset from which places are counted.
    pub(crate) fn base(&self) -> usize {
        self.base
    }

    /// Returns the anchors, if there are so many in so many lines, and so many quotes in each.
    /// (Not that each line has as many as the others.)
    #[inline(always)]
    pub(crate) fn places(&self, width: usize, quotes: u32) -> Option<&[u32]> {
        let places = self.anchors.all();
        let count = places.len().checked_div(width)?;
        let is_so = count > 0 && count * width == places.len();
        (is_so && count * quotes as usize == self.quotes as usize).then_some(places)
    }

    /// Returns the backslashes that begin an escape, and the control characters.
    #[inline(always)]
    pub(crate) fn odd(&self) -> &[Odd] {
        self.odd.all()
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
            before: first,
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
        let behind = backslashes << 1 | self.escapes;
        let (escapes, escaped) = if backslashes & behind == 0 {
            (backslashes, behind)
        } else {
            escapes(backslashes, self.escapes)
        };
        let quotes = word.simd_eq(b'"').to_bitmask() & !escaped;
        let odd = word.simd_lt(0x20).to_bitmask() & !feeds | escapes;
        let colons = word.simd_eq(b':').to_bitmask() & (quotes << 1 | self.quoted);
        let seen = Seen { feeds, anchors: colons | feeds, odd, quotes };
        (seen, Self { escapes: escapes >> (WORD - 1), quoted: quotes >> (WORD - 1) })
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
                dispatch!(level, simd => marks.find(simd, text, base, true));
                let plain = |line: Line<'_>| {
                    let Line { start, anchors, before, odd, quotes, .. } = line;
                    assert_eq!(text[line.end], b'\n');
                    for odd in odd {
                        let next = anchors.partition_point(|anchor| *anchor < odd.at);
                        assert_eq!(before + next, odd.next as usize);
                    }
                    (start, anchors.to_vec(), odd.iter().map(|odd| odd.at).collect(), quotes)
                };
                let lines: Vec<Plain> = (0..).map_while(|nth| marks.line(nth)).map(plain).collect();
                prop_assert_eq!(&lines, &plainly(text, base));
                let (anchors, odd, quotes) = (marks.anchors.all().to_vec(), marks.odd.all().to_vec(), marks.quotes);
                dispatch!(level, simd => marks.find(simd, text, base, false));
                prop_assert_eq!((marks.anchors.all(), marks.odd.all(), marks.quotes), (&*anchors, &*odd, quotes));
            }
        }
    }
}
