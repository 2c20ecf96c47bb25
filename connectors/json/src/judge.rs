//! Whether a record is sound, and whether it could be wanted, without making values of it.
//!
//! A record that is judged sound is one that [`crate::parse`] takes, and one that is judged not
//! wanted is one that the lookup does not want. Everything else is for the parser to say.
//!
//! A scalar is compared if the last key of the path that is asked for stands anywhere above it.
//! That is more than the path says, and never less.

use fearless_simd::Simd;
use holdall_connector::{Lookup, Match, Segment};
use holdall_scan::keys::Keys;
use holdall_scan::needles::Needles;

use crate::lexeme::{Scalar, black, scalar, string};
use crate::parse::DEPTH_LIMIT;

/// What is asked for, made ready for many records.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    matches: Vec<One<'a>>,
}

/// One column that is asked for.
#[derive(Debug)]
struct One<'a> {
    /// The last key of its path.
    key: Option<&'a str>,
    keys: Keys<'a>,
}

/// A set of columns that are asked for, a bit each; the last bit stands for all beyond.
pub(crate) type Bits = u64;

const LAST: usize = 63;

impl<'a> Asked<'a> {
    pub(crate) fn new(lookup: &'a Lookup) -> Self {
        let one = |asked: &'a Match| {
            let key = asked.column.segments().iter().rev().find_map(|segment| match segment {
                Segment::Key(key) => Some(key.as_str()),
                Segment::Each => None,
            });
            One { key, keys: Keys::new(asked) }
        };
        Self { matches: lookup.any.iter().map(one).collect() }
    }

    /// Returns the columns whose values can stand below a key.
    #[inline]
    pub(crate) fn below(&self, key: &[u8]) -> Bits {
        let mut bits = 0;
        for (index, one) in self.matches.iter().enumerate() {
            if one.key.is_none_or(|asked| asked.as_bytes() == key) {
                bits |= 1 << index.min(LAST);
            }
        }
        bits
    }

    /// Returns the columns of which a pattern stands for every match.
    pub(crate) fn covered(&self, needles: &Needles) -> Bits {
        let others = (0..self.matches.len()).filter(|nth| !needles.covers(*nth));
        others.fold(Bits::MAX, |bits, nth| bits & !(1 << nth.min(LAST)))
    }

    /// Returns whether a scalar could be wanted as a value of one of these columns.
    #[inline(always)]
    pub(crate) fn may_hold(&self, bits: Bits, is: Scalar, raw: &[u8], room: &mut Vec<u8>) -> bool {
        if bits == 0 {
            return false;
        }
        match (is, raw) {
            (Scalar::Null, _) => false,
            (Scalar::Text, [b'"', inner @ .., b'"']) => self.any_may_hold(bits, inner, room),
            (Scalar::Plain, word) => self.any_may_hold(bits, word, room),
            _ => self.may_hold_decoded(bits, is, raw, room),
        }
    }

    /// The same of a value without quotes and escapes.
    #[inline(always)]
    pub(crate) fn any_may_hold(&self, bits: Bits, value: &[u8], room: &mut Vec<u8>) -> bool {
        for (index, one) in self.matches.iter().enumerate() {
            if bits >> index.min(LAST) & 1 == 1 && one.keys.may_hold(value, room) {
                return true;
            }
        }
        false
    }

    #[inline(never)]
    fn may_hold_decoded(&self, bits: Bits, is: Scalar, raw: &[u8], room: &mut Vec<u8>) -> bool {
        let text = serde_json::from_slice::<String>(raw);
        match text {
            Ok(text) if is == Scalar::Escaped => self.any_may_hold(bits, text.as_bytes(), room),
            _ => true,
        }
    }
}

/// Judges records one after the other; holds scratch space alone.
#[derive(Debug, Default)]
pub(crate) struct Judge {
    open: Vec<Open>,
    /// Where the keys of all open objects stand.
    keys: Vec<(usize, usize)>,
    pub(crate) room: Vec<u8>,
}

