//! Driving licence numbers (DVLA): sixteen characters in Great Britain, eight digits in Northern
//! Ireland.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::{Marks, Run, Shape};
use super::phrases::Asked;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "driving-licence",
    kinds: &["driving-licence"],
    needs: Needs::Digits(6),
    find,
};

static BRITISH: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b[a-z](?:[ -]?[a-z9]){4}[ -]{0,2}\d[ -]?(?:[05][1-9]|[16][0-2])[ -]?",
        r"(?:0[1-9]|[12]\d|3[01])[ -]?\d[ -]{0,2}[a-z9]{2}[ -]?[0-9][ -]?[a-z0-9]{2}(?:[ -]?\d{2})?\b",
    ))
    .ok()
});

const NORTHERN: [Shape; 1] = [Shape { groups: &[4, 4], signs: b" ", between: (0, 1) }];

/// Words that a licence number follows.
const CUES: [&str; 14] = [
    "irish licen",
    "ni licen",
    "driving lic",
    "driver lic",
    "drivers lic",
    "driver's lic",
    "drivers' lic",
    "dl",
    "licence n",
    "driver number",
    "driver no",
    "dvla",
    "dva",
    "photocard",
];
/// Words after which such digits are something else.
const OTHERS: [&str; 8] =
    ["account", "acc", "tel", "phone", "council tax", "tv licen", "premises", "company"];

/// Words that one follows in a text that speaks of drivers.
const LICENCES: [&str; 2] = ["lic", "licence"];
const DRIVERS: [&str; 9] = ["driv", "drv", "fleet", "vehicle", "dvla", "hgv", "lgv", "pcv", "cpc"];
/// Words of texts that list several.
const SEVERAL: [&str; 4] =
    ["driving licences", "drivers' licences", "drivers licences", "driver licences"];

/// Returns whether letters stand before digits and after them, as in a British number.
fn is_between_letters(bytes: &[u8], run: &Run) -> bool {
    const NEAR: usize = 24;
    let rest = bytes.get(run.end..).unwrap_or_default().iter().take(NEAR);
    let next = rest.copied().find(|b| !b.is_ascii_digit() && !matches!(b, b' ' | b'-'));
    run.marks.has(Marks::LED) && next.is_some_and(|b| b.is_ascii_alphabetic())
}

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.near(6, is_between_letters, &BRITISH, out, |seen, range| {
        let range = without_percents(seen, range);
        let sound = is_padded(seen.slice(range.clone())) && seen.stands_alone(&range);
        sound.then_some(Find(range, "driving-licence", 0.95))
    });
    seen.shaped(8, &NORTHERN, out, |seen, range| {
        let cued = seen.is_cued(&range, &CUES, &OTHERS);
        let spoken = || seen.says(Asked::Licences) && is_spoken_of(seen, &range);
        let sound = seen.stands_alone(&range) && (cued || spoken());
        sound.then(|| Find(range.clone(), "driving-licence", seen.trust(&range, &CUES, 0.75)))
    });
}

/// Returns whether words around speak of drivers and their licences.
fn is_spoken_of(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    seen.is_cued(range, &LICENCES, &OTHERS) && seen.speaks(range, &DRIVERS)
        || seen.speaks(range, &SEVERAL) && seen.bar(range, &OTHERS).is_none()
}

/// Returns the number without a share that follows it: `… 50%`.
fn without_percents(seen: &Seen<'_>, range: Range<usize>) -> Range<usize> {
    let apart = seen.slice(range.clone()).bytes().rev().nth(2) == Some(b' ');
    if apart && seen.neighbours(&range).1 == Some('%') { range.start..range.end - 3 } else { range }
}

/// Returns whether the surname is letters, then nines.
fn is_padded(written: &str) -> bool {
    let name: String = written.chars().filter(char::is_ascii_alphanumeric).take(5).collect();
    !name.trim_end_matches('9').contains('9')
}
