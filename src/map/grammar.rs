//! The grammar of `holdall.toml`, before its names are resolved.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::model::{DataType, Origin};
use super::redaction::StaffPolicy;
use crate::diagnose::{At, Entries, Words};

/// A data map: where personal data is held, and what each column means.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Holdall data map")]
pub(super) struct MapFile {
    /// The controller profile, relative to this file.
    pub(super) controller: At<String>,
    /// Kinds of identifier, and how two values compare. Built in: name, birth-date, address,
    /// phone, email, nino, nhs, vehicle, employee.
    #[serde(default)]
    pub(super) identifiers: Entries<IdentifierEntry>,
    /// Sets of kinds; any one whole set in common proves that a row is the person's.
    #[serde(default)]
    pub(super) same_person: Vec<At<SamePersonEntry>>,
    /// Where data is held.
    #[serde(default)]
    pub(super) source: Vec<At<SourceEntry>>,
    /// What is done with the names of staff.
    #[serde(default)]
    pub(super) redaction: RedactionEntry,
}

/// A kind of identifier.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct IdentifierEntry {
    /// How two values compare; `exact` unless said, or the natural way of a built-in kind.
    #[serde(default)]
    pub(super) r#match: Option<MatchWord>,
    /// Whether several people may have the same value: then it never pulls a row by itself.
    #[serde(default)]
    pub(super) shared: Option<bool>,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MatchWord {
    /// Character by character.
    Exact,
    /// Upper and lower case are the same.
    Caseless,
    /// Only the digits count.
    Digits,
    /// Case, spaces, dots and dashes are ignored.
    Compact,
    /// Telephone numbers, national or international.
    Phone,
    /// Personal names: case, accents, titles and order are ignored.
    Name,
    /// Calendar dates, day before month.
    Date,
}

/// A set of kinds that together prove a row to be the person's.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SamePersonEntry {
    /// The kinds: two or more, and not names alone.
    pub(super) all: Words,
}

/// What is done with other people's names.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RedactionEntry {
    /// The names of staff.
    #[serde(default)]
    pub(super) staff: StaffPolicy,
    /// An outside recogniser of names and identifiers: a command, or Presidio on this machine.
    #[serde(default)]
    pub(super) recogniser: Option<At<RecogniserEntry>>,
}

/// An outside recogniser: one of `command` and `presidio`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct RecogniserEntry {
    /// The program and its arguments. It reads `{"id", "text"}`, one a line, and answers in order
    /// as `holdall detect` does.
    #[serde(default)]
    pub(super) command: Option<Words>,
    /// The address of a Presidio analyser on this machine: `http://127.0.0.1:5002`.
    #[serde(default)]
    pub(super) presidio: Option<At<String>>,
    /// How long one answer may take, in seconds; 30 unless said.
    #[serde(default)]
    pub(super) timeout: Option<At<u64>>,
    /// How many commands run at once; 1 unless said.
    #[serde(default)]
    pub(super) concurrency: Option<At<u64>>,
}

/// A place where records are held.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SourceEntry {
    /// Its name.
    pub(super) name: At<String>,
    /// What reads it: csv, json, sqlite, postgres or mysql (also for MariaDB).
    pub(super) connector: At<String>,
    /// The file, folder or glob, relative to this file.
    #[serde(default)]
    pub(super) path: Option<At<String>>,
    /// For a server: `env:NAME` or `file:PATH`, where its address is kept. Never the address.
    #[serde(default)]
    pub(super) url: Option<At<String>>,
    /// CSV: the encoding, or `auto`.
    #[serde(default)]
    pub(super) encoding: Option<At<String>>,
    /// CSV: the delimiter, or `auto`.
    #[serde(default)]
    pub(super) delimiter: Option<At<String>>,
    /// CSV: whether the first row names the columns.
    #[serde(default)]
    pub(super) header: Option<At<bool>>,
    /// CSV: the columns' names where there is no header.
    #[serde(default)]
    pub(super) names: Option<Words>,
    /// CSV: lines before the header that are no data.
    #[serde(default)]
    pub(super) skip_lines: Option<At<u64>>,
    /// CSV: the character that starts a comment line.
    #[serde(default)]
    pub(super) comment: Option<At<String>>,
    /// Its tables.
    #[serde(default)]
    pub(super) tables: Entries<TableEntry>,
}

