//! Badges in lists and batches, those that the word alone tells, and the references of councils.

use std::ops::Range;

use crate::redact::detect::Find;
use crate::redact::detect::context::has_one;
use crate::redact::detect::digits::{Run, is_edge, lead};
use crate::redact::detect::seen::Seen;

/// Words of texts in which a badge is something that staff, visitors or drivers wear.
const WORN: [&str; 29] = [
    "access badge",
    "badge reader",
    "card reader",
    "badger",
    "brownie",
    "collar",
    "conference",
    "contractor badge",
    "delegate",
    "driver badge",
    "hackney",
    "id badge",
    "lanyard",
    "merit",
    "name badge",
    "officer badge",
    "photo badge",
    "pin badge",
    "private hire",
    "reception badge",
    "scout",
    "security badge",
    "staff",
    "swipe",
    "taxi",
    "turnstile",
    "visitor",
    "volunteer badge",
    "warrant",
];
/// Words of the headings of lists of badges.
const BATCHES: [&str; 4] = ["blue badge", "badges", "badge n", "bb"];
/// How far the word may stand before its number, in bytes.
const NEAR: usize = 24;
/// The digits of most numbers of badges.
const WHOLE: usize = 6;

/// Returns whether the word for a badge, and nothing of those worn, says what the number is: right
/// before it, or at the head of its list.
pub(super) fn is_badge(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let digits = seen.slice(range.clone()).bytes().filter(u8::is_ascii_digit).count();
    let lettered = seen.slice(range.clone()).starts_with(|c: char| c.is_ascii_uppercase());
    let whole = lettered || (WHOLE..=WHOLE + 2).contains(&digits);
    let named = || whole && seen.bar(range, &["badge"]).is_some_and(|near| near <= NEAR);
    (named() || is_listed(seen, range)) && !seen.speaks(range, &WORN)
}

/// Returns whether the number is one of a list that badges head: beside another, or behind the words
/// of a number.
pub(super) fn is_listed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LINKS: [&str; 12] =
        [":", ",", ";", "/", "&", " and", "(old", "(new", " old", " new", " no", "(no"];
    let written = seen.slice(range.clone());
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let before = seen.before(range).trim_end_matches([' ', '.']);
    let linked = before.ends_with(" number") || LINKS.iter().any(|link| before.ends_with(link));
    (WHOLE..=WHOLE + 1).contains(&digits)
        && (linked && seen.is_listed_under(range, &BATCHES)
            || before.ends_with('(') && is_headed(seen, range))
}

/// Returns whether the line begins with words of badges before a dash, and the number ends a bracket:
/// `BB renewals - Ann Lee (777591), …`.
fn is_headed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const REACH: usize = 400;
    let mut first = range.start.saturating_sub(REACH);
    while !seen.lower().is_char_boundary(first) {
        first += 1;
    }
    let before = seen.lower().get(first..range.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.get(start..).unwrap_or_default();
    let whole = start > 0 || first == 0;
    let dash = line.find(" - ").filter(|_| whole && seen.neighbours(range).1 == Some(')'));
    dash.is_some_and(|dash| has_one(seen.part(first + start..first + start + dash), &BATCHES))
}

/// Returns whether what follows in brackets says that the number is a badge's: `2075750 (blue badge,
/// stolen)`.
pub(super) fn is_explained(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const SAYS: [&str; 4] = [" (blue badge", " (bb)", " (bb,", " (disabled badge"];
    let digits = seen.slice(range.clone()).bytes().filter(u8::is_ascii_digit).count();
    let after = seen.after(range);
    (WHOLE..=WHOLE + 2).contains(&digits) && SAYS.iter().any(|says| after.starts_with(says))
}

/// Returns where the period of a badge stands with no number before it: `0825X6941`.
pub(super) fn period(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let range = run.start..run.start + 9;
    let written = bytes.get(range.clone())?;
    let like = written.iter().enumerate().all(|(number, byte)| match number {
        4 => byte.is_ascii_uppercase(),
        _ => byte.is_ascii_digit(),
    });
    let apart = !matches!(bytes.get(..run.start)?, [.., b'0'..=b'9', b' ' | b'-']);
    (like && apart && is_edge(bytes, range.start) && is_edge(bytes, range.end)).then_some(range)
}

