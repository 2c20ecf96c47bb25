//! National Insurance numbers (HMRC NIM39110): any case and spacing, the suffix may be missing.

use std::ops::Range;

use super::cued::{COMPANY_CUES, TRADING, is_attached};
use super::digits::{Run, is_edge};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "nino", kinds: &["nino"], needs: Needs::Digits(6), find };

/// Words that a National Insurance number follows.
const CUES: [&str; 8] =
    ["national insurance", "nino", "ni no", "ni num", "ni", "nat ins", "suffix", "dwp"];

/// Words after which two letters and six digits are something else.
const OTHERS: [&str; 33] = [
    "ref",
    "reference",
    "claim",
    "police",
    "crime",
    "case",
    "order",
    "booking",
    "invoice",
    "ticket",
    "policy",
    "serial",
    "badge",
    "parcel",
    "tracking",
    "batch",
    "letter",
    "lot",
    "subject:",
    "dup of",
    "duplicate of",
    "logged under",
    "logged as",
    "filed under",
    "cert",
    "certificate",
    "urn",
    "code",
    "lab",
    "sample",
    "swab",
    "permit",
    "asset",
];
/// Words of texts in which one without its suffix may stand with no word of its own.
const PAID: [&str; 34] = [
    "benefit",
    "dwp",
    "employee",
    "esa",
    "final letter",
    "hb",
    "hmrc",
    "housing benefit",
    "inland revenue",
    "jobcentre",
    "last letter",
    "national insurance",
    "nat ins",
    "new starter",
    "ni",
    "nino",
    "ninos",
    "p11",
    "p45",
    "p46",
    "p60",
    "paid",
    "pay",
    "paye",
    "payroll",
    "payslip",
    "pension",
    "right to work",
    "salary",
    "starter",
    "tax code",
    "umbrella",
    "universal credit",
    "wages",
];
/// How most numbers of companies start that could be a person's: those of Scotland, partnerships
/// and charitable organisations.
const REGISTERS: [&[u8; 2]; 4] = [b"SC", b"OC", b"SO", b"CE"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(6, out, judge, |bytes, run| Some(letters(bytes, run)?..end(bytes, run)?));
    // One of which nothing tells stands beside others, or is all there is.
    let whole = seen.text().trim().len();
    let told = out.iter().any(|find| find.2 > LOOSE || find.0.len() == whole);
    out.retain(|find| told || find.2 > LOOSE);
}

/// How sure a number is at most of which nothing tells but others in the text.
const LOOSE: f32 = 0.4;

/// Returns where the two letters before the digits start.
fn letters(bytes: &[u8], run: &Run) -> Option<usize> {
    let head = bytes.get(..run.start)?;
    let signs = head.iter().rev().take(2).take_while(|b| is_sign(**b)).count();
    let head = head.get(..head.len() - signs)?;
    let (second, rest) = head.split_last()?;
    let (first, rest) = match rest.split_last()? {
        (b' ' | b'.', rest) => rest.split_last()?,
        closer => closer,
    };
    let sound = second.is_ascii_alphabetic() && first.is_ascii_alphabetic();
    (sound && is_edge(bytes, rest.len())).then_some(rest.len())
}

/// Returns where six digits from here on end, in pairs with up to two signs between, and the letter
/// that may follow.
fn end(bytes: &[u8], run: &Run) -> Option<usize> {
    let signs = |at: usize, most: usize| {
        at + bytes.get(at..).map_or(0, |b| b.iter().take(most).take_while(|b| is_sign(**b)).count())
    };
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit).then_some(at + 1);
    let mut at = run.start;
    for number in 0..6 {
        let most = if number == 0 { 0 } else { 2 - number % 2 };
        at = digit(signs(at, most))?;
    }
    let suffix = signs(at, 2);
    let lettered = bytes.get(suffix).is_some_and(|b| matches!(b | 0x20, b'a'..=b'd'));
    if lettered && is_edge(bytes, suffix + 1) {
        return Some(suffix + 1);
    }
    is_edge(bytes, at).then_some(at)
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b' ' | b'.' | b'/' | b'-')
}

/// How near the word for a receipt has to stand to its number.
const RECEIPT: usize = 6;

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let plain: Vec<u8> =
        written.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_uppercase()).collect();
    if !is_prefix(*plain.first()?, *plain.get(1)?) || !seen.stands_alone(&range) {
        return None;
    }
    let complete = plain.len() == 9;
    if !complete && seen.is_barred(&range, &CUES, &["booking", "order", "parcel", "flight"]) {
        return None;
    }
    let code = plain.starts_with(b"SC") && written.split(['-', ' ']).map(str::len).eq([2; 4]);
    let sorted = || {
        plain.starts_with(b"SC")
            && seen.cue(&range, &["acc", "account", "a/c", "acct", "bank"]).is_some()
    };
    if !complete && (code && seen.cue(&range, &CUES).is_none() || sorted()) {
        return None;
    }
    if complete && seen.bar(&range, &["rcpt", "receipt"]).is_some_and(|near| near <= RECEIPT) {
        return None;
    }
    let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
    let without = match (complete, upper) {
        (true, true) => 0.95,
        (true, false) => 0.9,
        (false, true) => 0.5,
        (false, false) => 0.0,
    };
    if !complete && (seen.is_cued(&range, &COMPANY_CUES, &CUES) || is_other(seen, &range)) {
        return None;
    }
    let trust = seen.trust(&range, &CUES, without);
    let spaced = plain.len() < written.len();
    let spoken = || seen.cue(&range, &CUES).is_some() || seen.speaks(&range, &PAID);
    let trust = if complete || spaced || spoken() { trust } else { trust.min(LOOSE) };
    let broken = written.contains(['\n', '\r']) || (plain.len() == 8 && loose(written));
    (trust > 0.0 && (!broken || trust > 0.9)).then_some(Find(range, "nino", trust))
}

/// Returns whether a number without its suffix is said to be something else: a reference, a badge, or
/// a company's where the text speaks of companies.
fn is_other(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let said = seen.is_barred(range, &CUES, &OTHERS);
    let letters = seen.slice(range.start..range.start + 2).to_ascii_uppercase();
    let badge = letters == "BB" && seen.speaks(range, &["blue badge", "badge"]);
    said || badge
        || is_attached(seen, range)
        || is_register(letters.as_bytes())
            && seen.bar(range, &CUES).is_none()
            && seen.speaks(range, &TRADING)
}

/// Returns whether companies' numbers start with these letters.
pub(super) fn is_register(letters: &[u8]) -> bool {
    REGISTERS.iter().any(|register| *register == letters)
}

/// Returns whether a number without its suffix is spaced unlike one.
fn loose(written: &str) -> bool {
    let spaces = written.chars().filter(|c| !c.is_alphanumeric()).count();
    spaces != 0 && spaces != 3
}

/// Returns whether two letters can start a number.
pub(super) fn is_prefix(first: u8, second: u8) -> bool {
    let barred = b"DFIQUV";
    let pairs: [&[u8; 2]; 8] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ", b"??"];
    !barred.contains(&first)
        && !barred.contains(&second)
        && second != b'O'
        && !pairs.contains(&&[first, second])
}
