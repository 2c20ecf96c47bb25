//! Which values must not leave: other people's names and identifiers, credentials, withheld texts.
//! What is the data subject's own too, or published by the controller, is left out.

use holdall_connector::Compare;

use crate::map::{Kind, Map, StaffPolicy};
use crate::request::Right;

use super::forms::{Builder, Reach, Sort, Withheld, name_words, skeleton, sort_of};
use super::labels::{self, Labels};
use super::learn::{Learned, kept, staff_names};
use super::own::Own;
use super::people::{Name, People, compare, guess, normal};
use super::words::{is_after_name, is_common};
use super::{Ground, reasons};

/// What to say where a withheld value is found.
#[derive(Clone)]
pub(super) struct Note {
    /// What stands in its place.
    pub(super) name: Name,
    /// What it is.
    pub(super) kind: String,
    /// Under which ground it is taken out.
    pub(super) ground: Ground,
    /// Why.
    pub(super) reason: &'static str,
    /// How sure a match is.
    pub(super) trust: Trust,
}

/// How sure a match of a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is the value.
    Whole,
    /// It is a part of a name: doubtful, unless a title stands before it.
    Part,
    /// It is a part of a name and a common word: none, unless a title stands before it.
    Common,
}

/// The values that must not leave, with what to say of each.
pub(super) struct Screen {
    /// The search.
    pub(super) withheld: Withheld,
    /// By the number of a hit, what to say.
    pub(super) notes: Vec<Note>,
    /// Who is who.
    pub(super) people: People,
}

/// Builds the search from what was learned.
pub(super) fn screen(
    learned: &Learned,
    map: &Map,
    own: &Own<'_>,
    published: &[&str],
    right: Right,
) -> Screen {
    let mut people = People::default();
    for group in &learned.groups {
        people.add(map, group);
    }
    let kept = kept(published, learned, map.staff);
    let staff = staff_names(learned);
    let named: Vec<&String> = learned
        .named
        .iter()
        .filter(|name| {
            let words = name_words(name);
            let theirs = staff.iter().any(|parts| parts.covers_any_order(&words));
            !theirs && !kept.contains(&skeleton(name)) && !people.has(map, Kind::NAME, name)
        })
        .collect();
    for name in &named {
        people.add(map, &[(Kind::NAME.to_owned(), (*name).clone())]);
    }
    let roles = learned.staff.iter().filter_map(|(.., role)| role.as_deref());
    let mut builder = Builder::new(Labels::new(map).with_roles(roles));
    own.shield(&mut builder);
    for text in published {
        builder.shield(sort_of_text(text), text);
    }
    let staff = learned.staff.iter().filter(|_| map.staff == StaffPolicy::Keep);
    for (kind, text, _) in staff.filter(|(kind, text, _)| !people.has(map, kind, text)) {
        builder.shield(sort_of(kind, compare(map, kind)), text);
    }
    let mut maker =
        Maker { map, own, builder, notes: Vec::new(), ground: reasons::other_people(right) };
    for (kind, text) in learned.groups.iter().flatten() {
        maker.value(kind, text, &people.name_for(map, kind, text), reasons::KNOWN);
    }
    for name in named {
        maker.named(name, &people.name_for(map, Kind::NAME, name));
    }
    if map.staff != StaffPolicy::Keep {
        for (kind, text, title) in &learned.staff {
            if !people.has(map, kind, text) {
                let name = staff_name(map, kind, text, title.as_deref());
                maker.value(kind, text, &name, reasons::STAFF);
            }
        }
    }
    for text in &learned.texts {
        maker.text(text);
    }
    for secret in &learned.secrets {
        maker.secret(secret);
    }
    let Maker { builder, notes, .. } = maker;
    Screen { withheld: builder.build(), notes, people }
}

/// Returns what a member of staff is called under the map's policy.
pub(super) fn staff_name(map: &Map, kind: &str, text: &str, title: Option<&str>) -> Name {
    if map.staff == StaffPolicy::Role {
        return Name::Fixed(labels::role(title));
    }
    let who = normal(map, kind, text).unwrap_or_default();
    Name::Staff(who, (kind != Kind::NAME).then(|| kind.to_owned()))
}

struct Maker<'a, 'm> {
    map: &'a Map,
    own: &'a Own<'m>,
    builder: Builder,
    notes: Vec<Note>,
    ground: Ground,
}

impl Maker<'_, '_> {
    fn note(&mut self, name: &Name, kind: &str, reason: &'static str, trust: Trust) -> usize {
        let kind = if kind == Kind::NAME { "person" } else { kind };
        let (name, kind, ground) = (name.clone(), kind.to_owned(), self.ground.clone());
        self.notes.push(Note { name, kind, ground, reason, trust });
        self.notes.len() - 1
    }

    fn value(&mut self, kind: &str, text: &str, name: &Name, reason: &'static str) {
        if self.own.is(Some(&Kind::new(kind)), text) {
            return;
        }
        let compare = compare(self.map, kind);
        let sort = sort_of(kind, compare);
        if sort == Sort::Name {
            return self.name(text, name, reason);
        }
        let note = self.note(name, kind, reason, Trust::Whole);
        if compare == Compare::Date {
            for written in dates(text) {
                self.builder.withhold(Sort::Literal, &written, Reach::Text, note);
            }
        } else if identifies(text) || (sort == Sort::Email && text.contains('@')) {
            self.builder.withhold(sort, text, Reach::Everywhere, note);
        } else if let Some(reach) = short(text) {
            if let Some(note) = self.notes.get_mut(note) {
                note.trust = Trust::Part;
            }
            self.builder.withhold(sort, text, reach, note);
        }
    }

