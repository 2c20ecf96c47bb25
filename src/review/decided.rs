//! Settling by decisions. What is taken out is exactly what was decided, and the leak gate looks for
//! exactly that: what somebody decided to keep is given up, what somebody took out is added.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use holdall_connector::Record;

use super::settle::{Decider, Settled, Taken, build};
use crate::find::{Found, Hold};
use crate::redact::forms::{Sought, Where, Withheld, skeleton};
use crate::redact::{Confidence, Proposal, Proposed, apply, text_of, texts};

/// A proposal, or a passage marked by hand, with what was decided about it.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is; ground, reason and label as decided.
    pub proposal: Proposal,
    /// The decision.
    pub verdict: Verdict,
    /// Whether its text must not stand anywhere else either, however short it is.
    pub everywhere: bool,
}

/// What was decided about one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing: a certain proposal is taken out by policy, a doubtful one stops the release.
    Undecided,
    /// It is taken out.
    Redact {
        /// The reviewer.
        by: String,
    },
    /// It stays.
    Keep,
}

/// Why nothing can be released yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsettled {
    /// Holds are open.
    #[error("{} must be resolved first", count(.0.len(), "hold", "holds"))]
    Holds(Vec<Hold>),
    /// Doubtful items are undecided: their number.
    #[error("{} must be decided first", count(*.0, "doubtful item", "doubtful items"))]
    Undecided(usize),
    /// What is taken out in one place stands in another.
    #[error("{} taken out in one place and left in another", count(.0.len(), "value is", "values are"))]
    Conflicts(Vec<Conflict>),
    /// A proposal is not among the items: the decisions are about something else.
    #[error("the decisions do not fit what was found: collect again")]
    Unknown,
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The same value, taken out in one place and left in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// Where it is taken out; `None` if it is withheld because of a row that is not given out.
    pub withheld: Option<Place>,
    /// Where it stands.
    pub stands: Place,
    /// Whether somebody decided to keep it there, or nobody has said anything of it.
    pub kept: bool,
}

impl Conflict {
    fn between(out: &Item, stays: &Item) -> Self {
        let (withheld, stands) = (Place::of(&out.proposal), Place::of(&stays.proposal));
        Self { withheld: Some(withheld), stands, kept: true }
    }
}

/// A place among the found rows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the row in [`Found::rows`].
    pub row: usize,
    /// The cell: a JSON pointer into the row.
    pub cell: String,
    /// What of its text, in Unicode scalar values; `None` for the whole cell.
    pub span: Option<(usize, usize)>,
}

impl Place {
    fn of(proposal: &Proposal) -> Self {
        let span = proposal.span.as_ref().map(|span| (span.start, span.end));
        Self { row: proposal.row, cell: proposal.cell.clone(), span }
    }
}

/// Returns whether an item needs no decision any more.
pub fn is_decided(confidence: Confidence, verdict: &Verdict) -> bool {
    *verdict != Verdict::Undecided || confidence == Confidence::Certain
}

/// Settles what was proposed by what was decided. `items` has every proposal of `proposed`, and the
/// passages marked by hand.
///
/// # Errors
/// [`Unsettled`]: the first reason of these why nothing may leave yet.
pub fn decide(proposed: Proposed, items: &[Item]) -> Result<Settled, Unsettled> {
    let Proposed { found, proposals, omissions, mut withheld } = proposed;
    if !found.holds.is_empty() {
        return Err(Unsettled::Holds(found.holds));
    }
    if !covers(items, &proposals) {
        return Err(Unsettled::Unknown);
    }
    let open = items.iter().filter(|i| !is_decided(i.proposal.confidence, &i.verdict)).count();
    if open > 0 {
        return Err(Unsettled::Undecided(open));
    }
    let conflicts = weigh(&found, items, &mut withheld);
    if !conflicts.is_empty() {
        return Err(Unsettled::Conflicts(conflicts));
    }
    let numbers: Vec<usize> = shown(&found, &omissions);
    let settled = build(found, omissions, withheld, &taken(items));
    let left = standing(&settled, &numbers, items);
    if left.is_empty() { Ok(settled) } else { Err(Unsettled::Conflicts(left)) }
}

