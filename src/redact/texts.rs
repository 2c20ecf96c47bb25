//! What is taken out of a text: withheld values, then identifiers by pattern. Overlapping finds
//! become one span, named by the longest of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::columns::Depth;
use super::forms::{Hit, Reach, name_words, skeleton};
use super::outside::Recognised;
use super::own::{Own, Parts};
use super::people::{Letters, Name};
use super::refusal::asks_not_to_be_named;
use super::roles::is_professional;
use super::withhold::{Note, Screen, Trust};
use super::words::is_title;
use crate::map::Kind;

use super::packed::{self, Packed};
use super::{Confidence, Ground, detect, labels, reasons};

/// Something to take out of a text.
#[derive(Clone)]
pub(super) struct Cut {
    /// Where, in bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: String,
    /// What noticed it.
    pub(super) detector: &'static str,
    /// How sure that is.
    pub(super) confidence: Confidence,
    /// Under which ground.
    pub(super) ground: Ground,
    /// Why.
    pub(super) reason: String,
    /// What stands in its place.
    pub(super) name: Name,
}

/// What texts are searched with.
pub(super) struct Reader<'a> {
    /// The withheld values.
    pub(super) screen: &'a Screen,
    /// The data subject's own.
    pub(super) own: &'a Own<'a>,
    /// What the controller publishes: letters and digits.
    pub(super) kept: &'a BTreeSet<String>,
    /// The map, for how values compare.
    pub(super) map: &'a crate::map::Map,
    /// The names of staff whom the map keeps.
    pub(super) staff: &'a [Parts],
    /// The ground for other people's data.
    pub(super) ground: Ground,
    /// What an outside recogniser found.
    pub(super) outside: &'a Recognised,
}

impl Reader<'_> {
    /// Returns what to take out, in order; no two overlap.
    pub(super) fn cuts(&self, text: &str, depth: Depth) -> Vec<Cut> {
        let mut cuts = self.open_cuts(text, depth);
        if text.len() >= packed::SHORTEST && depth != Depth::Known {
            let bodies = packed::packed(text).into_iter();
            cuts.extend(bodies.filter_map(|body| self.packed(body, depth)));
        }
        if depth == Depth::Text && !cuts.is_empty() && asks_not_to_be_named(text) {
            for cut in cuts.iter_mut().filter(|cut| cut.kind == "person") {
                cut.confidence = Confidence::Doubtful;
                cut.reason = reasons::REFUSED.to_owned();
            }
        }
        merge(cuts)
    }

    /// Returns a cut for a packed text in which there is something to cut, or that is none.
    fn packed(&self, body: Packed, depth: Depth) -> Option<Cut> {
        let range = body.range;
        let Some(text) = body.text else {
            return (depth == Depth::Text).then(|| Cut {
                range,
                kind: "withheld".to_owned(),
                detector: "packed",
                confidence: Confidence::Doubtful,
                ground: self.ground.clone(),
                reason: reasons::OPAQUE.to_owned(),
                name: Name::Fixed(labels::WITHHELD.to_owned()),
            });
        };
        let first = self.open_cuts(&text, depth).into_iter().next()?;
        Some(Cut { range, confidence: Confidence::Doubtful, detector: "packed", ..first })
    }

    /// Returns what to take out of what stands there openly, in any order.
    fn open_cuts(&self, text: &str, depth: Depth) -> Vec<Cut> {
        let least = if depth == Depth::Text { Reach::Text } else { Reach::Data };
        let mut cuts: Vec<Cut> = Vec::new();
        for hit in self.screen.withheld.hits(text, least) {
            cuts.extend(self.known(text, hit));
        }
        let kinds: &[&str] = match depth {
            Depth::Known => &[],
            Depth::Data => &["email", "nino", "iban"],
            Depth::Text => &detect::RELEASE,
        };
        if !kinds.is_empty() {
            let spans = detect::candidates(text, kinds);
            cuts.extend(spans.into_iter().filter_map(|span| self.pattern(text, span)));
        }
        if depth == Depth::Text {
            let spans = self.outside.of(text).iter().filter(|span| kinds.contains(&span.kind));
            cuts.extend(spans.filter_map(|span| self.pattern(text, span.clone())));
        }
        cuts
    }

    /// Adds what is found once the cuts are made, until nothing more is; `None` if that does not
    /// end soon, so that the whole text has to go.
    pub(super) fn settle(
        &self,
        text: &str,
        depth: Depth,
        mut cuts: Vec<Cut>,
        letters: &mut Letters,
    ) -> Option<Vec<Cut>> {
        const ROUNDS: usize = 4;
        for _ in 0..ROUNDS {
            let left = Left::new(text, &cuts, letters);
            let more = self.cuts(&left.text, depth);
            if more.is_empty() {
                return Some(cuts);
            }
            let more = more.into_iter().map(|cut| Cut { range: left.origin(&cut.range), ..cut });
            cuts.extend(more);
            cuts = merge(cuts);
        }
        None
    }

    fn known(&self, text: &str, hit: Hit) -> Option<Cut> {
        let note: &Note = self.screen.notes.get(hit.note)?;
        let titled = note.trust != Trust::Whole && follows_title(text, hit.range.start);
        let confidence = match note.trust {
            Trust::Whole => Confidence::Certain,
            _ if titled => Confidence::Certain,
            // A value that the leak gate looks for is taken out whatever the note says.
            Trust::Common if hit.reach == Reach::Text => return None,
            _ => Confidence::Doubtful,
        };
        let guessed = note.kind == "person" && note.reason == reasons::PART;
        let professional = guessed && is_professional(text, &hit.range);
        let reason = if professional { reasons::PROFESSIONAL } else { note.reason };
        Some(Cut {
            range: hit.range,
            kind: note.kind.clone(),
            detector: if note.kind == "person" { "known-person" } else { "known-value" },
            confidence,
            ground: note.ground.clone(),
            reason: reason.to_owned(),
            name: note.name.clone(),
        })
    }

    fn pattern(&self, text: &str, span: detect::Candidate) -> Option<Cut> {
        let value = text.get(span.range.clone())?;
        if self.own.has_written(value)
            || (span.kind == "address" && self.own.has_address(value))
            || self.screen.withheld.is_own(text, &span.range)
            || self.kept.contains(&skeleton(value))
            || self.screen.withheld.labels().covers(text, &span.range)
            || (span.kind == "person" && !self.is_other(value))
        {
            return None;
        }
        // A name that a pattern noticed may be nobody's: the reviewer sees it first.
        let confident = span.confidence >= 0.85 && span.kind != "person";
        let professional = span.kind == "person" && is_professional(text, &span.range);
        Some(Cut {
            kind: span.kind.to_owned(),
            detector: span.detector,
            confidence: if confident { Confidence::Certain } else { Confidence::Doubtful },
            ground: self.ground.clone(),
            reason: match professional {
                true => reasons::PROFESSIONAL.to_owned(),
                false => reasons::pattern(span.kind),
            },
            name: self.name_of(span.kind, value),
            range: span.range,
        })
    }

    /// Returns whether a name is neither the data subject's nor that of staff who are kept.
    fn is_other(&self, name: &str) -> bool {
        let words = name_words(name);
        let staff = self.staff.iter().any(|parts| parts.covers_any_order(&words));
        !words.is_empty() && !staff && !self.own.has_name(name)
    }

    fn name_of(&self, kind: &str, value: &str) -> Name {
        let people = &self.screen.people;
        if kind == "person" && people.has(self.map, Kind::NAME, value) {
            return people.name_for(self.map, Kind::NAME, value);
        }
        people.name_for(self.map, kind, value)
    }
}

