//! International bank account numbers (ISO 13616): length by country, modulus 97.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "iban", kinds: &["iban"], needs: Needs::Digits(5), find };

static NUMBER: Pattern =
    LazyLock::new(|| Regex::new(r"(?i-u)\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,40}").ok());

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
    seen.numbers(4, &NUMBER, out, judge);
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let country = written.get(..2)?.to_ascii_uppercase();
    let (_, length) = LENGTHS.iter().find(|(code, _)| *code == country)?;
    let mut characters = written.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric());
    let (last, _) = characters.nth(length - 1)?;
    let whole = range.start..range.start + last + 1;
    let sound = is_valid(seen.slice(whole.clone())) && seen.stands_alone(&whole);
    sound.then_some(Find(whole, "iban", 0.99))
}

/// Returns whether the number, its first four characters moved to the end and letters counted from
/// 10, is one more than a multiple of 97.
fn is_valid(written: &str) -> bool {
    let plain: Vec<char> = written.chars().filter(char::is_ascii_alphanumeric).collect();
    let (head, tail) = plain.split_at(plain.len().min(4));
    let rest = tail.iter().chain(head).filter_map(|c| c.to_digit(36));
    rest.fold(0, |sum, value| (sum * if value > 9 { 100 } else { 10 } + value) % 97) == 1
}
