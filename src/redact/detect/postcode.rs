//! Postcodes (BS 7666) and the address that stands before one. The span of an address goes up to
//! its postcode, not with it.

mod ends;

use std::ops::Range;

use self::ends::{is_county, upto_code, with_town};
use super::digits::{Marks, Run, is_edge, is_word, runs};
use super::person::is_person;
use super::seen::Seen;
use super::street::{before_small, is_street, streets};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "postcode", kinds: &["postcode", "address"], needs: Needs::Letters, find };

/// The postcode areas of the United Kingdom and the Crown dependencies.
const AREAS: [&str; 124] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH",
    "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E",
    "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS",
    "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL",
    "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX",
    "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL", "SM",
    "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW",
    "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

/// Words after which such letters and digits are something else.
const OTHERS: [&str; 13] = [
    "part no",
    "part:",
    "part ",
    "sku",
    "product",
    "model",
    "version",
    "serial",
    "item",
    "badge",
    "blue badge",
    "sharecode",
    "share code",
];
/// Words that a postcode follows.
const CUES: [&str; 8] = [
    "postcode",
    "post code",
    "post code: ",
    "post code:",
    "address",
    "lives at",
    "moved to",
    "part of",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(1, out, judge, code);
    let codes: Vec<Range<usize>> = out.iter().map(|Find(range, ..)| range.clone()).collect();
    let lines = streets(seen).into_iter();
    out.extend(lines.map(|range| Find(with_town(seen, range), "address", 0.85)));
    for find in out.iter_mut().filter(|find| find.1 == "address") {
        find.0 = upto_code(seen, find.0.clone(), &codes);
    }
    let known: Vec<usize> = out.iter().filter(|f| f.1 == "address").map(|f| f.0.end).collect();
    let bare = codes.iter().filter(|code| !is_behind(code, &known));
    let more: Vec<Find> = bare.filter_map(|code| before_code(seen, code)).collect();
    let mut ends: Vec<usize> = known.into_iter().chain(more.iter().map(|f| f.0.end)).collect();
    ends.sort_unstable();
    out.extend(more);
    out.retain(|Find(range, kind, sure)| {
        *kind != "postcode" || *sure > NO_AREA || is_behind(range, &ends) || is_named(seen, range)
    });
    for find in out.iter_mut().filter(|find| find.1 == "postcode" && find.2 <= NO_AREA) {
        find.2 = 0.75;
    }
}

/// How sure it is that letters and digits are a postcode whose area does not exist, without regard
/// to what stands before. Behind an address, or named one, they are: areas are invented and
/// mistyped.
const NO_AREA: f32 = 0.3;

/// Returns whether an address ends right before a postcode; the ends are in order.
fn is_behind(code: &Range<usize>, ends: &[usize]) -> bool {
    let at = ends.partition_point(|end| *end < code.start.saturating_sub(4));
    ends.get(at).is_some_and(|end| *end <= code.start)
}

/// Returns whether what stands before a postcode says that it is one.
fn is_named(seen: &Seen<'_>, code: &Range<usize>) -> bool {
    let before = seen.lower().get(..code.start).unwrap_or_default();
    let before = before.trim_end_matches([' ', ':', '=', '-']);
    ["postcode", "post code", "p/code", "pcode"].iter().any(|name| before.ends_with(name))
}

/// Returns where a postcode stands, by the digits of its inward part or of a British Forces Post
/// Office.
fn code(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let start = match () {
        () if run.marks.has(Marks::INWARD) => outward(bytes, run)?,
        () if run.marks.has(Marks::POSTED) => post_office(bytes, run)?,
        () => return None,
    };
    let end = if run.marks.has(Marks::INWARD) { run.end + 2 } else { run.end };
    Some(start..end)
}

/// Returns where the outward part starts of a postcode whose inward part these digits end: the last
/// of them and two letters. Up to two spaces may stand between.
fn outward(bytes: &[u8], run: &Run) -> Option<usize> {
    let unit = bytes.get(run.end..run.end + 2)?;
    let sound = !unit.iter().any(|b| b"CIKMOV".contains(&b.to_ascii_uppercase()));
    let last = run.end - 1;
    let head = bytes.get(..last).filter(|_| sound)?;
    let spaces = head.iter().rev().take(3).take_while(|b| **b == b' ').count();
    let end = last - spaces;
    let length = bytes.get(..end)?.iter().rev().take(5).take_while(|b| is_word(**b)).count();
    let start = end - length;
    let part: Vec<u8> = bytes.get(start..end)?.iter().map(u8::to_ascii_uppercase).collect();
    let giro = part == *b"GIR" && spaces < 2 && unit.eq_ignore_ascii_case(b"AA");
    (spaces < 3 && (is_outward(&part) || giro && bytes.get(last) == Some(&b'0'))).then_some(start)
}

