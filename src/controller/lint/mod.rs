//! What a profile lacks, or says that is out of date: warnings for the officer, never errors.

mod activity;
mod contact;
mod wording;

use serde::Serialize;

use super::Profile;

/// Something about a profile that the officer should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Its stable code: `no-basis`.
    pub code: &'static str,
    /// The activity it is about, by its key; `None` for the profile as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// What is the matter, in plain words.
    pub message: String,
    /// What to do about it.
    pub next: String,
}

/// Returns what is doubtful about the profile: first as a whole, then by activity, in the order of
/// their keys.
///
/// The facts asked for are those of UK GDPR Art. 13–15; safeguards follow the judgment in
/// C-311/18 (Schrems II) and the repeal of the Data Protection Act 1998.
pub fn lint(profile: &Profile) -> Vec<Warning> {
    let mut found = Findings { activity: None, list: Vec::new() };
    contact::lint(profile, &mut found);
    wording::lint_profile(profile, &mut found);
    for (key, activity) in &profile.activity {
        found.activity = Some(key.clone());
        activity::lint(activity, &mut found);
        wording::lint_activity(activity, &mut found);
    }
    found.list
}

/// Collects warnings.
struct Findings {
    /// The activity that is looked at.
    activity: Option<String>,
    list: Vec<Warning>,
}

impl Findings {
    /// Adds a warning, if `doubtful`.
    fn when(
        &mut self,
        doubtful: bool,
        code: &'static str,
        message: impl Into<String>,
        next: impl Into<String>,
    ) {
        if doubtful {
            let activity = self.activity.clone();
            self.list.push(Warning { code, activity, message: message.into(), next: next.into() });
        }
    }
}

#[cfg(test)]
mod tests;
