//! Registrations that stand behind the name of somebody who assesses others.

use std::ops::Range;

use super::{PROFESSIONS, is_one_of};
use crate::redact::detect::seen::Seen;

/// Words of texts in which somebody of a registered profession assesses others.
const ASSESSED: [&str; 10] = [
    "assessed by",
    "assessment by",
    "assessor",
    "chc",
    "clinician",
    "examiner",
    "occ health",
    "occupational health",
    "registrant",
    "seen by",
];
/// The digits of a whole registration.
const DIGITS: [usize; 2] = [5, 6];

/// Returns whether the letters of a profession, but not those of orders (`PO`), and five digits or six stand right behind a name, where
/// the text has an assessor: `assessor Ann Lee, PH33812`, `Bo Roy, the latter PA 33812`.
pub(in crate::redact::detect) fn is_attached(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let written = seen.slice(range.clone());
    let letters = written.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = written.get(letters..).unwrap_or_default();
    let number = number.strip_prefix([' ', '-']).unwrap_or(number);
    let whole = DIGITS.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let known = || written.as_bytes().get(..letters).is_some_and(|w| is_one_of(&PROFESSIONS, w));
    let order = written.starts_with("PO");
    whole && !order && known() && follows_name(seen, range) && seen.speaks(range, &ASSESSED)
}

/// Returns whether a word with a capital stands before, with a comma, a bracket or nothing between.
fn follows_name(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LONGEST: usize = 40;
    const WORDS: [&str; 4] = [" the latter", " the former", " reg", " no"];
    let mut start = range.start.saturating_sub(LONGEST);
    while !seen.text().is_char_boundary(start) {
        start += 1;
    }
    let before = seen.slice(start..range.start);
    let head = before.trim_end_matches([' ', ',', '(']);
    let word = WORDS.iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
    let name = word.trim_end_matches([' ', ',']).rsplit([' ', '\n']).next().unwrap_or_default();
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let small = name.chars().nth(1).is_some_and(char::is_lowercase);
    head.len() < before.len()
        && capital
        && small
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''))
}
