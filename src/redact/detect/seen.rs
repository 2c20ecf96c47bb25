//! A text as detectors see it: made plain, with what helps to find numbers and the words around
//! them.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Find;
use super::context::Recall;
use super::digits::{Marks, Run, Shape, is_edge, runs};
use super::phrases::{Asked, Said};
use super::plain::Plain;

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
    plain: Plain<'t>,
    /// Plain text in lower case, byte for byte (ASCII letters alone), `_` and `"` spaces, labels
    /// blanked: they are no context.
    lower: String,
    runs: Vec<Run>,
    said: Said,
    /// The lines that may have headings above them, once they were looked for.
    pub(super) tables: OnceCell<Vec<Range<usize>>>,
    pub(super) recall: Recall,
    /// The place for which headings were looked for last, and where they stand.
    pub(super) headed: RefCell<(usize, Vec<Range<usize>>)>,
    /// Where words start in the text in lower case, once that was asked for.
    starts: OnceCell<Vec<u32>>,
}

impl<'t> Seen<'t> {
    /// Makes a text plain.
    pub(super) fn new(text: &'t str) -> Self {
        let plain = Plain::of(text);
        let lower = without_labels(plain.text());
        let runs = runs(plain.text());
        let said = Said::of(&lower);
        let (tables, recall, starts) = (OnceCell::new(), Recall::default(), OnceCell::new());
        let headed = RefCell::new((usize::MAX, Vec::new()));
        Self { plain, lower, runs, said, tables, recall, headed, starts }
    }

    /// Returns the plain text.
    pub(super) fn text(&self) -> &str {
        self.plain.text()
    }

    /// Returns the bytes of the plain text.
    pub(super) fn bytes(&self) -> &[u8] {
        self.text().as_bytes()
    }

