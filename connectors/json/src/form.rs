//! Whether a file is lines, an array or a document. Decided by content; the name of the file only
//! settles what the content leaves open.

use std::io::{self, BufRead};

/// How the records stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing but white space.
    Empty,
    /// One record a line.
    Lines,
    /// One array of records.
    Array,
    /// One record.
    Document,
}

/// An array that is not closed within so many bytes does not stand on one of several lines.
const ARRAY_LINE: u64 = 64 * 1024;

/// What the first value of a text is like.
struct First {
    opens: u8,
    /// Whether it is closed on the line that it starts on.
    one_line: bool,
    /// The first byte of what follows it.
    follows: Option<u8>,
}

/// Finds the form of a file from its text and whether its name says lines (`.jsonl`, `.ndjson`).
pub(crate) fn find(text: impl BufRead, named_lines: bool) -> io::Result<Form> {
    let Some(first) = first_value(text)? else { return Ok(Form::Empty) };
    let several = first.one_line && first.follows.is_some();
    Ok(match first.opens {
        b'[' if several && matches!(first.follows, Some(b'[' | b'{')) => Form::Lines,
        b'[' => Form::Array,
        b'{' if !several && !named_lines => Form::Document,
        _ => Form::Lines,
    })
}

fn first_value(text: impl BufRead) -> io::Result<Option<First>> {
    let mut bytes = Bytes { text, count: 0 };
    let Some(opens) = bytes.next_black()? else { return Ok(None) };
    let mut scan = crate::elements::Nesting::default();
    scan.take(opens);
    let mut one_line = true;
    while !scan.is_closed() {
        match bytes.next()? {
            None => return Ok(Some(First { opens, one_line: false, follows: None })),
            Some(b'\n') => {
                one_line = false;
                break;
            }
            Some(_) if opens == b'[' && bytes.count > ARRAY_LINE => {
                one_line = false;
                break;
            }
            Some(byte) => scan.take(byte),
        }
    }
    let follows = bytes.next_black()?;
    Ok(Some(First { opens, one_line, follows }))
}

struct Bytes<R> {
    text: R,
    count: u64,
}

impl<R: BufRead> Bytes<R> {
    fn next(&mut self) -> io::Result<Option<u8>> {
        let byte = self.text.fill_buf()?.first().copied();
        if byte.is_some() {
            self.text.consume(1);
            self.count += 1;
        }
        Ok(byte)
    }

    fn next_black(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.next()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => {}
                other => return Ok(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_what_a_file_is() {
        for (text, named_lines, form) in [
            ("", true, Form::Empty),
            (" \n\n", false, Form::Empty),
            ("{\"a\":1}\n{\"a\":2}\n", false, Form::Lines),
            ("{\"a\":1}\n", true, Form::Lines),
            ("{\"a\":1}\n", false, Form::Document),
            ("{\n \"a\":1\n}\n", false, Form::Document),
            ("{\"a\":\"}\n", false, Form::Document),
            ("[{\"a\":1},\n{\"a\":2}]", true, Form::Array),
            ("[{\"a\":1}]\n", true, Form::Array),
            ("[1]\n[2]\n", false, Form::Lines),
            ("[1]\n]", true, Form::Array),
            ("rubbish\n{\"a\":1}\n", false, Form::Lines),
            ("{\"a\":\n{\"a\":2}\n", true, Form::Lines),
            ("{\"a\":\"{[\\\"\"}\n{}", false, Form::Lines),
        ] {
            assert_eq!(find(text.as_bytes(), named_lines).unwrap(), form, "{text}");
        }
    }
}
