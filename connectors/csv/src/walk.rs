//! The plain rows of a text, by their structure.
//!
//! A *plain* row is one whose quotes are all plain as [`Structure`] says, which has as many fields
//! as the header, and which is no comment. On such rows the structure is what the row-by-row reader
//! of [`crate::rows`] sees. The walk stops at the first row that is not plain ([`Stop::Odd`]); the
//! row-by-row reader takes that row, and the walk goes on behind it.

use fearless_simd::Simd;
use holdall_scan::structure::{Structure, Text};

/// How much text is followed in one go: its structure stays in the cache.
const STRETCH: usize = 16 * 1024;

/// How much is followed at first: where many rows are not plain, little is followed in vain.
const FIRST: usize = 1024;

/// What the walk looks for besides rows that are not plain.
pub(crate) trait Look {
    /// Says whether a row could be wanted.
    fn could_be(&mut self, row: &Fields<'_>) -> bool;
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
}

/// Where and why the walk stopped: always at the start of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The row does not end in this text.
    End(usize),
    /// The row is not plain.
    Odd(usize),
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

/// A plain row: where it starts and ends.
pub(crate) struct Fields<'t> {
    text: &'t [u8],
    structure: &'t Structure,
    /// Where in the text the stretch starts.
    base: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl<'t> Fields<'t> {
    /// Returns a field as it is written.
    #[inline(always)]
    pub(crate) fn field(&self, column: usize) -> &'t [u8] {
        let (from, to) = (self.from - self.base, self.to - self.base);
        let field = self.structure.field(from, to, column);
        self.text.get(self.base + field.start..self.base + field.end).unwrap_or_default()
    }

    /// Returns whether the row has bytes beyond ASCII.
    #[inline(always)]
    pub(crate) fn is_foreign(&self) -> bool {
        self.structure.is_foreign(self.from - self.base..self.to - self.base)
    }
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
            if self.is_comment(at) {
                return Stop::Odd(at);
            }
            let to = at.saturating_add(stretch).min(self.text.len());
            let text = Text { bytes: self.text, last: self.last, delimiter: self.grid.delimiter };
            self.structure.follow(simd, text, at, to);
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
        let (mut start, mut before, mut passed) = (base, 0, 0);
        let mut odd = None;
        for end in structure.ends() {
            let at = base + *end as usize;
            let content = if self.is_return(at, start) { at - 1 } else { at };
            if content == start {
                (start, passed) = (at + 1, passed + 1);
                continue;
            }
            if start >= self.stop {
                odd = Some(Stop::Met(start));
                break;
            }
            let delimiters = structure.delimiters_before(at - base);
            let is_plain = delimiters.saturating_sub(before).saturating_add(1) == self.grid.width
                && content - start < self.grid.limit
                && !self.is_comment(start);
            if !is_plain {
                odd = Some(Stop::Odd(start));
                break;
            }
            let (from, to) = (start, content);
            let fields = Fields { text: self.text, structure, base, from, to };
            if self.look.could_be(&fields) {
                let inner = inner_before(structure.inner(), start - base);
                self.look.wanted(from, to, self.lines + passed + inner);
            }
            (start, before, passed) = (at + 1, delimiters, passed + 1);
        }
        self.lines += passed + inner_before(structure.inner(), start - base);
        match odd {
            Some(stop) => Err(stop),
            None if structure.bad().is_some() && start < self.stop => Err(Stop::Odd(start)),
            None if structure.bad().is_some() => Err(Stop::Met(start)),
            None => Ok(start),
        }
    }

    #[inline(always)]
    fn is_comment(&self, start: usize) -> bool {
        self.grid.comment.is_some() && self.text.get(start).copied() == self.grid.comment
    }

    /// Returns whether a line end is the second byte of a CRLF that ends this row.
    #[inline(always)]
    fn is_return(&self, end: usize, start: usize) -> bool {
        end > start && self.text.get(end) == Some(&b'\n') && self.text.get(end - 1) == Some(&b'\r')
    }
}

/// Returns how many line breaks inside quotes stand before an offset.
#[inline]
fn inner_before(inner: &[u32], offset: usize) -> u64 {
    match inner {
        [] => 0,
        inner => inner.partition_point(|place| (*place as usize) < offset) as u64,
    }
}
