//! Lines of addresses: a number, a street, and the parts that follow; post-office boxes.

use std::ops::Range;

use super::digits::{Run, is_edge, is_word};
use super::phrases::Phrases;
use super::seen::Seen;

/// Words before the number of a part of a house.
const ROOMS: [&str; 6] = ["flat", "apartment", "apt", "unit", "suite", "room"];
static SAID: Phrases = Phrases::of(&ROOMS);

/// Those that stand before a street with its number, and its number after them: `Rm 4, 64 Castle St`.
const UNITS: [&str; 8] = ["rm", "room", "block", "plot", "floor", "pitch", "bedsit", "no"];

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
/// Those of them that end little else.
const SURE: [&str; 17] = [
    "street", "st", "road", "rd", "lane", "ln", "avenue", "ave", "close", "drive", "terrace",
    "crescent", "mews", "row", "gardens", "way", "hill",
];

/// Words that end the name of a building.
const HOUSES: [&str; 32] = [
    "flat",
    "annexe",
    "annex",
    "house",
    "cottage",
    "cottages",
    "farm",
    "farmhouse",
    "lodge",
    "barn",
    "barns",
    "forge",
    "rectory",
    "vicarage",
    "villa",
    "bungalow",
    "manor",
    "mill",
    "hall",
    "grange",
    "tower",
    "towers",
    "mansions",
    "apartments",
    "point",
    "heights",
    "building",
    "buildings",
    "chambers",
    "court",
    "studios",
    "works",
];
/// Those that say so without a number or a room: with a comma and a space, as they are looked for.
static HOUSE_SAID: Phrases = Phrases::of(&[
    "house, ",
    "cottage, ",
    "farm, ",
    "farmhouse, ",
    "lodge, ",
    "barn, ",
    "forge, ",
    "rectory, ",
    "vicarage, ",
    "villa, ",
    "bungalow, ",
    "manor, ",
    "grange, ",
    "mill, ",
]);

/// How streets of one word end.
const ENDINGS: [&str; 8] = ["way", "gate", "side", "croft", "mead", "hurst", "fields", "lands"];

/// Returns whether the word ends the name of a street or building.
pub(super) fn is_street(word: &str) -> bool {
    let word = word.trim_matches('.').to_ascii_lowercase();
    STREETS.contains(&word.as_str()) || HOUSES.contains(&word.as_str())
}

/// Returns the lines of addresses in the text, in order.
pub(super) fn streets(seen: &Seen<'_>) -> Vec<Range<usize>> {
    let bytes = seen.bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    if seen.says(&SAID) {
        let rooms = ROOMS.iter().flat_map(|room| seen.lower().match_indices(room));
        found.extend(rooms.filter_map(|(at, room)| Some(at..after_room(seen, at, room)?)));
    }
    if seen.says(&HOUSE_SAID) {
        found.extend(seen.text().match_indices(", ").filter_map(|(at, _)| named_house(seen, at)));
    }
    for run in seen.runs(1).filter(|run| is_edge(bytes, run.start)) {
        let joined = run.start.checked_sub(1).and_then(|at| bytes.get(at));
        if joined.is_some_and(|b| matches!(b, b':' | b'/' | b'.' | b'#')) {
            continue;
        }
        let street = || name(seen.text(), number(bytes, run.start)?);
        let start = || building_before(seen, run.start).unwrap_or(run.start);
        found.extend(street().map(|end| start()..end).or_else(|| post_box(seen, run)));
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
    let next = self::number(bytes, next).unwrap_or(next);
    name(seen.text(), next).or_else(|| {
        let building = building(seen.text(), next)?;
        let whole = parts(seen.text(), building);
        (whole > building).then_some(whole)
    })
}

/// Returns where the name of a building ends that starts here: up to four words with capitals, the
/// last of which says what it is.
fn building(text: &str, at: usize) -> Option<usize> {
    let mut next = at;
    for _ in 0..4 {
        let end = capital(text, next, false)?;
        let word = text.get(next..end)?.to_ascii_lowercase();
        if HOUSES.contains(&word.as_str()) && next > at {
            return Some(end);
        }
        next = (text.as_bytes().get(end) == Some(&b' ')).then_some(end + 1)?;
    }
    None
}

/// Returns where the name of a building starts that ends, with a comma, before this byte:
/// `The Old Forge, 3 Mill Lane`.
fn building_before(seen: &Seen<'_>, at: usize) -> Option<usize> {
    let head = seen.text().get(..at)?.strip_suffix(", ")?;
    house_start(head).or_else(|| unit_start(head))
}

/// Returns where the part of a house starts that ends the text: `Rm 4`, `Block C`, `Plot 12a`.
fn unit_start(head: &str) -> Option<usize> {
    let (rest, number) = head.rsplit_once(' ')?;
    let short = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_uppercase());
    let sound = short || number.len() < 5 && number.starts_with(|c: char| c.is_ascii_digit());
    let start = rest.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let unit = rest.get(start..)?.to_ascii_lowercase();
    (sound && UNITS.contains(&unit.as_str())).then_some(start)
}

