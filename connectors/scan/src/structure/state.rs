//! What sixty-four bytes say of the structure, and what is carried from them to the next.

use fearless_simd::{prelude::*, u8x64};

use super::Marks;
use crate::masks::{WORD, parity};

/// What is carried from word to word.
pub(super) struct State {
    /// All ones inside quotes.
    quoted: u64,
    /// Whether the byte before may stand before an opening quote.
    opens: u64,
    /// Whether the byte before is a closing quote.
    closed: u64,
    /// Whether the byte before is a carriage return inside quotes.
    returned: u64,
}

/// What was seen in a word.
pub(super) struct Seen {
    pub(super) marks: Marks,
    /// Line breaks inside quotes.
    pub(super) inner: u64,
    /// Quotes, or bytes after them, that no plain row has.
    pub(super) bad: u64,
}

impl State {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self { quoted: 0, opens: 1, closed: 0, returned: 0 }
    }

    /// Takes a word. `next` says whether a line feed follows.
    #[inline(always)]
    pub(super) fn word<S: Simd>(
        &mut self,
        simd: S,
        delimiter: u8,
        bytes: &[u8; WORD],
        next: impl FnOnce() -> bool,
    ) -> Seen {
        let word = u8x64::simd_from(simd, *bytes);
        let (quotes, feeds) = (word.simd_eq(b'"').to_bitmask(), word.simd_eq(b'\n').to_bitmask());
        let returns = word.simd_eq(b'\r').to_bitmask();
        let delimiters = word.simd_eq(delimiter).to_bitmask();
        let strange = word.simd_gt(0x7f).to_bitmask();
        let quoted = parity(simd, quotes) ^ self.quoted;
        let (opening, closing) = (quotes & quoted, quotes & !quoted);
        let breaks = feeds | returns;
        let delimiters = delimiters & !quoted;
        let may_follow = delimiters | breaks & !quoted;
        let before = (may_follow | closing) << 1 | self.opens;
        let after = closing << 1 | self.closed;
        let bad = opening & !before | after & !(may_follow | quotes);
        let (mut ends, mut inner) = (feeds & !quoted, 0);
        if returns | breaks & quoted | self.returned != 0 {
            let paired = feeds >> 1 | u64::from(next()) << 63;
            ends |= returns & !quoted & !paired;
            let returned = returns & quoted;
            inner = returned | feeds & quoted & !(returned << 1 | self.returned);
            self.returned = returned >> 63;
        }
        self.quoted = (quoted >> 63).wrapping_neg();
        self.opens = (may_follow | closing) >> 63;
        self.closed = closing >> 63;
        Seen { marks: Marks { delimiters, ends, strange, rows: 0, passed: 0 }, inner, bad }
    }
}
