//! Names written surname first: `Khan, Amira`, `LE GOFF, Joaquim`.

use std::ops::Range;

use super::lexicon::Class;
use super::names::{NAMES, OTHER};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// The fewest digits of a number that ends a field.
const LONG: usize = 5;

impl Page<'_> {
    /// Returns a name written surname first: `Khan, Amira`.
    pub(super) fn turned(&self, start: usize, run: &Range<usize>) -> Option<Name> {
        let given = run.end;
        let gap = self.gap(given);
        let comma = gap.is_only(Gap::SPACE_OR_COMMA) && gap.has(Gap::COMMA) && gap.has(Gap::SPACE);
        let capital = self.word(given).is_some_and(|word| word.is_capital());
        if !comma || !capital || start != run.start && !self.follows_label(start, run) {
            return None;
        }
        let run = &(start..run.end);
        let first = self.first_particle(start);
        let (family, class) = (self.class(start), self.class(given));
        let initial = self.word(given).is_some_and(|word| word.shape == Shape::Initial);
        let letter = self
            .word(given + 1)
            .is_some_and(|word| word.gap.is_only(Gap::SPACE) && word.shape == Shape::Initial);
        let after = given + 1 + usize::from(letter);
        let closed = self.is_closed_field(after);
        let told = self.is_led(first) && (closed || self.is_described(after));
        let field = self.gap(first).is_field()
            || closed
            || told
            || first < start
            || self.follows_code(start);
        let listed = first == start
            && family.has(Class::GIVEN)
            && self.word(after).is_some_and(|word| {
                word.gap.has(Gap::AND.or(Gap::COMMA)) || self.written(after) == "and"
            })
            && !closed;
        let apart = !family.has(Class::GIVEN) && !class.has(Class::SURNAME);
        let quiet = self.word(given).is_some_and(|word| word.shape != Shape::Capitals);
        let capitals = |at: usize| self.word(at).is_some_and(|w| w.shape == Shape::Capitals);
        let joined = self.is_after_particles(run);
        let named = family.has(NAMES) && !family.has(OTHER)
            || family == Class::default() && self.written(start).len() > 4
            || joined;
        let loud = run.clone().all(capitals) && quiet && named && class.has(Class::GIVEN);
        let single = run.len() == 1;
        let in_list = family.has(Class::GIVEN) && self.is_within_list(start);
        let sound = (single || joined && loud)
            && !in_list
            && !self.is_spoken_to(start, given)
            && !family.has(Class::SIGN_OFF)
            && !listed
            && (family.has(Class::SURNAME) && (!family.has(OTHER) || told)
                || family == Class::default() && field && self.is_loud(start)
                || loud
                || first < start && family.has(NAMES)
                || self.is_unheard_of(start) && self.gap(start).is_field() && closed)
            && (class.has(Class::GIVEN) && (apart || field || loud)
                || initial && field
                || self.is_before_address(given + 1) && !class.has(OTHER)
                || (self.written(given).contains('-') || self.is_unheard_of(given))
                    && (self.gap(start).is_field() || self.follows_code(start))
                    && closed);
        if !sound {
            return None;
        }
        let end = given + 1 + usize::from(self.goes_on_as_name(given));
        Some(Name { start: first, end, confidence: 0.85 })
    }

    /// Returns whether all but the last word of two or three are small ones: `VAN DER MEER`.
    fn is_after_particles(&self, run: &Range<usize>) -> bool {
        let mut particles = run.start..run.end.saturating_sub(1);
        (2..=3).contains(&run.len()) && particles.all(|at| self.class(at).has(Class::PARTICLE))
    }

    /// Returns whether an initial or another given name follows the given name.
    fn goes_on_as_name(&self, given: usize) -> bool {
        self.word(given + 1).is_some_and(|word| {
            word.gap.is_only(Gap::SPACE)
                && (word.shape == Shape::Initial
                    || word.is_capital() && self.class(given + 1).has(Class::GIVEN))
        })
    }

    /// Returns the first of the small words that lead to a surname: `van der Meer`, `ap Rhys`.
    pub(super) fn first_particle(&self, at: usize) -> usize {
        const MOST: usize = 2;
        let particle = |at: &usize| {
            self.class(*at).has(Class::PARTICLE)
                && self.gap(*at + 1).is_only(Gap::SPACE)
                && self.word(*at).is_some_and(|word| word.shape == Shape::Lower)
        };
        let count = (1..=MOST).map_while(|by| at.checked_sub(by).filter(particle)).count();
        at - count
    }

    /// Returns whether the surname in capitals ends the stretch, and words that are no names stand
    /// before it: `Sub-contractor PROBERT, …`.
    fn follows_label(&self, at: usize, run: &Range<usize>) -> bool {
        let loud = |at: usize| self.word(at).is_some_and(|word| word.shape == Shape::Capitals);
        let labels = Class::LABEL.or(Class::TIE).or(Class::JOB);
        at > run.start
            && at + 1 == run.end
            && (loud(at) || (run.start..at).all(|label| self.class(label).has(labels)))
            && (run.start..at).all(|at| !loud(at) && !self.class(at).has(NAMES))
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
        let family = || {
            class.has(Class::SURNAME) && !class.has(other)
                || class == Class::default() && self.written(start).chars().count() >= LONG
        };
        let sound = start == run.start
            && run.len() == 2
            && word.shape == Shape::Capitals
            && word.range.len() > 2
            && given.shape == Shape::Capital
            && given.gap.is_only(Gap::SPACE)
            && self.class(start + 1).has(Class::GIVEN)
            && family();
        sound.then_some(Name { start, end: start + 2, confidence: 0.85 })
    }

    /// Returns whether a comma stands right before, or a tie and a colon: the word may be a name of a
    /// list.
    fn is_within_list(&self, at: usize) -> bool {
        let gap = self.gap(at);
        let kin = at.checked_sub(1).is_some_and(|label| self.class(label).has(Class::KIN));
        gap.has(Gap::COMMA) && gap.is_only(Gap::SPACE_OR_COMMA) || gap.has(Gap::COLON) && kin
    }

    /// Returns whether a label, a tie, a job or `re` stands right before, or the line begins here.
    fn is_led(&self, at: usize) -> bool {
        let labels = Class::LABEL.or(Class::TIE).or(Class::JOB);
        let gap = self.gap(at);
        gap.is_field()
            || gap.is_only(Gap::SPACE.or(Gap::COLON))
                && at.checked_sub(1).is_some_and(|label| {
                    self.class(label).has(labels) || matches!(self.written(label), "re" | "Re")
                })
    }

    /// Returns whether a comma and what is no name follow: `…, dob 7 May`, `…, NINO …`.
    fn is_described(&self, at: usize) -> bool {
        const FIELDS: [&str; 6] = ["DOB", "NI", "NINO", "NHS", "DoB", "D.O.B"];
        self.word(at).is_some_and(|word| {
            let field = word.shape == Shape::Lower || FIELDS.contains(&self.written(at));
            word.gap.has(Gap::COMMA.or(Gap::OPEN)) && field
        })
    }

    /// Returns whether a field ends before this word: at a line's end, a sign, or a comma that a
    /// number follows.
    fn is_closed_field(&self, at: usize) -> bool {
        self.word(at).is_none_or(|word| {
            let number = word.shape == Shape::Number;
            let long = number && word.range.len() >= LONG && word.gap == Gap::SPACE;
            let long = long && self.written(at).starts_with(|c: char| c.is_ascii_digit());
            word.gap.is_field() || word.gap == Gap::COMMA && number || long
        })
    }
}
