//! How tables hang together: `parent` and `see`.

use std::ops::Range;

use holdall_connector::Path;

use super::columns;
use super::grammar::SourceEntry;
use super::model::{Column, Origin, Parent, Role, See, Source, Table, TableId};
use crate::diagnose::{At, Entries, Problems, Words, one_of};

/// A link as resolved: the column here, and the column that it points to.
struct Link {
    column: Path,
    table: TableId,
    target: Path,
}

/// Resolves `parent` and `see` of every table, and adds the link columns that no table lists.
pub(super) fn resolve(
    sources: &mut [Source],
    written: &[At<SourceEntry>],
    problems: &mut Problems<'_>,
) {
    for (s, source) in written.iter().enumerate() {
        for (t, (_, entry)) in source.tables.iter().enumerate() {
            let parents = links(sources, s, &entry.parent, problems);
            let sees = links(sources, s, &entry.see, problems);
            for link in parents.iter().chain(&sees) {
                list_column(sources, &link.table, &link.target);
            }
            if let Some(table) = sources.get_mut(s).and_then(|source| source.tables.get_mut(t)) {
                attach(table, parents, sees);
            }
        }
    }
}

/// Gives a table its links.
fn attach(table: &mut Table, parents: Vec<Link>, sees: Vec<Link>) {
    for link in parents.iter().chain(&sees) {
        add_column(&mut table.columns, &link.column);
    }
    table.parents = group(parents);
    let see = |Link { column, table, target }| See { column, table, target };
    table.see = sees.into_iter().map(see).collect();
}

/// Returns the links that one table writes.
fn links(
    sources: &[Source],
    here: usize,
    written: &Entries<Words>,
    problems: &mut Problems<'_>,
) -> Vec<Link> {
    let nested = sources.get(here).is_some_and(|source| source.connector.is_nested());
    let mut links = Vec::new();
    for (name, targets) in written.iter() {
        super::resolve::name(name, "column", problems);
        let Some(column) = columns::path(name, nested, problems) else { continue };
        for word in targets.iter() {
            if let Some((table, target)) = target(sources, here, word, &word.span, problems) {
                links.push(Link { column: column.clone(), table, target });
            }
        }
    }
    links
}

/// Returns the table and column that `table.column` or `source.table.column` names. Names may
/// contain dots: of several readings, that of a listed column wins, then that of the own source,
/// then that of the longest table name.
fn target(
    sources: &[Source],
    here: usize,
    word: &str,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) -> Option<(TableId, Path)> {
    let best = readings(sources, here, word).max_by_key(|reading| reading.rank);
    if best.is_none() {
        unknown(sources, here, word, span, problems);
    }
    best.map(|reading| (reading.table, reading.path))
}

struct Reading {
    table: TableId,
    path: Path,
    rank: (bool, bool, usize),
}

fn readings<'a>(
    sources: &'a [Source],
    here: usize,
    word: &'a str,
) -> impl Iterator<Item = Reading> + 'a {
    sources.iter().enumerate().flat_map(move |(index, source)| {
        let own = (index == here).then_some(word);
        let full = word.strip_prefix(source.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
        source.tables.iter().flat_map(move |table| {
            [(own, true), (full, false)].into_iter().filter_map(move |(text, is_own)| {
                let name = text?.strip_prefix(table.id.table.as_str())?.strip_prefix('.')?;
                let path = if source.connector.is_nested() {
                    Path::parse(name).ok()?
                } else {
                    Some(Path::column(name)).filter(|_| !name.trim().is_empty())?
                };
                let listed = table.columns.iter().any(|column| column.path == path);
                let rank = (listed, is_own, table.id.table.len());
                Some(Reading { table: table.id.clone(), path, rank })
            })
        })
    })
}

fn unknown(
    sources: &[Source],
    here: usize,
    word: &str,
    span: &Range<usize>,
    problems: &mut Problems<'_>,
) {
    if !word.contains('.') {
        problems.add(
            span,
            format!("`{word}` does not say which column"),
            ["write `table.column`, or `source.table.column` for another source".to_owned()],
        );
        return;
    }
    let own = sources.get(here).into_iter().flat_map(|source| &source.tables);
    let names: Vec<String> = own
        .map(|table| table.id.table.clone())
        .chain(sources.iter().flat_map(|s| &s.tables).map(|table| table.id.to_string()))
        .collect();
    let below =
        |name: &String| word.strip_prefix(name.as_str()).is_some_and(|r| r.starts_with('.'));
    if names.iter().any(below) {
        problems.add(
            span,
            format!("`{word}` does not end in a column"),
            ["write `table.column`; in json, keys joined by dots, with `[]` for each element"
                .into()],
        );
        return;
    }
    let asked = word.rsplit_once('.').map_or(word, |(table, _)| table);
    problems.add(
        span,
        format!("no table `{asked}` is in the map"),
        one_of(asked, names.iter().map(String::as_str)),
    );
}

/// Groups the pairs that lead to the same table.
fn group(links: Vec<Link>) -> Vec<Parent> {
    let mut parents: Vec<Parent> = Vec::new();
    for Link { column, table, target } in links {
        match parents.iter_mut().find(|parent| parent.table == table) {
            Some(parent) => parent.keys.push((column, target)),
            None => parents.push(Parent { table, keys: vec![(column, target)] }),
        }
    }
    parents
}

fn list_column(sources: &mut [Source], id: &TableId, path: &Path) {
    let mut tables = sources.iter_mut().flat_map(|source| &mut source.tables);
    if let Some(table) = tables.find(|table| table.id == *id) {
        add_column(&mut table.columns, path);
    }
}

/// Lists a link column as the row's id, unless it or what it lies in is listed already.
fn add_column(columns: &mut Vec<Column>, path: &Path) {
    if columns.iter().any(|column| column.path.covers(path)) {
        return;
    }
    let name = match path.segments() {
        [holdall_connector::Segment::Key(key)] => key.clone(),
        _ => path.to_string(),
    };
    columns.push(Column {
        name,
        path: path.clone(),
        role: Role::Row,
        origin: Origin::default(),
        origin_said: false,
        data_type: None,
        category: None,
        special: None,
        title: None,
        concerns: None,
        beside: None,
    });
}
