//! Two given names side by side that are two people: `Mon Nour Winston`, `Tue Nour Adeel`, `Wed Hattie
//! Winston`. Families share the last name and namesakes the first; who shares both is on a rota.

use std::collections::{BTreeMap, BTreeSet};

use super::lexicon::{Class, Digest};
use super::words::Gap;
use super::{Name, Page};

/// Cuts such pairs in two; the names stay in order.
pub(super) fn cut(page: &Page<'_>, names: &mut Vec<Name>) {
    let pairs: Vec<(Digest, Digest)> = names.iter().filter_map(|name| page.pair(name)).collect();
    let (firsts, lasts) = (shared(pairs.iter().copied()), shared(pairs.iter().map(|p| (p.1, p.0))));
    if !pairs.iter().any(|(first, last)| firsts.contains(first) && lasts.contains(last)) {
        return;
    }
    let all = std::mem::take(names);
    for name in all {
        match page.pair(&name).filter(|(a, b)| firsts.contains(a) || lasts.contains(b)) {
            Some(_) => names.extend([
                Name { end: name.start + 1, ..name.clone() },
                Name { start: name.start + 1, ..name },
            ]),
            None => names.push(name),
        }
    }
}

/// Returns those that stand beside more than one other.
fn shared(pairs: impl Iterator<Item = (Digest, Digest)>) -> BTreeSet<Digest> {
    let mut beside: BTreeMap<Digest, Digest> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (one, other) in pairs {
        if *beside.entry(one).or_insert(other) != other {
            found.insert(one);
        }
    }
    found
}

impl Page<'_> {
    /// Returns the two given names that a name is made of.
    fn pair(&self, name: &Name) -> Option<(Digest, Digest)> {
        let (first, last) = (self.word(name.start)?, self.word(name.start + 1)?);
        let given = first.class.has(Class::GIVEN) && last.class.has(Class::GIVEN);
        (name.end == name.start + 2 && given && last.gap == Gap::SPACE)
            .then_some((first.digest, last.digest))
    }
}
