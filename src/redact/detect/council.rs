//! Numbers of councils that only the words around them tell: Blue Badges, council tax accounts.

mod badge;

use std::ops::Range;

use super::bank::is_paid_to;
use super::digits::{Run, is_edge, lead};
use super::phrases::Asked;
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "council",
    kinds: &["blue-badge", "council-tax"],
    needs: Needs::Digits(1),
    find,
};

/// Words that the number of a council tax account follows.
pub(super) const TAXES: [&str; 20] = [
    "ct credit",
    "ct refund",
    "ct arrears",
    "ct debt",
    "ct support",
    "c/t acc",
    "council tax",
    "c/tax",
    "c.tax",
    "c tax",
    "ctax",
    "ct acc",
    "ct a/c",
    "ct ref",
    "ct no",
    "ct num",
    "ct bill",
    "ct:",
    "tax account",
    "ctr",
];
/// Words of texts that speak of such accounts.
const BILLING: [&str; 15] = [
    "council tax",
    "c/tax",
    "c.tax",
    "ctax",
    "ct",
    "liability order",
    "single person disc",
    "spd",
    "smi",
    "disregard",
    "revenues",
    "arrears listing",
    "summons",
    "banding",
    "empty property",
];
/// Words after which such digits are something else.
const NO_TAX: [&str; 28] = [
    "user name",
    "username",
    "user id",
    "isbn",
    "tel",
    "telephone",
    "phone",
    "mobile",
    "mob",
    "fax",
    "order",
    "invoice",
    "sort code",
    "bank",
    "iban",
    "card",
    "nhs",
    "utr",
    "passport",
    "licence",
    "meter",
    "tracking",
    "parcel",
    "dbs",
    "company",
    "rent",
    "uprn",
    "driver",
];

/// Words that an account's number follows in a text that speaks of council tax.
const ACCOUNTS: [&str; 8] =
    ["acc", "account", "acct", "a/c", "liab", "liability", "reference", "number is"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    badge::find(seen, out);
    if seen.says(Asked::CouncilTax) || has(seen.lower(), "ct ") {
        let first = out.len();
        seen.placed(6, out, tax, account);
        let told = out.get(first..).unwrap_or_default();
        let forms: Vec<String> = told.iter().map(|find| form(seen.slice(find.0.clone()))).collect();
        if forms.iter().any(|form| is_telling(form)) {
            again(seen, &forms, out);
        }
    }
}

/// Finds numbers in a telling form that an account's number in the text has too.
fn again(seen: &Seen<'_>, forms: &[String], out: &mut Vec<Find>) {
    for run in seen.runs(6) {
        let Some(range) = account(seen.bytes(), run).filter(|at| is_edge(seen.bytes(), at.start))
        else {
            continue;
        };
        let form = form(seen.slice(range.clone()));
        let known = out.iter().any(|find| find.0.start < range.end && range.start < find.0.end);
        let same = is_telling(&form) && forms.contains(&form);
        if same && !known && seen.stands_alone(&range) && seen.bar(&range, &NO_TAX).is_none() {
            out.push(Find(range, "council-tax", 0.7));
        }
    }
}

/// Returns how a number is written: `9` for each digit, `A` for each letter.
fn form(written: &str) -> String {
    let sign = |c: char| match c {
        '0'..='9' => '9',
        'a'..='z' | 'A'..='Z' => 'A',
        _ => c,
    };
    written.chars().map(sign).collect()
}

/// Returns whether few other numbers are written in a form: with letters, or in two groups or more.
fn is_telling(form: &str) -> bool {
    form.contains('A') || form.contains([' ', '-', '/']) && form != "99-99-99"
}

fn has(text: &str, word: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// Returns where an account's number stands: two letters at most, six to twelve digits in groups,
/// and a letter at most.
fn account(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let start = account_start(bytes, run.start);
    let (mut end, mut digits) = (run.start, 0);
    loop {
        let group = bytes.get(end..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        digits += group;
        end += group;
        let next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if digits > 12 || !next || !matches!(bytes.get(end), Some(b' ' | b'-' | b'/')) {
            break;
        }
        end += 1;
    }
    let apart = usize::from(bytes.get(end) == Some(&b' '));
    let last = bytes.get(end + apart).filter(|_| is_edge(bytes, end + apart + 1));
    let tail = match apart {
        0 => last.is_some_and(u8::is_ascii_alphabetic),
        _ => last.is_some_and(|b| b.is_ascii_uppercase() && !matches!(b, b'A' | b'I')),
    };
    end += if tail { apart + 1 } else { 0 };
    let sound = (6..=12).contains(&digits) && is_edge(bytes, start) && is_edge(bytes, end);
    sound.then_some(start..end)
}

/// Returns where the letters before an account's digits start: `CT1234`, `LB/0091`, `E-3319`,
/// `C 500`.
fn account_start(bytes: &[u8], digits: usize) -> usize {
    let Some(letters) = lead(bytes, digits, 3, b" -/") else { return digits };
    let upper = bytes.get(letters.clone()).is_some_and(|w| w.iter().all(u8::is_ascii_uppercase));
    let one = letters.len() == 1 && !matches!(bytes.get(letters.start), Some(b'A' | b'I'));
    let sound = match bytes.get(letters.end) {
        Some(b' ') => upper && one,
        Some(b'-' | b'/') => upper,
        _ => letters.len() < 3,
    };
    if sound { letters.start } else { digits }
}

/// Returns whether this is a date, or a financial year: `2026/27`, `2026/2027`.
fn is_date(written: &str) -> bool {
    let year = |part: &str| part.len() == 4 && matches!(part.get(..2), Some("19" | "20"));
    let parts: Vec<&str> = written.split(['-', '/']).collect();
    match parts.as_slice() {
        [from, to] => year(from) && (to.len() == 2 || year(to)),
        [a, b, c] => {
            (a.len() < 3 || year(a))
                && b.len() < 3
                && (c.len() == 2 || year(c))
                && super::date::normal(written).is_some()
        }
        _ => false,
    }
}

/// Returns an account's number: near words that say so, or grouped `1234 5678 9` in a text that
/// speaks of such accounts.
fn tax(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let (before, after) = seen.neighbours(&range);
    let tied = before.is_some_and(|c| matches!(c, '+' | '-' | '/' | '£' | '.' | '#' | '('))
        && before != Some('(')
        || after.is_some_and(|c| matches!(c, '-' | '/'));
    let date = is_date(written);
    let grouped = written.split(' ').map(str::len).eq([4, 4, 1]);
    if !seen.stands_alone(&range) || tied || date {
        return None;
    }
    let cued = seen.is_cued(&range, &TAXES, &NO_TAX);
    let schedule = || seen.is_cued(&range, &ACCOUNTS, &NO_TAX) && seen.speaks(&range, &TAXES);
    let spoken = || {
        schedule()
            || grouped && seen.bar(&range, &NO_TAX).is_none() && seen.speaks(&range, &BILLING)
    };
    let sound = (cued || spoken()) && !is_paid_to(seen, &range);
    let trust = if cued { seen.trust(&range, &TAXES, 0.0) } else { 0.8 };
    sound.then_some(Find(range, "council-tax", trust))
}
