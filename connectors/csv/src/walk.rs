//! The structure of plain rows, sixty-four bytes at a time.
//!
//! A *plain* row is one in which every quote either opens a field (it follows a delimiter, a line
//! break or the start of the row), closes one (a delimiter or a line break follows), or is one of a
//! doubled pair inside a quoted field; it has as many fields as the header, and it is no comment.
//! On such rows "an odd number of quotes stands before" is the same as the state `Quoted` of the
//! row-by-row reader in [`crate::rows`], by induction over the quotes of the row. So delimiters and
//! line breaks outside quotes are bits that can be counted. The walk stops at the first row that is
//! not plain ([`Stop::Odd`]); the row-by-row reader takes that row, and the walk goes on behind it.

use holdall_scan::masks::{WORD, Word, below, count, parity, take_lowest};

/// What the walk looks for besides rows that are not plain.
pub(crate) trait Look {
    /// The next column whose fields are to be looked at, if any, from this column on.
    fn next_column(&self, from: usize) -> usize;
    /// Looks at a field of such a column; says whether its row could be wanted.
    fn field(&mut self, column: usize, field: &[u8]) -> bool;
    /// Says whether a row that has no such field could be wanted, by the offsets of its bytes and
    /// whether it is all ASCII.
    fn row(&mut self, from: usize, to: usize, is_ascii: bool) -> bool;
    /// Takes a plain row that could be wanted: the offsets of its bytes, and its line.
    fn wanted(&mut self, from: usize, to: usize, line: u64);
}

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) delimiter: u8,
    pub(crate) comment: Option<u8>,
    pub(crate) width: usize,
    /// The most bytes of a row.
    pub(crate) limit: usize,
}

/// Where and why the walk stopped: always at the start of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The row does not end in this text.
    End(usize),
    /// The row is not plain.
    Odd(usize),
    /// The row starts beyond the stop.
    Met(usize),
}

/// The walk over one text.
pub(crate) struct Walk<'t, L> {
    pub(crate) grid: Grid,
    pub(crate) text: &'t [u8],
    /// Whether the file ends with the text.
    pub(crate) last: bool,
    /// Rows that start here or later are not taken.
    pub(crate) stop: usize,
    pub(crate) look: L,
    /// Line breaks passed.
    pub(crate) lines: u64,
}

/// The row that the walk is in.
struct Row {
    start: usize,
    /// Delimiters passed.
    fields: usize,
    field_start: usize,
    /// The next column that is looked at.
    column: usize,
    could_be: bool,
    is_ascii: bool,
    /// Line breaks inside its quotes.
    inner: u64,
}

/// What is carried from word to word.
struct Carry {
    /// All ones inside quotes.
    quoted: u64,
    /// Whether the byte before may stand before an opening quote.
    opens: u64,
    /// Whether the byte before is a closing quote.
    closed: u64,
    /// Whether the byte before is a carriage return inside quotes.
    returned: u64,
}

/// The bits of one word.
struct Bits {
    delimiters: u64,
    ends: u64,
    /// Line breaks inside quotes, CRLF as one.
    inner: u64,
    /// Bytes beyond ASCII.
    foreign: u64,
    /// Quotes that no plain row has.
    bad: u64,
}

