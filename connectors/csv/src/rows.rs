//! Where a row begins and ends: line breaks, quotes, limits. Works on a stream and holds one row.

use std::io::{self, BufRead, Read};

use holdall_scan::blocks::Start;

/// The most bytes that one row may have.
pub const ROW_LIMIT: usize = 16 * 1024 * 1024;

const QUOTE: u8 = b'"';

/// A row as it stands in the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    /// The line that it starts on; the first line of the file is 1.
    pub(crate) line: u64,
    /// The offset of its first byte.
    pub(crate) byte: u64,
    /// Its bytes without the line break, or what is wrong with it.
    pub(crate) content: Result<&'a [u8], Defect>,
}

/// Why a row cannot be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    Unclosed,
    AfterQuote,
    StrayQuote,
    TooLong,
}

impl Defect {
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::Unclosed => "a quote is opened and never closed",
            Self::AfterQuote => "text follows a closing quote",
            Self::StrayQuote => {
                "blanks or `=` stand before the quote that opens a field, and it cannot be known whether the quotes are part of the text"
            }
            Self::TooLong => "the row is longer than 16 MiB; perhaps a quote is never closed",
        }
    }
}

/// Splits a text into rows.
pub(crate) struct Rows<R> {
    text: R,
    delimiter: u8,
    comment: Option<u8>,
    buffer: Vec<u8>,
    /// Where in the buffer the next row starts.
    start: usize,
    line: u64,
    byte: u64,
    ended: bool,
    limit: usize,
}

/// Where a row ends, relative to its start.
struct Extent {
    content: usize,
    /// With the line break.
    whole: usize,
    lines: u64,
    defect: Option<Defect>,
}

/// Where in a field a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    FieldStart,
    /// After blanks or an equals sign at the start of the field.
    Lead,
    Plain,
    Quoted,
    AfterQuote,
}

impl State {
    /// Returns the state after a byte that does not end the row, and whether the byte is a stray
    /// quote. Inside a field that does not begin with one, a quote is a character like any other
    /// (`5" pipe`), as most programs read it; after blanks or an equals sign (`="007"`) it cannot be
    /// known what was meant.
    pub(crate) fn step(self, byte: u8, delimiter: u8) -> Result<(Self, bool), Defect> {
        Ok(match (self, byte) {
            (Self::Quoted, QUOTE) => (Self::AfterQuote, false),
            (Self::Quoted, _) | (Self::FieldStart | Self::AfterQuote, QUOTE) => {
                (Self::Quoted, false)
            }
            (_, b) if b == delimiter => (Self::FieldStart, false),
            (Self::AfterQuote, _) => return Err(Defect::AfterQuote),
            (Self::FieldStart | Self::Lead, b' ' | b'\t' | b'=') => (Self::Lead, false),
            (Self::Lead, QUOTE) => (Self::Plain, true),
            (_, _) => (Self::Plain, false),
        })
    }
}

impl<R: BufRead> Rows<R> {
    pub(crate) fn new(text: R, first_byte: u64, delimiter: u8, comment: Option<u8>) -> Self {
        let (buffer, start, line) = (Vec::new(), 0, 1);
        let byte = first_byte;
        Self { text, delimiter, comment, buffer, start, line, byte, ended: false, limit: ROW_LIMIT }
    }

    pub(crate) fn text(&self) -> &R {
        &self.text
    }

    /// Returns where the next row, or a blank line or comment before it, starts.
    pub(crate) fn position(&self) -> Start {
        Start { line: self.line, byte: self.byte }
    }

    /// Returns the text from there on: what is held of it, then the stream.
    pub(crate) fn into_rest(self) -> io::Chain<io::Cursor<Vec<u8>>, R> {
        let held = self.buffer.get(self.start..).unwrap_or_default().to_vec();
        io::Cursor::new(held).chain(self.text)
    }

    /// Reads with another limit than [`ROW_LIMIT`].
    pub(crate) fn with_limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Passes over whole lines, whatever quotes they have.
    pub(crate) fn skip_lines(&mut self, count: u64) -> io::Result<()> {
        for _ in 0..count {
            if self.at(0)?.is_none() {
                break;
            }
            self.skip_line()?;
        }
        Ok(())
    }

