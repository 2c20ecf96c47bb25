//! Why a row is the person's: the way from a key of the request to the row.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::map::{Kind, TableId};

/// The way to a row: `email → crm.customers → customer 17 → shop.orders`.
///
/// `Display` names the keys that were learned on the way, for the officer's own record; `Debug`
/// hides them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trail(Vec<Step>);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    Given(Kind),
    Learned(Kind, String),
    Proof(Vec<Kind>),
    Ruled,
    Table(TableId),
}

impl Trail {
    /// Starts at an identifier that the request gave.
    pub(super) fn given(kind: &Kind) -> Self {
        Self(vec![Step::Given(kind.clone())])
    }

    /// Starts at a set of kinds that together prove a person.
    pub(super) fn proof<'a>(kinds: impl Iterator<Item = &'a Kind>) -> Self {
        Self(vec![Step::Proof(kinds.cloned().collect())])
    }

    /// Starts at a reviewer's decision that a row is the person's.
    pub(super) fn ruled() -> Self {
        Self(vec![Step::Ruled])
    }

    /// Goes on to a table.
    #[must_use]
    pub(super) fn to(&self, table: &TableId) -> Self {
        self.with(Step::Table(table.clone()))
    }

    /// Goes on to an identifier that a row revealed.
    #[must_use]
    pub(super) fn learned(&self, kind: &Kind, value: &str) -> Self {
        self.with(Step::Learned(kind.clone(), value.to_owned()))
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, open: bool) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" → ")?;
            }
            match step {
                Step::Given(kind) => write!(f, "{kind}")?,
                Step::Learned(kind, value) if open => write!(f, "{kind} {value}")?,
                Step::Learned(kind, _) => write!(f, "{kind}")?,
                Step::Proof(kinds) => {
                    let names: Vec<_> = kinds.iter().map(Kind::as_str).collect();
                    f.write_str(&names.join(" + "))?;
                }
                Step::Ruled => f.write_str("a reviewer's decision")?,
                Step::Table(table) => write!(f, "{table}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, true)
    }
}

impl fmt::Debug for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)
    }
}
