//! The data map as the rest of the program sees it: every name resolved, every reference checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use holdall_connector::{Compare, Path};
use serde::{Deserialize, Serialize};

use super::redaction::{Recogniser, StaffPolicy};

/// A data map that was read and checked against itself.
#[derive(Clone, Debug)]
pub struct Map {
    /// The file it was read from.
    pub file: PathBuf,
    /// The controller profile's file.
    pub profile: PathBuf,
    /// Every kind of identifier, built in or declared.
    pub identifiers: BTreeMap<Kind, Identifier>,
    /// Sets of kinds; one whole set in common proves that a row is the person's.
    pub same_person: Vec<BTreeSet<Kind>>,
    /// The sources, in the order of the file.
    pub sources: Vec<Source>,
    /// What happens to the names of staff.
    pub staff: StaffPolicy,
    /// An outside recogniser of names and identifiers.
    pub recogniser: Option<Recogniser>,
}

impl Map {
    /// Returns every table of every source, in the order of the file.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sources.iter().flat_map(|source| source.tables.iter())
    }

    /// Returns the table of this name.
    pub fn table(&self, id: &TableId) -> Option<&Table> {
        self.tables().find(|table| table.id == *id)
    }

    /// Returns how values of this kind compare; undeclared kinds compare exactly and pull nothing.
    pub fn identifier(&self, kind: &Kind) -> Identifier {
        self.identifiers.get(kind).copied().unwrap_or(Identifier {
            compare: Compare::Exact,
            shared: true,
            pulls: false,
        })
    }
}

/// A kind of identifier: `email`, `customer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kind(String);

impl Kind {
    /// The kind of personal names.
    pub const NAME: &'static str = "name";
    /// The kind of birth dates.
    pub const BIRTH_DATE: &'static str = "birth-date";
    /// The kind of National Insurance numbers.
    pub const NINO: &'static str = "nino";
    /// The kind of NHS numbers.
    pub const NHS: &'static str = "nhs";

    /// Takes the name of a kind.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether a person has only one such value, so that another value means another
    /// person: birth date, NI number, NHS number.
    pub fn is_singular(&self) -> bool {
        [Self::BIRTH_DATE, Self::NINO, Self::NHS].contains(&self.as_str())
    }

    /// Returns whether this is the kind of personal names.
    pub fn is_name(&self) -> bool {
        self.0 == Self::NAME
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a kind of identifier behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// How two values compare.
    pub compare: Compare,
    /// Several people may have the same value.
    pub shared: bool,
    /// A row with the person's value is theirs for that alone.
    pub pulls: bool,
}

/// Source and table name; the stable name of a table everywhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableId {
    /// The source's name.
    pub source: String,
    /// The table's name.
    pub table: String,
}

impl fmt::Display for TableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.source, self.table)
    }
}

/// A place where records are held.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// The family of connector that reads it.
    pub connector: ConnectorKind,
    /// Where it is.
    pub place: SourcePlace,
    /// Its tables, in the order of the file.
    pub tables: Vec<Table>,
}

/// The connectors of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConnectorKind {
    /// CSV files.
    Csv,
    /// JSON files.
    Json,
    /// A SQLite database file.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
    /// A MySQL or MariaDB server.
    Mysql,
}

impl ConnectorKind {
    /// Every connector, for hints.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Json, Self::Sqlite, Self::Postgres, Self::Mysql];

    /// Returns the word the map uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// Returns the connector that the map means by a word: its name, or another name of the same
    /// database.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "postgresql" => Some(Self::Postgres),
            "mariadb" => Some(Self::Mysql),
            _ => Self::ALL.into_iter().find(|kind| kind.as_str() == word),
        }
    }

    /// Returns whether it is a database on a server, which takes a `url` and no `path`.
    pub fn is_server(self) -> bool {
        matches!(self, Self::Postgres | Self::Mysql)
    }

    /// Returns whether it is a database, whose tables have names and no files.
    pub fn is_database(self) -> bool {
        self == Self::Sqlite || self.is_server()
    }

    /// Returns whether column names are paths into nested records.
    pub fn is_nested(self) -> bool {
        self == Self::Json
    }
}

/// Where a source is.
#[derive(Clone, Debug)]
pub enum SourcePlace {
    /// A file, folder or glob, absolute or relative to the working folder.
    Path(PathBuf),
    /// A server whose address is a secret, held elsewhere.
    Url(SecretRef),
}

/// Where a secret is kept. The secret itself is never in a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretRef {
    /// In this environment variable.
    Env(String),
    /// In this file, without the line break at its end.
    File(PathBuf),
}