    /// Returns the plain text in lower case, byte for byte: signs between words are spaces, labels
    /// are blank.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// Returns a part of the text in lower case, with where words start in it.
    pub(super) fn part(&self, range: Range<usize>) -> Part<'_> {
        let starts = self.starts.get_or_init(|| word_starts(&self.lower)).as_slice();
        let first = starts.partition_point(|at| (*at as usize) < range.start);
        let rest = starts.get(first..).unwrap_or_default();
        let count = rest.partition_point(|at| (*at as usize) < range.end);
        Part {
            base: range.start,
            text: self.lower.get(range).unwrap_or_default(),
            starts: rest.get(..count).unwrap_or_default(),
        }
    }

    /// Returns a slice of the plain text.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text().get(range).unwrap_or_default()
    }

    /// Returns the original bytes of a range of the plain text.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.plain.origin(range)
    }

    /// Returns the runs of digits, at least so many of which stand together.
    pub(super) fn runs(&self, least: usize) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.cluster >= least)
    }

    /// Judges every match near digits that have one of the marks, and at least so many of which
    /// stand together.
    pub(super) fn numbers(
        &self,
        (least, marks): (usize, Marks),
        pattern: &Pattern,
        out: &mut Vec<Find>,
        judge: Judge,
    ) {
        self.near(least, |_, run| run.marks.has(marks), pattern, out, judge);
    }

    /// Judges every match near digits that are wanted, and at least so many of which stand together.
    pub(super) fn near(
        &self,
        least: usize,
        wanted: impl Fn(&[u8], &Run) -> bool,
        pattern: &Pattern,
        out: &mut Vec<Find>,
        judge: Judge,
    ) {
        let runs = self.runs(least).filter(|run| wanted(self.bytes(), run));
        for window in windows(self.text(), runs) {
            let Some(regex) = &**pattern else { return };
            let start = window.start;
            let found = regex.find_iter(self.slice(window));
            out.extend(found.filter_map(|m| judge(self, start + m.start()..start + m.end())));
        }
    }

    /// Judges every number of at least so many digits that is written in one of the shapes.
    pub(super) fn shaped(&self, least: usize, shapes: &[Shape], out: &mut Vec<Find>, judge: Judge) {
        self.starting(least, out, judge, |bytes, run| {
            shapes.iter().find_map(|shape| shape.of(bytes, run))
        });
    }

    /// Judges every number of at least so many digits. `end` says where the number ends that starts
    /// with a run; such a run starts a word.
    pub(super) fn starting(
        &self,
        least: usize,
        out: &mut Vec<Find>,
        judge: Judge,
        end: impl Fn(&[u8], &Run) -> Option<usize>,
    ) {
        self.placed(least, out, judge, |bytes, run| {
            let first = is_edge(bytes, run.start);
            first.then(|| end(bytes, run)).flatten().map(|end| run.start..end)
        });
    }

    /// Judges every number of at least so many digits. `place` says where the number stands of
    /// which a run is the first; numbers do not overlap.
    pub(super) fn placed(
        &self,
        least: usize,
        out: &mut Vec<Find>,
        judge: Judge,
        place: impl Fn(&[u8], &Run) -> Option<Range<usize>>,
    ) {
        let mut free = 0;
        for run in self.runs(least) {
            if run.start < free {
                continue;
            }
            let Some(range) = place(self.bytes(), run).filter(|range| range.start >= free) else {
                continue;
            };
            free = range.end;
            out.extend(judge(self, range));
        }
    }

    /// Judges every match in the text.
    pub(super) fn everywhere(&self, pattern: &Pattern, out: &mut Vec<Find>, judge: Judge) {
        let Some(regex) = &**pattern else { return };
        out.extend(regex.find_iter(self.text()).filter_map(|found| judge(self, found.range())));
    }

    /// Judges what the first group of every match in the text caught.
    pub(super) fn caught(&self, pattern: &Pattern, out: &mut Vec<Find>, judge: Judge) {
        let Some(regex) = &**pattern else { return };
        out.extend(
            regex
                .captures_iter(self.text())
                .filter_map(|captures| judge(self, captures.get(1)?.range())),
        );
    }

    /// Returns whether the text has a phrase without which a detector finds nothing, in any case.
    pub(super) fn says(&self, asked: Asked) -> bool {
        self.said.has(asked)
    }

    /// Returns the character before and the one after a range.
    pub(super) fn neighbours(&self, range: &Range<usize>) -> (Option<char>, Option<char>) {
        let before = self.text().get(..range.start).and_then(|t| t.chars().next_back());
        let after = self.text().get(range.end..).and_then(|t| t.chars().next());
        (before, after)
    }

    /// Returns what is written right before a range, as far as words of context may stand.
    pub(super) fn head(&self, range: &Range<usize>) -> &str {
        self.slice(range.start - self.before(range).len()..range.start)
    }

    /// Returns whether no letter, digit or underscore touches the range.
    pub(super) fn stands_alone(&self, range: &Range<usize>) -> bool {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let (before, after) = self.neighbours(range);
        !joins(before) && !joins(after)
    }
}

/// A part of a text in lower case.
#[derive(Clone, Copy)]
pub(super) struct Part<'s> {
    pub(super) text: &'s str,
    /// Where words start, counted from the start of the whole text.
    pub(super) starts: &'s [u32],
    /// Where in the whole text it stands.
    pub(super) base: usize,
}

/// Returns where words start: letters and digits that stand together, the signs that begin with two
/// common bytes aside. Without branches where all is ASCII, so that many bytes are looked at together.
pub(super) fn word_starts(text: &str) -> Vec<u32> {
    let (chunks, tail) = text.as_bytes().as_chunks::<CHUNK>();
    let mut starts = Vec::with_capacity(text.len() / 4);
    let (mut joined, mut base) = (0, 0);
    for chunk in chunks {
        if !chunk.is_ascii() {
            joined = add_starts(chunk, joined, base, &mut starts);
            base += CHUNK as u32;
            continue;
        }
        let (inside, first) = edges(chunk, joined);
        for (bytes, part) in first.as_chunks::<8>().0.iter().zip((base..).step_by(8)) {
            let mut bits = u64::from_le_bytes(*bytes);
            while bits != 0 {
                starts.push(part + bits.trailing_zeros() / 8);
                bits &= bits - 1;
            }
        }
        joined = inside;
        base += CHUNK as u32;
    }
    add_starts(tail, joined, base, &mut starts);
    starts
}

