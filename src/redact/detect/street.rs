//! Lines of addresses: a number, a street, and the parts that follow; post-office boxes.

mod before;
mod name;
mod words;

use std::ops::Range;

use memchr::memchr_iter;
use memchr::memmem::find_iter;

use self::before::{before, house_start, unit_before, welsh_house, with_number};
use self::name::{
    blanks, building, capital, in_small_letters, name, number, part, parts, street_end,
};
pub(super) use self::words::ROOMS;
use self::words::{HOUSES, MADE, NO_ROOMS, POSTS, STREETS, SURE};
use super::digits::{Run, is_edge};
use super::person::{is_person, is_town};
use super::phrases::Asked;
use super::seen::Seen;

pub(super) use self::before::before_small;

/// How the names of houses end that say so without a number or a room.
const ENDS: [&str; 13] = [
    "house", "cottage", "farm", "lodge", "barn", "forge", "rectory", "vicarage", "villa",
    "bungalow", "manor", "grange", "mill",
];

/// The last two letters of `ENDS` and `MADE`: a bit for the first of them, by the second.
static TAILS: [u32; 32] = tails(tails([0; 32], &ENDS), &MADE);

#[allow(clippy::indexing_slicing, reason = "the compiler runs it, and checks the bounds")]
const fn tails(mut all: [u32; 32], words: &[&str]) -> [u32; 32] {
    let mut at = 0;
    while at < words.len() {
        let word = words[at].as_bytes();
        let (first, last) = (word[word.len() - 2], word[word.len() - 1]);
        all[last as usize % 32] |= 1 << (first % 32);
        at += 1;
    }
    all
}

/// Returns whether the text may end with one of `ENDS` or `MADE`; most do not.
fn has_tail(text: &str) -> bool {
    let [.., first, last] = text.as_bytes() else { return false };
    TAILS.get(usize::from(last % 32)).is_some_and(|bits| bits >> (first % 32) & 1 == 1)
}

/// Returns whether the word ends the name of a street or building.
pub(super) fn is_street(word: &str) -> bool {
    let word = word.trim_matches('.').to_ascii_lowercase();
    STREETS.contains(&word.as_str()) || HOUSES.contains(&word.as_str())
}

/// Returns the lines of addresses in the text, in order.
pub(super) fn streets(seen: &Seen<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if seen.says(Asked::Rooms) {
        let lower = seen.lower().as_bytes();
        let places = |room: &'static str| find_iter(lower, room).map(move |at| (at, room));
        found.extend(ROOMS.into_iter().flat_map(places).filter_map(|(at, room)| {
            let end = after_room(seen, at, room)?;
            Some(before(seen, at)..end)
        }));
    }
    let commas = memchr_iter(b',', seen.bytes());
    let parts = commas.filter(|at| seen.bytes().get(at + 1) == Some(&b' '));
    found.extend(parts.filter_map(|at| named_house(seen, at)));
    found.extend(told(seen));
    found.extend(seen.runs(1).filter_map(|run| numbered(seen, run)));
    found.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut free = 0;
    found.retain(|range| {
        let first = range.start >= free;
        free = if first { range.end } else { free };
        first
    });
    found
}

/// Returns the line of an address in which a number stands.
fn numbered(seen: &Seen<'_>, run: &Run) -> Option<Range<usize>> {
    let (bytes, text) = (seen.bytes(), seen.text());
    let joined = run.start.checked_sub(1).and_then(|at| bytes.get(at));
    if !is_edge(bytes, run.start)
        || joined.is_some_and(|b| matches!(b, b':' | b'/' | b'.' | b'#' | b'-'))
    {
        return None;
    }
    let head = seen.lower().get(..run.start)?;
    if is_year(head, seen.slice(run.start..run.end)) {
        return None;
    }
    if POSTS.iter().any(|post| head.ends_with(post)) {
        return None;
    }
    if let Some(whole) = post_box(seen, run) {
        return Some(whole);
    }
    let after = number(bytes, run.start);
    let comma =
        after.is_some_and(|next| text.get(run.start..next).is_some_and(|n| n.contains(',')));
    let unit = unit_before(seen, run.start).filter(|_| comma);
    if unit.is_some_and(|start| is_no_home(seen, start)) {
        return None;
    }
    let after = after.filter(|next| !is_month(text, *next));
    if let Some(end) = after.and_then(|next| name(text, next)) {
        return Some(before(seen, unit.unwrap_or(run.start))..end);
    }
    let unit = unit.and_then(|start| Some(before(seen, start)..beyond(seen, after?)?));
    unit.or_else(|| {
        let end = in_small_letters(seen, run.start, after?)?;
        Some(before_small(seen.text(), run.start)..end)
    })
}