/// A table, file set or collection of a source.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub id: TableId,
    /// CSV and JSON: the glob of its files.
    pub files: Option<String>,
    /// SQL: its name in the database, where that differs.
    pub table: Option<String>,
    /// CSV: how its files are written.
    pub layout: Layout,
    /// The activity of the controller profile that it serves; a child's or context table's own or
    /// that of the table it hangs on.
    pub activity: Option<String>,
    /// What each column is.
    pub columns: Vec<Column>,
    /// The tables whose rows own the rows of this one; any of them suffices.
    pub parents: Vec<Parent>,
    /// The columns that make a row of this table the context of a row of another.
    pub see: Vec<See>,
}

impl Table {
    /// Returns the map's entry for a path: its own, or that of the nearest path above it.
    pub fn column_for(&self, path: &Path) -> Option<&Column> {
        self.columns
            .iter()
            .filter(|column| column.path.covers(path))
            .max_by_key(|column| column.path.segments().len())
    }

    /// Returns the columns that say whose row it is.
    pub fn persons(&self) -> impl Iterator<Item = (&Column, &Kind)> {
        self.columns.iter().filter_map(|column| match &column.role {
            Role::Person(kind) => Some((column, kind)),
            _ => None,
        })
    }

    /// Returns the columns that name another person whom the row is about.
    pub fn mentions(&self) -> impl Iterator<Item = (&Column, &Kind)> {
        self.columns.iter().filter_map(|column| match &column.role {
            Role::Mentions(kind) => Some((column, kind)),
            _ => None,
        })
    }
}

/// How the files of a CSV table are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// An encoding label (WHATWG), or `None` to detect it.
    pub encoding: Option<String>,
    /// The delimiter, or `None` to detect it.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The columns' names where there is no header.
    pub names: Vec<String>,
    /// Lines before the header that are not data.
    pub skip_lines: u64,
    /// A character that starts a comment line.
    pub comment: Option<char>,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            encoding: None,
            delimiter: None,
            header: true,
            names: Vec::new(),
            skip_lines: 0,
            comment: None,
        }
    }
}

/// "This row belongs to whoever has the parent row": every pair must hold with one parent row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The parent table.
    pub table: TableId,
    /// Pairs of (column here, column of the parent).
    pub keys: Vec<(Path, Path)>,
}

/// "This row explains a row of another table": shown, learns nothing, leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// The column here.
    pub column: Path,
    /// The table that refers to it.
    pub table: TableId,
    /// The referring column.
    pub target: Path,
}

/// What the map says of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name as the map writes it.
    pub name: String,
    /// Its address in a record.
    pub path: Path,
    /// Its role.
    pub role: Role,
    /// How the controller came by it.
    pub origin: Origin,
    /// Whether the map says so; unsaid, `origin` is [`Origin::Other`].
    pub origin_said: bool,
    /// The declared type of its values.
    pub data_type: Option<DataType>,
    /// The Fides data category.
    pub category: Option<String>,
    /// The special category of Art. 9 that it reveals.
    pub special: Option<String>,
    /// A title for people.
    pub title: Option<String>,
    /// The `mentions` column whose person this column's content is about.
    pub concerns: Option<Path>,
    /// Of a column of staff: the column of the same row that says what they do.
    pub beside: Option<Path>,
}

/// The one role of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whose row this is.
    Person(Kind),
    /// Another person whom the row is about.
    Mentions(Kind),
    /// The row's own id.
    Row,
    /// Somebody else's data: redacted.
    ThirdParty(Option<Kind>),
    /// A member of staff.
    Staff(Option<Kind>),
    /// Free text, in which the detectors run.
    Text,
    /// Data about the person.
    Data,
    /// A password, hash, token, PIN or security code: never leaves.
    Credential,
    /// Withheld whole under an exemption, by its code (`sch2-24`).
    Withhold(String),
}

/// How the controller came by a value; decides portability (Art. 20(1), WP242 rev.01 p. 10).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The person gave it.
    Given,
    /// It was observed from what the person did.
    Observed,
    /// The controller inferred or derived it.
    Derived,
    /// From elsewhere, or unsaid.
    #[default]
    Other,
}

/// The declared type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DataType {
    /// Text.
    String,
    /// Whole numbers.
    Integer,
    /// Numbers.
    Number,
    /// `true` or `false` (`yes`, `no`, `1`, `0`).
    Boolean,
    /// Calendar dates.
    Date,
    /// Dates with a time.
    Datetime,
}
