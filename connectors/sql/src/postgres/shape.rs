//! PostgreSQL's texts as values.

use holdall_connector::Value;

use crate::condition::Class;
use crate::{iso, json, number};

/// How a column is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) shape: Shape,
    /// Whether the value comes as the type has it, not as text.
    pub(crate) is_native: bool,
    /// A type that the column is cast to before it is read, if its own text is not exact.
    pub(crate) cast: Option<&'static str>,
}

/// What the text of a value means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Bool,
    /// A whole number of so many bytes.
    Whole(u8),
    /// An exact decimal.
    Number,
    /// A binary floating-point number of double or single precision.
    Real,
    Single,
    Bytes,
    Date,
    /// A time of day, with or without offset.
    Time,
    /// A date and time, with or without offset.
    Stamp,
    Json,
    Uuid,
    /// Text that is padded with blanks.
    Padded,
    /// Text as it is.
    Text,
    /// An array: what is in it, and what stands between two values.
    List(Box<Self>, char),
}

impl Reading {
    /// Returns how a built-in type of this name is read.
    pub(crate) fn of(name: &str) -> Self {
        let shape = Shape::of(name);
        let is_native = matches!(
            name,
            "bool"
                | "int2"
                | "int4"
                | "int8"
                | "float4"
                | "float8"
                | "bytea"
                | "text"
                | "varchar"
                | "bpchar"
        );
        // The text of `money` depends on the server's locale.
        let cast = (name == "money").then_some("numeric");
        Self { shape, is_native, cast }
    }

    /// Returns how an array of a type of this name is read.
    pub(crate) fn list(element: &str, delimiter: char) -> Self {
        let shape = Shape::List(Box::new(Shape::of(element)), delimiter);
        let cast = (element == "money").then_some("numeric[]");
        Self { shape, is_native: false, cast }
    }

    /// Returns how a type that is not built in is read.
    pub(crate) fn plain() -> Self {
        Self { shape: Shape::Text, is_native: false, cast: None }
    }

    /// Returns what can be asked of such a column.
    pub(crate) fn class(&self) -> Class {
        match self.shape {
            _ if self.cast.is_some() => Class::Other,
            Shape::Whole(_) => Class::Integer,
            Shape::Number => Class::Number,
            Shape::Uuid => Class::Uuid,
            Shape::Date => Class::Date,
            Shape::Text | Shape::Padded => Class::Text,
            _ => Class::Other,
        }
    }
}

impl Shape {
    fn of(name: &str) -> Self {
        match name {
            "bool" => Self::Bool,
            "int2" => Self::Whole(2),
            "int4" => Self::Whole(4),
            "int8" => Self::Whole(8),
            "numeric" | "money" => Self::Number,
            "float8" => Self::Real,
            "float4" => Self::Single,
            "bytea" => Self::Bytes,
            "date" => Self::Date,
            "time" | "timetz" => Self::Time,
            "timestamp" | "timestamptz" => Self::Stamp,
            "json" | "jsonb" => Self::Json,
            "uuid" => Self::Uuid,
            "bpchar" => Self::Padded,
            _ => Self::Text,
        }
    }

    /// Returns the value that a text of this shape stands for.
    pub(crate) fn value(&self, text: &str) -> Value {
        match self {
            Self::Bool => match text {
                "t" | "true" => Value::Bool(true),
                "f" | "false" => Value::Bool(false),
                other => Value::Text(other.to_owned()),
            },
            Self::Whole(_) | Self::Number => number::digits(text),
            Self::Real => text.parse().map_or_else(|_| plain(text), number::real),
            Self::Single => text.parse().map_or_else(|_| plain(text), number::single),
            Self::Bytes => bytes(text).map_or_else(|| plain(text), Value::Bytes),
            Self::Date | Self::Time | Self::Stamp => temporal(text),
            Self::Json => json::value(text),
            Self::Padded => plain(text.trim_end_matches(' ')),
            Self::Uuid | Self::Text => plain(text),
            Self::List(element, delimiter) => {
                list(text, element, *delimiter).unwrap_or_else(|| plain(text))
            }
        }
    }
}

