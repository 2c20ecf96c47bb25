//! Identifiers by pattern, checksum and context. One file a detector.
//!
//! A detector sees the text made plain (no invisible characters, ordinary digits and dashes,
//! character references decoded), so that hidden forms are found like open ones.

mod bank;
mod card;
mod context;
mod council;
mod cued;
mod date;
mod digits;
mod email;
mod glance;
mod heads;
mod iban;
mod known;
mod licence;
mod network;
mod nhs;
mod nino;
mod passport;
mod person;
mod phone;
mod phrases;
mod places;
mod plain;
mod postcode;
mod seen;
mod street;
mod table;
mod upn;
mod url;
mod username;
mod utr;
mod vehicle;

use std::ops::Range;

use serde::Serialize;

use glance::{Needs, Sight};
use seen::Seen;

pub use known::{Known, detect_with};

/// Every kind that a detector can report, in the order in which ties are settled.
pub const KINDS: [&str; 26] = [
    "email",
    "nino",
    "upn",
    "iban",
    "card",
    "driving-licence",
    "nhs",
    "utr",
    "dbs",
    "hcpc",
    "passport",
    "council-tax",
    "blue-badge",
    "sort-code",
    "bank-account",
    "company",
    "postcode",
    "address",
    "person",
    "vehicle",
    "mac",
    "ip",
    "date",
    "url",
    "username",
    "phone",
];

/// The kinds that are redacted in texts.
pub(super) const RELEASE: [&str; 22] = [
    "person",
    "email",
    "nino",
    "upn",
    "iban",
    "card",
    "driving-licence",
    "nhs",
    "utr",
    "dbs",
    "passport",
    "council-tax",
    "blue-badge",
    "sort-code",
    "bank-account",
    "postcode",
    "address",
    "vehicle",
    "mac",
    "ip",
    "username",
    "phone",
];

/// An identifier in a text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// Its first character, in Unicode scalar values.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// What it is: one of [`KINDS`].
    pub kind: &'static str,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
    /// What noticed it.
    pub detector: &'static str,
}

/// An identifier in a text, by bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    /// Where, in bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: &'static str,
    /// How sure that is, from 0 to 1.
    pub(super) confidence: f32,
    /// What noticed it.
    pub(super) detector: &'static str,
}

/// A detector: which kinds it reports, what it needs, and how it finds them.
struct Detector {
    name: &'static str,
    kinds: &'static [&'static str],
    needs: Needs,
    find: fn(&Seen<'_>, &mut Vec<Find>),
}

/// What a detector reports: bytes of the plain text, kind, confidence.
struct Find(Range<usize>, &'static str, f32);

const DETECTORS: [&Detector; 20] = [
    &email::DETECTOR,
    &nino::DETECTOR,
    &upn::DETECTOR,
    &iban::DETECTOR,
    &card::DETECTOR,
    &licence::DETECTOR,
    &nhs::DETECTOR,
    &utr::DETECTOR,
    &passport::DETECTOR,
    &cued::DETECTOR,
    &council::DETECTOR,
    &bank::DETECTOR,
    &postcode::DETECTOR,
    &vehicle::DETECTOR,
    &network::DETECTOR,
    &date::DETECTOR,
    &url::DETECTOR,
    &username::DETECTOR,
    &phone::DETECTOR,
    &person::DETECTOR,
];

/// Returns the identifiers in a text, in order. Of those that overlap the longest counts, then
/// the surest.
pub fn detect(text: &str) -> Vec<Span> {
    placed(text, resolve(text, candidates(text, &KINDS)))
}

/// Returns the names that the text has, as it has them.
pub(super) fn names(text: &str) -> Vec<String> {
    let spans = candidates(text, &["person"]).into_iter();
    spans.filter_map(|span| text.get(span.range).map(str::to_owned)).collect()
}

/// Returns every two to `longest` words with capitals in a row.
pub(super) fn capitals(text: &str, longest: usize) -> Vec<String> {
    person::capitals(Seen::new(text).text(), longest)
}

/// Returns whether the word is a given name.
pub(super) fn is_given(word: &str) -> bool {
    person::is_given(word)
}

/// Returns whether the word is an ordinary one, a given name or a surname.
pub(super) fn is_listed(word: &str) -> bool {
    person::is_listed(word)
}

/// Returns what was found, by Unicode scalar values.
fn placed(text: &str, found: Vec<Candidate>) -> Vec<Span> {
    let places = super::texts::scalars(text, found.iter().map(|c| c.range.clone()));
    found
        .into_iter()
        .zip(places)
        .map(|(c, place)| Span {
            start: place.start,
            end: place.end,
            kind: c.kind,
            confidence: c.confidence,
            detector: c.detector,
        })
        .collect()
}

/// Returns all that the detectors of these kinds report, overlaps and all, by place.
pub(super) fn candidates(text: &str, kinds: &[&str]) -> Vec<Candidate> {
    let mut all = Vec::new();
    let sight = Sight::of(text);
    let mut wanted = DETECTORS
        .iter()
        .filter(|d| sight.has(d.needs) && d.kinds.iter().any(|kind| kinds.contains(kind)))
        .peekable();
    if wanted.peek().is_none() {
        return all;
    }
    let seen = Seen::new(text);
    let mut finds = Vec::new();
    for detector in wanted {
        (detector.find)(&seen, &mut finds);
        for Find(range, kind, confidence) in finds.drain(..) {
            if kinds.contains(&kind) {
                let range = seen.origin(range);
                all.push(Candidate { range, kind, confidence, detector: detector.name });
            }
        }
    }
    all.sort_by_key(|c| (c.range.start, c.range.end));
    all
}

/// Keeps of overlapping candidates the longest, then the surest, then the first of [`KINDS`].
fn resolve(text: &str, mut all: Vec<Candidate>) -> Vec<Candidate> {
    end_names_before_licences(text, &mut all);
    let rank = |kind: &str| KINDS.iter().position(|k| *k == kind).unwrap_or(KINDS.len());
    all.sort_by(|a, b| {
        (b.range.len().cmp(&a.range.len()))
            .then_with(|| b.confidence.total_cmp(&a.confidence))
            .then_with(|| rank(a.kind).cmp(&rank(b.kind)))
            .then_with(|| a.range.start.cmp(&b.range.start))
    });
    let mut kept: std::collections::BTreeMap<usize, Candidate> = std::collections::BTreeMap::new();
    for candidate in all {
        let before = kept.range(..candidate.range.end).next_back();
        if before.is_none_or(|(_, other)| other.range.end <= candidate.range.start) {
            kept.insert(candidate.range.start, candidate);
        }
    }
    kept.into_values().collect()
}

/// Ends names where the number of a driving licence starts, whose first letters may be taken for one
/// more name: `Heidi Brandreth BRAND 961243 …`.
fn end_names_before_licences(text: &str, all: &mut [Candidate]) {
    let licence = |c: &&Candidate| c.kind == "driving-licence";
    let starts: Vec<usize> = all.iter().filter(licence).map(|c| c.range.start).collect();
    for name in all.iter_mut().filter(|c| c.kind == "person" && !starts.is_empty()) {
        let next = starts.partition_point(|start| *start <= name.range.start);
        if let Some(start) = starts.get(next).filter(|start| **start < name.range.end) {
            let kept = text.get(name.range.start..*start).unwrap_or_default();
            name.range.end = name.range.start + kept.trim_end().len();
        }
    }
}

#[cfg(test)]
mod tests;
