//! User names: after the words that say so, and handles (`@ada_h`).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::person::is_known_word;
use super::phrases::Phrases;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "username", kinds: &["username"], needs: Needs::Letters, find };

static NAMED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u:\b(?:user[ _-]?names?|user[ _-]?ids?|(?:log|sign)-?in(?:[ ](?:name|id|user))?|screen[ ]name|",
        r"account[ ]name|handle|log(?:ged|s)?[ ][io]n[ ]as|then[ ]as|sign(?:ed|s)?[ ]in[ ]as|gamertag|",
        r"skype(?:[ ](?:id|name|user[ ]?name))?)",
        r#"(?:["']?[ ]{0,2}(?:is|was|:|=|\.{2,}|to[ ]be|->|\()[ ]{0,2}|[ ])|\b(?:(?:acc|account|acct)[ ])?user(?:[ ]account)?(?:["']?[ ]?[:=][ ]?|[ ])|\b(?:acc|account|acct)(?:[ ]?[:=][ ]?|[ ](?:is[ ]|called[ ])?)"#,
        r#")["'“‘@]?((?i-u:[a-z0-9][a-z0-9._-]{1,30}[a-z0-9_]))"#,
    ))
    .ok()
});
static HANDLE: Pattern = LazyLock::new(|| {
    Regex::new(r"(?:^|[ \t\r\n(,;:])@([A-Za-z0-9_][A-Za-z0-9_.]{1,28}[A-Za-z0-9_])(?-u:\b)").ok()
});

static SAID: Phrases = Phrases::of(&[
    " in as ",
    " on as ",
    "user",
    "login",
    "log-in",
    "screen name",
    "account name",
    "handle",
    "gamertag",
    "skype",
    "sign-in",
    "login",
    "acct",
    "account called",
    "account is",
]);

/// What a log of logins speaks of.
static LOGGED: Phrases = Phrases::of(&["user", "login", "log-in", "logged", "logon", "sign-in"]);

/// Returns what starts the lines of a log, perhaps after a time, and is written like a user name:
/// `09:04 y.haddad deleted 3 files`.
fn logged<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let timed = line.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ':' | '-' | '/' | '[' | ']' | '.' | ' ')
        });
        let from = start + line.len() - timed.len();
        let length = timed.find(' ')?;
        let token = timed.get(..length)?;
        let small = token.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-')
        });
        let letters = token.starts_with(|c: char| c.is_ascii_lowercase());
        let signed =
            token.contains(['.', '_']) && token.ends_with(|c: char| c.is_ascii_alphanumeric());
        let numbered = token.ends_with(|c: char| c.is_ascii_digit());
        let sound = (4..=32).contains(&length) && small && letters && (signed || numbered);
        let heading = HEADINGS.contains(&token.replace(['_', '-'], " ").as_str());
        (sound && !heading && !token.contains("www.")).then_some(from..from + length)
    })
}

/// What a column of user names is headed.
const HEADINGS: [&str; 5] = ["username", "user name", "user id", "login", "login id"];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if seen.says(&SAID) {
        seen.caught(&NAMED, out, named);
        let cells = seen.below(&HEADINGS).into_iter();
        out.extend(
            cells
                .filter(|cell| is_token(seen.slice(cell.clone())))
                .map(|cell| Find(cell, "username", 0.9)),
        );
    }
    if seen.says(&LOGGED) {
        out.extend(logged(seen).map(|range| Find(range, "username", 0.7)));
    }
    if seen.text().contains('@') {
        seen.caught(&HANDLE, out, |seen, range| {
            let alone = !seen.after(&range).starts_with(['@', '/']);
            alone.then_some(Find(range, "username", 0.75))
        });
    }
}

/// Returns whether a cell is written like a user name: one word of letters, digits and few signs.
fn is_token(written: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (3..=32).contains(&written.len()) && written.bytes().all(sign)
}

/// Returns the name if it is no word of the sentence: after a colon or `is`, or with a digit or
/// sign in it.
fn named(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const WORDS: [&str; 22] = [
        "and", "the", "not", "was", "has", "for", "with", "page", "details", "or", "your", "their",
        "his", "her", "password", "to", "unknown", "changed", "wrong", "required", "invalid",
        "this",
    ];
    const NAMES: [&str; 12] = [
        "account name",
        "username",
        "user name",
        "user-name",
        "user id",
        "userid",
        "screen name",
        "gamertag",
        "login id",
        "login name",
        "sign-in name",
        "skype name",
    ];
    let written = seen.slice(range.clone()).to_ascii_lowercase();
    let before = seen.before(&range).trim_end_matches(['"', '\'', '@', ' ']);
    let named = NAMES.iter().any(|end| before.ends_with(end));
    let strange = named && written.len() > 2 && !is_known_word(&written);
    let said = [":", "=", " is", " was", " as", "(", ".."].iter().any(|end| before.ends_with(end));
    let signs = written.bytes().any(|b| matches!(b, b'.' | b'_' | b'-'));
    let digits = written.bytes().any(|b| b.is_ascii_digit());
    let letters = written.bytes().any(|b| b.is_ascii_alphabetic());
    let account = ["acc", "account", "acct", "acct is", "acc is", "account is", "account called"]
        .iter()
        .any(|end| before.trim_end_matches([':', '=', ' ']).ends_with(end));
    let user = before.trim_end_matches([':', '=', ' ']).ends_with("user") || account;
    let joined = written.contains('_') || written.contains('.') && letters;
    let odd = if user { digits && letters || joined } else { digits || signs };
    let address = seen.after(&range).starts_with('@');
    let bracketed = before.ends_with('(') && !digits && !signs && is_known_word(&written);
    let user_account = before.trim_end_matches([':', '=', ' ']).ends_with("user account");
    let sound = if account && !user_account { joined && letters } else { said || odd || strange };
    let sound = sound && !bracketed && !WORDS.contains(&written.as_str()) && !address;
    sound.then_some(Find(range, "username", if said { 0.9 } else { 0.8 }))
}
