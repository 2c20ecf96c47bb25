//! Which lookups no index serves, and which index would.

use holdall_connector::{Lookup, Match};
use postgres::types::{ToSql, Type};

use super::catalogue::Relation;
use super::connect::Facts;
use super::query::{Query, caseless};
use super::sessions::Session;
use super::shape::Reading;
use super::why;
use crate::advice;
use crate::condition::{Class, Condition, Folding};
use crate::failure::Failure;
use crate::names::quoted;
use crate::structure::{Attribute, Identity, Index};

/// Returns what would let an index serve one part of a lookup, if none does.
pub(crate) fn advise(
    session: &mut Session,
    relation: &Relation,
    facts: &Facts,
    asked: &Match,
) -> Result<Option<String>, Failure> {
    let Some(column) = relation.column_at(&asked.column) else { return Ok(None) };
    let why = if relation.identity == Identity::Number {
        Some("it is a view or foreign table, whose rows have no key".to_owned())
    } else {
        hindrance(session, relation, facts, column, asked)?
    };
    let say = |why: String| advice::whole_table(&relation.name, &column.name, relation.rows, &why);
    Ok(why.map(say))
}

fn hindrance(
    session: &mut Session,
    relation: &Relation,
    facts: &Facts,
    column: &Attribute<Reading>,
    asked: &Match,
) -> Result<Option<String>, Failure> {
    let table = format!("{}.{}", quoted(&relation.schema), quoted(&relation.name));
    let name = quoted(&column.name);
    let ignored = advice::ignores(asked.compare);
    let is_text = facts.is_utf8 && column.class == Class::Text;
    Ok(match Condition::of(column.class, asked) {
        Condition::Equal(_) if column.index != Index::Absent => None,
        Condition::Equal(_) => Some(format!(
            "no index starts with it; this one would serve: CREATE INDEX ON {table} ({name})"
        )),
        Condition::Trimmed(_) if matches!(column.index, Index::CodePoints(_)) => None,
        Condition::Trimmed(_) if is_text => Some(format!(
            "{ignored}, which only an index in the order of code points serves: CREATE INDEX ON \
             {table} ({name} COLLATE \"C\")"
        )),
        Condition::Folded(Folding::Lower, _) if is_text => {
            let is_served = is_served(session, relation, facts, asked)?;
            (!is_served).then(|| {
                let key = caseless(column);
                format!("{ignored}; this index would serve: CREATE INDEX ON {table} (({key}))")
            })
        }
        _ => Some(format!("{ignored}, which no index serves")),
    })
}

/// Returns whether the server would look for the values in an index, if reading the whole table were
/// the last resort.
fn is_served(
    session: &mut Session,
    relation: &Relation,
    facts: &Facts,
    asked: &Match,
) -> Result<bool, Failure> {
    let values = ["x".to_owned()].into();
    let asked = Match { values, ..asked.clone() };
    let query = Query::new(relation, facts, &Lookup { table: String::new(), any: vec![asked] });
    let bound: Vec<(&(dyn ToSql + Sync), Type)> =
        query.bound.iter().map(|v| (v as &(dyn ToSql + Sync), Type::TEXT_ARRAY)).collect();
    let mut explain = || {
        session.client.batch_execute("SET LOCAL enable_seqscan = off")?;
        let plan = session.client.query_typed(&format!("EXPLAIN {}", query.sql), &bound)?;
        session.client.batch_execute("SET LOCAL enable_seqscan = on")?;
        plan.iter().map(|line| line.try_get::<_, String>(0)).collect::<Result<Vec<_>, _>>()
    };
    let plan = explain().map_err(|e| why::failure(&e))?;
    Ok(plan.iter().any(|line| line.trim_start().starts_with("Index Cond: ")))
}
