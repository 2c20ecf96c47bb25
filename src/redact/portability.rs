//! What a portability request does not cover (UK GDPR Art. 20(1); WP242 rev.01): data held on
//! another basis than consent or contract or not by machine, what the person neither gave nor was
//! observed to do, and other people's files.

use std::collections::{BTreeMap, BTreeSet};

use holdall_connector::Path;

use crate::controller::{Activity, Basis, Profile};
use crate::find::{Found, Hold, HoldKind, Row, Standing};
use crate::map::{Column, Map, Origin, Role, Table};
use crate::request::Right;

use super::cells::{Cell, Visitor, walk};
use super::reasons::restricts_portability;
use super::{Ground, Omission, Reach};

/// Returns what the right does not cover, by table in the order of the map. Everything that was
/// found is covered by an access request.
pub(super) fn omissions(
    found: &Found,
    map: &Map,
    profile: &Profile,
    right: Right,
) -> Vec<Omission> {
    if right == Right::Access {
        return Vec::new();
    }
    map.tables()
        .filter_map(|table| {
            let rows: Vec<&Row> = found.rows.iter().filter(|row| row.table == table.id).collect();
            (!rows.is_empty()).then(|| of_table(table, &rows, profile))
        })
        .flatten()
        .collect()
}

fn of_table(table: &Table, rows: &[&Row], profile: &Profile) -> Vec<Omission> {
    let activity = table.activity.as_ref().and_then(|name| profile.activity.get(name));
    if !activity.is_some_and(Activity::is_portable) {
        return vec![whole(table, Reach::All, rows, &basis_reason(activity))];
    }
    if !table.columns.iter().any(is_provided) {
        return vec![whole(table, Reach::All, rows, NOT_PROVIDED)];
    }
    let mentioned: Vec<&Row> = rows
        .iter()
        .filter(|row| matches!(row.standing, Standing::Mentioned { .. }))
        .copied()
        .collect();
    let mut all = Vec::new();
    if !mentioned.is_empty() {
        all.push(whole(table, Reach::Mentioned, &mentioned, OTHERS_FILE));
    }
    all.extend(columns(table, rows));
    all
}

/// Said of what the person did not provide.
const NOT_PROVIDED: &str = "You did not provide this, nor was it observed from what you did: \
    portability covers only that. It is included in an access request.";
/// Said of rows in somebody else's file.
const OTHERS_FILE: &str = "This is in somebody else's file, which you did not provide. What is \
    about you in it is included in an access request.";

fn whole(table: &Table, reach: Reach, rows: &[&Row], reason: &str) -> Omission {
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    omission(table, None, reach, count, reason)
}

fn omission(
    table: &Table,
    column: Option<Path>,
    reach: Reach,
    count: u64,
    reason: &str,
) -> Omission {
    Omission {
        table: table.id.clone(),
        column,
        reach,
        count,
        ground: Ground::new("art20-1"),
        reason: reason.to_owned(),
    }
}

fn is_provided(column: &Column) -> bool {
    matches!(column.origin, Origin::Given | Origin::Observed)
}

/// Returns the columns of a portable table that the person did not provide and in which something
/// stands. Where a provided column lies below one that is not, its other leaves are named one by
/// one.
fn columns(table: &Table, rows: &[&Row]) -> Vec<Omission> {
    let mut counts: BTreeMap<(usize, Path), u64> = BTreeMap::new();
    for row in rows {
        let mut leaves = Unprovided { table, paths: BTreeSet::new() };
        walk(&row.record, table, &mut leaves);
        for path in leaves.paths {
            *counts.entry(path).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .map(|((_, path), count)| omission(table, Some(path), Reach::All, count, NOT_PROVIDED))
        .collect()
}

struct Unprovided<'t> {
    table: &'t Table,
    paths: BTreeSet<(usize, Path)>,
}

impl<'a> Visitor<'a> for Unprovided<'_> {
    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(column) = cell.column.filter(|column| !is_provided(column)) else { return };
        if cell.value.is_blank() {
            return;
        }
        let columns = &self.table.columns;
        let mixed = columns.iter().any(|c| is_provided(c) && column.path.covers(&c.path));
        let path = if mixed { cell.path } else { column.path.clone() };
        let place = columns.iter().position(|c| c.path == column.path).unwrap_or(columns.len());
        self.paths.insert((place, path));
    }
}

