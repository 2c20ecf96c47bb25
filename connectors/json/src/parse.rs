//! A record's text as values: exact numbers, keys in order, no key twice.

use std::cell::Cell;
use std::fmt;

use holdall_connector::Value;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::elements::Nesting;

/// The most bytes that one record may have.
pub const RECORD_LIMIT: usize = 16 * 1024 * 1024;

/// How deep a record may be nested: the levels that serde_json reads.
pub const DEPTH_LIMIT: usize = 127;

/// Why a text is not a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Defect {
    TooLong,
    TooDeep,
    NotText,
    NotJson { column: usize },
    EndsEarly,
    DuplicateKey,
    NotAnObject,
}

impl Defect {
    /// Returns whether the text is not JSON at all, so that nothing after it in the same array can
    /// be trusted.
    pub(crate) fn is_syntax(self) -> bool {
        matches!(self, Self::NotJson { .. } | Self::EndsEarly)
    }
}

/// Says what is wrong, without any of the text.
impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => f.write_str("the record is longer than 16 MiB"),
            Self::TooDeep => write!(f, "the record is nested deeper than {DEPTH_LIMIT} levels"),
            Self::NotText => f.write_str("it has bytes that are not valid text"),
            Self::NotJson { column } => write!(f, "it is not JSON (at byte {column} of its line)"),
            Self::EndsEarly => f.write_str("it ends too early to be JSON"),
            Self::DuplicateKey => {
                f.write_str("an object has the same key twice, and it cannot be known which counts")
            }
            Self::NotAnObject => f.write_str("the record is not an object"),
        }
    }
}

/// Returns the fields of a record.
pub(crate) fn record(text: &[u8]) -> Result<Vec<(String, Value)>, Defect> {
    let text = std::str::from_utf8(text).map_err(|_| Defect::NotText)?;
    if Nesting::depth_of(text.as_bytes()) > DEPTH_LIMIT {
        return Err(Defect::TooDeep);
    }
    match value(text)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(Defect::NotAnObject),
    }
}

fn value(text: &str) -> Result<Value, Defect> {
    let duplicate = Cell::new(false);
    let mut json = serde_json::Deserializer::from_str(text);
    let result = Seed { duplicate: &duplicate }
        .deserialize(&mut json)
        .and_then(|value| json.end().map(|()| value));
    result.map_err(|error| {
        if duplicate.get() {
            Defect::DuplicateKey
        } else if error.is_eof() {
            Defect::EndsEarly
        } else {
            Defect::NotJson { column: error.column() }
        }
    })
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    duplicate: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Decimal(value.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            match key {
                Key::Said(key) => fields.push((key, entries.next_value_seed(self)?)),
                Key::Number => return entries.next_value::<String>().map(|text| number(&text)),
            }
        }
        if has_duplicate(&fields) {
            self.duplicate.set(true);
            return Err(A::Error::custom("a key stands twice"));
        }
        Ok(Value::Object(fields))
    }
}

fn has_duplicate(fields: &[(String, Value)]) -> bool {
    let mut keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b))
}

/// Returns a number in the digits of the source: whole numbers that fit as integers. serde_json
/// writes every exponent as `e+5`; here it is `e5`, as most sources have it.
fn number(digits: &str) -> Value {
    let whole = digits != "-0" && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match digits.parse() {
        Ok(integer) if whole => Value::Integer(integer),
        _ => Value::Decimal(digits.replace('+', "")),
    }
}

/// A key of an object, or the sign that the "object" is a number in the digits of the source, as
/// serde_json's `arbitrary_precision` hands it over.
enum Key {
    Said(String),
    Number,
}

/// Tells a key that the text has from serde_json's sign for a number, also if the text has a key
/// of that very name: asked for an option, only a key of the text answers "some".
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        <String as serde::Deserialize>::deserialize(deserializer).map(Key::Said)
    }

    fn visit_str<E>(self, _sign: &str) -> Result<Key, E> {
        Ok(Key::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Value {
        value(text).unwrap()
    }

    #[test]
    fn numbers_stay_as_written() {
        assert_eq!(one("17"), Value::Integer(17));
        assert_eq!(one("-17"), Value::Integer(-17));
        assert_eq!(one("18446744073709551616"), Value::Integer(18_446_744_073_709_551_616));
        for digits in ["1.10", "1e5", "2.50e-7", "-0", "0.0", &"9".repeat(60)] {
            assert_eq!(one(digits), Value::Decimal(digits.to_owned()));
        }
    }

    #[test]
    fn the_sign_of_a_number_can_be_a_key() {
        let key = "$serde_json::private::Number";
        let value = one(&format!("{{\"{key}\":\"1\",\"b\":2.50}}"));
        let wanted = vec![
            (key.to_owned(), Value::Text("1".into())),
            ("b".to_owned(), Value::Decimal("2.50".into())),
        ];
        assert_eq!(value, Value::Object(wanted));
    }

    #[test]
    fn keys_keep_their_order_and_stand_once() {
        let fields = record(b"{\"b\":1,\"a\":{\"z\":null,\"c\":[true]}}").unwrap();
        assert_eq!(fields.iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(record(b"{\"a\":1,\"b\":2,\"\\u0061\":3}"), Err(Defect::DuplicateKey));
        assert_eq!(record(b"{\"x\":[{\"a\":1,\"a\":1}]}"), Err(Defect::DuplicateKey));
    }

    #[test]
    fn what_is_no_record_is_told_apart() {
        assert_eq!(record(b"[1]"), Err(Defect::NotAnObject));
        assert_eq!(record(b"{\"a\":"), Err(Defect::EndsEarly));
        assert!(matches!(record(b"{\"a\":01}"), Err(Defect::NotJson { .. })));
        assert!(matches!(record(b"{\"a\":1} x"), Err(Defect::NotJson { .. })));
        assert_eq!(record(b"{\"a\":\"\xff\"}"), Err(Defect::NotText));
        assert!(matches!(record(br#"{"a":"\ud800"}"#), Err(Defect::NotJson { .. })));
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(record(nested(126).as_bytes()).is_ok());
        assert_eq!(record(nested(127).as_bytes()), Err(Defect::TooDeep));
    }
}
