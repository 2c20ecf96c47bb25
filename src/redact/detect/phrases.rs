//! The phrases that detectors ask for before they look closer: one pass finds which a text has.

use std::sync::{LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// In lower case; at most 128.
const PHRASES: [&str; 83] = [
    "dbs",
    "disclosure and barring",
    "disclosure number",
    "disclosure no",
    "certificate n",
    "hcpc",
    "health and care professions",
    "registrant",
    "company n",
    "company reg",
    "companies house",
    "registered in england",
    "registered number",
    "registered no",
    "crn",
    "incorporated",
    "blue badge",
    "council tax",
    "passport",
    "travel document",
    "::",
    "://",
    "www.",
    "@",
    "user",
    "login",
    "log-in",
    "screen name",
    "account name",
    "handle",
    "logged in as",
    "signed in as",
    "gamertag",
    "skype",
    "log in",
    "reg ",
    "reg:",
    "reg.",
    "regist",
    "vehicle",
    "car",
    "van ",
    "plate",
    "vrm",
    "vrn",
    "drives",
    "driving a",
    "parked",
    "dvla",
    "taxi",
    "lorry",
    "motorbike",
    "motorcycle",
    "sort",
    "co. reg",
    "co reg",
    "co. no",
    "reg. no",
    "fiesta",
    "focus",
    "corsa",
    "astra",
    "golf",
    "transit",
    "ford",
    "vauxhall",
    "bmw",
    "audi",
    "toyota",
    "nissan",
    "honda",
    "volkswagen",
    "mercedes",
    "peugeot",
    "renault",
    "citroen",
    "skoda",
    "kia",
    "hyundai",
    "volvo",
    "motor",
    "tyre",
    "mot ",
];

static SEARCH: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(PHRASES).ok());

/// Which phrases a text has, by bits.
#[derive(Clone, Copy)]
pub(super) struct Said(u128);

impl Said {
    /// Looks through a text in lower case.
    pub(super) fn of(lower: &str) -> Self {
        let Some(search) = &*SEARCH else { return Self(u128::MAX) };
        let found = search.find_overlapping_iter(lower);
        Self(found.fold(0, |said, found| said | 1 << found.pattern().as_usize().min(127)))
    }

    /// Returns whether the text has one of the phrases.
    pub(super) fn has(self, phrases: &Phrases) -> bool {
        self.0 & *phrases.bits.get_or_init(|| phrases.find()) != 0
    }
}

/// Some of the phrases that are looked for.
pub(super) struct Phrases {
    words: &'static [&'static str],
    bits: OnceLock<u128>,
}

impl Phrases {
    /// Takes phrases, each one of those that are looked for.
    pub(super) const fn of(words: &'static [&'static str]) -> Self {
        Self { words, bits: OnceLock::new() }
    }

    /// Returns their bits; all if one of them is not looked for, so that nothing is missed.
    fn find(&self) -> u128 {
        let bit = |word: &&str| PHRASES.iter().position(|known| known == word).map(|at| 1 << at);
        self.words.iter().map(bit).try_fold(0, |bits, bit| Some(bits | bit?)).unwrap_or(u128::MAX)
    }
}