/// A text once the cuts are made, with the way back.
struct Left {
    text: String,
    /// For each label: its bytes here, and the bytes it stands for.
    labels: Vec<(Range<usize>, Range<usize>)>,
}

impl Left {
    fn new(text: &str, cuts: &[Cut], letters: &mut Letters) -> Self {
        let mut left = Self { text: String::with_capacity(text.len()), labels: Vec::new() };
        let mut at = 0;
        for cut in cuts {
            left.text.push_str(text.get(at..cut.range.start).unwrap_or_default());
            let start = left.text.len();
            left.text.push_str(&letters.label(&cut.name));
            left.labels.push((start..left.text.len(), cut.range.clone()));
            at = cut.range.end;
        }
        left.text.push_str(text.get(at..).unwrap_or_default());
        left
    }

    /// Returns the bytes of the original; of a label that is touched, all that it stands for.
    fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let before = |at: usize| self.labels.iter().take_while(move |(here, _)| here.start < at);
        let start = match before(range.start + 1).last() {
            Some((here, there)) if range.start < here.end => there.start,
            Some((here, there)) => there.end + (range.start - here.end),
            None => range.start,
        };
        let end = match before(range.end).last() {
            Some((here, there)) if range.end <= here.end => there.end,
            Some((here, there)) => there.end + (range.end - here.end),
            None => range.end,
        };
        start..end
    }
}

/// Returns whether a title stands right before the byte offset: `Mrs Khan`.
fn follows_title(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end().trim_end_matches('.');
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.len() <= 12 && is_title(&word.to_lowercase())
}

/// Joins what overlaps; the longest gives its name to the whole.
fn merge(mut cuts: Vec<Cut>) -> Vec<Cut> {
    cuts.sort_by_key(|cut| (cut.range.start, cut.range.end));
    let mut merged: Vec<Cut> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let Some(last) = merged.last_mut().filter(|last| cut.range.start < last.range.end) else {
            merged.push(cut);
            continue;
        };
        let range = last.range.start..last.range.end.max(cut.range.end);
        let confidence = last.confidence.max(cut.confidence);
        if (cut.range.len(), cut.confidence) > (last.range.len(), last.confidence) {
            *last = cut;
        }
        last.range = range;
        last.confidence = confidence;
    }
    merged
}

/// Turns byte ranges into ranges of Unicode scalar values. The ranges are in order.
pub(super) fn scalars(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let (mut bytes, mut count) = (0, 0);
    let mut upto = |byte: usize| {
        count += text.get(bytes..byte).map_or(0, |part| part.chars().count());
        bytes = bytes.max(byte);
        count
    };
    ranges.map(|range| upto(range.start)..upto(range.end)).collect()
}
