//! Numbers of councils that only the words around them tell: Blue Badges, council tax accounts.

mod badge;
mod forms;

use std::collections::BTreeSet;
use std::ops::Range;

use super::bank::is_paid_to;
use super::digits::{Run, is_edge, lead};
use super::phrases::Asked;
use super::places::Places;
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector = Detector {
    name: "council",
    kinds: &["blue-badge", "council-tax"],
    needs: Needs::Digits(1),
    find,
};

/// Words that the number of a council tax account follows.
pub(super) const TAXES: [&str; 40] = [
    "cts no",
    "cts ref",
    "ct on",
    "liable from",
    "joint liable",
    "jointly liable",
    "liability split",
    "student exemption",
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
    "c. tax",
    "overpaid ct",
    "ct, ref",
    "liability ref",
    "liab ref",
    "liability order",
    "liable party",
    "nndr",
    "liable person",
    "ct apportionment",
    "ct balance",
    "single person disc",
];
/// Words of texts that speak of such accounts.
const BILLING: [&str; 16] = [
    "council tax",
    "c/tax",
    "c.tax",
    "ctax",
    "ct",
    "was liable",
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
const NO_TAX: [&str; 31] = [
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
    "auth",
    "badge",
    "serial",
];

/// Words that an account's number follows in a text that speaks of council tax.
const ACCOUNTS: [&str; 15] = [
    "acc",
    "account",
    "acct",
    "a/c",
    "liab",
    "liability",
    "reference",
    "number is",
    "on bill",
    "on order",
    "liability order",
    "earnings order",
    "bill no",
    "the bill",
    "tax bill",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    badge::find(seen, out);
    seen.placed(7, out, forms::checked, forms::place);
    if seen.says(Asked::CouncilTax) || has(seen.lower(), "ct ") {
        let first = out.len();
        seen.placed(6, out, tax, account);
        listed(seen, first, out);
        let told = out.get(first..).unwrap_or_default();
        let forms: BTreeSet<String> =
            told.iter().map(|find| form(seen.slice(find.0.clone()))).collect();
        if forms.iter().any(|form| is_telling(form)) {
            again(seen, &forms, out);
        }
    }
}

/// Finds the numbers of a list of accounts: two at least with those found from `first` on, of seven to
/// ten digits each, in a text that speaks of such accounts, with nothing before one that says what
/// it is.
fn listed(seen: &Seen<'_>, first: usize, out: &mut Vec<Find>) {
    let told = out.get(first..).unwrap_or_default();
    let known = Places::of(told);
    let new: Vec<Range<usize>> = seen
        .runs(FEWEST)
        .filter_map(|run| account(seen.bytes(), run))
        .filter(|range| !known.meet(range))
        .filter(|range| may_be_listed(seen, range))
        .collect();
    if told.len() + new.len() > 1 {
        out.extend(new.into_iter().map(|range| Find(range, "council-tax", 0.6)));
    }
}

/// The fewest digits of a number in a list.
const FEWEST: usize = 7;

/// Returns whether this is a number that nothing tells from an account's.
fn may_be_listed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const TOLD: [&str; 4] = ["case", "pcn", "uprn", "epoch"];
    let written = seen.slice(range.clone());
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let sound = (FEWEST..=10).contains(&digits)
        && written.starts_with(|c: char| c.is_ascii_digit())
        && seen.stands_alone(range)
        && !is_tied(seen, range)
        && !is_date(written);
    sound
        && seen.bar(range, &NO_TAX).is_none()
        && seen.bar(range, &TOLD).is_none()
        && seen.speaks(range, &TAXES)
        && !is_paid_to(seen, range)
}

/// Returns whether this is a telephone number, and no word of council tax stands right before it.
fn is_dialled(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const DIGITS: usize = 11;
    const NEAR: usize = 24;
    let digits: Vec<u8> = seen.slice(range.clone()).bytes().filter(u8::is_ascii_digit).collect();
    let dialled = matches!(digits.as_slice(), [b'0', b'1' | b'2' | b'3' | b'7' | b'8', ..]);
    digits.len() == DIGITS && dialled && seen.bar(range, &TAXES).is_none_or(|near| near > NEAR)
}

