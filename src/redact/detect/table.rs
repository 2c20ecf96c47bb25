//! Tables in texts: lines of cells with the same signs between, below a line of headings.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3, memrchr};

use super::seen::Seen;

/// The signs that stand between cells; the first that a line has counts. A slash is one between
/// spaces.
const SIGNS: [u8; 4] = *b"\t|;,";
const SLASH: u8 = b'/';
/// How far above a row its headings may stand, in bytes, and how long a heading may be.
const ABOVE: usize = 4096;
const LONGEST: usize = 40;
/// How much of a row may stand before and after a cell's byte.
const ROW: usize = 1024;

impl Seen<'_> {
    /// Returns the headings that the column in which a byte stands may have, in lower case: the
    /// cells above it in lines without digits.
    pub(super) fn headings(&self, at: usize) -> Vec<&str> {
        let mut last = self.headed.borrow_mut();
        if last.0 != at {
            *last = (at, self.find_headings(at));
        }
        last.1.iter().filter_map(|cell| self.lower().get(cell.clone())).collect()
    }

    fn find_headings(&self, at: usize) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let bytes = self.bytes();
        if !self.is_below_like(at) {
            return found;
        }
        let Some(row) = line(bytes, at) else { return found };
        let own = bytes.get(row.clone()).unwrap_or_default();
        let Some(sign) = sign_of(own) else { return found };
        let column = cells(bytes.get(row.start..at).unwrap_or_default(), sign);
        let all = cells(own, sign);
        let (mut start, floor) = (row.start, at.saturating_sub(ABOVE));
        while let Some(end) = start.checked_sub(1).filter(|end| *end > floor) {
            let Some(above) = line(bytes, end) else { break };
            let written = bytes.get(above.clone()).unwrap_or_default();
            if cells(written, sign) != all {
                break;
            }
            start = above.start;
            if !written.iter().any(u8::is_ascii_digit) {
                let cell = part(written, sign, column).filter(|cell| cell.len() <= LONGEST);
                found.extend(cell.map(|cell| start + cell.start..start + cell.end));
            }
        }
        found
    }
}

impl Seen<'_> {
    /// Returns whether the line of a byte has as many signs as the one above it.
    fn is_below_like(&self, at: usize) -> bool {
        let lines = self.tables.get_or_init(|| below_like(self.bytes()));
        let next = lines.partition_point(|line| line.end < at);
        lines.get(next).is_some_and(|line| line.start <= at)
    }

    /// Returns the cells of the columns that are headed by one of the words, without the spaces and
    /// quotation marks around them.
    pub(super) fn below(&self, words: &[&str]) -> Vec<Range<usize>> {
        let bytes = self.bytes();
        let head_of =
            |line: Range<usize>| heads(self.lower().get(line.clone())?, bytes.get(line)?, words);
        let (mut found, mut head, mut next) = (Vec::new(), None, None);
        for row in self.tables.get_or_init(|| below_like(bytes)) {
            if next != Some(row.start) {
                head = row.start.checked_sub(1).and_then(|end| head_of(start_of(bytes, end)..end));
            }
            next = Some(row.end + 1);
            let line = bytes.get(row.clone()).unwrap_or_default();
            match head.filter(|(sign, _, all)| cells(line, *sign) == *all) {
                Some((sign, column, _)) => {
                    let cell = cell(line, sign, column);
                    found.extend(cell.map(|c| row.start + c.start..row.start + c.end));
                }
                None => head = head_of(row.clone()),
            }
        }
        found
    }
}

/// Returns the lines that have as many signs between cells as the line above them.
fn below_like(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut found, mut start, mut above): (Vec<Range<usize>>, usize, &[u8]) = (vec![], 0, &[]);
    for end in memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let own = bytes.get(start..end).unwrap_or_default();
        let sign = sign_of(own);
        let like =
            |sign: u8| memchr(sign, above).is_some() && cells(above, sign) == cells(own, sign);
        found.extend(sign.is_some_and(like).then_some(start..end));
        (start, above) = (end + 1, own);
    }
    found
}

/// Returns where the line starts that ends here.
fn start_of(bytes: &[u8], end: usize) -> usize {
    memrchr(b'\n', bytes.get(..end).unwrap_or_default()).map_or(0, |at| at + 1)
}

