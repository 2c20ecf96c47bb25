//! The words around a place in a text: those that say what a number is, and those that say that it
//! is something else.

use std::ops::Range;

use super::seen::Seen;

/// How far a word of context may stand before and after a number, in bytes.
const BEFORE: usize = 64;
const AFTER: usize = 32;

impl Seen<'_> {
    /// Returns the lower-case text right before a range.
    pub(super) fn before(&self, range: &Range<usize>) -> &str {
        let mut start = range.start.saturating_sub(BEFORE);
        while !self.lower().is_char_boundary(start) {
            start += 1;
        }
        self.lower().get(start..range.start).unwrap_or_default()
    }

    /// Returns the lower-case text right after a range; none if it ends its sentence.
    pub(super) fn after(&self, range: &Range<usize>) -> &str {
        let mut end = (range.end + AFTER).min(self.lower().len());
        while !self.lower().is_char_boundary(end) {
            end -= 1;
        }
        let after = self.lower().get(range.end..end).unwrap_or_default();
        if after.starts_with(". ") { "" } else { after }
    }

    /// Returns how far the nearest of the words stands from the range, in bytes; words after it
    /// count as twice as far. Words are in lower case and match at their start.
    pub(super) fn cue(&self, range: &Range<usize>, words: &[&str]) -> Option<usize> {
        let (before, after) = (self.before(range), self.after(range));
        let left = places(before, words).map(|(at, length)| before.len() - at - length);
        let right = places(after, words).map(|(at, _)| 2 * at + 1);
        left.chain(right).min()
    }

    /// Returns how far before the range the nearest of the words stands that says it is something
    /// else: close by, and with no other number between.
    pub(super) fn bar(&self, range: &Range<usize>, words: &[&str]) -> Option<usize> {
        const CLOSE: usize = 32;
        let before = self.before(range);
        let number = before
            .as_bytes()
            .windows(4)
            .rposition(|four| four.iter().all(u8::is_ascii_digit))
            .map_or(0, |at| at + 4);
        let near = before.get(number..).unwrap_or_default();
        let near = near.get(sentence(near)..).unwrap_or_default();
        let places = places(near, words).map(|(at, length)| near.len() - at - length);
        places.min().filter(|distance| *distance <= CLOSE)
    }

    /// Returns whether one of `words` stands nearer than every one of `others` that bars.
    pub(super) fn is_cued(&self, range: &Range<usize>, words: &[&str], others: &[&str]) -> bool {
        let other = self.bar(range, others);
        self.cue(range, words).is_some_and(|near| other.is_none_or(|far| near < far))
    }

    /// Returns whether a word of `others` bars the range, and none of `words` stands nearer.
    pub(super) fn is_barred(&self, range: &Range<usize>, words: &[&str], others: &[&str]) -> bool {
        self.bar(range, others).is_some() && !self.is_cued(range, words, others)
    }

    /// Returns how sure a number is by the nearest of the words: 0.97 beside one, less further
    /// off, and `without` where there is none.
    pub(super) fn trust(&self, range: &Range<usize>, words: &[&str], without: f32) -> f32 {
        match self.cue(range, words) {
            Some(distance) => 0.97 - 0.0015 * f32::from(u16::try_from(distance).unwrap_or(64)),
            None => without,
        }
    }
}

/// Returns where the last sentence of the text starts: after a full stop that ends a word of four
/// letters or more (`no. 7` goes on), or a blank line.
fn sentence(text: &str) -> usize {
    let stop = text.rmatch_indices(". ").find_map(|(at, _)| {
        let word = text.get(..at)?.rsplit(|c: char| !c.is_alphabetic()).next()?;
        (word.len() > 3).then_some(at + 2)
    });
    let line = text.rfind("\n\n").map(|at| at + 2);
    stop.max(line).unwrap_or(0)
}

/// Returns where words of the text start with one of the `words`: the place and the length. A short
/// one has to be all of it, or its plural.
fn places<'a>(text: &'a str, words: &'a [&str]) -> impl Iterator<Item = (usize, usize)> + 'a {
    let first = words.iter().fold(0_u32, |set, word| set | letter(word.as_bytes().first()));
    let mut joined = false;
    let starts = text.bytes().enumerate().filter(move |(_, byte)| {
        let inside = joined;
        // Beyond ASCII, what begins with these two bytes is mostly signs.
        joined = match byte {
            0..0x80 => byte.is_ascii_alphanumeric(),
            0x80..0xC0 => inside,
            _ => !matches!(byte, 0xC2 | 0xE2),
        };
        joined && !inside && letter(Some(byte)) & first != 0
    });
    starts.flat_map(move |(at, _)| {
        let rest = text.get(at..).unwrap_or_default();
        let here = words.iter().filter(move |word| starts_with_word(rest, word));
        here.map(move |word| (at, word.len()))
    })
}

/// Returns the bit of a letter; letters and other bytes that share one are told apart later.
fn letter(byte: Option<&u8>) -> u32 {
    byte.map_or(0, |byte| 1 << (byte % 32))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    if text.as_bytes().first() != word.as_bytes().first() {
        return false;
    }
    let Some(rest) = text.as_bytes().strip_prefix(word.as_bytes()) else { return false };
    if word.len() > 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return true;
    }
    let rest = text.get(text.len() - rest.len()..).unwrap_or_default();
    !rest.strip_prefix('s').unwrap_or(rest).starts_with(char::is_alphabetic)
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
}
