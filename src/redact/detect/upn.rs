//! Unique Pupil Numbers (DfE): a check letter and twelve digits; in a temporary number the last is
//! a letter.

use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "upn", kinds: &["upn"], needs: Needs::Digits(11), find };

static NUMBER: Pattern =
    LazyLock::new(|| Regex::new(r"(?i-u)\b[a-z][ -]?(?:\d[ -]?){11}[0-9a-z]\b").ok());

/// The letters of the numbers: no I, O or S.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers(11, &NUMBER, out, |seen, range| {
        let sound = is_valid(seen.slice(range.clone())) && seen.stands_alone(&range);
        sound.then_some(Find(range, "upn", 0.95))
    });
}

/// Returns whether the check letter is right: weights 2 … 13 over the rest, modulo 23.
fn is_valid(written: &str) -> bool {
    let plain: Vec<char> = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let [check, rest @ ..] = plain.as_slice() else { return false };
    let value = |c: &char| match c.to_digit(10) {
        Some(digit) => usize::try_from(digit).ok(),
        None => LETTERS.find(*c),
    };
    let values: Option<Vec<usize>> = rest.iter().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == 12) else { return false };
    let sum: usize = values.iter().zip(2..).map(|(value, weight)| value * weight).sum();
    LETTERS.chars().nth(sum % 23) == Some(*check)
}
