//! Numbers of houses, names of streets, and the parts of an address after them.

use super::words::{ENDINGS, HOUSES, STREETS, SURE, WELSH};
use crate::redact::detect::digits::is_word;
use crate::redact::detect::person::{is_person, is_town};
use crate::redact::detect::seen::Seen;

/// Returns where the name of a building ends that starts here: up to four words with capitals, the
/// last of which says what it is.
pub(super) fn building(text: &str, at: usize) -> Option<usize> {
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

/// Returns the place after a house number (`12`, `12a`, `12-14`) and the space that follows.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<usize> {
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
pub(super) fn blanks(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(bytes.get(at) == Some(&b','));
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let count = bytes.get(start..)?.iter().take_while(blank).count();
    (count > 0).then_some(start + count)
}

/// Returns where a street and the parts after it end.
pub(super) fn name(text: &str, at: usize) -> Option<usize> {
    Some(parts(text, street_end(text, at)?))
}

/// Returns where a street ends: up to four words with capitals, then one that ends streets; or one
/// word that is made like a street.
pub(super) fn street_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.get(at).filter(|b| b.is_ascii_uppercase())?;
    if let Some(end) = welsh_end(text, at).or_else(|| with_article(text, at)) {
        return Some(end);
    }
    let (mut next, mut end, mut joined) = (at, None, false);
    for _ in 0..=4 {
        let word = word(bytes, next);
        let is_street = |street: &&str| word.eq_ignore_ascii_case(street.as_bytes());
        let large = word.first().is_some_and(u8::is_ascii_uppercase);
        let ends = if large && !joined {
            STREETS.iter().any(&is_street)
        } else {
            SURE.iter().any(is_street)
        };
        if ends && (next > at || is_alone(text, at, word)) {
            end = Some(next + word.len());
        }
        let Some(beyond) = capital(text, next, true) else { break };
        let stop = beyond - next > "Gdns.".len() && bytes.get(beyond - 1) == Some(&b'.');
        let blank = |b: &&u8| matches!(b, b' ' | b'\t');
        let count = bytes.get(beyond..)?.iter().take_while(blank).count();
        if count == 0 || stop {
            break;
        }
        next = beyond + count;
        let small = ["of the ", "of "]
            .into_iter()
            .find(|s| text.get(next..).is_some_and(|r| r.starts_with(s)));
        joined |= small.is_some();
        next += small.map_or(0, str::len);
    }
    end.map(|end| with_direction(text, end)).or_else(|| one_word(text, at))
}

/// Returns where a street ends whose first word says that it is one, in Welsh or as abroad:
/// `Heol y Bryn`, `Rue des Lilas`.
fn welsh_end(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 3;
    const SMALL: [&str; 12] =
        ["y ", "yr ", "ar ", "uchaf", "isaf", "des ", "de ", "du ", "la ", "del ", "della ", "do "];
    let rest = text.get(at..)?;
    let first = WELSH.into_iter().find(|word| {
        let head = rest.get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word))
            && rest.get(word.len()..).is_some_and(|rest| rest.starts_with(' '))
    })?;
    let (mut end, mut named) = (at + first.len(), false);
    for _ in 0..LONGEST {
        let Some(word) = text.get(end..).and_then(|rest| rest.strip_prefix(' ')) else { break };
        let small = SMALL.into_iter().find(|small| word.starts_with(small));
        match (small, capital(text, end + 1, false)) {
            (Some(small), _) => end += 1 + small.trim_end().len(),
            (None, Some(next)) => (end, named) = (next, true),
            (None, None) => break,
        }
    }
    named.then_some(end)
}

/// Returns where a street ends whose name is an article and a word of buildings: `The Paddocks`.
fn with_article(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix("The ")?;
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..end)?.to_ascii_lowercase();
    let known = HOUSES.contains(&word.as_str()) || STREETS.contains(&word.as_str());
    let before = text.get(..at)?.trim_end();
    let numbered = before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && before.rsplit([' ', '\n', ',']).next()?.starts_with(|c: char| c.is_ascii_digit());
    (known && numbered).then_some(at + "The ".len() + end)
}

/// Returns whether a word alone is a street: the `Broadway` or `Quay`, with nothing after it but a
/// part of an address.
fn is_alone(text: &str, at: usize, word: &[u8]) -> bool {
    const LONGEST_SHORT: usize = 4;
    let rest = text.get(at + word.len()..).unwrap_or_default();
    let ends = rest.is_empty() || rest.starts_with(['\n', ',', '.', ';', '|']);
    let before = text.get(..at).unwrap_or_default();
    let direct =
        before.strip_suffix(' ').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_alphanumeric()));
    let street = !word.eq_ignore_ascii_case(b"bank") && !word.eq_ignore_ascii_case(b"end");
    ends && direct && street && word.len() >= LONGEST_SHORT
}

