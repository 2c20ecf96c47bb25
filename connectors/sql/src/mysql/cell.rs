//! MariaDB's values as ours.

use holdall_connector::Value;
use mysql::Value as Raw;

use crate::condition::Class;
use crate::{iso, json, number};

/// How a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Bool,
    Whole,
    Number,
    /// A binary floating-point number.
    Real,
    /// So many bits.
    Bits(usize),
    Bytes,
    Date,
    Time,
    Stamp,
    /// A date and time in UTC.
    Instant,
    Json,
    Text,
    /// A type with a text of its own, such as `uuid`.
    Special,
}

impl Reading {
    /// Returns how a column is read, by the words of `information_schema` for its type: `bit` and
    /// `bit(3)`.
    pub(crate) fn of(kind: &str, in_full: &str) -> Self {
        match kind.to_ascii_lowercase().as_str() {
            "tinyint" if in_full.starts_with("tinyint(1)") => Self::Bool,
            "tinyint" | "smallint" | "mediumint" | "int" | "bigint" | "year" => Self::Whole,
            "decimal" => Self::Number,
            "float" | "double" => Self::Real,
            "bit" => Self::bits(in_full),
            "date" => Self::Date,
            "time" => Self::Time,
            "datetime" => Self::Stamp,
            "timestamp" => Self::Instant,
            "json" => Self::Json,
            "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum"
            | "set" => Self::Text,
            "uuid" | "inet4" | "inet6" | "xmltype" => Self::Special,
            _ => Self::Bytes,
        }
    }

    fn bits(in_full: &str) -> Self {
        let digits: String = in_full.chars().filter(char::is_ascii_digit).collect();
        match digits.parse() {
            Ok(1) | Err(_) => Self::Bool,
            Ok(width) => Self::Bits(width),
        }
    }

    /// Returns what can be asked of such a column.
    pub(crate) fn class(self) -> Class {
        match self {
            Self::Whole => Class::Integer,
            Self::Number => Class::Number,
            Self::Date => Class::Date,
            Self::Text => Class::Text,
            _ => Class::Other,
        }
    }

    /// Returns the value, or `None` for text that is not valid.
    pub(crate) fn value(self, raw: Raw) -> Option<Value> {
        Some(match raw {
            Raw::NULL => Value::Null,
            Raw::Int(n @ (0 | 1)) if self == Self::Bool => Value::Bool(n == 1),
            Raw::Int(n) => Value::Integer(n.into()),
            Raw::UInt(n @ (0 | 1)) if self == Self::Bool => Value::Bool(n == 1),
            Raw::UInt(n) => Value::Integer(n.into()),
            Raw::Float(x) => number::single(x),
            Raw::Double(x) => number::real(x),
            Raw::Date(year, month, day, hour, minute, second, micros) => {
                let day = format!("{year:04}-{month:02}-{day:02}");
                if self == Self::Date {
                    return Some(temporal(day));
                }
                let zone = if self == Self::Instant { "Z" } else { "" };
                let clock = clock(hour.into(), minute, second, micros);
                // A zero date is no moment, so it has no zone either.
                iso::parse(&format!("{day}T{clock}{zone}"))
                    .unwrap_or_else(|| Value::Text(format!("{day} {clock}")))
            }
            Raw::Time(negative, days, hours, minutes, seconds, micros) => {
                let sign = if negative { "-" } else { "" };
                let hours = u64::from(days) * 24 + u64::from(hours);
                temporal(format!("{sign}{}", clock(hours, minutes, seconds, micros)))
            }
            Raw::Bytes(bytes) => return self.of_bytes(bytes),
        })
    }

    fn of_bytes(self, bytes: Vec<u8>) -> Option<Value> {
        let wide = || bytes.iter().map(|byte| format!("{byte:08b}")).collect::<String>();
        match self {
            Self::Bool => match bytes.as_slice() {
                [0] => return Some(Value::Bool(false)),
                [1] => return Some(Value::Bool(true)),
                _ => {}
            },
            Self::Bits(width) => {
                let bits = wide();
                let from = bits.len().saturating_sub(width);
                return Some(Value::Text(bits.get(from..).unwrap_or_default().to_owned()));
            }
            Self::Bytes => return Some(Value::Bytes(bytes)),
            _ => {}
        }
        let text = String::from_utf8(bytes).ok()?;
        Some(match self {
            Self::Bool | Self::Whole | Self::Number | Self::Real => number::digits(&text),
            Self::Json => json::value(&text),
            Self::Date | Self::Time | Self::Stamp | Self::Instant => temporal(text),
            _ => Value::Text(text),
        })
    }
}

fn temporal(text: String) -> Value {
    iso::parse(&text).unwrap_or(Value::Text(text))
}

fn clock(hours: u64, minutes: u8, seconds: u8, micros: u32) -> String {
    let clock = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if micros == 0 {
        return clock;
    }
    let fraction = format!("{micros:06}");
    format!("{clock}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.into()))
    }

    #[test]
    fn types_are_told_by_their_words() {
        assert_eq!(Reading::of("tinyint", "tinyint(1)"), Reading::Bool);
        assert_eq!(Reading::of("tinyint", "tinyint(4) unsigned"), Reading::Whole);
        assert_eq!(Reading::of("bit", "bit(1)"), Reading::Bool);
        assert_eq!(Reading::of("bit", "bit(12)"), Reading::Bits(12));
        assert_eq!(Reading::of("POINT", "point"), Reading::Bytes);
    }

    #[test]
    fn dates_that_are_none_stay_text() {
        let day = |y, m, d| Raw::Date(y, m, d, 0, 0, 0, 0);
        assert!(Reading::Date.value(day(2026, 11, 2)) == Some(Value::Date("2026-11-02".into())));
        assert!(Reading::Date.value(day(0, 0, 0)) == text("0000-00-00"));
        assert!(Reading::Instant.value(day(0, 0, 0)) == text("0000-00-00 00:00:00"));
        let moment = Raw::Date(2026, 11, 2, 9, 30, 0, 120_000);
        let is = |text: &str| Some(Value::DateTime(text.into()));
        assert!(Reading::Instant.value(moment.clone()) == is("2026-11-02T09:30:00.12Z"));
        assert!(Reading::Stamp.value(moment) == is("2026-11-02T09:30:00.12"));
        assert!(Reading::Time.value(Raw::Time(true, 1, 2, 30, 0, 0)) == text("-26:30:00"));
        let nine = Reading::Time.value(Raw::Time(false, 0, 9, 5, 0, 0));
        assert!(nine == Some(Value::Time("09:05:00".into())));
    }

    #[test]
    fn bytes_mean_what_the_column_says() {
        let raw = |bytes: &[u8]| Raw::Bytes(bytes.to_vec());
        assert!(Reading::Bits(12).value(raw(&[0x0A, 0xBC])) == text("101010111100"));
        assert!(Reading::Bool.value(raw(&[1])) == Some(Value::Bool(true)));
        assert!(Reading::Text.value(raw(b"\xff")).is_none());
        assert!(Reading::Bytes.value(raw(b"\xff")) == Some(Value::Bytes(vec![255])));
        assert!(Reading::Number.value(raw(b"10.50")) == Some(Value::Decimal("10.50".into())));
        assert!(Reading::Bool.value(Raw::Int(7)) == Some(Value::Integer(7)));
    }
}
