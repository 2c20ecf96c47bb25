//! From what was seen to a draft: each column by itself, then the tables together.

use super::draft::{Draft, DraftSource, DraftTable, Entry, KindLine, Link, Role};
use super::estate::{Source, Table};
use super::links::{self, Reference};
use super::people::{self, Verdicts};
use super::roles::{Verdict, judge};
use super::shape::Form;
use super::words::{self, Whose, singular};

/// Returns the draft of a map of these sources. `place` writes where a
/// source is as the map has it.
pub(super) fn guess(
    sources: &[Source],
    tables: &[Table],
    place: &dyn Fn(&Source) -> (&'static str, String),
) -> Draft {
    let mut guesses = Guesses::new(tables);
    guesses.link();
    guesses.settle();
    let drafts = (0..tables.len()).filter_map(|index| guesses.table(index, sources));
    let mut drafts: Vec<(usize, DraftTable)> = drafts.collect();
    let draft_source = |(index, source): (usize, &Source)| {
        let notes = source.unreadable.iter().map(|why| format!("it could not be read: {why}"));
        DraftSource {
            name: source.name.clone(),
            connector: source.connector.as_str().to_owned(),
            place: place(source),
            notes: notes.collect(),
            tables: drafts.extract_if(.., |(s, _)| *s == index).map(|(_, t)| t).collect(),
        }
    };
    let sources = sources.iter().enumerate().map(draft_source).collect();
    let mut draft =
        Draft { mark: "guess", controller: "controller.toml".into(), sources, ..Draft::default() };
    draft.kinds = kinds(&draft, tables, &guesses.verdicts);
    let used = draft.kinds_used();
    draft.same_person = ["name", "birth-date"].iter().all(|k| used.iter().any(|u| u == k));
    draft
}

/// What is made of the tables, step by step.
struct Guesses<'a> {
    tables: &'a [Table],
    verdicts: Vec<Verdicts>,
    /// The column that is each table's own number.
    rows: Vec<Option<usize>>,
    owned: Vec<bool>,
    references: Vec<Reference>,
    /// The references by which a table's rows belong to those of another.
    parents: Vec<Vec<Reference>>,
    /// The references that a table explains.
    sees: Vec<Vec<Reference>>,
}

impl<'a> Guesses<'a> {
    fn new(tables: &'a [Table]) -> Self {
        let mut verdicts: Vec<Verdicts> =
            tables.iter().map(|t| t.columns.iter().map(|c| judge(c, t)).collect()).collect();
        for (table, verdicts) in tables.iter().zip(&mut verdicts) {
            people::others(table, verdicts);
        }
        let rows: Vec<Option<usize>> = tables.iter().map(links::row_column).collect();
        for (row, verdicts) in rows.iter().zip(&mut verdicts) {
            if let Some(verdict) = row.and_then(|row| verdicts.get_mut(row)) {
                be_row(verdict);
            }
        }
        let empty = vec![Vec::new(); tables.len()];
        let (parents, sees) = (empty.clone(), empty);
        let owned = vec![false; tables.len()];
        Self { tables, verdicts, rows, owned, references: Vec::new(), parents, sees }
    }

    /// Finds what hangs on what, and whose.
    fn link(&mut self) {
        self.follow_plain_numbers();
        people::spread_kinds(self.tables, &mut self.verdicts);
        for (table, verdicts) in self.tables.iter().zip(&mut self.verdicts) {
            people::strangers(table, verdicts);
        }
        let person = |t: usize, c: usize| {
            let verdict = self.verdicts.get(t).and_then(|v| v.get(c));
            verdict.is_some_and(|v| !matches!(v.role, None | Some(Role::Data)))
        };
        let found = links::find(self.tables, &self.rows, &person);
        let known: Vec<(usize, usize)> = self.references.iter().map(|r| r.from).collect();
        self.references.extend(found.into_iter().filter(|r| !known.contains(&r.from)));
        for (t, c) in self.references.iter().map(|reference| reference.to) {
            let verdict = self.verdicts.get_mut(t).and_then(|v| v.get_mut(c));
            verdict.into_iter().filter(|v| v.role.is_none()).for_each(be_row);
        }
        self.owned = self.verdicts.iter().map(people::is_owned).collect();
        self.hang();
        for (index, table) in self.tables.iter().enumerate() {
            let hangs = self.is_owned(index) || !self.parents_of(index).is_empty();
            if let Some(verdicts) = self.verdicts.get_mut(index) {
                people::settle_either(table, verdicts, hangs);
                let owned = people::is_owned(verdicts);
                if let Some(slot) = self.owned.get_mut(index) {
                    *slot = owned;
                }
            }
        }
        self.hang();
        self.explain();
    }

