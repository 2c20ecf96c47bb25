//! What a source said, kept exactly: the type it had and the digits it wrote.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One value of a record.
///
/// `Debug` shows the type and the size, never the content, so that a value in a log or a panic
/// tells nothing about a person. Serialising a value *does* give the content: it is how records
/// travel between processes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nothing was said.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// Any other number, in the digits of the source.
    Decimal(String),
    /// Unicode text.
    Text(String),
    /// A calendar date, ISO 8601 (`2026-11-02`).
    Date(String),
    /// A time of day, ISO 8601, with the source's fraction and offset if it had them.
    Time(String),
    /// A date and time, ISO 8601, with the source's fraction and offset if it had them.
    DateTime(String),
    /// Raw bytes.
    Bytes(Vec<u8>),
    /// Values in order.
    List(Vec<Value>),
    /// Named values in the order of the source.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// Returns the text form of a scalar, or `None` for null, bytes, lists and objects.
    ///
    /// The same number or date gives the same text whatever source it came from, so that `17` in
    /// a database and `"17"` in a CSV file are one identifier.
    pub fn scalar(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Bool(b) => Some(Cow::Borrowed(if *b { "true" } else { "false" })),
            Self::Integer(n) => Some(Cow::Owned(n.to_string())),
            Self::Decimal(s)
            | Self::Text(s)
            | Self::Date(s)
            | Self::Time(s)
            | Self::DateTime(s) => Some(Cow::Borrowed(s)),
            Self::Null | Self::Bytes(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Returns whether the value says nothing: null, or text of white space alone, or a list or
    /// object of such values.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(s) => s.trim().is_empty(),
            Self::Bytes(b) => b.is_empty(),
            Self::List(items) => items.iter().all(Self::is_blank),
            Self::Object(fields) => fields.iter().all(|(_, v)| v.is_blank()),
            _ => false,
        }
    }

    /// Calls `visit` with every scalar inside, depth first, in order.
    pub fn each_scalar<'a>(&'a self, visit: &mut dyn FnMut(Cow<'a, str>)) {
        match self {
            Self::List(items) => items.iter().for_each(|v| v.each_scalar(visit)),
            Self::Object(fields) => fields.iter().for_each(|(_, v)| v.each_scalar(visit)),
            other => {
                if let Some(text) = other.scalar() {
                    visit(text);
                }
            }
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("Null"),
            Self::Bool(_) => f.write_str("Bool(*)"),
            Self::Integer(_) => f.write_str("Integer(*)"),
            Self::Decimal(_) => f.write_str("Decimal(*)"),
            Self::Text(s) => write!(f, "Text({} bytes)", s.len()),
            Self::Date(_) => f.write_str("Date(*)"),
            Self::Time(_) => f.write_str("Time(*)"),
            Self::DateTime(_) => f.write_str("DateTime(*)"),
            Self::Bytes(b) => write!(f, "Bytes({} bytes)", b.len()),
            Self::List(items) => write!(f, "List({} values)", items.len()),
            Self::Object(fields) => write!(f, "Object({} values)", fields.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_tells_nothing() {
        let value = Value::Object(vec![("name".into(), Value::Text("Ada Hart".into()))]);
        assert_eq!(format!("{value:?}"), "Object(1 values)");
        assert_eq!(format!("{:?}", Value::Text("Ada Hart".into())), "Text(8 bytes)");
    }

    #[test]
    fn numbers_and_text_share_a_form() {
        assert_eq!(Value::Integer(17).scalar(), Value::Text("17".into()).scalar());
        assert_eq!(Value::Null.scalar(), None);
    }

    #[test]
    fn survives_a_json_line() {
        let value = Value::List(vec![
            Value::Integer(i128::from(u64::MAX)),
            Value::Decimal("0.10".into()),
            Value::Bytes(vec![0, 255]),
            Value::Object(vec![("b".into(), Value::Null), ("a".into(), Value::Bool(true))]),
        ]);
        let line = serde_json::to_string(&value).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
    }
}
