//! The request's grammar.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::map::Kind;

/// A data subject's request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The controller's reference.
    pub reference: String,
    /// Which right is exercised.
    pub right: Right,
    /// The day it came in.
    pub received: Date,
    /// How it came in (`email`, `post`, …).
    pub channel: Option<String>,
    /// How the person's identity was checked; `None` if it was not.
    pub identity: Option<IdentityCheck>,
    /// Who the person is.
    pub subject: Subject,
    /// What the search is limited to.
    pub scope: Scope,
    /// What happened since, in order.
    pub events: Vec<Event>,
    /// Who asks on the person's behalf.
    pub representative: Option<Representative>,
}

/// The right that is exercised.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// UK GDPR Art. 15.
    Access,
    /// UK GDPR Art. 20.
    Portability,
}

/// How the person's identity was checked.
#[derive(Clone, Debug)]
pub struct IdentityCheck {
    /// Whether it was proved.
    pub verified: bool,
    /// When.
    pub on: Option<Date>,
    /// Who checked.
    pub by: Option<String>,
    /// How.
    pub how: Option<String>,
}

/// The person's identifiers as the request gives them, by kind. `Debug` shows counts alone.
#[derive(Clone, Default)]
pub struct Subject(pub BTreeMap<Kind, Vec<String>>);

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(k, v)| (k.as_str(), v.len()))).finish()
    }
}

/// What the search is limited to; empty means everything.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Names of sources.
    pub sources: Vec<String>,
    /// The earliest day.
    pub from: Option<Date>,
    /// The latest day.
    pub to: Option<Date>,
}

/// Something that happened to the request.
#[derive(Clone, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub on: Date,
    /// Why, or what was said.
    pub why: Option<String>,
}

/// What can happen to a request.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Proof of identity was asked for.
    IdentityAsked,
    /// Identity was proved.
    IdentityProved,
    /// The person was asked to clarify.
    ClarificationAsked,
    /// The person clarified.
    ClarificationAnswered,
    /// Authority of a representative was asked for.
    AuthorityAsked,
    /// Authority of a representative was proved.
    AuthorityProved,
    /// A fee was asked for.
    FeeAsked,
    /// The fee was paid.
    FeePaid,
    /// The time to answer was extended.
    Extended,
    /// The request was withdrawn.
    Withdrawn,
    /// The answer went out.
    Answered,
}

/// Who asks on the person's behalf.
#[derive(Clone, Debug)]
pub struct Representative {
    /// Name.
    pub name: String,
    /// Relation to the person.
    pub relation: Option<String>,
    /// The authority they act on.
    pub authority: Option<String>,
    /// For a child: whether they understand their rights.
    pub competence: Option<String>,
    /// For a child: what they want.
    pub wishes: Option<String>,
}
