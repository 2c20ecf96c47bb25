//! One row, blank line or comment cut off the front of a text, by the rules of [`crate::rows`].

use crate::rows::{Defect, State};
use crate::walk::Grid;

/// What stands at the front of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The length of the row without its line break, or what is wrong with it; `None` for a blank
    /// line or a comment.
    pub(crate) content: Option<Result<usize, Defect>>,
    /// The length with the line break (of a row with a defect: of its first line); `None` if the
    /// line goes on beyond the text and is to be passed over.
    pub(crate) whole: Option<usize>,
    /// The line breaks in it.
    pub(crate) lines: u64,
}

/// Cuts the front off; `None` if its end is not in the text. `last` says that the file ends with
/// the text.
pub(crate) fn cut(text: &[u8], grid: &Grid, last: bool) -> Option<Cut> {
    match text.first() {
        None => None,
        Some(b'\r' | b'\n') => line(text, grid, last, None),
        Some(first) if Some(*first) == grid.comment => line(text, grid, last, None),
        Some(_) => row(text, grid, last),
    }
}

/// Cuts off the first line. Of one that is too long to wait for, the rest is passed over.
fn line(
    text: &[u8],
    grid: &Grid,
    last: bool,
    content: Option<Result<usize, Defect>>,
) -> Option<Cut> {
    let Some(at) = memchr::memchr2(b'\r', b'\n', text) else {
        let whole = last.then_some(text.len());
        let waits = whole.is_none() && text.len() <= grid.limit;
        return (!waits).then_some(Cut { content, whole, lines: 0 });
    };
    Some(Cut { content, whole: Some(at + line_break(text, at, last)?), lines: 1 })
}

/// Returns the length of the line break at an offset, if the text tells.
pub(crate) fn line_break(text: &[u8], at: usize, last: bool) -> Option<usize> {
    match (text.get(at), text.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => Some(2),
        (Some(b'\r'), None) if !last => None,
        _ => Some(1),
    }
}

fn row(text: &[u8], grid: &Grid, last: bool) -> Option<Cut> {
    let mut state = State::FieldStart;
    let (mut lines, mut stray, mut before) = (0, false, 0);
    for (offset, byte) in text.iter().copied().enumerate() {
        if offset >= grid.limit {
            return line(text, grid, last, Some(Err(Defect::TooLong)));
        }
        let breaks = matches!(byte, b'\r' | b'\n');
        if breaks && state != State::Quoted {
            let whole = offset + line_break(text, offset, last)?;
            if stray {
                return line(text, grid, last, Some(Err(Defect::StrayQuote)));
            }
            return Some(Cut { content: Some(Ok(offset)), whole: Some(whole), lines: lines + 1 });
        }
        lines += u64::from(breaks && !(byte == b'\n' && before == b'\r'));
        before = byte;
        match state.step(byte, grid.delimiter) {
            Ok((next, is_stray)) => (state, stray) = (next, stray || is_stray),
            Err(defect) => return line(text, grid, last, Some(Err(defect))),
        }
    }
    if !last {
        return None;
    }
    let unclosed = (state == State::Quoted).then_some(Defect::Unclosed);
    match unclosed.or(stray.then_some(Defect::StrayQuote)) {
        Some(defect) => line(text, grid, last, Some(Err(defect))),
        None => Some(Cut { content: Some(Ok(text.len())), whole: Some(text.len()), lines }),
    }
}
