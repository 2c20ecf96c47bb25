//! Many texts at once: the ranges of an index in which they can lie, as a table to be joined.
//!
//! A condition of ten thousand ranges would be too much for the server's planner. So the positions
//! (`ctid`) of all rows in the ranges are collected first, each range by a look into the index, and
//! then the rows are fetched by position, each once. Positions tell rows apart only within one
//! table, so this is not for partitioned tables.

use holdall_connector::Match;

use super::{RANGES, ROWS, bind, holdable, leading, ordered, type_of};
use crate::condition::{Class, Condition};
use crate::names::quoted;
use crate::postgres::catalogue::Relation;
use crate::postgres::connect::Facts;
use crate::structure::Index;

/// Returns the condition that a row is at one of the positions in question; `None` if a part of the
/// lookup is not served by an index, or there is too little to look for.
pub(super) fn condition(
    relation: &Relation,
    facts: &Facts,
    asked: &[&Match],
    bound: &mut Vec<Vec<String>>,
) -> Option<String> {
    if !relation.is_one || !facts.is_utf8 || !asked.iter().any(|a| pays(relation, a)) {
        return None;
    }
    let mut lists = Vec::new();
    let found: Option<Vec<String>> = asked.iter().map(|a| of(relation, a, &mut lists)).collect();
    let found: Vec<String> = found?.into_iter().filter(|select| !select.is_empty()).collect();
    *bound = lists;
    if found.is_empty() {
        return Some("false".to_owned());
    }
    Some(format!("ctid = ANY(ARRAY({}))", found.join(" UNION ALL ")))
}

/// Returns whether the ranges of this part are many, and yet less work than the whole table.
fn pays(relation: &Relation, asked: &Match) -> bool {
    let count = asked.values.len();
    let is_text = relation.column_at(&asked.column).is_some_and(|c| c.class == Class::Text);
    let work = u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(ROWS);
    is_text && count > RANGES && relation.rows.is_none_or(|rows| rows > work)
}

/// Returns the statement that gives the positions of one part; empty if there are none.
fn of(relation: &Relation, asked: &Match, bound: &mut Vec<Vec<String>>) -> Option<String> {
    let column = relation.column_at(&asked.column)?;
    let table = format!("{}.{} AS holdall_t", quoted(&relation.schema), quoted(&relation.name));
    match Condition::of(column.class, asked) {
        Condition::Equal(values) if column.index != Index::Absent => {
            let values = holdable(column.class, values);
            if values.is_empty() {
                return Some(String::new());
            }
            let (name, kind) = (quoted(&column.name), type_of(column.class));
            let list = bind(bound, values);
            Some(format!("SELECT ctid FROM {table} WHERE holdall_t.{name} = ANY({list}::{kind}[])"))
        }
        Condition::Trimmed(values) => {
            let text = format!("holdall_t.{}", ordered(column)?);
            let values: Vec<String> = values.into_iter().filter(|v| !v.contains('\0')).collect();
            let (from, to) = leading().into_iter().unzip();
            let (list, from, to) = (bind(bound, values), bind(bound, from), bind(bound, to));
            Some(format!(
                "{} UNION ALL {}",
                trailing_white(&table, &text, &list),
                leading_white(&table, &text, &from, &to)
            ))
        }
        _ => None,
    }
}

/// Returns the statement for texts that are a value, with or without white space after it.
///
/// Mostly the value's row is the only one from the value itself to the value with white space after
/// it, which one look into the index shows by giving less than two rows. Only where it gives two
/// are the two ranges of [`trailing`](super::trailing) looked into.
fn trailing_white(table: &str, text: &str, list: &str) -> String {
    let one = "holdall_v.value";
    let range = |from: &str, to: &str| {
        format!("SELECT ctid FROM {table} WHERE {text} >= {one}{from} AND {text} < {one}{to}")
    };
    let blanks = range("", " || '!'");
    let others = range(" || E'\\u0085'", " || E'\\u3001'");
    let both = range("", " || E'\\u3001'");
    format!(
        "SELECT holdall_p.ctid FROM unnest({list}) AS holdall_v (value) \
         CROSS JOIN LATERAL (SELECT array_agg(ctid) AS near FROM \
         ({both} ORDER BY {text} LIMIT 2) AS holdall_n) AS holdall_a \
         CROSS JOIN LATERAL (SELECT unnest(holdall_a.near) AS ctid \
         UNION ALL {blanks} AND cardinality(holdall_a.near) = 2 \
         UNION ALL {others} AND cardinality(holdall_a.near) = 2) AS holdall_p"
    )
}

/// Returns the statement for texts that start with white space; `OFFSET 0` keeps the two apart, so
/// that each range is a look into the index.
fn leading_white(table: &str, text: &str, from: &str, to: &str) -> String {
    format!(
        "SELECT holdall_p.ctid FROM unnest({from}, {to}) AS holdall_r (low, high) \
         CROSS JOIN LATERAL (SELECT ctid FROM {table} WHERE {text} >= holdall_r.low \
         AND {text} < holdall_r.high OFFSET 0) AS holdall_p"
    )
}
