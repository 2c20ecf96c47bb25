//! Passport numbers: nine digits, or one or two letters and seven digits; only by context.

use std::ops::Range;

use super::digits::{Shape, is_edge, lead};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "passport", kinds: &["passport"], needs: Needs::Digits(6), find };

/// Words that a passport number follows.
const CUES: [&str; 2] = ["passport", "travel document"];

const NUMBER: Shape = Shape { groups: &[3, 3, 3], signs: b" -", between: (0, 1) };

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(6, out, judge, |bytes, run| {
        if let Some(letters) = lead(bytes, run.start, 2, b" -")
            && (6..=8).contains(&run.len())
            && is_edge(bytes, run.end)
        {
            return Some(letters.start..run.end);
        }
        let end = is_edge(bytes, run.start).then(|| NUMBER.end(bytes, run.start)).flatten();
        end.map(|end| run.start..end)
    });
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let sound = seen.stands_alone(&range)
        && seen.is_cued(&range, &CUES, &["order", "tel", "phone", "licence", "invoice", "ref"]);
    sound.then(|| Find(range.clone(), "passport", seen.trust(&range, &CUES, 0.0)))
}
