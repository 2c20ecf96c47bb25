//! Dates with day, month and year, in the notations in use in the United Kingdom.

use std::ops::Range;
use std::sync::LazyLock;

use holdall_connector::Compare;
use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "date", kinds: &["date"], needs: Needs::Digits(3), find };

static DATE: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i-u)\b\d{4}-\d{2}-\d{2}|\b(?:\d{4}/\d{2}/\d{2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|",
        r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})|",
        r"\d{1,2}(?:st|nd|rd|th)?(?:[ ]of)?[ -]",
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?,?[ -](?:\d{4}|\d{2})|",
        r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?[ ]",
        r"\d{1,2}(?:st|nd|rd|th)?,?[ ]\d{4})\b",
    ))
    .ok()
});

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.numbers(3, &DATE, out, judge);
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let date = normal(written)?;
    let [year, month, day] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    let number = |text: &str| text.parse::<i16>().ok();
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let (before, after) = (seen.before(&range), seen.after(&range));
    let digit = |c: char| c.is_ascii_digit();
    let joined = before.strip_suffix(['.', '-', '/']).is_some_and(|rest| rest.ends_with(digit))
        || after.strip_prefix(['.', '-', '/']).is_some_and(|rest| rest.starts_with(digit));
    let dashed = written.len() == 8 && written.contains('-');
    let sort_code = dashed && seen.cue(&range, &["sort code", "sort-code", "sortcode"]).is_some();
    let alone = !after.starts_with(|c: char| c.is_alphanumeric())
        && !before.ends_with(|c: char| c.is_alphanumeric());
    (alone && !joined && !sort_code).then_some(Find(range, "date", 0.95))
}

/// Returns the date as year, month and day.
pub(super) fn normal(written: &str) -> Option<String> {
    Compare::Date.normalise(&without_ordinal(written))
}

/// Returns the date without the ending of its day: `31st of May` is `31 of May`.
fn without_ordinal(written: &str) -> String {
    let ends = ["st", "nd", "rd", "th"];
    let word = |word: &str| match ends.iter().find_map(|end| word.strip_suffix(end)) {
        Some(day) if day.bytes().all(|b| b.is_ascii_digit()) => day.to_owned(),
        _ => word.to_owned(),
    };
    written.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
