//! British bank details (Pay.UK): a sort code of six digits and an account number of eight, near
//! each other or after the words that say so.

use std::ops::Range;

use super::digits::Shape;
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "bank", kinds: &["sort-code", "bank-account"], needs: Needs::Digits(6), find };

const SORT_CODE: [Shape; 2] = [
    Shape { groups: &[2, 2, 2], signs: b" -", between: (1, 1) },
    Shape { groups: &[6], signs: b"", between: (0, 0) },
];
const ACCOUNT: [Shape; 3] = [
    Shape { groups: &[8], signs: b"", between: (0, 0) },
    Shape { groups: &[4, 4], signs: b" -", between: (1, 1) },
    Shape { groups: &[2, 2, 2, 2], signs: b" ", between: (1, 1) },
];

/// Words that a sort code follows.
const SORT_CUES: [&str; 6] = ["sort code", "sortcode", "sort-code", "s/c", "bacs", "bank details"];
/// Words that an account number follows.
const ACCOUNT_CUES: [&str; 16] = [
    "joint account",
    "account n",
    "account:",
    "account is",
    "acc n",
    "acc:",
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
const OTHERS: [&str; 16] = [
    "council",
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
];
/// How far an account number may stand from its sort code, in bytes.
const NEAR: usize = 48;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.shaped(6, &SORT_CODE, out, sort_code);
    seen.shaped(8, &ACCOUNT, out, account);
    out.sort_by_key(|find| find.0.start);
    let all: Vec<Seat> = out.iter().map(|find| Seat::of(seen, find)).collect();
    for find in out.iter_mut().filter(|find| find.2 < FIRM) {
        let dashed = is_dashed(seen, &find.0);
        let first = all.partition_point(|seat| seat.range.end + NEAR < find.0.start);
        let near = all.iter().skip(first).take_while(|s| s.range.start <= find.0.end + NEAR);
        let mut partners = near.filter(|s| s.kind != find.1 && gap(&s.range, &find.0) <= NEAR);
        find.2 = if partners.any(|seat| seat.firm || dashed) { 0.9 } else { 0.0 };
    }
    out.retain(|find| find.2 > 0.0);
}

/// How sure a find is that needs no partner.
const FIRM: f32 = 0.5;

/// A find as a possible partner of another.
struct Seat {
    range: Range<usize>,
    kind: &'static str,
    firm: bool,
}

impl Seat {
    fn of(seen: &Seen<'_>, find: &Find) -> Self {
        let firm = find.2 >= FIRM || is_dashed(seen, &find.0);
        Self { range: find.0.clone(), kind: find.1, firm }
    }
}

fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    if a.start < b.start { b.start.saturating_sub(a.end) } else { a.start.saturating_sub(b.end) }
}

fn is_dashed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    range.len() == 8 && seen.slice(range.clone()).contains('-')
}

fn sort_code(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    judge(seen, range, "sort-code", &SORT_CUES)
}

fn account(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    judge(seen, range, "bank-account", &ACCOUNT_CUES)
}

/// Returns the find; one without its words has to have a partner near.
fn judge(seen: &Seen<'_>, range: Range<usize>, kind: &'static str, cues: &[&str]) -> Option<Find> {
    let (before, after) = seen.neighbours(&range);
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '/' | '.' | '£' | '+' | '#'));
    let goes_on = after.is_some_and(|c| matches!(c, '-' | '/'));
    if !seen.stands_alone(&range) || sign(before) || goes_on {
        return None;
    }
    let tax = kind == "bank-account" && seen.before(&range).contains("council tax");
    if tax || seen.is_barred(&range, cues, &OTHERS) {
        return None;
    }
    let cued = seen.is_cued(&range, cues, &OTHERS);
    let trust = if cued { seen.trust(&range, cues, 0.0) } else { 0.1 };
    Some(Find(range, kind, trust))
}
