//! Where a source is, and what reads it.

use std::path::{Path, PathBuf};

use super::grammar::{SourceEntry, TableEntry};
use super::model::{ConnectorKind, SecretRef, SourcePlace};
use crate::diagnose::{At, Problems, one_of};

/// Returns the connector of this name.
pub(super) fn connector(word: &At<String>, problems: &mut Problems<'_>) -> Option<ConnectorKind> {
    let found = ConnectorKind::of(word);
    if found.is_none() {
        let names = ConnectorKind::ALL.map(ConnectorKind::as_str);
        if word.contains("://") {
            problems.add(
                &word.span,
                "`connector` takes the name of a connector, not an address",
                [format!("known: {}", names.join(", "))],
            );
        } else {
            problems.add(
                &word.span,
                format!("`{}` is no known connector", **word),
                one_of(word, names),
            );
        }
    }
    found
}

/// Returns where the source is; every path starts from the map's folder.
pub(super) fn resolve(
    entry: &SourceEntry,
    connector: Option<ConnectorKind>,
    folder: &Path,
    problems: &mut Problems<'_>,
) -> SourcePlace {
    if let Some(url) = &entry.url {
        return url_place(url, connector, folder, problems);
    }
    let Some(path) = &entry.path else {
        if connector.is_some_and(ConnectorKind::is_server) {
            problems.add(
                &entry.name.span,
                format!("source `{}` has no url", *entry.name),
                ["add `url = \"env:NAME\"`: the environment variable that holds the address of the \
                  server"
                    .to_owned()],
            );
        } else if connector.is_some() {
            problems.add(
                &entry.name.span,
                format!("source `{}` has no path", *entry.name),
                ["add `path = \"…\"`: a file, folder or glob, relative to this file".to_owned()],
            );
        }
        return SourcePlace::Path(PathBuf::new());
    };
    if let Some(kind) = connector.filter(|kind| kind.is_server()) {
        problems.add(
            &path.span,
            format!("`path` is for files; {} is a server and takes `url`", kind.as_str()),
            ["write `url = \"env:NAME\"`: the environment variable that holds its address"
                .to_owned()],
        );
    } else if path.trim().is_empty() {
        problems.add(
            &path.span,
            "the path is blank",
            ["write `.` for the map's folder".to_owned()],
        );
    } else if path.contains("://") {
        problems.add(
            &path.span,
            "`path` takes a file, folder or glob, not an address",
            ["put an address where only this program finds it: `url = \"env:NAME\"`".to_owned()],
        );
    }
    SourcePlace::Path(folder.join(&path.value))
}

fn url_place(
    url: &At<String>,
    connector: Option<ConnectorKind>,
    folder: &Path,
    problems: &mut Problems<'_>,
) -> SourcePlace {
    let Some(secret) = SecretRef::parse(url, folder) else {
        problems.add(
            &url.span,
            "`url` must say where the address is kept, not what it is",
            ["write `env:NAME` (an environment variable) or `file:PATH`; the value is not shown here, as it may hold a password"
                .to_owned()],
        );
        return SourcePlace::Path(PathBuf::new());
    };
    if let Some(kind) = connector.filter(|kind| !kind.is_server()) {
        problems.add(
            &url.span,
            format!("`url` is for database servers; {} takes `path`", kind.as_str()),
            ["write `path = \"…\"` in its place".to_owned()],
        );
    }
    SourcePlace::Url(secret)
}

/// Refuses what does not fit the connector of a table.
pub(super) fn check_table(
    connector: Option<ConnectorKind>,
    table: &TableEntry,
    problems: &mut Problems<'_>,
) {
    let Some(kind) = connector else { return };
    let database = kind.is_database();
    if let (Some(files), true) = (&table.files, database) {
        problems.add(
            &files.span,
            "`files` is for csv and json",
            ["a database table is named by its key, or by `table = \"…\"`".to_owned()],
        );
    }
    if let (Some(name), false) = (&table.table, database) {
        problems.add(
            &name.span,
            format!("`table` is for databases, not for {}", kind.as_str()),
            ["name the files: `files = \"…\"`".to_owned()],
        );
    }
    for written in [&table.files, &table.table].into_iter().flatten() {
        if written.trim().is_empty() {
            problems.add(&written.span, "this is blank", ["leave it out, or name it".to_owned()]);
        }
    }
}
