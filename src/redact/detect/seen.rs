//! A text as detectors see it: hidden forms made plain, with the way back to the original bytes.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::Find;
use super::phrases::{Phrases, Said};
use crate::redact::forms::{inside_word, is_invisible, reference};

/// How far from a digit a number may go on, in bytes.
const MARGIN: usize = 40;

/// The longest label that is recognised, in bytes.
const LABEL: usize = 60;

/// A pattern, compiled once. Every pattern compiles: the tables of tests use each.
pub(super) type Pattern = LazyLock<Option<Regex>>;
/// Decides whether a match is an identifier.
pub(super) type Judge = fn(&Seen<'_>, Range<usize>) -> Option<Find>;

/// A text made plain.
pub(super) struct Seen<'t> {
    text: Cow<'t, str>,
    /// By byte of the plain text, the original bytes; `None` where both are the same.
    origin: Option<Vec<Range<usize>>>,
    /// Plain text in lower case, byte for byte (ASCII letters alone), `_` a space, labels blanked:
    /// they are no context.
    lower: String,
    windows: Vec<Window>,
    said: Said,
}

/// A part of a text near digits.
struct Window {
    range: Range<usize>,
    digits: usize,
}

impl<'t> Seen<'t> {
    /// Makes a text plain.
    pub(super) fn new(text: &'t str) -> Self {
        let (text, origin) = match plain(text) {
            Some((plain, origin)) => (Cow::Owned(plain), Some(origin)),
            None => (Cow::Borrowed(text), None),
        };
        let lower = without_labels(&text);
        let windows = windows(&text);
        let said = Said::of(&lower);
        Self { text, origin, lower, windows, said }
    }

    /// Returns the plain text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the plain text in lower case, byte for byte: signs between words are spaces, labels
    /// are blank.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// Returns a slice of the plain text.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the original bytes of a range of the plain text.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let Some(origin) = &self.origin else { return range };
        let start = origin.get(range.start).map_or(0, |place| place.start);
        let end = range.end.checked_sub(1).and_then(|last| origin.get(last));
        start..end.map_or(start, |place| place.end)
    }

    /// Judges every match near digits, where there are at least so many.
    pub(super) fn numbers(
        &self,
        least: usize,
        pattern: &Pattern,
        out: &mut Vec<Find>,
        judge: Judge,
    ) {
        let Some(regex) = &**pattern else { return };
        for window in self.windows.iter().filter(|window| window.digits >= least) {
            let start = window.range.start;
            let Some(part) = self.text.get(window.range.clone()) else { continue };
            out.extend(
                regex
                    .find_iter(part)
                    .filter_map(|found| judge(self, start + found.start()..start + found.end())),
            );
        }
    }

    /// Judges every match in the text.
    pub(super) fn everywhere(&self, pattern: &Pattern, out: &mut Vec<Find>, judge: Judge) {
        let Some(regex) = &**pattern else { return };
        out.extend(regex.find_iter(&self.text).filter_map(|found| judge(self, found.range())));
    }

    /// Judges what the first group of every match in the text caught.
    pub(super) fn caught(&self, pattern: &Pattern, out: &mut Vec<Find>, judge: Judge) {
        let Some(regex) = &**pattern else { return };
        out.extend(
            regex
                .captures_iter(&self.text)
                .filter_map(|captures| judge(self, captures.get(1)?.range())),
        );
    }

    /// Returns whether the text has one of the phrases, in any case.
    pub(super) fn says(&self, phrases: &Phrases) -> bool {
        self.said.has(phrases)
    }

    /// Returns the character before and the one after a range.
    pub(super) fn neighbours(&self, range: &Range<usize>) -> (Option<char>, Option<char>) {
        let before = self.text.get(..range.start).and_then(|t| t.chars().next_back());
        let after = self.text.get(range.end..).and_then(|t| t.chars().next());
        (before, after)
    }

    /// Returns whether no letter, digit or underscore touches the range.
    pub(super) fn stands_alone(&self, range: &Range<usize>) -> bool {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let (before, after) = self.neighbours(range);
        !joins(before) && !joins(after)
    }
}

/// Returns the text in lower case with labels (`[phone A]`) blanked, byte for byte.
fn without_labels(text: &str) -> String {
    let mut lower = text.to_ascii_lowercase();
    if lower.contains('_') {
        lower = lower.replace('_', " ");
    }
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find('[')).map(|at| from + at) {
        from = open + 1;
        let within = text.as_bytes().get(open..text.len().min(open + LABEL)).unwrap_or_default();
        let Some(close) = within.iter().position(|b| *b == b']').map(|at| open + at + 1) else {
            continue;
        };
        if text.get(open..close).is_some_and(is_label_like) {
            lower.replace_range(open..close, &" ".repeat(close - open));
        }
    }
    lower
}

