//! What was found, kept row by row.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Error;
use super::change::{Change, need, set};
use crate::find::{Findings, Found, Row};
use crate::review::ItemIds;

/// What became of the rows when the sources were collected again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RowDiff {
    pub(super) new: u64,
    pub(super) gone: u64,
    pub(super) changed: u64,
}

/// Keeps what was found in the place of what was kept before.
pub(super) fn store(change: &Change<'_>, salt: &[u8], found: Found) -> Result<RowDiff, Error> {
    let before = bodies(change.db)?;
    let (rows, aside, findings) = found.into_parts();
    change.db.execute("DELETE FROM rows", [])?;
    let mut after = BTreeMap::new();
    let mut seq = 0_u64;
    let sql = "INSERT INTO rows (seq, aside, anchor, body) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = change.db.prepare(sql)?;
    for (rows, is_aside) in [(rows, false), (aside, true)] {
        let ids = ItemIds::new(salt, &rows);
        for (at, row) in rows.iter().enumerate() {
            let body = serde_json::to_string(row)?;
            insert.execute(params![seq, is_aside, ids.anchor(at), body])?;
            seq += 1;
            if !is_aside {
                after.insert(ids.anchor(at).to_owned(), content(row)?);
            }
        }
    }
    set(change.db, "findings", &serde_json::to_string(&findings)?)?;
    Ok(difference(&before, &after))
}

fn difference(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> RowDiff {
    let mut diff = RowDiff::default();
    for (anchor, body) in after {
        match before.get(anchor) {
            None => diff.new += 1,
            Some(old) if old != body => diff.changed += 1,
            Some(_) => {}
        }
    }
    diff.gone = before.keys().filter(|anchor| !after.contains_key(*anchor)).count() as u64;
    diff
}

/// What of a row counts as its content: not where it stood.
fn content(row: &Row) -> Result<String, Error> {
    Ok(short(&serde_json::to_string(&(&row.record.columns, &row.record.values))?))
}

/// Returns a digest to compare by, so that two whole estates are not in memory at once.
fn short(text: &str) -> String {
    crate::find::digest(b"", &text)
}

fn bodies(db: &Connection) -> Result<BTreeMap<String, String>, Error> {
    let mut statement = db.prepare("SELECT anchor, body FROM rows WHERE aside = 0")?;
    let mut rows = statement.query([])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let kept: Row = serde_json::from_str(&row.get::<_, String>(1)?)?;
        all.insert(row.get(0)?, content(&kept)?);
    }
    Ok(all)
}

/// Returns what is kept.
pub(super) fn load(db: &Connection) -> Result<Found, Error> {
    let of = |is_aside: bool| -> Result<Vec<Row>, Error> {
        let mut statement = db.prepare("SELECT body FROM rows WHERE aside = ?1 ORDER BY seq")?;
        let bodies = statement.query_map([is_aside], |row| row.get::<_, String>(0))?;
        bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
    };
    let findings: Findings = serde_json::from_str(&need(db, "findings")?)?;
    Ok(Found::from_parts(of(false)?, of(true)?, findings))
}

/// Returns what the officer should know of what was found.
pub(super) fn notes(db: &Connection) -> Result<Vec<String>, Error> {
    match super::change::get(db, "findings")? {
        Some(text) => Ok(serde_json::from_str::<Findings>(&text)?.notes().to_vec()),
        None => Ok(Vec::new()),
    }
}
