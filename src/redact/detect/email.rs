//! E-mail addresses (RFC 5322 shapes in use), also spelled out: `ann [at] example [dot] org`.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr_iter, memchr3_iter};
use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "email", kinds: &["email"], needs: Needs::Signs, find };

static SPELLED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        "(?i-u:[0-9a-z_])",
        r"(?i-u:[0-9a-z_.+-])*",
        r"(?i-u:[ \t\r\n]*[\[({<][ \t\r\n]*dot[ \t\r\n]*[\])}>][ \t\r\n]*[0-9a-z_.+-]+){0,3}",
        r"(?i-u:[ \t\r\n]*[\[({<][ \t\r\n]*(?:at|@)[ \t\r\n]*[\])}>][ \t\r\n]*)",
        r"(?i-u:[0-9a-z-]+(?:(?:[ \t\r\n]*[\[({<][ \t\r\n]*(?:dot|\.)[ \t\r\n]*[\])}>][ \t\r\n]*",
        r"|[ \t\r\n]+dot[ \t\r\n]+|\.)[0-9a-z-]+)+)",
    ))
    .ok()
});

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let text = seen.text();
    let mut free = 0;
    for at in memchr_iter(b'@', text.as_bytes()) {
        if let Some(range) = around(text, free, at) {
            free = range.end;
            out.extend(address(seen, range));
        }
    }
    if is_spelled_somewhere(text) {
        seen.everywhere(&SPELLED, out, |_, range| Some(Find(range, "email", 0.9)));
    }
}

/// Returns where the address stands whose sign this is; nothing before `free` is part of it. One
/// white space may stand on either side of the sign.
fn around(text: &str, free: usize, sign: usize) -> Option<Range<usize>> {
    let head = text.get(free..sign)?;
    let end = free + head.strip_suffix([' ', '\t', '\r', '\n']).unwrap_or(head).len();
    let head = text.get(free..end)?;
    let local = |c: char| is_alphanumeric(c) || "_.+'%#$!*=?^{|}~/-".contains(c);
    let run = head.len() - head.trim_end_matches(local).len();
    let written = head.get(head.len() - run..)?;
    let written = written.trim_start_matches(|c| c != '_' && !is_alphanumeric(c));
    written.ends_with(|c| matches!(c, '_' | '+' | '-') || is_alphanumeric(c)).then_some(())?;
    Some(end - written.len()..host(text, sign + 1)?)
}

/// Returns where the name of a host ends that starts here, perhaps after a white space: labels with
/// dots between, the last of which begins with a letter.
fn host(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let start = text.len() - rest.strip_prefix([' ', '\t', '\r', '\n']).unwrap_or(rest).len();
    let (mut from, mut end, mut first) = (start, None, true);
    loop {
        let rest = text.get(from..)?;
        let label =
            rest.get(..rest.find(|c| c != '-' && !is_alphanumeric(c)).unwrap_or(rest.len()))?;
        let kept = label.trim_end_matches('-');
        let begins =
            label.starts_with(|c: char| c.is_ascii_alphabetic() || ('À'..'\u{2000}').contains(&c));
        if !first && begins && kept.chars().nth(1).is_some() {
            end = Some(from + kept.len());
        }
        let sound = label.starts_with(is_alphanumeric) && kept.len() == label.len();
        if !sound || !rest.get(label.len()..)?.starts_with('.') {
            return end;
        }
        (from, first) = (from + label.len() + 1, false);
    }
}

/// Returns whether a character is a letter or digit: of ASCII, or of the blocks of other scripts
/// rather than their exact members.
fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        _ => matches!(c,
            'À'..='\u{1FFF}' | '\u{2C60}'..='\u{2DFF}' | '\u{3040}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FDFF}' | '\u{10000}'..='\u{3FFFF}'),
    }
}

/// Returns whether `at` or its sign stands in brackets.
fn is_spelled_somewhere(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut opens = memchr3_iter(b'[', b'(', b'{', bytes).chain(memchr_iter(b'<', bytes));
    opens.any(|at| {
        let inner = text.as_bytes().get(at + 1..).unwrap_or_default().trim_ascii_start();
        let rest = match inner {
            [b'@', rest @ ..] | [b'a' | b'A', b't' | b'T', rest @ ..] => rest,
            _ => return false,
        };
        matches!(rest.trim_ascii_start().first(), Some(b']' | b')' | b'}' | b'>'))
    })
}

/// Returns the find, unless spaces around the sign make it a sentence (`meet @ 5.30pm`).
fn address(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let range = without_field(seen, range);
    let slice = seen.slice(range.clone());
    let (local, host) = slice.split_once('@')?;
    let spaced = local.ends_with(char::is_whitespace) || host.starts_with(char::is_whitespace);
    if !spaced {
        return Some(Find(range, "email", 0.99));
    }
    let both = local.ends_with(char::is_whitespace) && host.starts_with(char::is_whitespace);
    both.then_some(Find(range, "email", 0.8))
}

/// Returns the range without the name of a field before it: `contact=ann@example.org`. In an
/// address that returns mail, the sign belongs to it: `bounce+ann=example.org@example.com`.
fn without_field(seen: &Seen<'_>, range: Range<usize>) -> Range<usize> {
    let written = seen.slice(range.clone());
    let local = written.split('@').next().unwrap_or_default();
    let cut = local.rfind(['=', '|', '/', '?', '{', '}', '*', '!', '#', '$', '^', '~', '&']);
    match cut.filter(|at| !local.get(..*at).is_some_and(|head| head.contains('+'))) {
        Some(at) if at + 1 < local.len() => range.start + at + 1..range.end,
        _ => range,
    }
}
