//! When two identifying values are the same: each mode has a normal form, and values are the same
//! when their normal forms are equal. White space around a value never counts.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How two identifying values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compare {
    /// Character by character.
    Exact,
    /// Upper and lower case are the same.
    Caseless,
    /// Only the digits count.
    Digits,
    /// Case, spaces, dots and dashes are ignored.
    Compact,
    /// Telephone numbers: `+44 7700 900123` is `07700 900123` (Ofcom's numbering plan).
    Phone,
    /// Personal names: case, accents, titles, punctuation and `Last, First` order are ignored.
    Name,
    /// Calendar dates in the notations in use in the United Kingdom, day before month.
    Date,
}

impl Compare {
    /// Returns the normal form, or `None` where nothing is left that could identify anybody.
    pub fn normalise(self, text: &str) -> Option<String> {
        let text = text.trim();
        let form = match self {
            Self::Exact => text.to_owned(),
            Self::Caseless => fold(text),
            Self::Digits => digits(text),
            Self::Compact => fold(text).chars().filter(|c| !is_spacing(*c)).collect(),
            Self::Phone => phone(text),
            Self::Name => name(text),
            Self::Date => date(text).unwrap_or_else(|| fold(text)),
        };
        let form = form.trim();
        (!form.is_empty()).then(|| form.to_owned())
    }
}

/// Returns compatibility-composed lower case (full-width forms become plain ones).
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

fn is_spacing(c: char) -> bool {
    c.is_whitespace() || c == '.' || is_dash(c)
}

/// Returns whether the character is a hyphen, dash or minus sign (Unicode `Pd` and U+2212).
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{AD}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

fn digits(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_digit).collect()
}

/// Returns a British number in national form (`07700900123`), any other with `+` and country code.
fn phone(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let number = without_extension(&text);
    let international = number.trim_start_matches(['(', ' ', '\u{200E}']).starts_with('+');
    let all: String = number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let abroad = match all.strip_prefix("00") {
        Some(rest) => Some(rest),
        None if international => Some(all.as_str()),
        None if all.len() == 12 && all.starts_with("44") => Some(all.as_str()),
        None => None,
    };
    match abroad.filter(|rest| !rest.is_empty()) {
        Some(rest) => match rest.strip_prefix("44") {
            Some(national) => format!("0{}", national.trim_start_matches('0')),
            None => format!("+{rest}"),
        },
        None => plain,
    }
}

/// Returns the part before an extension (`ext 4`, `x4`, `#4`): what follows the first letter or
/// hash that stands after a digit.
fn without_extension(text: &str) -> &str {
    let Some(digit) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    let (head, tail) = text.split_at(digit);
    match tail.find(|c: char| c.is_alphabetic() || c == '#') {
        Some(cut) => text.get(..head.len() + cut).unwrap_or(text),
        None => text,
    }
}

/// Titles that are no part of a name. Compared after folding, without dots.
const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "rev",
    "revd",
    "reverend",
    "cllr",
    "councillor",
    "hon",
    "fr",
    "rabbi",
    "imam",
    "master",
];

fn name(text: &str) -> String {
    let (first, last) = match text.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() && !first.contains(',') => (first, last),
        _ => (text, ""),
    };
    let mut words = String::with_capacity(text.len() + 1);
    for part in [first, last] {
        if part.is_ascii() {
            add_words(&mut words, part);
        } else {
            add_words(&mut words, &unaccented(part));
        }
    }
    let mut words = words.as_str();
    while let Some((title, rest)) = words.split_once(' ')
        && TITLES.contains(&title)
    {
        words = rest;
    }
    words.to_owned()
}

/// Returns the text in lower case without accents, and without apostrophes beyond ASCII.
fn unaccented(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, '\u{2018}' | '\u{2019}' | '\u{2BC}'))
        .collect()
}

/// Adds each word in lower case, with a space between words. An apostrophe is no part of a word and
/// does not end it.
fn add_words(words: &mut String, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '`')) {
        let mut letters = word.chars().filter(|c| !matches!(c, '\'' | '`')).peekable();
        if letters.peek().is_some() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letters.map(|c| c.to_ascii_lowercase()));
    }
}

/// Returns the ISO form of a date, or `None` if the text is not one.
fn date(text: &str) -> Option<String> {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let day = text.split(['t', ' ']).next().filter(|d| d.contains('-') && d.len() == 10);
    let parts: Vec<&str> = day
        .unwrap_or(&text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty() && *p != "of")
        .collect();
    match parts.as_slice() {
        [one] if one.len() == 8 => {
            let number: u32 = one.parse().ok()?;
            iso(number / 10_000, number / 100 % 100, number % 100)
        }
        [year, month, day] if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            iso(year.parse().ok()?, month_of(month)?, day_of(day)?)
        }
        [a, b, year, ..] if parts.len() == 3 || year.len() == 4 => {
            let year = full_year(year)?;
            match (month_of(b), day_of(a)) {
                (Some(month), Some(day)) if month <= 12 => iso(year, month, day),
                _ => iso(year, month_of(a)?, day_of(b)?),
            }
        }
        _ => None,
    }
}

