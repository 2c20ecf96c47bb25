//! Vehicle registrations (DVLA): current, prefix, suffix, dateless and Northern Irish. Product codes
//! look alike, so the words around decide for all but the current form.

mod clues;
mod rows;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::{Marks, Run, is_edge, lead};
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};
use rows::{Slot, columns, following, listed};
use words::{CUES, DRIVEN, OTHERS, PLATES, PRODUCTS};

pub(super) const DETECTOR: Detector =
    Detector { name: "vehicle", kinds: &["vehicle"], needs: Needs::Digits(1), find };

static OLDER: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u)\b(?:[A-HJ-NPR-TV-Y]\d{1,3}[ -]?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}[ -]?\d{1,3}[A-HJ-NPR-TV-Y]|",
        r"[A-HJ-NPR-TV-Y] \d{1,3} [A-HJ-PR-Z]{3}|[A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3})\b",
    ))
    .ok()
});

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(2, out, current, current_form);
    seen.placed(1, out, small, small_place);
    columns(seen, out);
    if out.is_empty() {
        seen.numbers((1, Marks::CAPITAL), &OLDER, out, older);
        let slots: Vec<Slot> = out.iter().filter_map(|find| Slot::of(seen, &find.0)).collect();
        if !slots.is_empty() {
            listed(seen, &slots, out);
        }
        return;
    }
    let slots: Vec<Slot> = out.iter().filter_map(|find| Slot::of(seen, &find.0)).collect();
    seen.numbers((1, Marks::CAPITAL), &OLDER, out, |seen, range| {
        older(seen, range.clone()).or_else(|| older_beside(seen, range))
    });
    if !slots.is_empty() {
        listed(seen, &slots, out);
    }
    following(seen, out);
}

/// Returns where a registration of the current form stands, by its two digits: no letter I or Q, and
/// Z only at the end.
fn current_form(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let age = matches!(
        bytes.get(run.start..run.end)?,
        [b'0', b'2'..=b'9'] | [b'1' | b'2' | b'6' | b'7', _] | [b'5', b'1'..=b'9']
    );
    let apart = bytes.get(run.start.wrapping_sub(1)) == Some(&b' ')
        && bytes.get(run.end) == Some(&b' ')
        && run.start.checked_sub(3).is_some_and(|at| is_edge(bytes, at))
        && bytes
            .get(run.start - 3..run.start - 1)
            .is_some_and(|b| b.iter().all(u8::is_ascii_uppercase))
        && bytes
            .get(run.end + 1..run.end + 4)
            .is_some_and(|b| b.iter().all(u8::is_ascii_uppercase));
    let start = run.start.checked_sub(2 + usize::from(apart));
    let start = start.filter(|_| age && (apart || run.marks.has(Marks::PAIRED)))?;
    let tail = run.end + usize::from(matches!(bytes.get(run.end), Some(b' ' | b'-')));
    let letters = |part: &[u8], others: &[u8]| {
        let sound = |b: &u8| b.is_ascii_alphabetic() && !others.contains(&b.to_ascii_uppercase());
        part.iter().all(sound)
    };
    let sound = letters(bytes.get(start..start + 2)?, b"IQZ")
        && letters(bytes.get(tail..tail + 3)?, b"IQ")
        && is_edge(bytes, tail + 3);
    sound.then_some(start..tail + 3)
}

/// Returns where small letters and digits stand together, or with a space between, of which this is
/// the only run of digits: up to three letters before, or one letter and three after.
fn small_place(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let letters = lead(bytes, run.start, 3, b" -")?;
    let small =
        |at: Range<usize>| bytes.get(at).is_some_and(|w| w.iter().all(u8::is_ascii_lowercase));
    (small(letters.clone()) && run.len() < 5).then_some(())?;
    let tail = |most: usize| {
        let start = run.end + usize::from(most > 1 && bytes.get(run.end) == Some(&b' '));
        let end = start + most;
        (small(start..end) && is_edge(bytes, end)).then_some(end)
    };
    let end = match (letters.len(), run.len()) {
        (1, 1..=3) => tail(3)?,
        (3, 1..=3) => tail(1).or(Some(run.end).filter(|end| is_edge(bytes, *end)))?,
        (2 | 3, 4) => Some(run.end).filter(|end| is_edge(bytes, *end))?,
        _ => return None,
    };
    Some(letters.start..end)
}

