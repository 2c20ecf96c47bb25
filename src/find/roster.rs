//! Who is known: names that the person's own texts mention, looked up in every column of names that
//! the map has. A hit says only that the organisation knows somebody of that name, or that they are
//! staff; nothing else of the row is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use holdall_connector::{Compare, Ending, Error, Lookup, Match, Path, Record, Sink, Skipped};
use rayon::prelude::*;

use super::Watch;
use super::model::{Found, Hold, HoldKind, Searched, Status};
use super::sources::Sources;
use crate::map::{Column, Kind, Map, Role, Table, TableId};

/// The most names that are looked up.
const MOST: usize = 20_000;

/// Looks names up in every column of names and adds to `found` who of them is known.
///
/// Asks each table once, with all names. A table that cannot be read in full holds the release,
/// unless the search itself could not read it, which is said already.
pub fn look_up(
    found: &mut Found,
    map: &Map,
    sources: &Sources,
    names: &BTreeSet<String>,
    watch: &dyn Watch,
) {
    let wanted = Wanted::of(names);
    if wanted.names.is_empty() {
        return;
    }
    let asks: Vec<Ask<'_>> = map.tables().filter_map(|table| Ask::of(table, &wanted)).collect();
    let answers: Vec<Answer<'_>> = asks.par_iter().map(|ask| ask.put(sources, watch)).collect();
    for answer in answers {
        found.roster.people.extend(answer.people.iter().filter_map(|name| wanted.spelling(name)));
        for (name, role) in answer.staff {
            let Some(name) = wanted.spelling(&name) else { continue };
            let known = found.roster.staff.entry(name).or_default();
            *known = known.take().or(role);
        }
        if let Some(why) = answer.failed.filter(|_| !is_unread(found, answer.table)) {
            found.holds.push(hold(answer.table, &why));
        }
    }
    if wanted.left_out > 0 {
        found.notes.push(format!(
            "{} names that texts mention were not looked up: {MOST} are",
            wanted.left_out
        ));
    }
    found.holds.sort();
    found.holds.dedup();
}

fn is_unread(found: &Found, table: &TableId) -> bool {
    let is_said = |s: &Searched| s.status == Status::Failed || !s.skipped.is_empty();
    found.search.iter().any(|s| s.table == *table && is_said(s))
}

fn hold(table: &TableId, why: &str) -> Hold {
    Hold {
        kind: HoldKind::Roster,
        table: Some(table.to_string()),
        at: None,
        why: format!("whether people whom texts name are known here could not be looked up: {why}"),
        next: "make the source readable, then run this again".into(),
    }
}

/// The names to look up, by their normal form.
struct Wanted {
    names: BTreeMap<String, String>,
    left_out: usize,
}

impl Wanted {
    fn of(names: &BTreeSet<String>) -> Self {
        let normal = |name: &String| Some((Compare::Name.normalise(name)?, name.clone()));
        let mut names: BTreeMap<String, String> = names.iter().filter_map(normal).collect();
        let left_out = names.len().saturating_sub(MOST);
        while names.len() > MOST {
            names.pop_last();
        }
        Self { names, left_out }
    }

    fn spelling(&self, normal: &str) -> Option<String> {
        self.names.get(normal).cloned()
    }
}

/// What one table is asked.
struct Ask<'a> {
    table: &'a Table,
    wanted: &'a Wanted,
    /// Columns of names of people, and of staff with the column of their role.
    people: Vec<&'a Path>,
    staff: Vec<(&'a Path, Option<&'a Path>)>,
    lookup: Lookup,
}

impl<'a> Ask<'a> {
    /// Returns what to ask a table; nothing if it has no column of names.
    fn of(table: &'a Table, wanted: &'a Wanted) -> Option<Self> {
        let people: Vec<&Path> =
            table.columns.iter().filter(|c| is_name(c)).map(|c| &c.path).collect();
        let staff = table.columns.iter().filter(|c| is_staff(c));
        let staff: Vec<_> = staff.map(|c| (&c.path, c.beside.as_ref())).collect();
        let columns = people.iter().copied().chain(staff.iter().map(|(path, _)| *path));
        let any: Vec<Match> = columns
            .map(|column| Match {
                column: column.clone(),
                compare: Compare::Name,
                values: values(wanted, people.len() > 1),
            })
            .collect();
        let lookup = Lookup { table: table.id.table.clone(), any };
        (!lookup.is_empty()).then_some(Self { table, wanted, people, staff, lookup })
    }

