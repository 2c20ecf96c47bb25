//! Lines of addresses: a number, a street, and the parts that follow; post-office boxes.

use std::ops::Range;

use super::digits::{Run, is_edge, is_word};
use super::phrases::Phrases;
use super::seen::Seen;

/// Words before the number of a part of a house.
const ROOMS: [&str; 6] = ["flat", "apartment", "apt", "unit", "suite", "room"];
static SAID: Phrases = Phrases::of(&ROOMS);

/// Words that end the name of a street.
const STREETS: [&str; 65] = [
    "street",
    "st",
    "road",
    "rd",
    "lane",
    "ln",
    "avenue",
    "ave",
    "close",
    "cl",
    "drive",
    "dr",
    "way",
    "court",
    "ct",
    "place",
    "pl",
    "gardens",
    "gdns",
    "terrace",
    "crescent",
    "cres",
    "square",
    "sq",
    "hill",
    "park",
    "grove",
    "row",
    "walk",
    "mews",
    "green",
    "view",
    "rise",
    "parade",
    "boulevard",
    "quay",
    "wharf",
    "gate",
    "yard",
    "broadway",
    "bank",
    "end",
    "heights",
    "fields",
    "meadow",
    "mount",
    "approach",
    "chase",
    "garth",
    "villas",
    "buildings",
    "cottages",
    "spinney",
    "wynd",
    "brae",
    "ridge",
    "lea",
    "drove",
    "path",
    "circus",
    "croft",
    "dale",
    "vale",
    "crossing",
    "esplanade",
];
/// How streets of one word end.
const ENDINGS: [&str; 8] = ["way", "gate", "side", "croft", "mead", "hurst", "fields", "lands"];

/// Returns the lines of addresses in the text, in order.
pub(super) fn streets(seen: &Seen<'_>) -> Vec<Range<usize>> {
    let bytes = seen.bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    if seen.says(&SAID) {
        let rooms = ROOMS.iter().flat_map(|room| seen.lower().match_indices(room));
        found.extend(rooms.filter_map(|(at, room)| Some(at..after_room(seen, at, room)?)));
    }
    for run in seen.runs(1).filter(|run| is_edge(bytes, run.start)) {
        let street = || name(seen.text(), number(bytes, run.start)?);
        found.extend(street().map(|end| run.start..end).or_else(|| post_box(seen, run)));
    }
    found.sort_by_key(|range| range.start);
    let mut free = 0;
    found.retain(|range| {
        let first = range.start >= free;
        free = if first { range.end } else { free };
        first
    });
    found
}

/// Returns where an address ends that starts with a room: `Flat 3, 12 Mill Lane`, `Unit B Mill Lane`.
fn after_room(seen: &Seen<'_>, at: usize, room: &str) -> Option<usize> {
    let bytes = seen.bytes();
    let mut next = at + room.len();
    if !is_edge(bytes, at) || !is_edge(bytes, next) {
        return None;
    }
    next += usize::from(bytes.get(next) == Some(&b'.'));
    next += usize::from(bytes.get(next) == Some(&b' '));
    let number = bytes.get(next..)?;
    let length = number.iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
    let number = number.get(..length)?;
    let sound = length == 1 || number.iter().any(u8::is_ascii_digit);
    let next = (sound && length < 6).then(|| blanks(bytes, next + length)).flatten()?;
    name(seen.text(), self::number(bytes, next).unwrap_or(next))
}

/// Returns the place after a house number (`12`, `12a`, `12-14`) and the white space that follows.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = one_number(bytes, at, 5)?;
    let space = |at: usize| at + usize::from(bytes.get(at) == Some(&b' '));
    let sign = space(end);
    if matches!(bytes.get(sign), Some(b'-' | b'/')) {
        end = one_number(bytes, space(sign + 1), 4).unwrap_or(end);
    }
    blanks(bytes, end)
}

/// Returns the end of up to `most` digits and a letter that may follow.
fn one_number(bytes: &[u8], at: usize, most: usize) -> Option<usize> {
    let digits = bytes.get(at..)?.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
    let end = (1..=most).contains(&digits).then_some(at + digits)?;
    Some(end + usize::from(bytes.get(end).is_some_and(u8::is_ascii_alphabetic)))
}

