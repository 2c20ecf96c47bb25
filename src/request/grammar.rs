//! The grammar of `request.toml`.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::model::{EventKind, Right};
use crate::diagnose::{At, Entries, one_or_many};

/// A data subject's request.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Holdall request")]
pub(super) struct RequestFile {
    /// The controller's reference.
    pub(super) reference: At<String>,
    /// Which right is exercised.
    pub(super) right: Right,
    /// The day it came in.
    pub(super) received: Day,
    /// How it came in: `email`, `post`, …
    #[serde(default)]
    pub(super) channel: Option<String>,
    /// How the person's identity was checked.
    #[serde(default)]
    pub(super) identity: Option<IdentityEntry>,
    /// The person's identifiers, by kind. `name` and `birth-date` always exist, the others are
    /// the map's.
    pub(super) subject: At<Entries<Values>>,
    /// What the search is limited to.
    #[serde(default)]
    pub(super) scope: ScopeEntry,
    /// What happened since, in order.
    #[serde(default)]
    pub(super) event: Vec<EventEntry>,
    /// Who asks on the person's behalf.
    #[serde(default)]
    pub(super) representative: Option<RepresentativeEntry>,
}

/// How the person's identity was checked.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IdentityEntry {
    /// Whether it was proved.
    pub(super) verified: bool,
    /// When.
    #[serde(default)]
    pub(super) on: Option<Day>,
    /// Who checked.
    #[serde(default)]
    pub(super) by: Option<String>,
    /// How.
    #[serde(default)]
    pub(super) how: Option<String>,
}

/// What the search is limited to; nothing said means everything.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ScopeEntry {
    /// Names of sources.
    #[serde(default, deserialize_with = "one_or_many")]
    #[schemars(schema_with = "crate::diagnose::one_or_many_schema::<String>")]
    pub(super) sources: Vec<String>,
    /// The earliest day.
    #[serde(default)]
    pub(super) from: Option<At<Day>>,
    /// The latest day.
    #[serde(default)]
    pub(super) to: Option<Day>,
}

/// Something that happened to the request.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct EventEntry {
    /// What happened.
    pub(super) kind: EventKind,
    /// When.
    pub(super) on: Day,
    /// Why, or what was said.
    #[serde(default)]
    pub(super) why: Option<String>,
}

/// Who asks on the person's behalf.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RepresentativeEntry {
    /// Name.
    pub(super) name: String,
    /// Relation to the person.
    #[serde(default)]
    pub(super) relation: Option<String>,
    /// The authority they act on.
    #[serde(default)]
    pub(super) authority: Option<String>,
    /// For a child: whether they understand their rights.
    #[serde(default)]
    pub(super) competence: Option<String>,
    /// For a child: what they want.
    #[serde(default)]
    pub(super) wishes: Option<String>,
}

/// A calendar day: a TOML date, or a text `2026-11-02`. A time of day is left out.
#[derive(Clone, Copy)]
pub(super) struct Day(pub(super) Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2026-11-02")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                text.trim().parse().map(Day).map_err(|_| not_a_date())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                day(map)
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

/// Reads the date of a TOML date or date-time.
fn day<'de, A: MapAccess<'de>>(map: A) -> Result<Day, A::Error> {
    let datetime = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))
        .map_err(|_| not_a_date::<A::Error>())?;
    let date = datetime.date.ok_or_else(not_a_date)?;
    let part = |number: u8| i8::try_from(number).map_err(|_| not_a_date::<A::Error>());
    let year = i16::try_from(date.year).map_err(|_| not_a_date::<A::Error>())?;
    Date::new(year, part(date.month)?, part(date.day)?).map(Day).map_err(|_| not_a_date())
}

fn not_a_date<E: Error>() -> E {
    E::custom("expected a date such as 2026-11-02")
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// The values of one kind: a list, or a single one; texts, whole numbers or dates.
#[derive(Clone, Default)]
pub(super) struct Values(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Values(vec![text.to_owned()]))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Values(vec![number.to_string()]))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let Day(date) =
            day(map).map_err(|_: A::Error| Error::custom("expected a text, or a list of texts"))?;
        Ok(Values(vec![date.to_string()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let items = Vec::<Values>::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(Values(items.into_iter().flat_map(|Values(texts)| texts).collect()))
    }
}

impl JsonSchema for Values {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Values".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = json_schema!({ "type": ["string", "integer"] });
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
