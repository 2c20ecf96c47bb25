//! The records of JSON Lines: where each line begins and ends. Holds one line.

use std::io::{self, BufRead};

/// A line of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Its number; the first line of the file is 1.
    pub(crate) line: u64,
    /// The offset of its first byte.
    pub(crate) byte: u64,
    /// Its bytes without the line feed, or `None` if there are too many.
    pub(crate) content: Option<&'a [u8]>,
}

/// Returns a line without a byte order mark: files that were put together carry one at each join.
pub(crate) fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line)
}

/// Splits a text into lines.
pub(crate) struct Lines<R> {
    text: R,
    buffer: Vec<u8>,
    line: u64,
    byte: u64,
    limit: usize,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(text: R, first_byte: u64, limit: usize) -> Self {
        Self { text, buffer: Vec::new(), line: 0, byte: first_byte, limit }
    }

    pub(crate) fn text(&self) -> &R {
        &self.text
    }

    /// Returns the next line that is not white space alone.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            let start = self.byte;
            let Some(whole) = self.fill()? else { return Ok(None) };
            if !self.buffer.trim_ascii().is_empty() || !whole {
                let content = whole.then_some(without_mark(&self.buffer));
                return Ok(Some(Line { line: self.line, byte: start, content }));
            }
        }
    }

    /// Takes one line into the buffer; says whether it fitted, or `None` at the end of the text.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let (mut whole, mut some) = (true, false);
        loop {
            let chunk = self.text.fill_buf()?;
            if chunk.is_empty() {
                self.line += u64::from(some);
                return Ok(some.then_some(whole));
            }
            some = true;
            let end = chunk.iter().position(|b| *b == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            whole = whole && self.buffer.len() + part.len() <= self.limit;
            if whole {
                self.buffer.extend_from_slice(part);
            }
            let taken = part.len() + usize::from(end.is_some());
            self.text.consume(taken);
            self.byte += u64::try_from(taken).unwrap_or(0);
            if end.is_some() {
                self.line += 1;
                return Ok(Some(whole));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, limit: usize) -> Vec<(u64, u64, Option<String>)> {
        let mut lines = Lines::new(text.as_bytes(), 0, limit);
        let mut found = Vec::new();
        while let Some(Line { line, byte, content }) = lines.next().unwrap() {
            let content = content.map(|c| String::from_utf8(c.to_vec()).unwrap());
            found.push((line, byte, content));
        }
        found
    }

    #[test]
    fn lines_are_numbered_as_an_editor_does() {
        let found = split("{}\r\n\n \n[1]", 100);
        assert_eq!(found, vec![(1, 0, Some("{}\r".into())), (4, 7, Some("[1]".into()))]);
    }

    #[test]
    fn a_mark_where_files_were_joined_is_no_content() {
        assert_eq!(split("1\n\u{feff}2", 9)[1], (2, 2, Some("2".into())));
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over() {
        assert_eq!(split("aaaa\nb\n", 3), vec![(1, 0, None), (2, 5, Some("b".into()))]);
    }
}
