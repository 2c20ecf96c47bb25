//! Which delimiter a file has: the one that gives the first rows the same number of fields.

use crate::fields::fields;
use crate::rows::Rows;

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that are looked at.
const ROWS: usize = 50;

/// Returns the delimiter that fits the sample best. `columns` is the number of columns where that
/// is known. A sample without any delimiter has one column, and a comma does no harm.
pub(crate) fn guess(sample: &[u8], comment: Option<u8>, columns: Option<usize>) -> u8 {
    let mut best = (0, 0, b',');
    for delimiter in CANDIDATES {
        let (agreeing, width) = fit(sample, delimiter, comment, columns);
        if width > 1 && (agreeing, width) > (best.0, best.1) {
            best = (agreeing, width, delimiter);
        }
    }
    best.2
}

/// Returns in how many of a hundred rows the number of fields is that of the first, and that
/// number.
fn fit(
    sample: &[u8],
    delimiter: u8,
    comment: Option<u8>,
    columns: Option<usize>,
) -> (usize, usize) {
    let mut rows = Rows::new(sample, 0, delimiter, comment);
    let (mut total, mut agreeing, mut width) = (0, 0, columns.unwrap_or(0));
    while total < ROWS {
        let Ok(Some(row)) = rows.next() else { break };
        let count = match row.content {
            Ok(bytes) => fields(&String::from_utf8_lossy(bytes), delimiter).len(),
            Err(_) => 0,
        };
        if width == 0 {
            width = count;
        }
        total += 1;
        agreeing += usize::from(count == width);
    }
    (agreeing * 100 / total.max(1), width)
}

/// Returns the delimiter of a line `sep=;`, which Excel writes and reads before the header.
pub(crate) fn declared(line: &[u8]) -> Option<u8> {
    let (head, tail) = line.split_at_checked(4)?;
    match tail {
        [delimiter] if head.eq_ignore_ascii_case(b"sep=") => Some(*delimiter),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consistent_delimiter_wins() {
        assert_eq!(guess(b"id;name;sum\n1;Hart, Ada;1,20\n2;Lee, Bo;3,40\n", None, None), b';');
        assert_eq!(guess(b"id,name\n1,\"a;b;c\"\n2,\"d;e;f\"\n", None, None), b',');
        assert_eq!(guess(b"id\tname\n1\tHart, Ada\n", None, None), b'\t');
        assert_eq!(guess(b"id|name\n1|a\n", None, None), b'|');
        assert_eq!(guess(b"name\nAda\n", None, None), b',');
    }

    #[test]
    fn a_known_width_decides() {
        assert_eq!(guess(b"1;a,b\n2;c,d\n", None, Some(2)), b',');
        assert_eq!(guess(b"1;a,b;x\n2;c,d;y\n", None, Some(3)), b';');
    }

    #[test]
    fn excel_may_declare_it() {
        assert_eq!(declared(b"sep=;"), Some(b';'));
        assert_eq!(declared(b"SEP=\t"), Some(b'\t'));
        assert_eq!(declared(b"sep=ab"), None);
        assert_eq!(declared(b"id"), None);
    }
}
