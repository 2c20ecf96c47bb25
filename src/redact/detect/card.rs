//! Payment cards (ISO 7812): 12 to 19 digits with the ranges of the card schemes and a Luhn digit.

use std::ops::Range;

use super::digits::{ends, is_edge};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "card", kinds: &["card"], needs: Needs::Digits(12), find };

/// Words that a card number follows.
const CUES: [&str; 12] = [
    "card",
    "visa",
    "mastercard",
    "amex",
    "american express",
    "maestro",
    "debit",
    "credit",
    "pan",
    "charged",
    "paid w",
    "chargeback",
];
/// Words after which such digits are something else.
const OTHERS: [&str; 13] = [
    "order",
    "isbn",
    "ean",
    "tracking",
    "imei",
    "barcode",
    "invoice",
    "parcel",
    "serial",
    "iban",
    "ref",
    "reference",
    "meter",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.starting(12, out, judge, |bytes, run| {
        let head = bytes.get(..run.start)?;
        let priced = head.ends_with("£".as_bytes()) || goes_on(head) && !is_after_time(head);
        let ends = ends(bytes, run.start, b" -.").take(23).skip(11).filter(|_| !priced);
        let end = ends.filter(|end| is_edge(bytes, *end)).last()?;
        let written = std::str::from_utf8(bytes.get(run.start..end)?).ok()?;
        whole(written).map(|_| end)
    });
}

/// Returns the longest card number that the digits start with: an expiry date may follow.
fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let before = seen.neighbours(&range).0;
    if before.is_some_and(|c| matches!(c, '+' | '£' | '#' | '.' | '/' | '_' | '-')) {
        return None;
    }
    let whole = range.start..range.start + whole(written)?;
    let part = seen.slice(whole.clone());
    let groups: Vec<usize> = part.split([' ', '-', '.']).map(str::len).collect();
    // A sort code and an account number.
    let banked = groups.starts_with(&[2, 2, 2]) || groups.as_slice() == [6, 8];
    let usual = is_usual(part) || matches!(groups.as_slice(), [4, 4, 4, 4] | [4, 4, 4, 4, 3]);
    let cued = seen.is_cued(&whole, &CUES, &OTHERS);
    let other = seen.bar(&whole, &OTHERS).is_some();
    let named = groups.as_slice() == [4, 4, 4, 4] && seen.speaks(&whole, &["card"]);
    if !seen.stands_alone(&whole) || banked || !(cued || usual && (!other || named)) {
        return None;
    }
    Some(Find(whole.clone(), "card", if cued { seen.trust(&whole, &CUES, 0.9) } else { 0.88 }))
}

/// Returns whether the text ends with a part of the number that follows: four digits, or the country
/// and check digits of an IBAN.
fn goes_on(head: &[u8]) -> bool {
    let Some((b' ' | b'-' | b'.', rest)) = head.split_last() else { return false };
    let start = rest.iter().rposition(|b| !b.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    match rest.get(start..) {
        Some([a, b, c, d]) => {
            c.is_ascii_digit() && d.is_ascii_digit() && a.is_ascii_digit() == b.is_ascii_digit()
        }
        _ => false,
    }
}

/// Returns whether the text ends with a time without a colon that is no part of a longer number: `AUTH
/// 0912 `.
fn is_after_time(head: &[u8]) -> bool {
    let [rest @ .., a, b, c, d, b' '] = head else { return false };
    let hour = matches!((a, b), (b'0' | b'1', b'0'..=b'9') | (b'2', b'0'..=b'3'));
    let minute = matches!((c, d), (b'0'..=b'5', b'0'..=b'9'));
    let longer = matches!(rest, [.., b'0'..=b'9', b' ' | b'-' | b'.']);
    let apart = rest.last().is_none_or(|b| matches!(b, b' ' | b'\n' | b'\t'));
    hour && minute && apart && !longer
}

/// Returns the length of the longest card number that the digits start with, in bytes.
fn whole(written: &str) -> Option<usize> {
    let ends = written.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at + 1);
    let ends: Vec<usize> = ends.collect();
    let fours = written.split([' ', '-', '.']).take(4).map(str::len).eq([4; 4]);
    // Maestro's numbers go on where others end.
    let long = ["67", "63", "50", "56", "57", "58"].iter().any(|head| written.starts_with(head));
    let lengths =
        if long { [19, 18, 17, 16, 15, 14, 13, 12] } else { [16, 15, 19, 18, 17, 14, 13, 12] };
    lengths.into_iter().find_map(|length: usize| {
        let end = *ends.get(length - 1)?;
        let part = written.get(..end)?;
        let apart = !written.get(end..)?.starts_with(|c: char| c.is_ascii_digit());
        (apart && (!fours || length > 14) && is_valid(part)).then_some(end)
    })
}

/// Returns whether the digits lie in a range and have a length that card schemes issue today.
fn is_usual(written: &str) -> bool {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let head = |n: usize| digits.get(..n).and_then(|head| head.parse::<u32>().ok()).unwrap_or(0);
    match digits.len() {
        16 => {
            head(1) == 4
                || (51..=55).contains(&head(2))
                || (2221..=2720).contains(&head(4))
                || head(4) == 6011
                || matches!(head(2), 65 | 67)
                || (3528..=3589).contains(&head(4))
        }
        15 => matches!(head(2), 34 | 37),
        14 => matches!(head(2), 36 | 38 | 30),
        _ => false,
    }
}

/// Returns whether the last digit is right (ISO/IEC 7812-1 annex B), and the first one a bank's.
fn is_valid(written: &str) -> bool {
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    let bank = digits.first().is_some_and(|first| (2..=7).contains(first));
    let varied = digits.iter().any(|digit| Some(digit) != digits.first());
    bank && varied && sum.is_multiple_of(10)
}
