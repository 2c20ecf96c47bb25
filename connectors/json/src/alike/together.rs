//! All lines of a stretch followed together: part by part instead of line by line, so that what a
//! part must be is at hand while it is looked for in one line after the other.

use fearless_simd::{prelude::*, u8x32};

use super::Want;
use super::shape::{
    Before, Bytes, Part, Shape, WINDOW, end_of_scalar, escapes_are_sound, is_even, is_number,
};
use crate::marks::{Marks, Odd};

/// The lines of a stretch, each with as many parts.
struct Lines<'t> {
    /// The text from the first of them on.
    text: &'t [u8],
    /// One place for each part of each line, line by line.
    places: &'t [u32],
    width: usize,
}

/// Returns the lines that were marked, if they have so many places and quotes in all as lines of
/// a shape do.
#[inline(always)]
fn lines<'t>(text: &'t [u8], marks: &'t Marks, shape: &Shape) -> Option<Lines<'t>> {
    let width = shape.parts.len();
    let places = marks.places(width, shape.quotes)?;
    Some(Lines { text: text.get(marks.base()..)?, places, width })
}

impl Shape {
    /// Returns how many lines were marked, if it is certain that all are of this shape and sound.
    ///
    /// Each has its parts, the line feed with the last, none of them before the end of another. If
    /// all lines have as many quotes as their parts, none of them has one elsewhere.
    #[inline(always)]
    pub(super) fn follow_all<S: Simd>(&self, simd: S, text: &[u8], marks: &Marks) -> Option<usize> {
        let lines = lines(text, marks, self)?;
        let is_sound = !self.has_lists
            && self.gaps.are_kept(lines.places)
            && self.have_parts(simd, &lines)
            && self.have_scalars(simd, &lines)
            && escapes_are_sound(lines.text, 0, marks.odd())
            && self.has_no_escaped_quote(lines.text, 0, marks.odd(), (lines.places, 0));
        is_sound.then_some(lines.count())
    }

    /// Returns where one of the lines that were followed starts and ends.
    pub(super) fn line(&self, nth: usize, marks: &Marks) -> Option<(usize, usize)> {
        let width = self.parts.len();
        let places = marks.places(width, self.quotes)?;
        let end = |nth: usize| places.get(nth * width - 1).map(|end| marks.base() + *end as usize);
        let start = if nth == 0 { marks.base() } else { end(nth)? + 1 };
        Some((start, end(nth + 1)?))
    }

    /// Adds the lines that could be wanted, all of which are of this shape, column by column.
    #[inline(always)]
    pub(super) fn find_all<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        marks: &Marks,
        want: &mut Want<'_, '_>,
        found: &mut Vec<usize>,
    ) {
        let Some(lines) = lines(text, marks, self) else { return };
        for nth in &self.asked {
            let Some(part) = self.parts.get(*nth) else { continue };
            let is_missed = part.bits & !want.missed == 0;
            let from = found.len();
            match part.before {
                Before::Text if is_missed => {
                    lines.find_odd(simd, *nth, (self.end_before(*nth), part.back), found);
                    lines.find_escaped(*nth, marks.odd(), (found, from));
                }
                // An exponent stands in no pattern, and all else is written in one way.
                Before::Number | Before::Word if is_missed => continue,
                _ => found.extend(0..lines.count()),
            }
            self.keep(simd, &lines, (*nth, part), marks.odd(), want, (found, from));
        }
    }

    /// Keeps those of the lines from one on in which what stands before a part could be wanted.
    #[inline(always)]
    fn keep<S: Simd>(
        &self,
        simd: S,
        lines: &Lines<'_>,
        (nth, part): (usize, &Part),
        mut odd: &[Odd],
        want: &mut Want<'_, '_>,
        (found, from): (&mut Vec<usize>, usize),
    ) {
        let (behind, mut kept) = (self.end_before(nth), from);
        for index in from..found.len() {
            let Some(line) = found.get(index).copied() else { return };
            let Some((before, place)) = lines.of(nth, line).next() else { return };
            let (from, to) = (before.wrapping_add(behind), place.wrapping_sub(part.back));
            let is_escaped = has_any(&mut odd, from, to);
            if part.may_hold(simd, lines.text, (from, to), is_escaped, want)
                && let Some(slot) = found.get_mut(kept)
            {
                *slot = line;
                kept += 1;
            }
        }
        found.truncate(kept);
    }

    #[inline(always)]
    fn have_parts<S: Simd>(&self, simd: S, lines: &Lines<'_>) -> bool {
        for (nth, part) in self.parts.iter().enumerate() {
            if !lines.have(simd, nth, part.back, &part.bytes) {
                return false;
            }
        }
        for (nth, behind, bytes) in &self.more {
            let back = self.parts.get(*nth).map_or(0, |part| part.back.wrapping_sub(*behind));
            if !lines.have(simd, *nth, back, bytes) {
                return false;
            }
        }
        true
    }

    /// Returns how far behind its anchor the part before one ends.
    #[inline(always)]
    pub(super) fn end_before(&self, nth: usize) -> usize {
        let before = nth.checked_sub(1).and_then(|before| self.parts.get(before));
        before.map_or(1, |before| before.length.wrapping_sub(before.back))
    }

    #[inline(always)]
    fn have_scalars<S: Simd>(&self, simd: S, lines: &Lines<'_>) -> bool {
        for nth in &self.followed {
            let Some(part) = self.parts.get(*nth) else { return false };
            let behind = self.end_before(*nth);
            for (before, place) in lines.of(*nth, 0) {
                let (from, to) = (before.wrapping_add(behind), place.wrapping_sub(part.back));
                let is_sound = part.before == Before::Number
                    && is_number(simd, lines.text, from, to)
                    || end_of_scalar(simd, lines.text, from) == Some(to);
                if !is_sound {
                    return false;
                }
            }
        }
        true
    }
}

