//! SQLite's values as ours.

use holdall_connector::Value;
use rusqlite::types::ValueRef;

use crate::iso;
use crate::number::{decimal, hex, real};

/// What the declared type of a column tells beyond the type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declared {
    Boolean,
    Temporal,
    Other,
}

impl Declared {
    /// Reads the declared type as SQLite reads it: by the words inside.
    pub(crate) fn of(declared: &str) -> Self {
        let declared = declared.to_ascii_uppercase();
        if declared.contains("BOOL") {
            Self::Boolean
        } else if declared.contains("DATE") || declared.contains("TIME") {
            Self::Temporal
        } else {
            Self::Other
        }
    }
}

/// Returns the value, or `None` for text that is not valid.
pub(crate) fn value(raw: ValueRef<'_>, declared: Declared) -> Option<Value> {
    Some(match raw {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n @ (0 | 1)) if declared == Declared::Boolean => Value::Bool(n == 1),
        ValueRef::Integer(n) => Value::Integer(n.into()),
        ValueRef::Real(x) => real(x),
        ValueRef::Text(bytes) => text(std::str::from_utf8(bytes).ok()?, declared),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

fn text(text: &str, declared: Declared) -> Value {
    let temporal = (declared == Declared::Temporal).then(|| iso::parse(text)).flatten();
    temporal.unwrap_or_else(|| Value::Text(text.to_owned()))
}

/// Returns the text of a key: digits, text, or the bytes in hexadecimal.
pub(crate) fn key(raw: ValueRef<'_>) -> Option<String> {
    match raw {
        ValueRef::Null => None,
        ValueRef::Integer(n) => Some(n.to_string()),
        ValueRef::Real(x) => Some(decimal(x).unwrap_or_else(|| x.to_string())),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Some(text.to_owned()),
            Err(_) => Some(hex(bytes)),
        },
        ValueRef::Blob(bytes) => Some(hex(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_type_refines_the_value() {
        assert_eq!(value(ValueRef::Integer(1), Declared::of("boolean")), Some(Value::Bool(true)));
        assert_eq!(value(ValueRef::Integer(2), Declared::of("BOOLEAN")), Some(Value::Integer(2)));
        assert_eq!(value(ValueRef::Integer(1), Declared::of("INT")), Some(Value::Integer(1)));
        let date = ValueRef::Text(b"2026-11-02");
        assert_eq!(value(date, Declared::of("Date")), Some(Value::Date("2026-11-02".into())));
        assert_eq!(value(date, Declared::of("TEXT")), Some(Value::Text("2026-11-02".into())));
        assert_eq!(value(ValueRef::Text(b"\xff"), Declared::Other), None);
    }
}