/// Returns what is written like such a period and stands for the whole number: behind the word for a
/// badge or below it.
pub(super) fn dated(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const CUES: [&str; 4] = ["badge", "blue badge", "bb", "bb n"];
    let (before, after) = seen.neighbours(&range);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '@' | '#' | '\u{a3}'));
    let told = seen.bar(&range, &CUES).is_some_and(|near| near <= NEAR);
    let sound = told && seen.stands_alone(&range) && !sign(before) && !sign(after);
    (sound && !seen.speaks(&range, &WORN)).then_some(Find(range, "blue-badge", 0.8))
}

/// Returns groups of capitals and digits right behind the words for a badge's serial, where nothing is
/// said of badges that are worn.
pub(super) fn grouped(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let count = |of: fn(&u8) -> bool| written.bytes().filter(of).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase));
    let sound = digits > 1
        && letters > 0
        && (WHOLE..=16).contains(&(digits + letters))
        && !seen.neighbours(&range).1.is_some_and(|c| matches!(c, '/' | '@' | '-'));
    (sound && !seen.speaks(&range, &WORN)).then_some(Find(range, "blue-badge", 0.85))
}

/// Returns whether nothing but the number of an item stands before on the line: `case 2 9QR7D3`.
pub(super) fn is_item(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const DIGITS: usize = 2;
    let line = seen.before(range).rsplit('\n').next().unwrap_or_default();
    let mut words = line.split_ascii_whitespace();
    let (word, number, end) = (words.next(), words.next(), words.next());
    let letters = word.is_some_and(|word| word.bytes().all(|b| b.is_ascii_lowercase()));
    let counted = number.is_some_and(|number| {
        let digits = number.trim_end_matches([':', ')', '.']);
        (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    });
    letters && counted && end.is_none()
}

/// Returns where the capitals before a badge's digits start: `BB 0419`, or several words of which one
/// is of badges: `HCC/BB/0447190`.
pub(super) fn head(bytes: &[u8], digits: usize) -> usize {
    const WORDS: usize = 3;
    let upper = |at: &Range<usize>| {
        bytes.get(at.clone()).is_some_and(|word| word.iter().all(u8::is_ascii_uppercase))
    };
    let (mut at, mut named) = (digits, false);
    for _ in 0..WORDS {
        let Some(word) = lead(bytes, at, 4, b"/-").filter(upper) else { break };
        named |= bytes.get(word.clone()) == Some(b"BB");
        at = word.start;
    }
    let plain = || lead(bytes, digits, 4, b" -").filter(upper).map_or(digits, |word| word.start);
    if named { at } else { plain() }
}

/// Returns where capitals and digits in turn stand as councils write references: `K20931AB07`.
pub(super) fn reference(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    const LONGEST: usize = 12;
    const SHORTEST: usize = 8;
    const TURNS: usize = 3;
    let start = lead(bytes, run.start, 3, b"")?.start;
    let word = |b: &&u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let length = bytes.get(start..)?.iter().take(LONGEST + 1).take_while(word).count();
    let written = bytes.get(start..start + length)?;
    let turns = written.windows(2).filter(|pair| match pair {
        [a, b] => a.is_ascii_digit() != b.is_ascii_digit(),
        _ => false,
    });
    let sound = (SHORTEST..=LONGEST).contains(&length) && turns.count() >= TURNS;
    (sound && is_edge(bytes, start + length)).then_some(start..start + length)
}

/// Returns such a reference where the sentence is about a Blue Badge and says that it is one.
pub(super) fn referred(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const BESIDE: usize = 5;
    let said = seen.bar(&range, &["ref", "reference"]).is_some_and(|near| near <= BESIDE);
    let sound = said && seen.stands_alone(&range) && seen.cue(&range, &["blue badge"]).is_some();
    sound.then_some(Find(range, "blue-badge", 0.75))
}
