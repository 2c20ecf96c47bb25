//! Network addresses: IPv4, IPv6 (RFC 5952 and its elders), MAC.

use std::ops::Range;

use memchr::memchr3_iter;

use super::digits::{Run, is_edge};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "network", kinds: &["ip", "mac"], needs: Needs::Digits(1), find };

/// Words after which four numbers are a version.
const VERSIONS: [&str; 17] = [
    "version", "ver", "v.", "v", "release", "build", "firmware", "upgrade", "fw", "sw", "rev",
    "revision", "update", "software", "driver", "rollback", "revert",
];
/// Words after which four small numbers are one.
const PATCHES: [&str; 2] = ["patch", "rolled back"];
/// What stands behind the hyphen of a version before its release.
const RELEASES: [&str; 7] = ["alpha", "beta", "build", "dev", "pre", "rc", "snapshot"];
/// Words that an address follows.
const CUES: [&str; 4] = ["ip", "address", "host", "server"];

/// How near words of versions have to stand to numbers as large as few versions have, in bytes.
const LARGE: usize = 9;

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.starting(4, out, v4, four_numbers);
    let bytes = seen.bytes();
    let (mut free, mut read) = (0, 0);
    for at in memchr3_iter(b':', b'-', b'.', bytes) {
        if let Some(range) = hardware(bytes, at).filter(|range| range.start >= free) {
            free = range.end;
            out.extend(mac(seen, range));
        } else if bytes.get(at) == Some(&b':') && at >= read.max(free) {
            let range = colons(bytes, at);
            read = range.end;
            out.extend(v6(seen, range));
        }
    }
    let listed = out.iter().any(|find| find.1 == "mac");
    if listed || memchr::memmem::find(seen.lower().as_bytes(), b"mac").is_some() {
        unsigned(seen, listed, out);
    }
}

/// Finds twelve hexadecimal digits without a sign in a text that speaks of such addresses, or has
/// others.
fn unsigned(seen: &Seen<'_>, listed: bool, out: &mut Vec<Find>) {
    const DIGITS: usize = 12;
    const CUES: [&str; 5] = ["mac", "wifi mac", "hardware address", "ethernet", "bssid"];
    const OTHERS: [&str; 8] = ["checksum", "commit", "crc", "hash", "key", "sha", "token", "uuid"];
    let bytes = seen.bytes();
    let hex = |b: &&u8| b.is_ascii_hexdigit();
    let mut free = 0;
    for run in seen.runs(1).filter(|run| run.len() < DIGITS) {
        let head = bytes.get(..run.start).unwrap_or_default().iter().rev().take(DIGITS);
        let start = run.start - head.take_while(hex).count();
        let whole =
            bytes.get(start..start + DIGITS).filter(|b| b.iter().all(|b| b.is_ascii_hexdigit()));
        let range = start..start + DIGITS;
        let sound = start >= free
            && whole.is_some_and(|b| b.iter().any(u8::is_ascii_alphabetic))
            && is_edge(bytes, range.start)
            && is_edge(bytes, range.end)
            && (listed && seen.bar(&range, &OTHERS).is_none() || seen.speaks(&range, &CUES));
        if sound {
            free = range.end;
            out.push(Find(range, "mac", 0.85));
        }
    }
}

/// Returns where four numbers with dots between end.
fn four_numbers(bytes: &[u8], run: &Run) -> Option<usize> {
    let mut at = run.start;
    for number in 0..4 {
        if number > 0 {
            at = (bytes.get(at) == Some(&b'.')).then_some(at + 1)?;
        }
        let digits = bytes.get(at..)?.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        at = (1..=3).contains(&digits).then_some(at + digits)?;
    }
    is_edge(bytes, at).then_some(at)
}

/// Returns where six pairs, or three fours, of hexadecimal digits stand of which this is the first
/// sign between.
fn hardware(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let sign = *bytes.get(at)?;
    let pairs = sign != b'.'
        || at > 2 && bytes.get(at - 3) == Some(&b'.')
        || bytes.get(at + 3) == Some(&b'.');
    let (group, groups) = if pairs { (2, 6) } else { (4, 3) };
    let start = at.checked_sub(group)?;
    let range = start..start + (group + 1) * groups - 1;
    let sound = bytes.get(range.clone())?.iter().enumerate().all(|(n, b)| match n % (group + 1) {
        n if n == group => *b == sign,
        _ => b.is_ascii_hexdigit(),
    });
    (sound && is_edge(bytes, range.start) && is_edge(bytes, range.end)).then_some(range)
}

/// Returns the hexadecimal digits and colons around a colon, and the dotted number that may end
/// them.
fn colons(bytes: &[u8], at: usize) -> Range<usize> {
    let part = |b: &&u8| b.is_ascii_hexdigit() || **b == b':';
    let before = bytes.get(..at).unwrap_or_default().iter().rev().take_while(part).count();
    let after = bytes.get(at..).unwrap_or_default().iter().take_while(part).count();
    at - before..at + after
}

fn v4(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    seen.slice(range.clone()).parse::<std::net::Ipv4Addr>().ok()?;
    let before = seen.before(&range);
    let after = seen.after(&range);
    let longer = before.ends_with('.')
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let large = seen.slice(range.clone()).split('.').any(|part| part.len() == 3);
    let reach = if large { LARGE } else { usize::MAX };
    let patch = || !large && seen.bar(&range, &PATCHES).is_some();
    let released = after
        .strip_prefix('-')
        .is_some_and(|rest| RELEASES.iter().any(|release| rest.starts_with(release)));
    let version = before.ends_with('v')
        || released
        || patch()
        || seen.is_cued(&range, &VERSIONS, &CUES)
            && seen.bar(&range, &VERSIONS).is_some_and(|near| near <= reach);
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
    let sign = |c: Option<char>| c.is_some_and(|c| matches!(c, ':' | '-'));
    let next = seen.bytes().get(range.end + 1).is_some_and(u8::is_ascii_hexdigit);
    let longer = sign(before) || sign(after) && next;
    let told = || written.contains(':') || seen.speaks(&range, &["mac", "hardware address"]);
    ((hex || told()) && !longer && seen.stands_alone(&range)).then_some(Find(range, "mac", 0.95))
}
