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
use crate::walk::{Fields, Grid, Look, Stop, Walk};

/// A lookup made ready for the files of one shape.
pub(crate) struct Search<'a> {
    job: &'a Job<'a>,
    columns: &'a Arc<[String]>,
    grid: Grid,
    cells: Vec<Cell<'a>>,
    needles: Option<Needles>,
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
        Self {
            job,
            columns,
            grid,
            cells,
            needles,
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
        let is_ascii = block.text.is_ascii();
        let mut good = if is_ascii { block.text.len() } else { good_text(block, 0) };
        let (mut at, mut hit) = (0, 0);
        loop {
            if good < block.text.len() && !self.is_sure {
                found.foreign = true;
                return Taken { bytes: at, done: true };
            }
            let (stop, lines) = self.walk(block, good, at, &mut hit, room, found);
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
        structure: &mut Structure,
        found: &mut Stretch,
    ) -> (Stop, u64) {
        let text = block.text.get(..good).unwrap_or(block.text);
        let last = block.last && good == block.text.len();
        let whole = block.text;
        let look = Finder { search: self, whole, text, hit, found, room: Vec::new() };
        let (grid, stop) = (self.grid, block.stop);
        let mut walk = Walk { grid, text, last, stop, look, structure, lines: 0 };
        let level = self.level;
        let stop = dispatch!(level, simd => walk.run(simd, from));
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
    /// Patterns stand in fields that are ASCII; a field that is not is looked at by itself.
    #[inline(always)]
    fn could_be(&mut self, row: &Fields<'_>) -> bool {
        let search = self.search;
        let Some(needles) = &search.needles else {
            return self.any_may_hold(row, false);
        };
        if *self.hit <= row.from {
            *self.hit = needles.next(self.whole, row.from).unwrap_or(usize::MAX);
        }
        *self.hit <= row.to || row.is_foreign() && self.any_may_hold(row, true)
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
    /// Returns whether a field, or one that is not ASCII, could be wanted. (A loop, for closures are
    /// not compiled for the vectors that the walk is compiled for.)
    #[inline(always)]
    fn any_may_hold(&mut self, row: &Fields<'_>, only_foreign: bool) -> bool {
        for cell in &self.search.cells {
            let field = row.field(cell.column);
            if !(only_foreign && field.is_ascii()) && self.may_hold(cell, field) {
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
