//! The words around a place in a text: those that say what a number is, and those that say that it
//! is something else.

mod index;

use std::cell::Cell;
use std::ops::ControlFlow::{self, Break, Continue};
use std::ops::Range;

use super::seen::{Part, Seen, word_starts};
use index::Index;

/// Words that tell what stands near them, in lower case.
pub(super) type Words = &'static [&'static str];

/// How far a word of context may stand before and after a number, in bytes.
const BEFORE: usize = 64;
const AFTER: usize = 32;
/// How far what a text speaks of may stand before and after a number, and at its beginning.
const AROUND: (usize, usize) = (400, 160);
const OPENING: usize = 120;
/// How near the heading of a column is taken to stand.
const HEADED: usize = 2;

impl Seen<'_> {
    /// Returns the lower-case text right before a range.
    pub(super) fn before(&self, range: &Range<usize>) -> &str {
        self.lower().get(self.start_before(range)..range.start).unwrap_or_default()
    }

    fn start_before(&self, range: &Range<usize>) -> usize {
        let mut start = range.start.saturating_sub(BEFORE);
        while !self.lower().is_char_boundary(start) {
            start += 1;
        }
        start
    }

    /// Returns the lower-case text right after a range, of its line; none if it ends its sentence.
    pub(super) fn after(&self, range: &Range<usize>) -> &str {
        let mut end = (range.end + AFTER).min(self.lower().len());
        while !self.lower().is_char_boundary(end) {
            end -= 1;
        }
        let after = self.lower().get(range.end..end).unwrap_or_default();
        if after.starts_with(". ") { "" } else { after.split('\n').next().unwrap_or_default() }
    }

    /// Returns how far the nearest of the words stands from the range, in bytes; words after it
    /// count as twice as far. Words are in lower case and match at their start.
    pub(super) fn cue(&self, range: &Range<usize>, words: Words) -> Option<usize> {
        self.recall.cue.or_find(range, words, || {
            let mut nearest = None;
            let mut near = |distance| nearest = nearest.min(Some(distance)).or(Some(distance));
            let part = self.part(self.start_before(range)..range.start);
            let before = part.text;
            each_place(part, words, |at, length| {
                if !is_spent(before.get(at + length..).unwrap_or_default()) {
                    near(before.len() - at - length);
                }
                Continue(())
            });
            let after = self.after(range);
            let part = self.part(range.end..range.end + after.len());
            each_place(part, words, |at, length| {
                if !leads_on(after.get(at + length..).unwrap_or_default()) {
                    near(2 * at + 1);
                }
                Continue(())
            });
            match nearest {
                Some(distance) if distance <= HEADED => nearest,
                _ if self.is_headed(range, words) => Some(HEADED),
                _ => nearest,
            }
        })
    }

    /// Returns whether the range stands in a column whose heading has one of the words.
    fn is_headed(&self, range: &Range<usize>, words: Words) -> bool {
        let mut headings = self.headings(range.start).into_iter();
        headings.any(|heading| {
            // As in a text, a space comes after it.
            let text = format!("{heading} ");
            has_one(Part { text: &text, starts: &word_starts(&text), base: 0 }, words)
        })
    }

    /// Returns whether the text around speaks of one of the things: further off than what names a
    /// number, or at the beginning of the text.
    pub(super) fn speaks(&self, range: &Range<usize>, words: Words) -> bool {
        let lower = self.lower();
        let place = |mut at: usize| {
            at = at.min(lower.len());
            while !lower.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let around =
            place(range.start.saturating_sub(AROUND.0))..place(range.end.saturating_add(AROUND.1));
        [0..place(OPENING), around].into_iter().any(|part| has_one(self.part(part), words))
    }

    /// Returns how far before the range the nearest of the words stands that says it is something
    /// else: close by, and with no other number between.
    pub(super) fn bar(&self, range: &Range<usize>, words: Words) -> Option<usize> {
        const CLOSE: usize = 32;
        self.recall.bar.or_find(range, words, || {
            let mut nearest = usize::MAX;
            let part = self.part(self.start_of_sentence(range)..range.start);
            each_place(part, words, |at, length| {
                nearest = nearest.min(part.text.len() - at - length);
                Continue(())
            });
            match nearest {
                0..=CLOSE => Some(nearest),
                _ => self.is_headed(range, words).then_some(HEADED),
            }
        })
    }

    /// Returns where the sentence starts in which a range stands, or the last number before it ends.
    fn start_of_sentence(&self, range: &Range<usize>) -> usize {
        let (last, start) = self.recall.sentence.get();
        if last == range.start {
            return start;
        }
        let before = self.before(range);
        let near = before.get(after_number(before.as_bytes())..).unwrap_or_default();
        let start = range.start - (near.len() - sentence(near));
        self.recall.sentence.set((range.start, start));
        start
    }

    /// Returns whether one of the words stands before the range in the same part of its sentence: with
    /// no comma, bracket or line between.
    pub(super) fn is_said_here(&self, range: &Range<usize>, words: Words) -> bool {
        let before = self.before(range);
        let start = before.rfind([',', ';', '(', '\n']).map_or(0, |at| at + 1);
        let near = before.get(start..).unwrap_or_default();
        let length = near.len() - sentence(near);
        has_one(self.part(range.start - length..range.start), words)
    }

    /// Returns whether one of `words` stands as near as every one of `others` that bars.
    pub(super) fn is_cued(&self, range: &Range<usize>, words: Words, others: Words) -> bool {
        let other = self.bar(range, others);
        self.cue(range, words).is_some_and(|near| other.is_none_or(|far| near <= far))
    }

    /// Returns whether a word of `others` bars the range, and none of `words` stands nearer.
    pub(super) fn is_barred(&self, range: &Range<usize>, words: Words, others: Words) -> bool {
        self.bar(range, others).is_some() && !self.is_cued(range, words, others)
    }

    /// Returns how sure a number is by the nearest of the words: 0.97 beside one, less further
    /// off, and `without` where there is none.
    pub(super) fn trust(&self, range: &Range<usize>, words: Words, without: f32) -> f32 {
        match self.cue(range, words) {
            Some(distance) => 0.97 - 0.0015 * f32::from(u16::try_from(distance).unwrap_or(64)),
            None => without,
        }
    }
}

