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
        r"(?-u)\b(?:[A-HJ-NPR-TV-Y]\d{1,3}[ -]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ -]?\d{1,3}[A-HJ-NPR-TV-Y]|",
        r"[A-Z]{1,3}[ -]?\d{1,4}|\d{1,4}[ -]?[A-Z]{1,3})\b",
    ))
    .ok()
});

/// Words that a registration follows.
const CUES: [&str; 47] = [
    "veh",
    "keeper",
    "number plate",
    "mot",
    "reg ",
    "reg:",
    "reg.",
    "regist",
    "vehicle",
    "car",
    "van ",
    "van:",
    "plate",
    "vrm",
    "vrn",
    "drives",
    "driving a",
    "parked",
    "parks",
    "parking",
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
/// Those of them that a registration without a letter for its year needs.
const PLATES: [&str; 22] = [
    "reg ",
    "reg:",
    "reg.",
    "regist",
    "vehicle",
    "veh",
    "car",
    "van ",
    "van:",
    "plate",
    "vrm",
    "vrn",
    "drives",
    "driving a",
    "parked",
    "parks",
    "dvla",
    "taxi",
    "lorry",
    "motorbike",
    "motorcycle",
    "keeper",
];
/// Words after which such letters and digits are something else.
const OTHERS: [&str; 22] = [
    "serial",
    "vat",
    "company",
    "part no",
    "part num",
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
    "hcpc",
    "nmc",
    "gmc",
    "badge",
    "postcode",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers((2, Marks::PAIRED), &CURRENT, out, current);
    if out.is_empty() {
        return seen.numbers((1, Marks::CAPITAL), &OLDER, out, older);
    }
    seen.numbers((1, Marks::CAPITAL), &OLDER, out, |seen, range| {
        older(seen, range.clone()).or_else(|| older_beside(seen, range))
    });
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
        || is_of_product(seen, &range)
        || seen.is_said_here(&range, &OTHERS) && seen.is_barred(&range, &CUES, &OTHERS);
    (!barred).then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, without)))
}

fn older(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let long = written.bytes().filter(u8::is_ascii_alphanumeric).count() >= 4;
    let sound = long
        && seen.stands_alone(&range)
        && !is_joined(seen, &range)
        && seen.bar(&range, if is_telling(written) { &CUES } else { &PLATES }).is_some()
        && !seen.is_barred(&range, &CUES, &OTHERS);
    sound.then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, 0.0)))
}

/// Returns whether a letter at the front or end tells the year (`P123 ABC`, `ABC 123D`), or letters
/// those of Northern Ireland (`CIZ 1294`).
fn is_telling(written: &str) -> bool {
    let plain: Vec<u8> = written.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let letters = |part: &[u8]| part.iter().all(u8::is_ascii_uppercase);
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    match plain.as_slice() {
        [first, middle @ .., a, b, c] if letters(&[*first, *a, *b, *c]) => digits(middle),
        [a, b, c, rest @ ..] if letters(&[*a, *b, *c]) && digits(rest) => {
            rest.len() > 2 && [a, b, c].iter().any(|b| matches!(b, b'I' | b'Z'))
        }
        [a, b, c, middle @ .., last] if letters(&[*last, *a, *b, *c]) => digits(middle),
        _ => false,
    }
}

/// Returns a registration of an older form in a text that has one of the current form: a letter that
/// tells the year, or one of those of Northern Ireland.
fn older_beside(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let (head, tail) = written.split_once(' ')?;
    let letters =
        |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_uppercase());
    let digits =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let year = head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.get(1..).is_some_and(digits)
        && letters(tail, 3)
        || letters(head, 3)
            && tail.ends_with(|c: char| c.is_ascii_uppercase())
            && tail.get(..tail.len() - 1).is_some_and(digits);
    let northern = letters(head, 3) && head.contains(['I', 'Z']) && tail.len() > 2 && digits(tail);
    let sound = (year || northern)
        && seen.stands_alone(&range)
        && !is_joined(seen, &range)
        && seen.bar(&range, &OTHERS).is_none();
    sound.then_some(Find(range, "vehicle", 0.7))
}

/// Returns whether the line speaks of parts and products, and of no vehicle.
fn is_of_product(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const PRODUCTS: [&str; 11] = [
        "part no",
        "part num",
        "part:",
        "sku",
        "product",
        "in stock",
        "out of stock",
        "supersede",
        "qty",
        "aisle",
        "bulletin",
    ];
    let before = seen.before(range);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let after = seen.after(range);
    PRODUCTS.iter().any(|word| line.contains(word) || after.contains(word))
        && seen.cue(range, &CUES).is_none()
}

/// Returns whether a sign ties the characters to something longer.
fn is_joined(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    before.is_some_and(|c| matches!(c, '-' | '/' | '#' | '£' | '@'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@' | '%'))
}
