//! The rows that a lookup wants, out of blocks of text.
//!
//! Every row is walked over, so every row that cannot be read is reported just as the row-by-row
//! reader of [`crate::rows`] reports it. What is saved is taking rows apart: that is done for those
//! alone in which a wanted value can stand ([`Keys`], [`Needles`]). `tests/scan.rs` holds the two
//! readers against each other.

use std::sync::{Arc, Mutex};

use fearless_simd::{Level, dispatch};
use holdall_connector::Lookup;
use holdall_scan::blocks::{Block, Blocks, Stretch, Taken};
use holdall_scan::keys::Keys;
use holdall_scan::needles::Needles;
use holdall_scan::structure::Structure;

use crate::cut::{Cut, cut, line_break};
use crate::file::{Job, count};
use crate::rows::{Defect, Row};
use crate::walk::{Grid, Look, Plain, Rows, Stop, Walk};

/// A lookup made ready for the files of one shape.
pub(crate) struct Search<'a> {
    job: &'a Job<'a>,
    columns: &'a Arc<[String]>,
    grid: Grid,
    cells: Vec<Cell<'a>>,
    needles: Option<Needles>,
    /// Whether there are columns without patterns.
    has_others: bool,
    /// Whether the encoding is known for certain; if not, text that is not of it ends the search.
    is_sure: bool,
    level: Level,
    /// Room for the structure of a text, one for each thread that searches.
    rooms: Mutex<Vec<Structure>>,
}

/// A column that is asked for.
struct Cell<'a> {
    column: usize,
    keys: Keys<'a>,
    /// Whether there are patterns for it.
    is_covered: bool,
}

/// Which fields of a row are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those of columns without patterns, and those that are odd ([`holdall_scan::needles`]).
    Odd,
    /// Those of columns without patterns.
    Others,
}

impl<'a> Search<'a> {
    pub(crate) fn new(
        job: &'a Job<'a>,
        columns: &'a Arc<[String]>,
        limit: usize,
        is_sure: bool,
    ) -> Self {
        let (delimiter, comment) = (job.shape.delimiter, job.layout.comment);
        let needles = Needles::of(job.lookup, b"\"\r\n");
        let needles = needles.filter(|_| !delimiter.is_ascii_alphanumeric());
        let for_names = needles.as_ref().is_some_and(Needles::has_names);
        let grid = Grid { delimiter, comment, width: columns.len(), limit, for_names };
        let cells = cells(job.lookup, columns, needles.as_ref());
        let needles = needles.filter(|_| cells.iter().any(|cell| cell.is_covered));
        let has_others = cells.iter().any(|cell| !cell.is_covered);
        Self {
            job,
            columns,
            grid,
            cells,
            needles,
            has_others,
            is_sure,
            level: Level::new(),
            rooms: Mutex::default(),
        }
    }

    /// Walks over plain rows and takes odd ones, up to the end of what is whole or the stop.
    fn rows(&self, block: &Block<'_>, found: &mut Stretch) -> Taken {
        let room = self.rooms.lock().ok().and_then(|mut rooms| rooms.pop());
        let mut room = room.unwrap_or_default();
        let taken = self.rows_in(block, &mut room, found);
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.push(room);
        }
        taken
    }

    fn rows_in(&self, block: &Block<'_>, room: &mut Structure, found: &mut Stretch) -> Taken {
        let (mut at, mut hit) = (0, 0);
        loop {
            let (stop, lines) = self.walk(block, at, &mut hit, room, found);
            found.line += lines;
            at = match stop {
                Stop::Met(at) => return Taken { bytes: at, done: true },
                Stop::End(at) if at >= block.text.len() => {
                    return Taken { bytes: at, done: block.last };
                }
                Stop::End(at) | Stop::Odd(at) | Stop::Malformed(at) => {
                    match self.odd(block, at, found) {
                        Some(next) => next,
                        None => return Taken { bytes: at, done: false },
                    }
                }
            };
            if found.foreign {
                return Taken { bytes: at, done: true };
            }
            if found.overlong {
                return Taken { bytes: block.text.len(), done: block.last };
            }
        }
    }

    fn walk(
        &self,
        block: &Block<'_>,
        from: usize,
        hit: &mut usize,
        structure: &mut Structure,
        found: &mut Stretch,
    ) -> (Stop, u64) {
        let Block { text, last, stop } = *block;
        let look = Finder { search: self, text, hit, found, room: Vec::new() };
        let mut walk = Walk { grid: self.grid, text, last, stop, look, structure, lines: 0 };
        let level = self.level;
        let stop = dispatch!(level, simd => walk.run(simd, from));
        (stop, walk.lines)
    }

    /// Takes the row at an offset by the rules of the row-by-row reader; `None` if more text is
    /// needed to see its end.
    fn odd(&self, block: &Block<'_>, at: usize, found: &mut Stretch) -> Option<usize> {
        let rest = block.text.get(at..).unwrap_or_default();
        let Cut { content, whole, lines } = cut(rest, &self.grid, block.last)?;
        if !self.is_sure && !is_text(rest.get(..whole.unwrap_or(rest.len())).unwrap_or_default()) {
            found.foreign = true;
        }
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
fn cells<'a>(lookup: &'a Lookup, columns: &[String], needles: Option<&Needles>) -> Vec<Cell<'a>> {
    let mut cells: Vec<Cell<'a>> = Vec::new();
    for (nth, asked) in lookup.any.iter().enumerate() {
        let [holdall_connector::Segment::Key(key)] = asked.column.segments() else { continue };
        if let Some(column) = columns.iter().position(|name| name == key) {
            let is_covered = needles.is_some_and(|needles| needles.covers(nth));
            cells.push(Cell { column, keys: Keys::new(asked), is_covered });
        }
    }
    cells.sort_by_key(|cell| cell.column);
    cells
}

/// Returns whether bytes are UTF-8. A character that their end cuts in two is none of their faults.
fn is_text(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).err().is_none_or(|error| error.error_len().is_none())
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
    text: &'t [u8],
    /// Behind the first byte of the next pattern.
    hit: &'t mut usize,
    found: &'t mut Stretch,
    room: Vec<u8>,
}

impl Look for Finder<'_, '_> {
    #[inline(always)]
    fn could_be(&mut self, row: &Plain<'_>) -> bool {
        let which = if self.search.needles.is_none() || self.next_hit(row.from) <= row.to {
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

impl Finder<'_, '_> {
    /// Returns the offset behind the first byte of the next pattern, from an offset on.
    #[inline(always)]
    fn next_hit(&mut self, from: usize) -> usize {
        if let Some(needles) = &self.search.needles
            && *self.hit <= from
        {
            *self.hit = needles.next(self.text, from).unwrap_or(usize::MAX);
        }
        *self.hit
    }

    /// Returns the first row, from one on, that could be wanted: for a pattern, or for a field that
    /// is odd.
    #[inline(always)]
    fn next_by_pattern(&mut self, rows: &Rows<'_>, mut from: usize) -> Option<usize> {
        loop {
            let hit = self.next_hit(rows.start(from)?);
            let hit = (hit <= rows.end()).then(|| rows.at(hit - 1));
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
        let mut at = rows.start(from)?;
        while let Some((nth, column, field)) = rows.next_strange(at)
            && end.is_none_or(|end| nth < end)
        {
            at = field.end + 1;
            let text = self.text.get(field).unwrap_or_default();
            for cell in self.search.cells.iter().filter(|cell| cell.column == column) {
                if self.may_hold(cell, text) {
                    return Some(nth);
                }
            }
        }
        None
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
