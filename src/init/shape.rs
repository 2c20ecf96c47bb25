//! What the values of a column look like. Only counts and hashes are kept, never a value.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use holdall_connector::{Compare, Value};

use crate::redact::detect::detect;

/// What one value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Email,
    Phone,
    Nino,
    Nhs,
    Upn,
    Vehicle,
    Address,
    Ip,
    Url,
    Date,
    Flag,
    Integer,
    Number,
    /// Long and random.
    Secret,
    /// A short mixture of letters, digits and signs.
    Code,
    /// Words in capitals, as people's and firms' names are.
    Name,
    /// Other words, not many.
    Words,
    /// A sentence or more.
    Text,
    /// Bytes.
    Bytes,
}

const FORMS: usize = 19;

/// More different values than this are not told apart.
const DISTINCT: usize = 20_000;

/// What the values of a column look like together.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    /// Values that say something.
    pub(super) filled: usize,
    /// Values that say nothing.
    pub(super) blank: usize,
    forms: [usize; FORMS],
    values: BTreeSet<u64>,
    domains: BTreeSet<u64>,
    prefixes: BTreeSet<u64>,
    long: usize,
}

impl Shape {
    /// Takes a value.
    pub(super) fn take(&mut self, value: &Value) {
        match value {
            Value::Bytes(bytes) if !bytes.is_empty() => self.count(Form::Bytes),
            Value::Bool(_) => self.count(Form::Flag),
            Value::Date(_) | Value::DateTime(_) | Value::Time(_) => self.count(Form::Date),
            other => match other.scalar() {
                Some(text) => self.take_text(text.trim()),
                None => self.blank += 1,
            },
        }
    }

    fn take_text(&mut self, text: &str) {
        if says_nothing(text) {
            self.blank += 1;
            return;
        }
        let form = form(text);
        self.count(form);
        if self.values.len() < DISTINCT {
            self.values.insert(hash(&text.to_lowercase()));
        }
        if let (Form::Email, Some((_, domain))) = (form, text.rsplit_once('@')) {
            self.domains.insert(hash(&domain.to_lowercase()));
        }
        if self.prefixes.len() < 3 {
            self.prefixes.insert(hash(prefix(text)));
        }
        self.long += usize::from(text.len() >= 4);
    }

    fn count(&mut self, form: Form) {
        self.filled += 1;
        if let Some(count) = self.forms.get_mut(form as usize) {
            *count += 1;
        }
    }

    /// Returns whether at least this share of the values, in a hundred, has one of these forms.
    pub(super) fn is_mostly(&self, forms: &[Form], percent: usize) -> bool {
        let count: usize = forms.iter().filter_map(|form| self.forms.get(*form as usize)).sum();
        self.filled > 0 && count * 100 >= self.filled * percent
    }

    /// Returns whether any value has this form.
    pub(super) fn has(&self, form: Form) -> bool {
        self.forms.get(form as usize).is_some_and(|count| *count > 0)
    }

    /// Returns whether no value says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Returns how many different values there are.
    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }

    /// Returns whether every row has a value of its own.
    pub(super) fn is_unique(&self) -> bool {
        self.blank == 0 && self.filled > 0 && self.values.len() == self.filled.min(DISTINCT)
    }

    /// Returns whether the values could be the numbers of records.
    pub(super) fn is_number(&self) -> bool {
        self.is_mostly(&[Form::Integer, Form::Code, Form::Phone, Form::Nhs, Form::Vehicle], 80)
    }

    /// Returns whether the values are codes that are unlikely to coincide by chance: they have
    /// letters, or four digits and more.
    pub(super) fn is_telling(&self) -> bool {
        self.is_mostly(&[Form::Code], 80)
            || (self.is_number() && self.long * 10 >= self.filled * 9 && self.distinct() >= 3)
    }

    /// Returns whether all addresses are of one domain, as those of one organisation's staff are.
    pub(super) fn has_one_domain(&self) -> bool {
        self.domains.len() == 1 && self.values.len() >= 2 && self.filled >= 5
    }

    /// Returns how many in a hundred of these values the other column has too.
    pub(super) fn share_in(&self, other: &Self) -> usize {
        let common = self.values.iter().filter(|value| other.values.contains(value)).count();
        common * 100 / self.values.len().max(1)
    }

    /// Returns whether all values of both begin with the same letters (`CUS-1`, `CUS-2`).
    pub(super) fn has_prefix_of(&self, other: &Self) -> bool {
        self.prefixes.len() == 1
            && self.prefixes == other.prefixes
            && !self.prefixes.contains(&hash(""))
    }

    /// Returns whether the values have letters.
    pub(super) fn has_letters(&self) -> bool {
        !self.prefixes.contains(&hash("")) || self.prefixes.len() > 1
    }
}

