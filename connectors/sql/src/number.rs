//! Numbers and bytes as text.

use holdall_connector::Value;

/// Returns the shortest decimal that is the same number, or `None` if it is none: `17` and not
/// `17.0`, as the same number reads everywhere else.
pub(crate) fn decimal(x: f64) -> Option<String> {
    if !x.is_finite() {
        None
    } else if x == 0.0 {
        Some("0".to_owned())
    } else if (1e-7..1e17).contains(&x.abs()) {
        Some(format!("{x}"))
    } else {
        Some(format!("{x:e}"))
    }
}

/// Returns the value of a binary floating-point number.
pub(crate) fn real(x: f64) -> Value {
    match decimal(x) {
        Some(digits) => Value::Decimal(digits),
        None if x.is_nan() => Value::Null,
        None => Value::Text(if x > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()),
    }
}

/// Returns the value of a number of single precision: its own shortest digits.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn single(x: f32) -> Value {
    if !x.is_finite() {
        return real(f64::from(x));
    }
    // The shortest digits of the single are a number of double precision with the same digits.
    format!("{x:e}").parse().map_or(Value::Null, real)
}

/// Returns the value of exact digits: a whole number, or a decimal as it was written.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) fn digits(text: &str) -> Value {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    if plain(unsigned)
        && let Ok(number) = text.parse::<i128>()
    {
        // `-0` and `007` would lose what they are written with.
        if number.to_string() == text {
            return Value::Integer(number);
        }
    }
    if unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return Value::Decimal(text.to_owned());
    }
    Value::Text(text.to_owned())
}

/// Returns bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reals_are_short_and_exact() {
        for (x, digits) in [
            (17.0, "17"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (1e16, "10000000000000000"),
            (1e21, "1e21"),
            (1.5e-9, "1.5e-9"),
            (-0.0, "0"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(real(x), Value::Decimal(digits.into()));
            assert!(digits.parse::<f64>().unwrap() == x, "{digits}");
        }
        assert_eq!(real(f64::INFINITY), Value::Text("Infinity".into()));
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    #[test]
    fn digits_stay_as_they_are_written() {
        assert_eq!(single(0.1), Value::Decimal("0.1".into()));
        assert_eq!(single(f32::NEG_INFINITY), Value::Text("-Infinity".into()));
        assert_eq!(digits("17"), Value::Integer(17));
        assert_eq!(digits("-18446744073709551616"), Value::Integer(-18_446_744_073_709_551_616));
        for text in ["17.00", "-0", "007", "1e5"] {
            assert_eq!(digits(text), Value::Decimal(text.into()));
        }
        assert_eq!(digits("NaN"), Value::Text("NaN".into()));
    }
}
