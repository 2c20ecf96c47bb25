//! Dates with day, month and year, in the notations in use in the United Kingdom.

use std::ops::Range;

use holdall_connector::Compare;

use super::bank::has_account_after;
use super::digits::{Run, is_edge};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "date", kinds: &["date"], needs: Needs::Digits(3), find };

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(1, out, judge, |bytes, run| match run.len() {
        1 | 2 => month_first(bytes, run).or_else(|| {
            let end = in_numbers(bytes, run).or_else(|| day_first(bytes, run));
            end.filter(|_| is_edge(bytes, run.start)).map(|end| run.start..end)
        }),
        4 => year_first(bytes, run).map(|end| run.start..end),
        _ => None,
    });
}

/// Returns the place after at least `least` and at most `most` digits that no other follows.
fn digits(bytes: &[u8], at: usize, least: usize, most: usize) -> Option<usize> {
    let count = bytes.get(at..)?.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
    (least..=most).contains(&count).then_some(at + count)
}

/// Returns the end of a year of two or four digits.
fn year(bytes: &[u8], at: usize) -> Option<usize> {
    let end = digits(bytes, at, 2, 4).filter(|end| end - at != 3)?;
    is_edge(bytes, end).then_some(end)
}

/// Returns the end of `31/05/1991`, `31.5.91`, `31-05-1991`.
fn in_numbers(bytes: &[u8], run: &Run) -> Option<usize> {
    let sign = *bytes.get(run.end).filter(|b| matches!(b, b'/' | b'.' | b'-' | b' '))?;
    if sign == b' ' {
        return spaced(bytes, run);
    }
    let month = digits(bytes, run.end + 1, 1, 2)?;
    (bytes.get(month) == Some(&sign)).then(|| year(bytes, month + 1)).flatten()
}

/// Returns the end of `31 05 1991`, with no other number beside it.
fn spaced(bytes: &[u8], run: &Run) -> Option<usize> {
    let end = run.start + "31 05 1991".len();
    let written = bytes.get(run.start..end)?;
    let digits = written.iter().enumerate().all(|(at, b)| match at {
        2 | 5 => *b == b' ',
        _ => b.is_ascii_digit(),
    });
    let year = matches!(written.get(6..8), Some(b"19" | b"20"));
    let beside =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let before = beside(run.start.checked_sub(2)) && bytes.get(run.start - 1) == Some(&b' ');
    let next = bytes.get(end..).unwrap_or_default();
    let clock = matches!(next, [b' ', _, _, b':', ..] | [b' ', _, b':', ..]);
    let after = beside(Some(end + 1)) && next.first() == Some(&b' ') && !clock;
    (digits && year && !before && !after && is_edge(bytes, end)).then_some(end)
}

/// Returns the end of `1991-05-31`, `1991/05/31`.
fn year_first(bytes: &[u8], run: &Run) -> Option<usize> {
    let sign = *bytes.get(run.end).filter(|b| matches!(b, b'/' | b'-'))?;
    let month = digits(bytes, run.end + 1, 2, 2)?;
    let end =
        (bytes.get(month) == Some(&sign)).then(|| digits(bytes, month + 1, 2, 2)).flatten()?;
    is_edge(bytes, run.start).then_some(end)
}

/// Returns the end of `31 May 1991`, `31st of May, 1991`, `31-May-91`.
fn day_first(bytes: &[u8], run: &Run) -> Option<usize> {
    let mut at = after_ordinal(bytes, run.end);
    if bytes.get(at..at + 3).is_some_and(|of| of.eq_ignore_ascii_case(b" of")) {
        at += 3;
    }
    let between = |at: usize| matches!(bytes.get(at), Some(b' ' | b'-')).then_some(at + 1);
    let start = between(at)?;
    let letters = bytes.get(start..)?.iter().take(10).take_while(|b| b.is_ascii_alphabetic());
    let mut end = start + letters.count();
    is_month(bytes.get(start..end)?).then_some(())?;
    end += usize::from(bytes.get(end) == Some(&b'.'));
    end += usize::from(bytes.get(end) == Some(&b','));
    year(bytes, between(end)?)
}

/// Returns where `May 31, 1991` or `May 31st 1991` stands, by its day.
fn month_first(bytes: &[u8], run: &Run) -> Option<Range<usize>> {
    let head = bytes.get(..run.start)?.strip_suffix(b" ")?;
    let head = head.strip_suffix(b".").unwrap_or(head);
    let letters = head.iter().rev().take(11).take_while(|b| b.is_ascii_alphabetic()).count();
    let start = head.len() - letters;
    (is_month(head.get(start..)?) && is_edge(bytes, start)).then_some(())?;
    let mut at = after_ordinal(bytes, run.end);
    at += usize::from(bytes.get(at) == Some(&b','));
    at = (bytes.get(at) == Some(&b' ')).then_some(at + 1)?;
    let end = digits(bytes, at, 4, 4).filter(|end| is_edge(bytes, *end))?;
    Some(start..end)
}

