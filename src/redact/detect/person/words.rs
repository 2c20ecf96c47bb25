//! A text cut into words, with what stands between them.

use std::ops::Range;

use super::ends::without_device;
use super::lexicon::{Class, Digest, class_of, class_of_name, class_of_shape, digest};

/// What stands between a word and the one before it: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u8);

impl Gap {
    /// Spaces.
    pub(super) const SPACE: Self = Self(1);
    /// A full stop.
    pub(super) const DOT: Self = Self(1 << 1);
    /// A comma.
    pub(super) const COMMA: Self = Self(1 << 2);
    /// Spaces and a full stop.
    pub(super) const SPACE_OR_DOT: Self = Self(1 | 1 << 1);
    /// Spaces and a comma.
    pub(super) const SPACE_OR_COMMA: Self = Self(1 | 1 << 2);
    /// A colon, or a sign that stands for one in a field.
    pub(super) const COLON: Self = Self(1 << 3);
    /// The end of a line; the beginning of the text.
    pub(super) const LINE: Self = Self(1 << 4);
    /// An ampersand.
    pub(super) const AND: Self = Self(1 << 5);
    /// An opening bracket or quotation mark, a bullet.
    pub(super) const OPEN: Self = Self(1 << 6);
    /// Anything else.
    pub(super) const OTHER: Self = Self(1 << 7);

    const fn of(byte: u8) -> Self {
        match byte {
            b' ' => Self::SPACE,
            b'.' => Self::DOT,
            b',' => Self::COMMA,
            b':' | b'=' | b'|' | b'\t' => Self::COLON,
            b'\n' | b'\r' => Self::LINE,
            b'&' => Self::AND,
            b'(' | b'"' | b'\'' | b'<' | b'>' | b'*' | b'-' | b';' | b'[' => Self::OPEN,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => Self(0),
            _ => Self::OTHER,
        }
    }

    /// Returns what is in either set.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Returns whether the sets have something in common.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether there is nothing in the set but what is in `other`.
    pub(super) fn is_only(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Returns whether a sentence, a line or a field starts after it.
    pub(super) fn is_start(self) -> bool {
        self.has(Self(Self::DOT.0 | Self::LINE.0 | Self::OTHER.0 | Self::COLON.0 | Self::OPEN.0))
    }

    /// Returns whether a line or a field starts after it.
    pub(super) fn is_field(self) -> bool {
        self.has(Self(Self::LINE.0 | Self::COLON.0 | Self::OPEN.0))
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// In lower case.
    Lower,
    /// With a capital.
    Capital,
    /// In capitals alone.
    Capitals,
    /// One capital.
    Initial,
    /// With a digit.
    Number,
}

/// A word.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where, in bytes, without a possessive.
    pub(super) range: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
    /// How it is written.
    pub(super) shape: Shape,
    /// Whether `'s` follows, or a hyphen and a device.
    pub(super) owns: bool,
    /// Whether there is a sign or a letter beyond ASCII in it.
    pub(super) signed: bool,
    /// What it may be.
    pub(super) class: Class,
    /// What tells it from others, however they are written; nothing for one with a digit.
    pub(super) digest: Digest,
}

impl Word {
    /// Returns whether the word starts with a capital.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Capitals | Shape::Initial)
    }
}

/// What every byte is between words; nothing for one with which a word may start.
static GAPS: [Gap; 256] = gaps();

#[allow(clippy::indexing_slicing, reason = "the compiler runs it, and checks the bounds")]
const fn gaps() -> [Gap; 256] {
    let mut all = [Gap(0); 256];
    let mut at = 0;
    while at < all.len() {
        all[at] = Gap::of(at as u8);
        at += 1;
    }
    all
}

