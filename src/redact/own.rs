//! What is the data subject's own, and so is never redacted by pattern: the identifiers of the
//! request and of the search, and the numbers in the person's own rows.

use std::collections::BTreeSet;

use holdall_connector::Compare;

use crate::find::Identity;
use crate::map::{Kind, Map};
use crate::request::Request;

use super::detect;
use super::forms::{Builder, name_words, skeleton, sort_of};
use super::pets::is_pet;

/// The fewest letters and digits of the first line of an address.
const LINE: usize = 8;

/// The data subject's own values.
pub(super) struct Own<'a> {
    map: &'a Map,
    identity: Identity,
    values: BTreeSet<String>,
    learned: BTreeSet<String>,
    parts: Parts,
}

/// The words of the person's names.
#[derive(Default)]
pub(super) struct Parts {
    words: BTreeSet<String>,
    firsts: BTreeSet<String>,
    /// The words of surnames of more than one: `Greville-Nash` alone is the person, and so is
    /// `García López`, but `James Hart` need not be `Ada James Hart`.
    doubles: BTreeSet<Vec<String>>,
    /// First name and surname of names that have no more, while no longer one is known.
    pairs: BTreeSet<(String, String)>,
    /// First name and surname of those that have.
    longer: BTreeSet<(String, String)>,
}

impl Parts {
    /// Takes a name.
    pub(super) fn of(name: &str) -> Self {
        let mut parts = Self::default();
        parts.learn(name);
        parts
    }

    /// Learns a name.
    pub(super) fn learn(&mut self, name: &str) {
        let words = name_words(name);
        let doubles = name.split([' ', ',']).filter(|part| part.contains('-'));
        self.doubles.extend(doubles.map(name_words));
        let surnames = (1..words.len()).filter_map(|at| words.get(at..));
        let own = surnames.filter(|tail| tail.first().is_some_and(|word| !detect::is_given(word)));
        self.doubles.extend(own.filter(|tail| tail.len() > 1).map(<[String]>::to_vec));
        self.firsts.extend(words.first().cloned());
        if let [first, middle @ .., last] = words.as_slice() {
            let pair = (first.clone(), last.clone());
            match middle {
                [] if !self.longer.contains(&pair) => self.pairs.insert(pair),
                [] => false,
                _ => self.pairs.remove(&pair) | self.longer.insert(pair),
            };
        }
        self.words.extend(words);
    }

    /// Returns whether the folded words could be the person's own name, written shorter: their
    /// words, from a first name or its initial on. `James Hart` is not `Ada James Hart`.
    pub(super) fn covers(&self, words: &[String]) -> bool {
        let first = words.first().is_some_and(|word| match words.len() {
            1 => self.words.contains(word),
            _ => self.firsts.iter().any(|own| own == word || is_initial(word, own)),
        });
        let rest = words.iter().skip(1).all(|word| {
            self.words.contains(word) || self.words.iter().any(|own| is_initial(word, own))
        });
        first && rest
    }

    /// Returns whether the folded words, of a name that nothing but a pattern tells, may be the
    /// person's written otherwise: a short form of the first name (`Rob Hart` for `Robert Hart`), or
    /// middle names or initials that are not known (`C. S. Hart` for `Callum Hart`). Where a middle
    /// name is known, another is somebody else's. So may be their own first name before a surname
    /// that nobody has and that is theirs but for a slip (`Ada Harrt`).
    pub(super) fn may_be(&self, words: &[String]) -> bool {
        const SHORTEST: usize = 2;
        let [first, middle @ .., last] = words else { return false };
        let like = |own: &(String, String)| {
            let short = first.chars().count() >= SHORTEST && own.0.starts_with(first.as_str())
                || is_pet(first, &own.0);
            let is_first = short || own.0 == *first || is_initial(first, &own.0);
            own.1 == *last && is_first || own.0 == *first && is_slip(last, &own.1)
        };
        match middle.len() {
            0 => self.pairs.iter().chain(&self.longer).any(like),
            1 | 2 => self.pairs.iter().any(like),
            _ => false,
        }
    }

    /// Learns what the local part of the person's own e-mail address calls them: `dani.hart@`.
    pub(super) fn learn_address(&mut self, local: &str) {
        const SHORTEST: usize = 2;
        let parts = local.split(['.', '_', '-', '+']);
        let names = parts.filter(|part| part.chars().all(char::is_alphabetic));
        self.words.extend(names.filter(|part| part.chars().count() >= SHORTEST).map(skeleton));
    }

    /// Returns whether the word is a short form of one of the person's first names (`Kat`, `Katie`), and
    /// nowhere in the text a part of somebody else's name.
    pub(super) fn is_short_form(&self, text: &str, written: &str) -> bool {
        const SHORTEST: usize = 3;
        let word = skeleton(written);
        let pet = |own: &String| {
            let stem = word.strip_suffix("ie").or(word.strip_suffix('y')).unwrap_or_default();
            stem.len() >= SHORTEST && own.starts_with(stem)
        };
        let short = |own: &String| {
            own.len() > word.len() && (own.starts_with(&word) || pet(own)) || is_pet(&word, own)
        };
        word.chars().count() >= SHORTEST
            && !written.contains(' ')
            && self.firsts.iter().any(short)
            && text.match_indices(written).all(|(at, _)| {
                let rest = text.get(at + written.len()..).unwrap_or_default();
                let next = rest.strip_prefix(' ').unwrap_or_default();
                let end = next.find(|c: char| !c.is_alphanumeric()).unwrap_or(next.len());
                let next = next.get(..end).unwrap_or_default();
                !next.starts_with(char::is_uppercase) || self.words.contains(&skeleton(next))
            })
    }

