//! Which activity of the profile each table serves.

use std::collections::BTreeMap;

use super::Error;
use super::grammar::SourceEntry;
use super::load::reread;
use super::model::{Map, Source, TableId};
use crate::controller::Profile;
use crate::diagnose::{At, Problems, one_of};

/// Gives each table that names no activity that of the table it hangs on: of its first parent, or
/// else of the first table that it explains.
pub(super) fn inherit(
    sources: &mut [Source],
    written: &[At<SourceEntry>],
    problems: &mut Problems<'_>,
) {
    while hand_down(sources) {}
    for (source, entry) in sources.iter().zip(written) {
        for (table, (key, entry)) in source.tables.iter().zip(entry.tables.iter()) {
            let hangs = !table.parents.is_empty() || !table.see.is_empty();
            // A link that was not understood is a problem of its own.
            let broken = !hangs && entry.parent.len() + entry.see.len() > 0;
            if table.activity.is_some() || broken {
                continue;
            }
            let title = if hangs {
                format!("the tables that `{}` hangs on lead to no activity", table.id)
            } else {
                format!("table `{}` serves no activity", table.id)
            };
            let help = "add `activity = \"…\"`, one of those in the controller profile";
            problems.add(&key.span, title, [help.to_owned()]);
        }
    }
}

/// Gives one step of the chains their activity; returns whether there was anything to give.
fn hand_down(sources: &mut [Source]) -> bool {
    let tables = || sources.iter().flat_map(|source| &source.tables);
    let known: BTreeMap<TableId, String> =
        tables().filter_map(|t| Some((t.id.clone(), t.activity.clone()?))).collect();
    let mut changed = false;
    for table in sources.iter_mut().flat_map(|source| &mut source.tables) {
        if table.activity.is_none() {
            let parents = table.parents.iter().map(|parent| &parent.table);
            let mut hangs_on = parents.chain(table.see.iter().map(|see| &see.table));
            table.activity = hangs_on.find_map(|id| known.get(id).cloned());
            changed |= table.activity.is_some();
        }
    }
    changed
}

impl Map {
    /// Checks that the profile has every activity that a table names.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each activity that is not in the profile, and the nearest that is.
    /// The map's file is read again to point at them.
    pub fn check_activities(&self, profile: &Profile) -> Result<(), Error> {
        if self
            .tables()
            .filter_map(|t| t.activity.as_ref())
            .all(|a| profile.activity.contains_key(a))
        {
            return Ok(());
        }
        reread(self, |written, problems| {
            let tables = written.source.iter().flat_map(|source| source.tables.iter());
            for activity in tables.filter_map(|(_, table)| table.activity.as_ref()) {
                if !profile.activity.contains_key(activity.as_str()) {
                    problems.add(
                        &activity.span,
                        format!("the profile has no activity `{}`", **activity),
                        one_of(activity, profile.activity.keys().map(String::as_str)),
                    );
                }
            }
        })
    }
}
