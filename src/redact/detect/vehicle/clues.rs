//! Words right beside letters and digits that make them a registration, or a product.

use std::ops::Range;

use crate::redact::detect::person::is_known_word;
use crate::redact::detect::seen::Seen;

/// Colours of cars.
const COLOURS: [&str; 16] = [
    "beige", "black", "blue", "bronze", "brown", "cream", "dark", "gold", "gray", "green", "grey",
    "maroon", "purple", "red", "silver", "white",
];
/// What happens to cars, and the words for them.
const WORDS: [&str; 22] = [
    "bumped",
    "car",
    "clipped",
    "damaged",
    "dented",
    "hit",
    "into",
    "keyed",
    "motorbike",
    "plate",
    "rammed",
    "reg",
    "scooter",
    "scraped",
    "scratched",
    "struck",
    "towed",
    "van",
    "veh",
    "vehicle",
    "vrm",
    "vrn",
];
/// Parts of cars.
const PARTS: [&str; 14] = [
    "alloy",
    "alloys",
    "bonnet",
    "boot",
    "bumper",
    "door",
    "headlight",
    "mirror",
    "nearside",
    "offside",
    "tyre",
    "tyres",
    "wing",
    "windscreen",
];
/// Things whose products have such codes.
const GOODS: [&str; 10] = [
    "batch",
    "bracket",
    "cartridge",
    "fitting",
    "fixing",
    "hinge",
    "panel",
    "roll",
    "toner",
    "valve",
];

/// Returns whether a colour stands right before.
pub(super) fn is_coloured(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    word_before(seen, range).is_some_and(|word| COLOURS.contains(&word))
}

/// Returns whether three letters that are no word and two digits or three stand right behind a word
/// for cars or what happens to them, in a text about them: `clipped qzk 412`.
pub(super) fn is_worded(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const ABOUT: [&str; 9] =
        ["car ", "van ", "vehicle", "driv", "parked", "taxi", "car park", "lorry", "keeper"];
    const UNITS: [&str; 5] = ["reg", "ext", "ref", "tel", "hrs"];
    let written = seen.slice(range.clone());
    let letters = written.get(..3).unwrap_or_default();
    let digits = written.get(3..).unwrap_or_default();
    let digits = digits.strip_prefix(' ').unwrap_or(digits);
    letters.bytes().all(|b| b.is_ascii_lowercase())
        && (2..=3).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !is_known_word(letters)
        && !UNITS.contains(&letters)
        && word_before(seen, range).is_some_and(|word| WORDS.contains(&word))
        && seen.speaks(range, &ABOUT)
}

/// Returns whether three capitals that are no word and digits stand right before a part of a car, where
/// something is damaged.
pub(super) fn has_part(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const DAMAGE: [&str; 6] = ["damag", "pothole", "scratch", "dent", "collision", "rta"];
    let written = seen.slice(range.clone());
    let letters = written.bytes().take_while(u8::is_ascii_uppercase).count();
    let after = seen.after(range);
    let next = after.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.', ';']).next());
    letters == 3
        && written.bytes().filter(u8::is_ascii_digit).count() > 1
        && next.is_some_and(|word| PARTS.contains(&word))
        && seen.stands_alone(range)
        && seen.speaks(range, &DAMAGE)
}

/// Returns whether three capitals and two digits or three stand where somebody is driven `in` them, or
/// alone between dashes in the note of an assessor of damage.
pub(super) fn is_conveyed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const RIDES: [&str; 7] =
        ["arrived", "came", "collected", "driven", "drives", "driving", "drove"];
    const LOSSES: [&str; 9] = [
        "cat b",
        "cat n",
        "cat s",
        "engineer's note",
        "pav",
        "repairable",
        "salvage",
        "total loss",
        "write-off",
    ];
    let written = seen.slice(range.clone());
    let letters = written.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = written.bytes().rev().take_while(u8::is_ascii_digit).count();
    let before = seen.before(range);
    let inside = || before.ends_with(" in ") && seen.is_said_here(range, &RIDES);
    let lost = || before.ends_with(" - ") && seen.speaks(range, &LOSSES);
    letters == 3
        && (2..=3).contains(&digits)
        && seen.stands_alone(range)
        && (inside() || lost() && seen.after(range).starts_with(" -"))
}

/// Returns whether up to two letters and digits are the number of a licence and no plate: that of a
/// taxi behind `plate`, where the registration is said besides; an operator's permit; a registration
/// of a profession.
pub(super) fn is_licensed(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    const TRADES: [&str; 6] = ["hackney", "licensing", "phv", "private hire", "taxi", "taxis"];
    const PERMITS: [&str; 3] = ["section 19", "section 22", "hcpc"];
    let written = seen.slice(range.clone());
    let letters = written.bytes().take_while(u8::is_ascii_alphabetic).count();
    let plate = || {
        seen.is_said_here(range, &["plate"])
            && matches!(word_before(seen, range), Some("plate" | "no" | "number"))
            && seen.after(range).contains("reg")
            && seen.speaks(range, &TRADES)
    };
    letters < 3
        && written.ends_with(|c: char| c.is_ascii_digit())
        && (seen.is_said_here(range, &PERMITS) || plate())
}

/// Returns whether a thing that has such codes stands right before, or a count of things after: ` x
/// 232`.
pub(super) fn is_goods(seen: &Seen<'_>, range: &Range<usize>) -> bool {
    let counted = seen.after(range).strip_prefix(" x ");
    counted.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || word_before(seen, range).is_some_and(|word| GOODS.contains(&word))
}

/// Returns the word that ends right before, with no more than a space between.
fn word_before<'s>(seen: &'s Seen<'_>, range: &Range<usize>) -> Option<&'s str> {
    seen.before(range).strip_suffix(' ')?.rsplit(|c: char| !c.is_alphanumeric()).next()
}
