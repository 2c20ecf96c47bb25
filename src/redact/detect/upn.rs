//! Unique Pupil Numbers (DfE): a check letter and twelve digits; in a temporary number the last is
//! a letter.

use std::ops::Range;

use super::digits::{ends, is_edge, lead};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "upn", kinds: &["upn"], needs: Needs::Digits(11), find };

/// The letters of the numbers: no I, O or S.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(11, out, judge, |bytes, run| {
        let letter = lead(bytes, run.start, 1, b" -.")?;
        let eleven = ends(bytes, run.start, b" -.").nth(10)?;
        let last = eleven + usize::from(matches!(bytes.get(eleven), Some(b' ' | b'-' | b'.')));
        let sound = bytes.get(last).is_some_and(u8::is_ascii_alphanumeric);
        (sound && is_edge(bytes, last + 1)).then_some(letter.start..last + 1)
    });
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let sound = is_valid(seen.slice(range.clone())) && seen.stands_alone(&range);
    sound.then_some(Find(range, "upn", 0.95))
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
