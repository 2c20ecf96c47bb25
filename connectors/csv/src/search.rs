//! The rows that a lookup wants, out of blocks of text.
//!
//! Every row is walked over, so every row that cannot be read is reported just as the row-by-row
//! reader of [`crate::rows`] reports it. What is saved is taking rows apart: that is done for those
//! alone in which a wanted value can stand ([`Keys`], [`Needles`]). `tests/scan.rs` holds the two
//! readers against each other.

use std::sync::Arc;

use holdall_connector::Lookup;
use holdall_scan::blocks::{Block, Blocks, Stretch, Taken};
use holdall_scan::keys::Keys;
use holdall_scan::needles::Needles;

use crate::cut::{Cut, cut, line_break};
use crate::file::{Job, count};
use crate::rows::{Defect, Row};
use crate::walk::{Grid, Look, Stop, Walk};

/// A lookup made ready for the files of one shape.
pub(crate) struct Search<'a> {
    job: &'a Job<'a>,
    columns: &'a Arc<[String]>,
    grid: Grid,
    cells: Vec<Cell<'a>>,
    needles: Option<Needles>,
    /// Whether the encoding is known for certain; if not, text that is not of it ends the search.
    is_sure: bool,
}

/// A column that is asked for.
struct Cell<'a> {
    column: usize,
    keys: Keys<'a>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        job: &'a Job<'a>,
        columns: &'a Arc<[String]>,
        limit: usize,
        is_sure: bool,
    ) -> Self {
        let (delimiter, comment) = (job.shape.delimiter, job.layout.comment);
        let grid = Grid { delimiter, comment, width: columns.len(), limit };
        let cells = cells(job.lookup, columns);
        let needles = Needles::of(job.lookup, b"\"\r\n");
        Self { job, columns, grid, cells, needles, is_sure }
    }

    /// Walks over plain rows and takes odd ones, up to the end of what is whole or the stop.
    fn rows(&self, block: &Block<'_>, found: &mut Stretch) -> Taken {
        let is_ascii = block.text.is_ascii();
        let mut good = if is_ascii { block.text.len() } else { good_text(block, 0) };
        let (mut at, mut hit) = (0, 0);
        loop {
            if good < block.text.len() && !self.is_sure {
                found.foreign = true;
                return Taken { bytes: at, done: true };
            }
            let (stop, lines) = self.walk(block, good, at, &mut hit, found);
            found.line += lines;
            at = match stop {
                Stop::Met(at) => return Taken { bytes: at, done: true },
                Stop::End(at) if at >= block.text.len() => {
                    return Taken { bytes: at, done: block.last };
                }
                Stop::End(at) | Stop::Odd(at) => match self.odd(block, at, found) {
                    Some(next) => next,
                    None => return Taken { bytes: at, done: false },
                },
            };
            if found.overlong {
                return Taken { bytes: block.text.len(), done: block.last };
            }
            if at > good {
                good = good_text(block, at);
            }
        }
    }

    fn walk(
        &self,
        block: &Block<'_>,
        good: usize,
        from: usize,
        hit: &mut usize,
        found: &mut Stretch,
    ) -> (Stop, u64) {
        let text = block.text.get(..good).unwrap_or(block.text);
        let last = block.last && good == block.text.len();
        let whole = block.text;
        let look = Finder { search: self, whole, text, hit, found, room: Vec::new() };
        let (grid, stop) = (self.grid, block.stop);
        let mut walk = Walk { grid, text, last, stop, look, lines: 0 };
        let stop = walk.run(from);
        (stop, walk.lines)
    }

    /// Takes the row at an offset by the rules of the row-by-row reader; `None` if more text is
    /// needed to see its end.
    fn odd(&self, block: &Block<'_>, at: usize, found: &mut Stretch) -> Option<usize> {
        let rest = block.text.get(at..).unwrap_or_default();
        let Cut { content, whole, lines } = cut(rest, &self.grid, block.last)?;
        let line = found.line;
        let byte = found.byte + count(at);
        if let Some(content) = content {
            let content = content.map(|length| rest.get(..length).unwrap_or_default());
            self.job.take(&Row { line, byte, content }, self.columns, &mut found.batch);
        }
        match whole {
            Some(whole) => {
                found.line += lines;
                Some(at + whole)
            }
            None => {
                found.overlong = true;
                Some(block.text.len())
            }
        }
    }
}

/// Returns the columns that are asked for and that the file has, in order.
fn cells<'a>(lookup: &'a Lookup, columns: &[String]) -> Vec<Cell<'a>> {
    let mut cells: Vec<Cell<'a>> = Vec::new();
    for asked in &lookup.any {
        let [holdall_connector::Segment::Key(key)] = asked.column.segments() else { continue };
        if let Some(column) = columns.iter().position(|name| name == key) {
            cells.push(Cell { column, keys: Keys::new(asked) });
        }
    }
    cells.sort_by_key(|cell| cell.column);
    cells
}

/// Returns the end of the text from `from` on that is UTF-8. A character that the end cuts in two
/// is none of its faults.
fn good_text(block: &Block<'_>, from: usize) -> usize {
    let rest = block.text.get(from..).unwrap_or_default();
    if from == 0 && simdutf8::basic::from_utf8(rest).is_ok() {
        return block.text.len();
    }
    match std::str::from_utf8(rest) {
        Err(error) if error.error_len().is_some() || block.last => from + error.valid_up_to(),
        _ => block.text.len(),
    }
}