    /// Returns the next row that is neither empty nor a comment.
    pub(crate) fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        loop {
            match self.at(0)? {
                None => return Ok(None),
                Some(first) if Some(first) == self.comment => self.skip_line()?,
                Some(b'\r' | b'\n') => self.skip_line()?,
                Some(_) => break,
            }
        }
        let (line, byte) = (self.line, self.byte);
        let extent = self.extent()?;
        let from = self.start;
        let content = match extent.defect {
            None => {
                self.advance(extent.whole, extent.lines);
                Ok(self.buffer.get(from..from + extent.content).unwrap_or_default())
            }
            Some(defect) => {
                self.skip_line()?;
                Err(defect)
            }
        };
        Ok(Some(Row { line, byte, content }))
    }

    /// Returns the byte at an offset from the row's start, reading on if need be.
    fn at(&mut self, offset: usize) -> io::Result<Option<u8>> {
        loop {
            if let Some(byte) = self.buffer.get(self.start + offset) {
                return Ok(Some(*byte));
            }
            if self.ended {
                return Ok(None);
            }
            self.read_on()?;
        }
    }

    fn read_on(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start.min(self.buffer.len()));
        self.start = 0;
        let chunk = self.text.fill_buf()?;
        let taken = chunk.len();
        self.buffer.extend_from_slice(chunk);
        self.text.consume(taken);
        self.ended = taken == 0;
        Ok(())
    }

    fn advance(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.byte += u64::try_from(bytes).unwrap_or(0);
        self.line += lines;
    }

    /// Moves past the next line break, holding no more than a chunk of a long line.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            if let Some(found) = memchr::memchr2(b'\r', b'\n', rest) {
                let length = found + self.line_break(found)?;
                self.advance(length, 1);
                return Ok(());
            }
            self.advance(rest.len(), 0);
            if self.ended {
                return Ok(());
            }
            self.read_on()?;
        }
    }

    /// Returns the length of the line break at an offset: 2 for CRLF.
    fn line_break(&mut self, offset: usize) -> io::Result<usize> {
        let pair = self.at(offset)? == Some(b'\r') && self.at(offset + 1)? == Some(b'\n');
        Ok(if pair { 2 } else { 1 })
    }

    fn extent(&mut self) -> io::Result<Extent> {
        let mut state = State::FieldStart;
        let (mut offset, mut lines, mut stray) = (0, 0, false);
        let extent = |content, whole, lines, defect| Ok(Extent { content, whole, lines, defect });
        while let Some(byte) = self.at(offset)? {
            if offset >= self.limit {
                return extent(0, 0, 0, Some(Defect::TooLong));
            }
            let breaks = matches!(byte, b'\r' | b'\n');
            if breaks && state != State::Quoted {
                let whole = offset + self.line_break(offset)?;
                return extent(offset, whole, lines + 1, stray.then_some(Defect::StrayQuote));
            }
            if breaks && !(byte == b'\n' && offset > 0 && self.at(offset - 1)? == Some(b'\r')) {
                lines += 1;
            }
            match state.step(byte, self.delimiter) {
                Ok((next, is_stray)) => (state, stray) = (next, stray || is_stray),
                Err(defect) => return extent(0, 0, 0, Some(defect)),
            }
            offset += 1;
        }
        let unclosed = (state == State::Quoted).then_some(Defect::Unclosed);
        extent(offset, offset, lines, unclosed.or(stray.then_some(Defect::StrayQuote)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    /// Line, byte and content of each row, or the defect.
    type Found = Vec<(u64, u64, Result<String, Defect>)>;

    fn split(text: &str, capacity: usize, limit: usize) -> Found {
        let reader = BufReader::with_capacity(capacity, text.as_bytes());
        let mut rows = Rows::new(reader, 0, b',', None).with_limit(limit);
        let mut found = Vec::new();
        while let Some(Row { line, byte, content }) = rows.next().unwrap() {
            let content = content.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap());
            found.push((line, byte, content));
        }
        found
    }

    #[test]
    fn each_defect_is_told_apart() {
        for (row, defect) in [
            ("a,\"b", Defect::Unclosed),
            ("\"a\"b", Defect::AfterQuote),
            ("a,=\"c\"", Defect::StrayQuote),
            ("a, \"b\"", Defect::StrayQuote),
            ("aaaaaaaaaa", Defect::TooLong),
            ("\"aaaaaaaa\"", Defect::TooLong),
        ] {
            let found = split(&format!("{row}\nnext"), 3, 9);
            let wanted = [(1, 0, Err(defect)), (2, row.len() as u64 + 1, Ok("next".into()))];
            assert_eq!(found, wanted);
        }
        for row in ["123456789", "a,5\" b", "b\"c\",a"] {
            assert_eq!(split(row, 3, 9), [(1, 0, Ok(row.into()))]);
        }
    }

    proptest! {
        #[test]
        fn chunks_make_no_difference(text in "[a,\"\r\n]{0,60}", capacity in 1usize..8) {
            prop_assert_eq!(split(&text, capacity, 20), split(&text, 1000, 20));
        }

        #[test]
        fn every_line_is_part_of_a_row_or_empty(text in "[a,\"\r\n]{0,60}") {
            let found = split(&text, 4, 1000);
            let letters = |text: &str| text.bytes().filter(|b| *b == b'a').count();
            let lost: bool = found.iter().any(|(_, _, content)| content.is_err());
            let kept: usize = found.iter().flat_map(|(_, _, c)| c).map(|c| letters(c)).sum();
            prop_assert!(kept == letters(&text) || lost && kept < letters(&text));
            for (_, byte, content) in &found {
                if let Ok(content) = content {
                    let at = usize::try_from(*byte).unwrap();
                    prop_assert!(text.get(at..).unwrap().starts_with(content.as_str()));
                }
            }
        }
    }
}
