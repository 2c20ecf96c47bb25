//! People who ask not to be named. That is an express refusal of consent (DPA 2018 Sch 2 para
//! 16(3)(d)): what else the row tells may show who they are, name or no name, so that somebody has
//! to read it before it leaves.

use holdall_connector::Value;

use super::cells::{Cell, Visitor, walk};
use super::columns::{Depth, Verdict, judge};
use super::lifted::Lifted;
use super::own::Own;
use super::portability;
use super::{Omission, reasons};
use crate::find::{Found, Hold, HoldKind, Row, Standing, place};
use crate::map::Map;

/// What somebody says who is not to be named, in lower case.
const ASKS: [&str; 33] = [
    "not be named",
    "not to be named",
    "not want to be named",
    "don't want to be named",
    "doesn't want to be named",
    "not to be identified",
    "not want to be identified",
    "don't want to be identified",
    "doesn't want to be identified",
    "not wish to be named",
    "not wish to be identified",
    "without being identified",
    "without being named",
    "do not name me",
    "don't name me",
    "keep my name out",
    "keep her name out",
    "keep his name out",
    "keep their name out",
    "keep my name private",
    "keep my name secret",
    "keep my name confidential",
    "name out of it",
    "without my name",
    "withheld her name",
    "withheld his name",
    "withheld their name",
    "do not give my name",
    "don't give my name",
    "not to give her name",
    "not to give his name",
    "not be told who",
    "not know it was me",
];

/// What somebody may not be told, and what it is that they may not: both have to stand near.
const SILENCE: [&str; 7] = [
    "do not tell",
    "don't tell",
    "not to tell",
    "not want her to know",
    "not want him to know",
    "not want them to know",
    "not to know",
];
const SOURCE: [&str; 8] = [
    "who told",
    "who wrote",
    "who said",
    "who reported",
    "who complained",
    "who called",
    "that i",
    "it was me",
];
/// How far apart they may stand, in bytes.
const NEAR: usize = 60;

/// What is anonymous and is nobody's wish.
const IMPERSONAL: [&str; 11] = [
    "survey",
    "questionnaire",
    "poll",
    "ballot",
    "statistic",
    "data",
    "feedback",
    "brows",
    "login",
    "mark",
    "function",
];

/// Fellowships that are called anonymous.
const FELLOWS: [&str; 6] =
    ["alcoholics ", "narcotics ", "gamblers ", "cocaine ", "overeaters ", "debtors "];

/// Returns whether a text has somebody ask not to be named.
pub(super) fn asks_not_to_be_named(text: &str) -> bool {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    ASKS.iter().any(|ask| text.contains(ask)) || is_anonymous(&text) || is_silenced(&text)
}

/// Returns whether the text speaks of somebody who is, or wants to be, anonymous.
fn is_anonymous(text: &str) -> bool {
    ["anonymous", "anonymity"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let rest = text.get(at + word.len()..).unwrap_or_default();
            let next = rest.trim_start_matches("ly").trim_start();
            let before = text.get(..at).unwrap_or_default();
            !FELLOWS.iter().any(|fellows| before.ends_with(fellows))
                && !IMPERSONAL.iter().any(|thing| next.starts_with(thing))
        })
    })
}

/// Returns whether somebody is not to be told who it was.
fn is_silenced(text: &str) -> bool {
    SILENCE.iter().any(|ask| {
        text.match_indices(ask).any(|(at, _)| {
            let rest = text.get(at + ask.len()..).unwrap_or_default();
            SOURCE.iter().any(|source| rest.find(source).is_some_and(|at| at < NEAR))
        })
    })
}

/// Returns a hold for every row from which text would leave although somebody asks in it not to be
/// named, or in whose file, which is not the person's, a column says so.
pub(super) fn holds(
    found: &Found,
    map: &Map,
    own: &Own<'_>,
    omissions: &[Omission],
    lifted: &Lifted,
) -> Vec<Hold> {
    let rows = found.rows.iter().enumerate();
    let refused = rows.filter(|(index, row)| {
        let Some(table) = map.table(&row.table) else { return false };
        let Some(omitted) = portability::of_row(omissions, row) else { return false };
        let given = |pointer: &str| lifted.has(*index, pointer);
        let mut seen = Seen { row, own, map, omitted, given: &given, tells: false, asks: false };
        walk(&row.record, table, &mut seen);
        seen.tells && seen.asks
    });
    refused.map(|(_, row)| hold(row)).collect()
}

fn hold(row: &Row) -> Hold {
    Hold {
        kind: HoldKind::Refused,
        table: Some(row.table.to_string()),
        at: Some(place(&row.record.location)),
        why: reasons::NARRATIVE.into(),
        next: reasons::READ_IT.into(),
    }
}

/// What a row says of somebody who is not to be named.
struct Seen<'b> {
    row: &'b Row,
    own: &'b Own<'b>,
    map: &'b Map,
    omitted: Vec<&'b Omission>,
    given: &'b dyn Fn(&str) -> bool,
    /// Whether a text of it would leave.
    tells: bool,
    /// Whether somebody asks not to be named.
    asks: bool,
}

impl<'a> Visitor<'a> for Seen<'_> {
    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(text) = cell.text().filter(|text| !text.trim().is_empty()) else { return };
        let standing = &self.row.standing;
        let verdict = judge(cell.column, &text, standing, self.own, self.map.staff);
        let text_leaves = verdict == Verdict::Scan(Depth::Text) || (self.given)(&cell.pointer);
        let leaves = text_leaves && !portability::covers(&self.omitted, &cell.path);
        let others = matches!(standing, Standing::Mentioned { .. });
        self.tells |= leaves;
        self.asks |= (leaves || others) && asks_not_to_be_named(&text)
            || others && is_wish(&cell.pointer, cell.value, &text);
    }
}

/// Returns whether a column says that somebody wants to be anonymous: `wants_anonymity`, `yes`.
fn is_wish(pointer: &str, value: &Value, text: &str) -> bool {
    const YES: [&str; 7] = ["yes", "y", "true", "t", "1", "requested", "x"];
    let name = pointer.to_lowercase();
    let said = *value == Value::Bool(true) || YES.contains(&text.trim().to_lowercase().as_str());
    said && ["anonym", "confidential", "withhold_name", "withhold name"]
        .iter()
        .any(|wish| name.contains(wish))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_not_to_be_named_is_seen() {
        for text in [
            "Caller asked to remain anonymous.",
            "She does not want to be named in any letter.",
            "please don\u{2019}t tell her that I rang",
            "Wants anonymity, afraid of reprisals",
            "She withheld her name.",
        ] {
            assert!(asks_not_to_be_named(text), "{text}");
        }
    }

    #[test]
    fn what_nobody_asked_is_no_wish() {
        for text in [
            "The anonymous survey closes on Friday.",
            "Please don't tell me it is late again.",
            "Anonymous data only.",
            "He did not know that I had paid.",
            "The source of the leak could not be identified.",
            "Goes to Alcoholics Anonymous on Mondays.",
            "All of it is held in strict confidence; keep my name on the list.",
        ] {
            assert!(!asks_not_to_be_named(text), "{text}");
        }
    }
}