impl Blocks for Search<'_> {
    /// The first line after which two rows of the right width follow, or the first line.
    fn start(&self, text: &[u8]) -> Option<usize> {
        const TRIES: usize = 64;
        let lines = memchr::memchr2_iter(b'\r', b'\n', text).filter_map(|at| {
            let rest = text.get(at + 1..)?;
            let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            (blank < rest.len()).then_some(at + 1 + blank)
        });
        let mut first = None;
        for start in lines.take(TRIES) {
            first = first.or(Some(start));
            if self.is_likely(text.get(start..).unwrap_or_default()) {
                return Some(start);
            }
        }
        first
    }

    fn take(&self, block: &Block<'_>, found: &mut Stretch) -> Taken {
        let mut passed = 0;
        if found.overlong {
            let Some(end) = pass_line(block) else {
                let held = usize::from(!block.last && block.text.ends_with(b"\r"));
                return Taken { bytes: block.text.len() - held, done: block.last };
            };
            found.overlong = false;
            found.line += 1;
            passed = end;
        }
        let byte = found.byte;
        found.byte += count(passed);
        let text = block.text.get(passed..).unwrap_or_default();
        let rest = Block { text, stop: block.stop.saturating_sub(passed), ..*block };
        let taken = self.rows(&rest, found);
        found.byte = byte;
        Taken { bytes: taken.bytes + passed, ..taken }
    }
}

impl Search<'_> {
    fn is_likely(&self, text: &[u8]) -> bool {
        let mut rest = text;
        for _ in 0..2 {
            let Some(Cut { content: Some(Ok(length)), whole: Some(whole), .. }) =
                cut(rest, &self.grid, false)
            else {
                return false;
            };
            let row = String::from_utf8_lossy(rest.get(..length).unwrap_or_default()).into_owned();
            if crate::fields::fields(&row, self.grid.delimiter).len() != self.grid.width {
                return false;
            }
            rest = rest.get(whole..).unwrap_or_default();
        }
        true
    }
}

/// Returns the end of the line, its break included; `None` if it is not in the text.
fn pass_line(block: &Block<'_>) -> Option<usize> {
    let at = memchr::memchr2(b'\r', b'\n', block.text)?;
    Some(at + line_break(block.text, at, block.last)?)
}

/// Finds the rows that could be wanted: by a pattern in their bytes, or by their fields.
struct Finder<'s, 't> {
    search: &'s Search<'s>,
    /// The block, and the part of it that is sound.
    whole: &'t [u8],
    text: &'t [u8],
    /// Where the next pattern ends.
    hit: &'t mut usize,
    found: &'t mut Stretch,
    room: Vec<u8>,
}

impl Look for Finder<'_, '_> {
    #[inline]
    fn next_column(&self, from: usize) -> usize {
        if self.search.needles.is_some() {
            return usize::MAX;
        }
        let next = self.search.cells.iter().map(|cell| cell.column).find(|column| *column >= from);
        next.unwrap_or(usize::MAX)
    }

    #[inline]
    fn field(&mut self, column: usize, field: &[u8]) -> bool {
        let room = &mut self.room;
        let asked = self.search.cells.iter().filter(|cell| cell.column == column);
        match field {
            [b'"', inner @ .., b'"'] if memchr::memchr(b'"', inner).is_some() => {
                let text = undouble(inner);
                asked.into_iter().any(|cell| cell.keys.may_hold(&text, room))
            }
            [b'"', plain @ .., b'"'] | plain => {
                asked.into_iter().any(|cell| cell.keys.may_hold(plain, room))
            }
        }
    }

    /// Patterns stand in fields that are ASCII; a field that is not is looked at by itself.
    #[inline]
    fn row(&mut self, from: usize, to: usize, is_ascii: bool) -> bool {
        let Some(needles) = &self.search.needles else { return false };
        if *self.hit <= from {
            *self.hit = needles.next(self.whole, from).unwrap_or(usize::MAX);
        }
        *self.hit <= to || !is_ascii && self.foreign_field(from, to)
    }

    fn wanted(&mut self, from: usize, to: usize, line: u64) {
        let line = self.found.line + line;
        let byte = self.found.byte + count(from);
        let content = Ok::<_, Defect>(self.text.get(from..to).unwrap_or_default());
        let Search { job, columns, .. } = self.search;
        job.take(&Row { line, byte, content }, columns, &mut self.found.batch);
    }
}

impl Finder<'_, '_> {
    /// Returns whether a field that is not ASCII could be wanted.
    fn foreign_field(&mut self, from: usize, to: usize) -> bool {
        let row = self.text.get(from..to).unwrap_or_default();
        let (mut at, mut column) = (0, 0);
        for index in 0..self.search.cells.len() {
            let Some(wanted) = self.search.cells.get(index).map(|cell| cell.column) else { break };
            while column < wanted {
                at += length(row.get(at..).unwrap_or_default(), self.search.grid.delimiter) + 1;
                column += 1;
            }
            let rest = row.get(at..).unwrap_or_default();
            let field = rest.get(..length(rest, self.search.grid.delimiter)).unwrap_or(rest);
            if !field.is_ascii() && self.field(column, field) {
                return true;
            }
        }
        false
    }
}

/// Returns the length of the field at the front of a plain row.
fn length(row: &[u8], delimiter: u8) -> usize {
    let mut quoted = false;
    let ends = |byte: &u8| {
        quoted ^= *byte == b'"';
        *byte == delimiter && !quoted
    };
    row.iter().position(ends).unwrap_or(row.len())
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
