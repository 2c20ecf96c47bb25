//! Columns of the map that a source turns out to lack.

use std::ops::Range;

use super::Error;
use super::grammar::{MapFile, TableEntry};
use super::load::reread;
use super::model::{Map, TableId};

/// A column of the map that its source lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The table.
    pub table: TableId,
    /// The column as the map writes it.
    pub column: String,
    /// The nearest name that the source has and the map does not.
    pub nearest: Option<String>,
}

impl Map {
    /// Refuses to go on with columns that the sources lack: what was meant would not be searched.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each column under its place in the map's file, which is read again.
    pub fn refuse_missing(&self, missing: &[Missing]) -> Result<(), Error> {
        if missing.is_empty() {
            return Ok(());
        }
        reread(self, |written, problems| {
            for one in missing {
                let title = format!("`{}` has no column `{}`", one.table, one.column);
                let help = match &one.nearest {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "correct the name, or take the column out of the map".to_owned(),
                };
                problems.add(&place(written, one), title, [help]);
            }
        })
    }
}

/// Returns where the map names the column: as a column or a link; else where its table begins.
fn place(written: &MapFile, missing: &Missing) -> Range<usize> {
    let sources = written.source.iter().filter(|s| *s.name.value == missing.table.source);
    let mut tables = sources.flat_map(|s| s.tables.iter());
    let Some((key, table)) = tables.find(|(key, _)| key.value == missing.table.table) else {
        return 0..0;
    };
    key_of(table, &missing.column).unwrap_or_else(|| key.span.clone())
}

fn key_of(table: &TableEntry, column: &str) -> Option<Range<usize>> {
    let columns = table.columns.iter().map(|(key, _)| key);
    let links = table.parent.iter().chain(table.see.iter()).map(|(key, _)| key);
    columns.chain(links).find(|key| key.value == column).map(|key| key.span.clone())
}
