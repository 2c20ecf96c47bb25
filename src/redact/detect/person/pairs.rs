//! Two given names side by side that are two people: `Mon Nour Winston`, `Tue Nour Adeel`, `Wed Hattie
//! Winston`. Families share the last name and namesakes the first; who shares both is on a rota.

use super::lexicon::{Class, Digest};
use super::words::Gap;
use super::{Name, Page};

/// Cuts such pairs in two; the names stay in order.
pub(super) fn cut(page: &Page<'_>, names: &mut Vec<Name>) {
    let pairs: Vec<(Digest, Digest)> = names.iter().filter_map(|name| page.pair(name)).collect();
    let first = |pair: &(Digest, Digest)| pairs.iter().any(|o| o.0 == pair.0 && o.1 != pair.1);
    let last = |pair: &(Digest, Digest)| pairs.iter().any(|o| o.1 == pair.1 && o.0 != pair.0);
    if !pairs.iter().any(|pair| first(pair) && last(pair)) {
        return;
    }
    let all = std::mem::take(names);
    for name in all {
        match page.pair(&name).filter(|pair| first(pair) || last(pair)) {
            Some(_) => names.extend([
                Name { end: name.start + 1, ..name.clone() },
                Name { start: name.start + 1, ..name },
            ]),
            None => names.push(name),
        }
    }
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
