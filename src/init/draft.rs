//! The draft of a data map: what is guessed, why, and what is left to a person.

use crate::map::Layout;

/// A draft of a data map.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Lines of remarks at its start.
    pub(crate) head: Vec<String>,
    /// What a remark on a mapped line begins with: `guess`.
    pub(crate) mark: &'static str,
    /// The controller profile, relative to the map.
    pub(crate) controller: String,
    /// The kinds of identifier that need a declaration.
    pub(crate) kinds: Vec<KindLine>,
    /// Whether name and birth date together are proof.
    pub(crate) same_person: bool,
    pub(crate) sources: Vec<DraftSource>,
}

/// The declaration of a kind of identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KindLine {
    pub(crate) name: String,
    /// How values compare; `None` is exactly, or the natural way of a built-in kind.
    pub(crate) compare: Option<&'static str>,
    pub(crate) shared: bool,
    pub(crate) why: Option<String>,
}

/// A source of the draft.
#[derive(Clone, Debug)]
pub(crate) struct DraftSource {
    pub(crate) name: String,
    pub(crate) connector: String,
    /// Where it is, as the map writes it: `path` or `url`, and its value.
    pub(crate) place: (&'static str, String),
    pub(crate) notes: Vec<String>,
    pub(crate) tables: Vec<DraftTable>,
}

/// A table of the draft.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftTable {
    pub(crate) name: String,
    pub(crate) files: Option<String>,
    /// Its name in the database, where that is not the key.
    pub(crate) table: Option<String>,
    pub(crate) layout: Layout,
    /// The activity; `None` where it takes that of the table it hangs on.
    pub(crate) activity: Option<String>,
    pub(crate) parents: Vec<Link>,
    pub(crate) sees: Vec<Link>,
    pub(crate) columns: Vec<Entry>,
    pub(crate) notes: Vec<String>,
}

impl DraftSource {
    /// Returns whether all of it is left to a person.
    pub(crate) fn is_open(&self) -> bool {
        self.tables.iter().all(DraftTable::is_open)
    }
}

impl DraftTable {
    /// Returns whether all of it is left to a person.
    pub(crate) fn is_open(&self) -> bool {
        let links = self.parents.len() + self.sees.len();
        links == 0 && self.columns.iter().all(|column| column.role.is_none())
    }
}

/// A column here, and the `table.column` that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) column: String,
    pub(crate) target: String,
    pub(crate) why: String,
}

/// A column of the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its name as the map writes it, unquoted.
    pub(crate) name: String,
    /// What it is; `None` leaves it unmapped, and a release is held until somebody decides.
    pub(crate) role: Option<Role>,
    /// For an unmapped one: what it may be.
    pub(crate) maybe: Option<Role>,
    pub(crate) concerns: Option<String>,
    pub(crate) special: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) origin: Option<&'static str>,
    pub(crate) data_type: Option<&'static str>,
    /// Why that was guessed, or left open.
    pub(crate) why: String,
}

/// A role of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Person(String),
    Mentions(String),
    ThirdParty(Option<String>),
    Staff(Option<String>),
    Row,
    Text,
    Data,
    Credential,
    Withhold(&'static str),
}

/// How many columns a draft maps and leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Tables.
    pub tables: usize,
    /// Columns with a role that was guessed.
    pub guessed: usize,
    /// Columns that a person has to decide.
    pub open: usize,
    /// Links between tables that were guessed.
    pub links: usize,
}

impl Draft {
    /// Returns whether all of it is left to a person. Then it is remarks, and no map yet.
    pub(crate) fn is_open(&self) -> bool {
        self.sources.iter().all(DraftSource::is_open)
    }

    /// Returns how many columns are mapped and left open.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for table in self.sources.iter().flat_map(|source| &source.tables) {
            tally.tables += 1;
            tally.links += table.parents.len() + table.sees.len();
            tally.guessed += table.columns.iter().filter(|c| c.role.is_some()).count();
            tally.open += table.columns.iter().filter(|c| c.role.is_none()).count();
        }
        tally
    }

    /// Returns the kinds of identifier that the columns use, in order of first appearance.
    pub(crate) fn kinds_used(&self) -> Vec<String> {
        let mut kinds = Vec::new();
        let columns = self.sources.iter().flat_map(|s| &s.tables).flat_map(|t| &t.columns);
        for role in columns.flat_map(|c| [&c.role, &c.maybe]).flatten() {
            let kind = match role {
                Role::Person(kind) | Role::Mentions(kind) => Some(kind),
                Role::ThirdParty(kind) | Role::Staff(kind) => kind.as_ref(),
                _ => None,
            };
            if let Some(kind) = kind.filter(|kind| !kinds.contains(*kind)) {
                kinds.push(kind.clone());
            }
        }
        kinds
    }
}
