//! Passport numbers: nine digits, or one or two letters and seven digits; only by context.

use std::ops::Range;

use super::cued::is_abbreviated;
use super::digits::{ends, is_edge, lead};
use super::seen::Seen;
use super::{Detector, Find, Needs};

pub(super) const DETECTOR: Detector =
    Detector { name: "passport", kinds: &["passport"], needs: Needs::Digits(5), find };

/// Words that a passport number follows.
const CUES: [&str; 16] = [
    "passport",
    "passport no",
    "passport num",
    "passport ref",
    "travel doc",
    "ppt",
    "pass.",
    "p/port",
    "pport",
    "uk passport",
    "ukpassport",
    "pass no",
    "pass port",
    "passport card",
    "pasport",
    "passprt",
];
/// Words of texts that speak of several.
const SPOKEN: [&str; 3] = ["passports", "passport num", "travel doc"];
/// Words after which another stands in a text that speaks of one.
const ANOTHER: [&str; 7] = ["hers", "his", "theirs", "own", "2nd one", "second one", "other one"];
/// How far they may stand before it, in bytes.
const NEAR: usize = 24;
/// Words after which such a number is something else.
const OTHERS: [&str; 17] = [
    "company n",
    "order",
    "tel",
    "phone",
    "licence",
    "invoice",
    "ref",
    "reference",
    "suffix",
    "visa",
    "ni no",
    "nino",
    "case",
    "flight",
    "p45",
    "p46",
    "p60",
];

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.placed(6, out, judge, |bytes, run| {
        if let Some(letters) = lead(bytes, run.start, 2, b" -")
            && !bytes.get(letters.start..=letters.end).is_some_and(is_word)
            && (6..=8 + usize::from(letters.end - letters.start == 1 && letters.end == run.start))
                .contains(&run.len())
            && is_edge(bytes, run.end)
        {
            return Some(letters.start..run.end);
        }
        if let Some(letters) = lead(bytes, run.start, 1, b"")
            && run.len() == 2
        {
            let end = ends(bytes, run.start, b" ").nth(7)?;
            return is_edge(bytes, end).then_some(letters.start..end);
        }
        let nine = ends(bytes, run.start, b" -.").nth(8)?;
        (is_edge(bytes, run.start) && is_edge(bytes, nine)).then_some(run.start..nine)
    });
    seen.placed(6, out, old, |bytes, run| {
        let end = run.end + 1;
        let letter = bytes.get(run.end).is_some_and(u8::is_ascii_uppercase) && is_edge(bytes, end);
        (letter && run.len() == 6 && is_edge(bytes, run.start)).then_some(run.start..end)
    });
    foreign(seen, out);
}

/// Returns whether two letters and the space after them are a word: `ID 70907311`.
fn is_word(letters: &[u8]) -> bool {
    [&b"id "[..], b"co ", b"no ", b"to ", b"is ", b"as "]
        .iter()
        .any(|w| letters.eq_ignore_ascii_case(w))
}

fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    let (before, after) = seen.neighbours(&range);
    let tied = before.is_some_and(|c| matches!(c, '+' | '/' | '£'))
        || after.is_some_and(|c| matches!(c, '-' | '/'));
    if !seen.stands_alone(&range) || tied || is_abbreviated(seen, &range) {
        return None;
    }
    if seen.is_cued(&range, &CUES, &OTHERS) {
        return Some(Find(range.clone(), "passport", seen.trust(&range, &CUES, 0.0)));
    }
    let before = seen.before(&range).trim_end_matches([' ', ':', '.', '#']);
    let named = [" number", " num", " no"].iter().find_map(|word| before.strip_suffix(word));
    let initials = named.unwrap_or(before);
    let initials = initials.strip_suffix("pp").is_some_and(|b| !b.ends_with(char::is_alphanumeric));
    if initials && seen.bar(&range, &OTHERS).is_none() {
        return Some(Find(range, "passport", 0.85));
    }
    if is_register(seen.slice(range.clone())) && seen.before(&range).ends_with('(') {
        return None;
    }
    if is_checked(seen, &range) {
        return Some(Find(range, "passport", 0.8));
    }
    let another = || {
        seen.bar(&range, &ANOTHER).is_some_and(|near| near <= NEAR)
            && seen.speaks(&range, &CUES)
            && seen.bar(&range, &OTHERS).is_none()
    };
    let lettered = seen.slice(range.clone()).starts_with(|c: char| c.is_ascii_uppercase())
        && range.len() >= 8
        && seen.speaks(&range, &CUES);
    let spoken = seen.bar(&range, &OTHERS).is_none() && (lettered || seen.speaks(&range, &SPOKEN));
    (spoken || another()).then_some(Find(range.clone(), "passport", 0.7))
}

