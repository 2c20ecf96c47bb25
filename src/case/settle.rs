//! From what is kept and decided to what may leave.

use std::collections::HashMap;

use rusqlite::{Connection, Row, params};
use serde::{Deserialize, Serialize};

use super::change::{get, number, set};
use super::inputs::Inputs;
use super::overview::Stage;
use super::refresh::{Current, current};
use super::{Case, Error, mark};
use crate::find::place;
use crate::redact::{Confidence, Ground, Proposal};
use crate::review::{
    Item, Place, Settled, Unsettled, Verdict, decide, party_of, reason_of, relabel,
};

/// The name under which the conflicts found last are kept.
const LOOKED: &str = "conflicts";

/// A value that is taken out in one place and stands in another, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictAt {
    /// Where it is taken out, in words; `None` if it is withheld because of a row that stays out.
    pub withheld: Option<String>,
    /// The row and cell where it stands.
    pub row: u64,
    /// The cell where it stands: a JSON pointer.
    pub cell: String,
    /// Where it stands, in words.
    pub stands: String,
    /// Whether somebody decided to keep it there.
    pub kept: bool,
}

impl Case {
    /// Returns exactly what would be released now, with everything it is decided by.
    ///
    /// # Errors
    /// [`Error::Unsettled`] with what is still open or decided in two ways;
    /// [`Error::CollectAgain`].
    pub fn settle(&self) -> Result<(Inputs, Settled), Error> {
        super::sign::ready(&self.db)?;
        let (inputs, now) = current(&self.db)?;
        let items = items(&self.db, &now)?;
        let settled = decide(now.proposed, &items)?;
        Ok((inputs, settled))
    }

    /// Returns what [`conflicts`](Self::conflicts) found last, if nothing was decided since.
    pub(super) fn known_conflicts(&self) -> Result<Option<Vec<ConflictAt>>, Error> {
        let Some(text) = get(&self.db, LOOKED)? else { return Ok(None) };
        let (state, all): (u64, _) = serde_json::from_str(&text)?;
        Ok(Some(all).filter(|_| number(&self.db, "state").is_ok_and(|now| now == state)))
    }

    /// Looks for values that are decided in two ways, once everything is decided, and remembers what
    /// it found until something is decided otherwise. Worth doing while nobody waits.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn look_ahead(&self) -> Result<(), Error> {
        let is_reviewed = self.stage()? == Stage::Collected;
        if is_reviewed && super::sign::ready(&self.db).is_ok() && self.known_conflicts()?.is_none()
        {
            let state = number(&self.db, "state")?;
            let all = self.conflicts()?;
            set(&self.db, LOOKED, &serde_json::to_string(&(state, all))?)?;
        }
        Ok(())
    }

    /// Returns values that are taken out in one place and stand in another, as far as that can be
    /// said now; they have to be decided alike.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn conflicts(&self) -> Result<Vec<ConflictAt>, Error> {
        let (_, mut now) = current(&self.db)?;
        let items: Vec<Item> = items(&self.db, &now)?.into_iter().map(as_if_decided).collect();
        now.proposed.found.holds.clear();
        let rows = now.proposed.found.rows.clone();
        let words = |at: &Place| {
            let row = rows.get(at.row)?;
            Some(format!("{}, {}, {}", row.table, place(&row.record.location), at.cell))
        };
        match decide(now.proposed, &items) {
            Err(Unsettled::Conflicts(all)) => Ok(all
                .iter()
                .map(|conflict| ConflictAt {
                    withheld: conflict.withheld.as_ref().and_then(words),
                    row: conflict.stands.row as u64,
                    cell: conflict.stands.cell.clone(),
                    stands: words(&conflict.stands).unwrap_or_default(),
                    kept: conflict.kept,
                })
                .collect()),
            _ => Ok(Vec::new()),
        }
    }
}

/// Counts what is doubtful and undecided as taken out.
fn as_if_decided(mut item: Item) -> Item {
    item.proposal.confidence = Confidence::Certain;
    item
}

/// What is kept of a decision.
struct Kept {
    decision: i64,
    chosen: Option<String>,
    who: Option<String>,
    party: Option<(String, usize)>,
    ground: String,
    reason: String,
}

const COLUMNS: &str = "i.id, i.decision, i.chosen, i.who, i.ground, i.reason, p.word, p.number \
    FROM items i LEFT JOIN parties p ON p.id = i.party";