/// Returns whether another number follows the word after a number at once: the word is that one's.
fn leads_on(text: &str) -> bool {
    let rest = text.trim_start_matches([' ', ':', '.', '#', '(']);
    const WORDS: [&str; 6] = ["number", "no", "reference", "ref", "account", "acc"];
    let rest = WORDS.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', ':', '.', '#', '(']);
    rest.bytes().take(DIGITS).filter(u8::is_ascii_digit).count() == DIGITS
}

/// So many digits together are a number.
const DIGITS: usize = 3;

/// Returns whether a number ended the line or sentence in which a word stands: what comes after this
/// text is another.
fn is_spent(text: &str) -> bool {
    const DIGITS: usize = 5;
    let end = text.rfind('\n').max(text.rfind(". "));
    let line = end.and_then(|end| text.get(..end)).unwrap_or_default();
    line.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
}

/// Returns where the last number ends: four digits together or more; 0 if there is none.
fn after_number(text: &[u8]) -> usize {
    const DIGITS: usize = 4;
    let mut together = 0;
    for (at, byte) in text.iter().enumerate().rev() {
        together = if byte.is_ascii_digit() { together + 1 } else { 0 };
        if together == DIGITS {
            return at + DIGITS;
        }
    }
    0
}

/// Returns where the last sentence of the text starts: after a full stop that ends a word of four
/// letters or more (`no. 7` goes on), a question mark, or the end of a line that is no heading.
fn sentence(text: &str) -> usize {
    let head = |at: usize| text.get(..at).unwrap_or_default();
    let (mut next, mut lines) = (0, 0);
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b'.' if next == b' ' && ends_word(head(at)) => return at + 2,
            b'?' | b'!' if next == b' ' => return at + 2,
            b'\n' => {
                lines += 1;
                if lines == 1 && !is_heading(head(at)) {
                    return at + 1;
                }
            }
            _ => {}
        }
        next = byte;
    }
    0
}

/// Returns whether a word of four letters or more ends the text.
fn ends_word(text: &str) -> bool {
    let letters = text.chars().rev().take(4).take_while(|c| c.is_alphabetic());
    letters.map(char::len_utf8).sum::<usize>() > 3
}

/// Returns whether a line announces what stands below it.
fn is_heading(text: &str) -> bool {
    text.trim_end().ends_with([':', '-'])
}

/// Returns whether a word of the text starts with one of the `words`.
pub(super) fn has_one(part: Part<'_>, words: Words) -> bool {
    let mut found = false;
    each_place(part, words, |_, _| {
        found = true;
        Break(())
    });
    found
}

