//! The types of columns, as they are after redaction: a type is claimed only if every value has it.

use holdall_connector::Value;
use jiff::civil::{Date, DateTime};

use crate::map::DataType;

/// A field type of Table Schema (Frictionless Data Package v1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldType {
    String,
    Integer,
    Number,
    Boolean,
    Date,
    Datetime,
    Time,
    Array,
    Object,
    Any,
}

impl FieldType {
    /// Returns the word that Table Schema uses.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Datetime => "datetime",
            Self::Time => "time",
            Self::Array => "array",
            Self::Object => "object",
            Self::Any => "any",
        }
    }

    /// Returns the narrowest type that both have in JSON.
    fn merge(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Self::Number,
            (a, b) if a.is_text() && b.is_text() => Self::String,
            _ => Self::Any,
        }
    }

    fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Date | Self::Datetime | Self::Time)
    }
}

impl From<DataType> for FieldType {
    fn from(declared: DataType) -> Self {
        match declared {
            DataType::String => Self::String,
            DataType::Integer => Self::Integer,
            DataType::Number => Self::Number,
            DataType::Boolean => Self::Boolean,
            DataType::Date => Self::Date,
            DataType::Datetime => Self::Datetime,
        }
    }
}

/// Works out the type of one column from its values.
#[derive(Clone, Debug, Default)]
pub(super) struct Typing {
    declared: Option<DataType>,
    seen: Option<FieldType>,
    seen_as_declared: Option<FieldType>,
    contradicted: bool,
}

impl Typing {
    /// Starts a column with the type that the map declares for it.
    pub(super) fn new(declared: Option<DataType>) -> Self {
        Self { declared, ..Self::default() }
    }

    /// Takes one value into account.
    pub(super) fn see(&mut self, value: &Value) {
        match (value, self.declared) {
            (Value::Null, _) => {}
            (Value::Text(text), Some(declared)) => {
                self.seen = join(self.seen, FieldType::String);
                if conforms(text, declared) {
                    if !text.is_empty() {
                        self.seen_as_declared = join(self.seen_as_declared, declared.into());
                    }
                } else {
                    self.contradicted = true;
                }
            }
            _ => {
                let natural = natural(value);
                self.seen = join(self.seen, natural);
                self.seen_as_declared = join(self.seen_as_declared, natural);
            }
        }
    }

    /// Returns the type and whether text is to be read as the declared type.
    pub(super) fn settle(&self) -> (FieldType, bool) {
        let declared = self.seen_as_declared.filter(|t| *t != FieldType::Any);
        match declared {
            Some(field) if self.declared.is_some() && !self.contradicted => (field, true),
            _ => (self.seen.unwrap_or(FieldType::String), false),
        }
    }
}

fn join(seen: Option<FieldType>, next: FieldType) -> Option<FieldType> {
    Some(seen.map_or(next, |before| before.merge(next)))
}

fn natural(value: &Value) -> FieldType {
    match value {
        Value::Null | Value::Text(_) | Value::Bytes(_) => FieldType::String,
        Value::Bool(_) => FieldType::Boolean,
        Value::Integer(_) => FieldType::Integer,
        Value::Decimal(text) if is_number(text) => FieldType::Number,
        Value::Decimal(_) => FieldType::String,
        Value::Date(text) if is_date(text) => FieldType::Date,
        Value::DateTime(text) if is_datetime(text) => FieldType::Datetime,
        Value::Time(text) if is_time(text) => FieldType::Time,
        Value::Date(_) | Value::DateTime(_) | Value::Time(_) => FieldType::String,
        Value::List(_) => FieldType::Array,
        Value::Object(_) => FieldType::Object,
    }
}

/// Returns whether the text can be read as the type without losing a character of meaning; an
/// empty text is a missing value.
fn conforms(text: &str, declared: DataType) -> bool {
    text.is_empty()
        || match declared {
            DataType::String => true,
            DataType::Integer => is_integer(text),
            DataType::Number => is_number(text),
            DataType::Boolean => boolean(text).is_some(),
            DataType::Date => is_date(text),
            DataType::Datetime => is_datetime(text),
        }
}

/// Texts that mean true, in the spellings of the schema's `trueValues`.
pub(super) const TRUE: [&str; 7] = ["true", "True", "TRUE", "yes", "Yes", "YES", "1"];
/// Texts that mean false, in the spellings of the schema's `falseValues`.
pub(super) const FALSE: [&str; 7] = ["false", "False", "FALSE", "no", "No", "NO", "0"];