impl<L: Look> Walk<'_, L> {
    /// Goes on from the start of a row.
    pub(crate) fn run(&mut self, from: usize) -> Stop {
        let mut row = self.new_row(from);
        if let Some(stop) = self.comment(from) {
            return stop;
        }
        let mut carry = Carry { quoted: 0, opens: 1, closed: 0, returned: 0 };
        let mut base = from;
        while base < self.text.len() {
            let mut bits = self.bits(base, &mut carry);
            if bits.bad != 0 {
                let sound = below(bits.bad.trailing_zeros());
                bits.delimiters &= sound;
                bits.ends &= sound;
                bits.inner &= sound;
            }
            if let Some(stop) = self.word(base, &bits, &mut row) {
                return stop;
            }
            if bits.bad != 0 {
                return self.unless_met(row.start, Stop::Odd);
            }
            base += WORD;
        }
        self.unless_met(row.start, Stop::End)
    }

    fn new_row(&self, start: usize) -> Row {
        let column = self.look.next_column(0);
        Row {
            start,
            fields: 0,
            field_start: start,
            column,
            could_be: false,
            is_ascii: true,
            inner: 0,
        }
    }

    /// Returns that a comment is no plain row, if one starts here.
    fn comment(&self, at: usize) -> Option<Stop> {
        let mark = self.grid.comment?;
        (self.text.get(at) == Some(&mark)).then(|| self.unless_met(at, Stop::Odd))
    }

    fn unless_met(&self, at: usize, stop: fn(usize) -> Stop) -> Stop {
        if at >= self.stop { Stop::Met(at) } else { stop(at) }
    }

    #[inline]
    fn bits(&self, base: usize, carry: &mut Carry) -> Bits {
        let word = Word::at(self.text, base);
        let (feeds, returns) = (word.places(b'\n'), word.places(b'\r'));
        let (delimiters, foreign) = (word.places(self.grid.delimiter), word.foreign());
        let (quotes, breaks) = (word.places(b'"'), feeds | returns);
        if quotes | carry.quoted | carry.closed == 0 {
            *carry =
                Carry { opens: (delimiters | breaks) >> 63, quoted: 0, closed: 0, returned: 0 };
            return Bits { delimiters, ends: breaks, inner: 0, foreign, bad: 0 };
        }
        let quoted = parity(quotes) ^ carry.quoted;
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let (delimiters, ends) = (delimiters & !quoted, breaks & !quoted);
        let before = (delimiters | ends | closing) << 1 | carry.opens;
        let after = closing << 1 | carry.closed;
        let length = self.text.len() - base;
        let real = if length < WORD { (1u64 << length) - 1 } else { u64::MAX };
        let bad = (opening & !before | after & !(delimiters | ends | quotes)) & real;
        let returned = returns & quoted;
        let inner = returned | feeds & quoted & !(returned << 1 | carry.returned);
        *carry = Carry {
            quoted: (quoted >> 63).wrapping_neg(),
            opens: (delimiters | ends | closing) >> 63,
            closed: closing >> 63,
            returned: returned >> 63,
        };
        Bits { delimiters, ends, inner, foreign, bad }
    }

    #[inline]
    fn word(&mut self, base: usize, bits: &Bits, row: &mut Row) -> Option<Stop> {
        let Bits { mut delimiters, mut ends, mut inner, mut foreign, .. } = *bits;
        while ends != 0 {
            let place = take_lowest(&mut ends);
            let upto = below(place);
            self.pass(base, delimiters & upto, row);
            if inner != 0 {
                row.inner += u64::from((inner & upto).count_ones());
                inner &= !upto;
            }
            row.is_ascii &= foreign & upto == 0;
            foreign &= !upto;
            delimiters &= !upto;
            let end = base + usize::try_from(place).unwrap_or(0);
            if let Some(stop) = self.end_row(end, row) {
                return Some(stop);
            }
        }
        self.pass(base, delimiters, row);
        row.is_ascii &= foreign == 0;
        if inner != 0 {
            row.inner += u64::from(inner.count_ones());
        }
        None
    }

    /// Passes delimiters, and looks at the fields between them.
    #[inline]
    fn pass(&mut self, base: usize, mut delimiters: u64, row: &mut Row) {
        if row.column == usize::MAX {
            row.fields += count(delimiters);
            return;
        }
        while delimiters != 0 {
            let place = base + usize::try_from(take_lowest(&mut delimiters)).unwrap_or(0);
            if row.fields == row.column {
                self.look_at(place, row);
                if row.column == usize::MAX {
                    row.fields += 1 + count(delimiters);
                    return;
                }
            }
            row.fields += 1;
            row.field_start = place + 1;
        }
    }

    #[inline]
    fn look_at(&mut self, end: usize, row: &mut Row) {
        let field = self.text.get(row.field_start..end).unwrap_or_default();
        row.could_be = row.could_be || self.look.field(row.column, field);
        row.column = self.look.next_column(row.column + 1);
    }

    #[inline]
    fn end_row(&mut self, end: usize, row: &mut Row) -> Option<Stop> {
        let Some(line_break) = self.line_break(end) else { return Some(Stop::End(row.start)) };
        if end > row.start {
            if row.start >= self.stop {
                return Some(Stop::Met(row.start));
            }
            if row.fields + 1 != self.grid.width || end - row.start >= self.grid.limit {
                return Some(Stop::Odd(row.start));
            }
            if row.fields == row.column {
                self.look_at(end, row);
            }
            if row.could_be || self.look.row(row.start, end, row.is_ascii) {
                self.look.wanted(row.start, end, self.lines);
            }
        }
        self.lines += row.inner + line_break;
        *row = self.new_row(end + 1);
        self.comment(row.start)
    }

    /// Returns how many line breaks end here: none at the first byte of a CRLF, one elsewhere;
    /// `None` where the next byte is not there to tell.
    #[inline]
    fn line_break(&self, end: usize) -> Option<u64> {
        if self.text.get(end) != Some(&b'\r') {
            return Some(1);
        }
        match self.text.get(end + 1) {
            Some(next) => Some(u64::from(*next != b'\n')),
            None => self.last.then_some(1),
        }
    }
}
