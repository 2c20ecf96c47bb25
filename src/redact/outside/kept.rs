//! What an outside recogniser found, kept with a case: by digests of the texts, without the texts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Failure, Recognised};
use crate::find::digest;
use crate::redact::detect::{Candidate, KINDS};

/// The answers of an outside recogniser, to be kept. Says nothing of what the texts are.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    spans: BTreeMap<String, Vec<Span>>,
    failure: Option<String>,
}

/// A span in bytes: start, end, kind, confidence.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Span(usize, usize, String, f32);

impl Answers {
    /// Returns what was answered about a text; `None` if nobody asked about it.
    pub(super) fn about(&self, salt: &[u8], text: &str) -> Option<Vec<Candidate>> {
        let spans = self.spans.get(&digest(salt, &text))?;
        spans.iter().map(|span| candidate(text, span)).collect()
    }

    /// Returns why the recogniser could not be relied on.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::Before)
    }
}

fn candidate(text: &str, Span(start, end, kind, confidence): &Span) -> Option<Candidate> {
    let kind = KINDS.iter().find(|known| *known == kind)?;
    text.get(*start..*end)?;
    Some(Candidate { range: *start..*end, kind, confidence: *confidence, detector: "recogniser" })
}

impl Recognised {
    /// Returns the answers as they are kept.
    pub fn answers(&self, salt: &[u8]) -> Answers {
        let span =
            |c: &Candidate| Span(c.range.start, c.range.end, c.kind.to_owned(), c.confidence);
        let spans = self.spans.iter();
        let spans =
            spans.map(|(text, all)| (digest(salt, &text.as_str()), all.iter().map(span).collect()));
        let failure = self.failure.as_ref().map(ToString::to_string);
        Answers { spans: spans.collect(), failure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_for_the_same_texts_and_hold_none_of_them() {
        let found =
            Candidate { range: 3..8, kind: "person", confidence: 0.5, detector: "recogniser" };
        let texts = [("é zzyzx".to_owned(), vec![found.clone()]), ("nobody".to_owned(), vec![])];
        let recognised = Recognised { spans: texts.into_iter().collect(), failure: None };
        let kept = serde_json::to_string(&recognised.answers(b"salt")).unwrap();
        assert!(!kept.contains("zzyzx") && !kept.contains("nobody"), "{kept}");
        let kept: Answers = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept.about(b"salt", "é zzyzx"), Some(vec![found]));
        assert_eq!(kept.about(b"salt", "nobody"), Some(vec![]));
        assert_eq!(kept.about(b"salt", "somebody"), None);
        assert_eq!(kept.about(b"other", "nobody"), None);
    }
}
