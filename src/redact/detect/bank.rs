//! British bank details (Pay.UK): a sort code of six digits and an account number of eight, near
//! each other or after the words that say so.

mod pairs;

use std::ops::Range;

use super::context::Words;
use super::council::TAXES;
use super::cued::{files_accounts, is_abbreviated, is_headed};
use super::digits::{Shape, is_edge};
use super::phrases::Asked;
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "bank", kinds: &["sort-code", "bank-account"], needs: Needs::Digits(6), find };

const SORT_CODE: [Shape; 2] = [
    Shape { groups: &[2, 2, 2], signs: b" -.", between: (1, 1) },
    Shape { groups: &[6], signs: b"", between: (0, 0) },
];
const ACCOUNT: [Shape; 4] = [
    Shape { groups: &[8], signs: b"", between: (0, 0) },
    Shape { groups: &[4, 4], signs: b" -", between: (1, 1) },
    Shape { groups: &[2, 2, 2, 2], signs: b" ", between: (1, 1) },
    Shape { groups: &[2, 3, 3], signs: b" ", between: (1, 1) },
];

/// Words that a sort code follows.
const SORT_CUES: [&str; 7] = ["sort code", "sort", "s/c", "sc", "bacs", "bank details", "to bank"];
/// Words that an account number follows.
const ACCOUNT_CUES: [&str; 17] = [
    "joint account",
    "account n",
    "account:",
    "account is",
    "account",
    "acc",
    "acc n",
    "a/c",
    "acct",
    "bank account",
    "account details",
    "bank details",
    "current account",
    "savings account",
    "into account",
    "pay into",
    "paid into",
];
/// Words after which such digits are something else.
const OTHERS: [&str; 27] = [
    "council",
    "c/tax",
    "ctax",
    "ct",
    "rent",
    "tenancy",
    "donor",
    "member",
    "utility",
    "electricity",
    "gas",
    "customer",
    "order",
    "invoice",
    "tel",
    "telephone",
    "phone",
    "case",
    "ref",
    "reference",
    "company",
    "licence",
    "ticket",
    "meter",
    "barcode",
    "parcel",
    "charity",
];
/// Accounts with somebody else than a bank.
const OTHER_ACCOUNTS: [&str; 10] = [
    "rent acc",
    "rent a/c",
    "customer acc",
    "water acc",
    "energy acc",
    "gas acc",
    "electricity acc",
    "utility acc",
    "online acc",
    "quote acc",
];
/// Words of texts that speak of the register of companies.
const REGISTERS: [&str; 5] = ["companies house", "company n", "co. no", "kyb", "crn"];
/// How far an account number may stand from its sort code, in bytes.
const NEAR: usize = 48;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.shaped(6, &SORT_CODE, out, sort_code);
    seen.starting(8, out, account, |bytes, run| {
        let joined = run.start.checked_sub(1).and_then(|at| bytes.get(at));
        let goes_on = joined.is_some_and(|b| matches!(b, b'.' | b'-'));
        let shapes = ACCOUNT.iter().filter(|_| !goes_on);
        shapes.into_iter().find_map(|shape| shape.of(bytes, run))
    });
    out.sort_by_key(|find| find.0.start);
    let all: Vec<Seat> = out.iter().map(|find| Seat::of(seen, find)).collect();
    for find in out.iter_mut().filter(|find| find.2 < FIRM) {
        let dashed = is_dashed(seen, &find.0);
        let first = all.partition_point(|seat| seat.range.end + NEAR < find.0.start);
        let near = all.iter().skip(first).take_while(|s| s.range.start <= find.0.end + NEAR);
        let mut partners = near.filter(|s| s.kind != find.1 && gap(&s.range, &find.0) <= NEAR);
        let taken = |seat: &Seat| find.0.start < seat.range.start && seat.is_followed;
        let sound = |s: &Seat| !taken(s) && (s.firm || dashed || s.is_beside(&find.0));
        find.2 = if partners.any(sound) { 0.9 } else { 0.0 };
    }
    out.retain(|find| find.2 > 0.0);
}

/// How sure a find is that needs no partner.
const FIRM: f32 = 0.5;
/// How sure a sort code is in brackets behind its account: surer than a date.
const SURE: f32 = 0.97;

/// A find as a possible partner of another.
struct Seat {
    range: Range<usize>,
    kind: &'static str,
    firm: bool,
    /// Whether it is a sort code with an account of its own.
    is_followed: bool,
}