    /// Takes `customer_id` for a link where there is a table `customers` whose number is a plain
    /// `id`: it leads to the person's row, and identifies nobody elsewhere.
    fn follow_plain_numbers(&mut self) {
        for (t, table) in self.tables.iter().enumerate() {
            for c in 0..table.columns.len() {
                let kind =
                    self.verdicts.get(t).and_then(|v| v.get(c)).and_then(|v| {
                        v.number_of.filter(|_| matches!(v.role, Some(Role::Person(_))))
                    });
                let Some(to) = kind.and_then(|kind| self.plain_table(t, kind)) else { continue };
                let why = "its name is that of the other's number";
                self.references.push(Reference { from: (t, c), to, why });
                if let Some(verdict) = self.verdicts.get_mut(t).and_then(|v| v.get_mut(c)) {
                    *verdict = Verdict {
                        role: Some(Role::Data),
                        why: "the number of a row elsewhere".into(),
                        ..Verdict::default()
                    };
                }
            }
        }
    }

    fn plain_table(&self, here: usize, kind: &str) -> Option<(usize, usize)> {
        let is = |(index, table): (usize, &Table)| {
            let row = self.rows.get(index).copied().flatten()?;
            let plain = table.columns.get(row)?.words.as_slice() == ["id"];
            let called = table.words.last().is_some_and(|word| singular(word) == kind);
            (plain && called && index != here).then_some((index, row))
        };
        self.tables.iter().enumerate().find_map(is)
    }

    fn is_owned(&self, index: usize) -> bool {
        self.owned.get(index).copied().unwrap_or_default()
    }

