//! Values as JSON, exactly: the digits of the source, base64 for bytes, unique keys.

use std::fmt::Write as _;
use std::io::{self, Write};

use holdall_connector::{Record, Value};

use super::flat;
use super::types::{FieldType, boolean, is_number};

/// How the text values of a column are written.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The column's type.
    pub(super) field: FieldType,
    /// Whether text is to be written as that type.
    pub(super) parse: bool,
}

/// Writes a record as one object with these columns; one that the record lacks is null.
///
/// # Errors
/// Those of the writer.
pub(super) fn record<'a>(
    out: &mut dyn Write,
    record: &'a Record,
    columns: impl Iterator<Item = (&'a str, Reading)>,
) -> io::Result<()> {
    let values: std::collections::HashMap<_, _> = flat::columns(record).collect();
    let mut line = String::from("{");
    for (at, (name, reading)) in columns.enumerate() {
        if at > 0 {
            line.push(',');
        }
        quoted(&mut line, name);
        line.push(':');
        push(&mut line, values.get(name).copied().unwrap_or(&Value::Null), reading);
    }
    line.push('}');
    out.write_all(line.as_bytes())
}

/// Returns a value as compact JSON text.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    push(&mut out, value, Reading { field: FieldType::Any, parse: false });
    out
}

fn push(out: &mut String, value: &Value, reading: Reading) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Integer(number) => {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "{number}");
        }
        Value::Decimal(digits) if is_number(digits) => out.push_str(digits),
        Value::Text(text) if reading.parse => typed(out, text, reading.field),
        Value::Decimal(text)
        | Value::Text(text)
        | Value::Date(text)
        | Value::Time(text)
        | Value::DateTime(text) => quoted(out, text),
        Value::Bytes(bytes) => quoted(out, &base64(bytes)),
        Value::List(items) => list(out, items),
        Value::Object(fields) => object(out, fields),
    }
}

/// Writes text as the type that every value of its column has; empty text is a missing value.
fn typed(out: &mut String, text: &str, field: FieldType) {
    match field {
        FieldType::String => quoted(out, text),
        _ if text.is_empty() => out.push_str("null"),
        FieldType::Integer | FieldType::Number if is_number(text) => out.push_str(text),
        FieldType::Boolean => match boolean(text) {
            Some(yes) => out.push_str(if yes { "true" } else { "false" }),
            None => quoted(out, text),
        },
        _ => quoted(out, text),
    }
}

fn list(out: &mut String, items: &[Value]) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, item, Reading { field: FieldType::Any, parse: false });
    }
    out.push(']');
}

fn object(out: &mut String, fields: &[(String, Value)]) {
    out.push('{');
    let names = flat::unique(fields.iter().map(|(name, _)| name.as_str()));
    for (at, (name, (_, value))) in names.iter().zip(fields).enumerate() {
        if at > 0 {
            out.push(',');
        }
        quoted(out, name);
        out.push(':');
        push(out, value, Reading { field: FieldType::Any, parse: false });
    }
    out.push('}');
}

/// Appends a JSON string (RFC 8259, section 7).
fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Returns bytes in base64 (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (i, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let index = usize::try_from(bits >> shift & 63).unwrap_or(0);
            let letter = ALPHABET.get(index).copied().map_or('=', char::from);
            out.push(if i <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_keep_their_digits() {
        let value = Value::Object(vec![
            ("n".into(), Value::Integer(i128::MAX)),
            ("d".into(), Value::Decimal("0.10".into())),
            ("x".into(), Value::Decimal("NaN".into())),
            ("b".into(), Value::Bytes(vec![0, 255])),
            ("n".into(), Value::Null),
        ]);
        assert_eq!(
            text(&value),
            r#"{"n":170141183460469231731687303715884105727,"d":0.10,"x":"NaN","b":"AP8=","n_2":null}"#
        );
    }

    #[test]
    fn base64_pads() {
        for (bytes, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(bytes.as_bytes()), coded);
        }
    }

    proptest! {
        #[test]
        fn text_survives_json(given in any::<String>()) {
            let mut out = String::new();
            quoted(&mut out, &given);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), given);
        }
    }
}
