//! How a line is written, and whether another is written in the same way.

use fearless_simd::{prelude::*, u8x32};

use super::Want;
use super::gaps::Gaps;
use crate::judge::Bits;
use crate::lexeme::{black, escape, scalar};
use crate::marks::{Line, Odd};

/// Bytes that are compared in one go.
pub(super) const WINDOW: usize = 32;

/// How a line is written.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// One for each anchor of a line: the colons behind its keys, and its line feed.
    pub(super) parts: Vec<Part>,
    /// What stands behind the first bytes of a long part: the part, and how far behind its start.
    pub(super) more: Vec<(usize, usize, Bytes)>,
    /// How far apart the anchors of the parts stand.
    pub(super) gaps: Gaps,
    /// How many quotes stand in the parts.
    pub(super) quotes: u32,
    /// The parts before which something stands that must be looked at.
    pub(super) followed: Vec<usize>,
    /// The parts before which a scalar stands that is asked for.
    pub(super) asked: Vec<usize>,
    /// Whether there are lists, whose strings have quotes as well.
    pub(super) has_lists: bool,
}

/// Bytes that stand in every line of a shape around an anchor.
#[derive(Debug)]
pub(super) struct Part {
    /// Its first bytes.
    pub(super) bytes: Bytes,
    pub(super) length: usize,
    /// How far it begins before its anchor.
    pub(super) back: usize,
    /// The bits that the length of what stands before it cannot have.
    pub(super) gap: u32,
    /// What stands before it.
    pub(super) before: Before,
    /// The columns asked for that that belongs to.
    pub(super) bits: Bits,
}

/// A few bytes.
#[derive(Debug)]
pub(super) struct Bytes {
    literal: Literal,
    /// A bit for each.
    pub(super) mask: u32,
}

/// Bytes, zeros after their end. Aligned: they are loaded as a vector.
#[derive(Debug)]
#[repr(align(32))]
struct Literal([u8; WINDOW]);

/// What stood before a part in the first line of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The part before, or the start of the line.
    Bytes,
    /// The inside of a string.
    Text,
    /// A number. In another line any scalar without quotes may stand there.
    Number,
    /// Another scalar.
    Word,
    /// Scalars with commas between them.
    List,
}

impl Before {
    /// The bits that its length cannot have. (A negative length has the first.)
    pub(super) fn gap(self) -> u32 {
        if self == Self::Bytes { u32::MAX } else { !(u32::MAX >> 1) }
    }
}

impl Bytes {
    /// Takes no more than a window of them.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut literal = Literal([0; WINDOW]);
        literal.0.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Self { literal, mask: below(bytes.len().min(WINDOW)) as u32 }
    }

    #[inline(always)]
    pub(super) fn vector<S: Simd>(&self, simd: S) -> u8x32<S> {
        u8x32::simd_from(simd, self.literal.0)
    }

    /// Returns a bit for each byte that does not stand at an offset.
    #[inline(always)]
    fn missing<S: Simd>(&self, simd: S, text: &[u8], at: usize) -> Option<u32> {
        let here = u8x32::simd_from(simd, *text.get(at..)?.first_chunk::<WINDOW>()?);
        let same = here.simd_eq(self.vector(simd)).to_bitmask();
        Some(self.mask & !(same as u32))
    }
}

impl Part {
    #[inline(always)]
    fn at(&self, line: &Line<'_>, anchor: u32) -> usize {
        (line.base + anchor as usize).wrapping_sub(self.back)
    }

    /// Returns whether what stands before the part, between two offsets, could be wanted.
    /// `is_escaped` says whether it has escapes.
    #[inline(always)]
    pub(super) fn may_hold<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        (from, to): (usize, usize),
        is_escaped: bool,
        want: &mut Want<'_, '_>,
    ) -> bool {
        let others = self.bits & !want.missed;
        let bits = match self.before {
            Before::Text if !is_escaped && others == self.bits => others,
            Before::Text if !is_escaped && is_even(simd, text, from, to) => others,
            Before::Text if !is_escaped => self.bits,
            Before::Text => return any_may_hold(simd, text, (from - 1, to + 1), self.bits, want),
            Before::Number if is_number(simd, text, from, to) => others,
            _ => return any_may_hold(simd, text, (from, to), self.bits, want),
        };
        bits != 0
            && want.asked.any_may_hold(bits, text.get(from..to).unwrap_or_default(), want.room)
    }
}

