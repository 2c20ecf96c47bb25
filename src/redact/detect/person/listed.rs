//! Names that a list shows: those before one that is known, as in `panel: Rabeya, Eleri and Lowri
//! Bevan`, and pairs as in `Karwan/Maame`.

use super::lexicon::Class;
use super::names::{NAMES, OTHER};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// What stands between two names of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    And,
    Comma,
    Slash,
}

/// Adds single words before a name that a list ties to it; they stay in order.
pub(super) fn listed(page: &Page<'_>, names: &mut Vec<Name>) {
    let mut found = Vec::new();
    let mut last = 0;
    for name in names.iter() {
        found.extend(page.before_name(name, last));
        last = name.end;
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|name| name.start);
    }
}

impl Page<'_> {
    /// Returns the words before a name that are in one list with it; none before the index `floor`.
    fn before_name(&self, name: &Name, floor: usize) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        let (mut at, mut sure) = (name.start, false);
        while let Some((link, before)) = self.link(at).filter(|(_, before)| *before >= floor) {
            if !self.can_be_listed(before) {
                break;
            }
            sure |= link != Link::Comma;
            found.push(Name { start: before, end: before + 1, confidence: 0.6 });
            at = before;
        }
        let opens = self.gap(at).has(Gap::COLON);
        if sure || opens { found } else { Vec::new() }
    }

    /// Returns what ties a word to the one before in a list, and which that is.
    fn link(&self, at: usize) -> Option<(Link, usize)> {
        let before = at.checked_sub(1)?;
        let gap = self.gap(at);
        if gap.has(Gap::AND) && gap.is_only(Gap::SPACE.or(Gap::AND)) {
            return Some((Link::And, before));
        }
        if gap.is_only(Gap::SPACE_OR_COMMA) && gap.has(Gap::COMMA) && gap.has(Gap::SPACE) {
            return Some((Link::Comma, before));
        }
        let between = self.word(before)?.range.end..self.word(at)?.range.start;
        if self.text.get(between) == Some("/") {
            return Some((Link::Slash, before));
        }
        let and =
            self.written(before) == "and" && gap == Gap::SPACE && self.gap(before) == Gap::SPACE;
        and.then(|| before.checked_sub(1)).flatten().map(|before| (Link::And, before))
    }

    /// Returns whether the word may be a name that stands alone in a list.
    fn can_be_listed(&self, at: usize) -> bool {
        let class = self.class(at);
        let capital = |at: usize| self.word(at).is_some_and(|word| word.is_capital());
        let follows = at.checked_sub(1).is_some_and(|before| {
            capital(before)
                && self.gap(at).is_only(Gap::SPACE_OR_DOT)
                && !self.gap(at).has(Gap::DOT)
        });
        let word = self.word(at).is_some_and(|word| word.shape == Shape::Capital && !word.owns);
        let named = self.is_unheard_of(at) || class.has(NAMES) && !class.has(OTHER);
        word && !follows && named && !class.has(Class::LABEL)
    }
}
