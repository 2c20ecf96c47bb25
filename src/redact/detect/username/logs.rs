//! User names in lists: columns of tables, and lines of logs.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};

use super::brackets::is_made;
use super::token::Token;
use crate::redact::detect::seen::Seen;

/// What a column of user names is headed.
const HEADINGS: [&str; 22] = [
    "username",
    "user name",
    "user id",
    "userid",
    "login",
    "login id",
    "user",
    "users",
    "uid",
    "logon",
    "login name",
    "user login",
    "handle",
    "screen name",
    "ad account",
    "network id",
    "windows login",
    "account name",
    "uname",
    "samaccountname",
    "sam account",
    "ad name",
];
/// Those of them below which people may stand by their names.
const OPEN: [&str; 5] = ["user", "users", "account name", "login name", "handle"];

/// Returns the cells of columns of user names that are written like one.
pub(super) fn columns<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let whole = |cell: &Range<usize>| {
        let token = Token::at(seen.text(), cell.start)?;
        (token.range == *cell && !token.is_other()).then_some(token)
    };
    let sure = move |cell: &Range<usize>| whole(cell).is_some_and(|token| token.written.len() > 2);
    let open = seen.below(&OPEN).into_iter();
    let named = open.filter(move |cell| {
        whole(cell).is_some_and(|t| t.is_strange() || t.is_small() && t.is_unknown())
    });
    let closed: Vec<&str> = HEADINGS.into_iter().filter(|head| !OPEN.contains(head)).collect();
    seen.below(&closed).into_iter().filter(sure).chain(named)
}

/// Returns the words that begin the lines from here on, after the sign of a list, while they do.
pub(super) fn below(text: &str, at: usize) -> impl Iterator<Item = Token<'_>> {
    let mut at = at + 1;
    let rest = text.get(at..).unwrap_or_default();
    rest.split_inclusive('\n').map_while(move |line| {
        let bare = line.trim_start_matches([' ', '-', '*', '>', '\u{2022}']);
        let start = at + line.len() - bare.len();
        at += line.len();
        let alone = |token: &Token<'_>| {
            token.range.len() == bare.trim_end().len() && token.is_small() && token.is_unknown()
        };
        Token::at(text, start).filter(|token| token.is_one_of_several() || alone(token))
    })
}

/// Returns the lines of a text with their ends, and where each starts.
fn whole_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]);
    let mut start = 0;
    ends.filter_map(move |end| {
        let line = (start, text.get(start..end)?);
        start = end;
        (!line.1.is_empty()).then_some(line)
    })
}

/// Returns what starts the lines of a log, perhaps after a time or a network address, and is written
/// like a user name: `09:04 y.haddad deleted 3 files`.
pub(super) fn lines<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    whole_lines(text).filter_map(move |(start, line)| {
        let (timed, addressed) = without_head(without_heading(line));
        let from = start + line.len() - timed.len();
        let length = timed.find([' ', '\n']).unwrap_or(timed.len());
        let token = Token::at(text, from).filter(|token| token.range.len() == length)?;
        let next = timed.get(length + 1..).unwrap_or_default();
        let is_timed = text.get(start..from).is_some_and(|time| time.contains(':'));
        let addressed = addressed || next.split(' ').next().is_some_and(is_address);
        let word = || token.is_small() && token.is_unknown() && length >= SHORTEST;
        let strange = || token.is_one_of_several() && token.has_unknown_part();
        let large = || next.starts_with('[') && token.is_large() && token.is_unknown();
        let named = || (strange() || word() || large()) && !EVENTS.contains(&token.written);
        let logged = addressed && named() || !next.is_empty() && is_logged(&token, is_timed, next);
        (logged && !token.is_other()).then_some(token.range)
    })
}

/// Returns what ends the lines of a log after a network address, and is written like a user name.
pub(super) fn ends<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    whole_lines(text).filter_map(move |(start, line)| {
        let kept = line.trim_end();
        let (head, last) = kept.split_at_checked(memrchr(b' ', kept.as_bytes())?)?;
        let last = last.get(1..)?;
        let before = memrchr(b' ', head.as_bytes()).map_or(0, |at| at + 1);
        is_address(head.get(before..)?).then_some(())?;
        let token = Token::at(text, start + kept.len() - last.len())?;
        let sound = token.is_joined() && token.has_unknown_part() && !token.is_other();
        (sound && token.written == last).then_some(token.range)
    })
}

/// Returns the first cells of rows that are made of the name in the second: `jolee;Jo Lee;active`.
pub(super) fn exports<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    const SIGNS: [char; 4] = [';', ',', '|', '\t'];
    const WORDS: usize = 4;
    let text = seen.text();
    whole_lines(text).filter_map(move |(start, line)| {
        let token = Token::at(text, start).filter(Token::is_small)?;
        let rest = line.get(token.range.len()..)?.trim_start_matches(' ').strip_prefix(SIGNS)?;
        let named = rest.split(SIGNS).next()?.trim();
        let name: Vec<String> = named.split(' ').take(WORDS + 1).map(str::to_lowercase).collect();
        let capitals =
            named.split(' ').take(WORDS).all(|word| word.starts_with(char::is_uppercase));
        let sound = !token.is_other() && name.len() <= WORDS && capitals;
        (sound && is_made(token.written, &name)).then_some(token.range)
    })
}