/// Returns the reason why an activity's data is not portable.
fn basis_reason(activity: Option<&Activity>) -> String {
    let Some(activity) = activity else {
        return "The controller has not said on which lawful basis this is held: portability \
            covers only consent and contract. It is included in an access request."
            .to_owned();
    };
    if !activity.automated {
        return "This is not held by automated means: portability covers only what is. It is \
            included in an access request."
            .to_owned();
    }
    let bases: Vec<&str> = activity.basis.iter().map(|basis| name_of(*basis)).collect();
    let held = if bases.is_empty() {
        "This is held without a stated lawful basis".to_owned()
    } else {
        format!("This is held for {}", bases.join(" and "))
    };
    format!(
        "{held}: portability covers only consent and contract. It is included in an access request."
    )
}

fn name_of(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "consent",
        Basis::Contract => "a contract",
        Basis::LegalObligation => "a legal obligation",
        Basis::VitalInterests => "vital interests",
        Basis::PublicTask => "a public task",
        Basis::LegitimateInterests => "legitimate interests",
    }
}

/// Returns the omissions that reach the row, or `None` if they leave nothing of it.
pub(super) fn of_row<'o>(omissions: &'o [Omission], row: &Row) -> Option<Vec<&'o Omission>> {
    let here: Vec<&Omission> =
        omissions.iter().filter(|o| o.table == row.table && o.applies_to(&row.standing)).collect();
    (!here.iter().any(|o| o.column.is_none())).then_some(here)
}

/// Returns whether one of the omissions takes out what stands at the path.
pub(super) fn covers(omissions: &[&Omission], path: &Path) -> bool {
    omissions.iter().filter_map(|o| o.column.as_ref()).any(|column| column.covers(path))
}

/// Returns a hold for each column that is withheld under an exemption which does not restrict
/// portability, and in which something would leave if it did not.
pub(super) fn holds(found: &Found, map: &Map, omissions: &[Omission], right: Right) -> Vec<Hold> {
    if right == Right::Access {
        return Vec::new();
    }
    let mut at: BTreeSet<(String, String, String)> = BTreeSet::new();
    for row in &found.rows {
        let Some(table) = map.table(&row.table) else { continue };
        let Some(omitted) = of_row(omissions, row) else { continue };
        walk(&row.record, table, &mut Exempt { table, omitted: &omitted, at: &mut at });
    }
    at.into_iter().map(|(table, column, code)| hold(table, column, &code)).collect()
}

struct Exempt<'h> {
    table: &'h Table,
    omitted: &'h [&'h Omission],
    at: &'h mut BTreeSet<(String, String, String)>,
}

impl<'a> Visitor<'a> for Exempt<'_> {
    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(column) = cell.column else { return };
        let Role::Withhold(code) = &column.role else { return };
        if !restricts_portability(code)
            && !cell.value.is_blank()
            && !covers(self.omitted, &cell.path)
        {
            self.at.insert((self.table.id.to_string(), column.name.clone(), code.clone()));
        }
    }
}

fn hold(table: String, column: String, code: &str) -> Hold {
    Hold {
        kind: HoldKind::Exemption,
        table: Some(table),
        at: Some(column),
        why: format!(
            "The exemption {code} restricts access, not portability (DPA 2018 Sch 2 Parts 3 and 4)."
        ),
        next: "Name an exemption that restricts portability, or set the column's origin to \
            `derived` or `other` in the data map if the person did not provide it."
            .to_owned(),
    }
}