/// Returns whether the digits are the year of a date: `15 October 2024`.
fn is_year(head: &str, digits: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    const LONGEST: usize = 16;
    let mut from = head.len().saturating_sub(LONGEST);
    while !head.is_char_boundary(from) {
        from += 1;
    }
    let near = head.get(from..).filter(|_| year).unwrap_or_default();
    let word = near.trim_end_matches([' ', ',', '.']).rsplit([' ', '-', '\n']).next();
    year && word.is_some_and(|word| MONTHS.iter().any(|month| word.starts_with(month)))
}

/// Returns whether a month stands here: `11 June. Baker Street …`.
fn is_month(text: &str, at: usize) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let rest = text.get(at..).unwrap_or_default();
    MONTHS
        .iter()
        .any(|month| rest.strip_prefix(month).is_some_and(|next| next.starts_with(['.', ','])))
}

/// Returns where an address ends that starts with a room: `Flat 3, 12 Mill Lane`, `Unit B Mill Lane`.
fn after_room(seen: &Seen<'_>, at: usize, room: &str) -> Option<usize> {
    let bytes = seen.bytes();
    let mut next = at + room.len();
    if !is_edge(bytes, at) || !is_edge(bytes, next) || is_no_home(seen, at) {
        return None;
    }
    next += usize::from(bytes.get(next) == Some(&b'.'));
    next += usize::from(bytes.get(next) == Some(&b' '));
    let number = bytes.get(next..)?;
    let part = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'/';
    let length = number.iter().take(6).take_while(part).count();
    let number = number.get(..length)?;
    let sound = length == 1 || number.iter().any(u8::is_ascii_digit);
    let next = (sound && length < 6).then(|| blanks(bytes, next + length)).flatten()?;
    beyond(seen, next)
}

/// Returns whether a word before a room says that nobody lives there: `meeting room`.
fn is_no_home(seen: &Seen<'_>, at: usize) -> bool {
    let head = seen.lower().get(..at).unwrap_or_default().trim_end();
    let word = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    NO_ROOMS.contains(&word)
}

/// Returns where an address ends that goes on here after a part of a house: with a street, perhaps
/// after its number or up to two names of buildings, or with a building and a town.
fn beyond(seen: &Seen<'_>, at: usize) -> Option<usize> {
    let (bytes, text) = (seen.bytes(), seen.text());
    let mut next = at;
    for names in 0..3 {
        if names > 0 {
            let end = part(text, next)?;
            bytes.get(end).filter(|b| matches!(b, b',' | b'\n'))?;
            next = blanks(bytes, end)?;
        }
        let street = number(bytes, next).unwrap_or(next);
        if let Some(end) = name(text, street) {
            return Some(end);
        }
        if names == 0
            && let Some(building) = building(text, next)
        {
            let whole = parts(text, building);
            let rest = text.get(building..).unwrap_or_default();
            let ends = rest.is_empty()
                || rest.starts_with(['\n', '|', '"', ';'])
                || rest.starts_with(" |");
            if whole > building || ends {
                return Some(whole);
            }
        }
    }
    None
}

