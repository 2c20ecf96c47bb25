//! What the officer should know of the rows that were found, and what of it stops a release.

use jiff::civil::Date;

use super::conclude::{by_table, place};
use super::facts::Facts;
use super::model::{Held, Hold, HoldKind, Identity, Row, Standing};
use super::ruling::Rulings;
use super::scope::{day, retention, retention_column};
use crate::controller::Profile;
use crate::map::{Kind, Map};

/// Returns notes on rows past their retention: they are still held, so they are included (deleting
/// what was asked for is an offence, DPA 2018 s. 173).
pub(super) fn past_retention(
    map: &Map,
    profile: &Profile,
    received: Date,
    rows: &[Row],
) -> Vec<String> {
    let mut notes = Vec::new();
    for (id, rows) in by_table(rows) {
        let Some(table) = map.table(id) else { continue };
        let Some(column) = retention_column(profile, table) else { continue };
        let Some(rule) = retention(profile, table) else { continue };
        let Some(Ok(span)) = rule.span() else { continue };
        let past = rows.iter().filter(|row| {
            let ends = day(&row.record, column).and_then(|start| start.checked_add(span).ok());
            row.standing == Standing::Own && ends.is_some_and(|end| end < received)
        });
        let count = past.count();
        if count > 0 {
            let (rows, are) = if count == 1 { ("row", "is") } else { ("rows", "are") };
            notes.push(format!(
                "{id}: {count} {rows} of the person's {are} past retention ({} from `{}`); still held, so included",
                rule.keep.as_deref().unwrap_or_default(),
                column.name,
            ));
        }
    }
    notes
}

/// Returns holds for rows that are the person's by an identifier and carry a name that has no word
/// in common with any that the request gives: a recycled or shared identifier looks like this.
pub(super) fn other_names(
    map: &Map,
    given: &Identity,
    rows: &[Row],
    rulings: &Rulings,
) -> Vec<Held> {
    let name = Kind::new(Kind::NAME);
    let Some(known) = given.normal(&name) else { return Vec::new() };
    let words: Vec<&str> = known.keys().flat_map(|n| n.split(' ')).collect();
    let strange = |row: &&Row| {
        let Some(table) = map.table(&row.table) else { return false };
        let facts = Facts::of(map, table, &row.record);
        let mut names = facts.of_kind(&name).peekable();
        row.standing == Standing::Own
            && rulings.of(&row.table, &row.record).is_none()
            && names.peek().is_some()
            && names.all(|f| !f.normal.split(' ').any(|word| words.contains(&word)))
    };
    let hold = |row: &Row| Hold {
        kind: HoldKind::Ambiguous,
        table: Some(row.table.to_string()),
        at: Some(place(&row.record.location)),
        why: "the row matches the person and carries a name unlike any that the request gives"
            .into(),
        next: "find out whose row it is; if the name is the person's too, add it to the request"
            .into(),
    };
    let held = |row: &Row| Held { hold: hold(row), row: row.clone(), is_found: true };
    rows.iter().filter(strange).map(held).collect()
}
