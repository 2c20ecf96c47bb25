//! What the search for people knows of single words: names, titles, ties, trades, streets, and the
//! ordinary words that may stand with a capital.
//!
//! The lists were put together by hand from names in use in the United Kingdom, whatever their
//! origin; a word may be in several. They only weigh: context decides.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::redact::forms::skeleton;

/// What a word may be: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    /// A given name.
    pub(super) const GIVEN: Self = Self(1);
    /// A surname.
    pub(super) const SURNAME: Self = Self(1 << 1);
    /// A name that is an ordinary word too.
    pub(super) const WEAK: Self = Self(1 << 2);
    /// A place.
    pub(super) const PLACE: Self = Self(1 << 3);
    /// A maker, shop or product that bears a name.
    pub(super) const BRAND: Self = Self(1 << 4);
    /// An ordinary word.
    pub(super) const STOP: Self = Self(1 << 5);
    /// A word that ends or marks the name of an organisation.
    pub(super) const ORG: Self = Self(1 << 6);
    /// A word that ends the name of a street.
    pub(super) const STREET: Self = Self(1 << 7);
    /// A word of the two before that is a surname as well.
    pub(super) const SOFT_PLACE: Self = Self(1 << 8);
    /// A word of job titles.
    pub(super) const JOB: Self = Self(1 << 9);
    /// A title.
    pub(super) const TITLE: Self = Self(1 << 10);
    /// A rank or kinship that stands like a title.
    pub(super) const SOFT_TITLE: Self = Self(1 << 11);
    /// A tie of family, friends or neighbours.
    pub(super) const KIN: Self = Self(1 << 12);
    /// A tie of work or dealings.
    pub(super) const RELATION: Self = Self(1 << 13);
    /// A label of a field that holds a name.
    pub(super) const LABEL: Self = Self(1 << 14);
    /// What people do.
    pub(super) const SPEECH: Self = Self(1 << 15);
    /// A word after which a person may stand.
    pub(super) const TAKER: Self = Self(1 << 16);
    /// A word after which hardly anything but a person stands.
    pub(super) const SAY: Self = Self(1 << 17);
    /// A small word inside a name.
    pub(super) const PARTICLE: Self = Self(1 << 18);
    /// A tie of either sort.
    pub(super) const TIE: Self = Self(1 << 12 | 1 << 13);
    /// A greeting.
    pub(super) const GREET: Self = Self(1 << 19);
    /// The last word before a signature.
    pub(super) const SIGN_OFF: Self = Self(1 << 20);
    /// A given name that streets and schools bear.
    pub(super) const STREET_GIVEN: Self = Self(1 << 21);
    /// A mailbox that is nobody's.
    pub(super) const ROLE: Self = Self(1 << 22);

    /// Two words together that name something else.
    pub(super) const PAIR: Self = Self(1 << 23);

    /// Returns what is in either set.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether the sets have something in common.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The heads of the sections of `words.txt`.
const SECTIONS: [(&str, Class); 22] = [
    ("[weak]", Class::WEAK),
    ("[place]", Class::PLACE),
    ("[brand]", Class::BRAND),
    ("[stop]", Class::STOP),
    ("[org]", Class::ORG),
    ("[street]", Class::STREET),
    ("[softplace]", Class::SOFT_PLACE),
    ("[job]", Class::JOB),
    ("[title]", Class::TITLE),
    ("[softtitle]", Class::SOFT_TITLE),
    ("[kin]", Class::KIN),
    ("[relation]", Class::RELATION),
    ("[label]", Class::LABEL),
    ("[speech]", Class::SPEECH),
    ("[taker]", Class::TAKER),
    ("[say]", Class::SAY),
    ("[particle]", Class::PARTICLE),
    ("[greet]", Class::GREET),
    ("[signoff]", Class::SIGN_OFF),
    ("[streetgiven]", Class::STREET_GIVEN),
    ("[role]", Class::ROLE),
    ("[pair]", Class::PAIR),
];

static WORDS: LazyLock<HashMap<Box<str>, Class>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let mut add = |list: &str, class: Class| {
        for word in list.split_whitespace() {
            let entry: &mut Class = words.entry(skeleton(word).into()).or_default();
            *entry = entry.or(class);
        }
    };
    add(include_str!("../names/given.txt"), Class::GIVEN);
    add(include_str!("../names/surname.txt"), Class::SURNAME);
    let mut section = Class::default();
    for line in include_str!("../names/words.txt").lines() {
        match SECTIONS.iter().find(|(head, _)| *head == line) {
            Some((_, class)) => section = *class,
            None => add(line, section),
        }
    }
    words
});

/// The longest word that is looked up without being folded first, in bytes.
const SHORT: usize = 24;

/// Returns what a word may be, whatever its case, accents and apostrophes.
pub(super) fn class(word: &str) -> Class {
    let mut key = [0_u8; SHORT];
    if word.len() > SHORT || !word.is_ascii() {
        return WORDS.get(skeleton(word).as_str()).copied().unwrap_or_default();
    }
    let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
    let length = key
        .iter_mut()
        .zip(letters)
        .map(|(place, letter)| *place = letter.to_ascii_lowercase())
        .count();
    let key = key.get(..length).and_then(|key| std::str::from_utf8(key).ok());
    key.and_then(|key| WORDS.get(key)).copied().unwrap_or_default()
}

/// Returns what a word with a capital may be. Of a word with a hyphen, its parts decide: the first
/// whether it is a given name, any whether it is a surname.
pub(super) fn class_of_name(word: &str) -> Class {
    let whole = class(word);
    if whole != Class::default() {
        return whole;
    }
    let Some((first, rest)) = word.split_once('-') else { return shaped(word) };
    let mut parts = rest.split('-').chain([first]).map(class);
    let given = if class(first).has(Class::GIVEN) { Class::GIVEN } else { Class::default() };
    let surname = parts.any(|part| part.has(Class::SURNAME));
    given.or(if surname { Class::SURNAME } else { shaped(first).or(shaped(rest)) })
}

/// Returns whether the word is made like a surname: `O'…`, `Mc…`.
fn shaped(word: &str) -> Class {
    let capital = |rest: &str| {
        let mut letters = rest.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.count() >= 2
    };
    let prefixes = ["O'", "O\u{2019}", "D'", "D\u{2019}", "Mc", "MC", "Mac"];
    let made = prefixes.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(capital));
    if made { Class::SURNAME } else { Class::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_does_not_matter() {
        for word in ["Zoe", "ZOË", "zoe"] {
            assert!(class(word).has(Class::GIVEN), "{word}");
        }
        for word in ["O'Brien", "OBRIEN", "O\u{2019}Brien", "McTavish", "O'Xyzzy"] {
            assert!(class_of_name(word).has(Class::SURNAME), "{word}");
        }
    }

    #[test]
    fn a_double_name_is_told_by_its_parts() {
        assert!(class_of_name("Smith-Xyzzy").has(Class::SURNAME));
        assert!(class_of_name("Jean-Luc").has(Class::GIVEN));
        assert_eq!(class_of_name("Xyzzy-Plugh"), Class::default());
    }

    #[test]
    fn every_section_is_known() {
        let list = include_str!("../names/words.txt");
        for line in list.lines().filter(|line| line.starts_with('[')) {
            assert!(SECTIONS.iter().any(|(head, _)| *head == line), "{line}");
        }
        assert_eq!(list.lines().filter(|line| line.starts_with('[')).count(), SECTIONS.len());
    }
}
