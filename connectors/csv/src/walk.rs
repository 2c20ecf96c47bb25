//! The plain rows of a text, by their structure.
//!
//! A *plain* row is one whose quotes are all plain as [`Structure`] says, which has as many fields
//! as the header, and which is no comment. On such rows the structure is what the row-by-row reader
//! of [`crate::rows`] sees. The walk stops at the first row that is not plain ([`Stop::Odd`]); the
//! row-by-row reader takes that row, and the walk goes on behind it.

use std::ops::Range;

use fearless_simd::Simd;
use holdall_scan::structure::{self, Structure, Text};

use crate::file::count;

/// How much text is followed in one go: its structure stays in the cache.
const STRETCH: usize = 16 * 1024;

/// How much is followed at first: where many rows are not plain, little is followed in vain.
const FIRST: usize = 1024;

/// What the walk looks for besides rows that are not plain.
pub(crate) trait Look {
    /// Says whether a row could be wanted.
    fn could_be(&mut self, row: &Plain<'_>) -> bool;
    /// Says which is the first row, from one on, that could be wanted.
    fn next(&mut self, rows: &Rows<'_>, from: usize) -> Option<usize>;
    /// Takes a plain row that could be wanted: the offsets of its bytes, and how many line breaks
    /// the walk has passed before it.
    fn wanted(&mut self, from: usize, to: usize, lines: u64);
}

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) delimiter: u8,
    pub(crate) comment: Option<u8>,
    pub(crate) width: usize,
    /// The most bytes of a row.
    pub(crate) limit: usize,
    /// Whether names are looked for by patterns.
    pub(crate) for_names: bool,
}

/// Where and why the walk stopped: always at the start of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The row does not end in this text.
    End(usize),
    /// The row is not plain.
    Odd(usize),
    /// The row is no text.
    Malformed(usize),
    /// The row starts beyond the stop.
    Met(usize),
}

/// The walk over one text.
pub(crate) struct Walk<'t, L> {
    pub(crate) grid: Grid,
    pub(crate) text: &'t [u8],
    /// Whether the file ends with the text.
    pub(crate) last: bool,
    /// Rows that start here or later are not taken.
    pub(crate) stop: usize,
    pub(crate) look: L,
    pub(crate) structure: &'t mut Structure,
    /// Line breaks passed.
    pub(crate) lines: u64,
}

/// The rows that end in a stretch of text, all of them plain.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'t> {
    text: &'t [u8],
    structure: &'t Structure,
    /// Where in the text the stretch starts, and with it the first row.
    base: usize,
}

impl<'t> Rows<'t> {
    /// Returns a row.
    #[inline(always)]
    pub(crate) fn get(&self, nth: usize) -> Option<Plain<'t>> {
        let Self { text, structure, base } = *self;
        let end = base + structure.ends().get(nth)?.offset();
        let from = self.start(nth)?;
        Some(Plain { text, structure, base, from, to: end - return_before(text, from, end) })
    }

    /// Returns where a row starts.
    #[inline(always)]
    pub(crate) fn start(&self, nth: usize) -> Option<usize> {
        match nth.checked_sub(1) {
            None => Some(self.base),
            Some(before) => Some(self.base + self.structure.ends().get(before)?.offset() + 1),
        }
    }

    /// Returns the end of the last row.
    #[inline(always)]
    pub(crate) fn end(&self) -> usize {
        self.base + self.structure.ends().last().map_or(0, |end| end.offset())
    }

    /// Returns which row an offset of the text stands in.
    #[inline(always)]
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.structure.row_at(offset - self.base)
    }

    /// Returns the first offset of the text at which a strange letter stands, from one on.
    #[inline(always)]
    pub(crate) fn next_strange(&self, from: usize) -> Option<usize> {
        let Self { structure, base, .. } = *self;
        let at = structure.next_strange(from.checked_sub(base)?, self.end() - base)?;
        Some(base + at)
    }

    /// Returns the rest of the field that an offset of the text stands in, if a delimiter ends it
    /// soon, it has no quotes, and no letters but ASCII and those from U+00C0 to U+00FF. (At the
    /// second byte of a letter it is not known which that is.)
    #[inline(always)]
    pub(crate) fn plain_rest(&self, at: usize) -> Option<&'t [u8]> {
        let end = self.structure.near_delimiter(at - self.base)?;
        let rest = self.text.get(at..self.base + end)?;
        let is_inside = matches!(rest.first(), Some(0x80..0xc0));
        let mut is_plain = rest.last() != Some(&b'"') && !is_inside;
        for byte in rest {
            is_plain &= (*byte >= b' ') & (*byte < 0xc0 || *byte == 0xc3);
        }
        is_plain.then_some(rest)
    }

    /// Returns the field that an offset of the text stands in: its row, its column, and where it
    /// starts and ends.
    #[inline(always)]
    pub(crate) fn field_at(&self, at: usize) -> Option<(usize, usize, Range<usize>)> {
        let Self { structure, base, .. } = *self;
        let nth = self.at(at);
        let row = self.get(nth)?;
        let (column, field) = structure.field_at((row.from - base, row.to - base), at - base);
        Some((nth, column, base + field.start..base + field.end))
    }
}

