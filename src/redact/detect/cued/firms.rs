//! Numbers of companies that stand in lists, behind `co.`, or in the tables of suppliers.

use std::ops::Range;

use crate::redact::detect::bank::has_account_after;
use crate::redact::detect::phrases::Asked;
use crate::redact::detect::seen::Seen;

/// Returns whether the place of the number says that it is a company's.
pub(super) fn is_firm(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    is_abbreviated(seen, range)
        || is_listed(seen, range)
        || is_run(seen, range)
        || is_supplier(seen, range)
        || is_named(seen, range)
        || is_held(seen, range)
}

/// Returns whether the number stands in brackets behind the name of a firm: one that ends with what
/// firms are called, or any word with a capital if it has the letters of a register.
fn is_named(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const ENDS: [&str; 8] = ["ltd", "limited", "plc", "llp", "cic", "cio", "ltd.", "lp"];
    const LETTERS: [&str; 4] = ["sc", "oc", "ni", "so"];
    let Some(head) = bracketed(seen, range) else { return false };
    let written = seen.slice(range.clone());
    let word = head.rsplit([' ', '\n']).next().unwrap_or_default();
    let firm = ENDS.iter().any(|end| word.eq_ignore_ascii_case(end));
    let lettered =
        LETTERS.iter().any(|l| written.get(..2).is_some_and(|w| w.eq_ignore_ascii_case(l)));
    firm && range.len() == 8
        || lettered
            && range.len() <= 9
            && word.starts_with(char::is_uppercase)
            && !has_account_after(seen, &(range.end.saturating_sub(6)..range.end))
}

/// Returns what stands before the bracket in which the number does, alone or behind `no.`.
fn bracketed<'s>(seen: &'s Seen<'_>, range: &Range<usize>) -> Option<&'s str> {
    let (_, after) = seen.neighbours(range);
    after.filter(|c| matches!(c, ')' | ',' | ';'))?;
    let head = seen.head(range).trim_end_matches([' ', '.']);
    let head = ["No", "no", "Reg", "reg", "Co", "co"]
        .iter()
        .find_map(|word| head.strip_suffix(word))
        .unwrap_or(head)
        .trim_end();
    head.strip_suffix('(').map(str::trim_end)
}

/// Returns whether the word for what somebody is in a company, or for a business, stands right before.
fn is_held(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const WORDS: [&str; 6] = [
        "(director, ",
        "(director: ",
        "(secretary, ",
        "business ",
        "business no ",
        "business no. ",
    ];
    let before = seen.before(range);
    let held = WORDS.iter().any(|word| before.ends_with(word));
    range.len() == 8 && (held || files_accounts(seen, range))
}

/// Returns whether the number follows `accounts` behind a word with a capital, in a text about
/// companies: those that it files, not one at a bank.
pub(in crate::redact::detect) fn files_accounts(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let head = seen.head(range).strip_suffix(" accounts ").unwrap_or_default();
    let word = head.rsplit([' ', '\n']).next().unwrap_or_default();
    seen.says(Asked::Companies) && word.starts_with(char::is_uppercase)
}

/// Returns whether the number stands in a column of companies' numbers.
pub(in crate::redact::detect) fn is_headed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const HEADS: [&str; 7] =
        ["co no", "co. no", "company no", "company num", "company reg", "crn", "co number"];
    seen.headings(range.start).iter().any(|head| HEADS.iter().any(|h| head.trim().starts_with(h)))
}

/// Returns whether `co` stands right before the number, with no more than `no` between.
pub(in crate::redact::detect) fn is_abbreviated(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const NUMBER: [&str; 5] = [" number", " num", " nos", " no", " reg"];
    let signs = [' ', '.', ':', '#', '=', '('];
    let before = seen.before(range);
    let (head, parted) = match before.trim_end_matches(signs) {
        head if head.len() < before.len() => (head, true),
        head => (head, false),
    };
    let said = NUMBER.iter().find_map(|word| head.strip_suffix(word));
    let head = said.map_or(head, |head| head.trim_end_matches(['.', ' ']));
    let word = head.strip_suffix("co");
    parted && word.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// Returns whether a list of companies has the number.
fn is_listed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LISTS: [&str; 5] = ["companies", "company nos", "company numbers", "co nos", "crns"];
    const OTHERS: [&str; 7] = ["vat", "tel", "phone", "order", "account", "invoice", "charity"];
    seen.bar(range, &OTHERS).is_none() && seen.is_listed_under(range, &LISTS)
}

/// Returns whether the number follows the word for what somebody does with a company, in a text that
/// names one: `also runs 05512345`.
fn is_run(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const RUNS: [&str; 6] =
        [" runs ", " owns ", " controls ", " directs ", " chairs ", " director at "];
    let before = seen.before(range);
    range.len() == 8
        && seen.says(Asked::Companies)
        && RUNS.iter().any(|word| before.ends_with(word))
}

/// Returns whether the number is a cell of a supplier's row, before the bank details.
fn is_supplier(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const SIGNS: [u8; 3] = *b"\t|,";
    const SUPPLIERS: [&str; 5] = ["supplier", "vendor", "creditor", "contractor", "payee"];
    let bytes = seen.bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let skip = |at: usize| at + usize::from(byte(at) == b' ');
    let sign = skip(range.end);
    let next = skip(sign + 1);
    let before = seen.slice(range.start.saturating_sub(2)..range.start).trim_end_matches(' ');
    let cell = SIGNS.contains(&byte(sign)) && before.bytes().next_back() == Some(byte(sign));
    range.len() == 8
        && cell
        && has_account_after(seen, &(next..next + 8))
        && seen.speaks(range, &SUPPLIERS)
}
