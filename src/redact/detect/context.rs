//! The words around a place in a text: those that say what a number is, and those that say that it
//! is something else.

use std::ops::Range;

use super::seen::Seen;

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
        let mut start = range.start.saturating_sub(BEFORE);
        while !self.lower().is_char_boundary(start) {
            start += 1;
        }
        self.lower().get(start..range.start).unwrap_or_default()
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
    pub(super) fn cue(&self, range: &Range<usize>, words: &[&str]) -> Option<usize> {
        let (before, after) = (self.before(range), self.after(range));
        let left = places(before, words)
            .filter(|(at, length)| !is_spent(before.get(at + length..).unwrap_or_default()))
            .map(|(at, length)| before.len() - at - length);
        let right = places(after, words).map(|(at, _)| 2 * at + 1);
        let nearest = left.chain(right).min();
        match nearest {
            Some(distance) if distance <= HEADED => nearest,
            _ => nearest.into_iter().chain(self.is_headed(range, words).then_some(HEADED)).min(),
        }
    }

    /// Returns whether the range stands in a column whose heading has one of the words.
    fn is_headed(&self, range: &Range<usize>, words: &[&str]) -> bool {
        let mut headings = self.headings(range.start).into_iter();
        headings.any(|heading| places(heading, words).next().is_some())
    }

    /// Returns whether the text around speaks of one of the things: further off than what names a
    /// number, or at the beginning of the text.
    pub(super) fn speaks(&self, range: &Range<usize>, words: &[&str]) -> bool {
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
        [0..place(OPENING), around]
            .into_iter()
            .any(|part| places(lower.get(part).unwrap_or_default(), words).next().is_some())
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
        let headed = || self.is_headed(range, words).then_some(HEADED);
        places.min().filter(|distance| *distance <= CLOSE).or_else(headed)
    }

    /// Returns whether one of the words stands before the range in the same part of its sentence: with
    /// no comma, bracket or line between.
    pub(super) fn is_said_here(&self, range: &Range<usize>, words: &[&str]) -> bool {
        let before = self.before(range);
        let start = before.rfind([',', ';', '(', '\n']).map_or(0, |at| at + 1);
        let near = before.get(start..).unwrap_or_default();
        places(near.get(sentence(near)..).unwrap_or_default(), words).next().is_some()
    }

    /// Returns whether one of `words` stands as near as every one of `others` that bars.
    pub(super) fn is_cued(&self, range: &Range<usize>, words: &[&str], others: &[&str]) -> bool {
        let other = self.bar(range, others);
        self.cue(range, words).is_some_and(|near| other.is_none_or(|far| near <= far))
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

/// Returns whether a number ended the line or sentence in which a word stands: what comes after this
/// text is another.
fn is_spent(text: &str) -> bool {
    const DIGITS: usize = 5;
    let end = text.rfind('\n').max(text.rfind(". "));
    let line = end.and_then(|end| text.get(..end)).unwrap_or_default();
    line.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
}

/// Returns where the last sentence of the text starts: after a full stop that ends a word of four
/// letters or more (`no. 7` goes on), a question mark, or the end of a line that is no heading.
fn sentence(text: &str) -> usize {
    let stop = text.rmatch_indices(". ").find_map(|(at, _)| {
        let word = text.get(..at)?.rsplit(|c: char| !c.is_alphabetic()).next()?;
        (word.len() > 3).then_some(at + 2)
    });
    let asked = text.rfind("? ").max(text.rfind("! ")).map(|at| at + 2);
    let line =
        text.rfind('\n').filter(|at| !text.get(..*at).is_some_and(is_heading)).map(|at| at + 1);
    stop.max(asked).max(line).unwrap_or(0)
}

/// Returns whether a line announces what stands below it.
fn is_heading(text: &str) -> bool {
    text.trim_end().ends_with([':', '-'])
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
        let here = words.iter().filter_map(move |word| length_of(rest, word));
        here.map(move |length| (at, length))
    })
}

/// Returns the bit of a letter; letters and other bytes that share one are told apart later.
fn letter(byte: Option<&u8>) -> u32 {
    byte.map_or(0, |byte| 1 << (byte % 32))
}

/// Returns how much of the text reads like the word, if it starts with it.
fn length_of(text: &str, word: &str) -> Option<usize> {
    if text.as_bytes().first() != word.as_bytes().first() {
        return None;
    }
    let length = length_read(text.as_bytes(), word.as_bytes())?;
    if word.len() > 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Some(length);
    }
    let rest = text.get(length..)?;
    let ends = !rest.strip_prefix('s').unwrap_or(rest).starts_with(char::is_alphabetic);
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