/// Returns the words of a text. An apostrophe or hyphen between letters belongs to its word; the
/// ending `'s` does not.
pub(super) fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 5);
    let (mut at, mut gap) = (0, Gap::LINE);
    while let Some(&byte) = bytes.get(at) {
        let between = GAPS.get(usize::from(byte)).copied().unwrap_or_default();
        if between != Gap(0) {
            gap.add(between);
            at += 1;
            continue;
        }
        let letters = Letters::at(bytes, at);
        let plain = letters.end;
        let goes_on = matches!(bytes.get(plain), Some(b'\'' | b'-' | 0x80..));
        let end = if goes_on { word_end(text, at) } else { plain };
        if end > at {
            words.push(match end == plain {
                true => letters.word(at, byte, gap),
                false => word(text, at..end, gap),
            });
            at = end;
            gap = Gap::default();
            continue;
        }
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        gap.add(if c.is_some_and(char::is_whitespace) { Gap::SPACE } else { Gap::OPEN });
        at += c.map_or(1, char::len_utf8);
    }
    look_up(text, &mut words);
    words
}

/// Looks up what the words may be that are all letters of ASCII. In a loop of its own, so that the
/// processor waits for several places of the table at a time.
fn look_up(text: &str, words: &mut [Word]) {
    for word in words.iter_mut().filter(|word| !word.signed && word.shape != Shape::Number) {
        word.class = class_of(word.digest);
        if word.class == Class::default()
            && word.is_capital()
            && text.as_bytes().get(word.range.start) == Some(&b'M')
        {
            // Without a sign, only `Mc` and `Mac` tell a surname.
            word.class = class_of_shape(text.get(word.range.clone()).unwrap_or_default());
        }
    }
}

/// The letters and digits of ASCII that stand together.
struct Letters {
    /// Where they end.
    end: usize,
    /// What tells them from others.
    digest: Digest,
    /// Whether a digit is one of them.
    digit: bool,
    /// Whether a letter in lower case is.
    lower: bool,
}

impl Letters {
    /// Looks at what starts here. As many bytes at a time as a digest takes in.
    fn at(bytes: &[u8], start: usize) -> Self {
        let (mut end, mut digest, mut digit, mut lower) = (start, Digest::default(), 0, 0);
        loop {
            let rest = bytes.get(end..).unwrap_or_default();
            let block = match rest.first_chunk::<{ Digest::BLOCK }>() {
                Some(block) => u64::from_le_bytes(*block),
                None => rest.iter().rev().fold(0, |all, b| all << 8 | u64::from(*b)),
            };
            let (letters, digits) = kinds(block);
            let other = !(letters | digits) & HIGH;
            let small = letters & (block << 2);
            if other == 0 {
                (digit, lower) = (digit | digits, lower | small);
                digest = digest.and(block | SMALL);
                end += Digest::BLOCK;
                continue;
            }
            // The bytes before the first that is another.
            let kept = (other ^ (other - 1)) >> 8;
            if kept != 0 {
                (digit, lower) = (digit | digits & kept, lower | small & kept);
                digest = digest.and((block | SMALL) & kept);
                end += other.trailing_zeros() as usize / 8;
            }
            return Self { end, digest, digit: digit != 0, lower: lower != 0 };
        }
    }

    /// Returns them as a word, as most are; not what it may be.
    fn word(&self, start: usize, first: u8, gap: Gap) -> Word {
        let shape = match self.end - start {
            _ if self.digit => Shape::Number,
            _ if !first.is_ascii_uppercase() => Shape::Lower,
            1 => Shape::Initial,
            _ if self.lower => Shape::Capital,
            _ => Shape::Capitals,
        };
        let digest = if self.digit { Digest::default() } else { self.digest };
        let class = Class::default();
        Word { range: start..self.end, gap, shape, owns: false, signed: false, class, digest }
    }
}

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// The bit that makes a letter one in lower case.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Returns the highest bits of those of eight bytes that are letters of ASCII, and digits.
const fn kinds(block: u64) -> (u64, u64) {
    /// Eight times the same byte.
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    let (ascii, low) = (!block & HIGH, block & !HIGH);
    let small = low | SMALL;
    // What is added carries into the highest bit from the first of them on, or behind the last.
    let letters = (small + all(0x80 - b'a')) & !(small + all(0x7F - b'z'));
    let digits = (low + all(0x80 - b'0')) & !(low + all(0x7F - b'9'));
    (letters & ascii, digits & ascii)
}

