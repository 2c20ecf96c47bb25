//! Numbers that only the words around them tell: DBS certificates, HCPC registrations, companies.

mod assessors;
mod firms;
mod words;

use std::ops::Range;

use super::bank::has_sort_code;
use super::digits::{Shape, is_edge, lead};
use super::nino::{is_prefix, is_register};
use super::phrases::Asked;
use super::seen::Seen;
use super::{Detector, Find, Needs};
pub(super) use assessors::is_attached;
pub(super) use firms::{files_accounts, is_abbreviated, is_headed};
use words::{CALLINGS, DBS_CUES, HCPC_CUES, NO_PIN, NUMBERS, ORDERS, OTHERS, VETTING};
pub(super) use words::{COMPANY_CUES, TRADING};

pub(super) const DETECTOR: Detector =
    Detector { name: "context", kinds: &["dbs", "hcpc", "company"], needs: Needs::Digits(3), find };

const DBS: [Shape; 3] = [
    Shape { groups: &[3, 2, 3, 4], signs: b" -", between: (1, 1) },
    Shape { groups: &[3, 3, 3, 3], signs: b" -.", between: (0, 1) },
    Shape { groups: &[4, 4, 4], signs: b" -.", between: (1, 1) },
];
/// How certificates are numbered that are issued today.
const ISSUED: &str = "00";
/// The letters of the professions of the register.
const PROFESSIONS: [&str; 16] = [
    "as", "bs", "ch", "cs", "dt", "had", "or", "odp", "ot", "pa", "ph", "po", "pyl", "ra", "sl",
    "sw",
];
/// The letters of the registers of companies.
const REGISTERS: [&str; 18] = [
    "sc", "ni", "nf", "sf", "oc", "ce", "so", "nc", "lp", "sl", "nl", "ip", "sp", "rc", "fc", "ge",
    "gn", "r0",
];
const COMPANY: [Shape; 5] = [
    Shape { groups: &[5, 3], signs: b" ", between: (1, 1) },
    Shape { groups: &[2, 2, 2, 2], signs: b" ", between: (1, 1) },
    Shape { groups: &[8], signs: b"", between: (0, 0) },
    Shape { groups: &[4, 4], signs: b" ", between: (1, 1) },
    Shape { groups: &[2, 3, 3], signs: b" ", between: (1, 1) },
];

/// The digits after the letters of a register, in groups.
const LETTERED: [Shape; 2] = [
    Shape { groups: &[3, 3], signs: b" ", between: (1, 1) },
    Shape { groups: &[2, 2, 2], signs: b" ", between: (1, 1) },
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.shaped(12, &DBS, out, certificate);
    hcpc(seen, out);
    company(seen, out);
}

/// Returns a certificate's number: after words that say so, or numbered as they are today in a text
/// that speaks of them.
fn certificate(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let alone = seen.stands_alone(&range) && !is_tied(seen, &range);
    let cued = seen.is_cued(&range, &DBS_CUES, &OTHERS);
    let issued = seen.slice(range.clone()).starts_with(ISSUED)
        && seen.bar(&range, &OTHERS).is_none()
        && seen.speaks(&range, &VETTING);
    let trust = if cued { seen.trust(&range, &DBS_CUES, 0.0) } else { 0.85 };
    (alone && (cued || issued)).then_some(Find(range, "dbs", trust))
}

/// Returns whether a sign before or after ties the digits to more.
fn is_tied(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    before.is_some_and(|c| matches!(c, '+' | '-' | '/' | '£' | '$'))
        || after.is_some_and(|c| matches!(c, '-' | '/'))
        || goes_on(seen, range)
}

