//! Numbers of councils that only the words around them tell: Blue Badges, council tax accounts.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::bank::is_paid_to;
use super::digits::{Run, ends, is_edge, lead};
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

/// Words that an account's number follows in a text that speaks of council tax.
const ACCOUNTS: [&str; 8] =
    ["acc", "account", "acct", "a/c", "liab", "liability", "reference", "number is"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let lower = seen.lower();
    if has(lower, "badge") || has(lower, "disabled") || has(lower, "bb ") {
        if has(lower, "blue") {
            seen.caught(&BADGE, out, written_out);
        }
        seen.placed(1, out, badge, coded);
        seen.placed(4, out, named, serial);
    }
    if has(lower, "tax")
        || has(lower, "ct ")
        || has(lower, "c/t ")
        || BILLING.iter().any(|word| word.len() > 6 && has(lower, word))
    {
        let first = out.len();
        seen.placed(6, out, tax, account);
        let told = out.get(first..).unwrap_or_default();
        let forms: Vec<String> = told.iter().map(|find| form(seen.slice(find.0.clone()))).collect();
        if forms.iter().any(|form| is_telling(form)) {
            again(seen, &forms, out);
        }
    }
}

/// Finds numbers in a telling form that an account's number in the text has too.
fn again(seen: &Seen<'_>, forms: &[String], out: &mut Vec<Find>) {
    for run in seen.runs(6) {
        let Some(range) = account(seen.bytes(), run).filter(|at| is_edge(seen.bytes(), at.start))
        else {
            continue;
        };
        let form = form(seen.slice(range.clone()));
        let known = out.iter().any(|find| find.0.start < range.end && range.start < find.0.end);
        let same = is_telling(&form) && forms.contains(&form);
        if same && !known && seen.stands_alone(&range) && seen.bar(&range, &NO_TAX).is_none() {
            out.push(Find(range, "council-tax", 0.7));
        }
    }
}

/// Returns how a number is written: `9` for each digit, `A` for each letter.
fn form(written: &str) -> String {
    let sign = |c: char| match c {
        '0'..='9' => '9',
        'a'..='z' | 'A'..='Z' => 'A',
        _ => c,
    };
    written.chars().map(sign).collect()
}

/// Returns whether few other numbers are written in a form: with letters, or in two groups or more.
fn is_telling(form: &str) -> bool {
    form.contains('A') || form.contains([' ', '-', '/']) && form != "99-99-99"
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

/// Returns where the period ends that follows on a badge's number, with or without spaces and a
/// digit between: `4RT2K9 0 0726X0729`.
fn end_of_period(bytes: &[u8], number: usize) -> Option<usize> {
    let blank = |at: usize| at + usize::from(matches!(bytes.get(at), Some(b' ' | b'-')));
    let period = |start: usize| {
        let period = bytes.get(start..start + PERIOD)?;
        let sound = period.iter().enumerate().all(|(at, byte)| match at {
            4 => byte.is_ascii_alphabetic(),
            _ => byte.is_ascii_digit(),
        });
        sound.then_some(start)
    };
    let next = blank(number);
    let digit = bytes.get(next).is_some_and(u8::is_ascii_digit);
    let start = period(next).or_else(|| period(blank(next + usize::from(digit))))?;
    let end = start + PERIOD;
    let letter = bytes.get(end).is_some_and(u8::is_ascii_uppercase);
    Some(end + usize::from(letter))
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

/// Returns where a number stands as councils give their badges: up to four letters, then five to
/// nine digits in groups: `LUT018823`, `BB 0419 2275`.
fn serial(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let ends = ends(bytes, run.start, b" -");
    let end = ends.take(9).skip(4).filter(|end| is_edge(bytes, *end)).last()?;
    let letters = lead(bytes, run.start, 4, b" -");
    let upper = |at: &Range<usize>| {
        bytes.get(at.clone()).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase))
    };
    let head = letters.filter(upper).map_or(run.start, |at| at.start);
    is_edge(bytes, head).then_some(head..end)
}

/// Returns such a number right after the words that say it is a badge's, or as somebody's own, in
/// a text that speaks of Blue Badges.
fn named(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const NEAR: usize = 40;
    const SERIALS: [&str; 7] = ["blue badge", "badge", "serial", "bb n", "bb", "own", "hers"];
    let (before, after) = seen.neighbours(&range);
    let tied = before.is_some_and(|c| matches!(c, '-' | '/' | '@' | '£' | '#' | '.' | '+'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@' | '%'));
    let near = seen.bar(&range, &SERIALS).is_some_and(|near| near <= NEAR);
    let other = seen.bar(&range, &NO_BADGE).is_some() && !seen.is_cued(&range, &BADGES, &NO_BADGE);
    let blue = seen.speaks(&range, &["blue badge", "bb", "disabled"]);
    let date = is_date(seen.slice(range.clone()));
    let sound = seen.stands_alone(&range) && !tied && near && !other && blue && !date;
    sound.then_some(Find(range, "blue-badge", 0.9))
}

/// Returns where an account's number stands: two letters at most, six to twelve digits in groups,
/// and a letter at most.
fn account(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let start = account_start(bytes, run.start);
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
    let apart = usize::from(bytes.get(end) == Some(&b' '));
    let last = bytes.get(end + apart).filter(|_| is_edge(bytes, end + apart + 1));
    let tail = match apart {
        0 => last.is_some_and(u8::is_ascii_alphabetic),
        _ => last.is_some_and(|b| b.is_ascii_uppercase() && !matches!(b, b'A' | b'I')),
    };
    end += if tail { apart + 1 } else { 0 };
    let sound = (6..=12).contains(&digits) && is_edge(bytes, start) && is_edge(bytes, end);
    sound.then_some(start..end)
}

/// Returns where the letters before an account's digits start: `CT1234`, `LB/0091`, `E-3319`,
/// `C 500`.
fn account_start(bytes: &[u8], digits: usize) -> usize {
    let Some(letters) = lead(bytes, digits, 2, b" -/") else { return digits };
    let upper = bytes.get(letters.clone()).is_some_and(|w| w.iter().all(u8::is_ascii_uppercase));
    let one = letters.len() == 1 && !matches!(bytes.get(letters.start), Some(b'A' | b'I'));
    let sound = match bytes.get(letters.end) {
        Some(b' ') => upper && one,
        Some(b'-' | b'/') => upper,
        _ => true,
    };
    if sound { letters.start } else { digits }
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
    let schedule = seen.is_cued(&range, &ACCOUNTS, &NO_TAX) && seen.speaks(&range, &TAXES);
    let paid = is_paid_to(seen, &range);
    let spoken =
        schedule || grouped && seen.bar(&range, &NO_TAX).is_none() && seen.speaks(&range, &BILLING);
    let sound = seen.stands_alone(&range) && !tied && !date && !paid && (cued || spoken);
    let trust = if cued { seen.trust(&range, &TAXES, 0.0) } else { 0.8 };
    sound.then_some(Find(range, "council-tax", trust))
}
