//! The activities that tables of a draft serve, and the draft of a controller profile.

use super::draft::Draft;
use super::words::{singular, tokens};
use crate::controller::Profile;

/// The activity of a profile that is still to be written.
const UNNAMED: &str = "to-be-named";

/// The activities that tables can be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activities(Vec<String>);

impl Activities {
    /// Takes those of a profile.
    pub fn of(profile: &Profile) -> Self {
        Self(profile.activity.keys().cloned().collect())
    }

    /// Gives every table that hangs on no other an activity: the one that is called like it, else
    /// the first.
    pub(crate) fn give(&self, draft: &mut Draft) {
        for table in draft.sources.iter_mut().flat_map(|source| &mut source.tables) {
            if table.parents.is_empty() && table.sees.is_empty() {
                let like = self.0.iter().find(|activity| alike(activity, &table.name));
                let activity = like.or(self.0.first()).map_or(UNNAMED, String::as_str);
                if like.is_none() && self.0.len() > 1 {
                    table.notes.push("which activity of the profile does it serve?".into());
                }
                table.activity = Some(activity.to_owned());
            }
        }
    }

    /// Returns the draft of a profile.
    pub(crate) fn profile(&self) -> String {
        PROFILE.replace("{activity}", UNNAMED)
    }
}

fn alike(activity: &str, table: &str) -> bool {
    let words = |text: &str| tokens(text).iter().map(|w| singular(w)).collect::<Vec<_>>();
    let (activity, table) = (words(activity), words(table));
    !table.is_empty() && (activity == table || activity.ends_with(&table))
}

const PROFILE: &str = r#"# A draft of a controller profile: who holds the data, and why. What stands in "…" is to be filled
# in; `holdall check` says what is missing.
name        = "…"                        # the legal name
address     = []                         # ["1 High Street", "Luton", "LU1 1AA"]
nation      = "england-and-wales"        # or "scotland", "northern-ireland": bank holidays
requests-to = []                         # ["privacy@…"]

# [dpo]
# name  = "…"
# email = "…"

# One activity for each use of data. Name it, and name the same in the data map.
[activity.{activity}]
title      = "…"
purposes   = []                          # ["deliver what was ordered"]
basis      = []                          # consent, contract, legal-obligation, vital-interests, public-task, legitimate-interests
categories = []                          # ["identity", "contact", "orders"]
recipients = []                          # [{ name = "…", why = "…" }]
sources    = []                          # ["you"]
# retention = { keep = "6 years", from = "closed_on" }
"#;
