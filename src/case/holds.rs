//! The holds of a case: kept, resolved, added by hand.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::json;

use super::change::{By, Change, Revision, get, need, number, set};
use super::mark::Mark;
use super::{Case, Error, refresh};
use crate::find::{Hold, HoldKind, RowKey};
use crate::request::Right;
use crate::review::{HoldId, Refusal, Resolution};

/// A hold of a case.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct HeldItem {
    /// Its id.
    pub id: HoldId,
    /// What is doubtful.
    pub hold: Hold,
    /// By what the row is known that it is about.
    #[serde(skip)]
    pub row: Option<RowKey>,
    /// That row, as JSON in the form of [`crate::find::Row`].
    #[serde(skip)]
    pub record: Option<String>,
    /// Whether somebody added it by hand.
    pub manual: bool,
    /// How it was resolved.
    pub resolved: Option<(Resolution, Made)>,
    /// When it was changed last.
    pub rev: Revision,
}

/// By whom, when and why something was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    /// The reviewer.
    pub who: String,
    /// When, as an RFC 3339 timestamp.
    pub at: String,
    /// Why.
    pub reason: String,
}

const COLUMNS: &str =
    "id, body, row, record, manual, resolution, reason, who, resolved_at, rev FROM holds";

impl Case {
    /// Returns every hold, the open ones first.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn holds(&self) -> Result<Vec<HeldItem>, Error> {
        let sql =
            format!("SELECT {COLUMNS} WHERE present = 1 ORDER BY resolution IS NOT NULL, seq, id");
        all(&self.db, &sql)
    }

    /// Returns a page of the holds in the same order: at most so many, after the first `from`.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn holds_page(&self, from: usize, limit: usize) -> Result<Vec<HeldItem>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE present = 1 ORDER BY resolution IS NOT NULL, seq, id \
             LIMIT {limit} OFFSET {}",
            i64::try_from(from).unwrap_or(i64::MAX)
        );
        all(&self.db, &sql)
    }

    /// Resolves a hold, with a reason; `None` opens it again. What follows from it is done at once:
    /// a row joins or leaves, a column is searched or taken out.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Stale`], [`Error::Refused`] for a resolution that does not fit
    /// or lacks a reason.
    pub fn resolve_hold(
        &mut self,
        id: &HoldId,
        resolution: Option<&Resolution>,
        reason: &str,
        seen: Revision,
        by: &By,
    ) -> Result<(), Error> {
        self.decision(by, |change| {
            let held = one(change.db, id)?.ok_or(Error::Unknown("hold"))?;
            change.fresh(held.rev.0, seen)?;
            if let Some(resolution) = resolution {
                resolution.check(&held.hold, reason, right(change.db)?)?;
            }
            let body = resolution.map(serde_json::to_string).transpose()?;
            let made = resolution.map(|_| (reason.trim(), change.by.name.trim(), change.at()));
            change.db.execute(
                "UPDATE holds SET resolution = ?2, reason = ?3, who = ?4, resolved_at = ?5, \
                 rev = ?6 WHERE id = ?1",
                params![
                    id.0,
                    body,
                    made.as_ref().map(|made| made.0),
                    made.as_ref().map(|made| made.1),
                    made.as_ref().map(|made| &made.2),
                    change.rev
                ],
            )?;
            let what = json!({ "hold": id, "kind": held.hold.kind, "table": held.hold.table,
                "resolution": resolution });
            change.log(&what, (!reason.trim().is_empty()).then_some(reason.trim()))?;
            if held.row.is_some() {
                set(change.db, "rulings", &change.rev.to_string())?;
            }
            if held.row.is_some() && held.resolved.is_some() {
                // What was collected may rest on what was decided before.
                set(change.db, "collect-again", "1")?;
            }
            if held.manual { Ok(()) } else { refresh::refresh(change).map(drop) }
        })
    }

    /// Adds something to look at by hand before a release: film, paper, an opinion to ask for.
    ///
    /// # Errors
    /// [`Error::Refused`] if nothing is said.
    pub fn add_hold(
        &mut self,
        kind: HoldKind,
        what: &str,
        next: &str,
        by: &By,
    ) -> Result<HoldId, Error> {
        self.decision(by, |change| {
            if what.trim().is_empty() || !matches!(kind, HoldKind::Manual | HoldKind::Opinion) {
                return Err(Refusal::NoReason("hold a release").into());
            }
            let hold = Hold {
                kind,
                table: None,
                at: None,
                why: what.trim().to_owned(),
                next: next.trim().to_owned(),
            };
            let id = add(change, &hold, true)?;
            change.log(&json!({ "hold-added": id, "kind": kind }), None)?;
            Ok(id)
        })
    }
}

