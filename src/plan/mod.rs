//! The plan: which tables are asked, by which kinds of key, and in which order.
//!
//! The order only saves reads: [`crate::find`] goes in rounds until no new key appears, so any
//! order gives the same rows.

mod order;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::map::{Kind, Map, Table, TableId};

/// Which tables are asked, in which order. Plain data: it can be sent to another machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Stages in order; the tables of one stage are asked in parallel.
    pub stages: Vec<Vec<Ask>>,
    /// Tables that the request's scope leaves out.
    pub out_of_scope: Vec<TableId>,
}

/// How one table is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The table.
    pub table: TableId,
    /// The kinds of identifier it is asked by.
    pub by: BTreeSet<Kind>,
    /// The tables whose rows own rows of this one.
    pub parents: BTreeSet<TableId>,
    /// The tables that this one explains.
    pub context_of: BTreeSet<TableId>,
    /// The kinds of identifier that a row of it can reveal.
    pub reveals: BTreeSet<Kind>,
    /// Whether a database holds it, which finds rows by a key without reading all of them.
    #[serde(default)]
    pub in_database: bool,
}

impl Ask {
    /// Returns whether some key could ever lead to this table.
    pub fn is_reachable(&self) -> bool {
        !(self.by.is_empty() && self.parents.is_empty() && self.context_of.is_empty())
    }
}

/// Plans the search of the sources named in `only`, or of all where it is empty.
pub fn plan(map: &Map, only: &[String]) -> Plan {
    let (inside, outside): (Vec<&Table>, Vec<&Table>) =
        map.tables().partition(|t| only.is_empty() || only.contains(&t.id.source));
    Plan {
        stages: order::stages(inside.into_iter().map(|table| ask(map, table)).collect()),
        out_of_scope: outside.into_iter().map(|t| t.id.clone()).collect(),
    }
}

fn ask(map: &Map, table: &Table) -> Ask {
    Ask {
        table: table.id.clone(),
        by: asked_by(map, table),
        parents: table.parents.iter().map(|p| p.table.clone()).collect(),
        context_of: table.see.iter().map(|s| s.table.clone()).collect(),
        reveals: table.persons().map(|(_, kind)| kind.clone()).collect(),
        in_database: is_database(map, &table.id.source),
    }
}

fn is_database(map: &Map, source: &str) -> bool {
    let source = map.sources.iter().find(|one| one.name == source);
    source.is_some_and(|source| source.connector.is_database())
}

/// Returns the kinds that a table is asked by: those that pull a row, names (for candidates), and
/// one kind of each `same-person` set that the table can prove in full.
fn asked_by(map: &Map, table: &Table) -> BTreeSet<Kind> {
    let persons: BTreeSet<&Kind> = table.persons().map(|(_, kind)| kind).collect();
    let leads = |kind: &Kind| map.identifier(kind).pulls || kind.is_name();
    let mut by: BTreeSet<Kind> = persons
        .iter()
        .copied()
        .chain(table.mentions().map(|(_, kind)| kind))
        .filter(|kind| leads(kind))
        .cloned()
        .collect();
    for set in &map.same_person {
        let provable = set.iter().all(|kind| persons.contains(kind));
        if provable && !set.iter().any(|kind| by.contains(kind)) {
            by.extend(
                set.iter().min_by_key(|kind| matches!(kind.as_str(), Kind::BIRTH_DATE)).cloned(),
            );
        }
    }
    by
}
