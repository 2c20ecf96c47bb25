//! The rows that a lookup wants, out of blocks of text.
//!
//! Every row is walked over, so every row that cannot be read is reported just as the row-by-row
//! reader of [`crate::rows`] reports it. What is saved is taking rows apart: that is done for those
//! alone in which a wanted value can stand ([`Keys`], [`Needles`]). `tests/scan.rs` holds the two
//! readers against each other.

use std::sync::{Arc, Mutex};

use fearless_simd::{Level, dispatch};
use holdall_connector::{Compare, Lookup};
use holdall_scan::blocks::{Block, Blocks, Stretch, Taken};
use holdall_scan::keys::Keys;
use holdall_scan::needles::{Looked, Needles};
use holdall_scan::structure::Structure;

use crate::cut::{Cut, cut, line_break};
use crate::file::{Job, count};
use crate::finder::Finder;
use crate::rows::Row;
use crate::walk::{Grid, Stop, Walk};

/// A lookup made ready for the files of one shape.
pub(crate) struct Search<'a> {
    pub(crate) job: &'a Job<'a>,
    pub(crate) columns: &'a Arc<[String]>,
    pub(crate) grid: Grid,
    pub(crate) cells: Vec<Cell<'a>>,
    pub(crate) needles: Option<Needles>,
    /// Whether there are columns without patterns.
    pub(crate) has_others: bool,
    /// Whether the encoding is known for certain; if not, text that is not of it ends the search.
    is_sure: bool,
    level: Level,
    /// Room for the structure of a text, one for each thread that searches.
    rooms: Mutex<Vec<Structure>>,
}

/// A column that is asked for.
pub(crate) struct Cell<'a> {
    pub(crate) column: usize,
    pub(crate) keys: Keys<'a>,
    /// Whether there are patterns for it.
    pub(crate) is_covered: bool,
    pub(crate) is_name: bool,
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
        let (mut at, mut looked) = (0, Looked::default());
        loop {
            let (stop, lines) = self.walk(block, at, &mut looked, room, found);
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
        looked: &mut Looked,
        structure: &mut Structure,
        found: &mut Stretch,
    ) -> (Stop, u64) {
        let Block { text, last, stop } = *block;
        let look = Finder::new(self, text, looked, found);
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
            let is_name = asked.compare == Compare::Name;
            cells.push(Cell { column, keys: Keys::new(asked), is_covered, is_name });
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
