//! Where the words stand after which a user name does, and what each tells.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::words::{ACCOUNTS, ACTS, BEHIND, IN, NAMES, PLACES, SEVERAL, USERS};
use crate::redact::detect::seen::Seen;

/// What a cue tells of the word after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tells {
    /// It is a user name: `username`.
    Name,
    /// Somebody is about under it: `posts as`.
    Acts,
    /// Somebody is logged in under it: `logged in as`.
    In,
    /// It may be the user: `user`, `login`.
    User,
    /// It may be somebody's name at this place: `insta`, `forum`.
    Place,
    /// It may be an account of any kind.
    Account,
    /// Somebody is said to be behind it: `also uses`, `banned`.
    Behind,
    /// Several follow: `logins`.
    Several,
}

/// A cue in a text.
pub(super) struct Cue {
    pub(super) range: Range<usize>,
    pub(super) tells: Tells,
}

/// The cues by their order in the search.
static ALL: LazyLock<Vec<(&'static str, Tells)>> = LazyLock::new(|| {
    let of = |words: &'static [&'static str], tells| words.iter().map(move |word| (*word, tells));
    of(&NAMES, Tells::Name)
        .chain(of(&IN, Tells::In))
        .chain(of(&ACTS, Tells::Acts))
        .chain(of(&USERS, Tells::User))
        .chain(of(&PLACES, Tells::Place))
        .chain(of(&ACCOUNTS, Tells::Account))
        .chain(of(&BEHIND, Tells::Behind))
        .chain(of(&SEVERAL, Tells::Several))
        .collect()
});

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(ALL.iter().map(|(word, _)| word))
        .ok()
});

/// Gives every cue of a text in lower case that is whole words.
pub(super) fn cues(lower: &str, mut with: impl FnMut(&Cue)) {
    let Some(search) = &*SEARCH else { return };
    let bytes = lower.as_bytes();
    let joins = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphanumeric())
    };
    let whole = |end: usize| bytes.get(end - 1) == Some(&b':') || !joins(Some(end));
    for found in search.find_iter(lower) {
        let start = found.start();
        if joins(start.checked_sub(1)) {
            continue;
        }
        let longest = ALL.get(found.pattern().as_usize()).filter(|_| whole(found.end()));
        // The longest may end inside a word, as in `user idris`.
        let shorter = || {
            let rest = lower.get(start..).unwrap_or_default();
            let fits = |(word, _): &&(&str, _)| {
                word.len() < found.len() && rest.starts_with(word) && whole(start + word.len())
            };
            ALL.iter().filter(fits).max_by_key(|(word, _)| word.len())
        };
        if let Some((word, tells)) = longest.or_else(shorter) {
            with(&Cue { range: start..start + word.len(), tells: *tells });
        }
    }
}

/// Returns whether a character may stand between a cue and its name.
pub(super) fn is_sign(c: char) -> bool {
    matches!(
        c,
        ' ' | '"'
            | '\''
            | ':'
            | '='
            | '-'
            | '>'
            | '('
            | ')'
            | '.'
            | '@'
            | ','
            | ']'
            | '*'
            | '`'
            | '\u{2018}'..='\u{201D}' | '\t'
    )
}

/// Returns whether the search goes on after a word.
pub(super) fn leads_on(word: &str) -> bool {
    const WORDS: [&str; 34] = [
        "will", "should", "name", "names", "id", "ids", "handle", "for", "the", "on", "account",
        "acct", "yes", "of", "user", "username", "portal", "insta", "system", "their", "his",
        "her", "by", "file", "boy", "client", "girl", "kid", "lad", "man", "pupil", "student",
        "tenant", "woman",
    ];
    WORDS.contains(&word) || says(word)
}

/// Returns whether a word says that what follows is the name.
pub(super) fn says(word: &str) -> bool {
    matches!(word, "is" | "was" | "be" | "as" | "called" | "named" | "being")
}

/// Words of the sentence even where a user name is said to stand.
const STOPS: [&str; 61] = [
    "disabled",
    "deleted",
    "removed",
    "created",
    "firstname",
    "lastname",
    "surname",
    "forename",
    "initial",
    "and",
    "the",
    "not",
    "was",
    "has",
    "for",
    "with",
    "page",
    "details",
    "or",
    "your",
    "their",
    "his",
    "her",
    "password",
    "to",
    "unknown",
    "changed",
    "wrong",
    "required",
    "invalid",
    "this",
    "admin",
    "administrator",
    "guest",
    "none",
    "n/a",
    "null",
    "a",
    "an",
    "it",
    "my",
    "our",
    "that",
    "someone",
    "somebody",
    "anyone",
    "same",
    "cant",
    "wont",
    "didnt",
    "isnt",
    "doesnt",
    "hasnt",
    "wasnt",
    "couldnt",
    "wouldnt",
    "havent",
    "arent",
    "tbc",
    "email",
    "locked",
];

/// Returns whether a word is one of the sentence even where a user name is said to stand.
pub(super) fn is_stop(word: &str) -> bool {
    STOPS.iter().any(|stop| word.eq_ignore_ascii_case(stop))
}

/// Returns whether an article or the like stands before a cue: `the user`.
pub(super) fn is_determined(seen: &Seen<'_>, cue: &Cue) -> bool {
    const WORDS: [&str; 15] = [
        "the", "a", "an", "each", "every", "any", "this", "that", "our", "new", "end", "per", "no",
        "one", "service",
    ];
    let before = seen.before(&cue.range).trim_end_matches(' ');
    WORDS.contains(&before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
}
