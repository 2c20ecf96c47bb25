//! What stands at one place of a line, without parsing the line.

use memchr::{memchr2, memchr2_iter};

/// The value after a key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// None: the place is no key, or its value is null.
    NoValue,
    /// A string without escapes, or a number or word whose text is that of the value.
    Scalar(&'a [u8]),
    /// A string with escapes, in its quotes.
    Escaped(&'a [u8]),
    /// Something else: only parsing tells.
    Other,
}

/// Returns the value that stands behind a key which ends at an offset.
pub(crate) fn token(text: &[u8], from: usize) -> Token<'_> {
    let rest = black(text.get(from..).unwrap_or_default());
    let Some(rest) = rest.strip_prefix(b":") else { return Token::NoValue };
    match black(rest) {
        quoted @ [b'"', ..] => string(quoted),
        [b'n', ..] => Token::NoValue,
        scalar @ [b'-' | b'0'..=b'9' | b't' | b'f', ..] => plain(scalar),
        _ => Token::Other,
    }
}

/// Passes over white space inside a line.
fn black(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = text {
        text = rest;
    }
    text
}

/// Takes a string with its opening quote.
fn string(quoted: &[u8]) -> Token<'_> {
    let mut from = 1;
    loop {
        let Some(at) = memchr2(b'"', b'\\', quoted.get(from..).unwrap_or_default()) else {
            return Token::Other;
        };
        if quoted.get(from + at) == Some(&b'"') {
            return match from {
                1 => Token::Scalar(quoted.get(1..from + at).unwrap_or_default()),
                _ => Token::Escaped(quoted.get(..=from + at).unwrap_or_default()),
            };
        }
        from += at + 2;
    }
}

/// Takes a number or word. An exponent may be written in other ways than it is kept.
fn plain(text: &[u8]) -> Token<'_> {
    let ends = |b: &u8| matches!(b, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n');
    let end = text.iter().position(ends).unwrap_or(text.len());
    let word = text.get(..end).unwrap_or(text);
    let is_number = !matches!(word.first(), Some(b't' | b'f'));
    if is_number && word.iter().any(|b| matches!(b, b'e' | b'E' | b'+')) {
        return Token::Other;
    }
    Token::Scalar(word)
}

/// Returns whether the escape at an offset stands in a key: a colon follows its string.
pub(crate) fn in_key(text: &[u8], at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default();
    loop {
        match memchr2(b'"', b'\\', rest).and_then(|at| rest.split_at_checked(at)) {
            Some((_, [b'\\', _, after @ ..])) => rest = after,
            Some((_, [b'"', after @ ..])) => return black(after).first() == Some(&b':'),
            _ => return true,
        }
    }
}

/// Returns whether every string of a line is closed.
pub(crate) fn is_closed(line: &[u8]) -> bool {
    let (mut open, mut free) = (false, 0);
    for at in memchr2_iter(b'"', b'\\', line).map(|at| (at, line.get(at))) {
        match at {
            (at, Some(b'\\')) if open && at >= free => free = at + 2,
            (at, Some(b'"')) if at >= free => open = !open,
            _ => {}
        }
    }
    !open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_behind_its_key() {
        for (text, wanted) in [
            (&b": \"ada\"}"[..], Token::Scalar(b"ada")),
            (b" :17,", Token::Scalar(b"17")),
            (b":-1.50}", Token::Scalar(b"-1.50")),
            (b":true}", Token::Scalar(b"true")),
            (b":1e5}", Token::Other),
            (b":[1]", Token::Other),
            (b":\"a\\u0040\\\"b\",1", Token::Escaped(b"\"a\\u0040\\\"b\"")),
            (b":\"a", Token::Other),
            (b":null", Token::NoValue),
            (b",\"b\":1", Token::NoValue),
            (b"", Token::NoValue),
        ] {
            assert_eq!(token(text, 0), wanted);
        }
    }

    #[test]
    fn a_colon_makes_a_key() {
        assert!(in_key(b"\\u0065\\\"x\" :1", 0));
        assert!(!in_key(b"\\u0065\\\"x\",\"a\":1", 0));
        assert!(in_key(b"\\u00", 0));
    }

    #[test]
    fn escapes_do_not_close_a_string() {
        for (line, closed) in [
            (r#""a""#, true),
            (r#""a\""#, false),
            (r#""a\\""#, true),
            (r#""a\\\"b""#, true),
            (r#"{"a}"#, false),
        ] {
            assert_eq!(is_closed(line.as_bytes()), closed, "{line}");
        }
    }
}
