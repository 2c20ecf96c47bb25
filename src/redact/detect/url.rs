//! Web addresses (RFC 3986 shapes in use).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::phrases::Asked;
use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "url", kinds: &["url"], needs: Needs::Signs, find };

static ADDRESS: Pattern = LazyLock::new(|| {
    Regex::new(r#"(?i-u:\b(?:(?:https?|ftp)://|www\.|(?:[a-z0-9-]+\.){1,4}(?:com|org|net|uk|example)/))[^ \t\r\n\x{A0}<>"\[\]{}|\\^`]+"#).ok()
});

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if seen.says(Asked::Addresses) {
        seen.everywhere(&ADDRESS, out, judge);
    }
}

/// Returns the address without the punctuation of the sentence around it.
fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let range = range.start..with_spaces(seen, range.end);
    let written = seen.slice(range.clone());
    let mut kept = written.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '\u{2019}', '*']);
    while kept.ends_with(')') && kept.matches(')').count() > kept.matches('(').count() {
        kept = kept.strip_suffix(')').unwrap_or(kept).trim_end_matches(['.', ',']);
    }
    let host = kept.split("://").last().unwrap_or_default();
    host.contains('.').then(|| Find(range.start..range.start + kept.len(), "url", 0.98))
}

/// Returns where an address ends that goes on behind spaces written `%20`, as far as addresses
/// commonly do. (Plain text has them as spaces, so that names are seen between them.)
fn with_spaces(seen: &Seen<'_>, mut end: usize) -> usize {
    const ENDS: &str = " \t\r\n\u{a0}<>\"[]{}|\\^`";
    const LONGEST: usize = 2048;
    let most = end + LONGEST;
    while end < most
        && seen.bytes().get(end) == Some(&b' ')
        && seen.origin(end..end + 1).len() == "%20".len()
    {
        let rest = seen.text().get(end + 1..).unwrap_or_default();
        end += 1 + rest.find(|c| ENDS.contains(c)).unwrap_or(rest.len());
    }
    end
}
