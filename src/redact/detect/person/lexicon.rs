//! What the search for people knows of single words: names, titles, ties, trades, streets, and the
//! ordinary words that may stand with a capital.
//!
//! Where the lists come from is in `names/README.md`; a word may be in several. They only weigh:
//! context decides. The build script makes one table of them, so that nothing is read at the start.

pub(super) use super::class::{Class, Digest};
use super::class::{ENTRIES, SET_BITS};
use crate::redact::forms::skeleton;

/// Entries of eight bytes: the bits of a word's digest, then its set; 0 where there is none. The
/// words that would stand at the same place stand after it.
static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// Returns what the word with this digest may be. Of some hundred thousand words no two have the
/// same digest, and a chance meeting with one would only weigh.
pub(super) fn class_of(digest: Digest) -> Class {
    let entries = TABLE.as_chunks::<8>().0;
    let mut place = digest.place();
    loop {
        let entry = entries.get(place).map_or(0, |bytes| u64::from_le_bytes(*bytes));
        if entry == 0 {
            return Class::default();
        }
        if entry >> SET_BITS == digest.key() >> SET_BITS {
            return Class((entry & ((1 << SET_BITS) - 1)) as u32);
        }
        place = (place + 1) % ENTRIES;
    }
}

/// Returns what a word may be, whatever its case, accents and apostrophes.
pub(super) fn class(word: &str) -> Class {
    class_of(digest(&[word]))
}

/// Returns the digest of words written together, whatever their case, accents and apostrophes.
pub(super) fn digest(words: &[&str]) -> Digest {
    if words.iter().all(|word| word.is_ascii()) {
        let letters = words.iter().flat_map(|word| word.bytes());
        return Digest::of(letters.filter(u8::is_ascii_alphanumeric));
    }
    Digest::of(skeleton(&words.concat()).bytes())
}

/// Returns what a word with a capital may be. Of a word with a hyphen, its parts decide: the first
/// whether it is a given name, any whether it is a surname.
pub(super) fn class_of_name(word: &str, digest: Digest) -> Class {
    if is_contracted(word) {
        return Class::STOP;
    }
    let whole = class_of(digest);
    if whole != Class::default() {
        return whole;
    }
    let Some((first, rest)) = word.split_once('-') else { return class_of_shape(word) };
    const BEFORE: [&str; 10] =
        ["anti", "co", "ex", "mid", "multi", "non", "post", "pre", "self", "sub"];
    const BEHIND: [&str; 12] =
        ["away", "back", "by", "down", "in", "ins", "off", "on", "out", "over", "up", "ups"];
    let prefixed = BEFORE.contains(&&*first.to_lowercase())
        && (!["co", "ex"].contains(&&*first.to_lowercase())
            || rest.starts_with(char::is_lowercase));
    if prefixed
        || BEHIND.contains(&rest)
        || word.split('-').all(|part| class(part).has(Class::LEXICAL))
    {
        return Class::STOP;
    }
    let mut parts = rest.split('-').chain([first]).map(class);
    let given = if class(first).has(Class::GIVEN) { Class::GIVEN } else { Class::default() };
    let surname = parts.any(|part| part.has(Class::SURNAME));
    given.or(if surname { Class::SURNAME } else { class_of_shape(first).or(class_of_shape(rest)) })
}

/// Returns whether two words are drawn together: `I've`.
fn is_contracted(word: &str) -> bool {
    let tail = word.split_once(['\'', '\u{2019}']).map(|(_, tail)| tail);
    tail.is_some_and(|tail| ["ve", "m", "ll", "re", "d", "t"].contains(&tail))
}

/// Returns what a word may be that is not in the table: a surname if it is made like one: `O'…`, `Mc…`.
pub(super) fn class_of_shape(word: &str) -> Class {
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
    use super::super::class::SECTIONS;
    use super::*;

    fn named(word: &str) -> Class {
        class_of_name(word, digest(&[word]))
    }

    #[test]
    fn writing_does_not_matter() {
        for word in ["Zoe", "ZOË", "zoe"] {
            assert!(class(word).has(Class::GIVEN), "{word}");
        }
        for word in ["O'Brien", "OBRIEN", "O\u{2019}Brien", "McTavish", "O'Xyzzy"] {
            assert!(named(word).has(Class::SURNAME), "{word}");
        }
    }

    #[test]
    fn a_double_name_is_told_by_its_parts() {
        assert!(named("Smith-Xyzzy").has(Class::SURNAME));
        assert!(named("Jean-Luc").has(Class::GIVEN));
        assert_eq!(named("Xyzzy-Plugh"), Class::default());
    }

    #[test]
    fn every_word_is_in_the_table() {
        let list = include_str!("../names/words.txt");
        let mut section = Class::default();
        for line in list.lines() {
            match SECTIONS.iter().find(|(head, _)| *head == line) {
                Some((_, class)) => section = *class,
                None => {
                    assert!(line.split(' ').all(|word| class(word).has(section)), "{line}");
                }
            }
        }
        assert_eq!(list.lines().filter(|line| line.starts_with('[')).count(), SECTIONS.len());
        assert_eq!(class("xyzzyplugh"), Class::default());
    }

    #[test]
    fn no_two_words_have_the_same_digest() {
        let lists = [
            include_str!("../names/given.txt"),
            include_str!("../names/given-more.txt"),
            include_str!("../names/surname.txt"),
            include_str!("../names/surname-more.txt"),
            include_str!("../names/ordinary.txt"),
            include_str!("../names/words.txt"),
        ];
        let words =
            lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('['));
        let words: std::collections::BTreeSet<String> =
            words.flat_map(str::split_ascii_whitespace).map(skeleton).collect();
        let entries = TABLE.as_chunks::<8>().0.iter().filter(|entry| **entry != [0; 8]).count();
        assert_eq!(entries, words.len());
    }
}