/// So many bytes are looked at together.
const CHUNK: usize = 32;

/// Returns whether the last byte belongs to a word, and a one for each byte that starts one. On its
/// own, so that the compiler makes vectors of it wherever it is called.
#[inline(never)]
fn edges(chunk: &[u8; CHUNK], joined: u8) -> (u8, [u8; CHUNK]) {
    let (mut inside, mut before, mut first) = ([0; CHUNK], [joined; CHUNK], [0; CHUNK]);
    for (to, b) in inside.iter_mut().zip(chunk) {
        let letter = (b | 0x20).wrapping_sub(b'a') < 26;
        *to = u8::from(letter | (b.wrapping_sub(b'0') < 10));
    }
    for (to, from) in before.iter_mut().skip(1).zip(&inside) {
        *to = *from;
    }
    for ((to, b), a) in first.iter_mut().zip(&inside).zip(&before) {
        *to = b & !a;
    }
    (inside.last().copied().unwrap_or(0), first)
}

/// Adds the starts of words byte by byte; returns whether the last byte belongs to a word.
fn add_starts(bytes: &[u8], mut joined: u8, base: u32, starts: &mut Vec<u32>) -> u8 {
    for (at, byte) in (base..).zip(bytes) {
        let inside = joined;
        // Beyond ASCII, what begins with these two bytes is mostly signs.
        joined = match byte {
            0..0x80 => u8::from(byte.is_ascii_alphanumeric()),
            0x80..0xC0 => inside,
            _ => u8::from(!matches!(byte, 0xC2 | 0xE2)),
        };
        starts.extend((joined > inside).then_some(at));
    }
    joined
}

/// Returns the text in lower case with labels (`[phone A]`) blanked, byte for byte.
fn without_labels(text: &str) -> String {
    let mut lower = text.to_ascii_lowercase().into_bytes();
    for byte in &mut lower {
        *byte = if (*byte == b'_') | (*byte == b'"') { b' ' } else { *byte };
    }
    let mut lower = String::from_utf8(lower).unwrap_or_default();
    for open in memchr::memchr_iter(b'[', text.as_bytes()) {
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

/// Returns the parts of the text that lie near these digits, cut at white space or after `MARGIN`.
fn windows<'r>(text: &str, runs: impl Iterator<Item = &'r Run>) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let start = edge_before(text, run.start.saturating_sub(MARGIN));
        let end = edge_after(text, run.end - 1 + MARGIN);
        match windows.last_mut().filter(|last| start <= last.end) {
            Some(window) => window.end = window.end.max(end),
            None => windows.push(start..end),
        }
    }
    windows
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
    fn words_start_where_they_do_byte_by_byte() {
        for text in ["", "a", " ab, c3", "é a", "\u{e9}b x\u{2019}y \u{a3}5", "x-1"] {
            for before in 0..70 {
                let text = format!("{}{text} end", "-a".repeat(before));
                let mut plain = Vec::new();
                add_starts(text.as_bytes(), 0, 0, &mut plain);
                assert_eq!(word_starts(&text), plain, "{text}");
            }
        }
    }

    #[test]
    fn a_window_holds_every_number() {
        let text = format!("{} 12 {} 34", "word ".repeat(40), "x".repeat(200));
        let windows = windows(&text, runs(&text).iter());
        assert_eq!(windows.len(), 2);
        assert!(windows.iter().any(|w| text.get(w.clone()).unwrap().contains(" 12 ")));
        assert!(text.get(windows[1].clone()).unwrap().ends_with("34"));
    }
}
