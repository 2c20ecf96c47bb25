//! A text made plain: no invisible characters, ordinary digits, spaces and dashes, character
//! references decoded, no tags inside words; with the way back to the original bytes.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3;
use unicode_normalization::UnicodeNormalization;

use super::glance::places;
use crate::redact::forms::{inside_word, is_invisible, reference};

/// A text made plain.
pub(super) struct Plain<'t> {
    text: Cow<'t, str>,
    /// In order of both texts.
    changes: Vec<Change>,
}

/// Returns whether something may begin with the byte that plain text has not. Without branches, so
/// that many bytes are looked at together.
fn is_telling(byte: u8) -> bool {
    !byte.is_ascii() | (byte == b'&') | (byte == b'%') | (byte == b'<')
}

/// Where the plain text has something else than the original.
struct Change {
    plain: Range<usize>,
    origin: Range<usize>,
}

impl<'t> Plain<'t> {
    /// Makes a text plain. What has nothing to change is not copied.
    pub(super) fn of(text: &'t str) -> Self {
        if text.is_ascii() && memchr3(b'&', b'%', b'<', text.as_bytes()).is_none() {
            return Self { text: Cow::Borrowed(text), changes: Vec::new() };
        }
        let (mut plain, mut changes) = (String::new(), Vec::new());
        let mut kept = 0;
        for at in places(text.as_bytes(), is_telling) {
            let Some((shown, end)) = (at >= kept).then(|| change(text, at)).flatten() else {
                continue;
            };
            plain.push_str(text.get(kept..at).unwrap_or_default());
            let start = plain.len();
            shown.into_iter().for_each(|c| show(c, &mut plain));
            changes.push(Change { plain: start..plain.len(), origin: at..end });
            kept = end;
        }
        if changes.is_empty() {
            return Self { text: Cow::Borrowed(text), changes };
        }
        plain.push_str(text.get(kept..).unwrap_or_default());
        Self { text: Cow::Owned(plain), changes }
    }

    /// Returns the plain text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the original bytes of a range of the plain text.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        if self.changes.is_empty() {
            return range;
        }
        let start = self.byte(range.start).start;
        start..range.end.checked_sub(1).map_or(start, |last| self.byte(last).end)
    }

    /// Returns the original bytes of a byte of the plain text.
    fn byte(&self, at: usize) -> Range<usize> {
        let next = self.changes.partition_point(|change| change.plain.start <= at);
        match next.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some(change) if at < change.plain.end => change.origin.clone(),
            Some(change) => {
                let at = change.origin.end + at - change.plain.end;
                at..at + 1
            }
            None => at..at + 1,
        }
    }
}

/// Returns what is shown instead of what stands at this byte, and where that ends; `None` if
/// nothing changes.
fn change(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    match text.as_bytes().get(at)? {
        b'<' => Some((None, inside_word(text, at)?)),
        0..0x80 => reference(text, at).map(|(c, end)| (Some(c), end)),
        _ => {
            let c = text.get(at..)?.chars().next()?;
            (!is_plain(c) && !is_usual(c)).then_some((Some(c), at + c.len_utf8()))
        }
    }
}

/// Returns whether a character stays as it is, without a look at its decompositions.
fn is_plain(c: char) -> bool {
    c.is_ascii() || c.is_alphabetic() && !is_invisible(c) && !('\u{FB00}'..='\u{FFEF}').contains(&c)
}

/// Returns whether a sign is one of those that are common and stay as they are.
fn is_usual(c: char) -> bool {
    matches!(c, '£' | '€' | '•' | '\u{2018}'..='\u{201F}')
}

fn show(c: char, out: &mut String) {
    match c {
        _ if is_plain(c) => out.push(c),
        _ if is_invisible(c) => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
            out.push('-');
        }
        _ if c.is_whitespace() => {
            out.push(if c == '\u{2028}' || c == '\u{85}' { '\n' } else { ' ' });
        }
        _ => out.extend(std::iter::once(c).nfkc()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_forms_lead_back() {
        let text = "call ０７７００\u{A0}900\u{2011}123 é";
        let plain = Plain::of(text);
        assert_eq!(plain.text(), "call 07700 900-123 é");
        assert_eq!(text.get(plain.origin(5..18)), Some("０７７００\u{A0}900\u{2011}123"));
    }

    #[test]
    fn what_is_plain_is_not_copied() {
        for text in ["", "Zoë & Søren: 5% < 6", "Łódź"] {
            assert!(matches!(Plain::of(text).text, Cow::Borrowed(_)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_character_leads_back(text in "(?:[ -~]|[é\u{AD}\u{200B}\u{A0}０１ﬁ]|&#64;|<b>|%20){0,12}") {
            let plain = Plain::of(&text);
            let mut last = 0;
            for (at, c) in plain.text().char_indices() {
                let origin = plain.origin(at..at + c.len_utf8());
                prop_assert!(origin.start >= last && text.get(origin.clone()).is_some());
                last = origin.start;
            }
            prop_assert!(text.get(plain.origin(0..plain.text().len())).is_some());
        }
    }
}
