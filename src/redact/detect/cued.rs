//! Numbers that only the words before them tell: DBS certificates, HCPC registrations, companies,
//! Blue Badges, council tax accounts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::{Shape, is_edge, lead};
use super::phrases::Phrases;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "context",
    kinds: &["dbs", "hcpc", "company", "blue-badge", "council-tax"],
    needs: Needs::Digits(1),
    find,
};

const DBS: [Shape; 2] = [
    Shape { groups: &[3, 3, 3, 3], signs: b" -", between: (0, 1) },
    Shape { groups: &[4, 4, 4], signs: b" ", between: (1, 1) },
];
/// The letters of the professions of the register.
const PROFESSIONS: [&str; 16] = [
    "as", "bs", "ch", "cs", "dt", "had", "or", "odp", "ot", "pa", "ph", "po", "pyl", "ra", "sl",
    "sw",
];
/// The letters of the registers of companies.
const REGISTERS: [&str; 15] =
    ["sc", "ni", "oc", "so", "nc", "lp", "sl", "nl", "ip", "sp", "rc", "fc", "ge", "gn", "r0"];
static BADGE: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\bblue badge(?:[ ](?:holder|serial|badge|number|num|no|(?u:n°)|ref|reference|id|card)\.?){0,3}",
        r"\)?[ ]?(?:is|was|:|=|-|#|\()?[ ]{0,2}",
        r"([a-z0-9]*\d[a-z0-9]*",
        r"(?:[ -](?-i:(?:[A-Z]{1,3}[ -])?[A-Z]{0,3}\d[A-Z0-9]{2,}|[A-Z]\b)){0,4})\b",
    ))
    .ok()
});
static TAX: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\bcouncil tax(?:,?[ ](?:account|acc|a/c|bill|payment|property)){0,2}",
        r"(?:[ ](?:number|num|no|ref|reference|id))?\.?(?:[ ](?:number|no))?",
        r"\)?[ ]?(?:is|was|:|=|-|#|\()?[ ]{0,2}([a-z]{0,2}\d(?:[ -]?\d){5,11}[a-z]?)\b",
    ))
    .ok()
});

const DBS_CUES: [&str; 5] =
    ["dbs", "disclosure and barring", "disclosure number", "disclosure no", "certificate n"];
const HCPC_CUES: [&str; 3] = ["hcpc", "health and care professions", "registrant"];
pub(super) const COMPANY_CUES: [&str; 12] = [
    "company n",
    "company reg",
    "companies house",
    "registered in england",
    "registered number",
    "registered no",
    "crn",
    "incorporated",
    "co. reg",
    "co reg",
    "co. no",
    "reg. no",
];

static BADGE_SAID: Phrases = Phrases::of(&["blue badge"]);
static TAX_SAID: Phrases = Phrases::of(&["council tax"]);

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.shaped(12, &DBS, out, |seen, range| by_words(seen, range, "dbs", &DBS_CUES));
    hcpc(seen, out);
    company(seen, out);
    if seen.says(&BADGE_SAID) {
        seen.caught(&BADGE, out, badge);
    }
    if seen.says(&TAX_SAID) {
        seen.caught(&TAX, out, |seen, range| {
            seen.stands_alone(&range).then_some(Find(range, "council-tax", 0.93))
        });
    }
}

/// Finds the letters of a profession and four to six digits.
fn hcpc(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let judge = |seen: &Seen<'_>, range| by_words(seen, range, "hcpc", &HCPC_CUES);
    seen.placed(4, out, judge, |bytes, run| {
        let letters = lead(bytes, run.start, 3, b" -")?;
        let sound = (4..=6).contains(&run.len()) && is_edge(bytes, run.end);
        (sound && is_one_of(&PROFESSIONS, bytes.get(letters.clone())?))
            .then_some(letters.start..run.end)
    });
}

/// Finds seven or eight digits, or a letter pair and six.
fn company(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let judge = |seen: &Seen<'_>, range| by_words(seen, range, "company", &COMPANY_CUES);
    seen.placed(6, out, judge, |bytes, run| {
        if !is_edge(bytes, run.end) {
            return None;
        }
        let letters = |most| lead(bytes, run.start, most, b" ");
        match run.len() {
            7 | 8 if is_edge(bytes, run.start) => Some(run.start..run.end),
            6 => letters(2)
                .filter(|at| bytes.get(at.clone()).is_some_and(|b| is_one_of(&REGISTERS, b)))
                .map(|at| at.start..run.end),
            7 => letters(1)
                .filter(|at| bytes.get(at.start..=run.start).is_some_and(|b| is_one_of(&["r0"], b)))
                .map(|at| at.start..run.end),
            _ => None,
        }
    });
}

fn is_one_of(words: &[&str], written: &[u8]) -> bool {
    words.iter().any(|word| written.eq_ignore_ascii_case(word.as_bytes()))
}

fn by_words(
    seen: &Seen<'_>,
    range: Range<usize>,
    kind: &'static str,
    cues: &[&str],
) -> Option<Find> {
    let sound = seen.stands_alone(&range)
        && seen.is_cued(&range, cues, &["order", "tel", "phone", "invoice", "account"]);
    sound.then(|| Find(range.clone(), kind, seen.trust(&range, cues, 0.0)))
}

/// Returns the badge's number: six characters or more, cut before a word without a digit.
fn badge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let plain = seen.slice(range.clone()).bytes().filter(u8::is_ascii_alphanumeric).count();
    let first = seen.slice(range.clone()).split([' ', '-']).next().unwrap_or_default();
    let sound = (5..=24).contains(&plain) && first.bytes().any(|b| b.is_ascii_digit());
    sound.then_some(Find(range, "blue-badge", 0.92))
}