/// Returns where the word that starts here ends; `at` itself if none does.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b) if b.is_ascii_alphanumeric() => end += 1,
            Some(b'\'' | b'-') if end > at && letter_at(text, end + 1) => end += 1,
            Some(0x80..) => match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) if is_letter(c) => end += c.len_utf8(),
                Some('\u{2019}') if end > at && letter_at(text, end + 3) => end += 3,
                _ => return end,
            },
            _ => return end,
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn letter_at(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
}

/// Returns a word with a sign or a letter beyond ASCII in it.
fn word(text: &str, whole: Range<usize>, gap: Gap) -> Word {
    let written = text.get(whole.clone()).unwrap_or_default();
    let bare = ["'s", "\u{2019}s", "'S", "\u{2019}S"].iter().find_map(|s| written.strip_suffix(s));
    let whole_name = bare.unwrap_or(written);
    let name = without_device(whole_name);
    let owns = bare.is_some() || name.len() < whole_name.len();
    let shape = shape(name);
    let digest = digest(&[name]);
    let class = match shape {
        Shape::Lower => class_of(digest),
        Shape::Number => Class::default(),
        _ => class_of_name(name, digest),
    };
    let range = whole.start..whole.start + name.len();
    Word { range, gap, shape, owns, signed: true, class, digest }
}

/// Returns whether this stands before the hyphen or apostrophe of a surname: `al-`, `d'`, `bin-`.
fn is_prefix(head: &str) -> bool {
    head.chars().count() <= 2 || ["bin", "ibn", "bint", "abu", "van", "von"].contains(&head)
}

fn shape(name: &str) -> Shape {
    let mut letters = name.chars();
    let first = letters.next();
    if name.bytes().any(|b| b.is_ascii_digit()) {
        return Shape::Number;
    }
    if !first.is_some_and(char::is_uppercase) {
        // `al-Hassan`, `d'Souza`
        let later = |rest: &str| rest.chars().next().is_some_and(char::is_uppercase);
        let prefixed = name
            .split_once(['-', '\'', '\u{2019}'])
            .is_some_and(|(head, rest)| is_prefix(head) && later(rest));
        return if prefixed { Shape::Capital } else { Shape::Lower };
    }
    let rest = letters.as_str();
    match rest.chars().find(|c| c.is_alphabetic()) {
        None => Shape::Initial,
        Some(_) if !rest.chars().any(char::is_lowercase) => Shape::Capitals,
        Some(_) => Shape::Capital,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_possessive_is_no_part_of_a_word() {
        let text = "Mrs O\u{2019}Hara\u{2019}s and al-Hassan's, J. SMITH-JONES 4b";
        let words = words(text);
        let seen: Vec<&str> = words.iter().map(|w| text.get(w.range.clone()).unwrap()).collect();
        assert_eq!(seen, ["Mrs", "O\u{2019}Hara", "and", "al-Hassan", "J", "SMITH-JONES", "4b"]);
        let shapes: Vec<Shape> = words.iter().map(|w| w.shape).collect();
        use Shape::*;
        assert_eq!(shapes, [Capital, Capital, Lower, Capital, Initial, Capitals, Number]);
        assert!(words[1].owns && words[4].gap.has(Gap::COMMA) && words[5].gap.has(Gap::DOT));
    }

    #[test]
    fn letters_are_told_eight_at_a_time() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let (letters, digits) = kinds(u64::from(byte) << (8 * at));
                let bit = 0x80 << (8 * at);
                assert_eq!(letters, if byte.is_ascii_alphabetic() { bit } else { 0 }, "{byte}");
                assert_eq!(digits, if byte.is_ascii_digit() { bit } else { 0 }, "{byte}");
            }
        }
        for text in ["a", "A1", "seventhy", "seventhy-", "Featherstonehaugh x", "sixteen letters."]
        {
            let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let letters = Letters::at(text.as_bytes(), 0);
            let whole = digest(&[text.get(..plain).unwrap()]);
            assert_eq!((letters.end, letters.digest), (plain, whole), "{text}");
            assert_eq!(letters.digit, text.contains('1'), "{text}");
        }
    }

    #[test]
    fn any_text_is_cut() {
        for text in ["", "'", "''s", "é", "-a-", "A's's", "\u{2019}\u{2019}", "漢字 x\u{301}"] {
            for word in words(text) {
                assert!(text.get(word.range).is_some(), "{text}");
            }
        }
    }
}
