//! The other people of a case: what each is called in the answer, their role, whether they were
//! asked. Their labels stay as they are while they are merged, split and found again.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::redact::Label;

/// What somebody is to the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyRole {
    /// Another person.
    #[default]
    ThirdParty,
    /// A member of the controller's staff.
    Staff,
    /// A health, social-work or education worker acting officially (DPA 2018 Sch 2 para 17).
    Professional,
    /// Of the data subject's family.
    Relative,
}

impl PartyRole {
    /// Every role, with the word that stands for it.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::ThirdParty, "third-party"),
        (Self::Staff, "staff"),
        (Self::Professional, "professional"),
        (Self::Relative, "relative"),
    ];

    /// Returns the word that stands for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, word)| *word)
    }

    /// Returns the role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(role, _)| *role)
    }
}

/// Whether somebody agreed that what is about them is given to the data subject
/// (DPA 2018 Sch 2 para 16(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Consent {
    /// How it stands.
    pub state: ConsentState,
    /// Since when.
    pub on: Date,
}

/// How a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentState {
    /// They were asked.
    Asked,
    /// They agreed.
    Given,
    /// They refused.
    Refused,
}

impl ConsentState {
    /// Every state, with the word that stands for it.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Asked, "asked"), (Self::Given, "given"), (Self::Refused, "refused")];

    /// Returns the word that stands for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| *word)
    }

    /// Returns the state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(state, _)| *state)
    }
}

/// Returns whom a label stands for: the word and the number that all labels of one person share.
/// `None` for labels that stand for no one person (`[withheld]`).
pub fn party_of(label: &str) -> Option<(String, usize)> {
    Label::parse(label).map(|label| (label.word, label.number))
}

/// Returns the label with another person's word and number in the place of its own.
pub fn relabel(label: &str, word: &str, number: usize) -> String {
    match Label::parse(label) {
        Some(parts) => parts.of(word, number).to_string(),
        None => label.to_owned(),
    }
}
