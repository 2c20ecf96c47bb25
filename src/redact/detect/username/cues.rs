//! The words after which a user name stands.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

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
    /// Several follow: `logins`.
    Several,
}

/// A cue in a text.
pub(super) struct Cue {
    pub(super) range: Range<usize>,
    pub(super) tells: Tells,
}

const NAMES: [&str; 42] = [
    "username",
    "usernames",
    "user name",
    "user names",
    "user-name",
    "user id",
    "user ids",
    "userid",
    "user-id",
    "user login",
    "uname",
    "uid",
    "u/n",
    "un:",
    "u/name",
    "login id",
    "login name",
    "login user",
    "log-in name",
    "log-in id",
    "logon id",
    "logon name",
    "log on name",
    "log on id",
    "sign-in name",
    "sign-in id",
    "sign in name",
    "screen name",
    "screenname",
    "account name",
    "profile name",
    "forum name",
    "gamertag",
    "gamer tag",
    "skype id",
    "skype name",
    "samaccountname",
    "network id",
    "online id",
    "web id",
    "ad name",
    "name in ad",
];
const IN: [&str; 6] = ["in as", "on as", "then as", "in under", "on under", "password for"];
const ACTS: [&str; 30] = [
    "posts as",
    "posting as",
    "posted as",
    "posts under",
    "posting under",
    "posted under",
    "msgs as",
    "messages as",
    "messaging as",
    "messaged as",
    "chats as",
    "chatting as",
    "chatted as",
    "plays as",
    "playing as",
    "played as",
    "comments as",
    "commenting as",
    "commented as",
    "tweets as",
    "tweeting as",
    "streams as",
    "streaming as",
    "writes as",
    "authenticated as",
    "connects as",
    "connected as",
    "registered online as",
    "online as",
    "authenticates as",
];
const USERS: [&str; 33] = [
    "user",
    "usr",
    "login",
    "log-in",
    "logon",
    "log-on",
    "sign-in",
    "sign-on",
    "skype",
    "handle",
    "psn",
    "alias",
    "ad account",
    "ad acct",
    "network account",
    "domain account",
    "windows account",
    "guest acct",
    "guest account",
    "creds for",
    "user account",
    "session by",
    "created_by",
    "approved_by",
    "updated_by",
    "modified_by",
    "deleted_by",
    "closed_by",
    "opened_by",
    "assigned_to",
    "reporter",
    "actor",
    "log in is",
];
const SEVERAL: [&str; 13] = [
    "logins",
    "log-ins",
    "logons",
    "log-ons",
    "sign-ins",
    "users",
    "handles",
    "a/cs",
    "locked accounts",
    "user accounts",
    "edit rights",
    "access rights",
    "admin rights",
];
const PLACES: [&str; 44] = [
    "insta",
    "instagram",
    "ig:",
    "snapchat",
    "snap",
    "tiktok",
    "tik tok",
    "discord",
    "twitter",
    "telegram",
    "twitch",
    "reddit",
    "steam",
    "xbox",
    "playstation",
    "roblox",
    "minecraft",
    "fortnite",
    "portal",
    "forum",
    "profile",
    "display name",
    "facebook",
    "youtube",
    "goes by",
    "going by",
    "went by",
    "in with",
    "on with",
    "in using",
    "on using",
    "up as",
    "runs as",
    "portal as",
    "site as",
    "app as",
    "forum as",
    "nick",
    "nickname",
    "sudo",
    "reset for",
    "belonged to",
    "unlock",
    "profile for",
];
const ACCOUNTS: [&str; 23] = [
    "account",
    "acct",
    "acc",
    "account called",
    "vpn",
    "logged by",
    "created by",
    "updated by",
    "by :",
    "added by",
    "comment by",
    "posted by",
    "actioned by",
    "submitted by",
    "entered by",
    "approved by",
    "closed by",
    "raised by",
    "session",
    "logged under",
    "disable",
    "deactivate",
    "enable",
];

/// The cues by their order in the search.
static ALL: LazyLock<Vec<(&'static str, Tells)>> = LazyLock::new(|| {
    let of = |words: &'static [&'static str], tells| words.iter().map(move |word| (*word, tells));
    of(&NAMES, Tells::Name)
        .chain(of(&IN, Tells::In))
        .chain(of(&ACTS, Tells::Acts))
        .chain(of(&USERS, Tells::User))
        .chain(of(&PLACES, Tells::Place))
        .chain(of(&ACCOUNTS, Tells::Account))
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
    const WORDS: [&str; 24] = [
        "will", "should", "name", "names", "id", "ids", "handle", "for", "the", "on", "account",
        "acct", "yes", "of", "user", "username", "portal", "insta", "system", "their", "his",
        "her", "by", "file",
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
