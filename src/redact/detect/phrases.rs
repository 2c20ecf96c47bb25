//! The phrases that detectors ask for before they look closer: one pass finds which a text has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;

use super::street::ROOMS;

/// What a detector asks of a text; without one of the phrases it finds nothing.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// Web addresses.
    Addresses,
    /// User names with a cue.
    Accounts,
    /// Lines of a log of logins.
    Logs,
    /// Hosts that somebody comes from.
    Hosts,
    /// Somebody who signs in or out.
    Signing,
    /// Licences of drivers.
    Licences,
    /// Numbers of companies.
    Companies,
    /// Rooms and flats, which begin an address.
    Rooms,
    /// Blue badges.
    Badges,
    /// Accounts of council tax.
    CouncilTax,
}

const ADDRESSES: [&str; 7] = ["://", "www.", ".com/", ".org/", ".net/", ".uk/", ".example/"];
const ACCOUNTS: [&str; 101] = [
    "assignee",
    "caseworker",
    "changed by",
    "clicked",
    "consultant",
    "deleted by",
    "done by",
    "downloaded by",
    "error by",
    "last editor",
    "locked by",
    "merged with",
    "officer",
    "operator",
    "printed by",
    "reset",
    "sent by",
    "shared by",
    "worker",
    " in as ",
    " on as ",
    "user",
    "login",
    "log-in",
    "screen name",
    "ccount",
    "handle",
    "gamer",
    "skype",
    "sign-in",
    "acct",
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
    "logged",
    "nick",
    "session by",
    "a/cs",
    "web id",
    " by :",
    " usr ",
    "reporter",
    "rights",
    "sudo",
    "reset for",
    "session belong",
    "password for",
    "_by",
    " added by",
    "comment by",
    "posted by",
    "actioned by",
    "submitted by",
    "entered by",
    "approved by",
    "closed by",
    "raised by",
    "session",
    "unlock",
    "actor=",
    "disable",
    "deactivate",
    "ad name",
    "log in is",
    "x name",
    "ig name",
    "snap name",
    "opened by",
    "viewed by",
    "accessed by",
    "amended by",
    "edited by",
    "exported by",
    "revoke",
    "dm from",
    "dms from",
    "reviewer",
    "ments on ",
    "banned",
    "also uses",
];
const LOGS: [&str; 19] = [
    "user",
    "login",
    "log-in",
    "logged",
    "logon",
    "sign-in",
    "udit",
    "access log",
    "log extract",
    "admin log",
    "vpn log",
    "lease",
    "rdp",
    "dhcp",
    " log\n",
    " log:",
    "nginx",
    "apache",
    "] \"get",
];
const HOSTS: [&str; 1] = [" from "];
const SIGNING: [&str; 8] = [
    " signed in",
    " logged in",
    " logged on",
    " logged out",
    " signed out",
    " is locked",
    " locked out",
    " is disabled",
];
const LICENCES: [&str; 5] = ["licen", " lic ", " lic:", " lic.", "(lic "];
const COMPANIES: [&str; 12] = [
    "compan",
    "co. no",
    "kyb",
    "crn",
    "subsidiary reg",
    "co no",
    "confirmation st",
    "psc",
    "conf stmt",
    "co list",
    "co. list",
    "ct600",
];
const BADGES: [&str; 2] = ["badge", "disabled"];
const COUNCIL_TAX: [&str; 15] = [
    "tax",
    "c/t",
    "ctr",
    "liab",
    " ct",
    "single person disc",
    "disregard",
    "revenues",
    "arrears",
    "summons",
    "banding",
    "empty property",
    "bailiff",
    "enforcement agent",
    "nulla bona",
];

/// All that can be asked, each with its phrases, in lower case.
const ALL: [(Asked, &[&str]); 10] = [
    (Asked::Addresses, &ADDRESSES),
    (Asked::Accounts, &ACCOUNTS),
    (Asked::Logs, &LOGS),
    (Asked::Hosts, &HOSTS),
    (Asked::Signing, &SIGNING),
    (Asked::Licences, &LICENCES),
    (Asked::Companies, &COMPANIES),
    (Asked::Rooms, &ROOMS),
    (Asked::Badges, &BADGES),
    (Asked::CouncilTax, &COUNCIL_TAX),
];

impl Asked {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Every phrase once, with the bits of all that is asked by it.
struct Search {
    phrases: DFA,
    bits: Vec<u16>,
}

static SEARCH: LazyLock<Option<Search>> = LazyLock::new(|| {
    let mut bits: BTreeMap<&str, u16> = BTreeMap::new();
    for (asked, phrases) in ALL {
        for phrase in phrases {
            *bits.entry(phrase).or_default() |= asked.bit();
        }
    }
    let phrases = DFA::builder().prefilter(false).build(bits.keys()).ok()?;
    Some(Search { phrases, bits: bits.into_values().collect() })
});

/// Which phrases a text has, by bits of what is asked.
#[derive(Clone, Copy)]
pub(super) struct Said(u16);

impl Said {
    /// Looks through a text in lower case. State by state: where phrases end does not matter, so that
    /// a search that gives every match does twice the work.
    pub(super) fn of(lower: &str) -> Self {
        let Some(search) = &*SEARCH else { return Self(u16::MAX) };
        let phrases = &search.phrases;
        let Ok(mut state) = phrases.start_state(Anchored::No) else { return Self(u16::MAX) };
        let mut said = 0;
        for byte in lower.bytes() {
            state = phrases.next_state(Anchored::No, state, byte);
            if phrases.is_special(state) && phrases.is_match(state) {
                let found = (0..phrases.match_len(state)).map(|n| phrases.match_pattern(state, n));
                let bits = found.filter_map(|phrase| search.bits.get(phrase.as_usize()));
                said = bits.fold(said, |said, bits| said | bits);
            }
        }
        Self(said)
    }

    /// Returns whether the text has one of the phrases that this asks for.
    pub(super) fn has(self, asked: Asked) -> bool {
        self.0 & asked.bit() != 0
    }
}
