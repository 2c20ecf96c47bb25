//! From the grammar to the model: names become references, defaults are filled in, and what does
//! not fit is collected.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::grammar::{MapFile, SourceEntry, TableEntry};
use super::identifiers::{self, Kinds};
use super::model::{Map, Source, Table, TableId};
use super::{activities, columns, layout, links, place, redaction};
use crate::diagnose::{At, Document, Problems, Report};

/// Returns the model of what was written, or everything that is wrong with it.
pub(super) fn resolve(document: &Document<'_>, written: &MapFile) -> Result<Map, Report> {
    let mut problems = Problems::new(document);
    let folder = document.file.parent().unwrap_or(Path::new(""));
    if written.controller.trim().is_empty() {
        problems.add(
            &written.controller.span,
            "the controller profile is not named",
            ["write `controller = \"controller.toml\"`".to_owned()],
        );
    }
    let kinds = identifiers::resolve(&written.identifiers, &mut problems);
    let same_person = identifiers::same_person(&written.same_person, &kinds, &mut problems);
    let mut sources = resolve_sources(written, folder, &kinds, &mut problems);
    links::resolve(&mut sources, &written.source, &mut problems);
    activities::inherit(&mut sources, &written.source, &mut problems);
    let recogniser = written.redaction.recogniser.as_ref();
    let recogniser = recogniser.and_then(|entry| redaction::resolve(entry, &mut problems));
    problems.finish(Map {
        file: document.file.to_owned(),
        profile: folder.join(&*written.controller.value),
        identifiers: kinds.into_map(),
        same_person,
        sources,
        staff: written.redaction.staff,
        recogniser,
    })
}

fn resolve_sources(
    written: &MapFile,
    folder: &Path,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Vec<Source> {
    if written.source.is_empty() {
        problems.add(
            &(0..0),
            "the map has no source",
            ["add a `[[source]]` with `name`, `connector` and `path`".to_owned()],
        );
    }
    let mut seen = BTreeMap::new();
    let entries = written.source.iter();
    entries
        .map(|entry| {
            name(&entry.name, "source", problems);
            if seen.insert(entry.name.as_str(), ()).is_some() {
                problems.add(
                    &entry.name.span,
                    format!("two sources are called `{}`", *entry.name),
                    ["give each source a name of its own".to_owned()],
                );
            }
            source(entry, folder, kinds, problems)
        })
        .collect()
}

fn source(
    entry: &At<SourceEntry>,
    folder: &Path,
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Source {
    let connector = place::connector(&entry.connector, problems);
    let place = place::resolve(entry, connector, folder, problems);
    if entry.tables.is_empty() {
        problems.add(
            &entry.name.span,
            format!("source `{}` has no tables", *entry.name),
            [format!("add a `[source.tables.…]` for each table of `{}`", *entry.name)],
        );
    }
    let nested = connector.is_some_and(super::ConnectorKind::is_nested);
    let tables = entry.tables.iter().map(|(key, written)| {
        name(key, "table", problems);
        place::check_table(connector, written, problems);
        if written.columns.is_empty() && written.parent.is_empty() && written.see.is_empty() {
            problems.add(
                &key.span,
                format!("table `{}.{}` says nothing", *entry.name, **key),
                ["say what its columns are: `columns.… = \"data\"`".to_owned()],
            );
        }
        Table {
            id: TableId { source: entry.name.value.clone(), table: key.value.clone() },
            files: written.files.as_ref().map(|files| files.value.clone()),
            table: written.table.as_ref().map(|table| table.value.clone()),
            layout: layout::resolve(connector, entry, key, written, problems),
            activity: activity(written, problems),
            columns: columns::resolve(&written.columns, nested, kinds, problems),
            parents: Vec::new(),
            see: Vec::new(),
        }
    });
    Source {
        name: entry.name.value.clone(),
        tables: tables.collect(),
        connector: connector.unwrap_or(super::ConnectorKind::Csv),
        place,
    }
}

fn activity(written: &TableEntry, problems: &mut Problems<'_>) -> Option<String> {
    let activity = written.activity.as_ref()?;
    name(activity, "activity", problems);
    Some(activity.value.clone())
}

/// Refuses a blank name.
pub(super) fn name(name: &At<String>, what: &str, problems: &mut Problems<'_>) {
    if name.trim().is_empty() {
        problems.add(&name.span, format!("the name of the {what} is blank"), None);
    }
}

/// Refuses what the same list names twice.
pub(super) fn no_duplicates(words: &[At<String>], what: &str, problems: &mut Problems<'_>) {
    let mut seen = BTreeSet::new();
    for word in words {
        if !seen.insert(word.as_str()) {
            problems.add(&word.span, format!("{what} `{}` is named twice", **word), None);
        }
    }
}