/// Returns whether this is an outward part: `A9`, `A99`, `A9A`, `AA9`, `AA99`, `AA9A`, with the
/// letters that BS 7666 has at each place.
fn is_outward(part: &[u8]) -> bool {
    let first = |b: &u8| b.is_ascii_uppercase() && !b"QVX".contains(b);
    let second = |b: &u8| matches!(b, b'A'..=b'H' | b'K'..=b'Y');
    let third = |b: &u8| b.is_ascii_digit() || b"ABCDEFGHJKPSTUW".contains(b);
    let fourth = |b: &u8| b.is_ascii_digit() || b"ABEHMNPRVWXY".contains(b);
    match part {
        [area, digit, rest @ ..] if digit.is_ascii_digit() => {
            first(area) && rest.len() < 2 && rest.iter().all(third)
        }
        [area, letter, digit, rest @ ..] if digit.is_ascii_digit() => {
            first(area) && second(letter) && rest.len() < 2 && rest.iter().all(fourth)
        }
        _ => false,
    }
}

/// Returns where `BFPO` starts that stands before one to four digits.
fn post_office(bytes: &[u8], run: &Run) -> Option<usize> {
    let head = bytes.get(..run.start)?;
    let start = head.strip_suffix(b" ").unwrap_or(head).len().checked_sub(4)?;
    let named = bytes.get(start..start + 4)?.eq_ignore_ascii_case(b"BFPO");
    let sound = run.len() <= 4 && is_edge(bytes, start) && is_edge(bytes, run.end);
    (named && sound).then_some(start)
}

/// Returns the address before a postcode by its parts: names and numbers between commas, with a
/// number or a street among them.
fn before_code(seen: &Seen<'_>, code: &Range<usize>) -> Option<Find> {
    let mut from = code.start.saturating_sub(120);
    while !seen.text().is_char_boundary(from) {
        from += 1;
    }
    let kept = seen.slice(from..code.start).trim_end_matches([',', ' ', '\n', '\t', '"', '(']);
    let (mut start, mut rest, mut parts, mut telling) = (kept.len(), Some(kept), 0, false);
    while let Some(text) = rest.filter(|_| parts < 6) {
        let cut = text.rfind([',', '\n']);
        let part = cut.and_then(|at| text.get(at + 1..)).unwrap_or(text);
        let name = tail_of_names(part.trim().trim_start_matches('"'));
        let housed = name.split(' ').any(is_street) || is_welsh(name);
        let cell = name.contains(['|', '@', ';', ':']) || is_code(name);
        let amount = cut.is_some_and(|at| is_in_amount(text.as_bytes(), at));
        if amount || name.is_empty() || cell || is_number(name) || !housed && is_person(name) {
            break;
        }
        parts += 1;
        start = text.trim_end().len() - name.len();
        telling |= name.bytes().any(|b| b.is_ascii_digit()) || housed;
        rest = cut.filter(|_| name.len() == part.trim().len()).and_then(|at| text.get(..at));
    }
    let range = from + start..from + kept.len();
    if parts >= 2 && telling {
        return Some(Find(range, "address", 0.8));
    }
    let range = in_lower_case(kept)?;
    Some(Find(from + range.start..from + range.end, "address", 0.75))
}

/// Returns whether a comma stands between the thousands of an amount.
fn is_in_amount(bytes: &[u8], at: usize) -> bool {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && (at + 1..at + 4).all(digit)
}

/// Returns the address that ends the text in small letters: a number, a street, perhaps a town.
fn in_lower_case(text: &str) -> Option<Range<usize>> {
    const WORDS: usize = 10;
    let line = text.rsplit('\n').next().unwrap_or_default();
    let first = text.len() - line.len();
    let words: Vec<&str> = line.split(' ').collect();
    let letters = |word: &&str| {
        let bare = word.trim_end_matches([',', '.']);
        let stop = word.len() > 4 && word.ends_with('.');
        !bare.is_empty()
            && !stop
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
    };
    let tail = words.iter().rev().take(WORDS).take_while(|word| letters(word)).count();
    let number = words.len().checked_sub(tail + 1)?;
    let house = words.get(number)?.trim_end_matches(',');
    let numbered = house.starts_with(|c: char| c.is_ascii_digit())
        && house.len() <= 7
        && house.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'/'));
    let mut after = words.iter().skip(number + 2);
    let street = after.by_ref().take(3).any(|word| is_street(word.trim_end_matches(',')));
    let street = street && !after.any(|word| NO_PLACE.contains(&word.trim_end_matches(',')));
    let before: usize = words.iter().take(number).map(|word| word.len() + 1).sum();
    (numbered && street).then(|| before_small(text, first + before)..text.len())
}

