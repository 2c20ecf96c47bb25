//! Cells that would be taken out whole and that somebody decided to give all the same.

use std::collections::BTreeSet;

/// Cells that are given after all: what is in them is searched like free text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifted(BTreeSet<(usize, String)>);

impl Lifted {
    /// Returns whether the cell, or what it lies in, is among them.
    pub(super) fn has(&self, row: usize, pointer: &str) -> bool {
        let mut here = self.0.range((row, String::new())..(row + 1, String::new()));
        here.any(|(_, cell)| {
            let rest = pointer.strip_prefix(cell.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// From the row's index among those found, and the JSON pointer of the cell.
impl FromIterator<(usize, String)> for Lifted {
    fn from_iter<I: IntoIterator<Item = (usize, String)>>(cells: I) -> Self {
        Self(cells.into_iter().collect())
    }
}