/// Calls with the place and the length wherever a word of the text starts with one of the `words`,
/// until told to stop. A short one has to be all of it, or its plural.
fn each_place(
    part: Part<'_>,
    words: Words,
    mut found: impl FnMut(usize, usize) -> ControlFlow<()>,
) {
    if part.starts.is_empty() {
        return;
    }
    for words in words.chunks(Index::MOST) {
        let done = Index::with(words, |index| {
            part.starts.iter().try_for_each(|start| {
                let at = *start as usize - part.base;
                let rest = part.text.as_bytes().get(at..).unwrap_or_default();
                index.like(rest).try_for_each(|word| {
                    let rest = part.text.get(at..).unwrap_or_default();
                    length_of(rest, word).map_or(Continue(()), |length| found(at, length))
                })
            })
        });
        if done.is_break() {
            return;
        }
    }
}

/// The last answers about words near a number: most are asked for more than once.
#[derive(Default)]
pub(super) struct Recall {
    cue: Last,
    bar: Last,
    /// The place for which the start of its sentence was looked for last, and that start.
    sentence: Cell<(usize, usize)>,
}

/// A question, by the number's range and the list of words, and its answer.
#[derive(Default)]
struct Last(Cell<Option<(Asked, Option<usize>)>>);

/// The bytes of a number, and where and how long the list of words is: lists do not change.
type Asked = (usize, usize, *const &'static str, usize);

impl Last {
    /// Returns the answer; finds it if the last question was another.
    fn or_find(
        &self,
        range: &Range<usize>,
        words: Words,
        find: impl FnOnce() -> Option<usize>,
    ) -> Option<usize> {
        let asked = (range.start, range.end, words.as_ptr(), words.len());
        if let Some((last, answer)) = self.0.get()
            && last == asked
        {
            return answer;
        }
        let answer = find();
        self.0.set(Some((asked, answer)));
        answer
    }
}

/// Returns how much of the text reads like the word, if it starts with it.
#[inline]
fn length_of(text: &str, word: &str) -> Option<usize> {
    if text.as_bytes().first() != word.as_bytes().first() {
        return None;
    }
    let length = length_read(text.as_bytes(), word.as_bytes())?;
    if word.len() > 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Some(length);
    }
    let rest = text.get(length..)?;
    // `ref'd` is no reference.
    let done = rest.starts_with("'d") || rest.starts_with("\u{2019}d");
    let ends = !done && !rest.strip_prefix('s').unwrap_or(rest).starts_with(char::is_alphabetic);
    ends.then_some(length)
}

/// Returns how many bytes read like the word: between the words of a phrase a hyphen may stand or
/// nothing (`councilTaxRef`), between the letters of a short word full stops (`N.H.S.`).
fn length_read(text: &[u8], word: &[u8]) -> Option<usize> {
    const SHORT: usize = 4;
    let (mut at, last) = (0, word.len().checked_sub(1)?);
    for (number, wanted) in word.iter().enumerate() {
        match text.get(at) {
            Some(byte) if byte == wanted => at += 1,
            Some(b'-') if *wanted == b' ' => at += 1,
            _ if *wanted == b' ' && number < last => {}
            _ => return None,
        }
        let stop = number < last && word.len() <= SHORT && text.get(at) == Some(&b'.');
        at += usize::from(stop && wanted.is_ascii_alphabetic());
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_counts() {
        let seen = Seen::new("NHS number: 9434765919 (phone later)");
        assert_eq!(seen.cue(&(12..22), &["nhs"]), Some(9));
        assert!(seen.cue(&(12..22), &["phone"]) > seen.cue(&(12..22), &["number"]));
        assert_eq!(seen.cue(&(12..22), &["hone"]), None);
    }

    #[test]
    fn a_phrase_is_read_however_it_is_joined() {
        for (text, word, length) in [
            ("council-tax ref", "council tax", Some(11)),
            ("counciltaxref", "council tax", Some(10)),
            ("n.h.s. number", "nhs", Some(5)),
            ("nhsx", "nhs", None),
            ("partner", "part ", None),
            ("h.c.p.c", "hcpc", Some(7)),
        ] {
            assert_eq!(length_of(text, word), length, "{text}");
        }
    }

    #[test]
    fn the_heading_of_a_column_is_near() {
        let text = "name,dbs_number,renewal\nNyasha Dlamini,001718330436,36m";
        let at = text.find("0017").unwrap();
        assert_eq!(Seen::new(text).cue(&(at..at + 12), &["dbs"]), Some(HEADED));
    }
}