/// Returns what a text says of yes or no.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        t if TRUE.contains(&t) => Some(true),
        t if FALSE.contains(&t) => Some(false),
        _ => None,
    }
}

/// Returns whether the text is a whole number as JSON writes it: no plus, no leading zero.
pub(super) fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && !leading && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Returns whether the text is a number as JSON writes it (RFC 8259, section 6).
pub(super) fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    is_integer(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)) && e.len() <= 4)
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && !text.starts_with("0000") && text.parse::<Date>().is_ok()
}

/// Returns whether the text is `YYYY-MM-DDThh:mm:ss`, perhaps with a fraction of up to six digits,
/// `Z` or an offset of hours and minutes.
fn is_datetime(text: &str) -> bool {
    let (Some(day), Some(('T', rest))) =
        (text.get(..10), text.get(10..).and_then(|r| r.chars().next().map(|c| (c, r))))
    else {
        return false;
    };
    let clock = rest.get(1..).unwrap_or_default();
    let (clock, offset) = match clock.find(['Z', '+', '-']) {
        Some(at) => clock.split_at(at),
        None => (clock, ""),
    };
    is_date(day) && is_clock(day, clock) && is_offset(offset)
}

fn is_clock(day: &str, clock: &str) -> bool {
    let fraction = clock.get(8..).unwrap_or_default();
    let plain =
        fraction.is_empty() || (fraction.starts_with('.') && (2..=7).contains(&fraction.len()));
    clock.len() >= 8
        && plain
        && !clock.ends_with(":60")
        && format!("{day}T{clock}").parse::<DateTime>().is_ok()
}

fn is_offset(offset: &str) -> bool {
    let two = |s: Option<&str>, most: u8| {
        s.filter(|s| s.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|s| s.parse::<u8>().ok())
            .is_some_and(|n| n <= most)
    };
    match offset {
        "" | "Z" => true,
        o => {
            o.len() == 6 && two(o.get(1..3), 14) && o.get(3..4) == Some(":") && two(o.get(4..6), 59)
        }
    }
}

fn is_time(text: &str) -> bool {
    text.len() == 8 && is_clock("2000-01-01", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(s: &str) -> Value {
        Value::Text(s.into())
    }

    fn settle(declared: Option<DataType>, values: &[Value]) -> (FieldType, bool) {
        let mut typing = Typing::new(declared);
        values.iter().for_each(|v| typing.see(v));
        typing.settle()
    }

    #[test]
    fn a_declared_type_holds_only_if_every_value_has_it() {
        let integer = Some(DataType::Integer);
        assert_eq!(
            settle(integer, &[text("1"), text(""), Value::Null]),
            (FieldType::Integer, true)
        );
        assert_eq!(settle(integer, &[text("1"), text("[name]")]), (FieldType::String, false));
        assert_eq!(settle(integer, &[text("007")]), (FieldType::String, false));
        assert_eq!(settle(integer, &[]), (FieldType::String, false));
    }

    #[test]
    fn a_label_widens_a_column() {
        let mixed = [Value::Integer(1), text("[name]")];
        assert_eq!(settle(None, &mixed), (FieldType::Any, false));
        let numbers = [Value::Integer(1), Value::Decimal("0.10".into())];
        assert_eq!(settle(None, &numbers), (FieldType::Number, false));
        assert_eq!(settle(None, &[Value::Decimal("NaN".into())]), (FieldType::String, false));
    }

    #[test]
    fn dates_are_real_days() {
        assert!(is_date("2028-02-29"));
        assert!(!is_date("2027-02-29"));
        assert!(is_datetime("2026-11-02T10:00:00Z"));
        assert!(is_datetime("2026-11-02T10:00:00.5+01:00"));
        assert!(!is_datetime("2026-11-02 10:00:00"));
        assert!(!is_datetime("2026-11-02T25:00:00"));
        assert!(is_time("23:59:59"));
    }

    #[test]
    fn numbers_are_what_json_calls_numbers() {
        for yes in ["0", "-1", "0.10", "1e5", "-1.5E-3"] {
            assert!(is_number(yes), "{yes}");
        }
        for no in ["", "01", "+1", ".5", "1.", "1e", "NaN", "1,000", "0x1", "-"] {
            assert!(!is_number(no), "{no}");
        }
    }
}
