//! Texts of a bundle that come from the controller and not from records.

use serde_json::Value;

use crate::controller::Profile;
use crate::review::Settled;

/// Texts in which a withheld value is no leak, because somebody other than the records said them:
/// the profile's on the pages, the labels everywhere.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    pages: Vec<String>,
    labels: Vec<String>,
}

impl Allowed {
    /// Returns the texts of the profile and the labels that stand for what was withheld.
    pub fn new(profile: &Profile, settled: &Settled) -> Self {
        let mut pages = Vec::new();
        if let Ok(value) = serde_json::to_value(profile) {
            strings(&value, &mut pages);
        }
        let mut labels: Vec<String> =
            settled.redactions().iter().map(|r| r.label.clone()).collect();
        for list in [&mut pages, &mut labels] {
            list.retain(|text| !text.trim().is_empty());
            list.sort();
            list.dedup();
        }
        Self { pages, labels }
    }

    /// Returns the texts that the profile says, for the pages.
    pub(crate) fn pages(&self) -> &[String] {
        &self.pages
    }

    /// Returns the labels, for every entry.
    pub(crate) fn labels(&self) -> &[String] {
        &self.labels
    }
}

/// Adds every string of a JSON value; keys too, as an activity's key can be its title.
fn strings(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, texts)),
        Value::Object(fields) => {
            for (key, inner) in fields {
                texts.push(key.clone());
                strings(inner, texts);
            }
        }
        _ => {}
    }
}