/// Words that no part of an address is.
const NO_PLACE: [&str; 18] = [
    "wants", "to", "from", "for", "has", "was", "is", "will", "please", "pls", "asked", "says",
    "who", "but", "send", "sent", "moved", "moving",
];

/// Returns whether a part has a date, a telephone or another number in it, and is none of an address.
fn is_number(part: &str) -> bool {
    part.bytes().filter(u8::is_ascii_digit).count() > 5
}

/// Returns whether the words name a house or street in Welsh, where the word that says so comes
/// first: `Tŷ Gwyn`.
fn is_welsh(part: &str) -> bool {
    const WORDS: [&str; 16] = [
        "Ty", "Tŷ", "Heol", "Stryd", "Ffordd", "Plas", "Bryn", "Y", "Yr", "Lôn", "Lon", "Maes",
        "Llys", "Cwrt", "Parc", "Pen",
    ];
    part.contains(' ') && part.split(' ').next().is_some_and(|first| WORDS.contains(&first))
}

/// Returns the end of the text from which on every word is a name or number.
fn tail_of_names(part: &str) -> &str {
    const SMALL: [&str; 3] = ["y", "yr", "upon"];
    let lower = |word: &str| {
        word.ends_with([':', ';'])
            || word.ends_with('.') && word.len() > 3 && !is_county(word)
            || !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && !SMALL.contains(&word)
    };
    match part.rsplit(' ').position(lower) {
        None => part,
        Some(kept) => {
            let words: Vec<&str> = part.split(' ').collect();
            let skipped: usize =
                words.iter().take(words.len() - kept).map(|word| word.len() + 1).sum();
            part.get(skipped..).unwrap_or_default()
        }
    }
}

/// Returns whether the text is written like a postcode, and no more.
pub(super) fn is_code(written: &str) -> bool {
    let whole = |run| code(written.as_bytes(), &run) == Some(0..written.len());
    runs(written).into_iter().any(whole)
        && (has_area(written) || written.to_ascii_uppercase().starts_with("GIR"))
}

/// Returns whether a postcode starts with the letters of an area.
fn has_area(written: &str) -> bool {
    let upper = written.to_ascii_uppercase();
    let area: String = upper.chars().take_while(char::is_ascii_alphabetic).collect();
    AREAS.binary_search(&area.as_str()).is_ok()
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let upper = written.to_ascii_uppercase();
    let special = upper.starts_with("GIR") || upper.starts_with("BFPO");
    let placed = special || has_area(written);
    if !seen.stands_alone(&range) || !placed && !written.contains(' ') {
        return None;
    }
    let (before, after) = seen.neighbours(&range);
    let joined = before.is_some_and(|c| matches!(c, '-' | '/' | '#' | '@' | '£'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@'));
    let ordinal = ["2nd", "3rd"].iter().any(|end| written.ends_with(end));
    let apart = seen.before(&range).ends_with(", ");
    if joined || ordinal || !apart && seen.is_barred(&range, &CUES, &OTHERS) {
        return None;
    }
    if !placed {
        return Some(Find(range, "postcode", NO_AREA));
    }
    let without = match (written.contains(' '), written == upper) {
        (true, true) => 0.95,
        (true, false) | (false, true) => 0.85,
        (false, false) => 0.7,
    };
    Some(Find(range, "postcode", without))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_code_stands_where_the_pattern_of_the_standard_does(
            text in "([abIQVZ]{1,3}[0-9]{1,2}[aLW]? {0,3}[0-9][aBCV]{2}|(BFPO|gir|GIR) {0,2}[0-9]{1,5}(AA)?)_?"
        ) {
            let pattern = Regex::new(concat!(
                r"(?i-u)\b(?:GIR ?0AA|BFPO ?\d{1,4}|",
                r"[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRV-Y]?)",
                r"[ ]{0,2}\d[ABD-HJLNP-UW-Z]{2})\b",
            ));
            let whole = pattern.unwrap().find_iter(&text).any(|found| found.len() == text.len());
            let read = runs(&text).iter().any(|run| code(text.as_bytes(), run) == Some(0..text.len()));
            prop_assert_eq!(whole, read, "{}", text);
        }
    }

    #[test]
    fn every_shape_is_a_code() {
        for text in
            ["M1 1AA", "B33 8TH", "W1A  0AX", "cr26xh", "DN55 1PT", "EC1A1BB", "GIR 0AA", "bfpo 58"]
        {
            let read =
                runs(text).iter().any(|run| code(text.as_bytes(), run) == Some(0..text.len()));
            assert!(read, "{text}");
        }
        for text in ["QA1 1AA", "A1 1CA", "AI1 1AA", "A1   1AA", "ABC1 1AA", "BFPO 12345", "1A 1AA"]
        {
            let read = runs(text).iter().any(|run| code(text.as_bytes(), run).is_some());
            assert!(!read, "{text}");
        }
    }
}