/// A hash that is the same in every run.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Returns the letters and signs before the first digit.
fn prefix(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

/// Returns whether a text stands where nothing is known.
fn says_nothing(text: &str) -> bool {
    const NOTHING: &[&str] = &[
        "",
        "-",
        "--",
        "?",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "not known",
        "tbc",
        "not given",
        "nan",
    ];
    NOTHING.contains(&text.to_lowercase().as_str())
}

/// Returns what a text looks like.
pub(super) fn form(text: &str) -> Form {
    let words = text.split_whitespace().count();
    if words == 1 && is_email(text) {
        return Form::Email;
    }
    if words == 1 && (text.contains("://") || text.starts_with("www.")) {
        return Form::Url;
    }
    if text.contains('\n') || words > 7 || text.chars().count() > 70 && words > 3 {
        return Form::Text;
    }
    simple(text)
        .or_else(|| detected(text))
        .or_else(|| number(text))
        .unwrap_or_else(|| worded(text, words))
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty() && domain.contains('.') && !domain.contains('@')
    })
}

fn simple(text: &str) -> Option<Form> {
    const FLAGS: &[&str] = &["yes", "no", "true", "false", "y", "n"];
    if FLAGS.contains(&text.to_lowercase().as_str()) {
        return Some(Form::Flag);
    }
    let dashes = text.bytes().filter(|b| matches!(b, b'-' | b'/' | b'.' | b' ')).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let iso = |date: &str| date.len() == 10 && date.bytes().filter(|b| *b == b'-').count() == 2;
    let date = dashes >= 2 && (5..18).contains(&digits);
    (date && Compare::Date.normalise(text).is_some_and(|date| iso(&date))).then_some(Form::Date)
}

/// Returns what the detectors of identifiers say of a text that is one as a whole.
fn detected(text: &str) -> Option<Form> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 2 || text.len() > 40 {
        return None;
    }
    let length = text.chars().count();
    let whole = detect(text).into_iter().find(|span| span.start == 0 && span.end == length)?;
    Some(match whole.kind {
        "phone" => Form::Phone,
        "nino" => Form::Nino,
        "nhs" => Form::Nhs,
        "upn" => Form::Upn,
        "vehicle" => Form::Vehicle,
        "postcode" | "address" => Form::Address,
        "ip" | "mac" => Form::Ip,
        "date" => Form::Date,
        "iban" | "card" | "driving-licence" | "bank-account" => Form::Code,
        _ => return None,
    })
}

fn number(text: &str) -> Option<Form> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let all_digits = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
    if all_digits {
        let padded = plain.len() > 1 && plain.starts_with('0');
        return Some(if padded { Form::Code } else { Form::Integer });
    }
    let digits = plain.bytes().any(|b| b.is_ascii_digit());
    let signs = plain.chars().all(|c| c.is_ascii_digit() || ".,£$€% ".contains(c));
    let masked =
        plain.contains("**") && plain.chars().all(|c| c.is_ascii_digit() || "* -".contains(c));
    match (digits && signs, masked) {
        (true, _) => Some(Form::Number),
        (_, true) => Some(Form::Code),
        _ => None,
    }
}