/// A plain row: where it starts and ends.
pub(crate) struct Plain<'t> {
    text: &'t [u8],
    structure: &'t Structure,
    /// Where in the text the stretch starts.
    base: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl<'t> Plain<'t> {
    /// Goes over its fields as they are written.
    #[inline(always)]
    pub(crate) fn fields(&self) -> Fields<'t> {
        let places = self.structure.fields(self.from - self.base, self.to - self.base);
        Fields { text: self.text, base: self.base, places }
    }

    /// Returns whether the row has strange letters.
    #[inline(always)]
    pub(crate) fn is_strange(&self) -> bool {
        let Self { structure, base, from, to, .. } = *self;
        structure.next_strange(from - base, to - base).is_some()
    }
}

/// The fields of a row, from the first to the last.
pub(crate) struct Fields<'t> {
    text: &'t [u8],
    base: usize,
    places: structure::Fields<'t>,
}

impl<'t> Fields<'t> {
    /// Returns a field, which may not be before the last that was asked for.
    #[inline(always)]
    pub(crate) fn get(&mut self, column: usize) -> &'t [u8] {
        let field = self.places.field(column);
        self.text.get(self.base + field.start..self.base + field.end).unwrap_or_default()
    }
}

/// How far the rows of a stretch were taken.
struct Taken {
    /// Where the next row starts.
    start: usize,
    /// Line breaks passed, those inside quotes aside.
    passed: u64,
    /// Why the rest was left.
    stop: Option<Stop>,
}

