//! Names in stretches of capitals.

use std::ops::Range;

use super::clues::Clue;
use super::lexicon::{Class, class};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// Words that are no part of a name, whatever stands before them.
const NEVER: Class = Class::ORG.or(Class::STREET).or(Class::JOB).or(Class::STOP);
/// Words that are ordinary, or name something else.
const OTHER: Class = NEVER.or(Class::PLACE).or(Class::BRAND).or(Class::TITLE);
/// Words of names.
const NAMES: Class = Class::GIVEN.or(Class::SURNAME);
/// The most words of a name.
const LONGEST: usize = 5;

/// Returns the names in the text, in order.
pub(super) fn names(page: &Page<'_>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < page.words.len() {
        if !page.word(at).is_some_and(|word| word.is_capital()) {
            at += 1;
            continue;
        }
        let run = at..page.run_end(at);
        at = run.end;
        let mut from = run.start;
        while from < run.end {
            let name = page.name_at(from, &run, names.last());
            from = name.as_ref().map_or(from + 1, |name| name.end);
            names.extend(name);
        }
        at = at.max(from);
    }
    names
}

impl Page<'_> {
    /// Returns the end of the stretch of capitals that starts here.
    fn run_end(&self, start: usize) -> usize {
        let mut end = start + 1;
        loop {
            let Some(next) = self.word(end) else { return end };
            let dotted = self.word(end - 1).is_some_and(|last| last.shape == Shape::Initial)
                || self.class(end - 1).has(Class::TITLE);
            let joined =
                next.gap.is_only(Gap::SPACE) || dotted && next.gap.is_only(Gap::SPACE_OR_DOT);
            if !joined || self.word(end - 1).is_some_and(|last| last.owns) {
                return end;
            }
            if next.is_capital() {
                end += 1;
            } else if let Some(beyond) = self.particles(end) {
                end = beyond + 1;
            } else {
                return end;
            }
        }
    }

    /// Returns the word with a capital that one or two particles lead to.
    fn particles(&self, at: usize) -> Option<usize> {
        let particle = |at: usize| {
            self.word(at).is_some_and(|w| w.shape == Shape::Lower && w.gap.is_only(Gap::SPACE))
                && self.class(at).has(Class::PARTICLE)
        };
        let capital =
            |at: usize| self.word(at).is_some_and(|w| w.is_capital() && w.gap.is_only(Gap::SPACE));
        let beyond = if particle(at + 1) { at + 2 } else { at + 1 };
        (particle(at) && capital(beyond)).then_some(beyond)
    }

    fn name_at(&self, start: usize, run: &Range<usize>, last: Option<&Name>) -> Option<Name> {
        if let Some(name) = self.turned(start, run) {
            return Some(name);
        }
        let before = self.clue(start, start + 1, last);
        if !self.can_start(start, before)
            || self.is_named_place(start, run)
            || before < Clue::Strong && self.is_pair(start)
        {
            return None;
        }
        let end = self.name_end(start, run, before);
        let clue = before.max(self.clue(start, end, last));
        if self.goes_on_as_other(end, run, clue) {
            return None;
        }
        let confidence = self.weigh(start, end, clue)?;
        Some(Name { start, end, confidence })
    }

    /// Returns whether a name can start with the word.
    fn can_start(&self, at: usize, clue: Clue) -> bool {
        let class = self.class(at);
        if self.word(at).is_some_and(|word| word.shape == Shape::Initial) {
            return true;
        }
        if (class.has(Class::TITLE) || !class.has(NAMES)) && self.is_title(at) {
            return false;
        }
        match clue {
            Clue::Titled => !class.has(NEVER) || class.has(NAMES),
            _ => !class.has(OTHER) || class.has(NAMES),
        }
    }

    /// Returns whether the word and the one beside it name something else: `John Lewis`.
    fn is_pair(&self, at: usize) -> bool {
        let pair = |at: usize| {
            let close = self.gap(at + 1).is_only(Gap::SPACE);
            let both = [self.written(at), self.written(at + 1)].concat();
            close && class(&both).has(Class::PAIR)
        };
        let after = at.checked_sub(1).is_some_and(|before| {
            self.gap(at).is_only(Gap::SPACE)
                && self.word(before).is_some_and(|word| word.is_capital())
                && (pair(before) || self.class(before).has(Class::BRAND))
        });
        pair(at) || after
    }

    /// Returns whether the stretch is a street or house with a number, or a saint's.
    fn is_named_place(&self, start: usize, run: &Range<usize>) -> bool {
        let saint = (run.start..start).any(|at| matches!(self.written(at), "St" | "Saint" | "ST"))
            || start.checked_sub(1).is_some_and(|at| {
                matches!(self.written(at), "St" | "Saint" | "ST")
                    && self.gap(start).is_only(Gap::SPACE_OR_DOT)
            });
        let numbered = run.start.checked_sub(1).is_some_and(|at| {
            self.word(at).is_some_and(|word| word.shape == Shape::Number)
                && self.gap(run.start).is_only(Gap::SPACE_OR_COMMA)
        });
        let street = run.clone().any(|at| self.class(at).has(Class::STREET));
        saint || numbered && street
    }

    /// Returns where a name that starts here ends.
    fn name_end(&self, start: usize, run: &Range<usize>, clue: Clue) -> usize {
        let mut end = start + 1;
        let mut family = false;
        let mut named = self.word(start).is_some_and(|word| word.shape != Shape::Initial);
        while end < run.end && end - start < LONGEST {
            if let Some(beyond) = self.particles(end) {
                end = beyond + 1;
                family = true;
                continue;
            }
            let (class, shape) = (self.class(end), self.word(end).map(|word| word.shape));
            let initial = shape == Some(Shape::Initial);
            let known = class.has(NAMES);
            let ordinary =
                !initial && class.has(OTHER) && !(known && self.is_surname_after(start, end, clue));
            let capitals = shape == Some(Shape::Capitals) && !known && !self.is_loud(start);
            let another = family && !(class.has(Class::SURNAME) && named);
            if self.is_title(end) || ordinary || capitals || another || (initial && family) {
                break;
            }
            let surname = class.has(Class::SURNAME) && !class.has(Class::GIVEN);
            let particle = class.has(Class::PARTICLE) && end + 1 < run.end;
            family = family || !particle && (surname || (!initial && !class.has(Class::GIVEN)));
            named |= !initial;
            end += 1;
        }
        while end > start + 1 && self.is_stray_initial(start, end - 1) {
            end -= 1;
        }
        end
    }

    /// Returns whether the last word is a pronoun or article, or one letter after a word: `May I`.
    fn is_stray_initial(&self, start: usize, at: usize) -> bool {
        let initial = self.word(at).is_some_and(|word| word.shape == Shape::Initial);
        let weak = self.class(start).has(Class::WEAK.or(Class::STOP));
        initial && (weak || matches!(self.written(at), "I" | "A"))
    }

    /// Returns whether an ordinary word is a surname after what stands before it.
    fn is_surname_after(&self, start: usize, at: usize, clue: Clue) -> bool {
        let (first, class) = (self.class(start), self.class(at));
        let given = first.has(Class::GIVEN) || clue >= Clue::Relation;
        let initial = self.word(start).is_some_and(|word| word.shape == Shape::Initial);
        let place = class.has(Class::STREET.or(Class::ORG));
        let street = place
            && (first.has(Class::STREET_GIVEN.or(Class::WEAK)) || !class.has(Class::SOFT_PLACE))
            && clue < Clue::Relation;
        class.has(Class::SURNAME) && (given || initial) && !street
    }

    /// Returns whether the word is written in capitals, as those after it may be then.
    fn is_loud(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| matches!(word.shape, Shape::Capitals | Shape::Initial))
    }

    /// Returns whether what follows makes it a firm, a street or a thing: `… Solicitors`, `… & Sons`.
    fn goes_on_as_other(&self, end: usize, run: &Range<usize>, clue: Clue) -> bool {
        let owner = end.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| word.owns);
        let next = self.class(end);
        let close = self.gap(end).is_only(Gap::SPACE);
        let inside = end < run.end && next.has(Class::ORG.or(Class::STREET));
        let lower = close
            && owner
            && self
                .word(end)
                .is_some_and(|word| word.is_capital() && next.has(Class::ORG.or(Class::STREET)));
        let firm = self.gap(end).has(Gap::AND) || matches!(self.written(end), "and");
        let beyond = if self.gap(end).has(Gap::AND) { end } else { end + 1 };
        let partners = ["Sons", "Son", "Co", "Company", "Partners", "Daughters", "Associates"];
        let sons = firm && partners.contains(&self.written(beyond));
        let pair = self.gap(end).has(Gap::AND)
            && !self.class(end.saturating_sub(1)).has(Class::GIVEN)
            && self.word(end).is_some_and(|word| word.is_capital());
        (inside || lower || sons || pair) && (clue < Clue::Strong || sons)
    }

    /// Returns how sure it is that the words are a name; `None` if they are not taken for one.
    fn weigh(&self, start: usize, end: usize, clue: Clue) -> Option<f32> {
        let initials = (start..end)
            .take_while(|at| self.word(*at).is_some_and(|word| word.shape == Shape::Initial))
            .count();
        match (initials, end - start) {
            (n, all) if n == all => None,
            (0, 1) => self.weigh_one(start, clue),
            (0, _) => self.weigh_many(start, end, clue),
            _ => self.weigh_initials(start, start + initials, clue),
        }
    }

    fn weigh_one(&self, at: usize, clue: Clue) -> Option<f32> {
        let class = self.class(at);
        let word = self.word(at)?;
        let long = self.written(at).chars().count() > 2 || word.shape == Shape::Capital;
        let lone = !class.has(OTHER.or(Class::WEAK));
        let known = class.has(NAMES);
        let start = word.gap.is_start();
        let next = self.class(at + 1).has(Class::SPEECH) && self.gap(at + 1).is_only(Gap::SPACE);
        let month = matches!(self.written(at), "May" | "April" | "June" | "August");
        if month && !next && clue < Clue::Strong || clue == Clue::None && self.follows_article(at) {
            return None;
        }
        let loud = word.shape == Shape::Capitals && !known;
        match clue {
            Clue::Titled => Some(0.92),
            Clue::Strong if (known || !class.has(OTHER)) && !loud => Some(0.85),
            Clue::Listed if class == Class::default() && long && !loud => Some(0.6),
            Clue::Relation if known && (lone || class.has(Class::WEAK)) => Some(0.8),
            Clue::Acting | Clue::Listed if class.has(Class::GIVEN) && !class.has(Class::BRAND) => {
                Some(0.75)
            }
            Clue::Acting if class.has(Class::SURNAME) && lone && long => Some(0.65),
            _ if class.has(Class::GIVEN) && lone && long => Some(0.75),
            _ if class.has(Class::GIVEN)
                && !class.has(OTHER)
                && word.gap.has(Gap::LINE)
                && self.gap(at + 1).has(Gap::COMMA) =>
            {
                Some(0.6)
            }
            _ if class.has(Class::GIVEN)
                && class.has(Class::WEAK)
                && !class.has(OTHER)
                && !start
                && long =>
            {
                Some(0.6)
            }
            Clue::Taken if class.has(Class::GIVEN) && class.has(Class::STOP) && !start => {
                (!class.has(Class::PLACE)).then_some(0.6)
            }
            _ => None,
        }
    }

    /// Returns whether an article stands before: `the Rose and Crown`.
    fn follows_article(&self, at: usize) -> bool {
        const ARTICLES: [&str; 12] =
            ["the", "The", "a", "an", "this", "that", "our", "your", "their", "its", "any", "each"];
        self.gap(at).is_only(Gap::SPACE)
            && at.checked_sub(1).is_some_and(|before| ARTICLES.contains(&self.written(before)))
    }

    fn weigh_many(&self, start: usize, end: usize, clue: Clue) -> Option<f32> {
        let (first, last) = (self.class(start), self.class(end - 1));
        let loud = (start..end).all(|at| self.is_loud(at));
        let sentence = self.gap(start).is_start() && clue < Clue::Acting;
        let given = first.has(Class::GIVEN);
        let plain = given && !first.has(OTHER.or(Class::WEAK));
        let family = last.has(Class::SURNAME);
        let sure = family && !last.has(OTHER.or(Class::WEAK));
        if clue >= Clue::Strong && !loud {
            return Some(0.92);
        }
        let weak = given && !plain;
        let trust = match (given, family) {
            (true, true) if weak && sentence && last.has(OTHER) => 0.0,
            (true, true) if first.has(Class::PLACE) && last.has(Class::PLACE) => 0.0,
            (true, true) => 0.9,
            (true, false) if last.has(Class::GIVEN) => 0.85,
            (true, false) if plain && (!loud || self.written(end - 1).chars().count() > 4) => 0.8,
            (true, false) if !loud && !first.has(Class::PLACE) => 0.65,
            (false, true) if sure && !first.has(OTHER) => 0.75,
            (false, false) if last.has(Class::GIVEN) && first.has(Class::SURNAME) => 0.7,
            _ if clue >= Clue::Acting && !first.has(OTHER) && !loud => 0.6,
            _ if loud && clue >= Clue::Strong => 0.7,
            _ if clue == Clue::Taken && self.are_unheard_of(start, end) => 0.55,
            _ => 0.0,
        };
        (trust > 0.0).then_some(trust)
    }

    /// Returns whether two words are neither known nor made like ordinary words.
    fn are_unheard_of(&self, start: usize, end: usize) -> bool {
        const ENDINGS: [&str; 18] = [
            "ing", "ed", "tion", "sion", "ment", "ness", "ity", "ly", "ware", "ship", "ics",
            "ance", "ence", "ive", "ous", "able", "phone", "ies",
        ];
        end - start == 2
            && !self.word(end).is_some_and(|next| next.is_capital() && next.gap.is_only(Gap::SPACE))
            && (start..end).all(|at| {
                let written = self.written(at);
                self.class(at) == Class::default()
                    && written.chars().count() > 2
                    && self.word(at).is_some_and(|word| word.shape == Shape::Capital)
                    && !ENDINGS.iter().any(|ending| written.ends_with(ending))
            })
    }

    fn weigh_initials(&self, start: usize, name: usize, clue: Clue) -> Option<f32> {
        let class = self.class(name);
        let dotted = self.gap(name).has(Gap::DOT);
        let known = class.has(Class::SURNAME);
        let lettered = start.checked_sub(1).is_some_and(|at| {
            self.class(at).has(Class::STOP)
                && self.word(at).is_some_and(|word| word.is_capital())
                && self.gap(start).is_only(Gap::SPACE)
        });
        let pronoun = matches!(self.written(start), "I" | "A") && !dotted && name == start + 1;
        let long = self.written(name).chars().count() > 2;
        let sound = match (dotted, known) {
            _ if clue >= Clue::Strong => true,
            (_, false) if class.has(OTHER) => false,
            (true, _) => long,
            (false, true) if pronoun => {
                !class.has(OTHER.or(Class::WEAK)) && !self.gap(start).is_start()
                    || clue >= Clue::Acting
            }
            (false, true) => !lettered || clue >= Clue::Acting,
            (false, false) => clue >= Clue::Acting && !pronoun && long,
        };
        sound.then_some(if known { 0.88 } else { 0.7 })
    }

    /// Returns a name written surname first: `Khan, Amira`.
    fn turned(&self, start: usize, run: &Range<usize>) -> Option<Name> {
        let given = start + 1;
        let gap = self.gap(given);
        let comma = gap.is_only(Gap::SPACE_OR_COMMA) && gap.has(Gap::COMMA);
        let (family, class) = (self.class(start), self.class(given));
        let initial = self.word(given).is_some_and(|word| word.shape == Shape::Initial);
        let capital = self.word(given).is_some_and(|word| word.is_capital());
        let closed = self.word(given + 1).is_none_or(|word| word.gap.is_field());
        let field = self.gap(start).is_field() || closed;
        let apart = !family.has(Class::GIVEN) && !class.has(Class::SURNAME);
        let sound = run.len() == 1
            && comma
            && capital
            && (family.has(Class::SURNAME) && !family.has(OTHER)
                || family == Class::default() && field && self.is_loud(start))
            && (class.has(Class::GIVEN) && (apart || field) || initial && field);
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
}