impl Seat {
    fn of(seen: &Seen<'_>, find: &Find) -> Self {
        let firm = find.2 >= FIRM || is_dashed(seen, &find.0);
        let is_followed = find.1 == "sort-code" && has_account_after(seen, &find.0);
        Self { range: find.0.clone(), kind: find.1, firm, is_followed }
    }
}

impl Seat {
    /// Returns whether nothing but a sign or two stands between.
    fn is_beside(&self, range: &Range<usize>) -> bool {
        gap(&self.range, range) <= 2 && self.kind == "sort-code" && self.range.len() == 8
            || gap(&self.range, range) <= 2 && range.len() == 8 && self.range.len() >= 8
    }
}

fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    if a.start < b.start { b.start.saturating_sub(a.end) } else { a.start.saturating_sub(b.end) }
}

fn is_dashed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    range.len() == 8 && seen.slice(range.clone()).contains(['-', '.'])
}

fn sort_code(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    judge(seen, range, "sort-code", &SORT_CUES)
}

fn account(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    judge(seen, range, "bank-account", &ACCOUNT_CUES)
}

/// Returns the find; one without its words has to have a partner near.
fn judge(seen: &Seen<'_>, range: Range<usize>, kind: &'static str, cues: Words) -> Option<Find> {
    let (before, after) = seen.neighbours(&range);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '.' | '£' | '+' | '#'));
    let goes_on = after.is_some_and(|c| matches!(c, '-' | '/')) || is_among_pairs(seen, &range);
    if seen.stands_alone(&range) && pairs::is_slashed(seen, &range) {
        return Some(Find(range, kind, 0.97));
    }
    if !seen.stands_alone(&range) || sign(before) || goes_on {
        return None;
    }
    if kind == "bank-account" && (is_headed(seen, &range) || files_accounts(seen, &range)) {
        return None;
    }
    let paired = is_paired(seen, &range, kind);
    let date = kind == "sort-code"
        && super::date::normal(seen.slice(range.clone())).is_some()
        && seen.cue(&range, cues).is_none();
    let generic = || {
        kind == "bank-account"
            && seen.speaks(&range, &TAXES)
            && seen
                .cue(
                    &range,
                    &["bank", "sort", "bacs", "a/c no", "current account", "union", "savings"],
                )
                .is_none()
    };
    if !paired && generic() && !is_paid_to(seen, &range) {
        return None;
    }
    if paired || is_run_on(seen, &range, kind) || pairs::is_turned(seen, &range) {
        let bracketed = kind == "sort-code"
            && (before, after) == (Some('('), Some(')'))
            && seen.cue(&range, &ACCOUNT_CUES).is_some();
        return Some(Find(range, kind, if bracketed { SURE } else { 0.9 }));
    }
    let tax =
        kind == "bank-account" && seen.bar(&range, &TAXES).is_some() && !is_paid_to(seen, &range);
    let other = || kind == "bank-account" && seen.bar(&range, &OTHER_ACCOUNTS).is_some();
    let register = || {
        kind == "sort-code"
            && seen.before(&range).trim_end().ends_with("sc")
            && seen.speaks(&range, &REGISTERS)
    };
    let filed = || {
        kind == "bank-account"
            && seen.says(Asked::Companies)
            && seen.bar(&range, &REGISTERS).is_some()
    };
    if kind == "bank-account" && is_abbreviated(seen, &range) {
        return None;
    }
    if tax || date || other() || seen.is_barred(&range, cues, &OTHERS) || register() || filed() {
        return None;
    }
    let cued = seen.is_cued(&range, cues, &OTHERS);
    let trust = if cued { seen.trust(&range, cues, 0.0) } else { 0.1 };
    Some(Find(range, kind, trust))
}

