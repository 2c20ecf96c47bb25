//! Sort codes and accounts written together: with a slash between, or the account first.

use std::ops::Range;

use super::{ACCOUNT, SORT_CODE};
use crate::redact::detect::digits::is_edge;
use crate::redact::detect::seen::Seen;

/// Words of texts that speak of pay or banks.
pub(super) const PAY: [&str; 37] = [
    "bank",
    "payroll",
    "bacs",
    "sort",
    "payee",
    "payment",
    "expenses",
    "refund",
    "salary",
    "account",
    "dd",
    "direct debit",
    "savings",
    "building society",
    "nationwide",
    "barclays",
    "natwest",
    "lloyds",
    "santander",
    "hsbc",
    "halifax",
    "monzo",
    "starling",
    "wages",
    "remit",
    "supplier",
    "pay",
    "paid",
    "pymt",
    "grant",
    "transfer",
    "a/c",
    "acct",
    "rent",
    "hb",
    "landlord",
    "housing benefit",
];

/// Returns whether the number is half of a pair with nothing but a slash between: `203344/44719021`,
/// and either is a sort code in pairs or the text speaks of pay.
pub(super) fn is_slashed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let bytes = seen.bytes();
    let sign = |at: usize| bytes.get(at) == Some(&b'/');
    let free = |at: Option<usize>| at.is_none_or(|at| !sign(at));
    let code = |at: &Range<usize>| is_code(bytes, at);
    let pair = if sign(range.end) {
        let other = numbers(bytes, range.end + 1).map(|end| range.end + 1..end);
        other.map(|other| (range.clone(), other))
    } else {
        let end = range.start.checked_sub(1).filter(|end| sign(*end));
        end.and_then(|end| number_before(bytes, end)).map(|other| (other, range.clone()))
    };
    let Some((first, second)) = pair else { return false };
    let alone = free(first.start.checked_sub(1)) && free(Some(second.end));
    let code = match (code(&first), code(&second)) {
        (true, false) => first,
        (false, true) => second,
        _ => return false,
    };
    alone && (code.len() == 8 || seen.speaks(range, &PAY))
}

/// Returns whether an account of eight digits and then six digits stand side by side in a text that
/// speaks of pay or banks: `44719021 / 203344`, `44719021 (203344)`.
pub(super) fn is_turned(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let bytes = seen.bytes();
    let gap = |bytes: &[u8]| {
        bytes.iter().take(3).take_while(|b| matches!(b, b' ' | b',' | b'/' | b'|' | b'(')).count()
    };
    let told = |between: &[u8]| between.iter().any(|b| matches!(b, b'/' | b'|' | b',' | b'('));
    let found = if range.len() == 6 {
        let head: Vec<u8> =
            bytes.get(..range.start).unwrap_or_default().iter().rev().take(3).copied().collect();
        let end = range.start - gap(&head);
        let other = number_before(bytes, end).filter(|other| !is_code(bytes, other));
        told(bytes.get(end..range.start).unwrap_or_default()) && other.is_some()
    } else {
        let start = range.end + gap(bytes.get(range.end..).unwrap_or_default());
        let other = numbers(bytes, start).filter(|end| end - start == 6);
        told(bytes.get(range.end..start).unwrap_or_default()) && other.is_some()
    };
    found && seen.speaks(range, &PAY)
}

/// Returns whether the range has the length and signs of a sort code.
fn is_code(bytes: &[u8], range: &Range<usize>) -> bool {
    SORT_CODE.iter().any(|shape| shape.end(bytes, range.start) == Some(range.end))
}

/// Returns where a sort code or an account number ends that starts here.
fn numbers(bytes: &[u8], start: usize) -> Option<usize> {
    let mut shapes = SORT_CODE.iter().chain(&ACCOUNT);
    is_edge(bytes, start).then(|| shapes.find_map(|shape| shape.end(bytes, start))).flatten()
}

/// Returns where a sort code or an account number stands that ends here.
fn number_before(bytes: &[u8], end: usize) -> Option<Range<usize>> {
    [11, 9, 8, 6]
        .into_iter()
        .filter_map(|length| end.checked_sub(length))
        .find(|start| numbers(bytes, *start) == Some(end))
        .map(|start| start..end)
}
