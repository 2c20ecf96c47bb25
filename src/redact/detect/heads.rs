//! The headings of lists in texts: the words before a colon that say what the numbers behind it are.

use std::ops::Range;

use super::context::{Words, has_one};
use super::seen::Seen;

/// How far a list may go on behind its heading, in bytes, and over how many lines.
const REACH: usize = 400;
const LINES: usize = 10;
/// How long a heading may be, in bytes.
const HEADING: usize = 80;

impl Seen<'_> {
    /// Returns whether the range stands in a list that one of the words heads: `Companies on our
    /// list: Oak Print (…), Dale Foods (…)`.
    pub(super) fn is_listed_under(&self, range: &Range<usize>, words: Words) -> bool {
        self.heading_of(range.start).is_some_and(|heading| has_one(self.part(heading), words))
    }

    /// Returns the heading of the list in which a byte stands: what comes before the first colon of
    /// its line, or a line above that ends with one.
    fn heading_of(&self, at: usize) -> Option<Range<usize>> {
        let mut first = at.saturating_sub(REACH);
        while !self.lower().is_char_boundary(first) {
            first += 1;
        }
        let text = self.lower().get(first..at)?;
        let mut end = text.len();
        for number in 0..LINES {
            let start = text.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
            let line = text.get(start..end)?;
            let colon = match number {
                0 => line.find(": "),
                _ if line.trim().is_empty() => return None,
                _ => line.trim_end().strip_suffix(':').map(str::len),
            };
            if let Some(colon) = colon.filter(|at| !ends_list(line.get(*at..).unwrap_or_default()))
            {
                let head = line.get(..colon)?;
                let begin = head.rfind(". ").map_or(0, |at| at + 2);
                let heading = first + start + begin..first + start + colon;
                return (heading.len() <= HEADING).then_some(heading);
            }
            end = start.checked_sub(1)?;
        }
        None
    }
}

/// Returns whether a sentence ends in the text: a full stop after four letters or digits.
fn ends_list(text: &str) -> bool {
    let word = |at: usize| {
        let head = text.get(..at).unwrap_or_default();
        head.chars().rev().take(4).filter(|c| c.is_alphanumeric()).count() == 4
    };
    text.match_indices(". ").any(|(at, _)| word(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_the_words_before_its_colon() {
        let under = |text: &str, number: &str, words| {
            let at = text.find(number).unwrap();
            Seen::new(text).is_listed_under(&(at..at + number.len()), words)
        };
        assert!(under("Old. Badges in one batch: 279229, 725832", "725832", &["badges"]));
        assert!(under("Badges:\n- Ann 279229\n- Bo 725832", "725832", &["badges"]));
        assert!(!under("Badges:\n\n- Bo 725832", "725832", &["badges"]));
        assert!(!under("Badges: 279229 was printed. Room 725832", "725832", &["badges"]));
        assert!(!under("Badges. Rooms: 725832", "725832", &["badges"]));
    }
}
