//! What an outside recogniser says of one text: checked, and turned into bytes.

use serde::Deserialize;

use super::{Failure, THRESHOLD};
use crate::redact::detect::{Candidate, KINDS};

/// A span as a recogniser gives it: offsets in Unicode scalar values.
#[derive(Deserialize)]
pub(super) struct Said {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) confidence: f64,
}

/// Returns the spans by bytes, in order, without those below the threshold.
///
/// # Errors
/// If a span lies outside the text, is empty, or is of a kind that there is not.
pub(super) fn checked(text: &str, said: &[Said]) -> Result<Vec<Candidate>, Failure> {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let mut all = Vec::new();
    for span in said {
        let kind = KINDS.iter().find(|kind| **kind == span.kind);
        let kind = kind.ok_or(Failure::Answer("a kind of identifier that there is not"))?;
        let (Some(start), Some(end)) = (places.get(span.start), places.get(span.end)) else {
            return Err(Failure::Answer("a span outside the text"));
        };
        if start >= end {
            return Err(Failure::Answer("an empty span"));
        }
        if !(0.0..=1.0).contains(&span.confidence) {
            return Err(Failure::Answer("a confidence that is not between 0 and 1"));
        }
        if span.confidence >= THRESHOLD {
            let confidence = confidence(span.confidence);
            all.push(Candidate { range: *start..*end, kind, confidence, detector: "recogniser" });
        }
    }
    all.sort_by_key(|c| (c.range.start, c.range.end));
    Ok(all)
}

#[expect(clippy::cast_possible_truncation, reason = "a confidence needs no more digits")]
fn confidence(said: f64) -> f32 {
    said as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(start: usize, end: usize, kind: &str, confidence: f64) -> Said {
        Said { start, end, kind: kind.into(), confidence }
    }

    #[test]
    fn offsets_count_characters() {
        let found = checked("é Zoë", &[said(2, 5, "person", 0.9)]).unwrap();
        assert_eq!(found[0].range, 3..7);
        assert!(checked("é Zoë", &[said(2, 5, "person", 0.1)]).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bad in [
            said(0, 9, "person", 0.9),
            said(2, 2, "person", 0.9),
            said(3, 2, "person", 0.9),
            said(0, 1, "wizard", 0.9),
            said(0, 1, "person", 7.0),
            said(0, 1, "person", f64::NAN),
        ] {
            assert!(checked("é Zoë", &[bad]).is_err());
        }
    }
}
