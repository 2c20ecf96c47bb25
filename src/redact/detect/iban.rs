//! International bank account numbers (ISO 13616): length by country, modulus 97.

use std::ops::Range;

use super::digits::{Run, is_edge, lead};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "iban", kinds: &["iban"], needs: Needs::Digits(5), find };

/// The length of a number, by country (the IBAN registry).
const LENGTHS: [(&str, usize); 60] = [
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("TR", 26),
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let judge = |_: &Seen<'_>, range| Some(Find(range, "iban", 0.99));
    seen.placed(2, out, judge, place);
}

/// Returns where the number stands whose check digits these are: as many letters and digits as its
/// country has, with no more than a sign between two of them.
fn place(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let start = lead(bytes, run.start, 2, b" -").filter(|country| country.len() == 2)?.start;
    let country = bytes.get(start..start + 2)?;
    let (_, length) =
        LENGTHS.iter().find(|(code, _)| country.eq_ignore_ascii_case(code.as_bytes()))?;
    let mut end = start;
    for _ in 0..*length {
        end += usize::from(end > start && matches!(bytes.get(end), Some(b' ' | b'-')));
        end = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric).then_some(end + 1)?;
    }
    let sound = run.len() > 1 && is_edge(bytes, end) && is_valid(bytes.get(start..end)?);
    sound.then_some(start..end)
}

/// Returns whether the number, its first four characters moved to the end and letters counted from
/// 10, is one more than a multiple of 97.
fn is_valid(written: &[u8]) -> bool {
    let plain: Vec<u8> = written.iter().copied().filter(u8::is_ascii_alphanumeric).collect();
    let (head, tail) = plain.split_at(plain.len().min(4));
    let rest = tail.iter().chain(head).filter_map(|b| char::from(*b).to_digit(36));
    rest.fold(0, |sum, value| (sum * if value > 9 { 100 } else { 10 } + value) % 97) == 1
}
