//! NHS numbers (NHS Data Dictionary): ten digits, modulus 11, written 3-3-4. Telephone numbers and
//! ISBNs pass the checksum too, so the words around decide.

use std::ops::Range;

use super::digits::Shape;
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "nhs", kinds: &["nhs"], needs: Needs::Digits(10), find };

const NUMBER: [Shape; 9] = [
    Shape { groups: &[3, 3, 4], signs: b" .-", between: (0, 2) },
    Shape { groups: &[5, 5], signs: b" ", between: (1, 1) },
    Shape { groups: &[4, 4, 2], signs: b" -.", between: (1, 1) },
    Shape { groups: &[4, 3, 3], signs: b" -.", between: (1, 1) },
    Shape { groups: &[7, 3], signs: b" ", between: (1, 1) },
    Shape { groups: &[3, 7], signs: b" ", between: (1, 1) },
    Shape { groups: &[8, 2], signs: b" ", between: (1, 1) },
    Shape { groups: &[5, 2, 3], signs: b" ", between: (1, 1) },
    Shape { groups: &[1; 10], signs: b" -", between: (1, 1) },
];

/// Words that an NHS number follows.
const CUES: [&str; 8] =
    ["nhs", "nhs n", "national health", "patient", "pt", "medical n", "nhs reference", "nhs ref"];
/// Words of texts that speak of somebody's health.
const HEALTH: [&str; 52] = [
    "dnar",
    "dnacpr",
    "care package",
    "joint package",
    "nhs",
    "patient",
    "pt",
    "gp",
    "clinic",
    "clinical",
    "hospital",
    "ward",
    "surgery",
    "discharge",
    "nurse",
    "doctor",
    "dr",
    "medical",
    "medication",
    "health",
    "referral",
    "diagnos",
    "symptom",
    "camhs",
    "counselling",
    "therapist",
    "midwife",
    "vaccin",
    "dental",
    "phq",
    "gad",
    "wristband",
    "hospice",
    "bed",
    "chc",
    "continuing healthcare",
    "immunis",
    "palliative",
    "inpatient",
    "outpatient",
    "hospital no",
    "prescription",
    "pharmac",
    "chemist",
    "meds",
    "dosette",
    "hosp",
    "midwife",
    "jab",
    "vaccin",
    "insulin",
    "cremation",
];
/// Words after which ten digits are something else.
const OTHERS: [&str; 26] = [
    "isbn",
    "order",
    "invoice",
    "ref",
    "reference",
    "tel",
    "telephone",
    "phone",
    "call",
    "fax",
    "mobile",
    "utr",
    "tax",
    "tracking",
    "account",
    "parcel",
    "ticket",
    "barcode",
    "ean",
    "part no",
    "part:",
    "part ",
    "ring",
    "sku",
    "serial",
    "unique taxpayer",
];

/// So many digits a number has.
const DIGITS: usize = 10;
/// How near its name no other word counts, in bytes.
const NAMED: usize = 24;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.shaped(10, &NUMBER, out, judge);
    if !out.is_empty() {
        again(seen, out);
    }
}

/// Finds valid numbers written 3-3-4 with any sign between, in a text that has others.
fn again(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let mut others = Vec::new();
    seen.shaped(10, &NUMBER, &mut others, |seen, range| {
        let written = seen.slice(range.clone());
        let usual = written.split([' ', '-', '.']).map(str::len).eq([3, 3, 4]);
        let usual = usual || range.len() == DIGITS;
        let other = joined(seen, &range) || seen.bar(&range, &OTHERS).is_some();
        (usual && is_valid(written) && !other).then_some(Find(range, "nhs", 0.6))
    });
    let known: Vec<Range<usize>> = out.iter().map(|find| find.0.clone()).collect();
    others.retain(|find| known.binary_search_by_key(&find.0.start, |at| at.start).is_err());
    out.append(&mut others);
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    if !is_valid(written) || joined(seen, &range) {
        return None;
    }
    let usual = written.split([' ', '-', '.']).map(str::len).eq([3, 3, 4]);
    let plain = matches!(written.len(), 10 | 11 | 19);
    let without = match usual && written.contains(' ') {
        true => 0.75,
        false if (usual || plain) && seen.speaks(&range, &HEALTH) => 0.7,
        false => 0.0,
    };
    let named = seen.bar(&range, &["nhs"]).is_some_and(|near| near <= NAMED);
    let barred = !named && seen.is_barred(&range, &CUES, &OTHERS);
    let trust = seen.trust(&range, &CUES, without);
    (!barred && trust > 0.0).then_some(Find(range, "nhs", trust))
}

/// Returns whether the digits go on with a sign between, as in a longer number.
fn joined(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '+' | '-' | '/' | '_' | '£' | '$'));
    sign(before) || after.is_some_and(|c| matches!(c, '-' | '/' | '_'))
}

/// Returns whether the check digit is right: weights 10 … 2, eleven less the remainder.
pub(super) fn is_valid(written: &str) -> bool {
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let [front @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = front.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 10 && digits.iter().any(|d| d != digits.first().unwrap_or(d)) && {
        let expected = 11 - sum % 11;
        (if expected == 11 { 0 } else { expected }) == *check
    }
}
