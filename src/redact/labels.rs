//! What stands in the place of what was taken out. A label never names anybody, and a label that
//! stands in a text is never searched: redacting twice changes nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::map::{Map, Role};

/// For a password, hash, token or code.
pub(super) const CREDENTIAL: &str = "[a credential is held]";
/// For what an exemption covers.
pub(super) const WITHHELD: &str = "[withheld]";
/// For a cell of somebody else's file.
pub(super) const RECORD: &str = "[another person's record]";
/// For another person's data of no known kind.
pub(super) const DATA: &str = "[another person's data]";
/// For a member of staff without a title.
pub(super) const STAFF: &str = "[Staff member]";

/// The longest label, in bytes, that is recognised in a text.
const LONGEST: usize = 160;

/// Returns `A` … `Z`, `AA` … for 0, 1, ….
pub(super) fn letter(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Returns `[Person A]`, or `[Person A: email]` for an identifier of theirs.
pub(super) fn person(number: usize, kind: Option<&str>) -> String {
    numbered("Person", number, kind)
}

/// Returns `[Staff A]`, or `[Staff A: email]` for an identifier of theirs.
pub(super) fn staff(number: usize, kind: Option<&str>) -> String {
    numbered("Staff", number, kind)
}

fn numbered(word: &str, number: usize, kind: Option<&str>) -> String {
    match kind {
        Some(kind) => format!("[{word} {}: {kind}]", letter(number)),
        None => format!("[{word} {}]", letter(number)),
    }
}

/// Returns `[phone A]`: an identifier of somebody unnamed.
pub(super) fn unnamed(kind: &str, number: usize) -> String {
    format!("[{kind} {}]", letter(number))
}

/// Returns the label for a column of staff: its title.
pub(super) fn role(title: Option<&str>) -> String {
    title.map_or_else(|| STAFF.to_owned(), |title| format!("[{title}]"))
}

/// A numbered label taken apart: `[Person B: email]` is person B's e-mail address. The parts that
/// stand for the same person are the word and the number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// `Person`, `Staff`, or the kind of an identifier of nobody known (`phone`).
    pub word: String,
    /// Its number: A is 0.
    pub number: usize,
    /// The kind of identifier of a person (`email`); `None` for the name, or where the word is the
    /// kind.
    pub kind: Option<String>,
}

impl Label {
    /// Takes a label apart, if it is a numbered one.
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        let (head, kind) = match inner.split_once(": ") {
            Some((head, kind)) => (head, Some(kind.to_owned())),
            None => (inner, None),
        };
        let (word, letters) = head.rsplit_once(' ')?;
        if !(1..=4).contains(&letters.len()) || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let number = letters.bytes().fold(0, |n, b| n * 26 + usize::from(b - b'A') + 1) - 1;
        Some(Self { word: word.to_owned(), number, kind })
    }

    /// Returns the label of another person in the place of this one: the same kind of value, called
    /// theirs.
    #[must_use]
    pub fn of(&self, word: &str, number: usize) -> Self {
        let named = matches!(word, "Person" | "Staff");
        let mine = matches!(self.word.as_str(), "Person" | "Staff");
        let kind = match (named, mine) {
            (true, true) => self.kind.clone(),
            (true, false) => Some(self.word.clone()),
            (false, _) => None,
        };
        Self { word: word.to_owned(), number, kind }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&numbered(&self.word, self.number, self.kind.as_deref()))
    }
}

/// Recognises labels in texts.
#[derive(Clone, Default)]
pub(super) struct Labels {
    kinds: BTreeSet<String>,
    fixed: BTreeSet<String>,
}