impl Shape {
    /// Follows a line. Returns whether it could be wanted; `None` if it is not of this shape.
    #[inline(always)]
    pub(super) fn follow<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        line: &Line<'_>,
        want: &mut Want<'_, '_>,
    ) -> Option<bool> {
        let is_other = line.quotes != self.quotes && !self.has_lists;
        if line.anchors.len() != self.parts.len() || is_other {
            return None;
        }
        let (mut missing, mut misplaced, mut from) = (0, 0, line.start);
        let mut anchors = line.anchors.iter();
        for part in &self.parts {
            let at = part.at(line, *anchors.next()?);
            missing |= part.bytes.missing(simd, text, at)?;
            misplaced |= at.wrapping_sub(from) as u32 & part.gap;
            from = at + part.length;
        }
        for (index, behind, bytes) in &self.more {
            let at = self.parts.get(*index)?.at(line, *line.anchors.get(*index)?);
            missing |= bytes.missing(simd, text, at + behind)?;
        }
        let is_other = missing != 0 || misplaced != 0;
        if is_other || !self.is_followed(simd, text, line) || !self.is_even(text, line) {
            return None;
        }
        Some(self.may_hold(simd, text, line, want))
    }

    /// Returns the part, and from where to where what stands before it goes.
    #[inline(always)]
    fn before(&self, index: usize, line: &Line<'_>) -> Option<(&Part, usize, usize)> {
        let part = self.parts.get(index)?;
        let to = part.at(line, *line.anchors.get(index)?);
        let index = index.checked_sub(1)?;
        let before = self.parts.get(index)?;
        Some((part, before.at(line, *line.anchors.get(index)?) + before.length, to))
    }

    /// Returns whether numbers, words and lists are sound, and no quote is left for the insides of
    /// strings.
    #[inline(always)]
    fn is_followed<S: Simd>(&self, simd: S, text: &[u8], line: &Line<'_>) -> bool {
        let mut quotes = self.quotes;
        for index in &self.followed {
            let Some((part, from, to)) = self.before(*index, line) else { return false };
            let is_sound = match part.before {
                Before::Number if is_number(simd, text, from, to) => true,
                Before::List => match list(simd, text, from, to) {
                    Some(more) => {
                        quotes += more;
                        true
                    }
                    None => false,
                },
                _ => end_of_scalar(simd, text, from) == Some(to),
            };
            if !is_sound {
                return false;
            }
        }
        quotes == line.quotes
    }

    /// Returns whether what is odd in a line is sound.
    #[inline(always)]
    fn is_even(&self, text: &[u8], line: &Line<'_>) -> bool {
        line.odd.is_empty()
            || escapes_are_sound(text, line.base, line.odd)
                && self.has_no_escaped_quote(text, line.base, line.odd, (line.anchors, line.before))
    }

    /// Returns whether no part begins with a quote behind one of these backslashes. Such a quote is
    /// not counted and ends no string: `"a":""\"` would have as many quotes as `"a":"b"`.
    #[inline(never)]
    pub(super) fn has_no_escaped_quote(
        &self,
        text: &[u8],
        base: usize,
        odd: &[Odd],
        (anchors, before): (&[u32], usize),
    ) -> bool {
        odd.iter().all(|odd| {
            let at = odd.at as usize;
            if text.get(base + at + 1) != Some(&b'"') {
                return true;
            }
            let next = (odd.next as usize).wrapping_sub(before);
            let part = self.parts.get(next % self.parts.len().max(1));
            let anchor = anchors.get(next).map(|anchor| *anchor as usize);
            let start = part.zip(anchor).map(|(part, anchor)| anchor.wrapping_sub(part.back));
            start.is_some_and(|start| start != at + 1)
        })
    }

    /// Returns whether a line of this shape has a scalar that could be wanted.
    #[inline(always)]
    pub(super) fn may_hold<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        line: &Line<'_>,
        want: &mut Want<'_, '_>,
    ) -> bool {
        for index in &self.asked {
            let Some((part, from, to)) = self.before(*index, line) else { return true };
            let is_escaped = line.is_odd_in(from, to);
            if part.may_hold(simd, text, (from, to), is_escaped, want) {
                return true;
            }
        }
        false
    }
}

