//! Where the fields of one row stand, from the first to the last.

use std::ops::Range;

use super::{Structure, below_bit};
use crate::masks::WORD;

/// Goes over the fields of a row.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'s> {
    structure: &'s Structure,
    /// Where the row ends.
    end: usize,
    /// The word that is looked at, and its delimiters behind the start of the field.
    word: usize,
    delimiters: u64,
    /// The field, and where it starts.
    nth: usize,
    start: usize,
}

impl<'s> Fields<'s> {
    #[inline(always)]
    pub(super) fn new(structure: &'s Structure, start: usize, end: usize) -> Self {
        let word = start / WORD;
        let delimiters = Self::word(structure, word).unwrap_or(0) & !below_bit(start);
        Self { structure, end, word, delimiters, nth: 0, start }
    }

    #[inline(always)]
    fn word(structure: &Structure, word: usize) -> Option<u64> {
        structure.words.get(word).map(|marks| marks.delimiters)
    }

    /// Returns where a field stands, which may not be before the last that was asked for; an empty
    /// range at the end of the row if it has none such.
    #[inline(always)]
    pub fn field(&mut self, nth: usize) -> Range<usize> {
        let Some(start) = self.start_of(nth) else { return self.end..self.end };
        while self.delimiters == 0
            && (self.word + 1) * WORD < self.end
            && let Some(delimiters) = Self::word(self.structure, self.word + 1)
        {
            (self.word, self.delimiters) = (self.word + 1, delimiters);
        }
        let next = self.word * WORD + self.delimiters.trailing_zeros() as usize;
        start..if self.delimiters == 0 { self.end } else { next.min(self.end) }
    }

    #[inline(always)]
    fn start_of(&mut self, nth: usize) -> Option<usize> {
        let Some(mut before) = nth.saturating_sub(self.nth).checked_sub(1) else {
            return Some(self.start);
        };
        while self.delimiters.count_ones() as usize <= before {
            before -= self.delimiters.count_ones() as usize;
            self.delimiters = Self::word(self.structure, self.word + 1)?;
            self.word += 1;
        }
        for _ in 0..before {
            self.delimiters &= self.delimiters.wrapping_sub(1);
        }
        self.start = self.word * WORD + self.delimiters.trailing_zeros() as usize + 1;
        self.delimiters &= self.delimiters.wrapping_sub(1);
        self.nth = nth;
        Some(self.start)
    }
}

impl Structure {
    /// Returns where the next delimiter stands, from an offset on, if it is near.
    #[inline(always)]
    pub fn near_delimiter(&self, at: usize) -> Option<usize> {
        let word = self.words.get(at / WORD)?.delimiters & !below_bit(at);
        (word != 0).then(|| at / WORD * WORD + word.trailing_zeros() as usize)
    }

    /// Returns which field of the row that starts and ends at these offsets an offset stands in,
    /// and where that starts and ends.
    #[inline(always)]
    pub fn field_at(&self, (start, end): (usize, usize), at: usize) -> (usize, Range<usize>) {
        let word = |nth: usize| self.words.get(nth).map_or(0, |marks| marks.delimiters);
        let (mut nth, mut from) = (0, start);
        for index in start / WORD..=at / WORD {
            let after = if index == start / WORD { !below_bit(start) } else { u64::MAX };
            let before = if index == at / WORD { below_bit(at) } else { u64::MAX };
            let delimiters = word(index) & after & before;
            if delimiters != 0 {
                nth += delimiters.count_ones() as usize;
                from = index * WORD + (u64::BITS - delimiters.leading_zeros()) as usize;
            }
        }
        let (mut index, mut rest) = (at / WORD, word(at / WORD) & !below_bit(at));
        while rest == 0 && (index + 1) * WORD < end {
            index += 1;
            rest = word(index);
        }
        let to = if rest == 0 { end } else { index * WORD + rest.trailing_zeros() as usize };
        (nth, from..to.min(end))
    }
}