/// Returns where the words with capitals start that end the text and name a building.
fn house_start(head: &str) -> Option<usize> {
    let word = |text: &str| {
        let start = text.rfind([' ', '\n', '\t', '(', '"', ',', ':']).map_or(0, |at| at + 1);
        text.get(start..)
            .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()))
            .then_some(start)
    };
    let mut start = word(head)?;
    let last = head.get(start..)?.to_ascii_lowercase();
    let made = last.len() > "house".len() && last.ends_with("house") && last != "warehouse";
    if !HOUSES.contains(&last.as_str()) && !made {
        return None;
    }
    let mut words = 1;
    while words < 4 {
        let before = head.get(..start).and_then(|head| head.strip_suffix(' '));
        let Some(next) = before.and_then(word) else { break };
        (start, words) = (next, words + 1);
    }
    (words > 1 || made).then_some(start)
}

/// Returns the line of an address that has neither number nor postcode, by its first comma: a house
/// with a name, then a street: `Rose Cottage, Mill Lane`.
fn named_house(seen: &Seen<'_>, comma: usize) -> Option<Range<usize>> {
    let text = seen.text();
    let start = house_start(text.get(..comma)?)?;
    let next = comma + 2;
    let end = street_end(text, next)?;
    let last = text.get(next..end)?.rsplit_once(' ')?.1.to_ascii_lowercase();
    SURE.contains(&last.as_str()).then_some(())?;
    Some(start..parts(text, end))
}

/// Returns the place after a house number (`12`, `12a`, `12-14`) and the space that follows.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = one_number(bytes, at, 5)?;
    let space = |at: usize| at + usize::from(bytes.get(at) == Some(&b' '));
    let sign = space(end);
    if matches!(bytes.get(sign), Some(b'-' | b'/')) {
        end = one_number(bytes, space(sign + 1), 4).unwrap_or(end);
    }
    let line = |next: &usize| !bytes.get(end..*next).is_some_and(|gap| gap.contains(&b'\n'));
    blanks(bytes, end).filter(line)
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

/// Returns where a street and the parts after it end.
fn name(text: &str, at: usize) -> Option<usize> {
    Some(parts(text, street_end(text, at)?))
}

/// Returns where a street ends: up to four words with capitals, then one that ends streets; or one
/// word that is made like a street.
fn street_end(text: &str, at: usize) -> Option<usize> {
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
    end.or_else(|| {
        let word = word(bytes, at);
        let lower = word.iter().skip(1).all(u8::is_ascii_lowercase);
        let made = ENDINGS.iter().any(|e| word.ends_with(e.as_bytes()) && word.len() > e.len() + 1);
        (lower && made).then_some(at + word.len())
    })
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
/// up to four words with capitals, small words between them; or a street with its number.
fn parts(text: &str, street: usize) -> usize {
    let mut end = street;
    for _ in 0..4 {
        let Some(rest) = text.get(end..) else { break };
        let Some(rest) = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(',') else { break };
        let rest = rest.trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix('\n').unwrap_or(rest).trim_start_matches([' ', '\t']);
        let start = text.len() - rest.len();
        let numbered = || street_end(text, number(text.as_bytes(), start)?);
        let Some(next) = part(text, start).or_else(numbered) else { break };
        let written = text.get(end..next).unwrap_or_default();
        end += written.trim_end_matches(['\'', '-']).len();
    }
    end
}

/// Returns where a part of an address ends: `Newcastle upon Tyne`.
fn part(text: &str, at: usize) -> Option<usize> {
    const SMALL: [&str; 10] =
        ["upon ", "on ", "le ", "la ", "by ", "in ", "under ", "the ", "of ", "with "];
    let mut next = capital(text, at, false)?;
    for _ in 0..3 {
        let Some(rest) = text.get(next..).and_then(|rest| rest.strip_prefix(' ')) else { break };
        let mut bare = rest;
        while let Some(beyond) = SMALL.iter().find_map(|small| bare.strip_prefix(small)) {
            bare = beyond;
        }
        let small = rest.len() - bare.len();
        let Some(end) = capital(text, text.len() - bare.len(), false) else { break };
        if small > "under the ".len()
            || small > 0 && text.get(end..).is_some_and(|r| r.starts_with(' ')) && next > at + 24
        {
            break;
        }
        next = end;
    }
    Some(next)
}

/// Returns where `PO Box 12` stands, by its digits.
fn post_box(seen: &Seen<'_>, run: &Run) -> Option<Range<usize>> {
    let head = seen.lower().get(..run.start)?.strip_suffix(" ")?.strip_suffix("box")?;
    let head = head.strip_suffix(' ')?;
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('o')?;
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('p')?;
    let sound =
        run.len() <= 6 && is_edge(seen.bytes(), head.len()) && is_edge(seen.bytes(), run.end);
    sound.then(|| head.len()..parts(seen.text(), run.end))
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
            ("write to P.O. Box 417, Luton", "P.O. Box 417, Luton"),
            ("to Rose Cottage, Mill Lane, Flitwick.", "Rose Cottage, Mill Lane, Flitwick"),
            ("at Flat 9, Windsor Court, 61 Dallow Road", "Flat 9, Windsor Court, 61 Dallow Road"),
            ("Bute House, 41 Bute Street, Luton", "Bute House, 41 Bute Street, Luton"),
            ("2 Quay, Newcastle upon Tyne", "2 Quay, Newcastle upon Tyne"),
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
