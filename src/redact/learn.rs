//! The first pass over the rows: who else is in them, and what must not leave.

use std::collections::BTreeSet;

use crate::controller::Profile;
use crate::find::{Found, Other, Roster, Row, Standing};
use crate::map::{Kind, Map, Role, StaffPolicy, Table};

use super::cells::{Branch, Cell, Visitor, is_value_like, walk};
use super::columns::{Cause, Depth, Tie, Verdict, judge, role_of, sound_role};
use super::detect;
use super::forms::{name_words, skeleton};
use super::labels::Labels;
use super::lifted::Lifted;
use super::own::{Own, Parts};
use super::people::{Group, guess, names_in};

/// What the rows say of other people.
#[derive(Default)]
pub(super) struct Learned {
    /// Other people, in the order of the rows.
    pub(super) groups: Vec<Group>,
    /// Members of staff: kind, value and the title of the column.
    pub(super) staff: Vec<(String, String, Option<String>)>,
    /// People whom only texts name, by their whole names.
    pub(super) named: BTreeSet<String>,
    /// Passwords, hashes, tokens and codes.
    pub(super) secrets: BTreeSet<String>,
    /// Texts that are withheld whole.
    pub(super) texts: BTreeSet<String>,
}

/// Reads every row once, those that are not given out too. Teaches `own` the numbers in the person's own rows.
pub(super) fn learn(found: &Found, map: &Map, own: &mut Own<'_>, lifted: &Lifted) -> Learned {
    let mut learned = Learned::default();
    let labels = Labels::new(map);
    for (at, row) in found.rows.iter().chain(&found.aside).enumerate() {
        let Some(table) = map.table(&row.table) else { continue };
        if row.standing == Standing::Own {
            walk(&row.record, table, &mut OwnCells { own });
        }
        learned.row((at, row), table, &Reading { map, own, labels: &labels, lifted });
    }
    learned.groups.extend(found.others.iter().map(of_other));
    learned.roster(&found.roster);
    learned
}

/// Returns the values of another person's row, with the whole name first where the row has it in
/// two words apart.
fn of_other(other: &Other) -> Group {
    let values = other.values.iter().map(|(kind, text)| (kind.as_str().to_owned(), text.clone()));
    let values: Group = values.collect();
    let names: Vec<&str> =
        values.iter().filter(|(kind, _)| kind == Kind::NAME).map(|(_, text)| text.trim()).collect();
    let whole = match names.as_slice() {
        [a, b] if !a.contains(' ') && !b.contains(' ') => Some(format!("{a} {b}")),
        _ => None,
    };
    whole.map(|name| (Kind::NAME.to_owned(), name)).into_iter().chain(values).collect()
}

/// Returns what the controller itself publishes: its names, how to reach it and its officer, the
/// regulator.
pub(super) fn published(profile: &Profile) -> Vec<&str> {
    let officer = profile.dpo.iter();
    let reach =
        officer.flat_map(|d| [&d.name, &d.email, &d.phone].into_iter().flatten().chain(&d.post));
    let regulator = [&profile.regulator.name, &profile.regulator.phone];
    reach
        .chain([&profile.name])
        .chain(&profile.trading_names)
        .chain(&profile.address)
        .chain(&profile.requests_to)
        .chain(regulator)
        .chain(&profile.regulator.address)
        .map(String::as_str)
        .collect()
}

/// Returns what is published and the staff whom the map keeps: letters and digits.
pub(super) fn kept(published: &[&str], learned: &Learned, policy: StaffPolicy) -> BTreeSet<String> {
    let staff = learned.staff.iter().filter(|_| policy == StaffPolicy::Keep);
    let staff = staff.map(|(_, text, _)| text.as_str());
    published.iter().copied().chain(staff).map(skeleton).collect()
}

/// Returns the names of staff.
pub(super) fn staff_names(learned: &Learned) -> Vec<Parts> {
    let staff = learned.staff.iter().filter(|(kind, ..)| kind == Kind::NAME);
    staff.map(|(_, name, _)| Parts::of(name)).collect()
}