/// Returns whether two letters are those of a register of companies, with six digits.
fn is_register(written: &str) -> bool {
    written.len() == 8
        && ["OC", "SC", "SO", "NI"].iter().any(|letters| written.starts_with(letters))
}

/// Returns whether a nationality, a check of the right to work or the heading of a column of documents
/// leads to the number, or it stands in brackets behind a name where a passport is spoken of.
fn is_checked(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const LIST: [&str; 8] = [
        "right to work",
        "rtw",
        "share code",
        "passport",
        "citizenship",
        "id check",
        "identity",
        "copy on file",
    ];
    let plain = range.len() >= 8 && !seen.slice(range.clone()).contains(['.', '-']);
    if !plain || seen.bar(range, &OTHERS).is_some() || !seen.speaks(range, &LIST) {
        return false;
    }
    let near = |words| seen.bar(range, words).is_some_and(|near| near <= CHECKED);
    let document = || {
        let mut heads = seen.headings(range.start).into_iter();
        heads.any(|head| head.trim().starts_with("document") || head.trim() == "id")
    };
    let owned = || {
        let before = seen.before(range);
        (before.ends_with("'s (") || before.ends_with("\u{2019}s (")) && seen.speaks(range, &CUES)
    };
    near(&["right to work", "rtw"]) || near(&NATIONS) || document() || owned()
}

/// How near a nationality or the name of a check stands, in bytes.
const CHECKED: usize = 12;
/// Nationalities, by which lists of documents tell whose they are.
const NATIONS: [&str; 30] = [
    "british",
    "irish",
    "polish",
    "indian",
    "pakistani",
    "nigerian",
    "ghanaian",
    "romanian",
    "bulgarian",
    "italian",
    "spanish",
    "portuguese",
    "french",
    "german",
    "dutch",
    "greek",
    "hungarian",
    "lithuanian",
    "latvian",
    "ukrainian",
    "russian",
    "chinese",
    "filipino",
    "american",
    "canadian",
    "australian",
    "kenyan",
    "somali",
    "turkish",
    "brazilian",
];

/// Returns an older number, six digits and a letter, right after the words that say so.
fn old(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const NEAR: usize = 12;
    let near = seen.bar(&range, &CUES).is_some_and(|near| near <= NEAR);
    (near && seen.stands_alone(&range)).then_some(Find(range, "passport", 0.8))
}

/// Finds what stands for a number right after the words that say so: nine letters and digits in any
/// order, as other countries have them.
fn foreign(seen: &Seen<'_>, out: &mut Vec<Find>) {
    for run in seen.runs(2) {
        let bytes = seen.bytes();
        let word = |b: &&u8| b.is_ascii_alphanumeric();
        let head = bytes.get(..run.start).unwrap_or_default().iter().rev().take(10);
        let start = run.start - head.take_while(word).count();
        let rest = bytes.get(start..).unwrap_or_default().iter().take(11);
        let range = start..start + rest.take_while(word).count();
        let written = seen.slice(range.clone());
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let mixed = (8..=9).contains(&written.len())
            && seen.stands_alone(&range)
            && (3..written.len()).contains(&digits)
            && !written.bytes().any(|b| b.is_ascii_lowercase());
        const NEAR: usize = 12;
        let letters = written.len() - digits;
        let near = || seen.bar(&range, &CUES).is_some_and(|near| near <= NEAR);
        let headed = || seen.cue(&range, &CUES).is_some_and(|near| near <= 2);
        let far = || {
            letters < 3
                && digits > 4
                && seen.is_cued(&range, &CUES, &OTHERS)
                && seen.bar(&range, &["number", "no", "num"]).is_some()
        };
        if mixed && (near() || headed() || far()) {
            out.push(Find(range, "passport", 0.9));
        }
    }
}
