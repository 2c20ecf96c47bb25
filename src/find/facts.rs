//! What one row says about whose it is: its identifying values, in normal form.

use std::collections::BTreeSet;

use holdall_connector::{Path, Record};

use super::placeholder::is_placeholder;
use crate::map::{Kind, Map, Table};

/// The identifying values of one row.
pub(super) struct Facts {
    /// The values of `person` columns.
    pub(super) persons: Vec<Fact>,
    /// The values of `mentions` columns.
    pub(super) mentions: Vec<Fact>,
}

/// One identifying value.
pub(super) struct Fact {
    /// The column.
    pub(super) column: Path,
    /// The kind of identifier.
    pub(super) kind: Kind,
    /// The normal form.
    pub(super) normal: String,
    /// The value as the source has it.
    pub(super) text: String,
}

impl Facts {
    /// Reads the identifying values of a row, without placeholders.
    ///
    /// A table with several name columns (first and last name apart) also gives the whole name, in
    /// the order of the columns; parts of one word are then no names by themselves.
    pub(super) fn of(map: &Map, table: &Table, record: &Record) -> Self {
        let mut persons: Vec<Fact> =
            table.persons().flat_map(|(c, kind)| values(map, record, &c.path, kind)).collect();
        join_names(map, &mut persons);
        let mentions =
            table.mentions().flat_map(|(c, kind)| values(map, record, &c.path, kind)).collect();
        Self { persons, mentions }
    }

    /// Returns the `person` values of one kind.
    pub(super) fn of_kind<'a>(&'a self, kind: &'a Kind) -> impl Iterator<Item = &'a Fact> {
        self.persons.iter().filter(move |fact| fact.kind == *kind)
    }

    /// Returns the kinds that the row's `person` columns have values of.
    pub(super) fn kinds(&self) -> BTreeSet<&Kind> {
        self.persons.iter().map(|fact| &fact.kind).collect()
    }
}

fn values<'a>(
    map: &'a Map,
    record: &'a Record,
    column: &'a Path,
    kind: &'a Kind,
) -> impl Iterator<Item = Fact> + 'a {
    let compare = map.identifier(kind).compare;
    record.scalars(column).into_iter().filter_map(move |text| {
        let normal = compare.normalise(&text)?;
        (!is_placeholder(kind, &normal)).then(|| Fact {
            column: column.clone(),
            kind: kind.clone(),
            normal,
            text,
        })
    })
}

fn join_names(map: &Map, persons: &mut Vec<Fact>) {
    let parts: Vec<&Fact> = persons.iter().filter(|f| f.kind.is_name()).collect();
    let columns: BTreeSet<&Path> = parts.iter().map(|f| &f.column).collect();
    let split = columns.len() > 1
        && columns.len() == parts.len()
        && parts.iter().any(|f| !f.normal.contains(' '));
    if !split {
        return;
    }
    let Some(first) = parts.first() else { return };
    let text = parts.iter().map(|f| f.text.trim()).collect::<Vec<_>>().join(" ");
    let (column, kind) = (first.column.clone(), first.kind.clone());
    if let Some(normal) = map.identifier(&kind).compare.normalise(&text) {
        persons.retain(|f| !f.kind.is_name());
        persons.push(Fact { column, kind, normal, text });
    }
}