/// Returns whether four pairs of digits are not all that stand together in pairs: a sort code may
/// be among them.
fn is_among_pairs(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let pairs = seen.slice(range.clone()).split(' ').map(str::len).eq([2; 4]);
    let rest = seen.bytes().get(range.end..).unwrap_or_default();
    let next = rest.get(1..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    pairs && rest.first() == Some(&b' ') && next == 2
}

/// Returns whether money is paid to an account: a sort code stands beside it, or a word of banks
/// nearer than one of council tax.
pub(super) fn is_paid_to(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const BANKS: [&str; 9] = [
        "sort",
        "s/c",
        "sc",
        "bank",
        "bacs",
        "pay into",
        "paid into",
        "building society",
        "into account",
    ];
    let bank = seen.bar(range, &BANKS);
    has_sort_code(seen, range)
        || bank.is_some_and(|near| seen.bar(range, &TAXES).is_none_or(|far| near < far))
}

/// Returns whether the number is an account's by the sort code beside it.
pub(super) fn has_sort_code(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    follows_code(seen, range) || is_run_on(seen, range, "bank-account")
}

/// Returns whether a sort code in pairs and an account number stand beside each other, in either
/// order, with nothing between but signs and a word or two of their own.
fn is_paired(seen: &Seen<'_>, range: &Range<usize>, kind: &str) -> bool {
    let bytes = seen.bytes();
    if kind == "sort-code" {
        return range.len() == 8
            && (has_account_after(seen, range) || has_account_before(seen, range));
    }
    let code = |at: usize| is_edge(bytes, at) && in_pairs(bytes, at).is_some();
    let before = follows_code(seen, range);
    let after = (range.end..range.end + NEXT).find(|at| code(*at));
    let own = |at: usize| !has_account_after(seen, &(at..at + 8));
    before || after.is_some_and(|at| own(at) && is_link(seen, range.end..at))
}

/// Returns whether a sort code in pairs stands before, with nothing between but signs and a word or
/// two.
fn follows_code(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let bytes = seen.bytes();
    let code = |at: &usize| is_edge(bytes, *at) && in_pairs(bytes, *at).is_some();
    let mut before = range.start.saturating_sub(NEXT + 8)..range.start.saturating_sub(8);
    before.rfind(code).is_some_and(|at| is_link(seen, at + 8..range.start))
}

/// Returns whether six digits and eight stand side by side in a text that speaks of pay or banks.
fn is_run_on(seen: &Seen<'_>, range: &Range<usize>, kind: &str) -> bool {
    let bytes = seen.bytes();
    let account = |at: usize| is_edge(bytes, at) && is_account(bytes, at).is_some();
    let code = |at: usize| {
        let whole = SORT_CODE.last().and_then(|shape| shape.end(bytes, at));
        whole.filter(|_| is_edge(bytes, at))
    };
    let beside = |end: usize, start: usize| {
        let between = bytes.get(end..start).unwrap_or_default();
        let signs = |b: &u8| matches!(b, b' ' | b',' | b'/' | b'|' | b'-');
        (1..=3).contains(&between.len()) && between.iter().all(signs) || is_link(seen, end..start)
    };
    let found = match (kind, range.len()) {
        ("sort-code", 6) => {
            (range.end + 1..range.end + NEXT).any(|at| account(at) && beside(range.end, at))
        }
        ("bank-account", 8..=11) => (range.start.saturating_sub(NEXT + 6)
            ..range.start.saturating_sub(6))
            .any(|at| code(at).is_some_and(|end| beside(end, range.start))),
        _ => false,
    };
    let quoted = || {
        let (before, after) = seen.neighbours(range);
        (before, after) == (Some('\''), Some('\'')) && seen.speaks(range, &["values"])
    };
    found && (quoted() || seen.speaks(range, &pairs::PAY))
}

/// How far the partner of a pair may stand, in bytes.
const NEXT: usize = 20;

/// Returns where a sort code in pairs ends that starts here.
fn in_pairs(bytes: &[u8], at: usize) -> Option<usize> {
    SORT_CODE.first().and_then(|shape| shape.end(bytes, at))
}

/// Returns whether what stands between the two numbers of a pair is signs, and words of accounts.
fn is_link(seen: &Seen<'_>, between: Range<usize>) -> bool {
    const WORDS: [&str; 16] = [
        "at", "a", "c", "ac", "acc", "acct", "account", "no", "number", "num", "and", "sort",
        "code", "sc", "is", "branch",
    ];
    let text = seen.lower().get(between).unwrap_or_default();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !text.is_empty()
        && words.into_iter().all(|word| WORDS.contains(&word))
        && !text.contains(['+', '\u{a3}'])
}

/// Returns whether an account number follows a sort code.
pub(super) fn has_account_after(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let bytes = seen.bytes();
    let account = |at: usize| is_edge(bytes, at) && is_account(bytes, at).is_some();
    in_pairs(bytes, range.start) == Some(range.end)
        && (range.end + 1..range.end + NEXT)
            .find(|at| account(*at))
            .is_some_and(|at| is_link(seen, range.end..at))
}

fn has_account_before(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let bytes = seen.bytes();
    let first = range.start.saturating_sub(NEXT + 9);
    let ends = |at: &usize| is_edge(bytes, *at).then(|| is_account(bytes, *at)).flatten();
    (first..range.start)
        .filter_map(|at| ends(&at))
        .any(|end| end < range.start && is_link(seen, end..range.start))
}

fn is_account(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at).filter(|b| b.is_ascii_digit())?;
    ACCOUNT.iter().find_map(|shape| shape.end(bytes, at))
}
