//! Blue Badges: by the words around them and the forms in which they are numbered.

mod batch;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{has, is_date};
use crate::redact::detect::Find;
use crate::redact::detect::digits::{Run, ends, is_edge, lead};
use crate::redact::detect::phrases::Asked;
use crate::redact::detect::postcode::is_code;
use crate::redact::detect::seen::{Pattern, Seen};
use batch::{head, is_item, reference, referred};

static BADGE: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\bblue[ _-]?badge(?:[ _]?(?:holder|serial|badge|number|num|no|(?u:n°)|ref|reference|id|card|is|was)\.?){0,3}",
        r#"\)?["']?[ ]?(?:is|was|:|=|-|#|\(|ref:?)?[ ]{0,2}["']?"#,
        r"([a-z0-9]{6}[ -]\d[ -]\d{4}[a-z]\d{4}|\d{6}/\d{4}|(?-i:[A-Z]{2,4})[/-]\d{4,8}(?:[/-]\d{3,8})?|[a-z0-9]*\d[a-z0-9]*",
        r"(?:[ -](?-i:(?:[A-Z]{1,3}[ -])?(?:[A-Z]{0,3}\d[A-Z0-9]{2,}|[A-Z]{2,3}\d)|[A-Z]\b)){0,4})\b",
    ))
    .ok()
});

/// What is written right behind the words for a badge's serial: groups of capitals and digits.
static SERIAL: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?i-u:badge|bb)(?:(?i-u:[ ](?:serial|number|num|no)\.?(?:[ ]on[ ]file)?)[ ]?:?|:)[ ]?",
        r"([A-Z0-9]{2,6}(?:[ -][A-Z0-9]{1,6}){1,4})\b",
    ))
    .ok()
});

/// Words that a badge's number follows, and those of texts that speak of one.
const BADGES: [&str; 9] = [
    "blue badge",
    "badge",
    "bb n",
    "bb",
    "disabled bay",
    "disabled parking",
    "disabled person's parking",
    "badge ref",
    "badge reference",
];
/// Words after which such a code is something else.
const NO_BADGE: [&str; 24] = [
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
    "gp code",
    "practice code",
];
/// So many letters and digits a badge's number has.
const BADGE_LENGTH: usize = 6;
/// What may follow on it: `0726X0729`, `0726 X 0729`, `0X0729` or `X0729`, and perhaps a letter,
/// which say from when to when it holds.
const PERIODS: [&[u8]; 7] =
    [b"9999A9999", b"9999 A 9999", b"9X9999", b"X9999", b" B9999", b" B999", LETTERED];
/// A letter and a digit that some councils put behind it: `237702C8`.
const LETTERED: &[u8] = b"B9";

/// The fewest characters of a period.
const SHORTEST: usize = 5;

/// Finds the numbers of badges.
pub(super) fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let lower = seen.lower();
    seen.placed(4, out, older, |bytes, run| older_end(bytes, run).map(|end| run.start..end));
    if seen.says(Asked::Badges) || ["bb ", "bb: ", "bb/"].iter().any(|cue| has(lower, cue)) {
        if has(lower, "blue") {
            seen.caught(&BADGE, out, written_out);
        }
        if ["badge:", "badge n", "badge s", "bb serial", "bb n"].iter().any(|cue| has(lower, cue)) {
            seen.caught(&SERIAL, out, batch::grouped);
        }
        seen.placed(1, out, badge, coded);
        seen.placed(4, out, named, serial);
        seen.placed(4, out, referred, reference);
        seen.placed(4, out, batch::dated, batch::period);
    }
}

/// Returns the badge's number: five characters or more, that start with a word with a digit.
fn written_out(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let plain = seen.slice(range.clone()).bytes().filter(u8::is_ascii_alphanumeric).count();
    let first = seen.slice(range.clone()).split([' ', '-']).next().unwrap_or_default();
    let written = seen.slice(range.clone());
    let lettered = written.split(['/', '-']).nth(1).is_some_and(|part| part.len() > 3);
    let sound =
        (5..=24).contains(&plain) && (first.bytes().any(|b| b.is_ascii_digit()) || lettered);
    sound.then_some(Find(range, "blue-badge", 0.98))
}

