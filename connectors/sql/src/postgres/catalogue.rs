//! Tables, columns, keys and indexes, as PostgreSQL's catalogue has them.

use postgres::types::Type;
use postgres::{Client, Error, Row};

use super::connect::Facts;
use super::shape::Reading;
use crate::names;
use crate::structure::{Attribute, Identity, Index, Reference};

/// A table or view of PostgreSQL.
pub(crate) type Relation = crate::structure::Relation<Reading>;

/// Finds a name as it is written, and where there is none such, one that differs in case only.
/// Tables of extensions and of the system are found where they are named with their schema.
const FIND: &str = "
    SELECT c.oid, n.nspname::text, c.relname::text, c.relkind::text, c.reltuples::float8,
      c.relhassubclass
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname = ANY($2::text[])
      AND (c.relname = $1::text OR lower(c.relname::text) = lower($1::text))
    ORDER BY c.relname <> $1::text, array_position($2::text[], n.nspname::text), c.relname
    LIMIT 2";

/// Columns in order; a domain is taken as the type it is made from.
const COLUMNS: &str = "
    WITH RECURSIVE base (number, type) AS (
      SELECT attnum, atttypid FROM pg_attribute
      WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped
      UNION ALL
      SELECT number, typbasetype FROM base JOIN pg_type ON oid = type AND typtype = 'd')
    SELECT a.attnum, a.attname::text, format_type(a.atttypid, a.atttypmod), t.typname::text,
      t.typnamespace = 'pg_catalog'::regnamespace, coalesce(b.typname, e.typname)::text,
      e.typdelim::text
    FROM pg_attribute a JOIN base ON number = attnum
    JOIN pg_type t ON t.oid = base.type AND t.typtype <> 'd'
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    LEFT JOIN pg_type b ON b.oid = e.typbasetype AND e.typtype = 'd'
    WHERE a.attrelid = $1::oid ORDER BY a.attnum";

/// Indexes that are ready and hold every row; `C` and its like are collations in the order of code
/// points, `default` is the database's.
const INDEXES: &str = "
    SELECT i.indisprimary, i.indkey::int2[], m.amname::text, o.opcname::text,
      i.indcollation[0] = a.attcollation, k.collname::text,
      k.oid = 100, coalesce(to_json(k) ->> 'collcollate'::text, '')
        IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8') AND k.collprovider = 'c' OR k.collprovider = 'b'
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
    JOIN pg_opclass o ON o.oid = i.indclass[0]
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    LEFT JOIN pg_collation k ON k.oid = i.indcollation[0]
    WHERE i.indrelid = $1::oid AND i.indisvalid AND i.indpred IS NULL
    ORDER BY i.indexrelid";

/// The foreign keys of a table, a row for each of their columns.
const FOREIGN: &str = "
    SELECT f.oid, a.attname::text, n.nspname::text, r.relname::text, b.attname::text
    FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
    JOIN pg_namespace s ON s.oid = c.relnamespace
    JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
    CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (here, there, place)
    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.here
    JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.there
    WHERE f.contype = 'f' AND s.nspname = $1::text AND c.relname = $2::text
    ORDER BY f.conname, f.oid, k.place";

/// Returns the table or view that the map means by a name, or `None` if there is none.
pub(crate) fn find(
    client: &mut Client,
    facts: &Facts,
    name: &str,
) -> Result<Option<Relation>, Error> {
    for (schema, table) in names::meanings(name) {
        if table.contains('\0') || schema.as_ref().is_some_and(|schema| schema.contains('\0')) {
            continue;
        }
        let schemas = schema.map_or_else(|| facts.schemas.clone(), |schema| vec![schema]);
        let parameters: [(&(dyn postgres::types::ToSql + Sync), Type); 2] =
            [(&table, Type::TEXT), (&schemas, Type::TEXT_ARRAY)];
        let rows = client.query_typed(FIND, &parameters)?;
        let is_exact = |row: &&Row| row.try_get(2).is_ok_and(|name: &str| name == table);
        let exact = rows.iter().find(is_exact);
        // Two names that differ from the map's in case only: it cannot be known which is meant.
        let only = if rows.len() == 1 { rows.first() } else { None };
        if let Some(row) = exact.or(only) {
            return describe(client, facts, row).map(Some);
        }
    }
    Ok(None)
}

/// Returns schema and name of the tables and views of all schemas but the system's.
pub(crate) fn names(client: &mut Client) -> Result<Vec<(String, String)>, Error> {
    let sql = "
        SELECT n.nspname::text, c.relname::text
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
          AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          AND n.nspname NOT LIKE 'pg\\_%'
        ORDER BY n.nspname, c.relname";
    let name = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
    client.query_typed(sql, &[])?.iter().map(name).collect()
}