impl<L: Look> Walk<'_, L> {
    /// Goes on from the start of a row.
    #[inline(always)]
    pub(crate) fn run<S: Simd>(&mut self, simd: S, from: usize) -> Stop {
        let (mut at, mut stretch) = (from, FIRST);
        loop {
            if at >= self.stop {
                return Stop::Met(at);
            }
            if is_comment(&self.grid, self.text, at) {
                return Stop::Odd(at);
            }
            let to = at.saturating_add(stretch).min(self.text.len());
            let Grid { delimiter, for_names, .. } = self.grid;
            let text = Text { bytes: self.text, last: self.last, delimiter, for_names };
            self.structure.follow(simd, text, at, to);
            self.structure.check_text(self.text.get(at..).unwrap_or_default());
            match self.rows(at) {
                Err(stop) => return stop,
                Ok(next) if next > at => (at, stretch) = (next, (2 * stretch).min(STRETCH)),
                Ok(_) if to == self.text.len() => return Stop::End(at),
                Ok(_) => stretch = stretch.saturating_mul(4),
            }
        }
    }

    /// Takes the rows whose ends are known; returns where the next row starts.
    #[inline(always)]
    fn rows(&mut self, base: usize) -> Result<usize, Stop> {
        let structure = &*self.structure;
        let rows = Rows { text: self.text, structure, base };
        let taken = if self.are_plain(&rows) {
            all(&rows, &mut self.look, self.lines)
        } else {
            one_by_one(&rows, &mut self.look, self.lines, &self.grid, self.stop)
        };
        self.lines += taken.passed + inner_before(structure.inner(), taken.start - base);
        match (taken.stop, structure.bad()) {
            (Some(stop), _) => Err(stop),
            (None, None) => Ok(taken.start),
            (None, Some(_)) if taken.start >= self.stop => Err(Stop::Met(taken.start)),
            (None, Some(_)) if structure.is_malformed() => Err(Stop::Malformed(taken.start)),
            (None, Some(_)) => Err(Stop::Odd(taken.start)),
        }
    }

    /// Returns whether it is certain of all rows at once that they are plain and before the stop.
    #[inline(always)]
    fn are_plain(&self, rows: &Rows<'_>) -> bool {
        let last = rows.structure.ends().len().checked_sub(1).and_then(|last| rows.start(last));
        self.grid.comment.is_none()
            && last.is_some_and(|start| start < self.stop)
            && rows.structure.is_regular(self.grid.width, self.grid.limit)
    }
}

/// Takes rows of which it is known that they are plain.
#[inline(always)]
fn all(rows: &Rows<'_>, look: &mut impl Look, lines: u64) -> Taken {
    let Rows { structure, base, .. } = *rows;
    let mut next = 0;
    while let Some(nth) = look.next(rows, next)
        && let Some(row) = rows.get(nth)
    {
        let inner = inner_before(structure.inner(), row.from - base);
        look.wanted(row.from, row.to, lines + count(nth) + inner);
        next = nth + 1;
    }
    Taken { start: rows.end() + 1, passed: count(structure.ends().len()), stop: None }
}

/// Takes rows up to the first that is not plain or starts beyond the stop.
#[inline(always)]
fn one_by_one(
    rows: &Rows<'_>,
    look: &mut impl Look,
    lines: u64,
    grid: &Grid,
    stop: usize,
) -> Taken {
    let Rows { text, structure, base } = *rows;
    let (mut start, mut before, mut passed) = (base, 0, 0);
    for end in structure.ends() {
        let at = base + end.offset();
        let to = at - return_before(text, start, at);
        if to == start {
            (start, passed) = (at + 1, passed + 1);
            continue;
        }
        if start >= stop {
            return Taken { start, passed, stop: Some(Stop::Met(start)) };
        }
        let is_plain = end.delimiters().saturating_sub(before).saturating_add(1) == grid.width
            && to - start < grid.limit
            && !is_comment(grid, text, start);
        if !is_plain {
            return Taken { start, passed, stop: Some(Stop::Odd(start)) };
        }
        if look.could_be(&Plain { text, structure, base, from: start, to }) {
            look.wanted(start, to, lines + passed + inner_before(structure.inner(), start - base));
        }
        (start, before, passed) = (at + 1, end.delimiters(), passed + 1);
    }
    Taken { start, passed, stop: None }
}

#[inline(always)]
fn is_comment(grid: &Grid, text: &[u8], start: usize) -> bool {
    grid.comment.is_some() && text.get(start).copied() == grid.comment
}

/// Returns 1 if a line end is the second byte of a CRLF that ends a row, otherwise 0.
#[inline(always)]
fn return_before(text: &[u8], start: usize, end: usize) -> usize {
    let is_pair = end > start && text.get(end) == Some(&b'\n') && text.get(end - 1) == Some(&b'\r');
    usize::from(is_pair)
}

/// Returns how many line breaks inside quotes stand before an offset.
#[inline]
fn inner_before(inner: &[u32], offset: usize) -> u64 {
    match inner {
        [] => 0,
        inner => inner.partition_point(|place| (*place as usize) < offset) as u64,
    }
}
