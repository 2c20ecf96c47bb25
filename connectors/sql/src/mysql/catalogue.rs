//! Tables, columns, keys and indexes, as `information_schema` has them.

use mysql::prelude::Queryable;
use mysql::{Conn, Error};

use super::cell::Reading;
use super::connect::Facts;
use crate::names::{back_quoted, meanings};
use crate::structure::{Attribute, Identity, Index, Reference, gather};

/// A table or view of MariaDB.
pub(crate) type Relation = crate::structure::Relation<Reading>;

/// A name in the database: schema and table.
type Name = (String, String);

const FIND: &str = "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_ROWS \
    FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?";

const COLUMNS: &str = "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE FROM information_schema.COLUMNS \
    WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION";

/// Prefix indexes (`SUB_PART`) find what starts alike, so they serve equality too.
const INDEXES: &str = "SELECT INDEX_NAME, NON_UNIQUE, COLUMN_NAME, NULLABLE, SUB_PART, INDEX_TYPE \
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? \
    ORDER BY INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX";

/// MariaDB's `json` is a `longtext` that this check keeps valid.
const CHECKS: &str = "SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS \
    WHERE CONSTRAINT_SCHEMA = ? AND TABLE_NAME = ?";

/// The foreign keys of a table, a row for each of their columns.
const FOREIGN: &str = "SELECT CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_TABLE_SCHEMA, \
    REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE \
    WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL \
    ORDER BY CONSTRAINT_NAME, ORDINAL_POSITION";

/// One column of an index.
#[derive(Debug)]
struct Part {
    index: String,
    is_unique: bool,
    column: Option<String>,
    is_nullable: bool,
    is_prefix: bool,
    method: String,
}

/// Returns the table or view that the map means by a name, or `None` if there is none.
pub(crate) fn find(conn: &mut Conn, facts: &Facts, name: &str) -> Result<Option<Relation>, Error> {
    for (schema, table) in meanings(name) {
        let Some(schema) = schema.or_else(|| facts.database.clone()) else { continue };
        type Found = (String, String, String, Option<String>, Option<u64>);
        let found: Vec<Found> = conn.exec(FIND, (&schema, &table))?;
        let is_exact = |f: &&Found| f.0 == schema && f.1 == table;
        let only = if found.len() == 1 { found.first() } else { None };
        if let Some((schema, table, kind, engine, rows)) =
            found.iter().find(is_exact).or(only).cloned()
        {
            let is_view = kind.contains("VIEW");
            let caution = caution(&table, engine.as_deref());
            let mut relation = describe(conn, facts, (schema, table), is_view)?;
            relation.rows = rows;
            relation.caution = caution;
            return Ok(Some(relation));
        }
    }
    Ok(None)
}

/// Returns the tables and views of the database of the address.
pub(crate) fn names(conn: &mut Conn) -> Result<Vec<String>, Error> {
    conn.query(
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() \
         AND TABLE_TYPE <> 'SEQUENCE' ORDER BY TABLE_NAME",
    )
}

/// Returns the columns of each foreign key of a table: here, the schema and table referred to, and
/// there.
pub(crate) fn foreign(conn: &mut Conn, relation: &Relation) -> Result<Vec<Reference>, Error> {
    let part = |(key, here, schema, table, there)| (key, here, (schema, table), there);
    conn.exec_map(FOREIGN, (&relation.schema, &relation.name), part).map(gather)
}

fn caution(table: &str, engine: Option<&str>) -> Option<String> {
    let engine = engine?;
    let has_snapshots = ["InnoDB", "RocksDB", "TokuDB", "NDB", "ndbcluster"];
    let is_one = has_snapshots.iter().any(|name| name.eq_ignore_ascii_case(engine));
    (!is_one).then(|| {
        format!("`{table}` is kept by {engine}, which has no snapshots: what is written during a read may be in it")
    })
}

fn describe(
    conn: &mut Conn,
    facts: &Facts,
    (schema, name): Name,
    is_view: bool,
) -> Result<Relation, Error> {
    // A column that the user may not read is not listed; asking for all of them shows that.
    let all = format!("SELECT * FROM {}.{} LIMIT 0", back_quoted(&schema), back_quoted(&name));
    conn.query_drop(all)?;
    let mut columns = columns(conn, facts, &schema, &name)?;
    let parts = indexes(conn, &schema, &name)?;
    for part in parts.iter().filter(|part| starts(part, &parts)) {
        let column = columns.iter_mut().find(|c| part.column.as_ref() == Some(&c.name));
        if let Some(column) = column.filter(|_| matches!(part.method.as_str(), "BTREE" | "HASH")) {
            column.index = Index::Equal;
        }
    }
    let key = key(&columns, &parts);
    let identity = if key.is_empty() { Identity::Number } else { Identity::Key };
    let (is_one, rows, caution) = (!is_view, None, None);
    Ok(Relation { schema, name, columns, key, identity, is_view, is_one, rows, caution })
}

fn columns(
    conn: &mut Conn,
    facts: &Facts,
    schema: &str,
    table: &str,
) -> Result<Vec<Attribute<Reading>>, Error> {
    let listed: Vec<(String, String, String)> = conn.exec(COLUMNS, (schema, table))?;
    let is_checked = facts.is_mariadb && listed.iter().any(|(_, kind, _)| kind == "longtext");
    // Old servers do not list checks; their `json` then stays text.
    let checks: Vec<String> = if is_checked {
        conn.exec(CHECKS, (schema, table)).unwrap_or_default()
    } else {
        Vec::new()
    };
    let column = |(name, kind, in_full): (String, String, String)| {
        let check = format!("json_valid({})", back_quoted(&name));
        let is_json = checks.iter().any(|other| other.eq_ignore_ascii_case(&check));
        let reading = if is_json { Reading::Json } else { Reading::of(&kind, &in_full) };
        Attribute { name, kind: in_full, class: reading.class(), reading, index: Index::Absent }
    };
    Ok(listed.into_iter().map(column).collect())
}

fn indexes(conn: &mut Conn, schema: &str, table: &str) -> Result<Vec<Part>, Error> {
    type Listed = (String, u8, Option<String>, Option<String>, Option<u64>, String);
    let part = |(index, non_unique, column, nullable, sub_part, method): Listed| Part {
        index,
        is_unique: non_unique == 0,
        column,
        is_nullable: nullable.is_some_and(|nullable| nullable == "YES"),
        is_prefix: sub_part.is_some(),
        method,
    };
    conn.exec_map(INDEXES, (schema, table), part)
}

/// Returns whether the part is the first of its index.
fn starts(part: &Part, parts: &[Part]) -> bool {
    parts
        .iter()
        .find(|other| other.index == part.index)
        .is_some_and(|first| std::ptr::eq(first, part))
}

/// Returns the columns of the primary key, else of the first unique index without nulls.
fn key(columns: &[Attribute<Reading>], parts: &[Part]) -> Vec<usize> {
    for first in parts.iter().filter(|part| starts(part, parts)) {
        let own: Vec<&Part> = parts.iter().filter(|part| part.index == first.index).collect();
        if own.iter().all(|part| part.is_unique && !part.is_nullable && !part.is_prefix) {
            let place = |part: &&Part| {
                columns.iter().position(|column| Some(&column.name) == part.column.as_ref())
            };
            if let Some(key) = own.iter().map(place).collect::<Option<Vec<_>>>() {
                return key;
            }
        }
    }
    Vec::new()
}