fn add(change: &Change<'_>, hold: &Hold, manual: bool) -> Result<HoldId, Error> {
    let salt = need(change.db, "salt")?;
    let id = HoldId::of(salt.as_bytes(), hold, None);
    change.db.execute(
        "INSERT INTO holds (id, seq, body, manual, rev) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (id) DO UPDATE SET present = 1",
        params![id.0, change.rev + MANUAL, serde_json::to_string(hold)?, manual, change.rev],
    )?;
    Ok(id)
}

/// Where holds that were added stand in the order.
const MANUAL: u64 = 1 << 40;

/// Keeps the holds of a search in the place of those before; resolutions stay.
pub(super) fn sync(change: &Change<'_>, holds: &[refresh::FoundHold]) -> Result<(), Error> {
    change.db.execute("UPDATE holds SET present = 0 WHERE manual = 0", [])?;
    let mut insert = change.db.prepare(
        "INSERT INTO holds (id, seq, body, row, record, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (id) DO UPDATE SET present = 1, seq = excluded.seq, body = excluded.body",
    )?;
    for (seq, (id, hold, row)) in holds.iter().enumerate() {
        let (key, record) = row.as_ref().map(|(key, body)| (key.as_str(), body)).unzip();
        let body = serde_json::to_string(hold)?;
        insert.execute(params![id.0, seq, body, key, record, change.rev])?;
    }
    // A row that was ruled is not held by the next search, and its ruling goes on.
    change.db.execute(
        "UPDATE holds SET present = 1 WHERE row IS NOT NULL AND resolution IS NOT NULL",
        [],
    )?;
    Ok(())
}

/// Resolves every open hold of a kind.
pub(super) fn resolve_all(
    change: &Change<'_>,
    kind: HoldKind,
    resolution: &Resolution,
    reason: &str,
    who: &str,
) -> Result<(), Error> {
    let open = all(
        change.db,
        &format!("SELECT {COLUMNS} WHERE present = 1 AND resolution IS NULL ORDER BY seq, id"),
    )?;
    for held in open.into_iter().filter(|held| held.hold.kind == kind) {
        change.db.execute(
            "UPDATE holds SET resolution = ?2, reason = ?3, who = ?4, resolved_at = ?5, rev = ?6 \
             WHERE id = ?1",
            params![
                held.id.0,
                serde_json::to_string(resolution)?,
                reason,
                who,
                change.at(),
                change.rev
            ],
        )?;
        let what = json!({ "hold": held.id, "kind": kind, "resolution": resolution });
        change.log(&what, Some(reason))?;
    }
    Ok(())
}

