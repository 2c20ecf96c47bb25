//! The normal form in which values are compared and searched: lower case, without accents, marks
//! and invisible characters, compatibility forms made plain, character references decoded. Every
//! folded character keeps the byte range of the text it came from.

use std::ops::{ControlFlow, Range};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tags::inside_word;

/// Calls `visit` with every folded character of `text` from the byte offset `from` on, and the
/// byte range it came from. One character may give several (`ﬁ`), or none (a soft hyphen).
pub(super) fn fold(
    text: &str,
    from: usize,
    visit: &mut impl FnMut(char, Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut at = from;
    while at < text.len() {
        at = step(text, at, visit)?;
    }
    ControlFlow::Continue(())
}

/// Folds the character at the byte offset `at`; returns where the next one starts.
pub(super) fn step(
    text: &str,
    at: usize,
    visit: &mut impl FnMut(char, Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<(), usize> {
    let byte = text.as_bytes().get(at);
    if byte == Some(&b'<')
        && let Some(end) = inside_word(text, at)
    {
        return ControlFlow::Continue(end);
    }
    let (c, end) = match byte {
        Some(byte @ (b'&' | b'%')) => reference(text, at).unwrap_or((char::from(*byte), at + 1)),
        Some(byte @ 0..0x80) => (char::from(*byte), at + 1),
        _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
            Some(c) => (c, at + c.len_utf8()),
            None => return ControlFlow::Continue(text.len()),
        },
    };
    if c.is_ascii() {
        visit(c.to_ascii_lowercase(), at..end)?;
    } else if !is_invisible(c) {
        for plain in c.nfkd().filter(|c| !is_combining_mark(*c)) {
            for lower in plain.to_lowercase().flat_map(unstroked) {
                visit(lower, at..end)?;
            }
        }
    }
    ControlFlow::Continue(end)
}

/// Returns the letters that stand for a letter with a stroke or a ligature where it cannot be
/// typed: Unicode does not decompose them.
fn unstroked(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        'ß' => ['s', 's'],
        'æ' => ['a', 'e'],
        'œ' => ['o', 'e'],
        'þ' => ['t', 'h'],
        'ø' => ['o', '\0'],
        'ł' => ['l', '\0'],
        'đ' | 'ð' => ['d', '\0'],
        'ħ' => ['h', '\0'],
        'ı' => ['i', '\0'],
        'ς' => ['σ', '\0'],
        _ => [c, '\0'],
    };
    plain.into_iter().enumerate().filter(|(at, c)| *at == 0 || *c != '\0').map(|(_, c)| c)
}

/// Returns the letters and digits of the text, folded.
pub(crate) fn skeleton(text: &str) -> String {
    folded(text, char::is_alphanumeric)
}

/// Returns the text folded, without white space.
pub(super) fn strict(text: &str) -> String {
    folded(text, |c| !c.is_whitespace())
}

fn folded(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = fold(text, 0, &mut |c, _| {
        if keep(c) {
            out.push(c);
        }
        ControlFlow::Continue(())
    });
    out
}

/// Returns whether a character has no shape of its own: zero-width, directional and variation
/// marks, soft hyphens (Unicode `Default_Ignorable_Code_Point`, the ranges in use).
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns the character that an HTML reference (`&#64;`) or a percent sign (`%40`) stands for,
/// and where it ends. Percent signs count for punctuation and spaces alone: `100%07700` is a
/// percentage and a number.
pub(crate) fn reference(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    if let Some(hex) = rest.strip_prefix('%') {
        let code = u8::from_str_radix(hex.get(..2)?, 16).ok()?;
        let c = char::from(code);
        return (c.is_ascii_punctuation() || c == ' ').then_some((c, at + 3));
    }
    let window = rest.as_bytes().get(1..rest.len().min(12))?;
    let stop = window.iter().position(|b| *b == b';')?;
    let c = character(rest.get(1..=stop)?)?;
    Some((c, at + stop + 2))
}

/// Returns what a reference's name or number stands for (HTML Living Standard §13.5, those that
/// occur in addresses and numbers).
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "shy" => '\u{AD}',
        "zwj" => '\u{200D}',
        "zwnj" => '\u{200C}',
        "commat" => '@',
        "period" => '.',
        "lowbar" => '_',
        "plus" => '+',
        "dash" | "hyphen" => '-',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter() {
        for text in ["Zoë O'Hara", "ZOE\u{308} O\u{2019}HARA", "z\u{200B}o\u{AD}e ohara"] {
            assert_eq!(skeleton(text), "zoeohara");
        }
        assert_eq!(skeleton("０７７００ 900-123"), "07700900123");
        assert_eq!(skeleton("ŁUKASZ Weiß-Ødegård ΑΣ"), skeleton("lukasz WEISS odegard ας"));
    }

    #[test]
    fn references_are_decoded() {
        for text in ["ann@x.org", "ann&#64;x.org", "ann&#x40;x&period;org", "ann%40x.org"] {
            assert_eq!(strict(text), "ann@x.org", "{text}");
        }
        assert_eq!(strict("fish & chips; 5%"), "fish&chips;5%");
        assert_eq!(strict("&#0;&#99999999;&; %zz %é"), "\0&#99999999;&;%zz%e");
    }

    #[test]
    fn every_character_knows_its_place() {
        let mut seen = Vec::new();
        let _ = fold("é&#64;ﬁ", 0, &mut |c, range| {
            seen.push((c, range));
            ControlFlow::Continue(())
        });
        assert_eq!(seen, [('e', 0..2), ('@', 2..7), ('f', 7..10), ('i', 7..10)]);
    }
}
