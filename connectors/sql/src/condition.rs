//! What a database may leave out: at least the wanted rows must stay (the crate's documentation
//! says why each condition is safe).

use std::collections::BTreeSet;

use holdall_connector::{Compare, Match, Value};

use crate::iso;

/// What a column can hold, as far as a condition is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Whole numbers, whose text is their one spelling.
    Integer,
    /// Exact decimals.
    Number,
    /// UUIDs, whose text is their canonical spelling.
    Uuid,
    /// Calendar dates, whose text is `YYYY-MM-DD`.
    Date,
    /// Texts that are given as they are.
    Text,
    /// Anything else.
    Other,
}

/// A condition that every wanted row fulfils.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// The column, in its own type, is one of these. With none, no row can be wanted.
    Equal(Vec<String>),
    /// The text without white space around it is one of these.
    Trimmed(Vec<String>),
    /// What is left of the text after folding is one of these, or the text is not all ASCII.
    Folded(Folding, Vec<String>),
    /// There is none: every row has to be looked at here.
    Every,
}

/// What is left of an ASCII text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folding {
    /// All of it in lower case, without white space around it.
    Lower,
    /// Its letters, in lower case, and digits.
    Alphanumeric,
    /// Its digits.
    Digits,
}

impl Condition {
    /// Returns the condition for one part of a lookup on a column of this class.
    pub(crate) fn of(class: Class, asked: &Match) -> Self {
        if asked.column.segments().len() != 1 {
            return Self::Every;
        }
        let plain = matches!(asked.compare, Compare::Exact | Compare::Caseless);
        match (class, asked.compare) {
            (Class::Text, compare) => text(compare, &asked.values),
            (Class::Integer, Compare::Digits | Compare::Compact) => {
                // `-17` has the digits of `17`, and a dash does not count.
                let both = |text: &String| integers(text).chain(integers(&format!("-{text}")));
                equal(asked.values.iter().flat_map(both))
            }
            (Class::Integer, _) if plain => equal(asked.values.iter().flat_map(|v| integers(v))),
            (Class::Number, _) if plain => all(&asked.values, decimals),
            (Class::Uuid, _) if plain => equal(asked.values.iter().filter(|v| is_uuid(v)).cloned()),
            (Class::Date, Compare::Date) => all(&asked.values, dates),
            (Class::Date, _) if plain => all(&asked.values, dates),
            _ => Self::Every,
        }
    }
}

fn equal(values: impl Iterator<Item = String>) -> Condition {
    Condition::Equal(values.collect::<BTreeSet<_>>().into_iter().collect())
}

/// Returns equality with what `spell` makes of each value, or [`Condition::Every`] if it cannot say
/// of one what the column would hold.
fn all(values: &BTreeSet<String>, spell: fn(&str) -> Option<Vec<String>>) -> Condition {
    match values.iter().map(|value| spell(value)).collect::<Option<Vec<_>>>() {
        Some(spelt) => equal(spelt.into_iter().flatten()),
        None => Condition::Every,
    }
}

/// Returns the whole number of 64 bits that is spelt exactly so, if there is one.
fn integers(text: &str) -> impl Iterator<Item = String> + use<> {
    let number = text.parse::<i128>().ok().filter(|number| number.to_string() == text);
    let fits = |n: &i128| (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(n);
    number.filter(fits).map(|number| number.to_string()).into_iter()
}

/// Returns the decimal of this spelling; none where no exact decimal is spelt like that.
fn decimals(text: &str) -> Option<Vec<String>> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let special = ["nan", "infinity"].iter().any(|word| unsigned.eq_ignore_ascii_case(word));
    let plain = unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let shaped = plain
        && unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.ends_with(|c: char| c.is_ascii_digit())
        && unsigned.matches('.').count() <= 1
        // No server has exact decimals of more digits before the point.
        && unsigned.len() <= 1000;
    (!special).then(|| shaped.then(|| text.to_owned()).into_iter().collect())
}