/// Finds registrations of older forms in small letters right after the words that say so.
fn small(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const NEAR: usize = 5;
    const WORDS: [&str; 32] = [
        "no", "of", "at", "in", "on", "is", "to", "for", "by", "was", "the", "and", "ref", "may",
        "bay", "ext", "age", "box", "day", "hrs", "min", "mls", "mth", "pcs", "pkt", "sec", "tab",
        "tin", "val", "wks", "yrs", "pts",
    ];
    if range.len() <= NEAR {
        return None;
    }
    let upper = seen.slice(range.clone()).to_ascii_uppercase();
    let small = seen.slice(range.clone()).bytes().any(|b| b.is_ascii_lowercase());
    let mut parts = upper.split(|c: char| !c.is_ascii_alphabetic()).filter(|p| !p.is_empty());
    let word = parts.any(|part| WORDS.iter().any(|word| part.eq_ignore_ascii_case(word)));
    let year = upper.ends_with(|c: char| c.is_ascii_digit())
        && upper
            .rsplit(' ')
            .next()
            .is_some_and(|y| y.len() == 4 && (y.starts_with("19") || y.starts_with("20")));
    if year {
        return None;
    }
    let dateless = upper.bytes().filter(u8::is_ascii_digit).count() == 4 && upper.len() > 5;
    let telling = is_telling(&upper);
    let worded = || clues::is_worded(seen, &range);
    if word || !small || !(telling || dateless || worded()) || is_office(&upper) {
        return None;
    }
    let told = worded()
        || telling && clues::is_coloured(seen, &range)
        || seen.bar(&range, &PLATES).is_some_and(|near| near <= NEAR)
        || telling && (7..=8).contains(&upper.len()) && is_driven(seen, &range)
        || telling && seen.cue(&range, &CUES).is_some_and(|near| near <= 3 * NEAR);
    let alone = seen.stands_alone(&range) && !is_joined(seen, &range);
    (told && alone && !seen.is_barred(&range, &CUES, &OTHERS))
        .then_some(Find(range, "vehicle", 0.75))
}

fn current(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let without = match (upper, written.contains(' ')) {
        (true, true) => 0.92,
        (true, false) => 0.85,
        (false, _) => 0.6,
    };
    // Capitals, digits and then a word: `AM05 dup`.
    let broken = written.starts_with(|c: char| c.is_ascii_uppercase())
        && written.ends_with(|c: char| c.is_ascii_lowercase());
    if broken {
        return None;
    }
    let far = || seen.bar(&range, &OTHERS).is_none_or(|far| far > CLOSE);
    let inside = || upper && seen.before(&range).ends_with(" in ");
    const GOODS: [&str; 6] = ["code", "item", "sku", "part", "product", "stock"];
    let goods = || seen.headings(range.start).iter().any(|head| GOODS.contains(&head.trim()));
    let barred = !seen.stands_alone(&range)
        || is_joined(seen, &range)
        || is_of_product(seen, &range)
        || goods()
        || seen.is_said_here(&range, &OTHERS)
            && seen.is_barred(&range, &CUES, &OTHERS)
            && !(upper && written.contains(' ') && (far() || inside()))
            && !seen.before(&range).ends_with(" / ");
    (!barred).then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, without)))
}

fn older(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let length = written.bytes().filter(u8::is_ascii_alphanumeric).count();
    let telling = is_telling(written);
    let near = seen.bar(&range, if telling { &CUES } else { &PLATES });
    let whole = || length == 7 && written.len() == 7 && seen.bar(&range, &OTHERS).is_none();
    let cued = near.is_some_and(|near| length > SHORT || near <= BESIDE)
        || telling && (length > 5 && is_driven(seen, &range) || whole())
        || telling && length > 5 && seen.cue(&range, &CUES).is_some();
    let inside = telling && seen.before(&range).ends_with(" in ");
    let sound = length >= SHORT
        && cued
        && !is_office(written)
        && seen.stands_alone(&range)
        && !is_joined(seen, &range)
        && !is_of_product(seen, &range)
        && (inside || !seen.is_barred(&range, &CUES, &OTHERS));
    let sound = sound && !clues::is_licensed(seen, &range)
        || (clues::has_part(seen, &range) || clues::is_conveyed(seen, &range))
            && !is_office(written);
    sound.then(|| Find(range.clone(), "vehicle", seen.trust(&range, &CUES, 0.6)))
}

/// So many letters and digits have to stand right beside the words that say what they are.
const SHORT: usize = 4;
const BESIDE: usize = 8;
/// How near a word has to stand that says it is something else than a usual registration.
const CLOSE: usize = 16;