/// Returns where a street of one word ends that is made like one: `Ridgeway`.
fn one_word(text: &str, at: usize) -> Option<usize> {
    const NUMBER: usize = 5;
    let word = word(text.as_bytes(), at);
    let lower = word.iter().skip(1).all(u8::is_ascii_lowercase);
    let made = ENDINGS.iter().any(|e| word.ends_with(e.as_bytes()) && word.len() > e.len() + 1);
    let end = at + word.len();
    let next = text.get(end..)?.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let alone = !next.starts_with(|c: char| c.is_ascii_uppercase()) || is_town(next);
    let before = text.get(..at)?.trim_end_matches([' ', ',', '\n']);
    let long = before.bytes().rev().take_while(u8::is_ascii_digit).count() >= NUMBER;
    (lower && made && alone && !long).then_some(end)
}

/// Returns where a street ends after the direction that may follow: `Turners Road North`.
fn with_direction(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let found = [" North", " South", " East", " West"].into_iter().find(|way| {
        rest.strip_prefix(way).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    end + found.map_or(0, str::len)
}

/// Returns where an address in small letters ends whose number stands at `at` and whose street would
/// start at `next`, if the words before say that it is one: `lives at 12 high street, luton`.
pub(super) fn in_small_letters(seen: &Seen<'_>, at: usize, next: usize) -> Option<usize> {
    const LED: [&str; 13] = [
        "at ",
        "to ",
        "from ",
        "of ",
        "in ",
        "address ",
        "address: ",
        "addr ",
        "addr: ",
        "lives ",
        "living ",
        "lives: ",
        "home: ",
    ];
    const SMALL: [&str; 12] =
        ["of", "the", "and", "by", "per", "on", "in", "to", "for", "down", "different", "more"];
    const WORDS: usize = 4;
    let text = seen.text();
    text.as_bytes().get(next).filter(|b| b.is_ascii_lowercase())?;
    let head = seen.lower().get(..at)?;
    let head = head
        .get(super::before_small(head, at)..)
        .map_or(head, |unit| head.strip_suffix(unit).unwrap_or(head));
    let led = head.ends_with(" ") && seen.bytes().get(at - 1) == Some(&b'"')
        || LED.iter().any(|word| {
            head.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        });
    let mut from = led.then_some(next)?;
    for words in 0..WORDS {
        let word = small_word(text, from)?;
        if words > 0 && word != "close" && word != "way" && SURE.contains(&word) {
            return Some(with_small_town(text, from + word.len()));
        }
        if SMALL.contains(&word) {
            return None;
        }
        from += word.len() + 1;
        text.get(..from).filter(|head| head.ends_with(' '))?;
    }
    None
}

/// Returns the word in small letters that starts here.
fn small_word(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '\'').unwrap_or(rest.len());
    rest.get(..end).filter(|word| !word.is_empty())
}

/// Returns the end with a town in small letters that may follow, after a comma perhaps.
fn with_small_town(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let start = end + if rest.starts_with(", ") { 2 } else { 1 };
    match small_word(text, start) {
        Some(town) if rest.starts_with([',', ' ']) && is_town(town) => start + town.len(),
        _ => end,
    }
}

/// Returns the letters, digits and underscores of ASCII that stand together here.
fn word(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().take_while(|b| is_word(**b)).count();
    rest.get(..length).unwrap_or_default()
}

/// Returns the end of a word with a capital.
pub(super) fn capital(text: &str, at: usize, dotted: bool) -> Option<usize> {
    let rest = text.get(at..).filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '\'' | '-' | '\u{2019}' | 'À'..='\u{24F}')
            || dotted && c == '.'
    };
    Some(at + rest.find(|c| !part(c)).unwrap_or(rest.len()))
}

/// Returns where the parts of an address after its street end: up to four, each after a comma, of
/// up to four words with capitals, small words between them; or a street with its number.
pub(super) fn parts(text: &str, street: usize) -> usize {
    let mut end = street;
    for _ in 0..4 {
        let Some(rest) = text.get(end..) else { break };
        let Some(rest) = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(',') else { break };
        let rest = rest.trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix('\n').unwrap_or(rest).trim_start_matches([' ', '\t']);
        let start = text.len() - rest.len();
        let numbered = || street_end(text, number(text.as_bytes(), start)?);
        let person = |next: &usize| !text.get(start..*next).is_some_and(is_person);
        let named = part(text, start).filter(person);
        let Some(next) = named.or_else(numbered) else { break };
        let written = text.get(end..next).unwrap_or_default();
        end += written.trim_end_matches(['\'', '-', '\u{2019}']).len();
    }
    end
}

/// Returns where a part of an address ends: `Newcastle upon Tyne`.
pub(super) fn part(text: &str, at: usize) -> Option<usize> {
    const SMALL: [&str; 10] =
        ["upon ", "on ", "le ", "la ", "by ", "in ", "under ", "the ", "of ", "with "];
    let county = text.get(at..)?.starts_with("Co. ");
    let mut next = capital(text, at + if county { "Co. ".len() } else { 0 }, false)?;
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