/// Returns the columns of each foreign key of a table: here, the schema and table referred to, and
/// there.
pub(crate) fn foreign(client: &mut Client, relation: &Relation) -> Result<Vec<Reference>, Error> {
    let of_table: [(&(dyn postgres::types::ToSql + Sync), Type); 2] =
        [(&relation.schema, Type::TEXT), (&relation.name, Type::TEXT)];
    let part = |row: &Row| {
        let number: u32 = row.try_get(0)?;
        let to = (row.try_get(2)?, row.try_get(3)?);
        Ok((number.to_string(), row.try_get(1)?, to, row.try_get(4)?))
    };
    let parts = client.query_typed(FOREIGN, &of_table)?;
    Ok(crate::structure::gather(parts.iter().map(part).collect::<Result<Vec<_>, Error>>()?))
}

fn describe(client: &mut Client, facts: &Facts, row: &Row) -> Result<Relation, Error> {
    let (oid, kind): (u32, String) = (row.try_get(0)?, row.try_get(3)?);
    let estimate: f64 = row.try_get(4)?;
    let of_table: [(&(dyn postgres::types::ToSql + Sync), Type); 1] = [(&oid, Type::OID)];
    let rows = client.query_typed(COLUMNS, &of_table)?;
    let mut numbers = Vec::new();
    let mut columns = Vec::new();
    for row in &rows {
        numbers.push(row.try_get::<_, i16>(0)?);
        columns.push(attribute(row)?);
    }
    let mut key = Vec::new();
    for row in &client.query_typed(INDEXES, &of_table)? {
        let covered: Vec<i16> = row.try_get(1)?;
        let places: Vec<usize> =
            covered.iter().filter_map(|n| numbers.iter().position(|m| m == n)).collect();
        if row.try_get(0)? {
            key.clone_from(&places);
        }
        let leads = covered.first().is_some_and(|number| *number > 0);
        if let Some(column) = places.first().filter(|_| leads).and_then(|i| columns.get_mut(*i)) {
            column.index = better(&column.index, index(facts, row)?);
        }
    }
    // Tables that inherit from a table have keys of their own, which its key does not cover.
    let has_heirs: bool = row.try_get(5)?;
    let identity = match kind.as_str() {
        "r" if has_heirs => Identity::PositionInPart,
        "r" | "p" if !key.is_empty() => Identity::Key,
        "r" | "m" => Identity::Position,
        "p" => Identity::PositionInPart,
        _ => Identity::Number,
    };
    // Never analysed, a table has -1; a view has none of its own.
    let counted = matches!(kind.as_str(), "r" | "p" | "m" | "f") && estimate >= 0.0;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count, not below 0"
    )]
    let rows = counted.then_some(estimate as u64);
    Ok(Relation {
        schema: row.try_get(1)?,
        name: row.try_get(2)?,
        columns,
        key,
        identity,
        is_view: identity == Identity::Number,
        is_one: matches!(kind.as_str(), "r" | "m") && !has_heirs,
        rows,
        caution: None,
    })
}

fn attribute(row: &Row) -> Result<Attribute<Reading>, Error> {
    let base: String = row.try_get(3)?;
    let element: Option<String> = row.try_get(5)?;
    let delimiter: Option<String> = row.try_get(6)?;
    let is_built_in: bool = row.try_get(4)?;
    let delimiter = delimiter.and_then(|text| text.chars().next()).unwrap_or(',');
    let reading = match element {
        Some(element) => Reading::list(&element, delimiter),
        None if is_built_in => Reading::of(&base),
        None => Reading::plain(),
    };
    Ok(Attribute {
        name: row.try_get(1)?,
        kind: row.try_get(2)?,
        class: reading.class(),
        reading,
        index: Index::Absent,
    })
}

/// Returns what an index does for the column that it starts with.
fn index(facts: &Facts, row: &Row) -> Result<Index, Error> {
    let (method, class): (String, String) = (row.try_get(2)?, row.try_get(3)?);
    let is_own: bool = row.try_get::<_, Option<bool>>(4)?.unwrap_or(false);
    let is_default: bool = row.try_get::<_, Option<bool>>(6)?.unwrap_or(false);
    let is_ordered: bool = row.try_get::<_, Option<bool>>(7)?.unwrap_or(false);
    let ordered = method == "btree"
        && matches!(class.as_str(), "text_ops" | "varchar_ops")
        && (is_ordered || is_default && facts.is_code_points);
    Ok(match method.as_str() {
        _ if ordered && is_own => Index::CodePoints(None),
        _ if ordered => Index::CodePoints(row.try_get(5)?),
        "btree" | "hash" if is_own => Index::Equal,
        _ => Index::Absent,
    })
}

fn better(old: &Index, new: Index) -> Index {
    match (old, new) {
        (Index::CodePoints(None), _) => Index::CodePoints(None),
        (_, new @ Index::CodePoints(_)) => new,
        (Index::Absent, new) => new,
        (old, _) => old.clone(),
    }
}