impl Labels {
    /// Takes the kinds and titles of the map.
    pub(super) fn new(map: &Map) -> Self {
        let mut kinds: BTreeSet<String> =
            map.identifiers.keys().map(|kind| kind.as_str().to_owned()).collect();
        kinds.extend(super::detect::KINDS.map(String::from));
        kinds.insert(super::people::NUMBER.to_owned());
        let mut fixed =
            BTreeSet::from([CREDENTIAL, WITHHELD, RECORD, DATA, STAFF].map(String::from));
        for column in map.tables().flat_map(|table| &table.columns) {
            match &column.role {
                Role::Staff(kind) => {
                    fixed.insert(role(column.title.as_deref()));
                    kinds.extend(kind.as_ref().map(|k| k.as_str().to_owned()));
                }
                Role::Person(kind) | Role::Mentions(kind) | Role::ThirdParty(Some(kind)) => {
                    kinds.insert(kind.as_str().to_owned());
                }
                _ => {}
            }
        }
        Self { kinds, fixed }
    }

    /// Adds the roles that stand for staff in the rows.
    pub(super) fn with_roles<'r>(mut self, roles: impl Iterator<Item = &'r str>) -> Self {
        self.fixed.extend(roles.map(|title| role(Some(title))));
        self
    }

    /// Returns whether the text is one label and nothing else.
    pub(super) fn is_label(&self, text: &str) -> bool {
        let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else {
            return false;
        };
        if self.fixed.contains(text) {
            return true;
        }
        let (head, kind) = match inner.split_once(": ") {
            Some((head, kind)) => (head, Some(kind)),
            None => (inner, None),
        };
        let Some((word, letters)) = head.rsplit_once(' ') else { return false };
        let numbered =
            (1..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
        let named = matches!(word, "Person" | "Staff");
        numbered
            && kind.map_or(named || self.kinds.contains(word), |k| named && self.kinds.contains(k))
    }

    /// Returns whether the range lies inside a label of the text.
    pub(super) fn covers(&self, text: &str, range: &Range<usize>) -> bool {
        let (start, end) = window(text, range);
        let before = text.get(start..range.start).unwrap_or_default();
        let after = text.get(range.end..end).unwrap_or_default();
        let (Some(open), Some(close)) = (before.rfind('['), after.find(']')) else { return false };
        text.get(start + open..range.end + close + 1).is_some_and(|label| self.is_label(label))
    }
}

/// Returns the bytes around a range in which a label or value that holds it has to lie.
pub(super) fn window(text: &str, range: &Range<usize>) -> (usize, usize) {
    let mut start = range.start.saturating_sub(LONGEST);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = range.end.saturating_add(LONGEST).min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 701, 702].map(letter), ["A", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_numbered_label_is_taken_apart_and_given_to_another() {
        for text in ["[Person A]", "[Person AB: email]", "[phone C]", "[Staff ZZ]"] {
            assert_eq!(Label::parse(text).unwrap().to_string(), text);
        }
        for text in ["[withheld]", "[a credential is held]", "Person A", "[Staff member]"] {
            assert_eq!(Label::parse(text), None, "{text}");
        }
        let given = |text: &str| Label::parse(text).unwrap().of("Person", 1).to_string();
        assert_eq!(given("[Person A: email]"), "[Person B: email]");
        assert_eq!(given("[phone C]"), "[Person B: phone]");
        assert_eq!(
            Label::parse("[Person A: email]").unwrap().of("phone", 0).to_string(),
            "[phone A]"
        );
    }

    #[test]
    fn a_label_is_known_by_its_form() {
        let labels = Labels { kinds: BTreeSet::from(["email".into()]), fixed: BTreeSet::new() };
        for label in ["[Person A]", "[Person AB: email]", "[email C]", "[Staff A]"] {
            assert!(labels.is_label(label), "{label}");
        }
        for text in ["[Person Amira]", "[smith AB]", "[Person A: Khan]", "Person A", "[]", "[ A]"] {
            assert!(!labels.is_label(text), "{text}");
        }
        assert!(labels.covers("met [Person A] today", &(5..11)));
        assert!(!labels.covers("met [Person A] today", &(0..3)));
    }
}
