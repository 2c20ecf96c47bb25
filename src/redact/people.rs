//! The other people of a case: which values belong to the same person, and what each is called.
//!
//! Values that stand together in a row (and are tied to it in the same way) belong to one person
//! if there is no more than one name among them, and no two values of another kind. Persons who
//! have a name, or an identifier that is not shared, in common are one person.

use std::collections::BTreeMap;

use holdall_connector::Compare;

use crate::map::{Kind, Map};

use super::{detect, labels};

/// Values of one person that were seen together: kind and text.
pub(super) type Group = Vec<(String, String)>;

/// Other people and what belongs to each.
#[derive(Default)]
pub(super) struct People {
    /// By kind and normal form, the person that the value belongs to.
    owners: BTreeMap<(String, String), usize>,
    /// By person, the one that they turned out to be.
    same: Vec<usize>,
    /// By person, whether they have a name.
    named: Vec<bool>,
}

impl People {
    /// Adds values of one person.
    pub(super) fn add(&mut self, map: &Map, group: &[(String, String)]) {
        let me = self.same.len();
        self.same.push(me);
        self.named.push(group.iter().any(|(kind, _)| kind == Kind::NAME));
        for (kind, text) in group {
            let Some(normal) = normal(map, kind, text) else { continue };
            match self.owners.get(&(kind.clone(), normal.clone())) {
                Some(owner) if tells(map, kind, text) => self.join(*owner, me),
                Some(_) => {}
                None => {
                    self.owners.insert((kind.clone(), normal), me);
                }
            }
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let named = [a, b].iter().any(|p| self.named.get(*p).copied().unwrap_or(false));
        if let Some(same) = self.same.get_mut(a.max(b)) {
            *same = a.min(b);
        }
        if let Some(entry) = self.named.get_mut(a.min(b)) {
            *entry = named;
        }
    }

    fn root(&self, mut person: usize) -> usize {
        while let Some(other) = self.same.get(person).filter(|other| **other != person) {
            person = *other;
        }
        person
    }

    /// Returns what the value is called.
    pub(super) fn name_for(&self, map: &Map, kind: &str, text: &str) -> Name {
        let normal = normal(map, kind, text).unwrap_or_default();
        let owner = self.owners.get(&(kind.to_owned(), normal.clone())).map(|p| self.root(*p));
        match owner.filter(|p| self.named.get(*p).copied().unwrap_or(false)) {
            Some(person) if kind == Kind::NAME => Name::Person(person, None),
            Some(person) => Name::Person(person, Some(kind.to_owned())),
            None => Name::Unnamed(kind.to_owned(), normal),
        }
    }

    /// Returns whether the value is known to be another person's.
    pub(super) fn has(&self, map: &Map, kind: &str, text: &str) -> bool {
        normal(map, kind, text)
            .is_some_and(|normal| self.owners.contains_key(&(kind.to_owned(), normal)))
    }
}

/// What stands for a value, before letters are given out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// A person, or their identifier of a kind.
    Person(usize, Option<String>),
    /// A member of staff by normal name, or their identifier of a kind.
    Staff(String, Option<String>),
    /// An identifier of nobody known: kind and normal form.
    Unnamed(String, String),
    /// Always the same.
    Fixed(String),
}

