//! What a map leaves open: warnings for the officer, never errors.

use serde::Serialize;

use super::model::{Map, Role, Table};
use crate::controller::{Activity, Profile, exemption};

/// Something that a map leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Its stable code: `origin-unsaid`.
    pub code: &'static str,
    /// The table (`source.table`).
    pub table: String,
    /// The columns it is about, as the map writes them.
    pub columns: Vec<String>,
    /// What is open, in plain words.
    pub message: String,
    /// What to do about it.
    pub next: String,
}

impl Map {
    /// Returns, by table, the columns that could be portable and do not say how the controller
    /// came by them (UK GDPR Art. 20(1)): unsaid means not portable.
    pub fn portability_gaps(&self, profile: &Profile) -> Vec<Gap> {
        let portable = |table: &&Table| {
            let activity = table.activity.as_ref().and_then(|key| profile.activity.get(key));
            activity.is_some_and(Activity::is_portable) && table.see.is_empty()
        };
        let gap = |table: &Table| {
            let columns = unsaid(table);
            let message = "these columns do not say how you came by their content, so a portability request leaves them out";
            let next = "add `origin`: given, observed, derived or other";
            (!columns.is_empty()).then(|| new("origin-unsaid", table, columns, message, next))
        };
        self.tables().filter(portable).filter_map(gap).collect()
    }

    /// Returns what else the map leaves open, by table.
    pub fn gaps(&self) -> Vec<Gap> {
        self.tables()
            .flat_map(|table| [unreachable(table), no_concerns(table), hold(table)])
            .flatten()
            .collect()
    }
}

fn new(code: &'static str, table: &Table, columns: Vec<String>, message: &str, next: &str) -> Gap {
    Gap { code, table: table.id.to_string(), columns, message: message.into(), next: next.into() }
}

fn names<'a>(columns: impl Iterator<Item = &'a super::Column>) -> Vec<String> {
    columns.map(|column| column.name.clone()).collect()
}

/// Returns the columns of the person's own data whose origin is not said.
fn unsaid(table: &Table) -> Vec<String> {
    let own = |role: &Role| matches!(role, Role::Person(_) | Role::Text | Role::Data);
    names(table.columns.iter().filter(|column| !column.origin_said && own(&column.role)))
}

/// A table that names nobody and hangs on nothing is never asked.
fn unreachable(table: &Table) -> Option<Gap> {
    let asked = table.persons().next().is_some() || table.mentions().next().is_some();
    let hangs = !table.parents.is_empty() || !table.see.is_empty();
    let message = "the table has no `person` or `mentions` column and no `parent` or `see`, so no request reaches it";
    let next = "say whose rows they are: `columns.… = { person = \"…\" }` or `parent`";
    (!asked && !hangs).then(|| new("unreachable", table, Vec::new(), message, next))
}

/// Of a row that mentions a person, only what concerns them is shown.
fn no_concerns(table: &Table) -> Option<Gap> {
    let concerned = |path| table.columns.iter().any(|c| c.concerns.as_ref() == Some(path));
    let columns = names(table.mentions().map(|(column, _)| column).filter(|c| !concerned(&c.path)));
    let message = "no column says that it concerns the person mentioned, so they see the mention and nothing of what is said about them";
    let next = "add `concerns = \"…\"` to the columns that are about the person mentioned";
    (!columns.is_empty()).then(|| new("mentions-without-concerns", table, columns, message, next))
}

/// An exemption that restricts access alone cannot hold data back from a portability request.
fn hold(table: &Table) -> Option<Gap> {
    let stays = |role: &Role| match role {
        Role::Withhold(code) => exemption(code).is_some_and(|e| !e.restricts_portability),
        _ => false,
    };
    let provided = table.columns.iter().filter(|column| {
        stays(&column.role)
            && matches!(column.origin, super::Origin::Given | super::Origin::Observed)
    });
    let columns = names(provided);
    let message =
        "the exemption restricts access and not portability, and the person provided the content";
    let next = "check the exemption, or the `origin`";
    (!columns.is_empty()).then(|| new("exemption-access-only", table, columns, message, next))
}
