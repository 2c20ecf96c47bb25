//! What stands right before a name and is no part of it: abbreviations, callings, verbs, letters of
//! lists; and what is tied to a number.

use std::ops::Range;

use super::Page;
use super::lexicon::Class;
use super::names::NAMES;
use super::words::{Gap, Shape};

impl Page<'_> {
    /// Returns whether the word stands before a name and is none: an abbreviation (`IDVA Georgina
    /// Tait`), or, where a sentence begins, a calling that is in no list (`Dramatherapist Ann Lee`).
    pub(super) fn is_prefixed(&self, at: usize, run: &Range<usize>) -> bool {
        let (class, next) = (self.class(at), self.class(at + 1));
        let close = at + 1 < run.end && self.gap(at + 1).is_only(Gap::SPACE);
        if close && self.is_calling_before(at, run) {
            return true;
        }
        if !close || class.has(NAMES) {
            return false;
        }
        let written = self.written(at);
        let loud = self.word(at).is_some_and(|word| word.shape == Shape::Capitals);
        let quiet = self.word(at + 1).is_some_and(|word| word.shape != Shape::Capitals);
        if loud && quiet {
            let two = next.has(Class::GIVEN) && (at + 2 < run.end || !next.has(Class::SURNAME));
            return written.len() > 2 || two;
        }
        if ["Co-", "Ex-"].iter().any(|head| written.starts_with(head)) && next.has(Class::GIVEN) {
            return true;
        }
        if self.is_abbreviated(at) && next.has(Class::GIVEN) {
            return true;
        }
        const CALLINGS: [&str; 7] = ["er", "or", "ist", "ian", "ant", "man", "ee"];
        let initial = self.word(at + 1).is_some_and(|word| word.shape == Shape::Initial);
        self.gap(at).is_start()
            && class == Class::default()
            && CALLINGS.iter().any(|ending| written.len() > 4 && written.ends_with(ending))
            && (next.has(Class::GIVEN) || initial)
    }

    /// Returns whether a surname that is a calling too begins the sentence before a whole name: `Booker
    /// Callum Ashby`.
    fn is_calling_before(&self, at: usize, run: &Range<usize>) -> bool {
        let (class, next, last) = (self.class(at), self.class(at + 1), self.class(at + 2));
        let family = last.has(Class::SURNAME);
        let quiet = self.word(at).is_some_and(|word| word.shape == Shape::Capital);
        quiet
            && self.gap(at).is_start()
            && at + 3 == run.end
            && !class.has(Class::USUAL)
            && self.written(at).ends_with("er")
            && next.has(Class::GIVEN)
            && !next.has(Class::SURNAME)
            && family
    }

    /// Returns whether the word is short for another: it has no vowel, as in `Clmt`.
    fn is_abbreviated(&self, at: usize) -> bool {
        let written = self.written(at);
        let vowel = |c: char| {
            !c.is_ascii() || matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
        };
        let capital = self.word(at).is_some_and(|word| word.shape == Shape::Capital);
        capital
            && written.len() > 2
            && self.class(at) == Class::default()
            && !written.contains(vowel)
    }

    /// Returns whether the word bids somebody do something to the person after it: `Chase Dermot for
    /// the form`; or is the letter of an item of a list: `B. Kwame Asante`.
    pub(super) fn is_bidding(&self, at: usize, run: &Range<usize>) -> bool {
        const VERBS: [&str; 7] = ["Chase", "Mark", "Grant", "Bill", "Will", "Said", "Sue"];
        let begins = self.gap(at).is_start() && at + 1 < run.end;
        let next = self.class(at + 1);
        let verb = VERBS.contains(&self.written(at))
            && (self.written(at) == "Chase" || next.has(Class::GIVEN) && !next.has(Class::SURNAME))
            && next.has(NAMES);
        begins && (verb || self.is_item(at, run))
    }

    fn is_item(&self, at: usize, run: &Range<usize>) -> bool {
        let item = |line: &str| {
            let mut letters = line.trim_start().bytes();
            letters.next().is_some_and(|b| b.is_ascii_uppercase())
                && letters.next() == Some(b'.')
                && letters.next() == Some(b' ')
        };
        let lettered = || self.text.lines().filter(|line| item(line)).nth(2).is_some();
        self.word(at).is_some_and(|word| word.shape == Shape::Initial)
            && self.gap(at).has(Gap::LINE)
            && self.gap(at + 1).has(Gap::DOT)
            && at + 2 < run.end
            && self.class(at + 1).has(Class::GIVEN)
            && *self.lettered.get_or_init(lettered)
    }

    /// Returns whether the letter is the second half of an abbreviation: `S/W Max Root`.
    pub(super) fn is_half(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            let before =
                word.range.start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
            word.shape == Shape::Initial && before == Some(&b'/')
        })
    }

    /// Returns whether a number is tied to the word, as in a reference: `CAS-04816`.
    pub(super) fn is_coded(&self, at: usize) -> bool {
        let end = self.word(at).map_or(0, |word| word.range.end);
        let rest = self.text.as_bytes().get(end..).unwrap_or_default();
        matches!(rest, [b'-' | b'/' | b'_' | b'#', digit, ..] if digit.is_ascii_digit())
    }
}
