//! Numbers of councils that only the words around them tell: Blue Badges, council tax accounts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::{Run, is_edge};
use super::postcode::is_code;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "council",
    kinds: &["blue-badge", "council-tax"],
    needs: Needs::Digits(1),
    find,
};

static BADGE: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\bblue[ -]?badge(?:[ ](?:holder|serial|badge|number|num|no|(?u:n°)|ref|reference|id|card)\.?){0,3}",
        r#"\)?["']?[ ]?(?:is|was|:|=|-|#|\(|ref:?)?[ ]{0,2}["']?"#,
        r"([a-z0-9]{6}[ -]\d[ -]\d{4}[a-z]\d{4}|[a-z0-9]*\d[a-z0-9]*",
        r"(?:[ -](?-i:(?:[A-Z]{1,3}[ -])?[A-Z]{0,3}\d[A-Z0-9]{2,}|[A-Z]\b)){0,4})\b",
    ))
    .ok()
});

/// Words that a badge's number follows, and those of texts that speak of one.
const BADGES: [&str; 7] = [
    "blue badge",
    "badge",
    "bb n",
    "bb",
    "disabled bay",
    "disabled parking",
    "disabled person's parking",
];
/// Words after which such a code is something else.
const NO_BADGE: [&str; 22] = [
    "staff badge",
    "name badge",
    "id badge",
    "driver badge",
    "taxi badge",
    "order",
    "ref",
    "reference",
    "part no",
    "model",
    "sku",
    "product",
    "pcn",
    "voucher",
    "postcode",
    "vehicle",
    "reg",
    "registration",
    "ticket",
    "case",
    "flight",
    "username",
];
/// So many letters and digits a badge's number has.
const BADGE_LENGTH: usize = 6;
/// What may follow on it: `0726X0729` and perhaps a letter, which say from when to when it holds.
const PERIOD: usize = 9;

/// Words that the number of a council tax account follows.
pub(super) const TAXES: [&str; 15] = [
    "c/t acc",
    "council tax",
    "c/tax",
    "c.tax",
    "c tax",
    "ctax",
    "ct acc",
    "ct a/c",
    "ct ref",
    "ct no",
    "ct num",
    "ct bill",
    "ct:",
    "tax account",
    "ctr",
];
/// Words of texts that speak of such accounts.
const BILLING: [&str; 15] = [
    "council tax",
    "c/tax",
    "c.tax",
    "ctax",
    "ct",
    "liability order",
    "single person disc",
    "spd",
    "smi",
    "disregard",
    "revenues",
    "arrears listing",
    "summons",
    "banding",
    "empty property",
];
/// Words after which such digits are something else.
const NO_TAX: [&str; 28] = [
    "user name",
    "username",
    "user id",
    "isbn",
    "tel",
    "telephone",
    "phone",
    "mobile",
    "mob",
    "fax",
    "order",
    "invoice",
    "sort code",
    "bank",
    "iban",
    "card",
    "nhs",
    "utr",
    "passport",
    "licence",
    "meter",
    "tracking",
    "parcel",
    "dbs",
    "company",
    "rent",
    "uprn",
    "driver",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let lower = seen.lower();
    if has(lower, "badge") || has(lower, "disabled") || has(lower, "bb ") {
        if has(lower, "blue") {
            seen.caught(&BADGE, out, written_out);
        }
        seen.placed(1, out, badge, coded);
    }
    if has(lower, "tax")
        || has(lower, "ct ")
        || has(lower, "c/t ")
        || BILLING.iter().any(|word| word.len() > 6 && has(lower, word))
    {
        seen.placed(6, out, tax, account);
    }
}