/// Returns the sign between the cells of a line of headings, which of them is one of the words, and
/// how many signs there are.
fn heads(lower: &str, line: &[u8], words: &[&str]) -> Option<(u8, usize, usize)> {
    let sign = sign_of(line)?;
    let mut start = 0;
    let column = signs(line, sign).chain([line.len()]).position(|end| {
        let cell = lower.as_bytes().get(start..end).unwrap_or_default();
        start = end + 1;
        let heading = if cell.len() <= LONGEST { bare(cell) } else { b"" };
        words.iter().any(|word| word.as_bytes() == heading)
    })?;
    Some((sign, column, cells(line, sign)))
}

/// Returns a heading without the spaces and signs around it.
fn bare(mut cell: &[u8]) -> &[u8] {
    let around = |b: &u8| matches!(b, b' ' | b'"' | b'(' | b')' | b'\r' | b'\t');
    while let Some((_, rest)) = cell.split_first().filter(|(b, _)| around(b)) {
        cell = rest;
    }
    while let Some((_, rest)) = cell.split_last().filter(|(b, _)| around(b)) {
        cell = rest;
    }
    cell
}

/// Returns where a cell of a line stands.
fn cell(line: &[u8], sign: u8, column: usize) -> Option<Range<usize>> {
    let whole = part(line, sign, column)?;
    let part = line.get(whole.clone())?;
    let blank = |b: &&u8| b.is_ascii_whitespace() || **b == b'"';
    let start = whole.start + part.iter().take_while(blank).count();
    let end = whole.end - part.iter().rev().take_while(blank).count();
    (start < end).then_some(start..end)
}

/// Returns where a sign stands between cells.
fn signs(line: &[u8], sign: u8) -> impl Iterator<Item = usize> {
    let blank = |at: Option<usize>| at.and_then(|at| line.get(at)) == Some(&b' ');
    memchr_iter(sign, line)
        .filter(move |at| sign != SLASH || blank(at.checked_sub(1)) && blank(Some(at + 1)))
}

/// Returns where a cell of a line stands, with the white space around it.
fn part(line: &[u8], sign: u8, column: usize) -> Option<Range<usize>> {
    let mut signs = signs(line, sign);
    let start = match column.checked_sub(1) {
        Some(before) => signs.nth(before)? + 1,
        None => 0,
    };
    Some(start..signs.next().unwrap_or(line.len()))
}

/// Returns the line in which a byte stands; none if it is too long for a row.
fn line(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let first = at.saturating_sub(ROW);
    let start = match memrchr(b'\n', bytes.get(first..at)?) {
        Some(end) => first + end + 1,
        None => (first == 0).then_some(0)?,
    };
    let rest = bytes.get(at..bytes.len().min(at + ROW))?;
    let end = memchr(b'\n', rest).map_or(at + rest.len(), |length| at + length);
    (end == bytes.len() || end < at + ROW).then_some(start..end)
}

/// Returns the sign that stands between the cells of a line, if it has one.
fn sign_of(line: &[u8]) -> Option<u8> {
    let [first, second, third, last] = SIGNS;
    if memchr3(first, second, third, line).is_none() {
        let slash = || memchr(SLASH, line).and_then(|_| signs(line, SLASH).next()).map(|_| SLASH);
        return memchr(last, line).map(|_| last).or_else(slash);
    }
    SIGNS.into_iter().find(|sign| line.contains(sign))
}

/// Returns how many of the signs stand there outside quotation marks.
fn cells(bytes: &[u8], sign: u8) -> usize {
    if memchr(b'"', bytes).is_none() {
        return match sign {
            SLASH => signs(bytes, sign).count(),
            _ => memchr_iter(sign, bytes).count(),
        };
    }
    let (mut quoted, mut count) = (false, 0);
    for byte in bytes {
        quoted ^= *byte == b'"';
        count += usize::from(*byte == sign && sign != SLASH && !quoted);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_heading_of_its_column() {
        let text = "Name | Cert no | Issued\nAnn | 1 | 2\n\"Lee, B\" | 3 | 4";
        let seen = Seen::new(text);
        let of =
            |cell: &str| seen.headings(text.find(cell).unwrap()).first().map(|head| head.trim());
        assert_eq!((of("3"), of("4"), of("1")), (Some("cert no"), Some("issued"), Some("cert no")));
        assert_eq!(of("Cert"), None);
    }
}
