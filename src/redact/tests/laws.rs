//! What holds for every case: nothing withheld is left, the subject's own stays, redacting twice
//! is redacting once.

use base64::Engine;
use proptest::prelude::*;

use super::estate::{Estate, column, kind, redacted, scalars};
use crate::map::{Kind, Role};
use crate::redact::detect::detect;
use crate::redact::forms::Where;

const NAMES: [&str; 9] = [
    "Amira Khan",
    "Bilal Hart",
    "Zoë O'Neill",
    "Jean-Luc de Vries",
    "Grace May",
    "Łukasz Żak",
    "Will",
    "王小明",
    "Ann Lee",
];
const IDS: [&str; 5] =
    ["bo@example.net", "joann@example.net", "07700 900555", "AB 12 34 56 C", "100234567"];
const OWN: [&str; 5] = ["Ada Hart", "ada@example.org", "+44 7700 900001", "100017", "Hart, Ada"];
/// What stands between things in texts.
const GLUE: [&str; 12] =
    [" ", ", ", ". ", "\n", " (", ") ", "'s ", " [Person A] ", "\u{200B}", "-", " 12 ", " é💷 "];

/// Writes a value in another way.
fn disguise(text: &str, way: u8) -> String {
    match way % 12 {
        0 => text.to_uppercase(),
        1 => text.chars().flat_map(|c| [c, '\u{200B}']).collect(),
        2 => text.replace(' ', "  "),
        3 => text.replace('@', "&#64;"),
        4 => text.replace('@', " [at] "),
        6 => text.chars().flat_map(|c| [c, '\u{AD}']).collect(),
        7 => text.chars().map(wide).collect(),
        8 => text.chars().map(|c| format!("&#x{:x};", u32::from(c))).collect(),
        9 => text.replace('@', "%40").replace(' ', "\u{A0}"),
        10 => text.replace('@', "(at)"),
        5 => match text.rsplit_once(' ') {
            Some((first, last)) if !text.contains(|c: char| c.is_ascii_digit()) => {
                format!("{last}, {first}")
            }
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// Returns a letter, digit or sign of ASCII as a full-width form.
fn wide(c: char) -> char {
    let code = u32::from(c) + 0xFEE0;
    if ('!'..='~').contains(&c) { char::from_u32(code).unwrap_or(c) } else { c }
}

/// Packs a text as mails carry it.
fn pack(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(text)
}

fn piece() -> impl Strategy<Value = String> {
    let of = |list: &'static [&'static str]| prop::sample::select(list);
    prop_oneof![
        3 => (of(&NAMES), any::<u8>()).prop_map(|(name, way)| disguise(name, way)),
        3 => (of(&IDS), any::<u8>()).prop_map(|(id, way)| disguise(id, way)),
        2 => of(&OWN).prop_map(String::from),
        2 => of(&["Khan", "amira", "Mrs Lee", "order 12345678", "£1,002.34"]).prop_map(String::from),
        1 => of(&IDS).prop_map(|id| pack(&format!("She wrote from there: {id}."))),
        1 => "\\PC{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((piece(), prop::sample::select(&GLUE[..])), 0..8)
        .prop_map(|parts| parts.into_iter().map(|(piece, glue)| piece + glue).collect())
}

fn estate(name: &str, id: &str, kept: &str, texts: [&str; 2]) -> Estate {
    Estate::new(vec![
        column("who", Role::ThirdParty(Some(kind(Kind::NAME)))),
        column("id", Role::ThirdParty(None)),
        column("secret", Role::Credential),
        column("staff", Role::Staff(None)),
        column("own", Role::Person(kind(Kind::NAME))),
        column("text", Role::Text),
        column("data", Role::Data),
    ])
    .own(&[
        ("who", name),
        ("id", id),
        ("secret", "S3cret-9"),
        ("staff", kept),
        ("own", "Ada Hart"),
        ("text", texts[0]),
        ("data", texts[1]),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn nothing_withheld_is_left(
        name in prop::sample::select(&NAMES[..]),
        id in prop::sample::select(&IDS[..]),
        staff in prop::sample::select(&NAMES[..]),
        text in text(),
        data in text(),
    ) {
        let proposed = estate(name, id, staff, [&text, &data]).propose();
        for cell in scalars(&redacted(&proposed)[0]) {
            prop_assert_eq!(proposed.withheld.find(&cell, Where::Data), None, "{}", cell);
        }
    }

    #[test]
    fn redacting_again_changes_nothing(text in text(), data in text()) {
        let mut estate = estate("Amira Khan", "bo@example.net", "Tom Reed", [&text, &data]);
        let once = redacted(&estate.propose());
        estate.rows[0].record = once[0].clone();
        let twice = redacted(&estate.propose());
        prop_assert_eq!(scalars(&once[0]), scalars(&twice[0]));
    }

    #[test]
    fn the_subjects_own_always_stays(parts in prop::collection::vec((0..5_usize, piece()), 1..6)) {
        let line = |(own, other): &(usize, String)| format!("{}; {other}", OWN[*own]);
        let text = parts.iter().map(line).collect::<Vec<_>>().join("; ");
        let after = estate("Amira Khan", "bo@example.net", "Tom Reed", [&text, ""]).only();
        for own in OWN {
            let least = parts.iter().filter(|(n, _)| OWN[*n] == own).count();
            prop_assert!(after[5].matches(own).count() >= least, "{}\n{}", text, after[5]);
        }
    }

    #[test]
    fn spans_are_in_order_and_inside(text in text()) {
        let proposed = estate("Amira Khan", "bo@example.net", "Tom Reed", [&text, &text]).propose();
        for pair in proposed.proposals.windows(2) {
            if let (Some(a), Some(b)) = (&pair[0].span, &pair[1].span) {
                prop_assert!(pair[0].cell != pair[1].cell || a.end <= b.start);
                prop_assert!(b.end <= text.chars().count() && a.start < a.end);
            }
        }
    }

    #[test]
    fn any_text_is_safe(text in "\\PC*|(?s).{0,40}", name in "\\PC{0,20}", id in "\\PC{0,20}") {
        let proposed = estate(&name, &id, "", [&text, &text]).propose();
        for cell in scalars(&redacted(&proposed)[0]) {
            prop_assert_eq!(proposed.withheld.find(&cell, Where::Data), None);
        }
    }

    #[test]
    fn what_detectors_report_is_in_order_apart_and_inside(
        text in prop_oneof![text(), "\\PC*", "(?s).{0,60}", "[0-9A-Za-zé @.:/&#;<>%()+\\[\\]\u{AD}０-９-]{0,80}"],
    ) {
        let (length, mut free) = (text.chars().count(), 0);
        for span in detect(&text) {
            prop_assert!(span.start >= free && span.start < span.end && span.end <= length);
            prop_assert!(span.confidence > 0.0 && span.confidence <= 1.0);
            free = span.end;
        }
    }

    #[test]
    fn a_withheld_value_is_found_however_it_is_written(
        name in "[A-Z][a-zé]{2,8} [A-Z][a-zß]{2,8}",
        id in "[a-z]{2,6}[0-9]{0,3}@[a-z]{2,8}\\.(org|co\\.uk)|[0-9]{9,12}|0[1237][0-9]{9}",
        way in any::<u8>(),
        glue in prop::sample::select(&[" ", "\n", "(", "«", "; ", "\"", "é "][..]),
    ) {
        let withheld = estate(&name, &id, "", ["", ""]).propose().withheld;
        for value in [&name, &id] {
            let after: String = glue.chars().rev().collect();
            let text = format!("{glue}{}{after}", disguise(value, way));
            prop_assert!(withheld.find(&text, Where::Page).is_some(), "{}", text);
        }
    }
}