fn has(text: &str, word: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// Returns the badge's number: five characters or more, that start with a word with a digit.
fn written_out(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let plain = seen.slice(range.clone()).bytes().filter(u8::is_ascii_alphanumeric).count();
    let first = seen.slice(range.clone()).split([' ', '-']).next().unwrap_or_default();
    let sound = (5..=24).contains(&plain) && first.bytes().any(|b| b.is_ascii_digit());
    sound.then_some(Find(range, "blue-badge", 0.98))
}

/// Returns where six letters and digits stand together of which these are the first digits, or
/// three and three with a sign between.
fn coded(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let word = |b: &&u8| b.is_ascii_alphanumeric();
    let head = bytes.get(..run.start)?.iter().rev().take(BADGE_LENGTH).take_while(word).count();
    let start = run.start - head;
    if let Some(end) = end_of_period(bytes, start + BADGE_LENGTH) {
        let plain = bytes.get(start..start + BADGE_LENGTH)?.iter().all(u8::is_ascii_alphanumeric);
        return (plain && is_edge(bytes, start) && is_edge(bytes, end)).then_some(start..end);
    }
    let length = bytes.get(start..)?.iter().take(BADGE_LENGTH + 1).take_while(word).count();
    let whole = start..start + length;
    if length == BADGE_LENGTH {
        return (is_edge(bytes, start) && is_edge(bytes, whole.end)).then_some(whole);
    }
    let half = BADGE_LENGTH / 2;
    let split = |at: usize| {
        let other = bytes.get(at + half + 1..at + BADGE_LENGTH + 1)?;
        let sound = matches!(bytes.get(at + half), Some(b' ' | b'-'))
            && other.iter().all(u8::is_ascii_alphanumeric)
            && bytes.get(at..at + half)?.iter().all(u8::is_ascii_alphanumeric)
            && is_edge(bytes, at)
            && is_edge(bytes, at + BADGE_LENGTH + 1);
        sound.then_some(at..at + BADGE_LENGTH + 1)
    };
    if length != half {
        return None;
    }
    split(start).or_else(|| split(start.checked_sub(half + 1)?))
}

/// Returns where the period ends that follows on a badge's number, with or without a space between.
fn end_of_period(bytes: &[u8], number: usize) -> Option<usize> {
    let start = number + usize::from(bytes.get(number) == Some(&b' '));
    let period = bytes.get(start..start + PERIOD)?;
    let is_period = period.iter().enumerate().all(|(at, byte)| match at {
        4 => matches!(byte, b'X' | b'Z'),
        _ => byte.is_ascii_digit(),
    });
    let end = start + PERIOD;
    let letter = bytes.get(end).is_some_and(u8::is_ascii_uppercase);
    is_period.then_some(end + usize::from(letter))
}

/// Returns a badge's number of letters and digits: near words that say so, or in a text that speaks
/// of badges.
fn badge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let letters = written.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let (before, after) = seen.neighbours(&range);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '@' | '£' | '#' | '.'));
    let alone = seen.stands_alone(&range)
        && !sign(before)
        && !after.is_some_and(|c| matches!(c, '-' | '/' | '@'));
    let cued = seen.is_cued(&range, &BADGES, &NO_BADGE);
    let blue = || seen.cue(&range, &["blue badge", "bb n", "bb"]).is_some();
    let mixed = digits > 0 && letters > 0;
    let whole = written.len() == BADGE_LENGTH || written.len() > BADGE_LENGTH + PERIOD - 1;
    let spoken = upper
        && mixed
        && !is_code(written)
        && whole
        && seen.bar(&range, &NO_BADGE).is_none()
        && seen.speaks(&range, &BADGES);
    let sound = match (whole, mixed && upper) {
        (true, true) => cued || spoken,
        (true, false) => cued && mixed && blue(),
        (false, upper) => cued && upper && digits > 0 && blue(),
    };
    (alone && sound).then_some(Find(range, "blue-badge", if cued { 0.97 } else { 0.86 }))
}

/// Returns where an account's number stands: two letters at most, eight to twelve digits in groups,
/// and a letter at most.
fn account(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let head = bytes.get(..run.start)?;
    let letters = head.iter().rev().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
    let start = run.start - if letters < 3 { letters } else { 0 };
    let (mut end, mut digits) = (run.start, 0);
    loop {
        let group = bytes.get(end..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        digits += group;
        end += group;
        let next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if digits > 12 || !next || !matches!(bytes.get(end), Some(b' ' | b'-' | b'/')) {
            break;
        }
        end += 1;
    }
    let tail = bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && is_edge(bytes, end + 1);
    end += usize::from(tail);
    let sound = (6..=12).contains(&digits) && is_edge(bytes, start) && is_edge(bytes, end);
    sound.then_some(start..end)
}

/// Returns whether this is a date, or a financial year: `2026/27`, `2026/2027`.
fn is_date(written: &str) -> bool {
    let year = |part: &str| part.len() == 4 && matches!(part.get(..2), Some("19" | "20"));
    let parts: Vec<&str> = written.split(['-', '/']).collect();
    match parts.as_slice() {
        [from, to] => year(from) && (to.len() == 2 || year(to)),
        [a, b, c] => {
            (a.len() < 3 || year(a))
                && b.len() < 3
                && (c.len() == 2 || year(c))
                && super::date::normal(written).is_some()
        }
        _ => false,
    }
}

/// Returns an account's number: near words that say so, or grouped `1234 5678 9` in a text that
/// speaks of such accounts.
fn tax(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let (before, after) = seen.neighbours(&range);
    let tied = before.is_some_and(|c| matches!(c, '+' | '-' | '/' | '£' | '.' | '#' | '('))
        && before != Some('(')
        || after.is_some_and(|c| matches!(c, '-' | '/'));
    let date = is_date(written);
    let grouped = written.split(' ').map(str::len).eq([4, 4, 1]);
    let cued = seen.is_cued(&range, &TAXES, &NO_TAX);
    let schedule = seen.is_cued(&range, &["acc", "account", "acct", "a/c"], &NO_TAX)
        && seen.speaks(&range, &TAXES)
        && !seen.speaks(
            &range,
            &["bank", "sort", "bacs", "pay into", "union", "building society", "payments"],
        );
    let spoken =
        schedule || grouped && seen.bar(&range, &NO_TAX).is_none() && seen.speaks(&range, &BILLING);
    let sound = seen.stands_alone(&range) && !tied && !date && (cued || spoken);
    let trust = if cued { seen.trust(&range, &TAXES, 0.0) } else { 0.8 };
    sound.then_some(Find(range, "council-tax", trust))
}