/// Returns whether the text is written like a label: words, then a letter in capitals, then perhaps
/// a kind.
fn is_label_like(text: &str) -> bool {
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    let head = inner.split(':').next().unwrap_or_default();
    let letters = head.rsplit(' ').next().unwrap_or_default();
    text.ends_with(']')
        && head.contains(' ')
        && (1..=4).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && inner.is_ascii()
}

/// Returns the plain text and its origin, or `None` if the text is plain already.
fn plain(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    if text.is_ascii() && !hides(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c == '<'
            && let Some(end) = inside_word(text, at)
        {
            at = end;
            continue;
        }
        let (c, end) = match c {
            '&' | '%' => reference(text, at).unwrap_or((c, at + 1)),
            _ => (c, at + c.len_utf8()),
        };
        show(c, &mut out);
        origin.resize(out.len(), at..end);
        at = end;
    }
    Some((out, origin))
}

/// Returns whether a reference or a tag inside a word stands in the text.
fn hides(text: &str) -> bool {
    let mut signs = text.bytes().enumerate().filter(|(_, b)| matches!(b, b'&' | b'%' | b'<'));
    signs.any(|(at, sign)| match sign {
        b'<' => inside_word(text, at).is_some(),
        _ => reference(text, at).is_some(),
    })
}

fn show(c: char, out: &mut String) {
    match c {
        _ if c.is_ascii() => out.push(c),
        _ if is_invisible(c) => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => {
            out.push('-');
        }
        _ if c.is_whitespace() => {
            out.push(if c == '\u{2028}' || c == '\u{85}' { '\n' } else { ' ' });
        }
        _ if c.is_alphabetic() && !('\u{FB00}'..='\u{FFEF}').contains(&c) => out.push(c),
        _ => out.extend(std::iter::once(c).nfkc()),
    }
}

/// Returns the parts of the text that lie near digits, cut at white space or after `MARGIN`.
fn windows(text: &str) -> Vec<Window> {
    /// So many bytes are looked at together.
    const CHUNK: usize = 32;
    let mut windows: Vec<Window> = Vec::new();
    for (number, chunk) in text.as_bytes().chunks(CHUNK).enumerate() {
        if !chunk.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            continue;
        }
        for (at, _) in chunk.iter().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            widen(&mut windows, text, number * CHUNK + at);
        }
    }
    windows
}

/// Adds a digit to the last window, or to one of its own.
fn widen(windows: &mut Vec<Window>, text: &str, at: usize) {
    match windows.last_mut() {
        Some(last) if at < last.range.end => last.digits += 1,
        Some(last) if at <= last.range.end + 2 * MARGIN => {
            last.range.end = edge_after(text, at + MARGIN);
            last.digits += 1;
        }
        _ => {
            let start = edge_before(text, at.saturating_sub(MARGIN));
            windows.push(Window { range: start..edge_after(text, at + MARGIN), digits: 1 });
        }
    }
}

/// Returns the nearest place at or before `at` where no word is cut, within another margin.
fn edge_before(text: &str, at: usize) -> usize {
    let least = at.saturating_sub(MARGIN);
    let mut at = at;
    while at > least && !text.as_bytes().get(at - 1).is_some_and(u8::is_ascii_whitespace) {
        at -= 1;
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn edge_after(text: &str, at: usize) -> usize {
    let most = (at + MARGIN).min(text.len());
    let mut at = at.min(text.len());
    while at < most && !text.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_forms_lead_back() {
        let text = "call ０７７００\u{A0}900\u{2011}123 é";
        let seen = Seen::new(text);
        assert_eq!(seen.text(), "call 07700 900-123 é");
        let range = seen.origin(5..18);
        assert_eq!(text.get(range), Some("０７７００\u{A0}900\u{2011}123"));
    }

    #[test]
    fn a_window_holds_every_number() {
        let text = format!("{} 12 {} 34", "word ".repeat(40), "x".repeat(200));
        let windows = windows(&text);
        assert_eq!(windows.len(), 2);
        assert!(windows.iter().any(|w| text.get(w.range.clone()).unwrap().contains(" 12 ")));
        assert!(text.get(windows[1].range.clone()).unwrap().ends_with("34"));
    }
}