/// Gives out letters in the order in which they are asked for.
#[derive(Default)]
pub(super) struct Letters {
    people: BTreeMap<usize, usize>,
    staff: BTreeMap<String, usize>,
    unnamed: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Letters {
    /// Returns the label for the name.
    pub(super) fn label(&mut self, name: &Name) -> String {
        match name {
            Name::Person(person, kind) => {
                labels::person(number(&mut self.people, *person), kind.as_deref())
            }
            Name::Staff(who, kind) => {
                labels::staff(number(&mut self.staff, who.clone()), kind.as_deref())
            }
            Name::Unnamed(kind, normal) => {
                let numbers = self.unnamed.entry(kind.clone()).or_default();
                labels::unnamed(kind, number(numbers, normal.clone()))
            }
            Name::Fixed(label) => label.clone(),
        }
    }
}

fn number<K: Ord>(numbers: &mut BTreeMap<K, usize>, key: K) -> usize {
    let next = numbers.len();
    *numbers.entry(key).or_insert(next)
}

/// Returns how values of the kind compare; kinds that only detectors know, without separators.
pub(super) fn compare(map: &Map, kind: &str) -> Compare {
    match map.identifiers.get(&Kind::new(kind)) {
        Some(identifier) => identifier.compare,
        None if kind == Kind::NAME => Compare::Name,
        None if kind == "phone" => Compare::Phone,
        None if kind == "email" => Compare::Caseless,
        None if kind == Kind::BIRTH_DATE => Compare::Date,
        None => Compare::Compact,
    }
}

/// Returns the normal form of a value.
pub(super) fn normal(map: &Map, kind: &str, text: &str) -> Option<String> {
    compare(map, kind).normalise(text)
}

/// Returns whether two people with the same value are one. A name of one word tells nothing.
fn tells(map: &Map, kind: &str, text: &str) -> bool {
    if kind == Kind::NAME {
        return text.split_whitespace().count() > 1;
    }
    let shared = map.identifiers.get(&Kind::new(kind)).is_some_and(|i| i.shared);
    !shared && !matches!(kind, "phone" | "address" | Kind::BIRTH_DATE | "postcode")
}

/// Returns the kind that a value seems to be of.
pub(super) fn guess(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if looks_like_name(text) {
        return Some(Kind::NAME);
    }
    detect::candidates(text, &detect::RELEASE)
        .iter()
        .find(|span| span.kind != "person" && span.range == (0..text.len()))
        .map(|span| span.kind)
        .or_else(|| is_number(text).then_some(NUMBER))
}

/// The kind of a number or code of which no more is known.
pub(super) const NUMBER: &str = "number";

/// Returns whether the text is a number or code long enough to mean one person, and neither a date
/// nor an amount.
fn is_number(text: &str) -> bool {
    let plain = text.chars().filter(|c| c.is_alphanumeric());
    let date = Compare::Date.normalise(text).is_some_and(|d| d.as_bytes().get(4) == Some(&b'-'));
    let amount = text.contains([',', '£', '€', '$', '%'])
        || text.parse::<f64>().is_ok_and(|_| text.contains('.'));
    plain.clone().count() >= 6
        && plain.count() <= 40
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.split_whitespace().count() <= 4
        && !date
        && !amount
}

/// Returns whether the text could be one person's name: one to five words of letters, the first
/// and last with a capital.
pub(super) fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '\u{A0}']).filter(|w| !w.is_empty()).collect();
    let sound = |word: &&str| {
        word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'))
    };
    let capital = |word: Option<&&str>| {
        word.and_then(|w| w.chars().next()).is_some_and(|c| !c.is_lowercase())
    };
    (1..=5).contains(&words.len())
        && words.iter().all(sound)
        && capital(words.first())
        && capital(words.last())
}

/// Returns the names in a cell that may hold several, without what stands in brackets.
pub(super) fn names_in(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.replace(" and ", ";").replace(" And ", ";");
    let commas = plain.matches(',').count();
    let turned = commas == 1
        && plain.split(',').next().is_some_and(|last| last.split_whitespace().count() == 1);
    plain
        .split(|c| matches!(c, ';' | '/' | '&' | '\n') || (c == ',' && !turned))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(String::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_name_several() {
        assert_eq!(names_in("Khan, Amira"), ["Khan, Amira"]);
        assert_eq!(names_in("Amira Khan (neighbour) and Bilal Hart"), ["Amira Khan", "Bilal Hart"]);
        assert_eq!(names_in("Amira Khan, Bilal Hart"), ["Amira Khan", "Bilal Hart"]);
    }

    #[test]
    fn a_name_looks_like_one() {
        assert!(["Amira Khan", "O'Brien", "Jean-Luc de Vries"].into_iter().all(looks_like_name));
        assert!(!["next door", "flat 7", "", "07700 900123"].into_iter().any(looks_like_name));
    }
}
