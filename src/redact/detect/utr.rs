//! Unique Taxpayer References: ten digits of which the first checks the rest, perhaps with a K.

use std::ops::Range;

use super::digits::{ends, is_edge};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "utr", kinds: &["utr"], needs: Needs::Digits(10), find };

/// Words that a taxpayer reference follows.
const CUES: [&str; 5] = ["utr", "unique tax", "tax ref", "self assessment", "self-assessment"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.starting(10, out, judge, |bytes, run| {
        let end = ends(bytes, run.start).nth(9)?;
        let letter = end + usize::from(bytes.get(end) == Some(&b' '));
        let lettered = matches!(bytes.get(letter), Some(b'k' | b'K')) && is_edge(bytes, letter + 1);
        if lettered { Some(letter + 1) } else { Some(end).filter(|end| is_edge(bytes, *end)) }
    });
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let sound = is_valid(written)
        && seen.stands_alone(&range)
        && !seen.before(&range).ends_with(['-', '/'])
        && !is_phone_like(written)
        && seen.is_cued(&range, &CUES, &["nhs", "tel", "phone", "isbn", "order"]);
    sound.then(|| Find(range.clone(), "utr", seen.trust(&range, &CUES, 0.0)))
}

/// Returns whether the digits stand like those of an American telephone: `212-555-0147`.
fn is_phone_like(written: &str) -> bool {
    written.split('-').map(str::len).eq([3, 3, 4])
}

/// Returns whether the first digit is right: weights 6 7 8 9 10 5 4 3 2 over the rest, modulo 11.
fn is_valid(written: &str) -> bool {
    const WEIGHTS: [u32; 9] = [6, 7, 8, 9, 10, 5, 4, 3, 2];
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let [check, rest @ ..] = digits.as_slice() else { return false };
    let sum: u32 = rest.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|at| "21987654321".chars().nth(at));
    digits.len() == 10 && expected.and_then(|c| c.to_digit(10)) == Some(*check)
}
