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

/// A letter in lower case.
const LOWER: u8 = 1;
/// A capital.
const UPPER: u8 = 1 << 1;
/// A digit.
const DIGIT: u8 = 1 << 2;
/// A sign or byte with which a word may go on beyond letters and digits of ASCII.
const JOINT: u8 = 1 << 3;
/// Letters and digits of ASCII.
const PLAIN: u8 = LOWER | UPPER | DIGIT;

/// What every byte is in a word.
static SIGNS: [u8; 256] = signs();

#[allow(clippy::indexing_slicing, reason = "the compiler runs it, and checks the bounds")]
const fn signs() -> [u8; 256] {
    let mut all = [0; 256];
    let mut at = 0;
    while at < all.len() {
        all[at] = match at as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'\'' | b'-' | 0x80.. => JOINT,
            _ => 0,
        };
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
        let sign = sign(byte);
        if sign & (PLAIN | JOINT) == 0 || byte.is_ascii_punctuation() {
            gap.add(Gap::of(byte));
            at += 1;
            continue;
        }
        let (plain, seen) = plain_end(bytes, at);
        let end = if seen & JOINT == 0 { plain } else { word_end(text, at) };
        if end > at {
            words.push(match end == plain {
                true => plain_word(text, at..end, gap, seen),
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
        if word.class == Class::default() && word.is_capital() {
            word.class = class_of_shape(text.get(word.range.clone()).unwrap_or_default());
        }
    }
}

fn sign(byte: u8) -> u8 {
    SIGNS.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Returns where the letters and digits of ASCII end that start here; and what they are, and what
/// follows them if the word may go on with it.
fn plain_end(bytes: &[u8], at: usize) -> (usize, u8) {
    let (mut end, mut seen) = (at, 0);
    while let Some(&byte) = bytes.get(end) {
        let sign = sign(byte);
        seen |= sign;
        if sign & PLAIN == 0 {
            break;
        }
        end += 1;
    }
    (end, seen)
}

/// Returns a word that is all letters and digits of ASCII, as most are; not what it may be.
fn plain_word(text: &str, range: Range<usize>, gap: Gap, seen: u8) -> Word {
    let bytes = text.as_bytes();
    let capital = bytes.get(range.start).is_some_and(u8::is_ascii_uppercase);
    let numbered = seen & DIGIT != 0;
    let digest = if numbered { Digest::default() } else { Digest::of_letters(bytes, &range) };
    let shape = match (range.len(), seen & LOWER) {
        _ if numbered => Shape::Number,
        _ if !capital => Shape::Lower,
        (1, _) => Shape::Initial,
        (_, 0) => Shape::Capitals,
        _ => Shape::Capital,
    };
    let class = Class::default();
    Word { range, gap, shape, owns: false, signed: false, class, digest }
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
    fn any_text_is_cut() {
        for text in ["", "'", "''s", "é", "-a-", "A's's", "\u{2019}\u{2019}", "漢字 x\u{301}"] {
            for word in words(text) {
                assert!(text.get(word.range).is_some(), "{text}");
            }
        }
    }
}
