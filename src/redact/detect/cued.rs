//! Numbers that only the words before them tell: DBS certificates, HCPC registrations, companies,
//! Blue Badges, council tax accounts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::phrases::Phrases;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "context",
    kinds: &["dbs", "hcpc", "company", "blue-badge", "council-tax"],
    needs: Needs::Digits(1),
    find,
};

static DBS: Pattern = LazyLock::new(|| {
    Regex::new(r"(?-u)\b\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{3}\b|\b\d{4} \d{4} \d{4}\b").ok()
});
static HCPC: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b(?:as|bs|ch|cs|dt|had|or|odp|ot|pa|ph|po|pyl|ra|sl|sw)[ -]?\d{4,6}\b").ok()
});
static COMPANY: Pattern = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)\b(?:\d{8}|\d{7}|(?:sc|ni|oc|so|nc|lp|sl|nl|ip|sp|rc|fc|ge|gn|r0)[ ]?\d{6})\b",
    )
    .ok()
});
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
        r"(?i-u)\bcouncil tax(?:[ ](?:account|acc|a/c|bill|payment|property))?",
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

static DBS_SAID: Phrases = Phrases::of(&DBS_CUES);
static HCPC_SAID: Phrases = Phrases::of(&HCPC_CUES);
static COMPANY_SAID: Phrases = Phrases::of(&COMPANY_CUES);
static BADGE_SAID: Phrases = Phrases::of(&["blue badge"]);
static TAX_SAID: Phrases = Phrases::of(&["council tax"]);

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if seen.says(&DBS_SAID) {
        seen.numbers(4, &DBS, out, |seen, range| by_words(seen, range, "dbs", &DBS_CUES));
    }
    if seen.says(&HCPC_SAID) {
        seen.numbers(4, &HCPC, out, |seen, range| by_words(seen, range, "hcpc", &HCPC_CUES));
    }
    if seen.says(&COMPANY_SAID) {
        seen.numbers(4, &COMPANY, out, |seen, range| {
            by_words(seen, range, "company", &COMPANY_CUES)
        });
    }
    if seen.says(&BADGE_SAID) {
        seen.caught(&BADGE, out, badge);
    }
    if seen.says(&TAX_SAID) {
        seen.caught(&TAX, out, |seen, range| {
            seen.stands_alone(&range).then_some(Find(range, "council-tax", 0.93))
        });
    }
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
