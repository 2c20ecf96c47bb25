//! Detection for a person: what is theirs is never reported, and people on a roster are found
//! however they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use holdall_connector::Compare;

use super::{Candidate, KINDS, Span, candidates, placed, resolve};
use crate::redact::forms::{Builder, Reach, Sort, Withheld, name_words, skeleton, sort_of};
use crate::redact::labels::Labels;
use crate::redact::own::{Parts, forms_of, is_same_address};
use crate::redact::words::{is_common, is_title};

/// Whom a text is about and who else is known to occur in it. Made once, used for many texts.
#[derive(Default)]
pub struct Known {
    is_anybody: bool,
    roster: Withheld,
    parts: Parts,
    values: BTreeSet<String>,
    dates: BTreeSet<String>,
    addresses: BTreeSet<String>,
}

/// How much of a name on the roster a match is: the numbers of the notes.
const WHOLE: usize = 0;
const PART: usize = 1;
const COMMON: usize = 2;

impl Known {
    /// Takes the data subject's identifiers by kind (`name`, `email`, `birth-date`, …, or any of
    /// the map's kinds) and the names of other people.
    pub fn new(subject: &BTreeMap<String, Vec<String>>, roster: &[String]) -> Self {
        let is_anybody = !subject.is_empty() || !roster.is_empty();
        let mut known = Self { is_anybody, ..Self::default() };
        let mut builder = Builder::new(Labels::default());
        for (kind, text) in subject.iter().flat_map(|(k, all)| all.iter().map(move |t| (k, t))) {
            known.learn(kind, text);
            if kind != "name" || name_words(text).len() > 1 {
                builder.shield(sort_of(kind, compare(kind)), text);
            }
        }
        for name in roster {
            known.add(&mut builder, name);
        }
        known.roster = builder.build();
        known
    }

    fn learn(&mut self, kind: &str, text: &str) {
        if kind == "name" {
            return self.parts.learn(text);
        }
        self.values.extend(forms_of(text));
        self.dates.extend(date(text));
        if kind == "address" {
            self.addresses.insert(skeleton(text));
        }
        if let Some((local, _)) = text.split_once('@') {
            self.values.insert(skeleton(local));
            self.parts.learn_address(local);
        }
        for found in candidates(text, &KINDS).iter().filter(|found| found.kind != "person") {
            let part = text.get(found.range.clone()).unwrap_or_default();
            self.values.extend(forms_of(part));
            if found.kind == "address" {
                self.addresses.insert(skeleton(part));
            }
        }
    }

    fn add(&self, builder: &mut Builder, name: &str) {
        let words = name_words(name);
        let mut add = |words: &[String], note| {
            if !words.is_empty() && !self.parts.covers(words) {
                builder.withhold(Sort::Name, &words.join(" "), Reach::Text, note);
            }
        };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let initial = |word: &String| word.chars().take(1).collect::<String>();
        if words.len() > 1 {
            add(&words, WHOLE);
            add(&[first.clone(), last.clone()], WHOLE);
            add(&[initial(first), last.clone()], PART);
            let initials = words.iter().take(words.len() - 1).map(initial);
            add(&initials.chain([last.clone()]).collect::<Vec<_>>(), WHOLE);
        }
        for word in [first, last].into_iter().filter(|word| word.chars().count() > 1) {
            add(std::slice::from_ref(word), if is_common(word) { COMMON } else { PART });
        }
        for part in name.split([' ', ',']).filter(|part| part.contains('-')) {
            add(&name_words(part), PART);
        }
    }

    /// Returns the people of the roster in the text.
    fn people(&self, text: &str) -> Vec<Candidate> {
        let hits = self.roster.hits(text, Reach::Text).into_iter();
        hits.filter_map(|hit| {
            let titled = follows_title(text, hit.range.start);
            let confidence = match hit.note {
                WHOLE => 0.98,
                _ if titled => 0.95,
                PART => 0.85,
                _ if is_told(text, &hit.range) => 0.6,
                _ => return None,
            };
            let range = hit.range;
            Some(Candidate { range, kind: "person", confidence, detector: "roster" })
        })
        .collect()
    }

    /// Returns whether something found is the data subject's.
    fn is_own(&self, text: &str, found: &Candidate, places: &[Range<usize>]) -> bool {
        let Some(written) = text.get(found.range.clone()) else { return true };
        // An e-mail address that only begins like the subject's name may be somebody else's.
        let local = written.find('@').filter(|_| found.kind == "email");
        let meets = |place: &Range<usize>| match local {
            Some(at) => place.start <= found.range.start && found.range.start + at <= place.end,
            None => place.start < found.range.end && found.range.start < place.end,
        };
        if places.iter().any(meets) {
            return true;
        }
        match found.kind {
            "person" => {
                let words = name_words(written);
                let told = found.detector == "roster";
                self.parts.covers_any_order(&words)
                    || !told && self.parts.may_be(&words)
                    || !told && self.parts.is_short_form(text, written)
            }
            "date" => date(written).is_some_and(|date| self.dates.contains(&date)),
            "address" => {
                let sets = [&self.values, &self.addresses];
                self.values.contains(&skeleton(written)) || is_same_address(written, &sets)
            }
            _ => forms_of(written).iter().any(|form| self.values.contains(form)),
        }
    }
}

/// Returns the identifiers in a text, in order, without the data subject's own. Of those that
/// overlap the longest counts, then the surest.
pub fn detect_with(text: &str, known: &Known) -> Vec<Span> {
    let mut all = candidates(text, &KINDS);
    if known.is_anybody {
        all.extend(known.people(text));
        let places = known.roster.own_places(text);
        all.retain(|found| {
            !known.is_own(text, found, &places) && !is_given_with(text, found, &places)
        });
    }
    placed(text, resolve(text, all))
}

/// Returns whether a number or an address is given in brackets right behind the data subject's name:
/// `Dominic Pryce (07700 900808)`.
fn is_given_with(text: &str, found: &Candidate, places: &[Range<usize>]) -> bool {
    let named = || places.iter().any(|place| place.end + 2 == found.range.start);
    let around = |range: &Range<usize>| {
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        before.ends_with(" (") && after.starts_with(')')
    };
    found.kind != "person" && around(&found.range) && named()
}

/// Returns how values of a kind compare.
fn compare(kind: &str) -> Compare {
    match kind {
        "name" => Compare::Name,
        "phone" | "mobile" | "telephone" => Compare::Phone,
        "email" => Compare::Caseless,
        _ => Compare::Compact,
    }
}

fn date(text: &str) -> Option<String> {
    super::date::normal(text)
}

fn follows_title(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end().trim_end_matches('.');
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.len() <= 12 && is_title(&word.to_lowercase())
}

/// Returns whether a name that is a word too stands where a person does: with a capital inside a
/// sentence, or with `'s`.
fn is_told(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let inside = before.trim_end_matches(' ').ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let month = text.get(range.clone()).is_some_and(|word| {
        ["May", "April", "June", "August"].iter().any(|month| word.eq_ignore_ascii_case(month))
    });
    let after = text.get(range.end..).unwrap_or_default();
    inside && !month || after.starts_with("'s ") || after.starts_with("\u{2019}s ")
}

#[cfg(test)]
mod tests;
