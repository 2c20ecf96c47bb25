//! Unique Taxpayer References: ten digits of which the first checks the rest, perhaps with a K.

use std::ops::Range;

use super::council::TAXES;
use super::digits::{ends, is_edge, lead};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "utr", kinds: &["utr"], needs: Needs::Digits(10), find };

/// Words that a taxpayer reference follows.
const CUES: [&str; 18] = [
    "utr",
    "utr n",
    "unique tax",
    "tax ref",
    "taxpayer ref",
    "self assessment",
    "hmrc ref",
    "sa ref",
    "sa100",
    "sa302",
    "tax return for",
    "corporation tax",
    "self assesment",
    "self ass",
    "sa utr",
    "sa num",
    "sa no",
    "ten digit ref",
];
/// Those of them that name nothing but such a reference: what they lead to is one though a digit be
/// wrong.
const NAMES: [&str; 15] = [
    "utr",
    "utr n",
    "utr ref",
    "unique tax",
    "tax ref",
    "tax reference",
    "taxpayer ref",
    "self assessment ref",
    "self assessment n",
    "self assessment utr",
    "self assesment",
    "hmrc ref",
    "sa ref",
    "sa utr",
    "ten digit ref",
];
/// Words of texts in whose lists ten digits beside a name are that person's reference.
const LISTS: [&str; 9] = [
    "utr",
    "unique tax",
    "taxpayer ref",
    "self assessment",
    "tax pack",
    "tax clinic",
    "cis",
    "subbies",
    "sa302",
];
/// Words of texts that speak of somebody's tax.
const TAXED: [&str; 15] = [
    "utr",
    "tax ref",
    "tax check",
    "tax return",
    "taxpayer",
    "hmrc",
    "inland revenue",
    "self assessment",
    "sole tr",
    "self employed",
    "sub contract",
    "subbie",
    "cis",
    "sa100",
    "sa302",
];
/// Words after which such digits are something else.
const OTHERS: [&str; 11] = [
    "nhs",
    "tel",
    "phone",
    "isbn",
    "order",
    "council tax",
    "patient",
    "account",
    "mobile",
    "invoice",
    "parcel",
];

/// So many digits a reference has.
const DIGITS: usize = 10;
/// How near its name no other word counts, in bytes.
const NAMED: usize = 16;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(10, out, judge, |bytes, run| {
        let start = lead(bytes, run.start, 1, b"").map_or(run.start, |letter| letter.start);
        let led = start == run.start || matches!(bytes.get(start), Some(b'k' | b'K'));
        let first = led && is_edge(bytes, start);
        let end = ends(bytes, run.start, b" -.").nth(9)?;
        let letter = end + usize::from(bytes.get(end) == Some(&b' '));
        let lettered = matches!(bytes.get(letter), Some(b'k' | b'K')) && is_edge(bytes, letter + 1);
        let end = if lettered { letter + 1 } else { end };
        (first && is_edge(bytes, end)).then_some(start..end)
    });
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let named = seen.bar(&range, &["utr"]).is_some_and(|near| near <= NAMED);
    let sound = seen.stands_alone(&range)
        && (named || seen.bar(&range, &TAXES).is_none())
        && !seen.before(&range).ends_with(['-', '/'])
        && !is_phone_like(written);
    if !sound {
        return None;
    }
    let valid = is_valid(written);
    if is_listed(seen, &range) || !valid && is_told(seen, &range) {
        return Some(Find(range, "utr", 0.9));
    }
    if !valid {
        return None;
    }
    if named || seen.is_cued(&range, &CUES, &OTHERS) {
        return Some(Find(range.clone(), "utr", seen.trust(&range, &CUES, 0.0)));
    }
    let spoken = seen.bar(&range, &OTHERS).is_none() && seen.speaks(&range, &TAXED);
    spoken.then_some(Find(range, "utr", 0.72))
}

/// Returns whether the words right before the digits, the heading of their column or a word right
/// behind them name such a reference, and nothing nearer another number.
fn is_told(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const BEHIND: usize = 16;
    let near = seen.bar(range, &NAMES);
    let other = seen.bar(range, &OTHERS);
    let before = near.is_some_and(|near| other.is_none_or(|other| near <= other));
    before
        || other.is_none() && {
            let after = seen.after(range);
            let near = after.find("utr").is_some_and(|at| at <= BEHIND);
            near && !after.bytes().take(BEHIND).any(|b| b.is_ascii_digit())
        }
}

/// Returns whether the digits stand together beside somebody's name, in a text that gave the
/// reference of somebody else.
fn is_listed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const SIGNS: [char; 6] = [',', '|', ';', '\t', '/', '('];
    let head = seen.head(range).trim_end_matches(' ');
    let named = head.strip_suffix(SIGNS).map(str::trim_end).is_some_and(|head| {
        let word = head.rsplit([' ', '\n', '|', ';', '-', '\t']).next().unwrap_or_default();
        word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '\'')
    });
    range.len() == DIGITS
        && named
        && seen.bar(range, &OTHERS).is_none()
        && seen.speaks(range, &LISTS)
}

/// Returns whether the digits stand like those of an American telephone, `212-555-0147`, or like a
/// sort code and the beginning of an account number.
fn is_phone_like(written: &str) -> bool {
    let groups: Vec<usize> = written.split([' ', '-', '.']).map(str::len).collect();
    written.split('-').map(str::len).eq([3, 3, 4]) || matches!(groups.as_slice(), [2, 2, 2, _, ..])
}

/// Returns whether the first digit is right: weights 6 7 8 9 10 5 4 3 2 over the rest, modulo 11.
fn is_valid(written: &str) -> bool {
    const WEIGHTS: [u32; 9] = [6, 7, 8, 9, 10, 5, 4, 3, 2];
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let [check, rest @ ..] = digits.as_slice() else { return false };
    let sum: u32 = rest.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|at| "21987654321".chars().nth(at));
    digits.len() == 10 && expected.and_then(|c| c.to_digit(10)) == Some(*check)
}
