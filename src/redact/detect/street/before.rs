//! What stands before the number of a street: parts of the house, and its name.

use super::words::{HOUSES, LEVELS, MADE, POSITIONS, ROOMS, UNITS};
use crate::redact::detect::digits::is_edge;
use crate::redact::detect::seen::Seen;

/// Returns where the address starts whose street or number stands here: `Room 4, The Limes, 88 …`.
pub(super) fn before(seen: &Seen<'_>, at: usize) -> usize {
    const PARTS: usize = 3;
    let text = seen.text();
    let mut start = at;
    for _ in 0..PARTS {
        let Some(head) = text.get(..start) else { break };
        let line = head.strip_suffix(",\n").or_else(|| head.strip_suffix('\n'));
        let Some(kept) = head.strip_suffix(", ").or(line) else { break };
        let house = || {
            house_start(kept).map(|start| with_number(kept, start)).or_else(|| welsh_house(kept))
        };
        let found = unit_start(kept).or_else(house);
        let begins = |at: &usize| {
            let head = kept.get(..*at).unwrap_or_default();
            line.is_none()
                || head.is_empty()
                || head.ends_with(['\n', ','])
                || head.ends_with(", ")
                || head.ends_with(": ")
        };
        let Some(next) = found.filter(begins) else { break };
        start = next;
    }
    start
}

/// Returns where an address in small letters starts whose number stands here: `flat 24, `,
/// `room 5, the beeches, `, `3/2, `.
pub(in crate::redact::detect) fn before_small(text: &str, at: usize) -> usize {
    let kept = text.get(..at).and_then(|head| head.strip_suffix(", "));
    let direct = kept.and_then(unit_start);
    let through = || {
        const LONGEST: usize = 32;
        let (head, name) = kept?.rsplit_once(", ")?;
        let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '\u{2019}' | '-');
        (name.len() <= LONGEST && name.chars().all(plain)).then(|| unit_start(head)).flatten()
    };
    // The number is the flat's own, and a house with a name follows: `flat 8 keats hse, poets way`.
    let own = || text.get(..at).and_then(|head| head.strip_suffix(' ')).and_then(unit_word);
    direct.or_else(through).or_else(own).unwrap_or(at)
}

/// Returns where the word starts that names a part of a house and has its number here.
pub(super) fn unit_before(seen: &Seen<'_>, at: usize) -> Option<usize> {
    let head = seen.text().get(..at)?;
    let head = head.strip_suffix(' ').unwrap_or(head);
    let start = unit_word(head)?;
    (start < head.len()).then_some(start)
}

/// Returns where the word starts that ends the text and names a part of a house.
fn unit_word(head: &str) -> Option<usize> {
    let head = head.strip_suffix('.').unwrap_or(head);
    let start = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    let word = head.get(start..)?;
    let is = |unit: &&str| word.eq_ignore_ascii_case(unit);
    let apart = is_edge(head.as_bytes(), start);
    (apart && (UNITS.iter().any(&is) || ROOMS.iter().any(is))).then_some(start)
}

/// Returns where the part of a house starts that ends the text: `Rm 4`, `Block C`, `Plot 12a`,
/// `Flat 2/1`, `3/2`, `Ground Floor Flat`.
pub(super) fn unit_start(head: &str) -> Option<usize> {
    let cut = head.rfind([' ', '\n', '\t', ',', '(', ':', ';', '|', '"']).map_or(0, |at| at + 1);
    let number = head.get(cut..)?;
    let digit =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let halves = number.split_once('/').is_some_and(|(a, b)| digit(a) && digit(b));
    let short = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = number.bytes().all(|b| b.is_ascii_alphanumeric());
    let sound =
        short || plain && number.len() < 5 && number.starts_with(|c: char| c.is_ascii_digit());
    let unit = || unit_word(head.get(..cut)?.strip_suffix(' ')?);
    let numbered = (sound || halves).then(unit).flatten();
    numbered.or(halves.then_some(cut)).or_else(|| level_start(head))
}

/// Returns where the words start that end the text and say which floor or flat it is.
fn level_start(head: &str) -> Option<usize> {
    let (mut start, mut level) = (head.len(), false);
    loop {
        let kept = head.get(..start)?;
        let kept = if start == head.len() { kept } else { kept.strip_suffix(' ').unwrap_or("") };
        let at = kept.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        let word = kept.get(at..)?.to_ascii_lowercase();
        let known = LEVELS.contains(&word.as_str());
        if word.is_empty() || !known && !POSITIONS.contains(&word.as_str()) {
            break;
        }
        (start, level) = (at, level || known);
    }
    let the = head.get(..start).is_some_and(|head| head.ends_with("The "));
    (level && start < head.len()).then_some(if the { start - "The ".len() } else { start })
}

