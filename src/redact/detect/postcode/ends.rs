//! Where an address ends: before its postcode, behind its town, without words that are no place.

use std::ops::Range;

use crate::redact::detect::person::{is_given, is_ordinary, is_town};
use crate::redact::detect::seen::Seen;
use crate::redact::detect::street::is_street;

/// Returns the address without a last part that is no place (`…, Please`), and with a town that
/// follows without a comma.
pub(super) fn with_town(seen: &Seen<'_>, range: Range<usize>) -> Range<usize> {
    let kept = without_tail(seen.slice(range.clone()));
    let end = range.start + kept.trim_end_matches([',', ' ', '\n', '.']).len();
    let rest = seen.text().get(end..).unwrap_or_default();
    let last = kept.trim_end_matches('.').rsplit([' ', ',']).next().unwrap_or_default();
    if is_county(last) && rest.starts_with(".,") {
        return range.start..end + 1;
    }
    let gap = rest.len() - rest.trim_start_matches([' ', '\n']).len();
    let word = rest.get(gap..).unwrap_or_default();
    let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    let town = word.get(..length).unwrap_or_default();
    let capital = town.starts_with(char::is_uppercase);
    if (1..=2).contains(&gap) && capital && is_town(town) {
        return range.start..end + gap + length;
    }
    // The last word of the line or cell, after a street in the same line.
    let beyond = word.get(length..).unwrap_or_default();
    let ends = beyond.is_empty() || beyond.starts_with(['\n', '"', '|', ';', '.']);
    let street = !kept.contains(',') && is_street(last);
    let name = length > 2 && capital && !is_given(town) && !is_ordinary(town);
    if gap == 1 && rest.starts_with(' ') && ends && street && name {
        return range.start..end + gap + length;
    }
    range.start..end
}

/// Returns the address without a last part that is no place, or without the words after a town
/// that are none: `…, Bedford Total`.
fn without_tail(written: &str) -> &str {
    let Some((head, tail)) = written.rsplit_once(',') else { return written };
    if !head.contains(char::is_alphabetic) && head.len() < 4 {
        return written;
    }
    let county = is_county(tail.trim()) || tail.trim_start().starts_with("Co. ");
    if is_ordinary(tail.trim()) && !county {
        return head;
    }
    let first = tail.trim_start().split(' ').next().unwrap_or_default();
    let rest = tail.trim_start().strip_prefix(first).unwrap_or_default().trim();
    let code = rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b' ');
    if !rest.is_empty() && is_town(first) && (code || is_ordinary(rest)) {
        return written.strip_suffix(rest).unwrap_or(written).trim_end();
    }
    written
}

/// Returns the address as far as its postcode, if one follows with nothing between but a town.
pub(super) fn upto_code(
    seen: &Seen<'_>,
    range: Range<usize>,
    codes: &[Range<usize>],
) -> Range<usize> {
    let next = codes.partition_point(|code| code.end < range.end);
    let Some(code) = codes.get(next).filter(|code| code.start > range.start) else {
        return range;
    };
    let between = seen.slice(range.end.min(code.start)..code.start);
    let lines = without_label(between);
    if lines.len() < between.len() && are_places(lines) {
        return range.start..range.end + lines.trim_end().len();
    }
    let plain = between.len() <= 60 && !between.contains(['.', ';', ':']);
    let town = between
        .split_whitespace()
        .all(|word| word.trim_matches(',').chars().next().is_none_or(|c| c.is_uppercase()));
    let label = between.to_ascii_lowercase();
    let labelled = label.contains("post") || label.contains("code");
    if !plain || !town || labelled {
        return range;
    }
    let address = seen.slice(range.start..code.start);
    range.start..range.start + address.trim_end_matches([',', ' ', '\n', '\t']).len()
}

/// Counties written short.
const COUNTIES: [&str; 20] = [
    "Beds",
    "Berks",
    "Bucks",
    "Cambs",
    "Ches",
    "Derbys",
    "Glos",
    "Hants",
    "Herts",
    "Hunts",
    "Lancs",
    "Leics",
    "Lincs",
    "Northants",
    "Notts",
    "Oxon",
    "Staffs",
    "Wilts",
    "Worcs",
    "Yorks",
];

/// Returns whether a word is a county written short, with a full stop or without.
pub(super) fn is_county(word: &str) -> bool {
    COUNTIES.contains(&word.strip_suffix('.').unwrap_or(word))
}

/// Returns a text without the label of a postcode that ends it.
fn without_label(text: &str) -> &str {
    let kept = text.trim_end_matches([' ', ':', '-', '"']);
    let labels = ["postcode", "post code", "p/code", "pcode", "pc"];
    let lower = kept.to_ascii_lowercase();
    let label = labels.into_iter().find(|label| lower.ends_with(label));
    let head = label.and_then(|label| kept.get(..kept.len() - label.len()));
    head.filter(|head| head.ends_with('\n')).unwrap_or(text)
}

/// Returns whether lines are the places that an address goes on with, one to three of them.
fn are_places(lines: &str) -> bool {
    const MOST: usize = 3;
    let mut names = lines.split('\n').map(|line| line.trim().trim_end_matches(','));
    let place = |line: &str| {
        line.starts_with(char::is_uppercase)
            && line.len() < 32
            && line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.'))
    };
    let count = names.clone().count();
    names.next() == Some("")
        && (3..=2 + MOST).contains(&count)
        && names.by_ref().take(count - 2).all(place)
        && names.next() == Some("")
}
