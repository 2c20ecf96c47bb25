//! Passport numbers: nine digits, or one or two letters and seven digits; only by context.

use std::sync::LazyLock;

use regex::Regex;

use super::phrases::Phrases;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "passport", kinds: &["passport"], needs: Needs::Digits(6), find };

static NUMBER: Pattern = LazyLock::new(|| {
    Regex::new(r"(?i-u)\b(?:\d{3}[ -]?\d{3}[ -]?\d{3}|[a-z]{1,2}[ -]?\d{6,8})\b").ok()
});

/// Words that a passport number follows.
const CUES: [&str; 2] = ["passport", "travel document"];

static SAID: Phrases = Phrases::of(&CUES);

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if !seen.says(&SAID) {
        return;
    }
    seen.numbers(6, &NUMBER, out, |seen, range| {
        let sound = seen.stands_alone(&range)
            && seen.is_cued(&range, &CUES, &["order", "tel", "phone", "licence", "invoice", "ref"]);
        sound.then(|| Find(range.clone(), "passport", seen.trust(&range, &CUES, 0.0)))
    });
}