fn worded(text: &str, words: usize) -> Form {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if words == 1 && text.len() >= 20 && digits >= 2 && letters >= 2 && !is_uuid(text) {
        return Form::Secret;
    }
    let file = text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && (2..=4).contains(&ending.len()) && ending.is_ascii()
    });
    if words == 1 && (digits > 0 || file) {
        return Form::Code;
    }
    if is_name(text) {
        return Form::Name;
    }
    let starts_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    if starts_with_digit && text.contains(", ") {
        return Form::Address;
    }
    let sentence = text.ends_with(['.', '!', '?']) && letters > 3;
    if sentence || words > 5 { Form::Text } else { Form::Words }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    parts == [8, 4, 4, 4, 12]
}

/// Returns whether a text is written as a personal name is: two to four words in capitals, or
/// `Last, First`.
fn is_name(text: &str) -> bool {
    const FIRMS: &[&str] = &[
        "ltd",
        "limited",
        "llp",
        "plc",
        "inc",
        "council",
        "services",
        "group",
        "trust",
        "company",
        "agency",
        "bank",
        "university",
        "school",
    ];
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let shouted = words.iter().all(|word| !word.chars().any(char::is_lowercase));
    let initial = |word: &str| word.trim_end_matches('.').chars().count() <= 2;
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && (shouted || initial(word) || chars.any(char::is_lowercase))
    };
    let ends_in_initials = words.last().is_some_and(|word| initial(word)) && !text.contains(',');
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c));
    let firm = |word: &&str| FIRMS.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let small = |word: &str| matches!(word, "de" | "van" | "von" | "der" | "al" | "bin" | "la");
    (2..=4).contains(&words.len())
        && words.iter().all(|word| plain(word) && (capital(word) || small(word)))
        && !text.ends_with('.')
        && (shouted || !ends_in_initials)
        && !words.iter().any(firm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_apart() {
        for (text, wanted) in [
            ("ada@example.org", Form::Email),
            ("+44 (0)7700 900 123", Form::Phone),
            ("CB075852B", Form::Nino),
            ("LU1 1AA", Form::Address),
            ("12 Mallard Close, Luton", Form::Address),
            ("31/05/1991", Form::Date),
            ("2026-08-12T08:05:00", Form::Date),
            ("yes", Form::Flag),
            ("17", Form::Integer),
            ("£1,020.00", Form::Number),
            ("CUS-17", Form::Code),
            ("0042", Form::Code),
            ("$2b$12$EleanorHashZq81LpVbKx0ruNwT3", Form::Secret),
            ("Siobhán O'Brien", Form::Name),
            ("Hart, Ada", Form::Name),
            ("Harcourt Bellamy LLP", Form::Words),
            ("Opening hours", Form::Words),
            ("Send CV", Form::Words),
            ("A. M. Hart", Form::Name),
            ("window.jpg", Form::Code),
            ("**** **** **** 4417", Form::Code),
            ("Nobody rang back.", Form::Text),
            ("https://example.org/a", Form::Url),
        ] {
            assert_eq!(form(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_shape_counts_and_forgets() {
        let mut shape = Shape::default();
        for text in ["CUS-17", "CUS-18", "unknown", ""] {
            shape.take(&Value::Text(text.into()));
        }
        assert_eq!((shape.filled, shape.blank, shape.distinct()), (2, 2, 2));
        assert!(shape.is_mostly(&[Form::Code], 100) && shape.is_telling() && !shape.is_unique());
        assert!(!format!("{shape:?}").contains("CUS"));
    }

    #[test]
    fn what_two_columns_share_is_known() {
        let of = |texts: &[&str]| {
            let mut shape = Shape::default();
            texts.iter().for_each(|text| shape.take(&Value::Text((*text).into())));
            shape
        };
        let (all, some) = (of(&["R-1", "R-2", "R-3"]), of(&["r-2", "R-9"]));
        assert_eq!(some.share_in(&all), 50);
        assert!(of(&["R-7"]).has_prefix_of(&all) && !of(&["7"]).has_prefix_of(&of(&["8"])));
    }
}