/// Returns the line of an address that has neither number nor postcode, by its first comma: a house
/// with a name, then a street: `Rose Cottage, Mill Lane`.
fn named_house(seen: &Seen<'_>, comma: usize) -> Option<Range<usize>> {
    let text = seen.text();
    let head = seen.lower().get(..comma)?;
    let the = is_the_house(head);
    let told = has_tail(head);
    let known = the || told && ENDS.iter().any(|end| head.ends_with(end));
    let made = told && MADE.iter().any(|end| head.ends_with(end));
    let kept = text.get(..comma)?;
    let welsh = welsh_house(kept);
    (known || made || welsh.is_some()).then_some(())?;
    let start = house_start(kept).filter(|_| known);
    let start = start.or(welsh).or_else(|| made_start(kept).filter(|_| made))?;
    let start = with_number(kept, start);
    let next = comma + 2;
    let end = street_end(text, next)?;
    let last = text.get(next..end)?.rsplit_once(' ')?.1.to_ascii_lowercase();
    let whole = parts(text, end);
    let towns = text.get(end..whole)?.split([',', ' ']);
    let many = text.get(end..whole)?.matches(',').count() > 1;
    let sound = the && whole > end
        || SURE.contains(&last.as_str())
        || many
        || towns.into_iter().any(is_town);
    sound.then_some(start..whole)
}

/// Returns whether `the` and a word of buildings, perhaps another between, end the text: `The Old
/// Rectory`.
fn is_the_house(head: &str) -> bool {
    let edge = |byte: &u8| matches!(byte, b' ' | b'\n' | b'(' | b':');
    let mut words = head.as_bytes().rsplit(edge);
    let Some(last) = words.next() else { return false };
    words.take(2).any(|word| word == b"the") && HOUSES.iter().any(|house| house.as_bytes() == last)
}

/// Returns where the one word starts that ends the text and is made like the name of a house.
fn made_start(head: &str) -> Option<usize> {
    const SHORTEST: usize = 7;
    let start = head.rfind([' ', '\n', '"', ',', ':', '(']).map_or(0, |at| at + 1);
    let word = head.get(start..)?;
    let small = word.get(1..)?.bytes().all(|b| b.is_ascii_lowercase());
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    (capital && small && word.len() >= SHORTEST).then_some(start)
}

/// Returns the addresses that are said to be some and have no number: names of places with commas
/// between, a street or a town among them.
fn told<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let (text, lower) = (seen.text(), seen.lower());
    find_iter(lower.as_bytes(), "addr").filter_map(move |at| {
        let head = lower.get(..at)?.trim_end_matches([' ', '-']);
        let other = ["mail", "ip", "mac", "web", "url"].iter().any(|word| head.ends_with(word));
        let start = after_label(text, at).filter(|_| !other)?;
        let first = part(text, start)?;
        let end = parts(text, first);
        let written = text.get(start..end)?;
        let words = || written.split([',', ' ', '\n']).filter(|word| !word.is_empty());
        let many = written.matches([',', '\n']).count() > 1;
        let placed = many || words().any(is_town) || words().skip(1).any(is_street);
        let sound = end > first && placed && !is_person(text.get(start..first)?);
        sound.then_some(start..end)
    })
}

/// Returns where what a label names starts: `Address per licence: `, `address is `.
fn after_label(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 28;
    let line = text.get(at..)?.split('\n').next()?;
    let signs = [":", " - ", " is "].into_iter().filter_map(|sign| {
        let found = line.find(sign)?;
        (found <= LONGEST).then_some(found + sign.len())
    });
    let rest = line.get(signs.min()?..)?.trim_start_matches([' ', '"']);
    let start = at + line.len() - rest.len();
    capital(text, start, false).map(|_| start)
}

/// Returns where `PO Box 12` stands, by its digits.
fn post_box(seen: &Seen<'_>, run: &Run) -> Option<Range<usize>> {
    let head = seen.lower().get(..run.start)?.strip_suffix(" ")?.strip_suffix("box")?;
    let head = head.strip_suffix(' ')?;
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('o')?;
    let head = head.strip_suffix(' ').unwrap_or(head);
    let head = head.strip_suffix('.').unwrap_or(head).strip_suffix('p')?;
    let sound =
        run.len() <= 6 && is_edge(seen.bytes(), head.len()) && is_edge(seen.bytes(), run.end);
    sound.then(|| head.len()..parts(seen.text(), run.end))
}

#[cfg(test)]
mod tests;