/// Returns where six letters and digits stand together of which these are the first digits, or
/// three and three with a sign between.
fn coded(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let word = |b: &&u8| b.is_ascii_alphanumeric();
    let head = bytes.get(..run.start)?.iter().rev().take(BADGE_LENGTH).take_while(word).count();
    let start = lettered_start(bytes, run).unwrap_or(run.start - head);
    if let Some(end) = older_end(bytes, run) {
        return Some(run.start..end);
    }
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
            && !other.iter().all(u8::is_ascii_lowercase)
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

/// Returns where a number ends as badges had them once: six digits, a letter and the whole period,
/// `298200 K 0921X0624`.
fn older_end(bytes: &[u8], run: &Run) -> Option<usize> {
    const WHOLE: usize = 9;
    let letter = run.end + usize::from(bytes.get(run.end) == Some(&b' '));
    let lettered = run.len() == BADGE_LENGTH
        && is_edge(bytes, run.start)
        && bytes.get(letter).is_some_and(u8::is_ascii_uppercase);
    let end = lettered.then(|| end_of_period(bytes, letter + 1)).flatten()?;
    (end - letter > WHOLE && is_edge(bytes, end)).then_some(end)
}

/// Returns such a number, which no other is written like, wherever it stands.
fn older(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let (before, after) = seen.neighbours(&range);
    let tied = before.is_some_and(|c| matches!(c, '-' | '/' | '#' | '@'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@'));
    let other = tied || !seen.stands_alone(&range);
    (!other).then_some(Find(range, "blue-badge", 0.9))
}

/// Returns whether a word for a plate stands before, or the badge is another that brackets behind it
/// name: `let in 743CFW (Ann, badge TEHFX3)`.
fn is_seen(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let after = seen.after(range);
    let other = || after.starts_with(" (") && after.contains("badge ");
    seen.bar(range, &["plate", "let in"]).is_some() || other()
}

/// Returns whether six letters and digits are written like a registration of a vehicle: three of
/// each, or with one more letter at the other end.
fn is_plate(written: &str) -> bool {
    let form: String =
        written.chars().map(|c| if c.is_ascii_digit() { '9' } else { 'A' }).collect();
    matches!(form.as_str(), "999AAA" | "AAA999" | "AAA99A" | "A99AAA")
}

/// Returns where six letters stand that a whole period follows: `HJKLMN 0 5471X0926`.
fn lettered_start(bytes: &[u8], run: &Run) -> Option<usize> {
    const WHOLE: usize = 9;
    let letters =
        lead(bytes, run.start, BADGE_LENGTH, b" -").filter(|at| at.len() == BADGE_LENGTH)?;
    let end = end_of_period(bytes, letters.end)?;
    (end - letters.end >= WHOLE).then_some(letters.start)
}

/// Returns where the period ends that follows on a badge's number, with or without spaces and a
/// digit between: `4RT2K9 0 0726X0729`.
fn end_of_period(bytes: &[u8], number: usize) -> Option<usize> {
    let blank = |at: usize| at + usize::from(matches!(bytes.get(at), Some(b' ' | b'-')));
    let period = |start: usize| {
        let ends = |form: &&[u8]| {
            let period = bytes.get(start..start + form.len())?;
            let like = |(byte, sign): (&u8, &u8)| match sign {
                b'X' => matches!(byte | 0x20, b'x' | b'y'),
                b'B' => byte.is_ascii_uppercase(),
                b' ' => matches!(byte, b' ' | b'-'),
                b'A' => byte.is_ascii_alphabetic(),
                _ => byte.is_ascii_digit(),
            };
            let end = start + form.len();
            let apart = *form == LETTERED && (start != number || !is_edge(bytes, end));
            (!apart && period.iter().zip(*form).all(like)).then_some(end)
        };
        PERIODS.iter().find_map(ends)
    };
    let next = blank(number);
    let digit = bytes.get(next).is_some_and(u8::is_ascii_digit);
    // The month and year until which it holds.
    let until = || {
        let [a @ (b'0' | b'1'), b, c, d] = bytes.get(next..next + 4)? else { return None };
        let month = matches!((a, b), (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2'));
        let year = c.is_ascii_digit() && d.is_ascii_digit() && is_edge(bytes, next + 4);
        (next > number && month && year).then_some(next + 4)
    };
    let end = period(next)
        .or_else(|| period(number))
        .or_else(|| period(blank(next + usize::from(digit))))
        .or_else(until)?;
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
    let lettered = written.len() == BADGE_LENGTH + LETTERED.len() && !written.contains([' ', '-']);
    let whole =
        written.len() == BADGE_LENGTH || lettered || written.len() >= BADGE_LENGTH + SHORTEST;
    let spoken = upper
        && mixed
        && !is_code(written)
        && whole
        && (seen.bar(&range, &NO_BADGE).is_none() || is_item(seen, &range))
        && seen.speaks(&range, &BADGES);
    let told = || seen.bar(&range, &BADGES).is_some();
    if is_plate(written) && is_seen(seen, &range) {
        return None;
    }
    let beside = || seen.bar(&range, &["badge"]).is_some_and(|near| near <= 2);
    let listed = || beside() && seen.speaks(&range, &["blue", "blue badge", "disabled"]);
    let blue = || blue() || listed();
    let sound = match (whole, mixed && upper) {
        (true, true) => cued && (told() || !written.contains(' ') || !is_code(written)) || spoken,
        (true, false) => cued && mixed && blue(),
        (false, upper) => cued && upper && digits > 0 && blue() && told(),
    };
    (alone && sound).then_some(Find(range, "blue-badge", if cued { 0.97 } else { 0.86 }))
}

/// Returns where a number stands as councils give their badges: up to four letters, then five to
/// nine digits in groups: `LUT018823`, `BB 0419 2275`; or six digits and a letter: `298200K`.
fn serial(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let after = run.end + 1;
    let blank = usize::from(bytes.get(run.end) == Some(&b' '));
    let after = after + blank;
    let lettered = run.len() == BADGE_LENGTH
        && bytes.get(run.end + blank).is_some_and(u8::is_ascii_uppercase)
        && is_edge(bytes, after);
    let ends = ends(bytes, run.start, b" -");
    let grouped = ends.take(9).skip(4).filter(|end| is_edge(bytes, *end)).last();
    let tail = bytes.get(run.end + 1..run.end + 5);
    let halved = run.len() == BADGE_LENGTH
        && bytes.get(run.end) == Some(&b'/')
        && tail.is_some_and(|tail| tail.iter().all(u8::is_ascii_digit))
        && is_edge(bytes, run.end + 5);
    let grouped = if halved { Some(run.end + 5) } else { grouped };
    let end = if lettered { after } else { grouped? };
    let head = head(bytes, run.start);
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
    let lettered = seen.slice(range.clone()).ends_with(|c: char| c.is_ascii_uppercase());
    let listed = || {
        let digits = seen.slice(range.clone()).bytes().filter(u8::is_ascii_digit).count();
        (BADGE_LENGTH..=BADGE_LENGTH + 1).contains(&digits) && seen.speaks(&range, &["blue badges"])
    };
    let near = || {
        lettered
            || seen.slice(range.clone()).contains("BB/")
            || listed()
            || batch::is_listed(seen, &range)
            || batch::is_explained(seen, &range)
            || seen.bar(&range, &SERIALS).is_some_and(|near| near <= NEAR)
    };
    let told = || lettered && seen.cue(&range, &BADGES).is_some();
    let other =
        || seen.bar(&range, &NO_BADGE).is_some() && !seen.is_cued(&range, &BADGES, &NO_BADGE);
    let sound = seen.stands_alone(&range)
        && !tied
        && !is_date(seen.slice(range.clone()))
        && near()
        && !other()
        && (told()
            || seen.speaks(&range, &["blue badge", "bb", "disabled"])
            || batch::is_badge(seen, &range));
    sound.then_some(Find(range, "blue-badge", 0.9))
}
