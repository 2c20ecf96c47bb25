//! The forms in which accounts of council tax are numbered, where no word names the tax itself.

use std::ops::Range;

use super::{ACCOUNTS, NO_TAX};
use crate::redact::detect::Find;
use crate::redact::detect::bank::has_account_after;
use crate::redact::detect::digits::{Run, is_edge, lead};
use crate::redact::detect::seen::Seen;

/// What bills and the people who owe them are spoken of with.
const OWED: [&str; 26] = [
    "acc",
    "account",
    "acct",
    "arrears",
    "attachment of earnings",
    "bailiff",
    "band",
    "bill",
    "council",
    "c/tax",
    "ctax",
    "debt",
    "deceased",
    "direct debit",
    "discount",
    "enforcement",
    "exempt",
    "exemption",
    "instalment",
    "liab",
    "liable",
    "liability",
    "pay",
    "pays",
    "recovery",
    "summons",
];
/// Words after which a number with a letter or digit behind it is of something else.
const OTHERS: [&str; 12] = [
    "claim", "job", "member", "model", "part", "permit", "policy", "product", "rent", "staff",
    "tenancy", "meter",
];

/// Returns where eight or nine digits stand with a letter that checks them, `516709778X`, or eight
/// with a digit behind a dash, `72410425-5`, or any behind the letters of the tax, `CT47316822`.
pub(super) fn place(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let next = bytes.get(run.end).unwrap_or(&b' ');
    const TAX: [&[u8]; 3] = [b"CT", b"CTX", b"CTAX"];
    let letters = lead(bytes, run.start, 4, b"-/ ").filter(|at| {
        (at.end < run.start || at.len() == 2)
            && bytes.get(at.clone()).is_some_and(|word| TAX.contains(&word))
            && (bytes.get(at.end) != Some(&b' ') || at.len() > 2)
    });
    if let Some(letters) = letters.filter(|_| (7..=10).contains(&run.len())) {
        let tied = matches!(next, b'-' | b'/' | b'@') || !is_edge(bytes, run.end);
        return (!tied).then_some(letters.start..run.end);
    }
    let end = match (run.len(), next) {
        (8 | 9, letter) if letter.is_ascii_uppercase() => run.end + 1,
        (8, b'-') if bytes.get(run.end + 1).is_some_and(u8::is_ascii_digit) => run.end + 2,
        _ => return None,
    };
    let sign = run.start.checked_sub(1).and_then(|at| bytes.get(at));
    let tied = sign.is_some_and(|b| matches!(b, b'-' | b'/' | b'.' | b'#' | b'+'))
        || matches!(bytes.get(end), Some(b'-' | b'/' | b'@'));
    (!tied && is_edge(bytes, run.start) && is_edge(bytes, end)).then_some(run.start..end)
}

/// Returns such a number in a text about bills, debts or discounts.
pub(super) fn checked(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let sound = seen.bar(&range, &NO_TAX).is_none()
        && seen.bar(&range, &OTHERS).is_none()
        && seen.speaks(&range, &OWED);
    sound.then_some(Find(range, "council-tax", 0.72))
}

/// Returns whether the letters before the digits stand for council tax themselves: `CTX 7102884`,
/// `CT47316822`, `CT/30791/4`.
pub(super) fn is_lettered(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LETTERS: [&str; 4] = ["CTAX", "CTX", "CTR", "CT"];
    let written = seen.slice(range.clone());
    let head = seen.head(range);
    let own = LETTERS.iter().any(|letters| {
        written.strip_prefix(letters).is_some_and(|rest| rest.starts_with(is_joint))
    });
    let apart = ["CTAX ", "CTX "].iter().any(|letters| head.ends_with(letters));
    (own || apart) && seen.bar(range, &NO_TAX).is_none() && seen.speaks(range, &OWED)
}

/// Returns whether a sign or digit may join letters to the number they belong to.
fn is_joint(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '-' | '/')
}

/// Returns whether `CT` stands right before a number in groups or with a letter behind it, or an
/// account's short word before one of two groups of four where money was taken by direct debit.
pub(super) fn is_abbreviated(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const SCANS: [&str; 5] = ["scan", "hospital", "radiolog", "court", "patient"];
    let written = seen.slice(range.clone());
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let head = seen.head(range);
    let tax = head.strip_suffix("CT ").is_some_and(|head| !head.ends_with(char::is_alphanumeric));
    let grouped = written.contains(['-', ' ']) || written.ends_with(char::is_alphabetic);
    let taken = || {
        seen.cue(range, &ACCOUNTS).is_some_and(|near| near <= 2)
            && seen.speaks(range, &["direct debit taken", "jointly liable", "joint liable"])
    };
    digits > 6 && (tax && grouped && !seen.speaks(range, &SCANS) || taken())
}

/// Returns whether the number is three pairs of digits and an account's number follows: a sort code.
pub(super) fn is_sort_code(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let pairs = seen.slice(range.clone()).split([' ', '-']).map(str::len).eq([2; 3]);
    pairs && has_account_after(seen, range)
}
