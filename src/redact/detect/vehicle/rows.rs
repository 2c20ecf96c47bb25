//! Registrations in lists: of any form where others stand in other lines.

use std::ops::Range;

use super::{OLDER, SHORT, is_office};
use crate::redact::detect::Find;
use crate::redact::detect::places::Places;
use crate::redact::detect::seen::Seen;

/// Finds what is written like a registration of any form where others stand in other lines.
pub(super) fn listed(seen: &Seen<'_>, slots: &[Slot], out: &mut Vec<Find>) {
    const SLOTS: usize = 8;
    let mut kinds: Vec<&Slot> = Vec::new();
    for slot in slots {
        if kinds.len() < SLOTS && !kinds.contains(&slot) {
            kinds.push(slot);
        }
    }
    let known = Places::of(out);
    let mut start = 0;
    for line in seen.text().split_inclusive('\n') {
        let found = kinds.iter().find_map(|slot| slot.plate_in(line));
        let range = found.map(|range| start + range.start..start + range.end);
        start += line.len();
        let other = |range: &Range<usize>| {
            is_office(seen.slice(range.clone())) || !seen.stands_alone(range) || known.meet(range)
        };
        out.extend(range.filter(|at| !other(at)).map(|at| Find(at, "vehicle", 0.65)));
    }
}

/// Where in its line something of a list stands: what comes before it, `9` for each digit, and the
/// signs after it.
#[derive(PartialEq)]
pub(super) struct Slot {
    before: String,
    after: String,
}

impl Slot {
    /// Returns none for what a line of text may have anywhere.
    pub(super) fn of(seen: &Seen<'_>, range: &Range<usize>) -> Option<Self> {
        const NEAR: usize = 16;
        let head = seen.slice(range.start.saturating_sub(NEAR)..range.start);
        let before = match head.rsplit_once('\n') {
            Some((_, before)) => before,
            None => (range.start <= NEAR).then_some(head)?,
        };
        let rest = seen.text().get(range.end..)?;
        let signs = rest.find(char::is_alphanumeric).unwrap_or(rest.len()).min(3);
        let after = rest.get(..signs)?.split('\n').next()?;
        let told = before.ends_with([' ', '\t', ',', '|', ';']) || !after.trim().is_empty();
        told.then(|| Self { before: shown(before), after: after.to_owned() })
    }

    /// Returns where in a line a registration of any form stands at this place.
    fn plate_in(&self, line: &str) -> Option<Range<usize>> {
        let start = start_behind(line, &self.before)?;
        let rest = line.get(start..)?;
        let end = plate_end(rest)?;
        let after = rest.get(end..)?.strip_prefix(self.after.as_str())?;
        let whole = !self.after.is_empty() || after.trim().is_empty();
        whole.then_some(start..start + end)
    }
}

/// The most characters of a registration, and one more.
const LONGEST: usize = 9;

/// Returns a text with one `9` for digits that stand together.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if shown.ends_with('9') => {}
            '0'..='9' => shown.push('9'),
            _ => shown.push(c),
        }
    }
    shown
}

/// Returns the place in a line behind what is shown so.
fn start_behind(line: &str, before: &str) -> Option<usize> {
    let (mut at, mut rest) = (0, before.chars());
    loop {
        match rest.next() {
            None => return Some(at),
            Some('9') => {
                let tail = line.get(at..)?;
                let digits =
                    tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                at = (digits > 0).then_some(at + digits)?;
            }
            Some(c) => at += line.get(at..)?.strip_prefix(c).map(|_| c.len_utf8())?,
        }
    }
}

/// Returns where a registration of any form ends that starts the text and that no letter or digit
/// follows.
fn plate_end(text: &str) -> Option<usize> {
    let longest = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let written = text.get(..longest)?.to_ascii_uppercase();
    let plate = OLDER.as_ref()?.find(&written)?.range();
    (plate.start == 0 && plate.end >= SHORT).then_some(plate.end)
}

/// Finds the cells of columns of registrations that are written like one.
pub(super) fn columns(seen: &Seen<'_>, out: &mut Vec<Find>) {
    const HEADINGS: [&str; 13] = [
        "reg",
        "reg.",
        "reg no",
        "regs",
        "vrm",
        "vrn",
        "registration",
        "car reg",
        "vehicle reg",
        "plate",
        "number plate",
        "vehicle",
        "reg number",
    ];
    if seen.runs(1).next().is_none() {
        return;
    }
    let known = Places::of(out);
    for cell in seen.below(&HEADINGS) {
        let whole = plate_end(seen.slice(cell.clone())) == Some(cell.len());
        if whole && !known.meet(&cell) {
            out.push(Find(cell, "vehicle", 0.8));
        }
    }
}

/// Returns the length of the brackets that begin a text after a space: ` (Ann Lee)`.
fn bracketed(text: &str) -> usize {
    const LONGEST: usize = 40;
    let close = text.bytes().take(LONGEST).position(|b| matches!(b, b')' | b'\n'));
    let close =
        close.filter(|at| text.starts_with(" (") && text.as_bytes().get(*at) == Some(&b')'));
    close.map_or(0, |at| at + 1)
}

/// Finds a registration of any form that one follows at once: `RC25 CRR, phf205`.
pub(super) fn following(seen: &Seen<'_>, out: &mut Vec<Find>) {
    const LINKS: [&str; 5] = [", ", " and ", " & ", " / ", " or "];
    let known = Places::of(out);
    let ends: Vec<usize> = out.iter().map(|find| find.0.end).collect();
    for end in ends {
        let end = end + bracketed(seen.text().get(end..).unwrap_or_default());
        let rest = seen.text().get(end..).unwrap_or_default();
        let Some(link) = LINKS.iter().find(|link| rest.starts_with(**link)) else { continue };
        let start = end + link.len();
        let Some(length) = seen.text().get(start..).and_then(plate_end) else { continue };
        let range = start..start + length;
        let written = seen.slice(range.clone());
        let upper = !written.bytes().any(|b| b.is_ascii_lowercase());
        let sound = (upper || !written.contains(' ')) && written.len() > SHORT;
        if sound && seen.stands_alone(&range) && !is_office(written) && !known.meet(&range) {
            out.push(Find(range, "vehicle", 0.7));
        }
    }
}
