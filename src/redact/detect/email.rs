//! E-mail addresses (RFC 5322 shapes in use), also spelled out: `ann [at] example [dot] org`.

use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "email", kinds: &["email"], needs: Needs::Signs, find };

/// The inside of a class of letters and digits: those of ASCII, and the blocks of other scripts
/// rather than their exact members, which take a hundred times as long to compile.
macro_rules! alnum {
    () => {
        r"0-9A-Za-z\x{C0}-\x{1FFF}\x{2C60}-\x{2DFF}\x{3040}-\x{D7FF}\x{F900}-\x{FDFF}\x{10000}-\x{3FFFF}"
    };
}

static ADDRESS: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        "[_",
        alnum!(),
        "](?:[_.+'%#$!*=?^{|}~/",
        alnum!(),
        "-]*[_+",
        alnum!(),
        "-])?",
        r"[ \t\r\n]?@[ \t\r\n]?",
        "(?:[",
        alnum!(),
        "](?:[",
        alnum!(),
        "-]*[",
        alnum!(),
        r"])?\.)+",
        r"[A-Za-z\x{C0}-\x{1FFF}][",
        alnum!(),
        "-]*[",
        alnum!(),
        "]",
    ))
    .ok()
});

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
    if text.contains('@') {
        seen.everywhere(&ADDRESS, out, address);
    }
    if is_spelled_somewhere(text) {
        seen.everywhere(&SPELLED, out, |_, range| Some(Find(range, "email", 0.9)));
    }
}

/// Returns whether `at` or its sign stands in brackets.
fn is_spelled_somewhere(text: &str) -> bool {
    let closed = text.bytes().enumerate().filter(|(_, b)| matches!(b, b']' | b')' | b'}' | b'>'));
    closed.map(|(at, _)| at).any(|at| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let tail = before.as_bytes().last_chunk::<2>();
        let cut = match tail {
            Some([_, b'@']) => 1,
            Some(pair) if pair.eq_ignore_ascii_case(b"at") => 2,
            _ => return false,
        };
        let head = before.get(..before.len() - cut).unwrap_or_default().trim_end();
        head.ends_with(['[', '(', '{', '<'])
    })
}

/// Returns the find, unless spaces around the sign make it a sentence (`meet @ 5.30pm`).
fn address(seen: &Seen<'_>, range: std::ops::Range<usize>) -> Option<Find> {
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
fn without_field(seen: &Seen<'_>, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let written = seen.slice(range.clone());
    let local = written.split('@').next().unwrap_or_default();
    let cut = local.rfind(['=', '|', '/', '?', '{', '}', '*', '!', '#', '$', '^', '~', '&']);
    match cut.filter(|at| !local.get(..*at).is_some_and(|head| head.contains('+'))) {
        Some(at) if at + 1 < local.len() => range.start + at + 1..range.end,
        _ => range,
    }
}