/// Returns whether a place lies between two offsets, and passes over those before.
#[inline(always)]
fn has_any(odd: &mut &[Odd], from: usize, to: usize) -> bool {
    while let [first, rest @ ..] = *odd
        && (first.at as usize) < from
    {
        *odd = rest;
    }
    odd.first().is_some_and(|first| (first.at as usize) < to)
}

impl Lines<'_> {
    fn count(&self) -> usize {
        self.places.len() / self.width.max(1)
    }

    /// Adds the lines in which what stands before a part is odd, or long. (All are written down and
    /// passed over if they are not: which are odd is hard to predict.)
    #[inline(always)]
    fn find_odd<S: Simd>(
        &self,
        simd: S,
        nth: usize,
        (behind, back): (usize, usize),
        found: &mut Vec<usize>,
    ) {
        let mut count = found.len();
        found.resize(count + self.count(), 0);
        for (line, (before, place)) in self.of(nth, 0).enumerate() {
            let (from, to) = (before.wrapping_add(behind), place.wrapping_sub(back));
            let is_odd = !is_even(simd, self.text, from, to);
            if let Some(slot) = found.get_mut(count) {
                *slot = line;
            }
            count += usize::from(is_odd);
        }
        found.truncate(count);
    }

    /// Adds the lines that have escapes before a part to those that were found from one on, and
    /// puts them in order.
    #[inline(always)]
    fn find_escaped(&self, nth: usize, odd: &[Odd], (found, from): (&mut Vec<usize>, usize)) {
        let width = self.width.max(1);
        let count = found.len();
        let escaped = odd.iter().map(|odd| odd.next as usize).filter(|next| next % width == nth);
        found.extend(escaped.map(|next| next / width));
        if found.len() > count
            && let Some(found) = found.get_mut(from..)
        {
            found.sort_unstable();
        }
    }

    /// Returns the places of a part, each with the place before it, from a line on.
    #[inline(always)]
    fn of(&self, nth: usize, line: usize) -> impl Iterator<Item = (usize, usize)> {
        let mut at = line * self.width + nth;
        std::iter::from_fn(move || {
            let place = *self.places.get(at)? as usize;
            let before = self.places.get(at.wrapping_sub(1)).map_or(usize::MAX, |p| *p as usize);
            at += self.width;
            Some((before, place))
        })
    }

    /// Returns whether bytes stand so far before the anchor of a part in each line.
    #[inline(always)]
    fn have<S: Simd>(&self, simd: S, nth: usize, back: usize, bytes: &Bytes) -> bool {
        let (literal, mut differs) = (bytes.vector(simd), u8x32::splat(simd, 0));
        for line in self.places.chunks_exact(self.width.max(1)) {
            let at = line.get(nth).map_or(usize::MAX, |place| (*place as usize).wrapping_sub(back));
            let here = self.text.get(at..).and_then(<[u8]>::first_chunk::<WINDOW>);
            let Some(here) = here else { return false };
            differs |= u8x32::simd_from(simd, *here) ^ literal;
        }
        let same = differs.simd_eq(0).to_bitmask() as u32;
        bytes.mask & !same == 0
    }
}