    /// Withholds, in texts alone, a name that only a text has and its parts: all are doubtful.
    fn named(&mut self, text: &str, name: &Name) {
        let words = name_words(text);
        let note = self.note(name, Kind::NAME, reasons::PART, Trust::Part);
        self.builder.withhold(Sort::Name, text, Reach::Text, note);
        for word in [words.first(), words.last()].into_iter().flatten() {
            self.word(word, name, Reach::Text);
        }
    }

    fn name(&mut self, text: &str, name: &Name, reason: &'static str) {
        let full = name_words(text);
        let words = without_after(&full);
        if let [word] = words {
            return self.word(word, name, Reach::Data);
        }
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let note = self.note(name, Kind::NAME, reason, Trust::Whole);
        let initial: String = first.chars().take(1).collect();
        let short = vec![first.clone(), last.clone()];
        let initials = vec![initial, last.clone()];
        for (words, reach) in [
            (&*full, Reach::Everywhere),
            (words, Reach::Everywhere),
            (&*short, Reach::Everywhere),
            (&*initials, Reach::Text),
        ] {
            let long = words.iter().any(|word| word.chars().count() > 1);
            if long && !self.own.covers_name(words) {
                self.builder.withhold(Sort::Name, &words.join(" "), reach, note);
            }
        }
        self.word(first, name, Reach::Text);
        self.word(last, name, Reach::Text);
        for part in text.split([' ', ',']).filter(|part| part.contains('-')) {
            let words = name_words(part);
            if words.len() > 1 && !self.own.covers_name(&words) {
                let note = self.note(name, Kind::NAME, reasons::PART, Trust::Part);
                self.builder.withhold(Sort::Name, part, Reach::Text, note);
            }
        }
    }

    /// Withholds a name of one word, or a part of a longer one.
    fn word(&mut self, word: &str, name: &Name, reach: Reach) {
        if word.chars().count() < 2 || self.own.has_word(word) {
            return;
        }
        let (trust, reach) = match (is_common(word), reach) {
            (true, _) => (Trust::Common, Reach::Text),
            (false, Reach::Text) => (Trust::Part, Reach::Text),
            (false, _) => (Trust::Whole, reach),
        };
        let note = self.note(name, Kind::NAME, reasons::PART, trust);
        self.builder.withhold(Sort::Name, word, reach, note);
    }

    fn text(&mut self, text: &str) {
        let long = text.chars().count() >= 24 && text.split_whitespace().count() >= 4;
        if long && !self.own.has_written(text) {
            let name = Name::Fixed(labels::WITHHELD.to_owned());
            let note = self.note(&name, "withheld", reasons::ELSEWHERE, Trust::Whole);
            self.builder.withhold(Sort::Prose, text, Reach::Everywhere, note);
        }
    }

    fn secret(&mut self, text: &str) {
        let letters = text.chars().all(char::is_alphabetic);
        let mixed = text.chars().any(char::is_alphabetic) && !letters;
        let length = text.chars().count();
        let short = length < 6 && !(mixed && length >= 4);
        if short || self.own.has_written(text) {
            return;
        }
        let reach = if letters { Reach::Data } else { Reach::Everywhere };
        let name = Name::Fixed(labels::CREDENTIAL.to_owned());
        let note = self.note(&name, "credential", reasons::CREDENTIAL, Trust::Whole);
        if let Some(note) = self.notes.get_mut(note) {
            note.ground = Ground::new("security");
        }
        self.builder.withhold(Sort::Literal, text, reach, note);
    }
}

/// Returns the words of a name without what follows it (`Jr`, `OBE`); two words stay.
fn without_after(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if rest.len() > 1 && is_after_name(last) => without_after(rest),
        _ => words,
    }
}

/// Returns the sort of a text of no known kind.
fn sort_of_text(text: &str) -> Sort {
    match guess(text) {
        Some(Kind::NAME) => Sort::Name,
        Some("email") => Sort::Email,
        Some("phone") => Sort::Phone,
        _ => Sort::Prose,
    }
}

/// Returns whether a value is long enough to mean one person: six letters and digits, one of them
/// a digit.
fn identifies(text: &str) -> bool {
    let form = skeleton(text);
    form.chars().count() >= 6 && form.chars().any(|c| c.is_ascii_digit())
}

/// Returns how far a value is searched that may be too short to mean one person: a code of letters
/// and digits in all data, a number of five digits in free text.
fn short(text: &str) -> Option<Reach> {
    let form = skeleton(text);
    let (length, digits) =
        (form.chars().count(), form.chars().filter(char::is_ascii_digit).count());
    match (length, digits) {
        (5, 5) => Some(Reach::Text),
        (4.., 2..) if digits < length => Some(Reach::Data),
        _ => None,
    }
}

/// Returns the ways to write a date.
fn dates(text: &str) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some(iso) = Compare::Date.normalise(text) else { return Vec::new() };
    let parts: Vec<usize> = iso.split('-').filter_map(|part| part.parse().ok()).collect();
    let &[year, month, day] = parts.as_slice() else { return vec![text.to_owned()] };
    let mut ways = vec![text.to_owned(), iso];
    for separator in ["/", ".", "-"] {
        ways.push(format!("{day:02}{separator}{month:02}{separator}{year}"));
        ways.push(format!("{day}{separator}{month}{separator}{year}"));
        ways.push(format!("{day:02}{separator}{month:02}{separator}{:02}", year % 100));
    }
    let Some(name) = month.checked_sub(1).and_then(|m| MONTHS.get(m)) else { return ways };
    let short: String = name.chars().take(3).collect();
    for month in [*name, short.as_str()] {
        for ending in ["", "st", "nd", "rd", "th"] {
            ways.push(format!("{day}{ending} {month} {year}"));
            ways.push(format!("{month} {day}{ending}, {year}"));
        }
    }
    ways
}