    fn put(&self, sources: &Sources, watch: &dyn Watch) -> Answer<'a> {
        watch.asked(&self.table.id);
        let mut answer = Answer {
            table: &self.table.id,
            people: BTreeSet::new(),
            staff: BTreeMap::new(),
            skipped: 0,
            failed: None,
        };
        let mut sink = Keep { ask: self, answer: &mut answer };
        let read = || sources.get(&self.table.id.source)?.read(&self.lookup, &mut sink);
        let ending = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            Err(Error::Settings("the connector stopped with an internal error".into()))
        });
        answer.failed = match ending {
            Ok(Ending::Complete { .. }) if answer.skipped > 0 => {
                Some(format!("rows that cannot be read: {}", answer.skipped))
            }
            Ok(Ending::Complete { .. }) => None,
            Ok(Ending::Incomplete { why, .. }) => Some(why),
            Err(error) => Some(error.to_string()),
        };
        watch.answered(&self.table.id, 0);
        answer
    }
}

/// Returns the values to ask for; with the words of names where a table has them in columns apart.
fn values(wanted: &Wanted, apart: bool) -> BTreeSet<String> {
    let words = wanted.names.keys().flat_map(|name| name.split(' ')).filter(|_| apart);
    wanted.names.keys().map(String::as_str).chain(words).map(str::to_owned).collect()
}

fn is_name(column: &Column) -> bool {
    match &column.role {
        Role::Person(kind) | Role::Mentions(kind) => kind.is_name(),
        Role::ThirdParty(kind) => kind.as_ref().is_some_and(Kind::is_name),
        _ => false,
    }
}

fn is_staff(column: &Column) -> bool {
    matches!(&column.role, Role::Staff(kind) if kind.as_ref().is_none_or(Kind::is_name))
}

/// Who of the names one table knows, in normal form.
struct Answer<'a> {
    table: &'a TableId,
    people: BTreeSet<String>,
    staff: BTreeMap<String, Option<String>>,
    skipped: u64,
    failed: Option<String>,
}

/// Keeps of each row the names that were asked for.
struct Keep<'a, 'b> {
    ask: &'b Ask<'a>,
    answer: &'b mut Answer<'a>,
}

impl Keep<'_, '_> {
    fn known(&self, text: &str) -> Option<String> {
        Compare::Name.normalise(text).filter(|name| self.ask.wanted.names.contains_key(name))
    }
}

impl Sink for Keep<'_, '_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        let texts = |path: &Path| {
            let mut texts = Vec::new();
            for value in record.select(path) {
                value.each_scalar(&mut |text| texts.push(text.into_owned()));
            }
            texts
        };
        let parts: Vec<Vec<String>> = self.ask.people.iter().map(|path| texts(path)).collect();
        let mut people: Vec<String> = parts.iter().flatten().cloned().collect();
        if let [first, last] = parts.as_slice() {
            people.extend(first.iter().zip(last).map(|(first, last)| format!("{first} {last}")));
        }
        let people: Vec<String> = people.iter().filter_map(|text| self.known(text)).collect();
        self.answer.people.extend(people);
        for (path, beside) in &self.ask.staff {
            let role = beside.and_then(|path| texts(path).into_iter().next());
            let role = role.map(|role| role.trim().to_owned()).filter(|role| !role.is_empty());
            let names: Vec<String> =
                texts(path).iter().filter_map(|text| self.known(text)).collect();
            for name in names {
                self.answer.staff.entry(name).or_insert_with(|| role.clone());
            }
        }
        ControlFlow::Continue(())
    }

    /// A row that cannot be read may name somebody.
    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        self.answer.skipped += 1;
        ControlFlow::Continue(())
    }
}
