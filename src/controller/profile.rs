//! The profile's grammar: the facts that a privacy notice must state (UK GDPR Art. 13–15).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::diagnose::{one_or_many, one_or_many_schema};

/// Who holds the data and why.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Holdall controller profile")]
pub struct Profile {
    /// The controller's legal name.
    pub name: String,
    /// Other names it trades under.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub trading_names: Vec<String>,
    /// Postal address, a line each.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub address: Vec<String>,
    /// The nation whose bank holidays count.
    #[serde(default)]
    pub nation: Nation,
    /// Where requests go.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub requests_to: Vec<String>,
    /// Reviewers needed for a release.
    #[serde(default = "one")]
    pub sign_off: u32,
    /// The data protection officer.
    #[serde(default)]
    pub dpo: Option<Dpo>,
    /// The supervisory authority; the ICO unless said otherwise.
    #[serde(default)]
    pub regulator: Regulator,
    /// Controllers that decide together with this one (Art. 26).
    #[serde(default)]
    pub joint_controllers: Vec<Party>,
    /// Those who process for it (Art. 28).
    #[serde(default)]
    pub processors: Vec<Party>,
    /// Controllers of their own right that hold related data: whom else to ask.
    #[serde(default)]
    pub other_controllers: Vec<Party>,
    /// Other notices that apply.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub notices: Vec<String>,
    /// What the controller promises about security and handling.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub promises: Vec<String>,
    /// The rights that its notice names; the law's own apply in any case.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub rights: Vec<String>,
    /// What data is used for.
    #[serde(default)]
    pub activity: BTreeMap<String, Activity>,
}

/// The nation of the United Kingdom whose bank holidays count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Nation {
    /// England and Wales.
    #[default]
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// The data protection officer.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Dpo {
    /// Name.
    #[serde(default)]
    pub name: Option<String>,
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Postal address.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub post: Vec<String>,
    /// Telephone number.
    #[serde(default)]
    pub phone: Option<String>,
}

/// The supervisory authority.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Regulator {
    /// Name.
    pub name: String,
    /// Web address.
    pub url: String,
    /// Postal address.
    #[serde(deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub address: Vec<String>,
    /// Telephone number.
    pub phone: String,
}

impl Default for Regulator {
    fn default() -> Self {
        Self {
            name: "Information Commissioner's Office".into(),
            url: "https://ico.org.uk/make-a-complaint/".into(),
            address: ["Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"]
                .map(String::from)
                .into(),
            phone: "0303 123 1113".into(),
        }
    }
}

/// Somebody who receives data, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Party {
    /// Name.
    pub name: String,
    /// Why they have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// How to reach them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// One use of data.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Activity {
    /// Title for people; the key, unless said.
    #[serde(default)]
    pub title: Option<String>,
    /// What the data is used for.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub purposes: Vec<String>,
    /// Lawful bases (Art. 6(1)).
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<Basis>")]
    pub basis: Vec<Basis>,
    /// The legitimate interests pursued.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub interests: Vec<String>,
    /// Conditions for special categories (Art. 9(2)).
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<Article9>")]
    pub article_9: Vec<Article9>,
    /// Categories of data.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub categories: Vec<String>,
    /// Who receives it.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<Party>")]
    pub recipients: Vec<Party>,
    /// Where it comes from.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<String>")]
    pub sources: Vec<String>,
    /// How long it is kept.
    #[serde(default)]
    pub retention: Option<Retention>,
    /// Transfers out of the United Kingdom.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "one_or_many_schema::<Transfer>")]
    pub transfers: Vec<Transfer>,
    /// Decisions made by machine alone (Art. 22).
    #[serde(default)]
    pub automated_decisions: Vec<AutomatedDecision>,
    /// Whether the data is processed by automated means (Art. 20(1)(b)); paper is not.
    #[serde(default = "yes")]
    pub automated: bool,
}

impl Activity {
    /// Returns whether what the person provided is portable: consent or contract, by automated
    /// means (Art. 20(1)).
    pub fn is_portable(&self) -> bool {
        self.automated && self.basis.iter().any(|b| matches!(b, Basis::Consent | Basis::Contract))
    }
}

/// A lawful basis (UK GDPR Art. 6(1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// (a) consent.
    Consent,
    /// (b) a contract with the person.
    Contract,
    /// (c) a legal obligation.
    LegalObligation,
    /// (d) vital interests.
    VitalInterests,
    /// (e) a public task.
    PublicTask,
    /// (f) legitimate interests.
    LegitimateInterests,
}

/// A condition for special-category data (UK GDPR Art. 9(2)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Article9 {
    /// (a) explicit consent.
    ExplicitConsent,
    /// (b) employment, social security and social protection.
    EmploymentSocialProtection,
    /// (c) vital interests.
    VitalInterests,
    /// (d) a not-for-profit body's members.
    NotForProfit,
    /// (e) made public by the person.
    MadePublic,
    /// (f) legal claims.
    LegalClaims,
    /// (g) substantial public interest.
    SubstantialPublicInterest,
    /// (h) health or social care.
    HealthOrSocialCare,
    /// (i) public health.
    PublicHealth,
    /// (j) archiving, research and statistics.
    Research,
}

/// How long data is kept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Retention {
    /// A span: `2 years`, `6 months`, `30 days`.
    #[serde(default)]
    pub keep: Option<String>,
    /// The column whose date starts the span.
    #[serde(default)]
    pub from: Option<String>,
    /// A rule in words, where no span can be given.
    #[serde(default)]
    pub rule: Option<String>,
}

/// A transfer out of the United Kingdom (UK GDPR Ch. V).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Transfer {
    /// Country or region.
    pub to: String,
    /// The safeguard relied on.
    #[serde(default)]
    pub safeguard: Option<String>,
    /// What for.
    #[serde(default)]
    pub why: Option<String>,
}

/// A decision made by machine alone.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AutomatedDecision {
    /// What is decided.
    pub what: String,
    /// The logic involved.
    #[serde(default)]
    pub logic: Option<String>,
    /// Significance and envisaged consequences.
    #[serde(default)]
    pub effect: Option<String>,
}

/// Somebody, with more than a name.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PartyTable {
    /// Name.
    name: String,
    /// Why they have it.
    #[serde(default)]
    why: Option<String>,
    /// How to reach them.
    #[serde(default)]
    contact: Option<String>,
}

impl JsonSchema for Party {
    fn schema_name() -> Cow<'static, str> {
        "Party".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<PartyTable>();
        json_schema!({
            "description": "Somebody who receives data: a name, or a table with `name` and `why`.",
            "anyOf": [{ "type": "string" }, table],
        })
    }
}

impl<'de> Deserialize<'de> for Party {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Party;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a table with `name` and `why`")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Party, E> {
                Ok(Party { name: name.to_owned(), why: None, contact: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Party, A::Error> {
                let table = PartyTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Party { name: table.name, why: table.why, contact: table.contact })
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}
