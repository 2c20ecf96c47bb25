//! Ordinary words, streets and makers that are surnames after what stands before them.

use std::ops::Range;

use super::Page;
use super::clues::Clue;
use super::lexicon::Class;
use super::names::OTHER;
use super::words::{Gap, Shape};

impl Page<'_> {
    /// Returns whether an ordinary word is a surname after what stands before it.
    pub(super) fn is_surname_after(&self, start: usize, at: usize, clue: Clue) -> bool {
        let (first, class) = (self.class(start), self.class(at));
        let given = first.has(Class::GIVEN) || clue >= Clue::Relation;
        let initial = self.word(start).is_some_and(|word| word.shape == Shape::Initial);
        let place = class.has(Class::STREET.or(Class::ORG));
        let street = place
            && (first.has(Class::STREET_GIVEN.or(Class::WEAK)) || !class.has(Class::SOFT_PLACE))
            && clue < Clue::Relation;
        class.has(Class::SURNAME) && (given || initial) && !street && !self.is_street(start, at)
    }

    /// Returns whether what stands before says that the word is a surname: `Surname: …`, or what one
    /// is now or was, `surname now …`.
    pub(super) fn is_surname_told(&self, before: usize, at: usize) -> bool {
        let gap = self.gap(at);
        let label = self.written(before).eq_ignore_ascii_case("surname")
            && gap.is_only(Gap::SPACE.or(Gap::COLON));
        let new = gap.is_only(Gap::SPACE)
            && matches!(self.written(before), "now" | "to" | "from" | "was" | "is")
            && before.checked_sub(1).is_some_and(|at| self.written(at) == "surname");
        (label || new) && !self.class(at).has(Class::LABEL.or(Class::STOP))
    }

    /// Returns whether the words name a street: `on Gladstone Street`, but not `Joanne Street`.
    fn is_street(&self, start: usize, at: usize) -> bool {
        const WAYS: [&str; 10] =
            ["on", "in", "at", "to", "from", "along", "down", "off", "near", "up"];
        let first = self.class(start);
        let led = start.checked_sub(1).is_some_and(|before| WAYS.contains(&self.written(before)));
        self.written(at).eq_ignore_ascii_case("street")
            && (led || !first.has(Class::USUAL) || first.has(Class::SURNAME))
    }

    /// Returns whether an ordinary word can only be a surname: one given name, or a word nobody has
    /// heard of, stands before it, what stands before that says a person follows, and no capital
    /// goes on after it.
    pub(super) fn is_rare_surname(&self, start: usize, at: usize, clue: Clue) -> bool {
        let (first, class) = (self.class(start), self.class(at));
        let other = Class::ORG.or(Class::STREET).or(Class::JOB).or(Class::SPEECH).or(Class::TIE);
        let named = first.has(Class::GIVEN) && !first.has(OTHER) || self.is_unheard_of(start);
        let double = self.written(at).split('-').count() == 2
            && self.written(at).split('-').all(|part| part.starts_with(char::is_uppercase));
        let ends = self.word(at + 1).is_none_or(|next| {
            next.gap != Gap::SPACE
                || next.shape == Shape::Number
                || double && next.shape == Shape::Lower
                || clue == Clue::Titled && next.shape == Shape::Lower
        });
        let plain = first.has(Class::GIVEN)
            && !first.has(OTHER.or(Class::WEAK).or(Class::STREET_GIVEN))
            && (!self.gap(start).is_start() || self.gap(at + 1).has(Gap::COMMA))
            && class.is_within(Class::LEXICAL.or(Class::STOP))
            && class.has(Class::LEXICAL);
        (clue >= Clue::Relation
            || plain
            || double && first.has(Class::GIVEN) && !first.has(Class::WEAK))
            && at == start + 1
            && named
            && class.has(Class::LEXICAL.or(Class::STOP))
            && !matches!(self.written(at), "First" | "Last" | "Given" | "Middle" | "Other")
            && !class.has(other)
            && self.word(at).is_some_and(|word| word.shape == Shape::Capital)
            && ends
    }

    /// Returns whether a small word with a capital and a maker's name are a surname: `Da Costa`.
    pub(super) fn is_branded(&self, at: usize, run: &Range<usize>) -> bool {
        self.class(at).has(Class::PARTICLE)
            && at + 1 < run.end
            && self.class(at + 1).has(Class::BRAND)
            && self.class(at + 1).has(Class::SURNAME)
    }

    /// Returns whether the word is a small one inside a name, with a capital: `Nguyen Van Duc`.
    pub(super) fn is_inner(&self, start: usize, at: usize, run: &Range<usize>) -> bool {
        self.class(at).has(Class::PARTICLE)
            && at + 1 < run.end
            && !self.class(start).has(OTHER)
            && !self.class(at + 1).has(OTHER)
    }

    /// Returns whether a rank is a small word of a surname, with a capital and behind a given name or an
    /// initial: `Ann Di Marco`.
    pub(super) fn is_of_surname(&self, at: usize) -> bool {
        let named = |before: usize| {
            let initial = self.word(before).is_some_and(|word| word.shape == Shape::Initial);
            initial || self.class(before).has(Class::GIVEN)
        };
        self.class(at).has(Class::PARTICLE)
            && self.word(at).is_some_and(|word| word.shape == Shape::Capital)
            && self.gap(at).is_only(Gap::SPACE_OR_DOT)
            && at.checked_sub(1).is_some_and(named)
    }
}