impl Learned {
    /// Takes who is known of the people that texts name. Who is staff in the rows stays so.
    fn roster(&mut self, roster: &Roster) {
        let staff = staff_names(self);
        let people = roster.people.iter().filter(|name| {
            let words = name_words(name);
            !staff.iter().any(|parts| parts.covers_any_order(&words))
        });
        self.groups.extend(people.map(|name| vec![(Kind::NAME.to_owned(), name.clone())]));
        let known = roster.staff.iter().filter(|(name, _)| !roster.people.contains(*name));
        let known = known.map(|(name, role)| {
            (Kind::NAME.to_owned(), name.clone(), role.as_deref().and_then(sound_role))
        });
        self.staff.extend(known);
    }

    fn row(&mut self, (at, row): (usize, &Row), table: &Table, by: &Reading<'_, '_>) {
        let Reading { map, own, labels, lifted } = *by;
        let mut cells =
            OtherCells { at, row, map, own, labels, lifted, tied: Vec::new(), learned: self };
        walk(&row.record, table, &mut cells);
        let tied = cells.tied;
        for tie in [Tie::Holder, Tie::Mentioned, Tie::ThirdParty] {
            let here: Vec<&Tied> = tied.iter().filter(|value| value.tie == tie).collect();
            let whole: Vec<(String, String)> = joined(&here).into_iter().collect();
            let values = here.iter().map(|value| (value.kind.clone(), value.text.clone()));
            let groups = if whole.is_empty() {
                together(values.collect())
            } else {
                vec![whole.into_iter().chain(values).collect()]
            };
            self.groups.extend(groups);
        }
    }
}

/// A value that identifies another person, in a row.
struct Tied {
    tie: Tie,
    kind: String,
    text: String,
    part: Part,
}

/// Which part of a name a column holds, by its own name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    First,
    Last,
}

impl Part {
    fn of(column: &str) -> Self {
        let column = column.to_lowercase();
        let says = |words: [&str; 3]| words.iter().any(|word| column.contains(word));
        match (says(["first", "fore", "given"]), says(["last", "sur", "family"])) {
            (true, false) => Self::First,
            (false, true) => Self::Last,
            _ => Self::Whole,
        }
    }
}

/// Returns the whole name where a row has the first and the last of one person in two columns.
fn joined(values: &[&Tied]) -> Option<(String, String)> {
    let names: Vec<&&Tied> = values.iter().filter(|value| value.kind == Kind::NAME).collect();
    let part = |part| names.iter().find(|value| value.part == part).map(|value| &value.text);
    match (names.len(), part(Part::First), part(Part::Last)) {
        (2, Some(first), Some(last)) => Some((Kind::NAME.to_owned(), format!("{first} {last}"))),
        _ => None,
    }
}

/// Returns one group if the values can all be one person's, else a group for each.
fn together(values: Group) -> Vec<Group> {
    let kinds: BTreeSet<&str> = values.iter().map(|(kind, _)| kind.as_str()).collect();
    if kinds.len() == values.len() && kinds.contains(Kind::NAME) {
        return vec![values];
    }
    values.into_iter().map(|value| vec![value]).collect()
}

struct OwnCells<'b, 'm> {
    own: &'b mut Own<'m>,
}

impl<'a> Visitor<'a> for OwnCells<'_, '_> {
    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(column) = cell.column else { return };
        let Some(text) = cell.value.scalar() else { return };
        let theirs = match &column.role {
            Role::Person(kind) => self.own.is(Some(kind), &text),
            Role::Row | Role::Data => true,
            _ => false,
        };
        if theirs {
            self.own.learn(&text);
        }
    }
}

/// By what rows are read.
#[derive(Clone, Copy)]
struct Reading<'b, 'm> {
    map: &'b Map,
    own: &'b Own<'m>,
    labels: &'b Labels,
    lifted: &'b Lifted,
}

struct OtherCells<'b, 'm> {
    at: usize,
    row: &'b Row,
    map: &'b Map,
    own: &'b Own<'m>,
    labels: &'b Labels,
    lifted: &'b Lifted,
    tied: Vec<Tied>,
    learned: &'b mut Learned,
}