fn covers(items: &[Item], proposals: &[Proposal]) -> bool {
    let known: BTreeSet<_> =
        items.iter().map(|i| (Place::of(&i.proposal), &i.proposal.kind)).collect();
    proposals.iter().all(|p| known.contains(&(Place::of(p), &p.kind)))
}

/// Gives up what was kept and adds what was taken out; returns values for which both was decided.
fn weigh(found: &Found, items: &[Item], withheld: &mut Withheld) -> Vec<Conflict> {
    let mut kept: BTreeMap<usize, &Item> = BTreeMap::new();
    let mut taken: BTreeMap<usize, &Item> = BTreeMap::new();
    let mut added: Vec<(Sought, String)> = Vec::new();
    let mut conflicts = apart(found, items);
    for item in items {
        let Some(text) = text_at(found, &item.proposal) else { continue };
        if item.verdict == Verdict::Keep {
            let stands = stands(found, item, items).unwrap_or(text);
            note(&mut kept, withheld.values_in(&stands), item);
            continue;
        }
        let values = withheld.values_in(&text);
        if values.is_empty() && item.verdict != Verdict::Undecided {
            added.extend(sought(item, &text).map(|sought| (sought, text)));
        }
        note(&mut taken, values, item);
    }
    let both = kept.iter().filter_map(|(value, stays)| Some((taken.get(value)?, stays)));
    conflicts.extend(both.map(|(out, stays)| Conflict::between(out, stays)));
    withheld.give_up(&kept.into_keys().collect());
    withheld.add(added.iter().map(|(sought, text)| (*sought, text.as_str())));
    conflicts.into_iter().collect()
}

/// Returns identifiers that only patterns noticed, kept in one place and taken out in another.
fn apart(found: &Found, items: &[Item]) -> BTreeSet<Conflict> {
    let value = |item: &Item| {
        let text = text_at(found, &item.proposal)?;
        Sought::of(&item.proposal.kind, &text)?;
        Some((item.proposal.kind.clone(), skeleton(&text)))
    };
    let mut kept = BTreeMap::new();
    for item in items.iter().filter(|item| item.verdict == Verdict::Keep) {
        kept.extend(value(item).map(|value| (value, item)));
    }
    if kept.is_empty() {
        return BTreeSet::new();
    }
    let taken = items.iter().filter(|item| item.verdict != Verdict::Keep);
    let both = taken.filter_map(|item| Some(Conflict::between(item, kept.get(&value(item)?)?)));
    both.collect()
}

/// Returns what stands of a whole cell that is kept, once its parts are taken out.
fn stands(found: &Found, item: &Item, items: &[Item]) -> Option<String> {
    let whole = &item.proposal;
    let inside = |other: &&Item| {
        let pointer = other.proposal.cell.strip_prefix(whole.cell.as_str());
        other.proposal.row == whole.row
            && pointer.is_some_and(|p| p.is_empty() || p.starts_with('/'))
    };
    let parts: Vec<Item> = match whole.span {
        Some(_) => return None,
        None => items.iter().filter(inside).cloned().collect(),
    };
    let row = found.rows.get(whole.row)?;
    text_of(&shown_as(&row.record, &parts), &whole.cell, None)
}

fn note<'i>(by_value: &mut BTreeMap<usize, &'i Item>, values: BTreeSet<usize>, item: &'i Item) {
    for value in values {
        by_value.entry(value).or_insert(item);
    }
}

fn sought(item: &Item, text: &str) -> Option<Sought> {
    let sought = Sought::of(&item.proposal.kind, text);
    sought.or_else(|| item.everywhere.then_some(Sought::Text))
}

fn text_at(found: &Found, proposal: &Proposal) -> Option<String> {
    let row = found.rows.get(proposal.row)?;
    text_of(&row.record, &proposal.cell, proposal.span.as_ref())
}

