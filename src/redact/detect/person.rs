//! People whom the text itself names: by title, tie, greeting, signature, field or known name, and
//! wherever else a name so learned stands in the text. The span is the name without its title.
//!
//! The text is cut into [`words`]; [`names`] looks at every stretch of capitals and [`weigh`] weighs
//! what the words may be ([`lexicon`]) and what stands around them ([`clues`]); [`spread`] finds the
//! rest.

mod before;
mod beside;
#[cfg_attr(not(test), allow(dead_code, reason = "the build script uses the rest"))]
mod class;
mod clues;
mod ends;
mod lexicon;
mod listed;
mod names;
mod pairs;
mod small;
mod spread;
mod surname;
mod things;
mod turned;
mod weigh;
mod words;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::seen::Seen;
use super::{Detector, Find, Needs};
use lexicon::{Class, Digest};
use names::NAMES;
use words::{Gap, Word};

pub(super) const DETECTOR: Detector =
    Detector { name: "person", kinds: &["person"], needs: Needs::Letters, find };

/// Returns whether the first word is an ordinary one, and no place.
pub(super) fn is_ordinary(words: &str) -> bool {
    let class = lexicon::class(words.split(' ').next().unwrap_or_default());
    class.has(Class::STOP) && !class.has(Class::PLACE.or(Class::STREET).or(Class::SURNAME))
}

/// Returns every two to `longest` words with capitals in a row, with nothing but spaces between.
pub(super) fn capitals(text: &str, longest: usize) -> Vec<String> {
    let words = words::words(text);
    let mut found = Vec::new();
    for (start, first) in words.iter().enumerate().filter(|(_, word)| word.is_capital()) {
        for last in words.iter().skip(start + 1).take(longest.saturating_sub(1)) {
            if !last.is_capital() || !last.gap.is_only(Gap::SPACE_OR_DOT) {
                break;
            }
            found.extend(text.get(first.range.start..last.range.end).map(str::to_owned));
        }
    }
    found
}

/// Returns whether the word is an ordinary one.
pub(super) fn is_known_word(word: &str) -> bool {
    lexicon::class(word).has(Class::STOP)
}

/// Returns whether the word is an ordinary one, a given name or a surname.
pub(super) fn is_listed(word: &str) -> bool {
    lexicon::class(word).has(Class::STOP.or(Class::GIVEN).or(Class::SURNAME))
}

/// Returns whether the words are a title and a name, or a given name and a surname.
pub(super) fn is_person(words: &str) -> bool {
    let mut all = words.split(' ').map(|word| word.trim_end_matches('.'));
    let (Some(first), Some(last)) = (all.next(), all.next_back()) else { return false };
    let first = lexicon::class(first);
    let family = || last.split('-').any(|part| lexicon::class(part).has(Class::SURNAME));
    first.has(Class::TITLE.or(Class::SOFT_TITLE))
        || first.has(Class::GIVEN) && !first.has(Class::PLACE) && family()
}

/// Returns whether the word is a given name.
pub(super) fn is_given(word: &str) -> bool {
    lexicon::class(word).has(Class::GIVEN)
}

/// Returns whether the word is a surname.
pub(super) fn is_surname(word: &str) -> bool {
    lexicon::class(word).has(Class::SURNAME)
}

/// Returns whether the word is a town or county.
pub(super) fn is_town(word: &str) -> bool {
    lexicon::class(word).has(Class::PLACE)
}

/// A text as the search for people sees it.
struct Page<'t> {
    text: &'t str,
    words: Vec<Word>,
    /// Names that e-mail addresses in the text spell, words together.
    mailed: BTreeSet<Digest>,
    /// Whether several lines begin like those of a chat, once that was asked for.
    chats: OnceCell<bool>,
    /// Whether several lines begin like items of a list with letters, once that was asked for.
    lettered: OnceCell<bool>,
}

/// A name: the indices of its words.
#[derive(Clone, Debug)]
struct Name {
    start: usize,
    end: usize,
    confidence: f32,
}

impl<'t> Page<'t> {
    fn new(text: &'t str) -> Self {
        let (chats, lettered) = (OnceCell::new(), OnceCell::new());
        Self { text, words: words::words(text), mailed: spread::mailed(text), chats, lettered }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(at)
    }

    fn class(&self, at: usize) -> Class {
        self.word(at).map(|word| word.class).unwrap_or_default()
    }

    fn gap(&self, at: usize) -> Gap {
        self.word(at).map_or(Gap::LINE, |word| word.gap)
    }

    fn written(&self, at: usize) -> &'t str {
        self.word(at).and_then(|word| self.text.get(word.range.clone())).unwrap_or_default()
    }
}

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let page = Page::new(seen.text());
    let mut names = names::names(&page);
    pairs::cut(&page, &mut names);
    listed::listed(&page, &mut names);
    small::small(&page, &mut names);
    spread::spread(&page, &mut names);
    for name in names {
        let (Some(first), Some(last)) = (page.word(name.start), page.word(name.end - 1)) else {
            continue;
        };
        let end = last.range.end + usize::from(page.is_stopped(&name));
        out.push(Find(first.range.start..end, "person", name.confidence));
    }
}
