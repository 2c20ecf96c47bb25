//! JSON in a column, as nested values: exact numbers, keys in order, a repeated key as often as it
//! stands there.

use std::fmt;

use holdall_connector::Value;
use serde_json::value::RawValue;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::number;

/// Returns the value of a JSON text; a text that is none, or nested too deep, is only a text.
pub(crate) fn value(text: &str) -> Value {
    parse(text).unwrap_or_else(|| Value::Text(text.to_owned()))
}

fn parse(text: &str) -> Option<Value> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let text = raw.get();
    Some(match text.bytes().next()? {
        b'{' => {
            let Fields(fields) = serde_json::from_str(text).ok()?;
            let field = |(key, raw): (String, &RawValue)| Some((key, parse(raw.get())?));
            Value::Object(fields.into_iter().map(field).collect::<Option<_>>()?)
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Value::List(items.into_iter().map(|raw| parse(raw.get())).collect::<Option<_>>()?)
        }
        b'"' => Value::Text(serde_json::from_str(text).ok()?),
        b't' => Value::Bool(true),
        b'f' => Value::Bool(false),
        b'n' => Value::Null,
        _ => number::digits(text),
    })
}

/// The fields of an object.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost() {
        let text = r#" {"b": [1, 1.50, 1e5, 340282366920938463463374607431768211456], "a": null,
            "b": {"é\u0041": true}, "$serde_json::private::Number": "x"} "#;
        let list = vec![
            Value::Integer(1),
            Value::Decimal("1.50".into()),
            Value::Decimal("1e5".into()),
            Value::Decimal("340282366920938463463374607431768211456".into()),
        ];
        let wanted = Value::Object(vec![
            ("b".into(), Value::List(list)),
            ("a".into(), Value::Null),
            ("b".into(), Value::Object(vec![("éA".into(), Value::Bool(true))])),
            ("$serde_json::private::Number".into(), Value::Text("x".into())),
        ]);
        assert!(value(text) == wanted);
    }

    #[test]
    fn what_is_no_json_is_text() {
        for text in ["", "{", "{\"a\":}", "nul", &"[".repeat(100_000)] {
            assert!(value(text) == Value::Text(text.into()));
        }
    }
}
