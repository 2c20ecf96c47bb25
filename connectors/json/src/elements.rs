//! The records of an array or a document: where each element begins and ends. Holds one element.

use std::io::{self, BufRead};

/// Follows the brackets and strings of a JSON text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nesting {
    depth: usize,
    deepest: usize,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Takes the next byte.
    pub(crate) fn take(&mut self, byte: u8) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Returns whether every bracket and string is closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.depth == 0 && !self.in_string
    }

    /// Returns how deep a text is nested.
    pub(crate) fn depth_of(text: &[u8]) -> usize {
        let mut nesting = Self::default();
        text.iter().for_each(|byte| nesting.take(*byte));
        nesting.deepest
    }
}

/// An element of an array, or a whole document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    /// Its index; `None` for a document.
    pub(crate) index: Option<u64>,
    /// The line that it starts on.
    pub(crate) line: u64,
    /// The offset of its first byte.
    pub(crate) byte: u64,
    /// Its bytes, or `None` if there are too many.
    pub(crate) content: Option<&'a [u8]>,
}

/// What comes next in an array or a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<'a> {
    Element(Element<'a>),
    End,
    /// The rest cannot be read.
    Broken {
        line: u64,
        why: &'static str,
    },
}

/// Splits an array or a document into its elements.
pub(crate) struct Elements<R> {
    text: R,
    buffer: Vec<u8>,
    line: u64,
    byte: u64,
    limit: usize,
    state: State,
    count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first `[`, or the document.
    Start {
        array: bool,
    },
    /// After `[`.
    First,
    /// After an element.
    More,
    Done,
}

impl<R: BufRead> Elements<R> {
    pub(crate) fn new(text: R, first_byte: u64, array: bool, limit: usize) -> Self {
        let (buffer, state) = (Vec::new(), State::Start { array });
        Self { text, buffer, line: 1, byte: first_byte, limit, state, count: 0 }
    }

    pub(crate) fn text(&self) -> &R {
        &self.text
    }

    /// Returns the next element.
    pub(crate) fn next(&mut self) -> io::Result<Next<'_>> {
        let Some(first) = self.peek_black()? else {
            return Ok(match self.state {
                State::Done => Next::End,
                _ => self.broken("it ends too early"),
            });
        };
        match (self.state, first) {
            (State::Done, _) => Ok(self.broken("something follows the end")),
            (State::Start { array: true }, _) => {
                self.eat(first);
                self.state = State::First;
                self.next()
            }
            (State::Start { array: false }, _) => self.element(None),
            (State::First | State::More, b']') => {
                self.eat(first);
                self.state = State::Done;
                self.next()
            }
            (State::First, _) => self.element(Some(0)),
            (State::More, b',') => {
                self.eat(first);
                self.peek_black()?;
                self.element(Some(self.count))
            }
            (State::More, _) => Ok(self.broken("a comma is missing between elements")),
        }
    }

    fn broken(&mut self, why: &'static str) -> Next<'static> {
        Next::Broken { line: self.line, why }
    }

    fn element(&mut self, index: Option<u64>) -> io::Result<Next<'_>> {
        let (line, byte) = (self.line, self.byte);
        let whole = self.fill()?;
        self.state = if index.is_none() { State::Done } else { State::More };
        self.count += 1;
        let content = whole.then_some(self.buffer.as_slice());
        Ok(Next::Element(Element { index, line, byte, content }))
    }

    /// Takes one value into the buffer; says whether it fitted. Brackets and quotes end a value
    /// themselves, anything else goes on to the next separator.
    fn fill(&mut self) -> io::Result<bool> {
        let mut nesting = Nesting::default();
        let mut bracketed = None;
        let mut whole = true;
        self.buffer.clear();
        while let Some(byte) = self.peek()? {
            let bracketed = *bracketed.get_or_insert(matches!(byte, b'{' | b'[' | b'"'));
            if !bracketed && matches!(byte, b',' | b']' | b' ' | b'\t' | b'\r' | b'\n') {
                break;
            }
            nesting.take(byte);
            whole = whole && self.buffer.len() < self.limit;
            if whole {
                self.buffer.push(byte);
            }
            self.eat(byte);
            if bracketed && nesting.is_closed() {
                break;
            }
        }
        Ok(whole)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.text.fill_buf()?.first().copied())
    }

    fn peek_black(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(white @ (b' ' | b'\t' | b'\r' | b'\n')) => self.eat(white),
                other => return Ok(other),
            }
        }
    }

    fn eat(&mut self, byte: u8) {
        self.text.consume(1);
        self.byte += 1;
        self.line += u64::from(byte == b'\n');
    }
}
