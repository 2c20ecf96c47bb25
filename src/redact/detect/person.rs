//! People whom the text itself names: after a title or a word of kinship, in a greeting or a
//! signature. The span is the name without its title.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::seen::{Pattern, Seen};
use super::{Detector, Find, Needs};
use crate::redact::words::is_common;

pub(super) const DETECTOR: Detector =
    Detector { name: "person", kinds: &["person"], needs: Needs::Letters, find };

/// A word of a name: a capital, then letters; with a hyphen or apostrophe in it, perhaps.
macro_rules! word {
    () => {
        r"\p{Lu}(?:['’]?\p{L})*(?:[-'’]\p{Lu}?\p{L}+)*"
    };
}

static TITLED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Sir|Dame|Lady|Lord|Rev|Revd|Cllr|",
        r"Councillor|MR|MRS|MS|MISS|DR)\.?[ ]+",
        r"((?:\p{Lu}\.?[ ])*",
        word!(),
        r"(?:[ ](?:de|van|von|der|la|el|al|bin|ibn)(?:[ ]))?(?:[ ]?",
        word!(),
        r"(?:[ ]",
        word!(),
        r")?)?)",
    ))
    .ok()
});

static KIN: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?i:neighbour|sister|brother|mother|father|mum|dad|son|daughter|wife|husband|partner|",
        r"uncle|aunt|cousin|niece|nephew|grandmother|grandfather|friend|colleague|landlord|",
        r"flatmate|housemate|carer|witness|referee|sibling|stepfather|stepmother),?[ ]",
        r"(?:(?i:is|was|named|called|is called)[ ])?",
        r"((?:",
        word!(),
        r")(?:[ ]",
        word!(),
        r"){0,2})",
    ))
    .ok()
});

static SIGNED: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?m)^[ \t>]*(?:(?i:dear|hi|hello)[ ]|(?i:(?:kind |best |warm )?regards|yours \w+|many thanks|",
        r"sincerely|cheers),?\s*\n\s*)",
        r"((?:",
        word!(),
        r")(?:[ ]",
        word!(),
        r"){0,2})[ ]*[,!\n]",
    ))
    .ok()
});

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    seen.caught(&TITLED, out, |seen, range| Some(Find(unowned(seen, range), "person", 0.9)));
    seen.caught(&KIN, out, judge);
    seen.caught(&SIGNED, out, judge);
}

/// Returns the find unless its first word is no name by itself: `Dear Customer`.
fn judge(seen: &Seen<'_>, range: Range<usize>) -> Option<Find> {
    const NO_NAMES: [&str; 12] = [
        "sir", "madam", "sirs", "team", "all", "mr", "mrs", "ms", "miss", "dr", "resident",
        "tenant",
    ];
    let range = unowned(seen, range);
    let words: Vec<String> = seen.slice(range.clone()).split(' ').map(str::to_lowercase).collect();
    let first = words.first()?;
    let sound = !NO_NAMES.contains(&first.as_str()) && (words.len() > 1 || !is_common(first));
    sound.then_some(Find(range, "person", if words.len() > 1 { 0.8 } else { 0.65 }))
}

/// Returns the range without a possessive.
fn unowned(seen: &Seen<'_>, range: Range<usize>) -> Range<usize> {
    let written = seen.slice(range.clone());
    let bare = written.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    range.start..range.start + bare.len()
}