impl<'a> Visitor<'a> for OtherCells<'_, '_> {
    fn enters(&mut self, branch: &Branch<'a>) -> bool {
        if let Some(column) = branch.column
            && let Role::ThirdParty(_) = &column.role
        {
            let keys = branch.fields.iter().map(|(key, _)| key);
            for key in keys.filter(|key| is_value_like(key) && !self.own.is(None, key)) {
                self.other(Tie::ThirdParty, None, key, Part::Whole);
            }
        }
        true
    }

    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(text) = cell.text() else { return };
        if text.trim().is_empty() || self.labels.is_label(&text) {
            return;
        }
        if let Some(column) = cell.column
            && let Role::Staff(kind) = &column.role
        {
            let kind = kind.as_ref().map_or(Kind::NAME, Kind::as_str);
            let title = role_of(column, &self.row.record);
            self.learned.staff.push((kind.to_owned(), text.trim().to_owned(), title));
            return;
        }
        let is_credential = cell.column.is_some_and(|column| column.role == Role::Credential);
        if self.lifted.has(self.at, &cell.pointer) && !is_credential {
            return self.named(&text);
        }
        match judge(cell.column, &text, &self.row.standing, self.own, self.map.staff) {
            Verdict::Scan(Depth::Text) => self.named(&text),
            Verdict::Keep | Verdict::Scan(_) => {}
            Verdict::Whole(Cause::Credential) => {
                self.learned.secrets.insert(text.trim().to_owned());
            }
            Verdict::Whole(Cause::Other(tie, kind)) => {
                let part = cell.column.map_or(Part::Whole, |column| Part::of(&column.name));
                self.other(tie, kind, &text, part);
            }
            Verdict::Whole(Cause::Record) => self.record(&cell, &text),
            Verdict::Whole(Cause::Exempt(_) | Cause::Unmapped | Cause::Staff(..)) => {
                self.text(&text);
            }
        }
    }
}

impl OtherCells<'_, '_> {
    /// Learns from a cell of somebody else's file: what its role says.
    fn record(&mut self, cell: &Cell<'_>, text: &str) {
        let Some(column) = cell.column else { return };
        let (tie, kind) = match &column.role {
            Role::Person(kind) => (Tie::Holder, Some(kind)),
            Role::Mentions(kind) => (Tie::Mentioned, Some(kind)),
            Role::ThirdParty(kind) => (Tie::ThirdParty, kind.as_ref()),
            _ => return self.text(text),
        };
        if !self.own.is(kind, text) {
            self.other(tie, kind, text, Part::of(&column.name));
        }
    }

    /// Learns the people whom a text names, unless they could be the person.
    fn named(&mut self, text: &str) {
        let spans = detect::candidates(text, &["person"]).into_iter();
        let names = spans.filter_map(|span| text.get(span.range).map(str::to_owned));
        let whole = |name: &String| {
            let words = name_words(name);
            words.len() > 1 && words.iter().all(|word| word.chars().count() > 1)
        };
        let names = names.filter(|name| whole(name) && !self.own.has_name(name));
        self.learned.named.extend(names);
    }

    fn other(&mut self, tie: Tie, kind: Option<&Kind>, text: &str, part: Part) {
        let kind = match kind {
            Some(kind) => kind.as_str(),
            None => match guess(text) {
                Some(kind) => kind,
                None => return self.text(text),
            },
        };
        if kind == Kind::NAME {
            let own = |name: &String| self.own.is(Some(&Kind::new(kind)), name);
            let names = names_in(text).into_iter().filter(|name| !own(name));
            let tied = |text| Tied { tie, kind: kind.to_owned(), text, part };
            self.tied.extend(names.map(tied));
        } else {
            self.tied.push(Tied { tie, kind: kind.to_owned(), text: text.trim().to_owned(), part });
        }
    }

    /// Learns from a text that is withheld whole: itself, and the identifiers in it.
    fn text(&mut self, text: &str) {
        const TELLING: [&str; 8] =
            ["email", "phone", "nino", "nhs", "upn", "iban", "card", "driving-licence"];
        for span in detect::candidates(text, &TELLING) {
            let Some(value) = text.get(span.range) else { continue };
            if !self.own.has_written(value) {
                self.learned.groups.push(vec![(span.kind.to_owned(), value.to_owned())]);
            }
        }
        self.learned.texts.insert(text.trim().to_owned());
    }
}