fn plain(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Returns a date or time; PostgreSQL writes an offset of whole hours without minutes.
fn temporal(text: &str) -> Value {
    let sign = text.rfind(['+', '-']).filter(|_| text.contains(':'));
    let whole = match sign.and_then(|at| text.split_at_checked(at)) {
        Some((clock, "+00")) => format!("{clock}Z"),
        Some((clock, offset)) if offset.len() == 3 => format!("{clock}{offset}:00"),
        _ => text.to_owned(),
    };
    iso::parse(&whole).unwrap_or_else(|| plain(text))
}

/// Returns the bytes of `\x00ff`.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?;
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

/// Returns the values of an array (PostgreSQL's manual, "Array Input and Output Syntax"); arrays of
/// several dimensions are lists of lists.
fn list(text: &str, element: &Shape, delimiter: char) -> Option<Value> {
    // Bounds that do not start at 1 stand before the values: `[0:1]={a,b}`.
    let body = if text.starts_with('[') { text.split_once('=')?.1 } else { text };
    let mut open: Vec<Vec<Value>> = Vec::new();
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => open.push(Vec::new()),
            '}' => {
                let done = Value::List(open.pop()?);
                match open.last_mut() {
                    Some(outer) => outer.push(done),
                    None => return chars.next().is_none().then_some(done),
                }
            }
            c if c == delimiter => {}
            '"' => {
                let text = in_quotes(&mut chars)?;
                open.last_mut()?.push(element.value(&text));
            }
            first => {
                let mut text = String::from(first);
                while let Some(c) = chars.next_if(|c| *c != delimiter && *c != '}') {
                    text.push(c);
                }
                let value = if text == "NULL" { Value::Null } else { element.value(&text) };
                open.last_mut()?.push(value);
            }
        }
    }
    None
}

/// Returns the rest of a text in quotes, with backslashes taken out.
fn in_quotes(chars: &mut impl Iterator<Item = char>) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(chars.next()?),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn arrays_are_lists() {
        let list = |text: &str| Shape::List(Box::new(Shape::Text), ',').value(text);
        assert!(list("{}") == Value::List(vec![]));
        let wanted = vec![text("a"), Value::Null, text("NULL"), text("x\"\\,{}"), text("")];
        assert!(list(r#"{a,NULL,"NULL","x\"\\,{}",""}"#) == Value::List(wanted));
        let inner = |a: &str, b: &str| Value::List(vec![text(a), text(b)]);
        assert!(
            list("[0:1][1:2]={{a,b},{c,d}}") == Value::List(vec![inner("a", "b"), inner("c", "d")])
        );
        for broken in ["", "{", "a", "{a}b", "{\"a", "[1:2]"] {
            assert!(list(broken) == text(broken), "{broken}");
        }
        let numbers = Shape::List(Box::new(Shape::Number), ',').value("{1,2.50}");
        assert!(numbers == Value::List(vec![Value::Integer(1), Value::Decimal("2.50".into())]));
    }

    #[test]
    fn times_are_iso_8601() {
        let stamp = |text: &str| Shape::Stamp.value(text);
        let is = |text: &str| Value::DateTime(text.into());
        assert!(stamp("2026-11-02 09:30:00+00") == is("2026-11-02T09:30:00Z"));
        assert!(stamp("2026-11-02 09:30:00.123456") == is("2026-11-02T09:30:00.123456"));
        assert!(stamp("infinity") == text("infinity"));
        assert!(stamp("0044-03-15 00:00:00 BC") == text("0044-03-15 00:00:00 BC"));
        assert!(Shape::Time.value("09:30:00-05") == Value::Time("09:30:00-05:00".into()));
        assert!(Shape::Time.value("09:30:00+05:45") == Value::Time("09:30:00+05:45".into()));
        assert!(Shape::Date.value("2026-11-02") == Value::Date("2026-11-02".into()));
        assert!(Shape::Date.value("10000-01-01") == text("10000-01-01"));
    }

    #[test]
    fn other_texts_keep_their_type() {
        assert!(Shape::Bytes.value("\\x00ff") == Value::Bytes(vec![0, 255]));
        assert!(Shape::Bytes.value("\\x0") == text("\\x0"));
        assert!(Shape::Bool.value("t") == Value::Bool(true));
        assert!(Shape::Padded.value("ab  ") == text("ab"));
        assert!(Shape::Real.value("NaN") == Value::Null);
        assert!(Shape::Single.value("0.1") == Value::Decimal("0.1".into()));
    }
}
