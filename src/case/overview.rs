//! How far a case is: its stage, counts, what still blocks the release.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::change::{Revision, get, need, number, set};
use super::{Case, Error, holds, kept, sign};
use crate::request::Right;

/// The step that a case is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing was collected yet.
    Opened,
    /// It is under review.
    Collected,
    /// A bundle is being published.
    Releasing,
    /// The bundle is out.
    Released,
    /// Its personal data is gone.
    Closed,
}

impl Stage {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Opened, "opened"),
        (Self::Collected, "collected"),
        (Self::Releasing, "releasing"),
        (Self::Released, "released"),
        (Self::Closed, "closed"),
    ];

    /// Returns the word that stands for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(stage, _)| *stage == self).map_or("", |(_, word)| *word)
    }

    pub(super) fn of(db: &Connection) -> Result<Self, Error> {
        let word = need(db, "stage")?;
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(stage, _)| *stage).ok_or_else(|| Error::damaged("the stage is none"))
    }

    pub(super) fn keep(self, db: &Connection) -> Result<(), Error> {
        set(db, "stage", self.as_str())
    }

    /// Refuses decisions once it is too late for them.
    pub(super) fn can_be_decided(self) -> Result<(), Error> {
        match self {
            Self::Opened | Self::Collected => Ok(()),
            Self::Releasing => Err(Error::Over("being released")),
            Self::Released => Err(Error::Over("released")),
            Self::Closed => Err(Error::Over("closed")),
        }
    }
}

/// A case at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Overview {
    /// The controller's reference.
    pub reference: String,
    /// The right exercised.
    pub right: Right,
    /// The step that it is at.
    pub stage: Stage,
    /// The revision of these figures.
    pub revision: Revision,
    /// Rows by source and table, in their order.
    pub tables: Vec<TableCount>,
    /// All items.
    pub items: u64,
    /// Items that stand for themselves or for those alike: what there is to decide.
    pub groups: u64,
    /// Doubtful items.
    pub doubtful: u64,
    /// Doubtful items that nobody decided: they block the release.
    pub open: u64,
    /// Items that are taken out, decided or by policy; what is open is not among them.
    pub redacted: u64,
    /// Items that somebody kept.
    pub kept: u64,
    /// Open holds: they block the release.
    pub holds_open: u64,
    /// A row that somebody decided to be the person's may lead to more: collect again.
    pub collect_again: bool,
    /// A source was not read in full.
    pub incomplete: bool,
    /// Reviewers who signed what is decided now.
    pub signed: Vec<String>,
    /// Reviewers that the profile asks for.
    pub sign_off: u32,
    /// What the officer should know and that does not stop a release.
    pub notes: Vec<String>,
}

/// The rows of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableCount {
    /// The source.
    pub source: String,
    /// The table.
    pub table: String,
    /// Rows that are given out, redacted.
    pub rows: u64,
    /// Doubtful items in them that nobody decided.
    pub open: u64,
    /// The first of them, as [`super::Reading`] numbers it.
    pub first: u64,
}

impl Case {
    /// Returns the step that the case is at.
    ///
    /// # Errors
    /// [`Error::Damaged`].
    pub fn stage(&self) -> Result<Stage, Error> {
        Stage::of(&self.db)
    }

    /// Returns the right that is exercised.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn right(&self) -> Result<Right, Error> {
        holds::right(&self.db)
    }

    /// Returns the case at a glance. Quick: counts by index, no record is read.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn overview(&self) -> Result<Overview, Error> {
        let db = &self.db;
        let counts = counts(db)?;
        let sum = |wanted: &dyn Fn(&Count) -> bool| -> u64 {
            counts.iter().filter(|count| wanted(count)).map(|count| count.items).sum()
        };
        let is_open = |count: &Count| count.doubtful && count.decision == 0;
        let open_in = |source: &str, table: &str| {
            sum(&|count| is_open(count) && count.source == source && count.table == table)
        };
        let mut tables = tables(db)?;
        for table in &mut tables {
            table.open = open_in(&table.source, &table.table);
        }
        Ok(Overview {
            reference: get(db, "reference")?.unwrap_or_default(),
            right: holds::right(db)?,
            stage: Stage::of(db)?,
            revision: self.revision()?,
            tables,
            items: sum(&|_| true),
            groups: counts.iter().map(|count| count.groups).sum(),
            doubtful: sum(&|count| count.doubtful),
            open: sum(&is_open),
            redacted: sum(&|count| count.decision != 2 && !is_open(count)),
            kept: sum(&|count| count.decision == 2),
            holds_open: holds::open(db)?,
            collect_again: number(db, "collect-again")? > 0,
            incomplete: number(db, "incomplete")? > 0,
            signed: sign::signoffs(db)?.valid().into_iter().map(str::to_owned).collect(),
            sign_off: sign::needed(db)?,
            notes: kept::notes(db)?,
        })
    }
}

/// Items that have all this in common.
struct Count {
    source: String,
    table: String,
    decision: i64,
    doubtful: bool,
    items: u64,
    groups: u64,
}

/// Counts all items in one pass over one index.
fn counts(db: &Connection) -> Result<Vec<Count>, Error> {
    let mut statement = db.prepare(
        "SELECT source, tbl, decision, doubtful, COUNT(*), SUM(lead) FROM items \
         INDEXED BY items_counts GROUP BY source, tbl, decision, doubtful",
    )?;
    let all = statement.query_map([], |row| {
        Ok(Count {
            source: row.get(0)?,
            table: row.get(1)?,
            decision: row.get(2)?,
            doubtful: row.get(3)?,
            items: row.get(4)?,
            groups: row.get(5)?,
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Returns the number of doubtful items that nobody decided.
pub(super) fn open(db: &Connection) -> Result<u64, Error> {
    let sql = "SELECT COUNT(*) FROM items INDEXED BY items_open \
        WHERE doubtful = 1 AND decision = 0";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

fn tables(db: &Connection) -> Result<Vec<TableCount>, Error> {
    let mut statement = db.prepare(
        "SELECT source, tbl, COUNT(*), MIN(seq) FROM shown GROUP BY source, tbl ORDER BY MIN(seq)",
    )?;
    let all = statement.query_map([], |row| {
        Ok(TableCount {
            source: row.get(0)?,
            table: row.get(1)?,
            rows: row.get(2)?,
            open: 0,
            first: row.get(3)?,
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}
