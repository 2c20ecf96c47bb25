//! The statement that reads a table, and its conditions.

use holdall_connector::{Lookup, Match};

use super::catalogue::Relation;
use super::cell::Reading;
use crate::condition::{Class, Condition, Folding};
use crate::names::back_quoted;
use crate::structure::{Attribute, Identity};

/// More values than this are not bound to one statement (the protocol's limit is 65,535).
const VALUES: usize = 60_000;

/// A statement and the values bound to it, in order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) bound: Vec<String>,
    /// Whether no row at all can be wanted.
    pub(crate) is_empty: bool,
}

impl Query {
    /// Returns the statement that gives at least the wanted rows: all columns in order.
    pub(crate) fn new(relation: &Relation, lookup: &Lookup) -> Self {
        let mut sql = select(relation);
        let mut bound = Vec::new();
        let parts = condition(relation, lookup, &mut bound);
        let parts = parts.filter(|_| bound.len() <= VALUES);
        if parts.is_none() {
            bound.clear();
        }
        if relation.identity == Identity::Number && !relation.is_view {
            // Without an index to read by, rows come as they are stored.
            sql.push_str(" USE INDEX ()");
        }
        let is_empty = parts.as_ref().is_some_and(Vec::is_empty);
        if let Some(parts) = parts {
            sql.push_str(&format!(" WHERE {}", either(&parts)));
        }
        let order = order(relation);
        if !order.is_empty() {
            sql.push_str(&format!(" ORDER BY {}", order.join(", ")));
        }
        Self { sql, bound, is_empty }
    }

    /// Returns the statement that gives some rows: the first by the key, or any.
    pub(crate) fn sample(relation: &Relation, rows: usize) -> Self {
        let by = match relation.identity {
            Identity::Key => format!(" ORDER BY {}", order(relation).join(", ")),
            _ => String::new(),
        };
        let sql = format!("{}{by} LIMIT {rows}", select(relation));
        Self { sql, bound: Vec::new(), is_empty: false }
    }
}

/// Returns the statement that gives all rows: all columns in order.
fn select(relation: &Relation) -> String {
    let names: Vec<String> = relation.columns.iter().map(|c| back_quoted(&c.name)).collect();
    let (schema, name) = (back_quoted(&relation.schema), back_quoted(&relation.name));
    format!("SELECT {} FROM {schema}.{name}", names.join(", "))
}

/// Returns that one of the conditions holds.
fn either(parts: &[String]) -> String {
    if parts.is_empty() { "FALSE".to_owned() } else { parts.join(" OR ") }
}

fn order(relation: &Relation) -> Vec<String> {
    match relation.identity {
        Identity::Key => {
            let name = |index: &usize| relation.columns.get(*index).map(|c| back_quoted(&c.name));
            relation.key.iter().filter_map(name).collect()
        }
        Identity::Number if relation.is_view => {
            let bytes =
                |c: &Attribute<Reading>| format!("CAST({} AS BINARY)", back_quoted(&c.name));
            relation.columns.iter().map(bytes).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns conditions of which one holds for every wanted row; `None` if there is none such.
fn condition(relation: &Relation, lookup: &Lookup, bound: &mut Vec<String>) -> Option<Vec<String>> {
    if relation.identity != Identity::Key {
        return None;
    }
    let mut parts = Vec::new();
    for asked in lookup.any.iter().filter(|asked| !asked.values.is_empty()) {
        parts.extend(part(relation.column_at(&asked.column)?, asked, bound)?);
    }
    Some(parts)
}

fn part(
    column: &Attribute<Reading>,
    asked: &Match,
    bound: &mut Vec<String>,
) -> Option<Option<String>> {
    let name = back_quoted(&column.name);
    // In one character set, and by bytes, so that no collation of the column or the session counts.
    let text = format!("CONVERT({name} USING utf8mb4) COLLATE utf8mb4_bin");
    let beyond_ascii = format!("LENGTH({text}) <> CHAR_LENGTH({text})");
    let mut among = |expression: &str, values: Vec<String>, cast: &str| {
        if values.is_empty() {
            return None;
        }
        let marks = vec![cast; values.len()].join(", ");
        bound.extend(values);
        Some(format!("{expression} IN ({marks})"))
    };
    Some(match Condition::of(column.class, asked) {
        Condition::Every => return None,
        Condition::Equal(values) => among(&name, values, mark(column.class)),
        Condition::Trimmed(values) => {
            let trimmed = among(&text, values, BYTES)?;
            Some(format!("{trimmed} OR {}", edges(&text)))
        }
        Condition::Folded(Folding::Lower, values) => {
            let lower = among(&format!("LOWER({text})"), values, BYTES);
            Some(or(lower, &format!("{} OR {beyond_ascii}", edges(&text))))
        }
        Condition::Folded(folding, values) => {
            let drop = if folding == Folding::Digits { "[^0-9]" } else { "[^a-z0-9]" };
            let rest = format!("REGEXP_REPLACE(LOWER({text}), '{drop}', '')");
            Some(or(among(&rest, values, BYTES), &beyond_ascii))
        }
    })
}

/// A bound text that is compared by its bytes.
const BYTES: &str = "CONVERT(? USING utf8mb4) COLLATE utf8mb4_bin";

/// Returns how a value of this class is bound, so that an index of the column serves.
fn mark(class: Class) -> &'static str {
    match class {
        Class::Integer => "CAST(? AS DECIMAL(20))",
        Class::Number => "CAST(? AS DECIMAL(65, 30))",
        Class::Date => "CAST(? AS DATE)",
        Class::Uuid | Class::Text | Class::Other => "?",
    }
}

fn or(first: Option<String>, second: &str) -> String {
    first.into_iter().map(|first| format!("{first} OR ")).collect::<String>() + second
}

/// Returns whether a text starts or ends with anything but a visible ASCII character: all white
/// space is among that. `ORD` is the code of the first character.
fn edges(text: &str) -> String {
    format!(
        "{text} <> '' AND (ORD({text}) NOT BETWEEN 33 AND 126 \
         OR ORD(RIGHT({text}, 1)) NOT BETWEEN 33 AND 126)"
    )
}