fn read(row: &Row<'_>) -> Result<(String, Kept), rusqlite::Error> {
    let word: Option<String> = row.get(6)?;
    let kept = Kept {
        decision: row.get(1)?,
        chosen: row.get(2)?,
        who: row.get(3)?,
        party: word.zip(row.get(7)?),
        ground: row.get(4)?,
        reason: row.get(5)?,
    };
    Ok((row.get(0)?, kept))
}

/// Returns every item with its decision. An item that the file lacks is left out, and what lacks an
/// item is never settled.
fn items(db: &Connection, now: &Current) -> Result<Vec<Item>, Error> {
    let mut statement = db.prepare(&format!("SELECT {COLUMNS}"))?;
    let kept: HashMap<String, Kept> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    let rows = &now.proposed.found.rows;
    let mut items = Vec::with_capacity(now.proposed.proposals.len());
    for proposal in &now.proposed.proposals {
        let Some(row) = rows.get(proposal.row) else { continue };
        if let Some(kept) = kept.get(now.ids.id(row, proposal).as_str()) {
            items.push(decided(proposal.clone(), kept, false));
        }
    }
    let (marks, lost) = mark::placed(now, mark::kept(db)?);
    if !lost.is_empty() {
        return Err(Unsettled::Unknown.into());
    }
    for mark in &marks {
        if let Some(kept) = kept.get(&mark.id) {
            items.push(decided(proposal_of(mark), kept, mark.everywhere));
        }
    }
    Ok(items)
}

fn proposal_of(mark: &mark::Mark) -> Proposal {
    Proposal {
        row: mark.row,
        cell: mark.cell.clone(),
        span: mark.span.map(|(start, end)| start..end),
        kind: crate::review::MARKED.to_owned(),
        detector: "reviewer",
        confidence: Confidence::Certain,
        ground: Ground::new(&mark.ground),
        reason: mark.reason.clone(),
        label: mark.label.clone(),
    }
}

fn decided(mut proposal: Proposal, kept: &Kept, everywhere: bool) -> Item {
    proposal.reason = reason_of(&Ground::new(&kept.ground), kept.chosen.as_deref(), &kept.reason);
    proposal.ground = Ground::new(kept.chosen.as_ref().unwrap_or(&kept.ground));
    if let Some((word, number)) = &kept.party {
        proposal.label = label(&proposal.label, word, *number);
    }
    let verdict = match kept.decision {
        1 => Verdict::Redact { by: kept.who.clone().unwrap_or_default() },
        2 => Verdict::Keep,
        _ => Verdict::Undecided,
    };
    Item { proposal, verdict, everywhere }
}

/// Returns what stands in an item's place: the label of whom it stands for.
pub(super) fn label(own: &str, word: &str, number: usize) -> String {
    match party_of(own) {
        Some(_) => relabel(own, word, number),
        // A marked passage has no label of its own.
        None => relabel("[Person A]", word, number),
    }
}

/// Returns the items of one row, for the reading view.
pub(super) fn of_row(db: &Connection, number: u64) -> Result<Vec<Item>, Error> {
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} WHERE i.row = ?1 ORDER BY i.seq"))?;
    let kept = statement.query_map(params![number], read)?.collect::<Result<Vec<_>, _>>()?;
    let mut statement = db.prepare(
        "SELECT cell, start, end, kind, label, everywhere FROM items WHERE row = ?1 ORDER BY seq",
    )?;
    let parts = statement
        .query_map(params![number], |row| {
            let start: Option<usize> = row.get(1)?;
            let span: Option<(usize, usize)> = start.zip(row.get(2)?);
            Ok((row.get(0)?, span, row.get(3)?, row.get(4)?, row.get(5)?))
        })?
        .collect::<Result<Vec<(String, _, String, String, bool)>, _>>()?;
    let items = kept.iter().zip(parts).map(|((_, kept), (cell, span, kind, label, everywhere))| {
        let proposal = Proposal {
            row: 0,
            cell,
            span: span.map(|(start, end)| start..end),
            kind,
            detector: "",
            confidence: Confidence::Certain,
            ground: Ground::new(""),
            reason: String::new(),
            label,
        };
        decided(proposal, kept, everywhere)
    });
    Ok(items.collect())
}
