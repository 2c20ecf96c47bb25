//! The phrases that detectors ask for before they look closer: one pass finds which a text has.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

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

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PHRASES).ok());

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

    /// Returns whether the text has the phrase; `None` if that was not looked for.
    pub(super) fn has(self, phrase: &str) -> Option<bool> {
        PHRASES.iter().position(|known| *known == phrase).map(|at| self.0 & (1 << at) != 0)
    }
}
