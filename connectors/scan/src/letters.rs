//! Letters beyond ASCII that need no look: those with accents, of which European names are full.
//!
//! The letters from U+00C0 to U+017F are two bytes each in UTF-8. A text that has one is never the
//! same as one of ASCII alone by [`Compare::Exact`](holdall_connector::Compare::Exact) or
//! [`Compare::Caseless`](holdall_connector::Compare::Caseless): its normal form has a character
//! beyond ASCII too. Three of them are exceptions (`Ĳ`, `ĳ` and `ſ`); those, all other characters,
//! and what is no UTF-8 are *strange*.

use fearless_simd::{prelude::*, u8x64};

/// Returns a bit for each strange byte of a word, and whether its last byte is the first of a
/// letter. `foreign` are the bytes beyond ASCII, `opened` says whether the byte before the word is
/// the first of a letter. (A letter that is not whole makes the byte behind it strange.)
#[inline(always)]
pub fn strange<S: Simd>(word: u8x64<S>, foreign: u64, opened: u64) -> (u64, u64) {
    let is = |byte: u8| word.simd_eq(byte).to_bitmask();
    let (a, b) = (is(0xc4), is(0xc5));
    let firsts = is(0xc3) | a | b;
    let seconds = word.simd_lt(0xc0).to_bitmask() & foreign;
    let expected = firsts << 1 | opened;
    let exceptions = (a << 1 | opened) & (is(0xb2) | is(0xb3)) | (b << 1 | opened) & is(0xbf);
    let plain = firsts | expected & seconds & !exceptions;
    (foreign & !plain | expected & !seconds, firsts >> 63)
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};
    use holdall_connector::Compare;

    use super::*;
    use crate::masks::WORD;

    fn of(bytes: &[u8]) -> u64 {
        let mut word = [b' '; WORD];
        word[..bytes.len()].copy_from_slice(bytes);
        dispatch!(Level::new(), simd => {
            let word = u8x64::simd_from(simd, word);
            let foreign = word.simd_gt(0x7f).to_bitmask();
            strange(word, foreign, 0).0
        })
    }

    #[test]
    fn no_letter_that_needs_no_look_ever_becomes_ascii() {
        for letter in '\u{80}'..='\u{ffff}' {
            let is_plain = of(letter.to_string().as_bytes()) == 0;
            let stays = [Compare::Exact, Compare::Caseless].iter().all(|compare| {
                let text = format!("a{letter}");
                compare.normalise(&text).is_some_and(|form| !form.is_ascii())
            });
            assert!(!is_plain || stays, "{letter}");
            assert_eq!(is_plain, stays && ('\u{c0}'..='\u{17f}').contains(&letter), "{letter}");
        }
    }

    #[test]
    fn what_is_no_text_is_strange() {
        for bytes in [&b"\xc3"[..], b"\xc3a", b"\xa9", b"\xc3\xa9\xa9", b"\xc3\xc3\xa9", b"\xff"] {
            assert_ne!(of(bytes), 0, "{bytes:x?}");
        }
        assert_eq!(of("Zoë Łukasz Ó Siân".as_bytes()), 0);
    }
}
