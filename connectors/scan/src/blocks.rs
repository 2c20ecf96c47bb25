//! A file's text read in blocks, from its start or, if it is large, in many places at once.
//!
//! # Why parts give exactly what one read gives
//!
//! What stands from a record's start on is read in the same way wherever the reading began: a
//! [`Blocks`] keeps no memory of earlier records. A part may therefore begin at a *guess* of where
//! a record starts. Parts are put together in order, and a part counts only if it began exactly
//! where the part before it ended; if not, its text is read again from there. A wrong guess (a line
//! break inside quotes) costs time and never a record. Lines are counted within a part and the
//! lines before it added when it is put in its place.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::ops::ControlFlow;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::gather::Batch;

/// How much is looked at in one go: small enough to stay in the cache.
const BLOCK: usize = 256 * 1024;

/// How much of a file one thread takes at a time.
const PART: u64 = 4 * 1024 * 1024;

/// Files from this size on are read in parts.
pub const LARGE: u64 = 4 * PART;

/// Finds the wanted records in blocks of text.
pub trait Blocks: Sync {
    /// Returns where a record seems to start, after the first byte of the text.
    fn start(&self, text: &[u8]) -> Option<usize>;

    /// Takes the records that are whole in a block. The block begins where a record starts.
    fn take(&self, block: &Block<'_>, found: &mut Stretch) -> Taken;
}

/// Some text, from the start of a record.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// The bytes.
    pub text: &'a [u8],
    /// Whether the file ends with it.
    pub last: bool,
    /// Records that start at this offset or after it are somebody else's.
    pub stop: usize,
}

/// How far a block was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Bytes up to the start of a record.
    pub bytes: usize,
    /// Whether the stop was met, or no more can be read.
    pub done: bool,
}

/// What was found from one record's start to another's.
#[derive(Debug, Default)]
pub struct Stretch {
    /// The records and reports.
    pub batch: Batch,
    /// The line breaks passed.
    pub line: u64,
    /// The offset in the file of the text not yet taken.
    pub byte: u64,
    /// Whether the rest of an overlong line is being passed over.
    pub overlong: bool,
    /// Whether text was met that is not of the encoding that was taken for granted.
    pub foreign: bool,
}

/// Where a record starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Its line; the first line of the file is 1.
    pub line: u64,
    /// The offset of its first byte.
    pub byte: u64,
}

/// How the parts of a file ended.
#[derive(Clone, Default, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The offset up to which the file was read.
    pub byte: u64,
    /// Whether text was met that is not of the encoding that was taken for granted.
    pub foreign: bool,
    /// Whether no more was wanted.
    pub stopped: bool,
}

/// Takes what a part of a file gave; `Break` means that no more is wanted.
pub type Give<'a> = dyn FnMut(Batch) -> ControlFlow<()> + 'a;

/// How a file is cut: the sizes of a block and of a part.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Bytes looked at in one go.
    pub block: usize,
    /// Bytes that one thread takes at a time.
    pub part: u64,
}

impl Default for Cut {
    fn default() -> Self {
        Self { block: BLOCK, part: PART }
    }
}

/// Reads a stream to its end. `found` says where its first record starts, and takes what there is.
///
/// # Errors
/// If the stream cannot be read on. What was found before stays valid.
pub fn in_one(
    blocks: &impl Blocks,
    text: impl Read,
    cut: Cut,
    found: &mut Stretch,
) -> io::Result<()> {
    Window::new(text, vec![0; cut.block.max(1)]).run(blocks, u64::MAX, found)
}

/// Reads a file from where a record starts to its end, in parts by several threads, and gives what
/// they found in the order of the file.
///
/// # Errors
/// If a part cannot be read. What was given before stays valid.
pub fn in_parts(
    blocks: &impl Blocks,
    file: &File,
    start: Start,
    cut: Cut,
    give: &mut Give<'_>,
) -> io::Result<Ended> {
    let length = file.metadata()?.len();
    let parts = Parts { blocks, file, first: start.byte, length, cut, pool: Mutex::default() };
    let at_once = rayon::current_num_threads().saturating_mul(8).max(1);
    let wave = u64::try_from(at_once).unwrap_or(1);
    let mut here = Start { ..start };
    let mut next = 0;
    while next == 0 || parts.begin(next) < length {
        let found: Vec<io::Result<Option<Part>>> =
            (next..next + wave).into_par_iter().map(|index| parts.guess(index)).collect();
        for (part, index) in found.into_iter().zip(next..) {
            let (foreign, flow) = parts.join(part?, parts.end(index), &mut here, give)?;
            if foreign || flow.is_break() {
                return Ok(Ended { byte: here.byte, foreign, stopped: flow.is_break() });
            }
        }
        next += wave;
    }
    Ok(Ended { byte: here.byte, foreign: false, stopped: false })
}

/// The parts of one file.
struct Parts<'a, B> {
    blocks: &'a B,
    file: &'a File,
    first: u64,
    length: u64,
    cut: Cut,
    pool: Mutex<Vec<Vec<u8>>>,
}

/// What a part gave if a record starts at `from`.
struct Part {
    from: u64,
    found: Stretch,
}