    fn parents_of(&self, index: usize) -> &[Reference] {
        self.parents.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// Hangs every table that does not say whose its rows are on one that does, directly or by
    /// others between them. A plain link to a person's own row counts in any table.
    fn hang(&mut self) {
        let empty = |_: usize| Vec::new();
        self.parents = (0..self.tables.len()).map(empty).collect();
        loop {
            let mut more = Vec::new();
            for reference in &self.references {
                let (child, parent) = (reference.from.0, reference.to.0);
                let reached = self.is_owned(parent) || !self.parents_of(parent).is_empty();
                let new = !self.parents_of(child).contains(reference);
                let free = !self.is_owned(child) && self.parents_of(child).is_empty();
                if reached && new && child != parent && (free || self.is_person_link(reference)) {
                    more.push(reference.clone());
                }
            }
            if more.is_empty() {
                return;
            }
            for reference in more {
                let free =
                    self.parents_of(reference.from.0).is_empty() || self.is_person_link(&reference);
                let list = self.parents.get_mut(reference.from.0).filter(|_| free);
                list.into_iter().for_each(|list| list.push(reference.clone()));
            }
        }
    }

    /// Returns whether a reference is called after a table of people and does not itself say whose
    /// the row is: `candidate_id`.
    fn is_person_link(&self, reference: &Reference) -> bool {
        let verdict = self.verdicts.get(reference.from.0).and_then(|v| v.get(reference.from.1));
        if verdict.is_some_and(|v| matches!(v.role, Some(Role::Person(_)))) {
            return false;
        }
        let column =
            self.tables.get(reference.from.0).and_then(|t| t.columns.get(reference.from.1));
        column.is_some_and(|c| {
            words::person_number(&c.words).is_some_and(|(_, head)| head.is_empty())
        }) && self.is_owned(reference.to.0)
    }

    /// Makes tables that are nobody's the context of those that refer to them.
    fn explain(&mut self) {
        for reference in &self.references {
            let (from, to) = (reference.from.0, reference.to.0);
            let nobodys = !self.is_owned(to) && self.parents_of(to).is_empty();
            let somebodys = self.is_owned(from) || !self.parents_of(from).is_empty();
            if nobodys
                && somebodys
                && let Some(list) = self.sees.get_mut(to)
            {
                list.push(reference.clone());
            }
        }
    }

    /// Corrects the columns by what hangs on what.
    fn settle(&mut self) {
        for index in 0..self.tables.len() {
            let child = !self.is_owned(index) && !self.parents_of(index).is_empty();
            let context = self.sees.get(index).is_some_and(|sees| !sees.is_empty());
            let Some(verdicts) = self.verdicts.get_mut(index) else { continue };
            for verdict in verdicts.iter_mut() {
                if context {
                    settle_context(verdict);
                } else if child {
                    people::to_third(verdict, "the row is that of the owner of another row");
                }
            }
        }
    }

    fn table(&self, index: usize, sources: &[Source]) -> Option<(usize, DraftTable)> {
        let (table, verdicts) = (self.tables.get(index)?, self.verdicts.get(index)?);
        let mentioned = table.columns.iter().zip(verdicts).find_map(|(column, verdict)| {
            matches!(verdict.role, Some(Role::Mentions(_))).then(|| column.name.clone())
        });
        let columns = table.columns.iter().zip(verdicts);
        let entry = |(column, verdict): (&super::estate::Column, &Verdict)| {
            let about = verdict.whose == Some(Whose::About) && verdict.role == Some(Role::Text);
            Entry {
                name: column.name.clone(),
                role: verdict.role.clone(),
                maybe: verdict.maybe.clone(),
                concerns: mentioned.clone().filter(|_| about),
                special: verdict.special.map(str::to_owned),
                category: None,
                origin: verdict.origin,
                data_type: None,
                why: verdict.why.clone(),
            }
        };
        let mut notes = table.notes.clone();
        let sees = self.sees.get(index)?;
        let parents = self.parents_of(index);
        if !table.columns.is_empty()
            && !self.is_owned(index)
            && sees.is_empty()
            && parents.is_empty()
        {
            notes.push(
                "no column says whose rows these are: give it a `person` column or a `parent`"
                    .into(),
            );
        }
        let links = |list: &[Reference], up: bool| {
            list.iter().filter_map(|r| self.link_of(r, up, sources)).collect()
        };
        Some((
            table.source,
            DraftTable {
                name: table.name.clone(),
                files: table.files.clone(),
                table: table.database.clone(),
                layout: table.layout.clone(),
                activity: None,
                parents: links(parents, true),
                sees: links(sees, false),
                columns: columns.map(entry).collect(),
                notes,
            },
        ))
    }

    /// Returns a reference as the map writes it: from the child up, or from the context down.
    fn link_of(&self, reference: &Reference, up: bool, sources: &[Source]) -> Option<Link> {
        let (here, there) =
            if up { (reference.from, reference.to) } else { (reference.to, reference.from) };
        let (own, other) = (self.tables.get(here.0)?, self.tables.get(there.0)?);
        let (column, target) = (own.columns.get(here.1)?, other.columns.get(there.1)?);
        let source = sources.get(other.source)?;
        let target =
            target_name(&other.name, &target.name, &source.name, own.source == other.source);
        Some(Link { column: column.name.clone(), target, why: reference.why.into() })
    }
}

/// Returns `table.column`, with the source before it where that is another.
pub(crate) fn target_name(table: &str, column: &str, source: &str, same: bool) -> String {
    if same { format!("{table}.{column}") } else { format!("{source}.{table}.{column}") }
}

/// Makes a column the row's own number, unless it says whose the row is.
fn be_row(verdict: &mut Verdict) {
    if !matches!(verdict.role, Some(Role::Person(_) | Role::Credential)) {
        *verdict = Verdict {
            role: Some(Role::Row),
            why: "the row's own number".into(),
            ..Verdict::default()
        };
    }
}

/// In a table that only explains others, an address is that of a thing, and any person is another.
fn settle_context(verdict: &mut Verdict) {
    let kind = match (&verdict.role, &verdict.maybe) {
        (Some(Role::Person(kind)), _) => Some(kind.clone()),
        (None, Some(Role::ThirdParty(Some(kind)))) => Some(kind.clone()),
        _ => None,
    };
    match kind.as_deref() {
        Some("address") => {
            verdict.role = Some(Role::Data);
            verdict.why = "the address of what the table lists".into();
        }
        Some("name") if verdict.whose == Some(Whose::Own) => {
            *verdict = Verdict::open(
                Some(Role::ThirdParty(Some("name".into()))),
                "a person's name or a thing's?",
            );
        }
        Some(kind) if verdict.role.is_some() || verdict.whose == Some(Whose::Unknown) => {
            verdict.role = Some(Role::ThirdParty(Some(kind.to_owned())));
            verdict.why = "the table only explains other rows, so this is another person's".into();
        }
        _ => {}
    }
}

/// Returns the declarations that the kinds need.
fn kinds(draft: &Draft, tables: &[Table], verdicts: &[Verdicts]) -> Vec<KindLine> {
    let lettered = |kind: &str| {
        let columns = tables.iter().zip(verdicts).flat_map(|(t, v)| t.columns.iter().zip(v));
        let mut mine = columns.filter(|(_, v)| v.number_of == Some(kind)).map(|(c, _)| c);
        mine.any(|c| c.shape.is_mostly(&[Form::Code], 50) && c.shape.has_letters())
    };
    let used = draft.kinds_used();
    used.iter().filter_map(|kind| declaration(kind, lettered(kind))).collect()
}

/// Returns how values of a kind compare; `None` if the built-in way is right.
pub(crate) fn declaration(kind: &str, lettered: bool) -> Option<KindLine> {
    let (compare, shared, why) = match kind {
        "name" | "birth-date" | "address" | "email" | "nino" | "nhs" | "vehicle" | "employee" => {
            return None;
        }
        "phone" => (Some("phone"), true, Some("households and offices share a line")),
        "council-tax" => (Some("compact"), true, Some("one account a household")),
        "sort-code" => (Some("digits"), true, Some("one a branch")),
        "bank-account" => {
            (Some("digits"), true, Some("joint accounts, and numbers of other banks"))
        }
        "utr" | "dbs" => (Some("digits"), false, None),
        "username" | "handle" => (Some("caseless"), false, None),
        "upn" | "hcpc" | "passport" | "driving-licence" | "blue-badge" => {
            (Some("compact"), false, None)
        }
        _ if lettered => (Some("compact"), false, Some("numbers with letters and signs")),
        _ => (None, false, None),
    };
    let why = why.map(str::to_owned);
    Some(KindLine { name: kind.to_owned(), compare, shared, why })
}