/// Returns a year of four digits; two digits mean the latest such year before 2030.
fn full_year(text: &str) -> Option<u32> {
    let number: u32 = text.parse().ok()?;
    match text.len() {
        4 => Some(number),
        2 if number < 30 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

fn month_of(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let index = MONTHS.iter().position(|m| text.starts_with(m))?;
    u32::try_from(index + 1).ok()
}

fn day_of(text: &str) -> Option<u32> {
    text.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let real = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    real.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(compare: Compare, values: &[&str]) {
        let forms: Vec<_> = values.iter().map(|v| compare.normalise(v)).collect();
        assert!(forms[0].is_some());
        for form in &forms {
            assert_eq!(form, &forms[0], "{values:?}");
        }
    }

    #[test]
    fn white_space_around_never_counts() {
        same(Compare::Exact, &["17", " 17", "17\u{A0}"]);
        assert_eq!(Compare::Exact.normalise("  "), None);
    }

    #[test]
    fn caseless_folds_beyond_ascii() {
        same(Compare::Caseless, &["Zoë@example.org", "ZOË@EXAMPLE.ORG", "zoe\u{308}@example.org"]);
    }

    #[test]
    fn phone_knows_the_british_plan() {
        same(
            Compare::Phone,
            &[
                "07700 900123",
                "+44 7700 900123",
                "+44 (0)7700 900123",
                "0044 7700-900-123",
                "447700900123",
                "(07700) 900.123 ext 4",
                "Tel: 07700 900123",
            ],
        );
        assert_eq!(Compare::Phone.normalise("+1 202 555 0123").unwrap(), "+12025550123");
        assert_eq!(Compare::Phone.normalise("n/a"), None);
    }

    #[test]
    fn name_ignores_how_it_is_written() {
        same(Compare::Name, &["Ada Hart", "Mrs ADA  HART", "Hart, Ada", "Dr. Áda Hart"]);
        same(Compare::Name, &["Siobhán O'Brien", "siobhan o’brien"]);
        same(Compare::Name, &["Anne-Marie Lee", "Anne Marie Lee"]);
        assert_ne!(Compare::Name.normalise("Ada Hart"), Compare::Name.normalise("Ada M Hart"));
    }

    /// The rule as it reads, character by character.
    fn name_by_the_rule(text: &str) -> String {
        let ordered = match text.split_once(',') {
            Some((last, first)) if !first.trim().is_empty() && !first.contains(',') => {
                format!("{first} {last}")
            }
            _ => text.to_owned(),
        };
        let plain: String = ordered
            .nfkd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .filter(|c| !matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`'))
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        while words.len() > 1 && words.first().is_some_and(|w| TITLES.contains(w)) {
            words.remove(0);
        }
        words.join(" ")
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, cases: 4000, ..Default::default() })]

        #[test]
        fn a_name_is_what_the_rule_says(
            text in "(Mrs?[. ]|DR )?([A-Za-z'`\u{2019}, .\u{eb}\u{130}\u{fb01}\u{301}-]|\\PC){0,12}"
        ) {
            proptest::prop_assert_eq!(name(&text), name_by_the_rule(&text));
        }
    }

    #[test]
    fn date_is_read_day_first() {
        same(
            Compare::Date,
            &[
                "1984-03-02",
                "02/03/1984",
                "2.3.84",
                "2 March 1984",
                "2nd of March 1984",
                "02nd March 1984",
                "March 2, 1984",
                "1984-03-02T00:00:00Z",
                "1984-03-02 00:00:00",
                "19840302",
            ],
        );
        same(Compare::Date, &["1984-12-31", "12/31/1984"]);
    }

    #[test]
    fn compact_and_digits_drop_separators() {
        same(Compare::Compact, &["QQ 12 34 56 C", "qq123456c", "QQ-12.34-56\u{2013}C"]);
        same(Compare::Digits, &["943 476 5919", "943-476-5919"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_safe_and_no_form_is_blank(text in "\\PC{0,40}") {
            for compare in [Compare::Exact, Compare::Caseless, Compare::Digits, Compare::Compact,
                            Compare::Phone, Compare::Name, Compare::Date] {
                if let Some(form) = compare.normalise(&text) {
                    proptest::prop_assert!(!form.is_empty() && form.trim() == form);
                }
            }
        }

        #[test]
        fn white_space_and_case_around_ascii_change_nothing(text in "[ -~]{0,20}") {
            for compare in [Compare::Caseless, Compare::Digits, Compare::Compact, Compare::Name] {
                let form = compare.normalise(&text);
                proptest::prop_assert_eq!(compare.normalise(&format!(" {text}\t")), form.clone());
                proptest::prop_assert_eq!(compare.normalise(&text.to_uppercase()), form);
            }
        }
    }
}
