//! How tables hang together: the number of a row here that is a column there.

use super::estate::{Column, Table};
use super::shape::Form;
use super::words::{self, singular};

/// A column that holds the number of a row of another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The table and column that refer.
    pub(super) from: (usize, usize),
    /// The table and column referred to.
    pub(super) to: (usize, usize),
    pub(super) why: &'static str,
}

/// Returns the column that is each table's own number, if one is.
pub(super) fn row_column(table: &Table) -> Option<usize> {
    let position = |name: &String| table.columns.iter().position(|c| c.name == *name);
    if let [only] = table.keys.primary.as_slice() {
        return position(only);
    }
    if !table.keys.primary.is_empty() {
        return None;
    }
    let mut first = table.columns.iter().enumerate().take(4);
    first.find(|(index, column)| is_row_number(column, table, *index)).map(|(index, _)| index)
}

fn is_row_number(column: &Column, table: &Table, index: usize) -> bool {
    let made_up = !table.layout.header;
    let Some(last) = column.leaf.last() else { return false };
    let thing = table.words.last().map(|word| singular(word)).unwrap_or_default();
    let named = words::is_number(last) || *last == thing;
    let shape = &column.shape;
    let number = shape.is_mostly(&[Form::Integer, Form::Code], 90) || shape.is_number();
    let here = column.words.len() == column.leaf.len();
    if shape.is_empty() {
        return here && (column.leaf == ["id"] || column.leaf == [thing, "id".to_owned()]);
    }
    here && shape.is_unique() && number && (named || (made_up && index == 0))
}

/// Returns the references between tables: those declared, and those that names and values suggest.
/// `rows` is the number column of each table.
pub(super) fn find(
    tables: &[Table],
    rows: &[Option<usize>],
    skip: &dyn Fn(usize, usize) -> bool,
) -> Vec<Reference> {
    let mut found = Vec::new();
    for (t, table) in tables.iter().enumerate() {
        for (c, column) in table.columns.iter().enumerate() {
            if let Some(to) = declared(tables, table, column) {
                let why = "a foreign key says so";
                found.push(Reference { from: (t, c), to, why });
            } else if rows.get(t).copied().flatten() != Some(c)
                && !skip(t, c)
                && let Some((to, why)) = guessed(tables, rows, t, column)
            {
                found.push(Reference { from: (t, c), to, why });
            }
        }
    }
    found
}

/// Returns what a foreign key of one column refers to.
fn declared(tables: &[Table], table: &Table, column: &Column) -> Option<(usize, usize)> {
    let key = table.keys.foreign.iter().find(|key| key.columns == [column.name.clone()])?;
    let is = |other: &&Table| {
        other.source == table.source && other.name.eq_ignore_ascii_case(&key.table)
    };
    let index = tables.iter().position(|other| is(&other))?;
    let wanted = key.references.first()?;
    let columns = &tables.get(index)?.columns;
    let position = columns.iter().position(|c| c.name.eq_ignore_ascii_case(wanted))?;
    Some((index, position))
}

/// A column that another may refer to.
struct Candidate {
    /// Whether its name says so, it is of the same source, and how many values in a hundred it has.
    rank: (bool, bool, usize),
    to: (usize, usize),
    why: &'static str,
}

fn guessed(
    tables: &[Table],
    rows: &[Option<usize>],
    here: usize,
    column: &Column,
) -> Option<((usize, usize), &'static str)> {
    let own = tables.get(here)?.source;
    let mut best: Option<Candidate> = None;
    for (index, table) in tables.iter().enumerate() {
        let Some(row) = rows.get(index).copied().flatten() else { continue };
        let Some(target) = table.columns.get(row).filter(|_| index != here) else { continue };
        let named = names(column, target, table);
        let share = column.shape.share_in(&target.shape);
        let alike = column.shape.is_empty() || target.shape.is_empty() || share >= 30;
        let why = match (named, alike) {
            (true, true) => "its name is that of the other's number",
            (false, _) if holds(column, target, share) => "its values are the other's numbers",
            _ => continue,
        };
        let rank = (named, table.source == own, share);
        if best.as_ref().is_none_or(|other| rank > other.rank) {
            best = Some(Candidate { rank, to: (index, row), why });
        }
    }
    best.map(|best| (best.to, best.why))
}

/// Returns whether the values alone make a reference: codes with letters, nearly all of them known
/// there, or written in the same way and some of them known.
fn holds(column: &Column, target: &Column, share: usize) -> bool {
    let shape = &column.shape;
    let telling = shape.is_telling() && shape.has_letters() && shape.distinct() >= 2;
    telling && (share >= 80 || (share >= 30 && shape.has_prefix_of(&target.shape)))
}

/// Returns whether a column is called after another table's number: `order_id` after
/// `orders.order_id` or `orders.id`, `billing_address_id` after `addresses.id`.
fn names(column: &Column, target: &Column, table: &Table) -> bool {
    let plain = matches!(target.leaf.as_slice(), [one] if words::is_number(one));
    let ends = |tail: &[String]| column.words.ends_with(tail);
    if !plain {
        return ends(&target.words);
    }
    if target.leaf == ["sku"] && column.leaf == target.leaf {
        return true;
    }
    let thing = table.words.last().map(|word| singular(word)).unwrap_or_default();
    let number = |tail: &str| ends(&[thing.clone(), tail.to_owned()]);
    words::numbers().any(number) || (column.leaf == [thing.clone()] && column.shape.is_number())
}
