//! National Insurance numbers (HMRC NIM39110): any case and spacing, the suffix may be missing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::cued::COMPANY_CUES;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "nino", kinds: &["nino"], needs: Needs::Digits(6), find };

static NUMBER: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b([a-z])[ .]?([a-z])[ ./-]{0,2}\d[ ./-]?\d[ ./-]{0,2}\d[ ./-]?\d[ ./-]{0,2}",
        r"\d[ ./-]?\d(?:[ ./-]{0,2}[a-d])?\b",
    ))
    .ok()
});

/// Words that a National Insurance number follows.
const CUES: [&str; 7] = ["national insurance", "nino", "ni no", "ni num", "n.i.", "nat ins", "ni:"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers(6, &NUMBER, out, judge);
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let plain: Vec<u8> =
        written.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if !is_prefix(*plain.first()?, *plain.get(1)?) || !seen.stands_alone(&range) {
        return None;
    }
    let complete = plain.len() == 9;
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let without = match (complete, upper) {
        (true, true) => 0.95,
        (true, false) => 0.9,
        (false, true) => 0.5,
        (false, false) => 0.0,
    };
    if !complete && seen.is_cued(&range, &COMPANY_CUES, &CUES) {
        return None;
    }
    let trust = seen.trust(&range, &CUES, without);
    let broken = written.contains(['\n', '\r']) || (plain.len() == 8 && loose(written));
    (trust > 0.0 && (!broken || trust > 0.9)).then_some(Find(range, "nino", trust))
}

/// Returns whether a number without its suffix is spaced unlike one.
fn loose(written: &str) -> bool {
    let spaces = written.chars().filter(|c| !c.is_alphanumeric()).count();
    spaces != 0 && spaces != 3
}

/// Returns whether two letters can start a number.
fn is_prefix(first: u8, second: u8) -> bool {
    let barred = b"DFIQUV";
    let pairs: [&[u8; 2]; 8] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ", b"??"];
    !barred.contains(&first)
        && !barred.contains(&second)
        && second != b'O'
        && !pairs.contains(&&[first, second])
}
