//! Names in stretches of capitals.

use std::ops::Range;

use super::clues::Clue;
use super::lexicon::{Class, class_of, digest};
use super::words::{Gap, Shape, Word};
use super::{Name, Page};

/// Words that are no part of a name, whatever stands before them.
const NEVER: Class = Class::ORG.or(Class::STREET).or(Class::JOB).or(Class::STOP);
/// Words that are ordinary, or name something else.
pub(super) const OTHER: Class = NEVER.or(Class::PLACE).or(Class::BRAND).or(Class::TITLE);
/// Words of names.
pub(super) const NAMES: Class = Class::GIVEN.or(Class::SURNAME);
/// The most words that are looked at as one stretch.
const MOST: usize = 64;
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
            let Some(next) = self.word(end).filter(|_| end - start < MOST) else { return end };
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
        let initial = at.checked_sub(1).is_some_and(|before| {
            self.word(before).is_some_and(|word| word.shape == Shape::Initial)
        });
        let near =
            |w: &Word| w.gap.is_only(Gap::SPACE) || initial && w.gap.is_only(Gap::SPACE_OR_DOT);
        let particle = |at: usize| {
            self.word(at).is_some_and(|w| w.shape == Shape::Lower && near(w))
                && self.class(at).has(Class::PARTICLE)
        };
        let capital =
            |at: usize| self.word(at).is_some_and(|w| w.is_capital() && w.gap.is_only(Gap::SPACE));
        let beyond = if particle(at + 1) { at + 2 } else { at + 1 };
        (particle(at) && capital(beyond)).then_some(beyond)
    }

    fn name_at(&self, start: usize, run: &Range<usize>, last: Option<&Name>) -> Option<Name> {
        if let Some(name) = self.turned(start, run).or_else(|| self.loud_first(start, run)) {
            return Some(name);
        }
        // Most words that begin no name are told without a look at those around: no clue allows more
        // than a title does.
        if !self.can_start(start, Clue::Titled) || self.is_coded(start) || self.is_half(start) {
            return None;
        }
        let before = self.clue(start, start + 1, last);
        if !self.can_start(start, before)
            || before < Clue::Titled
                && (self.is_prefixed(start, run) || self.is_bidding(start, run))
            || self.is_named_place(start, run)
            || self.is_titled_thing(start)
            || before < Clue::Strong && (self.is_pair(start) || self.is_label(start))
            || self.class(start).has(Class::STOP) && self.is_pair(start)
        {
            return None;
        }
        let end = self.name_end(start, run, before);
        if end == start + 1 && before < Clue::Strong && self.is_thing(start, run) {
            return None;
        }
        let clue = match end - start {
            1 => before,
            _ => before.max(self.clue(start, end, last)),
        };
        if self.is_house(start, end, run, clue) || self.goes_on_as_other(start, end, run, clue) {
            return None;
        }
        let confidence = self.weigh(start, end, clue)?;
        Some(Name { start: self.titled_particle(start), end, confidence })
    }

    /// Returns where the small words start that stand between a title and a surname: `Mrs da Silva`.
    fn titled_particle(&self, at: usize) -> usize {
        let first = self.first_particle(at);
        let titled = first < at && first.checked_sub(1).is_some_and(|title| self.is_title(title));
        if titled { first } else { at }
    }

    /// Returns whether a name can start with the word.
    fn can_start(&self, at: usize, clue: Clue) -> bool {
        let class = self.class(at);
        if self.word(at).is_some_and(|word| word.shape == Shape::Initial) {
            return true;
        }
        if self.is_saintly(at, &(at..at + 2)) {
            return true;
        }
        let titled = class.has(Class::TITLE) || !class.has(NAMES) || !class.has(Class::WEAK);
        if titled && self.is_title(at) || class.has(Class::TIE) && !class.has(NAMES) {
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
            let other = match self.written(at + 1) {
                "and" => at + 2,
                _ => at + 1,
            };
            let close = close || self.gap(other).is_only(Gap::SPACE.or(Gap::AND));
            let both = || class_of(digest(&[self.written(at), self.written(other)]));
            close && both().has(Class::PAIR)
        };
        let joined = at.checked_sub(1).is_some_and(|before| {
            let and = self.written(before) == "and";
            let first = if and { before.checked_sub(1) } else { Some(before) };
            (and || self.gap(at).has(Gap::AND)) && first.is_some_and(pair)
        });
        let after = at.checked_sub(1).is_some_and(|before| {
            self.gap(at).is_only(Gap::SPACE)
                && self.word(before).is_some_and(|word| word.is_capital())
                && (pair(before) || self.class(before).has(Class::BRAND))
        });
        pair(at) || joined || after
    }

    /// Returns whether a title and the word after it name a thing: `Dr Martens`.
    fn is_titled_thing(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|title| {
            let both = || class_of(digest(&[self.written(title), self.written(at)]));
            self.class(title).has(Class::TITLE.or(Class::SOFT_TITLE)) && both().has(Class::PAIR)
        })
    }

    /// Returns whether the word begins a sentence as a label of the name after it: `Holder Ann Lee`,
    /// `Mate Lucas`.
    fn is_label(&self, at: usize) -> bool {
        let class = self.class(at);
        (class.has(Class::LABEL) || class.has(Class::KIN) && !class.has(Class::USUAL))
            && self.gap(at).is_start()
            && self.gap(at + 1).is_only(Gap::SPACE)
            && self.class(at + 1).has(Class::GIVEN)
            && self.word(at + 1).is_some_and(|word| word.is_capital())
    }

    /// Returns whether the word is a part of the name of a thing: an ordinary word with a capital
    /// stands after one that is also ordinary, or before one that is no given name.
    fn is_thing(&self, at: usize, run: &Range<usize>) -> bool {
        let class = self.class(at);
        let after = at + 1 < run.end
            && class.has(Class::WEAK)
            && self.class(at + 1).has(Class::LEXICAL.or(Class::JOB));
        let before = at > run.start
            && (!class.has(Class::GIVEN) || class.has(Class::WEAK))
            && !self.gap(at - 1).is_start()
            && self.class(at - 1).has(NEVER.or(Class::PLACE))
            && !self.class(at - 1).has(NAMES.or(Class::TIE).or(Class::TITLE).or(Class::SOFT_TITLE));
        after || before || self.is_ailment(at)
    }

    /// Returns whether a disease, law or test is named: `Hashimoto's thyroiditis`.
    fn is_ailment(&self, at: usize) -> bool {
        const THINGS: [&str; 12] = [
            "disease",
            "syndrome",
            "disorder",
            "palsy",
            "contracture",
            "sign",
            "law",
            "test",
            "principle",
            "oma",
            "itis",
            "osis",
        ];
        let named = |next: String| THINGS.iter().any(|thing| next.ends_with(thing));
        self.word(at).is_some_and(|word| word.owns)
            && self.gap(at + 1).is_only(Gap::SPACE)
            && named(self.written(at + 1).to_lowercase())
    }

    /// Returns whether the stretch is a street or house with a number, or a saint's.
    fn is_named_place(&self, start: usize, run: &Range<usize>) -> bool {
        let saint = (run.start..start).any(|at| {
            matches!(self.written(at), "St" | "Saint" | "ST") && !self.is_saintly(at, run)
        }) || start.checked_sub(1).is_some_and(|at| {
            matches!(self.written(at), "St" | "Saint" | "ST")
                && !self.is_saintly(at, run)
                && self.gap(start).is_only(Gap::SPACE_OR_DOT)
        });
        let numbered = run.start.checked_sub(1).is_some_and(|at| {
            self.word(at).is_some_and(|word| word.shape == Shape::Number)
                && self.gap(run.start).is_only(Gap::SPACE_OR_COMMA)
        });
        let mut street = run.clone().filter(|_| numbered);
        saint
            || street.any(|at| {
                let class = self.class(at);
                class.has(Class::STREET)
                    && (!class.has(Class::TITLE) || at > start && at + 1 == run.end)
            })
    }

    /// Returns whether the word begins a surname that is a saint's: `Mr St John`, `B. R. St John`.
    fn is_saintly(&self, at: usize, run: &Range<usize>) -> bool {
        const SAINTS: [&str; 8] =
            ["John", "Clair", "Claire", "Leger", "Aubyn", "Pierre", "Louis", "Hill"];
        let named = at.checked_sub(1).is_some_and(|before| {
            let class = self.class(before);
            let initial = self.word(before).is_some_and(|word| word.shape == Shape::Initial);
            (initial
                || class.has(Class::TITLE)
                || class.has(Class::GIVEN) && (!class.has(OTHER) || class.has(Class::USUAL)))
                && self.gap(at).is_only(Gap::SPACE_OR_DOT)
                && self.word(before).is_some_and(|word| word.is_capital())
        });
        let saint = self.written(at + 1);
        named
            && matches!(self.written(at), "St" | "ST")
            && at + 1 < run.end
            && SAINTS.iter().any(|name| {
                saint.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(name))
            })
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
            if self.is_saintly(end, run) || self.is_branded(end, run) {
                end += 2;
                family = true;
                continue;
            }
            let initial = shape == Some(Shape::Initial);
            let known = class.has(NAMES);
            let sound = known && self.is_surname_after(start, end, clue)
                || self.is_rare_surname(start, end, clue)
                || self.is_inner(start, end, run);
            let ordinary = !initial && class.has(OTHER) && !sound;
            let quiet = shape == Some(Shape::Capitals) && !self.is_loud(start);
            let numbered = self.word(end + 1).is_some_and(|next| next.shape == Shape::Number)
                && self.gap(end + 1) == Gap::SPACE;
            let post = family && self.word(end).is_some_and(|word| word.range.len() == 2);
            let capitals = quiet && (!known || family && numbered || post);
            let last = clue == Clue::Titled && end + 1 == run.end && self.is_unheard_of(end);
            let another = family && !(class.has(Class::SURNAME) && named) && !last;
            let more = self.word(end + 1).is_some_and(|next| next.is_capital());
            let titled = self.is_title(end) && (more || !class.has(NAMES));
            let label = class.has(Class::LABEL) && self.gap(end + 1).has(Gap::COLON);
            if titled || label || ordinary || capitals || another || (initial && family) {
                break;
            }
            let surname = class.has(Class::SURNAME) && !class.has(Class::GIVEN);
            let particle = class.has(Class::PARTICLE) && end + 1 < run.end;
            let unheard =
                self.is_unheard_of(end) && end + 1 < run.end && self.class(end + 1).has(NAMES);
            family = family
                || !particle && !unheard && (surname || (!initial && !class.has(Class::GIVEN)));
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
        let article = self.written(at) == "A" && !self.is_closing_initial(at);
        initial && (weak || self.written(at) == "I" || article)
    }

    /// Returns whether the word is written in capitals, as those after it may be then.
    pub(super) fn is_loud(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| matches!(word.shape, Shape::Capitals | Shape::Initial))
    }

    /// Returns whether what follows makes it a firm, a street or a thing: `… Solicitors`, `… & Sons`.
    fn goes_on_as_other(&self, start: usize, end: usize, run: &Range<usize>, clue: Clue) -> bool {
        let owner = end.checked_sub(1).and_then(|at| self.word(at)).is_some_and(|word| word.owns);
        let next = self.class(end);
        let close = self.gap(end).is_only(Gap::SPACE);
        let firm = self.gap(end).has(Gap::AND) || matches!(self.written(end), "and");
        let beyond = if self.gap(end).has(Gap::AND) { end } else { end + 1 };
        let partners = ["Sons", "Son", "Co", "Company", "Partners", "Daughters", "Associates"];
        let sons = firm && partners.contains(&self.written(beyond));
        const FIRMS: [&str; 6] = ["LLP", "LTD", "Limited", "Ltd", "PLC", "plc"];
        let limited =
            close && (end..run.end.min(end + LONGEST)).any(|at| FIRMS.contains(&self.written(at)));
        if sons || limited || clue >= Clue::Strong {
            return sons || limited;
        }
        let inside = end < run.end && next.has(Class::ORG.or(Class::STREET).or(Class::BRAND));
        let many = close
            && run.len() > 1
            && self.gap(run.start).is_start()
            && ["act", "supply", "provide", "stock", "sell"].contains(&self.written(end));
        let lower = close
            && owner
            && self
                .word(end)
                .is_some_and(|word| word.is_capital() && next.has(Class::ORG.or(Class::STREET)));
        let whole = end > start + 1 && self.class(start).has(Class::GIVEN);
        let pair = self.gap(end).has(Gap::AND)
            && !whole
            && !self.class(end.saturating_sub(1)).has(Class::GIVEN)
            && self.word(end).is_some_and(|word| word.is_capital());
        inside || lower || pair || many
    }
}