/// Returns what is taken out, in the order of rows and cells; what overlaps is joined.
fn taken(items: &[Item]) -> Vec<Taken> {
    let mut cells: BTreeMap<(usize, usize), Vec<&Item>> = BTreeMap::new();
    let mut order: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for item in items.iter().filter(|item| item.verdict != Verdict::Keep) {
        let next = order.len();
        let at = *order.entry((item.proposal.row, &item.proposal.cell)).or_insert(next);
        cells.entry((item.proposal.row, at)).or_default().push(item);
    }
    cells.into_values().flat_map(joined).collect()
}

/// Returns the spans of one cell in order, none overlapping; the longest names the whole.
fn joined(mut items: Vec<&Item>) -> Vec<Taken> {
    if let Some(whole) = items.iter().find(|item| item.proposal.span.is_none()) {
        return vec![accepted(whole)];
    }
    items.sort_by_key(|item| bounds(item.proposal.span.as_ref()));
    let mut out: Vec<(Taken, usize)> = Vec::with_capacity(items.len());
    for item in items {
        let (start, end) = bounds(item.proposal.span.as_ref());
        match out.last_mut() {
            Some((last, longest)) if start < bounds(last.proposal.span.as_ref()).1 => {
                let (first, until) = bounds(last.proposal.span.as_ref());
                if end - start > *longest {
                    *longest = end - start;
                    *last = accepted(item);
                }
                last.proposal.span = Some(first..until.max(end));
            }
            _ => out.push((accepted(item), end - start)),
        }
    }
    out.into_iter().map(|(taken, _)| taken).collect()
}

/// Returns a record as the person will see it, by the items in it (their rows do not matter); what
/// is undecided counts as taken out.
pub fn shown_as(record: &Record, items: &[Item]) -> Record {
    let taken = taken(items);
    apply(record, &taken.iter().map(|taken| &taken.proposal).collect::<Vec<_>>())
}

fn bounds(span: Option<&Range<usize>>) -> (usize, usize) {
    span.map_or((0, usize::MAX), |span| (span.start, span.end.max(span.start)))
}

fn accepted(item: &Item) -> Taken {
    let by = match &item.verdict {
        Verdict::Redact { by } => Decider::Reviewer(by.clone()),
        _ => Decider::Policy,
    };
    Taken { proposal: item.proposal.clone(), by }
}

/// Returns the indices of the rows that are given out at all.
fn shown(found: &Found, omissions: &[crate::redact::Omission]) -> Vec<usize> {
    let left_out = |row: &crate::find::Row| {
        omissions
            .iter()
            .any(|o| o.column.is_none() && o.table == row.table && o.applies_to(&row.standing))
    };
    let rows = found.rows.iter().enumerate();
    rows.filter(|(_, row)| !left_out(row)).map(|(at, _)| at).collect()
}

/// Returns what is withheld and stands in a row that would leave.
fn standing(settled: &Settled, numbers: &[usize], items: &[Item]) -> Vec<Conflict> {
    let mut left = Vec::new();
    for (row, released) in numbers.iter().zip(settled.rows()) {
        for (cell, text) in texts(&released.record) {
            if settled.withheld().find(&text, Where::Data).is_some() {
                left.push(conflict(*row, cell, &released.record, settled.withheld(), items));
            }
        }
    }
    left
}

fn conflict(
    row: usize,
    cell: String,
    record: &Record,
    withheld: &Withheld,
    items: &[Item],
) -> Conflict {
    let text = text_of(record, &cell, None).unwrap_or_default();
    let span = withheld.find(&text, Where::Data).map(|range| {
        let chars = |upto: usize| text.get(..upto).map_or(0, |part| part.chars().count());
        (chars(range.start), chars(range.end))
    });
    let here = |item: &&Item| item.proposal.row == row && item.proposal.cell == cell;
    let kept = items.iter().filter(here).any(|item| item.verdict == Verdict::Keep);
    Conflict { withheld: None, stands: Place { row, cell, span }, kept }
}
