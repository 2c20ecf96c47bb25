//! Names in small letters, as people write in chats: `zeynep arslan rang`. Only words that are names
//! and nothing else count.

use super::lexicon::{Class, class};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// What a word may be and still be nothing but a name.
const PURE: Class = Class::GIVEN.or(Class::SURNAME).or(Class::USUAL).or(Class::STREET_GIVEN);
/// What stands before a hyphen and makes no name.
const PREFIXES: [&str; 5] = ["non-", "re-", "co-", "de-", "ex-"];
/// The fewest letters of a name that stands alone.
const SHORTEST: usize = 3;
/// The most words of a name.
const LONGEST: usize = 4;

/// Adds the names in small letters; they stay in order.
pub(super) fn small(page: &Page<'_>, names: &mut Vec<Name>) {
    let mut found: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < page.words.len() {
        let name = page.may_be_small(at).then(|| page.small_name(at)).flatten();
        at = name.as_ref().map_or(at + 1, |name| name.end);
        found.extend(name);
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|name| name.start);
    }
}

impl Page<'_> {
    /// Returns whether a word in small letters is worth a look.
    fn may_be_small(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            let unheard = word.class == Class::default();
            word.shape == Shape::Lower
                && (word.class.has(Class::GIVEN)
                    || unheard && word.signed && self.written(at).contains('-')
                    || at.checked_sub(1).is_some_and(|title| self.class(title).has(Class::TITLE)))
        })
    }

    fn small_name(&self, start: usize) -> Option<Name> {
        let titled = self.is_titled(start);
        let tied = titled || self.is_tied(start);
        let first = if tied { self.word(start)?.class } else { self.small_class(start)? };
        if !first.has(Class::GIVEN) && !titled {
            return None;
        }
        let mut end = start + 1;
        while end < start + LONGEST
            && self.gap(end) == Gap::SPACE
            && !self.word(end - 1).is_some_and(|word| word.owns)
        {
            let joined = self.class(end).has(Class::PARTICLE)
                && self.gap(end + 1) == Gap::SPACE
                && self.small_class(end + 1).is_some();
            end += match (self.small_class(end).is_some(), joined) {
                (true, _) => 1,
                (false, true) => 2,
                (false, false) => break,
            };
        }
        let usual = first.has(Class::USUAL) && self.written(start).chars().count() >= SHORTEST;
        let confidence = match end - start {
            1 if usual || tied => 0.6,
            1 => return None,
            _ => 0.7,
        };
        Some(Name { start, end, confidence })
    }

    /// Returns whether a title in small letters stands before a word that is nothing but a name, or
    /// that nobody has heard of: `mr grzybowski`.
    fn is_titled(&self, at: usize) -> bool {
        const TITLES: [&str; 5] = ["mr", "mrs", "ms", "miss", "dr"];
        let Some(before) = at.checked_sub(1) else { return false };
        let title = self.written(before);
        let unheard = self.class(at) == Class::default() && title != "miss";
        TITLES.contains(&title)
            && self.gap(at).is_only(Gap::SPACE_OR_DOT)
            && self.word(at).is_some_and(|word| word.shape == Shape::Lower)
            && self.written(at).chars().count() >= SHORTEST
            && (unheard || self.class(at).is_within(PURE))
            && self.is_apart(at)
    }

    /// Returns whether a tie stands right before a name in small letters that may be a thing as well:
    /// `my neighbour gaz`.
    fn is_tied(&self, at: usize) -> bool {
        let name = self.class(at).is_within(PURE.or(Class::THING).or(Class::WEAK));
        let tie = at.checked_sub(1).is_some_and(|before| self.class(before).has(Class::KIN));
        let small = self.word(at).is_some_and(|word| word.shape == Shape::Lower);
        let speaks =
            small && name && at.checked_sub(1).is_some_and(|time| self.is_chat_line(time, at + 1));
        speaks || small && name && tie && self.gap(at) == Gap::SPACE && self.is_apart(at)
    }

    /// Returns what a word in small letters may be that is a name and nothing else. Of a word with a
    /// hyphen, so must be every part.
    pub(super) fn small_class(&self, at: usize) -> Option<Class> {
        let word = self.word(at).filter(|word| word.shape == Shape::Lower)?;
        if !word.signed {
            return (word.class.is_within(PURE) && self.is_apart(at)).then_some(word.class);
        }
        let written = self.written(at);
        let class = match written.contains('-') {
            false => Some(word.class).filter(|class| class.is_within(PURE)),
            true if PREFIXES.iter().any(|prefix| written.starts_with(prefix)) => None,
            true => {
                let mut parts = written.split('-').map(class);
                let first = parts.next().filter(|class| class.is_within(PURE))?;
                parts.all(|part| part.is_within(PURE)).then_some(first)
            }
        }?;
        self.is_apart(at).then_some(class)
    }

    /// Returns whether no sign ties the word to something longer: an address, a path, a code.
    pub(super) fn is_apart(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let bytes = self.text.as_bytes();
        let sign = |byte: Option<&u8>| {
            byte.is_some_and(|b| {
                matches!(b, b'@' | b'/' | b'_' | b'.' | b'-' | b'\\' | b'#' | b'=' | b'&' | b'+')
            })
        };
        let before = word.range.start.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(word.range.end);
        let ends = matches!(after, Some(b'.'))
            && bytes.get(word.range.end + 1).is_none_or(|b| b.is_ascii_whitespace());
        !sign(before) && (!sign(after) || ends)
    }
}
