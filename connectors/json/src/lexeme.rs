//! Where a string, number or word of a JSON text ends, and whether it is sound (RFC 8259), without
//! making a value of it.
//!
//! The rules are those of the parser in [`crate::parse`]: what is sound here is parsed there. The
//! other way round, something may be called unsound that is not, which costs time alone.

use fearless_simd::{prelude::*, u8x64};

/// Bytes that are looked at in one go.
const STEP: usize = 64;

/// A scalar as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// A string without escapes.
    Text,
    /// A string with escapes.
    Escaped,
    /// A number or word whose text is that of its value.
    Plain,
    /// A number that may be kept in another way than it is written.
    Exponent,
    /// The word `null`.
    Null,
}

/// Returns the end of the scalar that starts at an offset, and what it is; `None` if it is none.
#[inline(always)]
pub(crate) fn scalar<S: Simd>(simd: S, text: &[u8], at: usize) -> Option<(usize, Scalar)> {
    match text.get(at)? {
        b'"' => {
            let (end, escaped) = string(simd, text, at)?;
            Some((end, if escaped { Scalar::Escaped } else { Scalar::Text }))
        }
        b'-' | b'0'..=b'9' => number(text, at),
        b't' => word(text, at, b"true", Scalar::Plain),
        b'f' => word(text, at, b"false", Scalar::Plain),
        b'n' => word(text, at, b"null", Scalar::Null),
        _ => None,
    }
}

/// Returns the offset behind the closing quote of the string that is opened at an offset, and
/// whether it has escapes. A control character has no place in a string.
#[inline(always)]
pub(crate) fn string<S: Simd>(simd: S, text: &[u8], at: usize) -> Option<(usize, bool)> {
    let (mut at, mut escaped) = (at + 1, false);
    loop {
        at = special(simd, text, at)?;
        match text.get(at)? {
            b'"' => return Some((at + 1, escaped)),
            b'\\' => at = escape(text, at)?,
            _ => return None,
        }
        escaped = true;
    }
}

/// Returns the offset of the next quote, backslash or control character.
#[inline(always)]
fn special<S: Simd>(simd: S, text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = text.get(at..)?;
        let Some(bytes) = rest.first_chunk::<STEP>() else {
            let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            return rest.iter().position(is_special).map(|found| at + found);
        };
        let bytes = u8x64::simd_from(simd, *bytes);
        let found = bytes.simd_eq(b'"') | bytes.simd_eq(b'\\') | bytes.simd_lt(0x20);
        let found = found.to_bitmask();
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize);
        }
        at += STEP;
    }
}

/// Returns the offset behind the escape at an offset.
#[inline]
pub(crate) fn escape(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' => match unit(text, at)? {
            0xD800..0xDC00 => {
                let is_pair = matches!(unit(text, at + 6)?, 0xDC00..0xE000);
                is_pair.then_some(at + 12)
            }
            0xDC00..0xE000 => None,
            _ => Some(at + 6),
        },
        _ => None,
    }
}

/// Returns the UTF-16 unit that an escape stands for.
fn unit(text: &[u8], at: usize) -> Option<u32> {
    let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits
        .iter()
        .try_fold(0, |unit, digit| char::from(*digit).to_digit(16).map(|digit| unit << 4 | digit))
}

fn number(text: &[u8], at: usize) -> Option<(usize, Scalar)> {
    let unsigned = at + usize::from(text.get(at) == Some(&b'-'));
    let whole = digits(text, unsigned);
    let has_zero = text.get(unsigned) == Some(&b'0');
    if whole == unsigned || has_zero && whole > unsigned + 1 {
        return None;
    }
    let end = match text.get(whole) {
        Some(b'.') => Some(digits(text, whole + 1)).filter(|end| *end > whole + 1)?,
        _ => whole,
    };
    match text.get(end) {
        Some(b'e' | b'E') => exponent(text, end + 1),
        _ => Some((end, Scalar::Plain)),
    }
}

fn exponent(text: &[u8], at: usize) -> Option<(usize, Scalar)> {
    let from = at + usize::from(matches!(text.get(at), Some(b'+' | b'-')));
    let end = digits(text, from);
    (end > from).then_some((end, Scalar::Exponent))
}

fn digits(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

#[inline]
fn word(text: &[u8], at: usize, word: &[u8], is: Scalar) -> Option<(usize, Scalar)> {
    text.get(at..)?.starts_with(word).then_some((at + word.len(), is))
}

/// Returns the offset of the next byte that is not white space.
#[inline(always)]
pub(crate) fn black(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Option<(usize, Scalar)> {
        let level = Level::new();
        dispatch!(level, simd => scalar(simd, text.as_bytes(), 0))
    }

    #[test]
    fn scalars_end_where_they_end() {
        for (text, wanted) in [
            (r#""ada",1"#, Some((5, Scalar::Text))),
            (r#""a\"\u00eb\ud83d\ude00" "#, Some((23, Scalar::Escaped))),
            (r#""\ud83d""#, None),
            (r#""\udc00""#, None),
            (r#""\x""#, None),
            ("\"a\tb\"", None),
            (r#""open"#, None),
            ("17,", Some((2, Scalar::Plain))),
            ("-0.50}", Some((5, Scalar::Plain))),
            ("1e5", Some((3, Scalar::Exponent))),
            ("01", None),
            ("-", None),
            ("1.", None),
            ("1e", None),
            ("true]", Some((4, Scalar::Plain))),
            ("null", Some((4, Scalar::Null))),
            ("nul", None),
        ] {
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 5000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_sound_is_parsed(text in "\"([a\"\\\\u0dDcC8eb/n\\x01\u{eb}]|\\\\ud83d|\\\\ude00|\\\\u00e9){0,40}\"|-?[0-9.eE+-]{1,6}") {
            if let Some((end, _)) = of(&text) {
                prop_assert!(serde_json::from_slice::<serde_json::Value>(&text.as_bytes()[..end]).is_ok());
            }
        }
    }
}