/// Holds a release for a professional's opinion on what is withheld because of serious harm
/// (DPA 2018 Sch 3 Pts 2–4).
pub(super) fn opinions(change: &Change<'_>) -> Result<(), Error> {
    let mut statement = change.db.prepare(
        "SELECT DISTINCT source || '.' || tbl, COALESCE(chosen, ground) FROM items INDEXED BY items_harm \
         WHERE decision <> 2 AND COALESCE(chosen, ground) IN ('sch3-2', 'sch3-3', 'sch3-4')",
    )?;
    let found = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut ids = Vec::new();
    for (table, ground) in found {
        let hold = Hold {
            kind: HoldKind::Opinion,
            table: Some(table),
            at: None,
            why: format!(
                "{ground} is relied on: it needs a professional's opinion, not older than six months, that serious harm is likely"
            ),
            next: "ask the professional, then record whose opinion it is and of which day".into(),
        };
        ids.push(add(change, &hold, false)?.0);
    }
    let mut statement =
        change.db.prepare("SELECT id, body FROM holds WHERE manual = 0 AND present = 1")?;
    let all = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for (id, body) in all {
        let hold: Hold = serde_json::from_str(&body)?;
        if hold.kind == HoldKind::Opinion && !ids.contains(&id) {
            change.db.execute("UPDATE holds SET present = 0 WHERE id = ?1", [id])?;
        }
    }
    Ok(())
}

/// Holds a release for a passage marked by hand that is no longer where it was.
pub(super) fn lost_mark(change: &Change<'_>, mark: &Mark) -> Result<(), Error> {
    let hold = Hold {
        kind: HoldKind::Manual,
        table: Some(mark.table.clone()),
        at: Some(mark.cell.clone()),
        why: format!("a passage that {} marked by hand is no longer where it was", mark.who),
        next: "look at the table again and mark the passage where it stands now".into(),
    };
    add(change, &hold, true).map(drop)
}

/// Returns the holds that are resolved, those of searches before too.
pub(super) fn resolved(db: &Connection) -> Result<Vec<HeldItem>, Error> {
    all(db, &format!("SELECT {COLUMNS} WHERE resolution IS NOT NULL ORDER BY id"))
}

/// Returns the ids of the holds of the last search, and of those added.
pub(super) fn present(db: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare("SELECT id FROM holds WHERE present = 1 ORDER BY id")?;
    let all = statement.query_map([], |row| row.get(0))?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Returns the number of open holds.
pub(super) fn open(db: &Connection) -> Result<u64, Error> {
    let sql = "SELECT COUNT(*) FROM holds WHERE present = 1 AND resolution IS NULL";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

/// Returns the right that is exercised.
pub(super) fn right(db: &Connection) -> Result<Right, Error> {
    match get(db, "right")?.as_deref() {
        Some("portability") => Ok(Right::Portability),
        _ => Ok(Right::Access),
    }
}

fn one(db: &Connection, id: &HoldId) -> Result<Option<HeldItem>, Error> {
    let sql = format!("SELECT {COLUMNS} WHERE present = 1 AND id = ?1");
    let found = db.query_row(&sql, [&id.0], |row| Ok(read(row))).optional()?;
    found.transpose()
}

fn all(db: &Connection, sql: &str) -> Result<Vec<HeldItem>, Error> {
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

fn read(row: &Row<'_>) -> Result<HeldItem, Error> {
    let resolution: Option<String> = row.get(5)?;
    let resolution = resolution.map(|body| serde_json::from_str(&body)).transpose()?;
    let made = Made {
        reason: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        who: row.get::<_, Option<String>>(7)?.unwrap_or_default(),
        at: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
    };
    Ok(HeldItem {
        id: HoldId(row.get(0)?),
        hold: serde_json::from_str(&row.get::<_, String>(1)?)?,
        row: row.get::<_, Option<String>>(2)?.map(RowKey::new),
        record: row.get(3)?,
        manual: row.get(4)?,
        resolved: resolution.map(|resolution| (resolution, made)),
        rev: Revision(row.get(9)?),
    })
}

/// Refuses unless every hold is resolved and no row has to be followed.
pub(super) fn check(db: &Connection) -> Result<(), Error> {
    if number(db, "collect-again")? > 0 { Err(Error::CollectAgain) } else { Ok(()) }
}
