//! Names that what they stand beside tells: what they own, a number before brackets, `family`.

use super::Page;
use super::ends::is_device;
use super::lexicon::{Class, class};
use super::names::{NAMES, OTHER};
use super::words::{Gap, Shape};

/// The fewest characters of a number behind which an ordinary word may be whose it is.
const LONG: usize = 5;

impl Page<'_> {
    /// Returns whether a label and its colon stand before the word; but in the heading of a table an
    /// ordinary word is the next cell: `Holder | Reg`.
    pub(super) fn is_labelled(&self, label: usize, at: usize) -> bool {
        let end = self.word(label).map_or(0, |word| word.range.end);
        let start = self.word(at).map_or(0, |word| word.range.start);
        let cell = || self.text.get(end..start).is_some_and(|between| between.contains('|'));
        let gap = self.gap(at);
        self.class(label).has(Class::LABEL)
            && gap.has(Gap::COLON)
            && !gap.has(Gap::DOT)
            && !(self.class(at).has(Class::STOP) && cell())
    }

    /// Returns whether the word before owns what follows, and that is a tie or a device: `Mo's mum`.
    pub(super) fn is_owner_of_kin(&self, end: usize) -> bool {
        let owner = end.checked_sub(1).and_then(|at| self.word(at)).filter(|word| word.owns);
        let label = owner.is_some_and(|word| {
            word.class.has(Class::LABEL.or(Class::STOP)) && !word.class.has(Class::GIVEN)
        });
        let kin = self.class(end).has(Class::KIN)
            && self.word(end).is_some_and(|word| word.shape == Shape::Lower);
        owner.is_some()
            && !label
            && self.gap(end).is_only(Gap::SPACE)
            && (kin
                || owner.is_some_and(|word| word.class.has(NAMES)) && is_device(self.written(end)))
    }

    /// Returns whether a name stands in brackets right behind a number or a plate: `RMY 687 (Poppy)`,
    /// `YK06 NSP (Marijke, badge …)`.
    pub(super) fn is_behind_code(&self, start: usize, end: usize) -> bool {
        let (Some(first), Some(last)) = (self.word(start), end.checked_sub(1)) else {
            return false;
        };
        let head = self.text.get(..first.range.start).unwrap_or_default();
        let Some(head) = head.strip_suffix(" (") else { return false };
        let after = self.word(last).and_then(|word| self.text.get(word.range.end..));
        let closed = after.is_some_and(|rest| {
            rest.starts_with([')', ','])
                || rest.starts_with("'s ")
                || rest.starts_with("\u{2019}s ")
        });
        let class = first.class;
        let month = matches!(self.written(start), "May" | "April" | "June" | "August");
        let place = class.has(Class::PLACE.or(Class::BRAND).or(Class::ORG).or(Class::JOB));
        let plain = !class.has(OTHER) || class.has(Class::GIVEN) && self.is_long_code(head);
        let ordinary = class.has(Class::STOP.or(Class::LEXICAL)) && !class.has(Class::USUAL);
        let one = start == last && class.has(NAMES) && plain && !ordinary;
        let several = class.has(Class::GIVEN) && start < last;
        closed && !month && !place && (one || several) && self.is_code_end(start, head)
    }

    /// Returns whether a number, or a plate of two words, ends before this word.
    fn is_code_end(&self, start: usize, head: &str) -> bool {
        let Some(before) = start.checked_sub(1).and_then(|at| self.word(at)) else { return false };
        let ends = before.range.end == head.len();
        let numbered = |word: &super::Word| {
            word.shape == Shape::Number
                && (word.range.len() >= LONG
                    || self.text.get(word.range.clone()).is_some_and(|w| !is_small_number(w)))
        };
        let plate = before.shape == Shape::Capitals
            && before.range.len() <= 3
            && before.gap == Gap::SPACE
            && start.checked_sub(2).and_then(|at| self.word(at)).is_some_and(numbered);
        ends && (numbered(before) || plate || self.is_long_code(head))
    }

    /// Returns whether what ends the text has letters and digits, or many digits, as no count has.
    fn is_long_code(&self, head: &str) -> bool {
        const REACH: usize = 12;
        let near = head.bytes().rev().take(REACH);
        let written: Vec<u8> = near
            .take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b' ')
            .collect();
        let digits = written.iter().filter(|b| b.is_ascii_digit()).count();
        let letters = written.iter().filter(|b| b.is_ascii_uppercase()).count();
        digits >= LONG || digits > 1 && letters > 1 && digits + letters >= LONG
    }

    /// Returns whether a surname stands between an article and a word for the people of a house, `the
    /// Penrose family`, or is itself of several: `the Kowalczyks`.
    pub(super) fn is_family(&self, start: usize, end: usize) -> bool {
        const PEOPLE: [&str; 8] =
            ["boys", "brothers", "children", "family", "girls", "household", "sisters", "twins"];
        let the =
            start.checked_sub(1).is_some_and(|at| self.written(at).eq_ignore_ascii_case("the"));
        if !the || end != start + 1 {
            return false;
        }
        let class = self.class(start);
        let surname = class.has(Class::SURNAME) && !class.has(OTHER) || self.is_unheard_of(start);
        let close = self.gap(end).is_only(Gap::SPACE) && self.gap(start).is_only(Gap::SPACE);
        let tied = surname && PEOPLE.contains(&self.written(end));
        let lower = self.word(end).is_none_or(|next| next.shape == Shape::Lower);
        let many = || self.is_unheard_of(start) && lower && is_plural_surname(self.written(start));
        close && (tied || many())
    }
}

/// Returns whether an `s` follows what is a surname and nothing else.
fn is_plural_surname(written: &str) -> bool {
    const SHORTEST: usize = 5;
    let stem = written.strip_suffix('s').filter(|stem| stem.len() >= SHORTEST);
    stem.is_some_and(|stem| class(stem).is_within(Class::SURNAME))
}

/// Returns whether this is digits alone, as a count is.
fn is_small_number(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_digit())
}