impl<B: Blocks> Parts<'_, B> {
    fn begin(&self, index: u64) -> u64 {
        self.first.saturating_add(index.saturating_mul(self.cut.part))
    }

    /// The last part has no end: the file may have grown.
    fn end(&self, index: u64) -> u64 {
        let end = self.begin(index.saturating_add(1));
        if end >= self.length { u64::MAX } else { end }
    }

    /// Reads a part from where its first record seems to start.
    fn guess(&self, index: u64) -> io::Result<Option<Part>> {
        let begin = self.begin(index);
        match index {
            0 => self.read(Start { line: 0, byte: begin }, self.end(0)).map(Some),
            _ if begin >= self.length => Ok(None),
            _ => {
                let mut window = self.window(begin - 1);
                let mut found = Stretch { byte: begin - 1, ..Stretch::default() };
                let Some(from) = window.find_start(self.blocks, &mut found)? else {
                    return Ok(None);
                };
                window.run(self.blocks, self.end(index), &mut found)?;
                self.give_back(window);
                Ok(Some(Part { from, found }))
            }
        }
    }

    fn read(&self, start: Start, stop: u64) -> io::Result<Part> {
        let mut window = self.window(start.byte);
        let mut found = Stretch { byte: start.byte, ..Stretch::default() };
        window.run(self.blocks, stop, &mut found)?;
        self.give_back(window);
        Ok(Part { from: start.byte, found })
    }

    /// Gives what stands from `here` to `end`: the part as it was guessed where that was right.
    fn join(
        &self,
        part: Option<Part>,
        end: u64,
        here: &mut Start,
        give: &mut Give<'_>,
    ) -> io::Result<(bool, ControlFlow<()>)> {
        if here.byte >= end {
            return Ok((false, ControlFlow::Continue(())));
        }
        if let Some(part) = &part
            && part.from > here.byte
        {
            let (foreign, flow) = advance(self.read(*here, part.from)?, here, give);
            if foreign || flow.is_break() || here.byte >= end {
                return Ok((foreign, flow));
            }
        }
        let part = match part {
            Some(part) if part.from == here.byte => part,
            _ => self.read(*here, end)?,
        };
        Ok(advance(part, here, give))
    }

    fn window(&self, from: u64) -> Window<At<'_>> {
        let pooled = self.pool.lock().ok().and_then(|mut pool| pool.pop());
        let buffer = pooled.unwrap_or_else(|| vec![0; self.cut.block]);
        Window::new(At { file: self.file, byte: from }, buffer)
    }

    /// Keeps a buffer for the next part, unless it has grown.
    fn give_back<R>(&self, window: Window<R>) {
        if let Ok(mut pool) = self.pool.lock()
            && window.buffer.len() <= self.cut.block
        {
            pool.push(window.buffer);
        }
    }
}

fn advance(part: Part, here: &mut Start, give: &mut Give<'_>) -> (bool, ControlFlow<()>) {
    let Stretch { mut batch, line, byte, foreign, .. } = part.found;
    batch.move_down(here.line);
    *here = Start { line: here.line.saturating_add(line), byte };
    (foreign, give(batch))
}

/// A file read from any place, without moving a cursor that other threads use.
struct At<'a> {
    file: &'a File,
    byte: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = read_at(self.file, buffer, self.byte)?;
        self.byte = self.byte.saturating_add(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

/// The text around the record being read. Grows only for a record that is longer.
struct Window<R> {
    text: R,
    buffer: Vec<u8>,
    filled: usize,
    ended: bool,
}

/// How far a read may go beyond the stop to reach the end of the last record.
const SLACK: usize = 4 * 1024;

impl<R: Read> Window<R> {
    fn new(text: R, buffer: Vec<u8>) -> Self {
        Self { text, buffer, filled: 0, ended: false }
    }

    /// Moves to where a record seems to start.
    fn find_start(&mut self, blocks: &impl Blocks, found: &mut Stretch) -> io::Result<Option<u64>> {
        self.fill(self.buffer.len())?;
        let text = self.buffer.get(..self.filled).unwrap_or_default();
        let Some(start) = blocks.start(text) else { return Ok(None) };
        self.drop_front(start, found);
        Ok(Some(found.byte))
    }

    /// Takes block after block up to an offset of the file.
    fn run(&mut self, blocks: &impl Blocks, stop: u64, found: &mut Stretch) -> io::Result<()> {
        loop {
            let stop = usize::try_from(stop.saturating_sub(found.byte)).unwrap_or(usize::MAX);
            let more = self.filled.max(32 * SLACK);
            self.fill(stop.saturating_add(SLACK).max(self.filled.saturating_add(more)))?;
            let text = self.buffer.get(..self.filled).unwrap_or_default();
            let last = self.ended;
            let taken = blocks.take(&Block { text, last, stop }, found);
            self.drop_front(taken.bytes, found);
            if taken.done || last {
                return Ok(());
            }
            if self.filled == self.buffer.len() {
                self.buffer.resize(self.buffer.len().saturating_mul(2), 0);
            }
        }
    }

    /// Fills the buffer, but not far beyond `enough`.
    fn fill(&mut self, enough: usize) -> io::Result<()> {
        let enough = enough.min(self.buffer.len());
        while self.filled < enough && !self.ended {
            let room = self.buffer.get_mut(self.filled..enough).unwrap_or_default();
            match self.text.read(room) {
                Ok(0) => self.ended = true,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn drop_front(&mut self, bytes: usize, found: &mut Stretch) {
        let bytes = bytes.min(self.filled);
        self.buffer.copy_within(bytes..self.filled, 0);
        self.filled -= bytes;
        found.byte = found.byte.saturating_add(u64::try_from(bytes).unwrap_or(0));
    }
}
