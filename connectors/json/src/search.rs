//! The records of JSON Lines that a lookup wants, found by all threads.
//!
//! # Why no wanted line is passed over, and no broken one
//!
//! Every line is followed to its end: as one that is written like a line before it ([`Shapes`]), or
//! by itself ([`Judge`]). Both say that a line is sound only if the parser takes it, and that it is
//! not wanted only if the lookup does not want it. A line of which either is not certain is parsed
//! and compared like any other record, and reported if it is none.

use std::sync::{Arc, Mutex};

use fearless_simd::{Level, Simd, dispatch};
use holdall_connector::{Lookup, Place};
use holdall_scan::blocks::{Block, Blocks, Stretch, Taken};
use holdall_scan::needles::{Looked, Needles};

use crate::alike::{MARGIN, Shapes, Want};
use crate::file::Job;
use crate::judge::{Asked, Bits, Judge};
use crate::lines::without_mark;
use crate::marks::Marks;
use crate::parse::{Defect, record};
use crate::source::keep;

/// How much text is marked in one go: it and its marks stay in the cache.
const STRETCH: usize = 16 * 1024;

/// A lookup made ready for JSON Lines.
pub(crate) struct Search<'a> {
    job: &'a Job<'a>,
    lookup: &'a Lookup,
    asked: Asked<'a>,
    needles: Option<Needles>,
    /// The columns for which there are patterns.
    covered: Bits,
    limit: usize,
    level: Level,
    /// What each thread has learned of the file so far.
    rooms: Mutex<Vec<Room>>,
}

#[derive(Default)]
struct Room {
    shapes: Shapes,
    judge: Judge,
    marks: Marks,
    /// Whether lines of several shapes were met last.
    is_mixed: bool,
    /// Lines that could be wanted.
    lines: Vec<usize>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(job: &'a Job<'a>, lookup: &'a Lookup, limit: usize) -> Self {
        let (asked, needles) = (Asked::new(lookup), Needles::of(lookup, b"\"\\"));
        let covered = needles.as_ref().map_or(0, |needles| asked.covered(needles));
        Self {
            job,
            lookup,
            asked,
            needles,
            covered,
            limit,
            level: Level::new(),
            rooms: Mutex::default(),
        }
    }
}

impl Search<'_> {
    /// Returns the columns of which no pattern stands in a line.
    #[inline(always)]
    fn missed(&self, text: &[u8], start: usize, end: usize, looked: &mut Looked) -> Bits {
        let Some(needles) = &self.needles else { return 0 };
        let hit = needles.next(text, start, end, looked);
        if hit.is_none_or(|hit| hit > end) { self.covered } else { 0 }
    }
}

impl Blocks for Search<'_> {
    fn start(&self, text: &[u8]) -> Option<usize> {
        memchr::memchr(b'\n', text).map(|at| at + 1)
    }

    fn take(&self, block: &Block<'_>, found: &mut Stretch) -> Taken {
        let mut from = 0;
        if found.overlong {
            let Some(at) = memchr::memchr(b'\n', block.text) else {
                return Taken { bytes: block.text.len(), done: block.last };
            };
            found.overlong = false;
            found.line += 1;
            from = at + 1;
        }
        let room = self.rooms.lock().ok().and_then(|mut rooms| rooms.pop()).unwrap_or_default();
        let mut lines = Lines::new(self, block, from, room);
        let level = self.level;
        let met = dispatch!(level, simd => lines.walk(simd, found));
        let taken = lines.rest(met, found);
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.push(lines.room);
        }
        taken
    }
}

/// The lines of one block.
struct Lines<'s, 't> {
    search: &'s Search<'s>,
    block: &'t Block<'t>,
    /// The start of the line.
    start: usize,
    /// Where the lines that are looked at stop being UTF-8.
    malformed: usize,
    columns: Arc<[String]>,
    room: Room,
}

impl<'s, 't> Lines<'s, 't> {
    fn new(search: &'s Search<'s>, block: &'t Block<'t>, start: usize, room: Room) -> Self {
        Self { search, block, start, malformed: usize::MAX, columns: Arc::from([]), room }
    }

    /// Goes over the whole lines; returns whether the stop was met.
    #[inline(always)]
    fn walk<S: Simd>(&mut self, simd: S, found: &mut Stretch) -> bool {
        let text = self.block.text;
        let mut marks = std::mem::take(&mut self.room.marks);
        let (mut stretch, mut looked, mut to) = (STRETCH, Looked::default(), self.start);
        while self.start < self.block.stop && to < text.len() {
            to = self.start.saturating_add(stretch).min(text.len());
            let here = text.get(self.start..to).unwrap_or_default();
            match memchr::memrchr(b'\n', here) {
                Some(feed) => self.lines(simd, self.start + feed, (&mut marks, &mut looked), found),
                None => stretch *= 4,
            }
        }
        self.room.marks = marks;
        self.start >= self.block.stop
    }

    /// Goes over the lines up to a line feed. Each is marked by itself if they are not expected to
    /// be of one shape.
    #[inline(always)]
    fn lines<S: Simd>(
        &mut self,
        simd: S,
        end: usize,
        (marks, looked): (&mut Marks, &mut Looked),
        found: &mut Stretch,
    ) {
        let (text, is_mixed) = (self.block.text, self.room.is_mixed);
        let to_end = text.get(..end + 1).unwrap_or(text);
        self.malformed = malformed(to_end, self.start);
        marks.find(simd, to_end, self.start, is_mixed);
        let is_whole = end < self.block.stop && self.is_sound(end);
        if is_whole && let Some(lines) = self.room.shapes.follow_all(simd, text, marks) {
            self.room.is_mixed = false;
            self.together(simd, end, (marks, looked), found);
            found.line += count(lines);
            self.start = end + 1;
        } else {
            self.room.is_mixed = is_whole;
            if !is_mixed {
                marks.find(simd, to_end, self.start, true);
            }
            self.one_by_one(simd, marks, looked, found);
        }
    }

