//! Names found once, found again: `Amira` where the text has `Mrs Amira Khan`, and what the local
//! parts of e-mail addresses spell.

use std::collections::BTreeSet;

use super::lexicon::{Class, Digest, class, digest};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// Words that are something else unless their neighbours say otherwise.
const DOUBTFUL: Class =
    Class::STOP.or(Class::WEAK).or(Class::PLACE).or(Class::BRAND).or(Class::JOB).or(Class::TITLE);

/// Returns the names that the e-mail addresses of the text spell: `amira.khan@` gives `amirakhan`,
/// and `amira` and `khan` where they are no ordinary words.
pub(super) fn mailed(text: &str) -> BTreeSet<Digest> {
    let mut names = BTreeSet::new();
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let before = text.get(..at).unwrap_or_default();
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '\''))
            .last()
            .map_or(at, |(start, _)| start);
        let local = before.get(start..).unwrap_or_default();
        let parts: Vec<&str> = local
            .split(['.', '_', '-'])
            .map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit()))
            .filter(|part| !part.is_empty())
            .collect();
        let sound = |part: &&str| {
            part.chars().all(char::is_alphabetic) && !class(part).has(Class::ROLE.or(Class::ORG))
        };
        if (1..=3).contains(&parts.len()) && parts.iter().all(sound) {
            learn(&parts, &mut names);
        }
    }
    names
}

fn learn(parts: &[&str], names: &mut BTreeSet<Digest>) {
    if parts.len() > 1 {
        names.insert(digest(parts));
    }
    let telling =
        |part: &&&str| part.chars().count() > 3 && !class(part).has(DOUBTFUL.or(Class::STREET));
    names.extend(parts.iter().filter(telling).map(|part| digest(&[part])));
}

/// Adds every further place where a word of a name stands.
pub(super) fn spread(page: &Page<'_>, names: &mut Vec<Name>) {
    let mut known: BTreeSet<Digest> = BTreeSet::new();
    for name in names.iter() {
        let strong = name.end - name.start > 1 || name.confidence >= 0.8;
        let words = (name.start..name.end).filter(|at| strong && is_telling(page, *at));
        known.extend(words.filter_map(|at| Some(page.word(at)?.digest)));
    }
    let mailed = !page.mailed.is_empty();
    if known.is_empty() && !mailed {
        return;
    }
    let sieve = known.iter().chain(&page.mailed).fold(0, |all, digest| all | digest.bit());
    let mut more: Vec<Name> = Vec::new();
    let mut taken = names.iter().peekable();
    for (at, word) in page.words.iter().enumerate() {
        while taken.peek().is_some_and(|name| name.end <= at) {
            taken.next();
        }
        let lower = word.shape == Shape::Lower;
        if !(word.is_capital() || lower) || taken.peek().is_some_and(|name| name.start <= at) {
            continue;
        }
        // Few words are names of the text: what costs more is asked of those.
        if sieve & word.digest.bit() == 0
            || !(known.contains(&word.digest) || page.mailed.contains(&word.digest))
            || lower && !is_small_name(page, at)
            || !stands_as_name(page, at)
        {
            continue;
        }
        match more.last_mut().filter(|last| last.end == at && page.gap(at).is_only(Gap::SPACE)) {
            Some(last) => last.end = at + 1,
            None => {
                let first = at.checked_sub(1).filter(|first| begins(page, *first, names));
                more.push(Name { start: first.unwrap_or(at), end: at + 1, confidence: 0.7 });
            }
        }
    }
    names.extend(more);
}

/// Returns whether a word that nobody has heard of begins a line before a surname found again, and is
/// in no name yet: `Amanuel Berhe`.
fn begins(page: &Page<'_>, at: usize, names: &[Name]) -> bool {
    page.gap(at).has(Gap::LINE)
        && page.gap(at + 1).is_only(Gap::SPACE)
        && page.class(at + 1).has(Class::SURNAME)
        && page.is_unheard_of(at)
        && names.get(names.partition_point(|name| name.end <= at)).is_none_or(|n| n.start > at)
}

/// Returns whether a word in small letters may stand for a person who is named elsewhere: it is no
/// ordinary word.
fn is_small_name(page: &Page<'_>, at: usize) -> bool {
    const SHORTEST: usize = 4;
    let unheard = page.class(at) == Class::default() && page.written(at).len() >= SHORTEST;
    (unheard || page.small_class(at).is_some()) && page.is_apart(at)
}

fn is_telling(page: &Page<'_>, at: usize) -> bool {
    let particle = page.class(at).has(Class::PARTICLE);
    page.word(at).is_some_and(|word| word.shape != Shape::Initial)
        && page.written(at).chars().count() > 1
        && (!particle || page.word(at).is_some_and(|word| word.is_capital()))
}

/// Returns whether a word that is known from a name stands for the person here.
fn stands_as_name(page: &Page<'_>, at: usize) -> bool {
    let other = Class::ORG.or(Class::STREET);
    let near = |at: usize| page.gap(at).is_only(Gap::SPACE);
    let place = page.class(at + 1).has(other)
        && near(at + 1)
        && page.word(at + 1).is_some_and(|word| word.is_capital());
    let firm = page.gap(at + 1).has(Gap::AND) || page.gap(at).has(Gap::AND);
    let saint =
        at.checked_sub(1).is_some_and(|before| matches!(page.written(before), "St" | "Saint"));
    if place || firm || saint {
        return false;
    }
    let class = page.class(at);
    if !class.has(DOUBTFUL.or(other)) {
        return true;
    }
    const ACTS: [&str; 10] =
        ["was", "is", "has", "had", "did", "does", "would", "could", "who", "were"];
    let month = matches!(page.written(at), "May" | "April" | "June" | "August");
    let acts = ACTS.contains(&page.written(at + 1)) && !month;
    let speaks = near(at + 1) && (acts || page.class(at + 1).has(Class::SPEECH));
    let told = at.checked_sub(1).is_some_and(|before| {
        near(at) && page.class(before).has(Class::SAY) && !page.gap(at).is_start()
    });
    speaks || told
}
