//! User names: after the words that say so, and handles (`@ada_h`).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::person::is_unheard_of;
use super::phrases::Phrases;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "username", kinds: &["username"], needs: Needs::Letters, find };

static NAMED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u:\b(?:user[ -]?names?|user[ -]?ids?|log-?in(?:[ ](?:name|id|user))?|screen[ ]name|",
        r"account[ ]name|handle|log(?:ged|s)?[ ][io]n[ ]as|sign(?:ed|s)?[ ]in[ ]as|gamertag|skype(?:[ ]id)?)",
        r#"(?:["']?[ ]?(?:is|was|:|=)[ ]?|[ ])|\buser(?:["']?[ ]?[:=][ ]?|[ ])"#,
        r#")["'“‘@]?((?i-u:[a-z0-9][a-z0-9._-]{1,30}[a-z0-9_]))"#,
    ))
    .ok()
});
static HANDLE: Pattern = LazyLock::new(|| {
    Regex::new(r"(?:^|[ \t\r\n(,;:])@([A-Za-z0-9_][A-Za-z0-9_.]{1,28}[A-Za-z0-9_])(?-u:\b)").ok()
});

static SAID: Phrases = Phrases::of(&[
    "user",
    "login",
    "log-in",
    "screen name",
    "account name",
    "handle",
    "log on as",
    "logged on as",
    "logged in as",
    "sign in as",
    "signed in as",
    "gamertag",
    "skype",
    "log in",
]);

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if seen.says(&SAID) {
        seen.caught(&NAMED, out, named);
    }
    if seen.text().contains('@') {
        seen.caught(&HANDLE, out, |seen, range| {
            let alone = !seen.after(&range).starts_with(['@', '/']);
            alone.then_some(Find(range, "username", 0.75))
        });
    }
}

/// Returns the name if it is no word of the sentence: after a colon or `is`, or with a digit or
/// sign in it.
fn named(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const WORDS: [&str; 22] = [
        "and", "the", "not", "was", "has", "for", "with", "page", "details", "or", "your", "their",
        "his", "her", "password", "to", "unknown", "changed", "wrong", "required", "invalid",
        "this",
    ];
    let written = seen.slice(range.clone()).to_ascii_lowercase();
    let before = seen.before(&range).trim_end_matches(['"', '\'', '@', ' ']);
    let named = ["username", "user name", "user-name", "user id", "screen name", "gamertag"]
        .iter()
        .any(|end| before.ends_with(end));
    let strange = named && written.len() > 4 && is_unheard_of(&written);
    let said = [":", "=", " is", " was", " as"].iter().any(|end| before.ends_with(end));
    let signs = written.bytes().any(|b| matches!(b, b'.' | b'_' | b'-'));
    let digits = written.bytes().any(|b| b.is_ascii_digit());
    let letters = written.bytes().any(|b| b.is_ascii_alphabetic());
    let odd = if before.ends_with("user") { digits && letters } else { digits || signs };
    let address = seen.after(&range).starts_with('@');
    let sound = (said || odd || strange) && !WORDS.contains(&written.as_str()) && !address;
    sound.then_some(Find(range, "username", if said { 0.9 } else { 0.8 }))
}
