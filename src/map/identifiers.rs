//! Kinds of identifier: those built in, those a map declares, and the sets that prove a person.

use std::collections::{BTreeMap, BTreeSet};

use holdall_connector::Compare;

use super::grammar::{IdentifierEntry, MatchWord, SamePersonEntry};
use super::model::{Identifier, Kind};
use super::resolve;
use crate::diagnose::{At, Entries, Problems, one_of};

/// The kinds that need no declaration, and their natural way to compare.
const BUILT_IN: [(&str, Compare); 9] = [
    ("name", Compare::Name),
    ("birth-date", Compare::Date),
    ("address", Compare::Compact),
    ("phone", Compare::Phone),
    ("email", Compare::Caseless),
    ("nino", Compare::Compact),
    ("nhs", Compare::Digits),
    ("vehicle", Compare::Compact),
    ("employee", Compare::Exact),
];

/// Built-in kinds that people have in common: they never pull a row by themselves.
const NEVER_PULL: [&str; 3] = ["name", "birth-date", "address"];

/// Every kind of a map.
pub(super) struct Kinds(BTreeMap<Kind, Identifier>);

impl Kinds {
    /// Returns the kind of this name; one that is not known is a problem.
    pub(super) fn get(
        &self,
        name: &str,
        span: &std::ops::Range<usize>,
        problems: &mut Problems<'_>,
    ) -> Kind {
        let kind = Kind::new(name);
        if !self.0.contains_key(&kind) {
            problems.add(
                span,
                format!("`{name}` is no known kind of identifier"),
                one_of(name, self.0.keys().map(Kind::as_str)).into_iter().chain([format!(
                    "declare a kind of your own: `[identifiers]` `{name} = {{}}`"
                )]),
            );
        }
        kind
    }

    /// Returns the kinds for the model.
    pub(super) fn into_map(self) -> BTreeMap<Kind, Identifier> {
        self.0
    }
}

/// Returns the built-in kinds, overridden and extended by the declared ones.
pub(super) fn resolve(declared: &Entries<IdentifierEntry>, problems: &mut Problems<'_>) -> Kinds {
    let built_in =
        BUILT_IN.map(|(name, compare)| (Kind::new(name), identifier(name, compare, false)));
    let mut kinds = BTreeMap::from(built_in);
    for (name, entry) in declared.iter() {
        resolve::name(name, "kind", problems);
        let kind = Kind::new(name.as_str());
        let natural = kinds.get(&kind).map_or(Compare::Exact, |known: &Identifier| known.compare);
        let compare = entry.r#match.map_or(natural, compare);
        kinds.insert(kind, identifier(name, compare, entry.shared.unwrap_or(false)));
    }
    Kinds(kinds)
}

/// A kind pulls rows unless people have its values in common: the three built-in ones, any that is
/// declared `shared`, and any that compares as a name or a date does (a name alone proves nothing,
/// whatever the kind is called).
fn identifier(name: &str, compare: Compare, shared: bool) -> Identifier {
    let common = NEVER_PULL.contains(&name) || matches!(compare, Compare::Name | Compare::Date);
    Identifier { compare, shared, pulls: !shared && !common }
}

fn compare(word: MatchWord) -> Compare {
    match word {
        MatchWord::Exact => Compare::Exact,
        MatchWord::Caseless => Compare::Caseless,
        MatchWord::Digits => Compare::Digits,
        MatchWord::Compact => Compare::Compact,
        MatchWord::Phone => Compare::Phone,
        MatchWord::Name => Compare::Name,
        MatchWord::Date => Compare::Date,
    }
}

/// Returns the sets of kinds that prove a person.
pub(super) fn same_person(
    sets: &[At<SamePersonEntry>],
    kinds: &Kinds,
    problems: &mut Problems<'_>,
) -> Vec<BTreeSet<Kind>> {
    sets.iter()
        .map(|set| {
            let mut resolve = |word: &At<String>| kinds.get(word, &word.span, problems);
            let all: BTreeSet<Kind> = set.all.iter().map(&mut resolve).collect();
            let only_names =
                |kind: &Kind| kinds.0.get(kind).is_some_and(|known| known.compare == Compare::Name);
            let span = set.all.first().map_or(&set.span, |word| &word.span);
            if !all.is_empty() && all.iter().all(only_names) {
                problems.add(
                    span,
                    "a name alone does not prove who somebody is",
                    ["add a second kind: `all = [\"name\", \"birth-date\"]`".to_owned()],
                );
            } else if all.len() < 2 {
                problems.add(
                    span,
                    "`same-person` needs two kinds or more",
                    ["a kind that proves it alone needs no `same-person`".to_owned()],
                );
            }
            all
        })
        .collect()
}