    /// Goes over lines of one shape, up to an offset, that are known to be sound.
    #[inline(always)]
    fn together<S: Simd>(
        &mut self,
        simd: S,
        end: usize,
        (marks, looked): (&Marks, &mut Looked),
        found: &mut Stretch,
    ) {
        let (text, first) = (self.block.text, found.line);
        let missed = self.search.missed(text, self.start, end, looked);
        let mut lines = std::mem::take(&mut self.room.lines);
        let mut want = Want { asked: &self.search.asked, missed, room: &mut self.room.judge.room };
        self.room.shapes.find_all(simd, text, marks, &mut want, &mut lines);
        lines.sort_unstable();
        lines.dedup();
        for nth in lines.drain(..) {
            if let Some((start, end)) = self.room.shapes.line(nth, marks) {
                (self.start, found.line) = (start, first + count(nth));
                self.odd(end, found);
            }
        }
        (self.room.lines, found.line) = (lines, first);
    }

    /// Goes over lines that may differ.
    #[inline(always)]
    fn one_by_one<S: Simd>(
        &mut self,
        simd: S,
        marks: &Marks,
        looked: &mut Looked,
        found: &mut Stretch,
    ) {
        let (text, mut nth) = (self.block.text, 0);
        while let Some(line) = marks.line(nth)
            && self.start < self.block.stop
        {
            let missed = self.search.missed(text, line.start, line.end, looked);
            let (asked, room) = (&self.search.asked, &mut self.room.judge.room);
            let mut want = Want { asked, missed, room };
            let could_be = match self.room.shapes.follow(simd, text, &line, &mut want) {
                Some(could_be) if self.is_sound(line.end) => could_be,
                _ => self.judge(simd, line.end),
            };
            self.end(line.end, could_be, found);
            nth += 1;
        }
    }

    /// Returns whether a line that ends at an offset is text, and not too long.
    #[inline(always)]
    fn is_sound(&self, end: usize) -> bool {
        end - self.start <= self.search.limit && end <= self.malformed
    }

    /// Judges a line by itself: whether it must be parsed. What it is like is learned.
    #[inline(never)]
    fn judge<S: Simd>(&mut self, simd: S, end: usize) -> bool {
        if !self.is_sound(end) {
            return true;
        }
        let Room { shapes, judge, .. } = &mut self.room;
        let (text, asked) = (self.block.text, &self.search.asked);
        let judged = simd.vectorize(
            #[inline(always)]
            || judge.record(simd, text, (self.start, end), asked),
        );
        if judged.is_some() && end + MARGIN <= text.len() {
            shapes.learn(simd, text.get(self.start..end).unwrap_or_default(), asked);
        }
        judged.unwrap_or(true)
    }

    /// Ends a line, which is parsed if it could be wanted.
    #[inline(always)]
    fn end(&mut self, end: usize, could_be: bool, found: &mut Stretch) {
        if could_be {
            self.odd(end, found);
        }
        found.line += 1;
        self.start = end + 1;
    }

    /// Says how far the block was taken. What is left of it is no whole line.
    fn rest(&mut self, met: bool, found: &mut Stretch) -> Taken {
        let (start, length) = (self.start, self.block.text.len());
        if met || start >= length && !self.block.last {
            return Taken { bytes: start, done: met };
        }
        if self.block.last {
            self.odd(length, found);
            return Taken { bytes: length, done: true };
        }
        if length - start <= self.search.limit {
            return Taken { bytes: start, done: false };
        }
        self.parse(length, found);
        found.overlong = true;
        Taken { bytes: length, done: false }
    }

    /// Parses a line if there is anything in it.
    #[cold]
    fn odd(&mut self, end: usize, found: &mut Stretch) {
        let line = self.block.text.get(self.start..end).unwrap_or_default();
        if !line.trim_ascii().is_empty() || line.len() > self.search.limit {
            self.parse(end, found);
        }
    }

    fn parse(&mut self, end: usize, found: &mut Stretch) {
        let line = self.block.text.get(self.start..end).unwrap_or_default();
        let content = (line.len() <= self.search.limit).then_some(without_mark(line));
        let byte = found.byte + u64::try_from(self.start).unwrap_or(0);
        let at = self.search.job.at(Place::Line { line: found.line, byte });
        let fields = content.ok_or(Defect::TooLong).and_then(record);
        keep(fields, at, self.search.lookup, &mut self.columns, &mut found.batch);
    }
}

fn count(lines: usize) -> u64 {
    u64::try_from(lines).unwrap_or(0)
}

/// Returns the first place, from an offset on, at which whole lines are no UTF-8.
fn malformed(lines: &[u8], from: usize) -> usize {
    let lines = lines.get(from..).unwrap_or_default();
    if simdutf8::basic::from_utf8(lines).is_ok() {
        return usize::MAX;
    }
    std::str::from_utf8(lines).map_or_else(|error| from + error.valid_up_to(), |_| usize::MAX)
}
