//! A text cut into words, with what stands between them.

use std::cell::Cell;
use std::ops::Range;

use super::lexicon::{Class, class, class_of_name};

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

    fn of(byte: u8) -> Self {
        match byte {
            b' ' | b'\t' => Self::SPACE,
            b'.' => Self::DOT,
            b',' => Self::COMMA,
            b':' | b'=' | b'|' => Self::COLON,
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
    /// Whether `'s` follows.
    pub(super) owns: bool,
    /// What it may be; of a word in lower case it is looked up when it is asked for.
    class: Cell<Option<Class>>,
}

impl Word {
    /// Returns what the word may be.
    pub(super) fn class(&self, text: &str) -> Class {
        self.class.get().unwrap_or_else(|| {
            let looked_up = text.get(self.range.clone()).map(class).unwrap_or_default();
            self.class.set(Some(looked_up));
            looked_up
        })
    }

    /// Returns whether the word starts with a capital.
    pub(super) fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Capitals | Shape::Initial)
    }
}

/// Returns the words of a text. An apostrophe or hyphen between letters belongs to its word; the
/// ending `'s` does not.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let (mut at, mut gap) = (0, Gap::LINE);
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            let end = word_end(text, at);
            if end > at {
                words.push(word(text, at..end, gap));
                at = end;
                gap = Gap::default();
                continue;
            }
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            gap.add(if c.is_some_and(char::is_whitespace) { Gap::SPACE } else { Gap::OPEN });
            at += c.map_or(1, char::len_utf8);
            continue;
        }
        gap.add(Gap::of(byte));
        at += 1;
    }
    words
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

fn word(text: &str, whole: Range<usize>, gap: Gap) -> Word {
    let written = text.get(whole.clone()).unwrap_or_default();
    if written.bytes().all(|b| b.is_ascii_lowercase()) {
        return Word {
            range: whole,
            gap,
            shape: Shape::Lower,
            owns: false,
            class: Cell::new(None),
        };
    }
    let bare = ["'s", "\u{2019}s", "'S", "\u{2019}S"].iter().find_map(|s| written.strip_suffix(s));
    let name = bare.unwrap_or(written);
    let shape = shape(name);
    let class = Cell::new(match shape {
        Shape::Lower => None,
        Shape::Number => Some(Class::default()),
        _ => Some(class_of_name(name)),
    });
    let range = whole.start..whole.start + name.len();
    Word { range, gap, shape, owns: bare.is_some(), class }
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
            .is_some_and(|(head, rest)| head.chars().count() <= 2 && later(rest));
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