/// A table, file set or collection.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TableEntry {
    /// CSV and JSON: the glob of its files, below the source's path.
    #[serde(default)]
    pub(super) files: Option<At<String>>,
    /// SQL: its name in the database, where that is not the key.
    #[serde(default)]
    pub(super) table: Option<At<String>>,
    /// The activity of the controller profile that it serves.
    #[serde(default)]
    pub(super) activity: Option<At<String>>,
    /// What each column is.
    #[serde(default)]
    pub(super) columns: Entries<At<ColumnEntry>>,
    /// Column here = `table.column` of the row that owns this one.
    #[serde(default)]
    pub(super) parent: Entries<Words>,
    /// Column here = `table.column` of the rows that this one explains.
    #[serde(default)]
    pub(super) see: Entries<Words>,
    /// CSV: the encoding, or `auto`.
    #[serde(default)]
    pub(super) encoding: Option<At<String>>,
    /// CSV: the delimiter, or `auto`.
    #[serde(default)]
    pub(super) delimiter: Option<At<String>>,
    /// CSV: whether the first row names the columns.
    #[serde(default)]
    pub(super) header: Option<At<bool>>,
    /// CSV: the columns' names where there is no header.
    #[serde(default)]
    pub(super) names: Option<Words>,
    /// CSV: lines before the header that are no data.
    #[serde(default)]
    pub(super) skip_lines: Option<At<u64>>,
    /// CSV: the character that starts a comment line.
    #[serde(default)]
    pub(super) comment: Option<At<String>>,
}

/// What one column is: a word, or a table with a role and modifiers.
#[derive(Debug)]
pub(super) enum ColumnEntry {
    /// A role that needs no kind.
    Word(String),
    /// A role with modifiers.
    Full(Box<ColumnTable>),
}

/// One role and modifiers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ColumnTable {
    /// Whose row this is, by this kind of identifier.
    #[serde(default)]
    pub(super) person: Option<At<String>>,
    /// Another person whom the row is about, by this kind of identifier.
    #[serde(default)]
    pub(super) mentions: Option<At<String>>,
    /// The row's own id.
    #[serde(default)]
    pub(super) row: Option<At<bool>>,
    /// Somebody else's data.
    #[serde(default)]
    pub(super) third_party: Option<At<KindOrYes>>,
    /// A member of staff.
    #[serde(default)]
    pub(super) staff: Option<At<KindOrYes>>,
    /// Free text.
    #[serde(default)]
    pub(super) text: Option<At<bool>>,
    /// Data about the person.
    #[serde(default)]
    pub(super) data: Option<At<bool>>,
    /// A password, hash, token, PIN or security code.
    #[serde(default)]
    pub(super) credential: Option<At<bool>>,
    /// Withheld whole under the exemption of this code.
    #[serde(default)]
    pub(super) withhold: Option<At<String>>,
    /// How the controller came by it; `other` unless said.
    #[serde(default)]
    pub(super) origin: Option<Origin>,
    /// The type of its values.
    #[serde(default)]
    pub(super) r#type: Option<DataType>,
    /// The data category of the Fides taxonomy.
    #[serde(default)]
    pub(super) category: Option<String>,
    /// The special category of data that it reveals.
    #[serde(default)]
    pub(super) special: Option<String>,
    /// A title for people.
    #[serde(default)]
    pub(super) title: Option<String>,
    /// The `mentions` column whose person this column's content is about.
    #[serde(default)]
    pub(super) concerns: Option<At<String>>,
    /// Of staff: the column of the same row that says what they do (`Housing officer`).
    #[serde(default)]
    pub(super) role: Option<At<String>>,
}

/// A kind of identifier, or `true` where the kind is not said.
#[derive(Debug)]
pub(super) enum KindOrYes {
    /// This kind.
    Kind(String),
    /// A flag.
    Flag(bool),
}

/// The roles that a single word can give.
pub(super) const WORDS: [&str; 6] = ["row", "third-party", "staff", "text", "data", "credential"];

impl<'de> Deserialize<'de> for ColumnEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = ColumnEntry;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a role such as \"data\", or a table such as { person = \"email\" }")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Self::Value, E> {
                Ok(ColumnEntry::Word(word.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let table = Deserialize::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ColumnEntry::Full(Box::new(table)))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for ColumnEntry {
    fn schema_name() -> Cow<'static, str> {
        "Column".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<ColumnTable>();
        json_schema!({
            "description": "What one column is: a role, or a table with one role and modifiers.",
            "anyOf": [{ "type": "string", "enum": WORDS }, table],
        })
    }
}

impl<'de> Deserialize<'de> for KindOrYes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = KindOrYes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind of identifier, or true")
            }

            fn visit_str<E: Error>(self, kind: &str) -> Result<Self::Value, E> {
                Ok(KindOrYes::Kind(kind.to_owned()))
            }

            fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(KindOrYes::Flag(flag))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for KindOrYes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "KindOrYes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "const": true }] })
    }
}