    /// Returns whether the folded words could be the person's own name, also surname first.
    pub(super) fn covers_any_order(&self, words: &[String]) -> bool {
        let mut turned = words.to_vec();
        turned.rotate_left(words.len().min(1));
        self.covers(words) || self.covers(&turned) || self.doubles.contains(words)
    }
}

/// Returns whether a folded word is a surname but for one letter, and no name or word by itself.
fn is_slip(word: &str, surname: &str) -> bool {
    const SHORTEST: usize = 5;
    let is_long = word.len().min(surname.len()) >= SHORTEST;
    is_long && strsim::osa_distance(word, surname) == 1 && !detect::is_listed(word)
}

impl<'a> Own<'a> {
    /// Takes the identifiers of the search and of the request.
    pub(super) fn new(map: &'a Map, subject: &Identity, request: &Request) -> Self {
        let mut identity = subject.clone();
        for (kind, values) in &request.subject.0 {
            for value in values {
                identity.learn(map, kind, value);
            }
        }
        let (mut values, mut parts) = (BTreeSet::new(), Parts::default());
        for (kind, text) in identity.spellings() {
            values.extend(forms_of(text));
            if kind.is_name() {
                parts.learn(text);
            } else {
                let found = detect::candidates(text, &detect::RELEASE);
                values.extend(found.iter().filter(|span| span.kind != "person").flat_map(|span| {
                    text.get(span.range.clone()).map(forms_of).unwrap_or_default()
                }));
            }
            if let Some((local, _)) = text.split_once('@') {
                values.insert(skeleton(local));
                parts.learn_address(local);
            }
        }
        Self { map, identity, values, learned: BTreeSet::new(), parts }
    }

    /// Learns from a cell of the person's own row: a number that fills it is theirs, and so is a
    /// postcode or address in it. E-mail addresses are not learned (other people's messages carry
    /// them), nor are numbers in the middle of something.
    pub(super) fn learn(&mut self, text: &str) {
        let text = text.trim();
        if text.len() > 200 || text.contains('@') || !text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        if text.len() <= 40 {
            self.learned.extend(forms_of(text).into_iter().filter(|form| form.len() >= 6));
        }
        if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
            return;
        }
        for span in detect::candidates(text, &["postcode", "address"]) {
            if let Some(found) = text.get(span.range) {
                self.learned.extend(forms_of(found));
            }
        }
    }

    /// Returns whether the value is the person's; of a value without a kind, whether it is theirs
    /// under any.
    pub(super) fn is(&self, kind: Option<&Kind>, text: &str) -> bool {
        match kind {
            Some(kind) => self.identity.has(self.map, kind, text),
            None => self.identity.kinds().any(|kind| {
                let telling = kind.is_name() || text.chars().count() >= 6;
                telling && self.identity.has(self.map, kind, text)
            }),
        }
    }

    /// Returns whether an identifier that a pattern noticed is the person's, in any spelling.
    pub(super) fn has_written(&self, text: &str) -> bool {
        self.is(None, text)
            || forms_of(text).iter().any(|f| self.values.contains(f) || self.learned.contains(f))
    }

    /// Returns whether an address that a pattern noticed is the person's: the beginning of one of
    /// theirs, or one of theirs with its town.
    pub(super) fn has_address(&self, text: &str) -> bool {
        is_same_address(text, &[&self.values, &self.learned])
    }

    /// Returns whether a name that a pattern noticed could be the person's own, in any order.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.parts.covers_any_order(&name_words(name))
    }

    /// Returns whether the name could be the person's own ([`Parts::covers`]).
    pub(super) fn covers_name(&self, words: &[String]) -> bool {
        self.parts.covers(words)
    }

    /// Returns whether the folded word is a part of the person's name.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.parts.words.contains(word)
    }

    /// Adds the person's own values as what shields other values inside them.
    pub(super) fn shield(&self, builder: &mut Builder) {
        for (kind, text) in self.identity.spellings() {
            builder.shield(sort_of(kind.as_str(), self.map.identifier(kind).compare), text);
        }
    }
}

fn is_initial(word: &str, of: &str) -> bool {
    word.chars().count() == 1 && of.starts_with(word)
}

/// Returns whether an address is one of those in the sets (folded): the beginning of one, or one
/// with its town.
pub(super) fn is_same_address(text: &str, sets: &[&BTreeSet<String>]) -> bool {
    let form = skeleton(text);
    let begins = |set: &&BTreeSet<String>| {
        set.range(form.clone()..).next().is_some_and(|own| own.starts_with(&form))
    };
    let goes_on = form.char_indices().skip(LINE).any(|(at, _)| {
        form.get(..at).is_some_and(|line| sets.iter().any(|set| set.contains(line)))
    });
    form.chars().count() >= LINE && (sets.iter().any(begins) || goes_on)
}

/// Returns the forms under which a written identifier is known: its letters and digits, and as a
/// telephone number.
pub(super) fn forms_of(text: &str) -> Vec<String> {
    let mut forms = vec![skeleton(text)];
    if text.bytes().filter(u8::is_ascii_digit).count() >= 9 {
        forms.extend(Compare::Phone.normalise(text));
    }
    forms.extend(unspelled(text).as_deref().map(skeleton));
    forms.retain(|form| !form.is_empty());
    forms
}

/// Returns an e-mail address that is spelled out (`ann [at] example [dot] org`) as it is meant.
fn unspelled(text: &str) -> Option<String> {
    text.find(['[', '(', '{', '<'])?;
    let parts = text.split(['[', ']', '(', ')', '{', '}', '<', '>']).map(str::trim);
    let sign = |part| match part {
        "at" | "AT" => "@",
        "dot" | "DOT" => ".",
        _ => part,
    };
    let meant: String = parts.map(sign).collect();
    (meant.contains('@') && !text.contains('@')).then_some(meant)
}
