//! E-mail addresses (RFC 5322 shapes in use), also spelled out: `ann [at] example [dot] org`.

use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "email", kinds: &["email"], needs: Needs::Signs, find };

static ADDRESS: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"[\p{L}\p{N}_](?:[\p{L}\p{N}_.+'%#$!*=?^{|}~/-]*[\p{L}\p{N}_+-])?",
        r"\s?@\s?",
        r"(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]*[\p{L}\p{N}]",
    ))
    .ok()
});

static SPELLED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)[\p{L}\p{N}][\p{L}\p{N}_.+-]*(?:\s*[\[({<]\s*dot\s*[\])}>]\s*[\p{L}\p{N}_.+-]+){0,3}",
        r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*",
        r"[\p{L}\p{N}-]+(?:(?:\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*|\s+dot\s+|\.)[\p{L}\p{N}-]+)+",
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
    text.match_indices([']', ')', '}', '>']).any(|(at, _)| {
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