/// Returns whether the text around speaks of vehicles, and nothing before of something else.
fn is_driven(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let inside = || seen.before(range).ends_with(" in ");
    (seen.bar(range, &OTHERS).is_none() || inside()) && seen.speaks(range, &DRIVEN)
}

/// Returns whether the letters stand for an office or a thing: `CEO 214`, `PC 1234`.
fn is_office(written: &str) -> bool {
    const LETTERS: [&str; 25] = [
        "CEO", "PCN", "ISO", "HRA", "PC", "DC", "WPC", "PO", "NO", "REF", "AGE", "EXT", "TEL",
        "APT", "BAY", "DAY", "PG", "VAT", "HB", "CT", "GB", "CAD", "URN", "LOG", "INC",
    ];
    let letters = written.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    LETTERS.contains(&letters)
}

/// Returns whether a letter at the front or end tells the year (`P123 ABC`, `ABC 123D`), or letters
/// those of Northern Ireland (`CIZ 1294`).
fn is_telling(written: &str) -> bool {
    let plain: Vec<u8> = written.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let letters = |part: &[u8]| part.iter().all(u8::is_ascii_uppercase);
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    match plain.as_slice() {
        [first, middle @ .., a, b, c] if letters(&[*first, *a, *b, *c]) => digits(middle),
        [a, b, c, rest @ ..] if letters(&[*a, *b, *c]) && digits(rest) => {
            rest.len() > 2 && [a, b, c].iter().any(|b| matches!(b, b'I' | b'Z'))
        }
        [a, b, c, middle @ .., last] if letters(&[*last, *a, *b, *c]) => digits(middle),
        _ => false,
    }
}

/// Returns a registration of an older form in a text that has one of the current form: a letter that
/// tells the year, or one of those of Northern Ireland.
fn older_beside(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    if is_telling(written) && range.len() > 5 && !written.contains(' ') {
        let alone = seen.stands_alone(&range) && !is_joined(seen, &range);
        let other = is_of_product(seen, &range) || seen.bar(&range, &OTHERS).is_some();
        return (alone && !other).then_some(Find(range, "vehicle", 0.7));
    }
    let (head, tail) = written.split_once(' ')?;
    let letters =
        |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_uppercase());
    let digits =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let year = head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.get(1..).is_some_and(digits)
        && letters(tail, 3)
        || letters(head, 3)
            && tail.ends_with(|c: char| c.is_ascii_uppercase())
            && tail.get(..tail.len() - 1).is_some_and(digits);
    let northern = letters(head, 3) && head.contains(['I', 'Z']) && tail.len() > 2 && digits(tail);
    let sound = (year || northern)
        && seen.stands_alone(&range)
        && !is_joined(seen, &range)
        && seen.bar(&range, &OTHERS).is_none();
    sound.then_some(Find(range, "vehicle", 0.7))
}

/// Returns whether the line speaks of parts and products, and of no vehicle.
fn is_of_product(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LISTS: [&str; 6] =
        ["stock sheet", "stock list", "stock take", "stocktake", "parts list", "price list"];
    const DENIED: [&str; 3] = ["not a plate", "not a reg", "not a vehicle"];
    let before = seen.before(range);
    if clues::is_goods(seen, range) {
        return true;
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    let after = seen.after(range);
    let spoken = PRODUCTS.iter().any(|word| line.contains(word) || after.contains(word))
        || seen.speaks(range, &LISTS);
    let counted = before.ends_with(" x ")
        && before.trim_end_matches(" x ").ends_with(|c: char| c.is_ascii_digit());
    counted
        || spoken && seen.cue(range, &CUES).is_none()
        || DENIED.iter().any(|word| after.contains(word))
}

/// Returns whether a sign ties the characters to something longer.
fn is_joined(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    before.is_some_and(|c| matches!(c, '-' | '/' | '#' | '£' | '@'))
        || after.is_some_and(|c| matches!(c, '-' | '/' | '@' | '%'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::digits::runs;
    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_current_form_stands_where_its_pattern_does(
            text in "[abIQZ_]{1,3}[0-9]{1,3}[ -]{0,2}[abIQZ0_]{2,4}"
        ) {
            let pattern =
                Regex::new(r"(?i-u)\b[a-hj-pr-y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d)[ -]?[a-hj-pr-z]{3}\b");
            let found = pattern.unwrap().find(&text).map(|found| found.range());
            let read = runs(&text).iter().find_map(|run| current_form(text.as_bytes(), run));
            prop_assert_eq!(found, read, "{}", text);
        }
    }
}