/// Returns the date of this spelling. A date of the years 1 to 9999 has one; of another, or of a
/// zero date, the server decides, so nothing can be said.
fn dates(text: &str) -> Option<Vec<String>> {
    if let Some(Value::Date(date)) = iso::parse(text) {
        return (!date.starts_with("0000")).then(|| vec![date]);
    }
    let shaped = |text: &str| {
        let digits = |at: usize, len: usize| {
            text.get(at..at + len).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
        };
        text.len() == 10 && digits(0, 4) && digits(5, 2) && digits(8, 2)
    };
    let year = text.get(..4).unwrap_or_default();
    let month_or_day_zero = text.contains("-00");
    // `1984-02-31` is a value asked for that no calendar has; `1984-00-00` is a zero date.
    (shaped(text) && year != "0000" && !month_or_day_zero).then(Vec::new)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let hex =
        |group: &&str| group.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(hex)
}

fn text(compare: Compare, values: &BTreeSet<String>) -> Condition {
    let ascii = values.iter().filter(|value| value.is_ascii());
    let folded = |folding: Folding, fold: fn(&str) -> String| {
        let values: BTreeSet<String> = ascii.clone().map(|value| fold(value)).collect();
        Condition::Folded(folding, values.into_iter().collect())
    };
    match compare {
        Compare::Exact => Condition::Trimmed(values.iter().cloned().collect()),
        Compare::Caseless => folded(Folding::Lower, str::to_owned),
        Compare::Compact => folded(Folding::Alphanumeric, |value| {
            value.chars().filter(char::is_ascii_alphanumeric).collect()
        }),
        Compare::Digits => folded(Folding::Digits, str::to_owned),
        Compare::Phone | Compare::Name | Compare::Date => Condition::Every,
    }
}

#[cfg(test)]
mod tests {
    use holdall_connector::Path;

    use super::*;

    fn of(class: Class, compare: Compare, values: &[&str]) -> Condition {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Condition::of(class, &Match { column: Path::column("c"), compare, values })
    }

    fn equal(values: &[&str]) -> Condition {
        Condition::Equal(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn whole_numbers_have_one_spelling() {
        let asked = ["17", "017", "+17", "-4", "x", "99999999999999999999", "18446744073709551615"];
        let wanted = ["-4", "17", "18446744073709551615"];
        assert_eq!(of(Class::Integer, Compare::Exact, &asked), equal(&wanted));
        assert_eq!(of(Class::Integer, Compare::Digits, &["17"]), equal(&["-17", "17"]));
        assert_eq!(of(Class::Integer, Compare::Phone, &["17"]), Condition::Every);
    }

    #[test]
    fn other_types_are_equal_by_value() {
        assert_eq!(of(Class::Number, Compare::Exact, &["1.50", "x", "1.", "."]), equal(&["1.50"]));
        assert_eq!(of(Class::Number, Compare::Caseless, &["1", "nan"]), Condition::Every);
        let id = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
        assert_eq!(of(Class::Uuid, Compare::Exact, &[id, &id.to_uppercase(), "1"]), equal(&[id]));
        assert_eq!(of(Class::Uuid, Compare::Compact, &[id]), Condition::Every);
        let day = "1984-03-02";
        assert_eq!(of(Class::Date, Compare::Date, &[day, "1984-02-31"]), equal(&[day]));
        for odd in ["unknown", "0000-00-00", "1984-00-01", "infinity", "10000-01-01"] {
            assert_eq!(of(Class::Date, Compare::Exact, &[day, odd]), Condition::Every, "{odd}");
        }
    }

    #[test]
    fn text_is_folded_as_far_as_ascii_goes() {
        let of = |compare, values: &[&str]| of(Class::Text, compare, values);
        let list = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(Compare::Exact, &["é", "A"]), Condition::Trimmed(list(&["A", "é"])));
        let lower = Condition::Folded(Folding::Lower, list(&["a@b"]));
        assert_eq!(of(Compare::Caseless, &["a@b", "zoë"]), lower);
        let compact = Condition::Folded(Folding::Alphanumeric, list(&["qq1"]));
        assert_eq!(of(Compare::Compact, &["qq/1"]), compact);
        assert_eq!(of(Compare::Name, &["ada hart"]), Condition::Every);
    }

    #[test]
    fn what_lies_inside_a_column_is_looked_at_here() {
        let column = Path::parse("tags[].id").unwrap();
        let asked = Match { column, compare: Compare::Exact, values: ["1".to_owned()].into() };
        assert_eq!(Condition::of(Class::Text, &asked), Condition::Every);
    }
}