/// Returns whether a sign ties the digits to something longer.
fn is_tied(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let (before, after) = seen.neighbours(range);
    let digit = |by: usize| {
        let byte = range.start.checked_sub(by).and_then(|at| seen.bytes().get(at));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let goes_on = before == Some(' ') && digit(2) && digit(3);
    before.is_some_and(|c| matches!(c, '+' | '-' | '/' | '£' | '.' | '#'))
        || after.is_some_and(|c| matches!(c, '-' | '/'))
        || goes_on
}

/// Finds numbers in a telling form that an account's number in the text has too.
fn again(seen: &Seen<'_>, forms: &BTreeSet<String>, out: &mut Vec<Find>) {
    let known = Places::of(out);
    for run in seen.runs(6) {
        let Some(range) = account(seen.bytes(), run).filter(|at| is_edge(seen.bytes(), at.start))
        else {
            continue;
        };
        let form = form(seen.slice(range.clone()));
        let same = is_telling(&form) && forms.contains(&form);
        if same
            && !known.meet(&range)
            && seen.stands_alone(&range)
            && seen.bar(&range, &NO_TAX).is_none()
        {
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

/// So many digits together are the whole number: what stands after a space is another.
const WHOLE: usize = 9;

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
        let whole = group >= WHOLE && bytes.get(end) == Some(&b' ');
        if digits > 12 || whole || !next || !matches!(bytes.get(end), Some(b' ' | b'-' | b'/')) {
            break;
        }
        end += 1;
    }
    let apart = usize::from(bytes.get(end) == Some(&b' '));
    let last = bytes.get(end + apart).filter(|_| is_edge(bytes, end + apart + 1));
    let tail = match apart {
        0 => last.is_some_and(u8::is_ascii_alphabetic),
        _ => {
            let next = bytes.get(end + 3..end + 5);
            let named = matches!(next, Some([b' ', first]) if first.is_ascii_uppercase());
            let initial = bytes.get(end + 2) == Some(&b'.') && named;
            !initial && last.is_some_and(|b| b.is_ascii_uppercase() && !matches!(b, b'A' | b'I'))
        }
    };
    end += if tail { apart + 1 } else { 0 };
    let checked = bytes.get(end) == Some(&b'-')
        && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase)
        && is_edge(bytes, end + 2);
    end += if checked { 2 } else { 0 };
    let sound = (6..=12).contains(&digits) && is_edge(bytes, start) && is_edge(bytes, end);
    sound.then_some(start..end)
}

/// Returns where the letters before an account's digits start: `CT1234`, `LB/0091`, `E-3319`,
/// `C 500`.
fn account_start(bytes: &[u8], digits: usize) -> usize {
    let Some(letters) = lead(bytes, digits, 4, b" -/") else { return digits };
    if bytes.get(letters.end) == Some(&b' ') && is_named_tax(bytes, &letters) {
        return letters.start;
    }
    let head = bytes.get(..letters.start).unwrap_or_default();
    let head = head.get(head.len().saturating_sub(6)..).unwrap_or_default().to_ascii_lowercase();
    let room = head.ends_with(b"flat ") || head.ends_with(b"unit ") || head.ends_with(b"block ");
    if letters.len() > 3 || room {
        return digits;
    }
    let upper = bytes.get(letters.clone()).is_some_and(|w| w.iter().all(u8::is_ascii_uppercase));
    let one = letters.len() == 1 && !matches!(bytes.get(letters.start), Some(b'A' | b'I'));
    let sound = match bytes.get(letters.end) {
        Some(b' ') => upper && one,
        Some(b'-' | b'/') => upper,
        _ => letters.len() < 3,
    };
    if sound { letters.start } else { digits }
}

/// Returns whether letters that stand for council tax are part of the number after them: something
/// says so before they do, as in `ref CTX 0224`.
fn is_named_tax(bytes: &[u8], letters: &Range<usize>) -> bool {
    const TAX: [&[u8]; 5] = [b"CT", b"CTX", b"CTR", b"CTS", b"CTAX"];
    const SAYS: [&[u8]; 11] = [
        b" pay",
        b" pays",
        b" is",
        b"ref",
        b"no",
        b"number",
        b":",
        b"=",
        b"account",
        b"acc",
        b"reference",
    ];
    let head = bytes.get(..letters.start).unwrap_or_default();
    let signs = head.iter().rev().take_while(|b| matches!(b, b' ' | b'"' | b'.')).count();
    let head = head.get(..head.len() - signs).unwrap_or_default();
    let tail = head.get(head.len().saturating_sub(9)..).unwrap_or_default().to_ascii_lowercase();
    let tax = bytes.get(letters.clone()).is_some_and(|word| TAX.contains(&word));
    tax && SAYS.iter().any(|says| tail.ends_with(says))
}

/// Returns whether this is a date, or a financial year: `2026/27`, `2026/2027`.
fn is_date(written: &str) -> bool {
    let written = written.split(' ').next().unwrap_or_default();
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

/// Returns whether the number says itself that it is of council tax, `CT4471902`, in a text that
/// speaks of it; or that it is an account's, in groups of four and two in one about bailiffs.
fn is_bare(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const BAILIFFS: [&str; 4] = ["bailiff", "enforcement agent", "liability order", "nulla bona"];
    let written = seen.slice(range.clone());
    let digits = written.strip_prefix("CTS ").or_else(|| written.strip_prefix("CT"));
    let digits = digits.unwrap_or_default();
    let told = digits.len() >= FEWEST && digits.bytes().all(|b| b.is_ascii_digit());
    let grouped = written.split(' ').map(str::len).eq([4, 4, 2]);
    told && seen.speaks(range, &TAXES)
        || grouped && seen.cue(range, &ACCOUNTS).is_some() && seen.speaks(range, &BAILIFFS)
}

/// Returns an account's number: near words that say so, or grouped `1234 5678 9` in a text that
/// speaks of such accounts.
fn tax(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let grouped = written.split(' ').map(str::len).eq([4, 4, 1]);
    let barred = is_tied(seen, &range) || is_date(written) || is_dialled(seen, &range);
    if !seen.stands_alone(&range) || barred {
        return None;
    }
    let cued = seen.is_cued(&range, &TAXES, &NO_TAX);
    let bare = || is_bare(seen, &range) && seen.bar(&range, &NO_TAX).is_none();
    if forms::is_sort_code(seen, &range) {
        return None;
    }
    let bare = || bare() || forms::is_lettered(seen, &range) || forms::is_abbreviated(seen, &range);
    let about = || {
        let columns = || seen.speaks(&range, &["band"]) && seen.speaks(&range, &["arrears"]);
        seen.speaks(&range, &TAXES) || columns()
    };
    let schedule = || seen.is_cued(&range, &ACCOUNTS, &NO_TAX) && about();
    let spoken = || {
        schedule()
            || bare()
            || grouped && seen.bar(&range, &NO_TAX).is_none() && seen.speaks(&range, &BILLING)
    };
    let sound = (cued || spoken()) && !is_paid_to(seen, &range);
    let trust = if cued { seen.trust(&range, &TAXES, 0.0) } else { 0.8 };
    sound.then_some(Find(range, "council-tax", trust))
}
