//! What the search for people knows of single words: names, titles, ties, trades, streets, and the
//! ordinary words that may stand with a capital.
//!
//! Where the lists come from is in `names/README.md`; a word may be in several. They only weigh:
//! context decides.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
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

    /// An ordinary word that is known from a dictionary alone.
    pub(super) const LEXICAL: Self = Self(1 << 24);
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

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words =
        Words(HashMap::with_capacity_and_hasher(110_000, BuildHasherDefault::default()));
    words.add(include_str!("../names/given.txt"), Class::GIVEN);
    words.add(include_str!("../names/surname.txt"), Class::SURNAME);
    let mut section = Class::default();
    for line in include_str!("../names/words.txt").lines() {
        match SECTIONS.iter().find(|(head, _)| *head == line) {
            Some((_, class)) => section = *class,
            None => words.add(line, section),
        }
    }
    words.add(include_str!("../names/given-more.txt"), Class::GIVEN);
    words.add(include_str!("../names/surname-more.txt"), Class::SURNAME);
    words.add(include_str!("../names/ordinary.txt"), Class::STOP.or(Class::LEXICAL));
    words
});

/// What words may be, by a digest of their folded letters: of some hundred thousand words no two
/// have the same, and a chance meeting with one would only weigh.
struct Words(HashMap<u64, Class, BuildHasherDefault<Plain>>);

impl Words {
    fn add(&mut self, list: &str, class: Class) {
        for word in list.split_ascii_whitespace() {
            let plain = word.bytes().all(|b| b.is_ascii_lowercase());
            let key = if plain { digest(word.bytes()) } else { digest(skeleton(word).bytes()) };
            let entry = self.0.entry(key).or_default();
            *entry = entry.or(class);
        }
    }

    fn get(&self, key: u64) -> Class {
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// Returns a digest of bytes (FNV-1a, its high bits folded in).
fn digest(bytes: impl Iterator<Item = u8>) -> u64 {
    let hash = bytes.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    hash ^ (hash >> 29)
}

/// Takes a digest for the hash that it is.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = digest(bytes.iter().copied());
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.rotate_left(57) ^ key;
    }
}

/// Returns what a word may be, whatever its case, accents and apostrophes.
pub(super) fn class(word: &str) -> Class {
    if !word.is_ascii() {
        return WORDS.get(digest(skeleton(word).bytes()));
    }
    let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
    WORDS.get(digest(letters.map(|letter| letter.to_ascii_lowercase())))
}

/// Returns what a word with a capital may be. Of a word with a hyphen, its parts decide: the first
/// whether it is a given name, any whether it is a surname.
pub(super) fn class_of_name(word: &str) -> Class {
    if is_contracted(word) {
        return Class::STOP;
    }
    let whole = class(word);
    if whole != Class::default() {
        return whole;
    }
    let Some((first, rest)) = word.split_once('-') else { return shaped(word) };
    if ["non", "pre", "post", "anti", "multi", "mid", "self"].contains(&&*first.to_lowercase())
        || word.split('-').all(|part| class(part).has(Class::LEXICAL))
    {
        return Class::STOP;
    }
    let mut parts = rest.split('-').chain([first]).map(class);
    let given = if class(first).has(Class::GIVEN) { Class::GIVEN } else { Class::default() };
    let surname = parts.any(|part| part.has(Class::SURNAME));
    given.or(if surname { Class::SURNAME } else { shaped(first).or(shaped(rest)) })
}

/// Returns whether two words are drawn together: `I've`.
fn is_contracted(word: &str) -> bool {
    let tail = word.split_once(['\'', '\u{2019}']).map(|(_, tail)| tail);
    tail.is_some_and(|tail| ["ve", "m", "ll", "re", "d", "t"].contains(&tail))
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