/// Returns the place after the ending of a day.
fn after_ordinal(bytes: &[u8], at: usize) -> usize {
    let end = bytes.get(at..at + 2).map(<[u8]>::to_ascii_lowercase);
    let ordinal = matches!(end.as_deref(), Some(b"st" | b"nd" | b"rd" | b"th"));
    if ordinal { at + 2 } else { at }
}

/// Returns whether letters begin like a month; which it is, is seen later.
fn is_month(letters: &[u8]) -> bool {
    const MONTHS: [&[u8]; 12] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
        b"dec",
    ];
    let head = letters.get(..3).unwrap_or_default();
    letters.len() <= 10 && MONTHS.iter().any(|month| head.eq_ignore_ascii_case(month))
}

/// Words after which three numbers with full stops are a version.
const VERSIONS: [&str; 16] = [
    "version",
    "v",
    "ver",
    "release",
    "build",
    "firmware",
    "fw",
    "software",
    "app",
    "patch",
    "changelog",
    "revert",
    "rollback",
    "bump",
    "upgrade",
    "downgrade",
];

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let written = seen.slice(range.clone());
    let date = normal(written)?;
    let [year, month, day] = date.split('-').collect::<Vec<_>>().try_into().ok()?;
    let number = |text: &str| text.parse::<i16>().ok();
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let (before, after) = (seen.before(&range), seen.after(&range));
    let digit = |c: char| c.is_ascii_digit();
    let model = seen.slice(range.start.saturating_sub(2)..range.start);
    let model = model.ends_with('-') && model.starts_with(|c: char| c.is_ascii_alphabetic());
    let joined = model
        || before.strip_suffix(['.', '-', '/']).is_some_and(|rest| rest.ends_with(digit))
        || after.strip_prefix(['.', '-', '/']).is_some_and(|rest| rest.starts_with(digit));
    let dashed = written.len() == 8 && written.contains(['-', '.']);
    let cued = || seen.bar(&range, &["sort code", "sort", "s/c", "sc"]).is_some();
    let sort_code = dashed && (cued() || has_account_after(seen, &range));
    let american = !written.contains(char::is_alphabetic) && {
        let mut parts = written.split(['-', '.', '/']).skip(1);
        let month = parts.next().and_then(|month| month.parse::<u8>().ok()).unwrap_or(0);
        month > 12 && parts.next().is_some_and(|year| year.len() == 2)
    };
    let version =
        written.len() < 9 && written.contains(['-', '.']) && seen.bar(&range, &VERSIONS).is_some();
    let turned = version
        || american
        || !written.starts_with(|c: char| c.is_alphabetic())
            && written.split(['-', '.', '/']).next().is_some_and(|first| {
                first.len() < 3 && first.parse::<u8>().is_ok_and(|day| day > 31)
            });
    let (tail, last) = written.split_at(written.len().saturating_sub(2));
    let short = !tail.ends_with(digit) && last.chars().all(digit);
    let clock = (written.contains(',') || written.contains(char::is_alphabetic) && short)
        && after.strip_prefix(':').is_some_and(|rest| rest.starts_with(digit));
    let logged = is_logged(written, before, after);
    let alone = !clock
        && !logged
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '%')
        && !before.ends_with(|c: char| c.is_alphanumeric());
    (alone && !joined && !sort_code && !turned).then_some(Find(range, "date", 0.95))
}

/// Returns whether it begins the stamp of a machine, at the start of a line and with the time to the
/// second. Midnight is none: so databases write out a date, perhaps of birth.
fn is_logged(written: &str, before: &str, after: &str) -> bool {
    const FORM: &[u8] = b" 99:99:99";
    let time = after.as_bytes().get(..FORM.len()).unwrap_or_default();
    let timed = time.len() == FORM.len()
        && time.iter().zip(FORM).all(|(byte, sign)| match sign {
            b'9' => byte.is_ascii_digit(),
            b' ' => matches!(byte, b' ' | b't'),
            _ => byte == sign,
        });
    let midnight = time.ends_with(b"00:00:00");
    let leads = before.is_empty() || before.ends_with(['\n', '[']);
    timed && !midnight && leads && written.len() == 10 && written.find('-') == Some(4)
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
