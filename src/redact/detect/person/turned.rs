//! Names written surname first: `Khan, Amira`, `LE GOFF, Joaquim`.

use std::ops::Range;

use super::lexicon::Class;
use super::names::{NAMES, OTHER};
use super::words::{Gap, Shape};
use super::{Name, Page};

impl Page<'_> {
    /// Returns a name written surname first: `Khan, Amira`.
    pub(super) fn turned(&self, start: usize, run: &Range<usize>) -> Option<Name> {
        let given = run.end;
        let gap = self.gap(given);
        let comma = gap.is_only(Gap::SPACE_OR_COMMA) && gap.has(Gap::COMMA) && gap.has(Gap::SPACE);
        let capital = self.word(given).is_some_and(|word| word.is_capital());
        if start != run.start || !comma || !capital {
            return None;
        }
        let (family, class) = (self.class(start), self.class(given));
        let initial = self.word(given).is_some_and(|word| word.shape == Shape::Initial);
        let letter = self
            .word(given + 1)
            .is_some_and(|word| word.gap.is_only(Gap::SPACE) && word.shape == Shape::Initial);
        let after = given + 1 + usize::from(letter);
        let closed = self.is_closed_field(after);
        let field = self.gap(start).is_field() || closed || self.follows_code(start);
        let listed = family.has(Class::GIVEN)
            && self.word(after).is_some_and(|word| {
                word.gap.has(Gap::AND.or(Gap::COMMA)) || self.written(after) == "and"
            })
            && !closed;
        let apart = !family.has(Class::GIVEN) && !class.has(Class::SURNAME);
        let quiet = self.word(given).is_some_and(|word| word.shape != Shape::Capitals);
        let capitals = |at: usize| self.word(at).is_some_and(|w| w.shape == Shape::Capitals);
        let named = family.has(NAMES) && !family.has(OTHER)
            || family == Class::default() && self.written(start).len() > 4
            || family.has(Class::PARTICLE) && run.len() == 2;
        let loud = run.clone().all(capitals) && quiet && named && class.has(Class::GIVEN);
        let single = run.len() == 1;
        let joined = run.len() == 2 && family.has(Class::PARTICLE);
        let listed_before =
            self.gap(start).has(Gap::COMMA) && self.gap(start).is_only(Gap::SPACE_OR_COMMA);
        let kin = self.gap(start).has(Gap::COLON)
            && start.checked_sub(1).is_some_and(|label| self.class(label).has(Class::KIN));
        let in_list = (listed_before || kin) && family.has(Class::GIVEN);
        let sound = (single || joined && loud)
            && !in_list
            && !self.is_spoken_to(start, given)
            && !family.has(Class::SIGN_OFF)
            && !listed
            && (family.has(Class::SURNAME) && !family.has(OTHER)
                || family == Class::default() && field && self.is_loud(start)
                || loud
                || self.is_unheard_of(start) && self.gap(start).is_field() && closed)
            && (class.has(Class::GIVEN) && (apart || field || loud)
                || initial && field
                || self.is_before_address(given + 1) && !class.has(OTHER)
                || self.written(given).contains('-') && self.gap(start).is_field() && closed);
        if !sound {
            return None;
        }
        let more = self.word(given + 1).is_some_and(|word| {
            word.gap.is_only(Gap::SPACE)
                && (word.shape == Shape::Initial
                    || word.is_capital() && self.class(given + 1).has(Class::GIVEN))
        });
        Some(Name { start, end: given + 1 + usize::from(more), confidence: 0.85 })
    }

    /// Returns whether a number that begins its line stands before: `A840207422572 Iqbal, Rukhsana`.
    fn follows_code(&self, at: usize) -> bool {
        self.gap(at).is_only(Gap::SPACE)
            && at.checked_sub(1).is_some_and(|code| {
                self.gap(code).has(Gap::LINE)
                    && self.word(code).is_some_and(|word| word.shape == Shape::Number)
            })
    }

    /// Returns whether somebody is spoken to and the next word begins what is said: `Anand, Will wants
    /// …`; or initials stand before another name: `IQ, Hannah Pell`.
    fn is_spoken_to(&self, at: usize, next: usize) -> bool {
        let beyond = self.word(next + 1).filter(|word| word.gap.is_only(Gap::SPACE));
        let goes_on = beyond.is_some_and(|word| word.shape == Shape::Lower);
        let named = beyond.is_some_and(|word| word.is_capital())
            && self.class(next + 1).has(Class::SURNAME)
            && !self.class(next + 1).has(Class::GIVEN);
        let greeted = self.class(at).has(Class::GIVEN) && self.gap(at).has(Gap::LINE) && goes_on;
        let initials = self.written(at).len() < 3 && self.class(at) == Class::default();
        greeted || initials && named || self.written(next) == "I" && goes_on
    }

    /// Returns a name whose surname stands first in capitals with no comma after it: `SHEIKH Nazia`.
    pub(super) fn loud_first(&self, start: usize, run: &Range<usize>) -> Option<Name> {
        const LONG: usize = 6;
        let other = Class::STOP.or(Class::LEXICAL).or(Class::JOB).or(Class::ORG).or(Class::LABEL);
        let (class, word) = (self.class(start), self.word(start)?);
        let given = self.word(start + 1)?;
        let family = class.has(Class::SURNAME) && !class.has(other)
            || class == Class::default() && self.written(start).chars().count() >= LONG;
        let sound = start == run.start
            && run.len() == 2
            && word.shape == Shape::Capitals
            && word.range.len() > 2
            && given.shape == Shape::Capital
            && given.gap.is_only(Gap::SPACE)
            && self.class(start + 1).has(Class::GIVEN)
            && family;
        sound.then_some(Name { start, end: start + 2, confidence: 0.85 })
    }

    /// Returns whether a field ends before this word: at a line's end, a sign, or a comma that a
    /// number follows.
    fn is_closed_field(&self, at: usize) -> bool {
        self.word(at).is_none_or(|word| {
            word.gap.is_field() || word.gap == Gap::COMMA && word.shape == Shape::Number
        })
    }
}