/// Returns the place after a comma perhaps, and white space.
fn blanks(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(bytes.get(at) == Some(&b','));
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let count = bytes.get(start..)?.iter().take_while(blank).count();
    (count > 0).then_some(start + count)
}

/// Returns where a street and the parts after it end: up to four words with capitals, then one that
/// ends streets; or one word that is made like a street.
fn name(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.get(at).filter(|b| b.is_ascii_uppercase())?;
    let (mut next, mut end) = (at, None);
    for _ in 0..=4 {
        let word = word(bytes, next);
        let is_street = |street: &&str| word.eq_ignore_ascii_case(street.as_bytes());
        if STREETS.iter().any(is_street) {
            end = Some(next + word.len());
        }
        let Some(beyond) = capital(text, next, true) else { break };
        let blank = |b: &&u8| matches!(b, b' ' | b'\t');
        let count = bytes.get(beyond..)?.iter().take_while(blank).count();
        if count == 0 {
            break;
        }
        next = beyond + count;
    }
    let end = end.or_else(|| {
        let word = word(bytes, at);
        let lower = word.iter().skip(1).all(u8::is_ascii_lowercase);
        let made = ENDINGS.iter().any(|e| word.ends_with(e.as_bytes()) && word.len() > e.len() + 1);
        (lower && made).then_some(at + word.len())
    })?;
    Some(parts(text, end))
}

/// Returns the letters, digits and underscores of ASCII that stand together here.
fn word(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take_while(|b| is_word(**b)).count();
    rest.get(..length).unwrap_or_default()
}

/// Returns the end of a word with a capital.
fn capital(text: &str, at: usize, dotted: bool) -> Option<usize> {
    let rest = text.get(at..).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '\'' | '-' | 'À'..='\u{24F}')
            || dotted && c == '.'
    };
    Some(at + rest.find(|c| !part(c)).unwrap_or(rest.len()))
}

/// Returns where the parts of an address after its street end: up to four, each after a comma, of
/// up to three words with capitals.
fn parts(text: &str, street: usize) -> usize {
    let mut end = street;
    for _ in 0..4 {
        let Some(rest) = text.get(end..) else { break };
        let Some(rest) = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(',') else { break };
        let rest = rest.trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix('\n').unwrap_or(rest).trim_start_matches([' ', '\t']);
        let Some(mut next) = capital(text, text.len() - rest.len(), false) else { break };
        for _ in 0..2 {
            let spaced = text.as_bytes().get(next) == Some(&b' ');
            next = spaced.then(|| capital(text, next + 1, false)).flatten().unwrap_or(next);
        }
        let written = text.get(end..next).unwrap_or_default();
        end += written.trim_end_matches(['\'', '-']).len();
    }
    end
}

/// Returns where `PO Box 12` stands, by its digits.
fn post_box(seen: &Seen<'_>, run: &Run) -> Option<Range<usize>> {
    let head = seen.lower().get(..run.start)?.strip_suffix(" ")?.strip_suffix("box")?;
    let head = head.strip_suffix(' ')?;
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('o')?;
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('p')?;
    let sound =
        run.len() <= 6 && is_edge(seen.bytes(), head.len()) && is_edge(seen.bytes(), run.end);
    sound.then_some(head.len()..run.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_as_far_as_its_parts() {
        for (text, line) in [
            ("at 12 High Street, Luton, Beds and", "12 High Street, Luton, Beds"),
            ("Flat 3, 12-14a Upper Brook Street Close.", "Flat 3, 12-14a Upper Brook Street Close"),
            ("Unit B Mill Lane", "Unit B Mill Lane"),
            ("of 4 Ridgeway,\nOld Town", "4 Ridgeway,\nOld Town"),
            ("write to P.O. Box 417, Luton", "P.O. Box 417"),
        ] {
            let found: Vec<&str> = {
                let seen = Seen::new(text);
                streets(&seen).into_iter().map(|range| text.get(range).unwrap()).collect()
            };
            assert_eq!(found, [line], "{text}");
        }
    }

    #[test]
    fn what_is_no_street_is_none() {
        for text in [
            "5 court cases",
            "12 May Street",
            "room for improvement",
            "3 Apples",
            "123456 High Street",
        ] {
            let seen = Seen::new(text);
            let found = streets(&seen);
            assert!(text.contains("May") != found.is_empty(), "{text}");
        }
    }
}
