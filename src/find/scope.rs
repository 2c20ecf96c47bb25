//! The dates that a request is limited to, and what is past its retention.

use holdall_connector::Record;
use jiff::civil::Date;

use holdall_connector::Compare;

use crate::controller::{Profile, Retention};
use crate::map::{Column, DataType, Role, Table};
use crate::request::Scope;

/// The dates that a request is limited to.
pub(super) struct Window<'a> {
    scope: &'a Scope,
    profile: &'a Profile,
}

impl<'a> Window<'a> {
    pub(super) fn new(scope: &'a Scope, profile: &'a Profile) -> Self {
        Self { scope, profile }
    }

    /// Returns whether the row's date lies outside. A row without a date that can be read stays in.
    pub(super) fn leaves_out(&self, table: &Table, record: &Record) -> bool {
        if self.scope.from.is_none() && self.scope.to.is_none() {
            return false;
        }
        let Some(day) = self.column(table).and_then(|column| day(record, column)) else {
            return false;
        };
        self.scope.from.is_some_and(|from| day < from) || self.scope.to.is_some_and(|to| day > to)
    }

    /// Returns the column that dates a row: the one that its retention runs from, else the first
    /// data column of a date type.
    fn column<'t>(&self, table: &'t Table) -> Option<&'t Column> {
        retention_column(self.profile, table).or_else(|| {
            table.columns.iter().find(|c| {
                c.role == Role::Data
                    && matches!(c.data_type, Some(DataType::Date | DataType::Datetime))
            })
        })
    }
}

/// Returns the retention rule that applies to a table's rows.
pub(super) fn retention<'p>(profile: &'p Profile, table: &Table) -> Option<&'p Retention> {
    profile.activity.get(table.activity.as_ref()?)?.retention.as_ref()
}

/// Returns the column that the retention of a table's rows runs from.
pub(super) fn retention_column<'t>(profile: &Profile, table: &'t Table) -> Option<&'t Column> {
    let from = retention(profile, table)?.from.as_ref()?;
    table.columns.iter().find(|column| column.name == *from)
}

/// Returns the calendar day that a record has in a column.
pub(super) fn day(record: &Record, column: &Column) -> Option<Date> {
    let text = record.scalars(&column.path).into_iter().next()?;
    Compare::Date.normalise(&text)?.parse().ok()
}
