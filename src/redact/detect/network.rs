//! Network addresses: IPv4, IPv6 (RFC 5952 and its elders), MAC.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "network", kinds: &["ip", "mac"], needs: Needs::Digits(1), find };

static V4: Pattern = LazyLock::new(|| Regex::new(r"(?-u)\b(?:\d{1,3}\.){3}\d{1,3}\b").ok());
static V6: Pattern =
    LazyLock::new(|| Regex::new(r"(?-u)[0-9A-Fa-f:]{2,}(?:\d{1,3}(?:\.\d{1,3}){3})?").ok());
static MAC: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b|\b[0-9a-f]{2}(?:-[0-9a-f]{2}){5}\b|",
        r"\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b",
    ))
    .ok()
});

/// Words after which four numbers are a version.
const VERSIONS: [&str; 7] = ["version", "ver", "v.", "release", "build", "firmware", "upgrade"];
/// Words that an address follows.
const CUES: [&str; 4] = ["ip", "address", "host", "server"];

/// Returns whether two colons stand together, or with no more than four hexadecimal digits between
/// them and one of those in front: `12:30:05` alone does so too, prose does not.
fn has_v6_colons(text: &str) -> bool {
    let colons = text.bytes().enumerate().filter(|(_, b)| *b == b':').map(|(at, _)| at);
    let mut last = None;
    let mut close = 0;
    for at in colons {
        let between = last.and_then(|last: usize| text.as_bytes().get(last + 1..at));
        let near = between.is_some_and(|b| b.len() <= 4 && b.iter().all(u8::is_ascii_hexdigit));
        close = if near { close + 1 } else { 0 };
        if close >= 2 || between.is_some_and(<[u8]>::is_empty) {
            return true;
        }
        last = Some(at);
    }
    false
}

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers(4, &V4, out, v4);
    if has_v6_colons(seen.text()) {
        seen.everywhere(&V6, out, v6);
        seen.everywhere(&MAC, out, mac);
    } else {
        seen.numbers(1, &MAC, out, mac);
    }
}

fn v4(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    seen.slice(range.clone()).parse::<std::net::Ipv4Addr>().ok()?;
    let before = seen.before(&range);
    let after = seen.after(&range);
    let longer = before.ends_with('.')
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let version = before.ends_with('v') || seen.is_cued(&range, &VERSIONS, &CUES);
    (!longer && !version && seen.stands_alone(&range)).then_some(Find(range, "ip", 0.95))
}

fn v6(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let trimmed = match written.strip_suffix(':') {
        Some(rest) if !rest.ends_with(':') => rest,
        _ => written,
    };
    let range = range.start..range.start + trimmed.len();
    trimmed.parse::<std::net::Ipv6Addr>().ok()?;
    let telling = trimmed.bytes().any(|b| b.is_ascii_digit()) && trimmed.len() > 2;
    (telling && seen.stands_alone(&range)).then_some(Find(range, "ip", 0.95))
}

fn mac(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let hex = written.bytes().any(|b| b.is_ascii_alphabetic());
    let (before, after) = seen.neighbours(&range);
    let longer = [before, after].into_iter().flatten().any(|c| matches!(c, ':' | '-'));
    ((hex || written.contains(':')) && !longer && seen.stands_alone(&range))
        .then_some(Find(range, "mac", 0.95))
}
