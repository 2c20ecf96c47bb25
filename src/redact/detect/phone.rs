//! Telephone numbers: Ofcom's plan (01 02 03 07 08 09) in national and international notation,
//! and other countries' numbers with a plus.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::digits::Marks;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "phone", kinds: &["phone"], needs: Needs::Digits(8), find };

static NUMBER: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)(?:(?:\(?(?:\+|\b00)[ .\-]?\(?44\)?[ .\-]{0,2}(?:\([ ]?0[ ]?\))?[ .\-]{0,2}\(?[1-9]",
        r"|\(?\b0[ ]?[1-35789])",
        r"(?:[ .\-()/]{0,2}\d){7,9}",
        r"|\(?(?:\+|\b00)[ ]?[1-9](?:[ .\-()]{0,2}\d){7,13})",
        r"(?:[ ,]{0,2}(?:(?:ext?n?|extension)\.?[ ]?\d{1,5}|x[ ]?\d{2,5}))?\b",
    ))
    .ok()
});

/// Words that a telephone number follows.
const CUES: [&str; 15] = [
    "tel",
    "telephone",
    "phone",
    "mobile",
    "mob",
    "call",
    "ring",
    "rang",
    "text",
    "fax",
    "contact",
    "whatsapp",
    "landline",
    "sms",
    "t:",
];
/// Words after which such digits are something else.
const OTHERS: [&str; 19] = [
    "order",
    "invoice",
    "ref",
    "reference",
    "isbn",
    "tracking",
    "account no",
    "account num",
    "part no",
    "part:",
    "part ",
    "serial",
    "barcode",
    "sku",
    "licence",
    "sort code",
    "a/c",
    "policy",
    "upn",
];

/// So many digits a taxpayer's reference has.
const TAXED: usize = 10;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers((8, Marks::DIALLED), &NUMBER, out, judge);
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let range = balanced(seen, range);
    let written = seen.slice(range.clone());
    let (before, after) = seen.neighbours(&range);
    let joined = before
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '+' | '_' | '£' | '$' | '#'))
        || after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        || decimal(seen, &range);
    let digit = |by: usize| {
        let at = range.start.checked_sub(by);
        at.and_then(|at| seen.bytes().get(at)).is_some_and(u8::is_ascii_digit)
    };
    // The second pair of a sort code.
    let groups: Vec<usize> = written.split(' ').map(str::len).collect();
    let paired = written.starts_with("00 ")
        && matches!(groups.as_slice(), [2, 2, 8] | [2, 2, 4, 4])
        && before == Some(' ')
        && digit(2)
        && digit(3);
    // What a plus adds to another number is none: `21099 4471 + 21099 4480`.
    let added = written.starts_with("+ ") && before == Some(' ') && digit(2);
    if added || joined || paired || is_date(written) || is_bank(written) {
        return None;
    }
    let digits = written.trim_start_matches('(');
    let international = digits.starts_with('+');
    let abroad = digits.starts_with("00") && !digits.starts_with("0044");
    let dialled = abroad && is_dialled(digits);
    let length = national(written)?;
    let without = match (international, length) {
        (true, _) => 0.95,
        _ if dialled => 0.6,
        (false, 11) if !abroad => 0.9,
        _ => 0.4,
    };
    let barred = !international
        && seen.is_said_here(&range, &OTHERS)
        && seen.is_barred(&range, &CUES, &OTHERS);
    let taxed = length == TAXED && seen.bar(&range, &["utr"]).is_some();
    let barred = barred || taxed && seen.is_barred(&range, &CUES, &["utr"]);
    let trust = seen.trust(&range, &CUES, without);
    (trust >= 0.5 && !barred).then_some(Find(range, "phone", trust))
}

/// Returns whether `00` and the code of a country stand apart from the rest: `00 353 …`, `001 …`.
fn is_dialled(written: &str) -> bool {
    let first = written.split([' ', '-', '.', '(']).next().unwrap_or_default();
    let code = first.strip_prefix("00").unwrap_or_default();
    let long = !code.starts_with(['1', '7']) && (2..=3).contains(&code.len());
    const DIGITS: usize = 12;
    let long = long && written.bytes().filter(u8::is_ascii_digit).count() >= DIGITS;
    first.len() < written.len() && (code.is_empty() || matches!(code, "1" | "7") || long)
}

/// Returns the range without a bracket that has no partner.
fn balanced(seen: &Seen<'_>, range: Range<usize>) -> Range<usize> {
    let written = seen.slice(range.clone());
    let count = |sign: char| written.matches(sign).count();
    if written.starts_with('(') && count('(') > count(')') {
        return range.start + 1..range.end;
    }
    range
}

/// Returns whether the digits belong to a longer number: `10.0123…`, `…-456`.
fn decimal(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let digit_beyond = |mut chars: Box<dyn Iterator<Item = char> + '_>| {
        chars.next().is_some_and(|c| matches!(c, '.' | '-' | '/' | ':'))
            && chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let (before, after) = (seen.before(range), seen.after(range));
    digit_beyond(Box::new(before.chars().rev())) || digit_beyond(Box::new(after.chars()))
}

/// Returns whether it is a date with a time or another date: `01/02/2026 …`.
fn is_date(written: &str) -> bool {
    written.matches('/').count() >= 2
}

/// Returns whether it is a sort code and an account number: `00 28 08 8974 7253`.
fn is_bank(written: &str) -> bool {
    let mut groups = written.split([' ', '-']).map(str::len);
    groups.by_ref().take(3).eq([2; 3]) && matches!(groups.next(), Some(4 | 8))
}

/// Returns how many digits the number has in national notation, or `None` if the plan has none
/// so long.
fn national(written: &str) -> Option<usize> {
    let lower = written.to_ascii_lowercase();
    let number = lower.split(['e', 'x']).next().unwrap_or_default();
    let number = match number.strip_prefix("00") {
        Some(abroad) => Cow::Owned(format!("+{abroad}")),
        None => Cow::Borrowed(number),
    };
    let normal = holdall_connector::Compare::Phone.normalise(&number)?;
    match normal.strip_prefix('0') {
        Some(_) if (10..=11).contains(&normal.len()) => Some(normal.len()),
        Some(_) => None,
        None => normal.starts_with('+').then_some(normal.len()).filter(|n| (9..=16).contains(n)),
    }
}