/// Returns where the words with capitals start that end the text and name a building.
pub(super) fn house_start(head: &str) -> Option<usize> {
    let word = |text: &str| {
        let start =
            text.rfind([' ', '\n', '\t', '(', '"', ',', ':', ';', '|']).map_or(0, |at| at + 1);
        text.get(start..)
            .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()))
            .then_some(start)
    };
    let label = |start: &usize| {
        let word = head.get(*start..).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
        ["Address", "Addr", "Home", "Property", "Lives"].contains(&word)
    };
    let mut start = word(head)?;
    let last = head.get(start..)?.to_ascii_lowercase();
    let made = last.len() > "house".len() && last.ends_with("house") && last != "warehouse";
    let the = head.get(..start).is_some_and(|head| {
        head.strip_suffix("The ").is_some_and(|h| !h.ends_with(char::is_alphanumeric))
    });
    let named = || MADE.iter().any(|end| last.ends_with(end)) && is_led(head, start);
    if !HOUSES.contains(&last.as_str()) && !made && !the {
        return named().then_some(start);
    }
    let mut words = 1;
    while words < 4 && !head.get(start..).is_some_and(|name| name.starts_with("The ")) {
        let before = head.get(..start).and_then(|head| head.strip_suffix(' '));
        let Some(next) = before.and_then(word).filter(|next| !label(next)) else { break };
        (start, words) = (next, words + 1);
    }
    (words > 1 || made).then_some(start)
}

/// Returns where a house starts that ends the text and is named in Welsh: `Ty Gwyn`, `Plas y Coed`.
pub(super) fn welsh_house(head: &str) -> Option<usize> {
    const WORDS: [&str; 6] = ["Ty", "Tŷ", "Plas", "Hen", "Tan", "Pant"];
    const LONGEST: usize = 3;
    if ends_small(head.as_bytes()) {
        return None;
    }
    let (mut at, mut named) = (head.len(), false);
    for _ in 0..=LONGEST {
        let kept = head.get(..at)?;
        let start = kept.rfind(|c: char| !c.is_alphabetic() && c != '-').map_or(0, |at| {
            at + kept.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let word = kept.get(start..)?;
        if named && WORDS.contains(&word) {
            return Some(start);
        }
        let plain = word.starts_with(char::is_uppercase) || matches!(word, "y" | "yr");
        named = true;
        at = kept.get(..start)?.strip_suffix(' ').filter(|_| plain)?.len();
    }
    None
}

/// Returns whether a word in small letters of ASCII ends the text that cannot be part of a name in
/// Welsh, or none does: most are told apart by this.
fn ends_small(head: &[u8]) -> bool {
    let start = head.iter().rposition(|b| !b.is_ascii_alphabetic() && *b != b'-');
    let word = start.map_or(Some(head), |at| head.get(at + 1..)).unwrap_or_default();
    let ascii = start.and_then(|at| head.get(at)).is_none_or(u8::is_ascii);
    ascii && !word.first().is_some_and(u8::is_ascii_uppercase) && !matches!(word, b"y" | b"yr")
}

/// Returns where a house with a name starts with the number before it: `30 Jubilee House`.
pub(super) fn with_number(head: &str, start: usize) -> usize {
    const LONGEST: usize = 3;
    let kept = head.get(..start).and_then(|head| head.strip_suffix(' ')).unwrap_or_default();
    let kept = kept.strip_suffix(',').unwrap_or(kept);
    let digits = kept.bytes().rev().take_while(u8::is_ascii_digit).count();
    let first = kept.len() - digits;
    let apart = kept
        .get(..first)
        .is_some_and(|head| head.is_empty() || head.ends_with([' ', '\n', '(', ':']));
    if (1..=LONGEST).contains(&digits) && apart { first } else { start }
}

/// Returns whether a word or sign before a house of one word says that an address follows.
fn is_led(head: &str, start: usize) -> bool {
    let before = head.get(..start).unwrap_or_default();
    let word = before.trim_end_matches(' ').rsplit([' ', '\n']).next().unwrap_or_default();
    ["at", "of", "to", "is"].contains(&word) || before.ends_with([':', '\n']) || word.ends_with(':')
}