/// Returns whether what stands between two offsets is not odd, if that is short.
#[inline(always)]
pub(super) fn is_even<S: Simd>(simd: S, text: &[u8], from: usize, to: usize) -> bool {
    let Some(here) = text.get(from..).and_then(|rest| rest.first_chunk::<WINDOW>()) else {
        return false;
    };
    let length = to.wrapping_sub(from);
    (length <= WINDOW) & (odd(simd, here) & below(length) == 0)
}

/// Returns a bit for each byte that is beyond ASCII or an apostrophe.
#[inline(always)]
fn odd<S: Simd>(simd: S, here: &[u8; WINDOW]) -> u64 {
    let here = u8x32::simd_from(simd, *here);
    (here.simd_gt(0x7f) | here.simd_eq(b'\'') | here.simd_eq(b'`')).to_bitmask()
}

/// Returns whether digits with or without a point stand between two offsets, as a number has them.
/// (All is looked at before anything is decided: how long numbers are is hard to predict.)
#[inline(always)]
pub(super) fn is_number<S: Simd>(simd: S, text: &[u8], from: usize, to: usize) -> bool {
    let Some(here) = text.get(from..).and_then(|rest| rest.first_chunk::<WINDOW>()) else {
        return false;
    };
    let length = to.wrapping_sub(from);
    let digits = u8x32::simd_from(simd, *here) - u8x32::splat(simd, b'0');
    let others = digits.simd_gt(9).to_bitmask() & below(length);
    let is_short = length.wrapping_sub(1) < WINDOW;
    let has_zero = text.get(from) == Some(&b'0');
    if others == 0 {
        return is_short & !(has_zero & (length > 1));
    }
    let point = others.trailing_zeros() as usize;
    let is_one = text.get(from + point) == Some(&b'.') && others & (others - 1) == 0;
    let is_inside = (point > 0) & (point + 1 < length);
    is_short & is_one & is_inside & !(has_zero & (point > 1))
}

/// Returns the bits below a place.
#[inline(always)]
fn below(place: usize) -> u64 {
    (1u64 << (place % 64)) - 1
}

#[inline(never)]
pub(super) fn end_of_scalar<S: Simd>(simd: S, text: &[u8], at: usize) -> Option<usize> {
    let (end, _) = simd.vectorize(
        #[inline(always)]
        || scalar(simd, text, at),
    )?;
    Some(end)
}

/// Follows scalars with commas between them from an offset to another; returns how many quotes
/// enclose them.
#[inline(never)]
fn list<S: Simd>(simd: S, text: &[u8], mut at: usize, to: usize) -> Option<u32> {
    let mut quotes = 0;
    loop {
        quotes += if text.get(at) == Some(&b'"') { 2 } else { 0 };
        at = black(text, end_of_scalar(simd, text, at)?);
        match text.get(at) {
            _ if at >= to => return (at == to).then_some(quotes),
            Some(b',') => at = black(text, at + 1),
            _ => return None,
        }
    }
}

/// Returns whether one of the scalars that stand in a range could be wanted.
#[inline(never)]
fn any_may_hold<S: Simd>(
    simd: S,
    text: &[u8],
    (mut at, to): (usize, usize),
    bits: Bits,
    want: &mut Want<'_, '_>,
) -> bool {
    while at < to {
        let next = simd.vectorize(
            #[inline(always)]
            || scalar(simd, text, at),
        );
        let Some((end, is)) = next else { return true };
        let raw = text.get(at..end).unwrap_or_default();
        if want.asked.may_hold(bits, is, raw, want.room) {
            return true;
        }
        at = black(text, end);
        at = black(text, at + usize::from(text.get(at) == Some(&b',')));
    }
    false
}

/// Returns whether odd bytes at these places, counted from an offset, are sound: escapes, and a
/// carriage return at the end of a line.
#[inline(never)]
pub(super) fn escapes_are_sound(text: &[u8], base: usize, odd: &[Odd]) -> bool {
    let mut from = base;
    for odd in odd {
        let at = base + odd.at as usize;
        from = match text.get(at) {
            _ if at < from => from,
            Some(b'\r') if text.get(at + 1) == Some(&b'\n') => at + 1,
            Some(b'\\') => match escape(text, at) {
                Some(end) => end,
                None => return false,
            },
            _ => return false,
        };
    }
    true
}
