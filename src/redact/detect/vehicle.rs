//! Vehicle registrations (DVLA): current, prefix, suffix, dateless and Northern Irish. Product codes
//! look alike, so the words around decide for all but the current form.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::Marks;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "vehicle", kinds: &["vehicle"], needs: Needs::Digits(1), find };

static CURRENT: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b[a-hj-pr-y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d)[ -]?[a-hj-pr-z]{3}\b").ok()
});
static OLDER: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b(?:[a-hj-npr-tv-y]\d{1,3}[ -]?[a-hj-pr-y]{3}|[a-hj-pr-y]{3}[ -]?\d{1,3}[a-hj-npr-tv-y]|",
        r"[a-z]{1,3}[ -]?\d{1,4}|\d{1,4}[ -]?[a-z]{1,3})\b",
    ))
    .ok()
});

/// Words that a registration follows.
const CUES: [&str; 40] = [
    "reg ",
    "reg:",
    "reg.",
    "regist",
    "vehicle",
    "car",
    "van ",
    "plate",
    "vrm",
    "vrn",
    "drives",
    "driving a",
    "parked",
    "dvla",
    "taxi",
    "lorry",
    "motorbike",
    "motorcycle",
    "fiesta",
    "focus",
    "corsa",
    "astra",
    "golf",
    "transit",
    "ford",
    "vauxhall",
    "bmw",
    "audi",
    "toyota",
    "nissan",
    "honda",
    "volkswagen",
    "mercedes",
    "peugeot",
    "renault",
    "citroen",
    "skoda",
    "kia",
    "hyundai",
    "volvo",
];
/// Words after which such letters and digits are something else.
const OTHERS: [&str; 15] = [
    "vat",
    "company",
    "part n",
    "part:",
    "part ",
    "sku",
    "product",
    "model",
    "order",
    "ref",
    "reference",
    "code",
    "item",
    "room",
    "invoice",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers((2, Marks::PAIRED), &CURRENT, out, current);
    seen.numbers((1, Marks::CAPITAL), &OLDER, out, older);
}

fn current(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let without = match (upper, written.contains(' ')) {
        (true, true) => 0.92,
        (true, false) => 0.85,
        (false, _) => 0.6,
    };
    let barred = !seen.stands_alone(&range)
        || is_joined(seen, &range)
        || seen.is_barred(&range, &CUES, &OTHERS);
    (!barred).then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, without)))
}

fn older(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let long = written.bytes().filter(u8::is_ascii_alphanumeric).count() >= 4;
    let sound = upper
        && long
        && seen.stands_alone(&range)
        && !is_joined(seen, &range)
        && seen.bar(&range, &CUES).is_some()
        && !seen.is_barred(&range, &CUES, &OTHERS);
    sound.then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, 0.0)))
}

/// Returns whether a sign ties the characters to something longer.
fn is_joined(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    before.is_some_and(|c| matches!(c, '-' | '/' | '#' | '£' | '@'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@' | '%'))
}
