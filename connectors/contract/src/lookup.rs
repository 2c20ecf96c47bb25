//! Which rows of a table are wanted: plain data, for one person or ten thousand.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Compare, Path, Record};

/// Asks one table for the rows in which any of the [`Match`]es holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The table's name in the data map.
    pub table: String,
    /// A row is wanted if one of these holds. Empty: no row is wanted.
    pub any: Vec<Match>,
}

/// Holds for a row if a value at `column` is, in its normal form, one of `values`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The identifying column.
    pub column: Path,
    /// How two values compare.
    pub compare: Compare,
    /// Values in the normal form of `compare` ([`Compare::normalise`]).
    pub values: BTreeSet<String>,
}

impl Lookup {
    /// Returns whether the record is wanted. This is the meaning of a lookup; a connector that
    /// filters by other means must give exactly these rows.
    pub fn wants(&self, record: &Record) -> bool {
        self.any.iter().any(|m| m.holds(record))
    }

    /// Returns whether no row at all can be wanted.
    pub fn is_empty(&self) -> bool {
        self.any.iter().all(|m| m.values.is_empty())
    }
}

impl Match {
    /// Returns whether a scalar at or below the column, normalised, is one of the values.
    pub fn holds(&self, record: &Record) -> bool {
        record.select(&self.column).into_iter().any(|value| {
            let mut hit = false;
            value.each_scalar(&mut |text| {
                hit =
                    hit || self.compare.normalise(&text).is_some_and(|n| self.values.contains(&n));
            });
            hit
        })
    }
}

/// Shows how many values there are, never which.
impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?} ({} values)", self.column, self.compare, self.values.len())
    }
}
