//! By what an item is known again when the sources are collected again, and which items are alike.
//! All of it salted digests: they tell nothing to whoever lacks the salt.

use std::collections::BTreeMap;
use std::fmt;

use holdall_connector::Place;
use serde::{Deserialize, Serialize};

use crate::find::{Row, RowKey, digest};
use crate::redact::forms::skeleton;
use crate::redact::{Proposal, text_of};

/// The stable id of an item: 32 hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// Takes an id as it was written down; one that was never given out is no item's.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What items that are decided together have in common: the same value of the same person and kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct GroupKey(pub String);

/// Gives the items of a case their ids.
pub struct ItemIds {
    salt: Vec<u8>,
    anchors: Vec<String>,
}

impl ItemIds {
    /// Takes the rows that the items are in.
    pub fn new(salt: &[u8], rows: &[Row]) -> Self {
        let mut seen: BTreeMap<RowKey, usize> = BTreeMap::new();
        let anchor = |row: &Row| match &row.record.location.place {
            Place::Key(key) => digest(salt, &(&row.table, key)),
            _ => {
                let key = RowKey::of(salt, &row.table, &row.record);
                let number = seen.entry(key.clone()).or_default();
                *number += 1;
                format!("{}-{number}", key.as_str())
            }
        };
        Self { salt: salt.to_vec(), anchors: rows.iter().map(anchor).collect() }
    }

    /// Takes one row whose anchor is known; it has the number 0.
    pub fn anchored(salt: &[u8], anchor: &str) -> Self {
        Self { salt: salt.to_vec(), anchors: vec![anchor.to_owned()] }
    }

    /// Returns by what a row is known again: in a database its primary key; in a file its content,
    /// and its number among the rows of the same content.
    pub fn anchor(&self, row: usize) -> &str {
        self.anchors.get(row).map_or("", String::as_str)
    }

    /// Returns the id of a proposal for a row: from the table, the row, the cell and its content, the
    /// span and the kind.
    pub fn id(&self, row: &Row, proposal: &Proposal) -> ItemId {
        let content = text_of(&row.record, &proposal.cell, None);
        let span = proposal.span.as_ref().map(|span| (span.start, span.end));
        let what = (&proposal.cell, content, span, &proposal.kind);
        ItemId(digest(&self.salt, &(&row.table, self.anchor(proposal.row), what)))
    }

    /// Returns the group of a value: whose it is, of what kind, and its letters and digits. What has
    /// no text stands alone.
    pub fn group(&self, party: &str, kind: &str, text: &str) -> Option<GroupKey> {
        let form = skeleton(text);
        let form = if form.is_empty() { text.trim().to_owned() } else { form };
        (!form.is_empty()).then(|| GroupKey(digest(&self.salt, &(party, kind, form))))
    }
}