/// Returns whether another group of digits follows, as in the number of a payment card.
fn goes_on(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let rest = seen.bytes().get(range.end..).unwrap_or_default();
    let next = rest.get(1..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    matches!(rest.first(), Some(b' ' | b'.')) && (3..=4).contains(&next) && is_edge(rest, next + 1)
}

/// Finds the letters of a profession and three to six digits.
fn hcpc(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(3, out, registrant, |bytes, run| {
        let letters = lead(bytes, run.start, 3, b" -")?;
        let sound = (3..=6).contains(&run.len()) && is_edge(bytes, run.end);
        (sound && is_one_of(&PROFESSIONS, bytes.get(letters.clone())?))
            .then_some(letters.start..run.end)
    });
    seen.placed(5, out, registrant, |bytes, run| {
        let letters = lead(bytes, run.start, 3, b" ")?;
        let end = GROUPED.iter().find_map(|shape| shape.of(bytes, run))?;
        is_one_of(&PROFESSIONS, bytes.get(letters.clone())?).then_some(letters.start..end)
    });
}

/// Words that a registration follows without its register's name.
const REGISTERED: [&str; 9] =
    ["register", "reg no", "reg.", "reg ", "reg:", "regs", "reg nos", "reg check", "pin"];
/// Professions whose letters stand for little else.
const TELLING: [&str; 2] = ["ODP", "PYL"];

/// Professions that a short registration stands right behind, and how far.
const TITLES: [&str; 12] = [
    "dietician",
    "dietitian",
    "occupational therap",
    "orthoptist",
    "orthotist",
    "paramedic",
    "physio",
    "podiatrist",
    "prosthetist",
    "psychologist",
    "radiographer",
    "speech and language",
];
const BEHIND: usize = 24;

/// How near its name a podiatrist's number has to stand that looks like a purchase order's.
const ORDERED: usize = 12;
/// The digits of a registration in groups.
const GROUPED: [Shape; 2] = [
    Shape { groups: &[2, 3], signs: b" ", between: (1, 1) },
    Shape { groups: &[3, 3], signs: b" ", between: (1, 1) },
];

/// Returns a registration: after words that say so, or a whole one in a text that speaks of such a
/// profession.
fn registrant(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let upper = written.starts_with(|c: char| c.is_ascii_uppercase());
    // Nobody's telephone starts with the letters of a profession.
    let cued = seen.is_cued(&range, &HCPC_CUES, &NO_PIN);
    let together = !written.contains(' ');
    let ordered = written.starts_with("PO-")
        && seen.cue(&range, &HCPC_CUES).is_none_or(|near| near > ORDERED);
    let registered = || {
        seen.cue(&range, &REGISTERED).is_some() || seen.speaks(&range, &["reg check", "reg nos"])
    };
    let whole = (5..=6).contains(&digits) && upper && together;
    let telling = TELLING.iter().any(|letters| written.starts_with(letters));
    let beside = digits == 4 && upper && together && follows_title(seen, &range);
    let spoken =
        (beside || digits >= 5 && (upper || together) || digits == 4 && upper && registered())
            && seen.bar(&range, &OTHERS).is_none()
            && (beside || seen.speaks(&range, &CALLINGS) || whole && (telling || registered()))
            || whole && is_bracketed(seen, &range) && seen.speaks(&range, &CALLINGS)
            || is_attached(seen, &range);
    let alone = seen.stands_alone(&range) && !is_tied(seen, &range);
    (alone && !ordered && (cued || spoken)).then_some(Find(
        range,
        "hcpc",
        if cued { 0.98 } else { 0.8 },
    ))
}

/// Returns whether the registration stands in brackets behind a word with a capital, as behind
/// somebody's name.
fn is_bracketed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let head = seen.head(range).strip_suffix(" (").unwrap_or_default();
    let word = head.rsplit([' ', '\n']).next().unwrap_or_default();
    word.starts_with(char::is_uppercase) && seen.neighbours(range).1 == Some(')')
}

/// Returns whether a profession stands right before, with a sign between: `dietitian - DT1234`.
fn follows_title(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const SIGNS: [char; 6] = ['-', ',', '(', ':', ';', '|'];
    seen.before(range).trim_end_matches(' ').ends_with(SIGNS)
        && seen.bar(range, &TITLES).is_some_and(|near| near <= BEHIND)
}

/// How near the name of another register no other word counts, in bytes.
const NAMED: usize = 8;

/// Finds seven or eight digits, or a letter pair and six.
fn company(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(6, out, registered, |bytes, run| {
        let letters = |most| lead(bytes, run.start, most, b" -");
        let first = is_edge(bytes, run.start);
        match run.len() {
            7 if first && is_edge(bytes, run.end) => Some(run.start..run.end),
            6 if is_edge(bytes, run.end) => letters(2)
                .filter(|at| bytes.get(at.clone()).is_some_and(|b| is_one_of(&REGISTERS, b)))
                .map(|at| at.start..run.end),
            7 if is_edge(bytes, run.end) => letters(1)
                .filter(|at| bytes.get(at.start..=run.start).is_some_and(|b| is_one_of(&["r0"], b)))
                .map(|at| at.start..run.end),
            2 | 3
                if letters(2)
                    .is_some_and(|at| bytes.get(at).is_some_and(|b| is_one_of(&REGISTERS, b))) =>
            {
                let end = LETTERED.iter().find_map(|shape| shape.of(bytes, run))?;
                letters(2).map(|at| at.start..end)
            }
            _ if first => {
                COMPANY.iter().find_map(|shape| shape.of(bytes, run)).map(|end| run.start..end)
            }
            _ => None,
        }
    });
}

/// Returns a company's number: near words that say so. One with the letters of a register may stand
/// further off.
fn registered(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let alone = seen.stands_alone(&range) && !is_tied(seen, &range);
    let charity = || seen.bar(&range, &["charity"]).is_some_and(|near| near <= NAMED);
    let firm = firms::is_firm(seen, &range);
    let cued = seen.is_cued(&range, &COMPANY_CUES, &OTHERS)
        && !charity()
        && (!has_sort_code(seen, &range) || is_headed(seen, &range));
    let trust = seen.trust(&range, &COMPANY_CUES, 0.0);
    let letters = seen.slice(range.clone()).bytes().take_while(u8::is_ascii_alphabetic);
    let letters: Vec<u8> = letters.map(|b| b.to_ascii_uppercase()).collect();
    // A National Insurance number may start with the same letters.
    let apart =
        matches!(letters.as_slice(), [a, b] if !is_prefix(*a, *b) || is_register(&[*a, *b]));
    let listed = seen.slice(range.clone()).bytes().all(|b| b.is_ascii_digit())
        && range.len() == 8
        && seen.says(Asked::Companies)
        && seen.bar(&range, &OTHERS).is_none()
        && seen.bar(&range, &["ref", "reference"]).is_none()
        && seen.speaks(&range, &NUMBERS);
    let spoken =
        listed || apart && seen.bar(&range, &ORDERS).is_none() && seen.speaks(&range, &TRADING);
    let trust = if cued || firm { trust.max(0.8) } else { 0.8 };
    (alone && (cued || spoken || firm)).then_some(Find(range, "company", trust))
}

fn is_one_of(words: &[&str], written: &[u8]) -> bool {
    words.iter().any(|word| written.eq_ignore_ascii_case(word.as_bytes()))
}
