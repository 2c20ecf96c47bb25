//! Lookups in one line.

use holdall_connector::{Compare, Lookup, Match, Path};

/// Returns a lookup of one top-level column for any of these values, which are normalised here.
pub fn ask(table: &str, column: &str, compare: Compare, values: &[&str]) -> Lookup {
    ask_any(table, &[(column, compare, values)])
}

/// Returns a lookup of several top-level columns, of which any may hold.
pub fn ask_any(table: &str, matches: &[(&str, Compare, &[&str])]) -> Lookup {
    let any = matches
        .iter()
        .map(|(column, compare, values)| Match {
            column: Path::column(*column),
            compare: *compare,
            values: values.iter().filter_map(|value| compare.normalise(value)).collect(),
        })
        .collect();
    Lookup { table: table.to_owned(), any }
}
