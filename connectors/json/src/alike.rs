//! Lines that are written like one before: the same keys in the same order, with other scalars.
//!
//! Most lines of a file are. Such a line is sound if what stands between its scalars is the same
//! as in a sound line, byte for byte, and its scalars are sound. (So it has no key twice and is as
//! deep as the other.) It is seen to be so without going through it from the start: the colons
//! behind its keys ([`Marks`](crate::marks::Marks)) say where each of the bytes between scalars
//! must stand, so all of them are compared independently of each other.
//!
//! A string needs no look at all. If all quotes of a line are among the bytes that were compared,
//! none is left for the insides of its strings, and what else has no place there is marked as odd.

mod gaps;
mod learn;
mod shape;
mod together;

use fearless_simd::Simd;

use crate::judge::{Asked, Bits};
use crate::marks::{Line, Marks};

use self::shape::{Shape, WINDOW};

/// A line that ends nearer to the end of its text may not be followed, whatever its shape.
pub(crate) const MARGIN: usize = WINDOW;

/// What is wanted of a line.
pub(crate) struct Want<'w, 'a> {
    pub(crate) asked: &'w Asked<'a>,
    /// The columns of which it is certain that no plain number and no string is wanted, unless it
    /// has escapes or is odd ([`holdall_scan::needles`]).
    pub(crate) missed: Bits,
    /// Scratch space.
    pub(crate) room: &'w mut Vec<u8>,
}

/// The shapes met so far. Lines of many shapes are judged one by one in the end.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    known: Vec<Shape>,
    /// The one that the last line had.
    last: usize,
    learned: usize,
}

/// How many shapes are kept.
const KEPT: usize = 8;

/// How many shapes are learned before it is given up.
const LEARNED: usize = 256;

impl Shapes {
    /// Follows a line in the shapes that are known, the last one first.
    #[inline(always)]
    pub(crate) fn follow<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        line: &Line<'_>,
        want: &mut Want<'_, '_>,
    ) -> Option<bool> {
        let followed = self.known.get(self.last)?.follow(simd, text, line, want);
        if followed.is_some() { followed } else { self.follow_others(simd, text, line, want) }
    }

    /// Returns how many lines were marked, if it is certain that all are sound and of the shape that
    /// the last line had.
    #[inline(always)]
    pub(crate) fn follow_all<S: Simd>(&self, simd: S, text: &[u8], marks: &Marks) -> Option<usize> {
        self.known.get(self.last)?.follow_all(simd, text, marks)
    }

    /// Returns where the `nth` line of lines that were followed together starts and ends.
    pub(crate) fn line(&self, nth: usize, marks: &Marks) -> Option<(usize, usize)> {
        self.known.get(self.last)?.line(nth, marks)
    }

    /// Adds the lines that could be wanted to `found`, of lines that were followed together.
    #[inline(always)]
    pub(crate) fn find_all<S: Simd>(
        &self,
        simd: S,
        text: &[u8],
        marks: &Marks,
        want: &mut Want<'_, '_>,
        found: &mut Vec<usize>,
    ) {
        if let Some(shape) = self.known.get(self.last) {
            shape.find_all(simd, text, marks, want, found);
        }
    }

    #[inline(never)]
    fn follow_others<S: Simd>(
        &mut self,
        simd: S,
        text: &[u8],
        line: &Line<'_>,
        want: &mut Want<'_, '_>,
    ) -> Option<bool> {
        for (index, shape) in self.known.iter().enumerate() {
            let followed = simd.vectorize(
                #[inline(always)]
                || shape.follow(simd, text, line, want),
            );
            if followed.is_some() {
                self.last = index;
                return followed;
            }
        }
        None
    }

    /// Learns the shape of a line that is sound.
    #[inline(never)]
    pub(crate) fn learn<S: Simd>(&mut self, simd: S, line: &[u8], asked: &Asked<'_>) {
        if self.learned >= LEARNED {
            self.known.clear();
            return;
        }
        let Some(shape) = learn::shape(simd, line, asked) else { return };
        self.learned += 1;
        self.last = self.learned % KEPT;
        match self.known.get_mut(self.last) {
            Some(old) => *old = shape,
            None => {
                self.last = self.known.len();
                self.known.push(shape);
            }
        }
    }
}
