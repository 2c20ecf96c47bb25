//! The phrases that detectors ask for before they look closer: one pass finds which a text has.

use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// In lower case; at most 64, one for each bit.
const PHRASES: [&str; 64] = [
    "://",
    "www.",
    ".com/",
    ".org/",
    ".net/",
    ".uk/",
    ".example/",
    "user",
    "login",
    "log-in",
    "screen name",
    "ccount",
    "handle",
    "gamer",
    " in as ",
    " on as ",
    "skype",
    "sign-in",
    "acct",
    "logged",
    "logon",
    "insta",
    "snapchat",
    "tiktok",
    "scord",
    "ortal",
    "orum",
    "nline",
    "sts as ",
    "ofile",
    "uid",
    "network",
    "u/n",
    "un:",
    "ing as ",
    "log-on",
    "creds",
    "alias",
    "twitter",
    "telegram",
    "xbox",
    "reddit",
    "vpn",
    "psn",
    "udit",
    "flat",
    "apartment",
    "apt",
    "unit",
    "suite",
    "room",
    "badge",
    "disabled",
    "tax",
    "c/t",
    "ctr",
    "liability order",
    "single person disc",
    "disregard",
    "revenues",
    "arrears listing",
    "summons",
    "banding",
    "empty property",
];

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        // One of so many phrases begins nearly everywhere: looking for beginnings first costs more.
        .prefilter(false)
        .build(PHRASES)
        .ok()
});

/// Which phrases a text has, by bits.
#[derive(Clone, Copy)]
pub(super) struct Said(u64);

impl Said {
    /// Looks through a text in lower case.
    pub(super) fn of(lower: &str) -> Self {
        let Some(search) = &*SEARCH else { return Self(u64::MAX) };
        let found = search.find_iter(lower);
        Self(found.fold(0, |said, found| said | 1 << found.pattern().as_usize().min(63)))
    }

    /// Returns whether the text has one of the phrases.
    pub(super) fn has(self, phrases: &Phrases) -> bool {
        self.0 & *phrases.bits.get_or_init(|| phrases.find()) != 0
    }
}

/// Some of the phrases that are looked for.
pub(super) struct Phrases {
    words: &'static [&'static str],
    bits: OnceLock<u64>,
}

impl Phrases {
    /// Takes phrases, each one of those that are looked for.
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        Self { words, bits: OnceLock::new() }
    }

    /// Returns their bits; all if one of them is not looked for, so that nothing is missed.
    fn find(&self) -> u64 {
        let bit = |word: &&str| PHRASES.iter().position(|known| known == word).map(|at| 1 << at);
        self.words.iter().map(bit).try_fold(0, |bits, bit| Some(bits | bit?)).unwrap_or(u64::MAX)
    }
}
