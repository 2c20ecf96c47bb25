//! Which lookups no index serves, in words.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use holdall_connector::Compare;

/// Returns that a lookup by this column has the whole table read, and why.
pub(crate) fn whole_table(table: &str, column: &str, rows: Option<u64>, why: &str) -> String {
    let rows = rows.map(|rows| format!(" (about {rows} rows)")).unwrap_or_default();
    format!("a lookup by `{column}` reads all of `{table}`{rows}: {why}")
}

/// Returns in words how a comparison ignores what an index tells apart.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn ignores(compare: Compare) -> &'static str {
    match compare {
        Compare::Exact => "white space around a value does not count",
        Compare::Caseless => "upper and lower case do not count, as Unicode has them",
        Compare::Digits => "only digits count",
        Compare::Compact => "case, spaces, dots and dashes do not count",
        Compare::Phone => "telephone numbers are written in many ways",
        Compare::Name => "names are written in many ways",
        Compare::Date => "dates are written in many ways",
    }
}