/// An object or list that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    is_object: bool,
    /// The columns asked for above it.
    bits: Bits,
    /// Its first key among the keys.
    first: usize,
}

impl Judge {
    /// Judges the record between two offsets of a text: whether it could be wanted, or `None` if it
    /// may not be sound. The record is UTF-8.
    #[inline(always)]
    pub(crate) fn record<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        (from, to): (usize, usize),
        asked: &Asked<'_>,
    ) -> Option<bool> {
        self.open.clear();
        self.keys.clear();
        let (mut at, mut bits, mut could_be) = (black(text, from), 0, false);
        if text.get(at) != Some(&b'{') {
            return None;
        }
        loop {
            let starts = *text.get(at)?;
            let mut end = at;
            if matches!(starts, b'{' | b'[') {
                let is_object = starts == b'{';
                self.open(is_object, bits)?;
                at = black(text, at + 1);
                if text.get(at) != Some(if is_object { &b'}' } else { &b']' }) {
                    if is_object {
                        (at, bits) = self.key(simd, text, at, asked)?;
                    }
                    continue;
                }
            } else {
                let is;
                (end, is) = scalar(simd, text, at)?;
                let raw = text.get(at..end).unwrap_or_default();
                could_be = could_be || asked.may_hold(bits, is, raw, &mut self.room);
                at = black(text, end);
            }
            loop {
                let Some(open) = self.open.last().copied() else {
                    return (end <= to && at >= to).then_some(could_be);
                };
                match (text.get(at)?, open.is_object) {
                    (b'}', true) => self.close(text)?,
                    (b']', false) => self.open.truncate(self.open.len() - 1),
                    (b',', true) => {
                        (at, bits) = self.key(simd, text, black(text, at + 1), asked)?;
                        break;
                    }
                    (b',', false) => {
                        (at, bits) = (black(text, at + 1), open.bits);
                        break;
                    }
                    _ => return None,
                }
                end = at + 1;
                at = black(text, end);
            }
        }
    }

    fn open(&mut self, is_object: bool, bits: Bits) -> Option<()> {
        self.open.push(Open { is_object, bits, first: self.keys.len() });
        (self.open.len() <= DEPTH_LIMIT).then_some(())
    }

    /// Takes a key and its colon; returns where its value starts, and the columns asked for there.
    #[inline(always)]
    fn key<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        at: usize,
        asked: &Asked<'_>,
    ) -> Option<(usize, Bits)> {
        if text.get(at) != Some(&b'"') {
            return None;
        }
        let (end, escaped) = string(simd, text, at)?;
        let colon = black(text, end);
        if escaped || text.get(colon) != Some(&b':') {
            return None;
        }
        self.keys.push((at + 1, end - 1));
        let key = text.get(at + 1..end - 1)?;
        Some((black(text, colon + 1), self.open.last()?.bits | asked.below(key)))
    }

    /// Closes an object; `None` if it has a key twice.
    #[inline(always)]
    fn close(&mut self, text: &[u8]) -> Option<()> {
        let open = self.open.pop()?;
        let keys = self.keys.get(open.first..)?;
        let is_sound = !has_duplicate(text, keys);
        self.keys.truncate(open.first);
        is_sound.then_some(())
    }
}

/// Beyond so many keys they are sorted to find two that are the same.
const FEW: usize = 24;

#[inline]
fn has_duplicate(text: &[u8], keys: &[(usize, usize)]) -> bool {
    let key = |(from, to): &(usize, usize)| text.get(*from..*to).unwrap_or_default();
    if keys.len() > FEW {
        let mut sorted: Vec<&[u8]> = keys.iter().map(key).collect();
        sorted.sort_unstable();
        return sorted.windows(2).any(|pair| matches!(pair, [a, b] if a == b));
    }
    let mut rest = keys;
    while let [a, others @ ..] = rest {
        for b in others {
            if a.1 - a.0 == b.1 - b.0 && key(a) == key(b) {
                return true;
            }
        }
        rest = others;
    }
    false
}
