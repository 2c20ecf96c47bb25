//! The plain rows of a text that could be wanted: by a pattern in their bytes, or by their fields.

use holdall_scan::blocks::Stretch;
use holdall_scan::needles::Looked;

use crate::file::count;
use crate::rows::{Defect, Row};
use crate::search::{Cell, Search};
use crate::walk::{Look, Plain, Rows};

/// Which fields of a row are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those of columns without patterns, and those that are odd ([`holdall_scan::needles`]).
    Odd,
    /// Those of columns without patterns.
    Others,
}

/// Finds the rows that could be wanted: by a pattern in their bytes, or by their fields.
pub(crate) struct Finder<'s, 't> {
    search: &'s Search<'s>,
    text: &'t [u8],
    /// What is known of the patterns in the text.
    looked: &'t mut Looked,
    found: &'t mut Stretch,
    room: Vec<u8>,
}

impl Look for Finder<'_, '_> {
    #[inline(always)]
    fn could_be(&mut self, row: &Plain<'_>) -> bool {
        let which = if self.search.needles.is_none() || self.next_hit(row.from, row.to).is_some() {
            Which::All
        } else if row.is_strange() {
            Which::Odd
        } else {
            Which::Others
        };
        self.any_may_hold(row, which)
    }

    #[inline(always)]
    fn next(&mut self, rows: &Rows<'_>, from: usize) -> Option<usize> {
        if self.search.needles.is_some() && !self.search.has_others {
            return self.next_by_pattern(rows, from);
        }
        let mut nth = from;
        while let Some(row) = rows.get(nth) {
            if self.could_be(&row) {
                return Some(nth);
            }
            nth += 1;
        }
        None
    }

    fn wanted(&mut self, from: usize, to: usize, lines: u64) {
        let line = self.found.line + lines;
        let byte = self.found.byte + count(from);
        let content = Ok::<_, Defect>(self.text.get(from..to).unwrap_or_default());
        let Search { job, columns, .. } = self.search;
        job.take(&Row { line, byte, content }, columns, &mut self.found.batch);
    }
}

impl<'s, 't> Finder<'s, 't> {
    /// Looks through a text; `looked` is kept for the next look at the same.
    pub(crate) fn new(
        search: &'s Search<'s>,
        text: &'t [u8],
        looked: &'t mut Looked,
        found: &'t mut Stretch,
    ) -> Self {
        Self { search, text, looked, found, room: Vec::new() }
    }
}

impl Finder<'_, '_> {
    /// Returns the offset behind the first byte of the next pattern between two offsets.
    #[inline(always)]
    fn next_hit(&mut self, from: usize, to: usize) -> Option<usize> {
        let needles = self.search.needles.as_ref()?;
        needles.next(self.text, from, to, self.looked).filter(|hit| *hit <= to)
    }

    /// Returns the first row, from one on, that could be wanted: for a pattern, or for a field that
    /// is odd.
    #[inline(always)]
    fn next_by_pattern(&mut self, rows: &Rows<'_>, mut from: usize) -> Option<usize> {
        loop {
            let hit = self.next_hit(rows.start(from)?, rows.end()).map(|hit| rows.at(hit - 1));
            let odd = self.next_odd(rows, from, hit);
            if odd.is_some() {
                return odd;
            }
            let nth = hit?;
            if self.any_may_hold(&rows.get(nth)?, Which::All) {
                return Some(nth);
            }
            from = nth + 1;
        }
    }

    /// Returns the first row, from one on and before another, with an odd field that could be
    /// wanted.
    #[inline(always)]
    fn next_odd(&mut self, rows: &Rows<'_>, from: usize, end: Option<usize>) -> Option<usize> {
        let end = end.and_then(|end| rows.start(end)).unwrap_or(usize::MAX);
        let mut from = rows.start(from)?;
        while let Some(at) = rows.next_strange(from)
            && at < end
        {
            if let Some(rest) = rows.plain_rest(at)
                && self.is_other_end(rest)
            {
                from = at + rest.len() + 1;
                continue;
            }
            let (nth, column, field) = rows.field_at(at)?;
            from = field.end + 1;
            let text = self.text.get(field).unwrap_or_default();
            for cell in self.search.cells.iter().filter(|cell| cell.column == column) {
                if self.may_hold(cell, text) {
                    return Some(nth);
                }
            }
        }
        None
    }

    /// Returns whether a field that ends so is not wanted, whatever its column: it is odd, so only
    /// names can be spelled like that, and no wanted one has this end. (Only where the delimiter is
    /// a comma is it certain that there is none in the field.)
    #[inline(always)]
    fn is_other_end(&self, end: &[u8]) -> bool {
        let Search { cells, grid, .. } = self.search;
        let mut is_other = grid.delimiter == b',';
        for cell in cells {
            is_other &= !cell.is_name || cell.keys.is_other_end(end);
        }
        is_other
    }

    /// Returns whether a field could be wanted. (A loop, for closures are not compiled for the
    /// vectors that the walk is compiled for.)
    #[inline(always)]
    fn any_may_hold(&mut self, row: &Plain<'_>, which: Which) -> bool {
        let mut fields = row.fields();
        for cell in &self.search.cells {
            if cell.is_covered && which == Which::Others {
                continue;
            }
            let field = fields.get(cell.column);
            let is_passed = cell.is_covered && which == Which::Odd && !is_odd(field);
            if !is_passed && self.may_hold(cell, field) {
                return true;
            }
        }
        false
    }

    #[inline(always)]
    fn may_hold(&mut self, cell: &Cell<'_>, field: &[u8]) -> bool {
        match field {
            [b'"', inner @ .., b'"'] if memchr::memchr(b'"', inner).is_some() => {
                cell.keys.may_hold(&undouble(inner), &mut self.room)
            }
            [b'"', plain @ .., b'"'] | plain => cell.keys.may_hold(plain, &mut self.room),
        }
    }
}

/// Returns whether a field has more than ASCII, or an apostrophe.
#[inline(always)]
fn is_odd(field: &[u8]) -> bool {
    field
        .iter()
        .fold(false, |is_odd, byte| is_odd | !byte.is_ascii() | matches!(byte, b'\'' | b'`'))
}

/// Makes two quotes one.
#[cold]
fn undouble(field: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(field.len());
    let mut bytes = field.iter().copied();
    while let Some(byte) = bytes.next() {
        text.push(byte);
        if byte == b'"' {
            bytes.next();
        }
    }
    text
}