/// What happens beside network addresses in the logs of devices.
const EVENTS: [&str; 12] = [
    "assoc", "deauth", "disassoc", "reauth", "dhcpd", "sshd", "hostapd", "dnsmasq", "nginx",
    "httpd", "postfix", "eapol",
];

/// The fewest letters of a user name that is a word, beside a network address.
const SHORTEST: usize = 5;

/// Returns the words before the address of a host that somebody comes from: `mlubbock from
/// 10.20.31.44`.
pub(super) fn from_hosts<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    memchr::memmem::find_iter(seen.bytes(), " from ").filter_map(move |at| {
        let host = text.get(at + " from ".len()..)?.split([' ', '\n', ';', ')']).next()?;
        is_address(host.trim_end_matches('.')).then_some(())?;
        let start = text.get(..at)?.rfind([' ', '\n', '=', '"', '(']).map_or(0, |at| at + 1);
        let token = Token::at(text, start).filter(|token| token.range.end == at)?;
        let word = token.is_small() && token.is_unknown() && token.range.len() >= SHORTEST;
        let other = token.is_other() || token.is_field();
        (!other && (word || token.is_one_of_several())).then_some(token.range)
    })
}

/// Returns the words of letters and digits that are said to sign in: `pkaur22 signed in`.
pub(super) fn signing<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    let doing = [
        " signed in",
        " logged in",
        " logged on",
        " logged out",
        " signed out",
        " is locked",
        " locked out",
        " is disabled",
    ];
    doing.into_iter().flat_map(move |doing| {
        memchr::memmem::find_iter(seen.bytes(), doing).filter_map(move |at| {
            let start = text.get(..at)?.rfind([' ', '\n', '=', '"', '(']).map_or(0, |at| at + 1);
            let token = Token::at(text, start).filter(|token| token.range.end == at)?;
            let sound = token.is_one_of_several() && token.has_unknown_part();
            sound.then_some(token.range)
        })
    })
}

/// Returns a line without the words before a colon that an address follows: `Web log: 10.0.4.2 …`.
fn without_heading(line: &str) -> &str {
    const LONGEST: usize = 24;
    let head = line.as_bytes().get(..LONGEST).unwrap_or(line.as_bytes());
    let colon = memchr::memchr(b':', head);
    let rest = colon.and_then(|at| line.get(at..)).and_then(|rest| rest.strip_prefix(": "));
    let rest = rest.filter(|rest| rest.split(' ').next().is_some_and(is_address));
    rest.unwrap_or(line)
}

/// Returns a line without the time and the network addresses that begin it, and whether such an
/// address does.
fn without_head(line: &str) -> (&str, bool) {
    let (mut rest, mut addressed) = (line, false);
    let hexadecimal = |rest: &str| rest.starts_with(|c: char| c.is_ascii_hexdigit());
    while hexadecimal(rest)
        && let Some((_, next)) = rest.split_once(' ').filter(|(first, _)| is_address(first))
    {
        (rest, addressed) = (next.trim_start_matches([' ', '-']), true);
    }
    let timed = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ':' | '-' | '/' | '[' | ']' | '.' | ' ')
    });
    (timed, addressed)
}

/// Returns whether a word is an IPv4 or MAC address.
fn is_address(word: &str) -> bool {
    let word = word.trim_end_matches([',', ':', '\n']);
    let signed = || word.bytes().any(|b| matches!(b, b'.' | b':' | b'-'));
    let hexadecimal = |c: char| c.is_ascii_hexdigit();
    if word.len() < SHORTEST || !word.starts_with(hexadecimal) || !signed() {
        return false;
    }
    let hex = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let pairs = |sign: char| word.split(sign).count() == 6 && word.split(sign).all(hex);
    let four = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let fours = || word.split('.').count() == 3 && word.split('.').all(four);
    word.parse::<std::net::IpAddr>().is_ok() || pairs(':') || pairs('-') || fours()
}

/// Returns whether the first word of a line is a user name: with a sign in it or a digit at its end;
/// or, after a time and before what users do, any that is no word.
fn is_logged(token: &Token<'_>, timed: bool, next: &str) -> bool {
    const DONE: [&str; 22] = [
        "log",
        "sign",
        "opened",
        "open",
        "deleted",
        "viewed",
        "edited",
        "exported",
        "created",
        "updated",
        "downloaded",
        "printed",
        "failed",
        "renamed",
        "copied",
        "moved",
        "accessed",
        "amended",
        "uploaded",
        "saved",
        "sent",
        "read",
    ];
    let written = token.written;
    let joined = || written.contains(['.', '_']) && token.has_unknown_part();
    let numbered = || {
        written.ends_with(|c: char| c.is_ascii_digit())
            && token.is_telling()
            && (!written.contains('-') || token.has_unknown_part())
    };
    let apart = || token.is_unknown() || written.contains('-') && token.has_unknown_part();
    let acts = || timed && DONE.iter().any(|verb| next.starts_with(verb)) && apart();
    (4..=32).contains(&written.len())
        && written.starts_with(|c: char| c.is_ascii_lowercase())
        && token.is_small()
        && (joined() || numbered() || acts())
        && !HEADINGS.contains(&written.replace(['_', '-'], " ").as_str())
}
