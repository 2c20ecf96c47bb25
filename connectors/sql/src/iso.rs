//! Which texts are dates and times in ISO 8601.

use holdall_connector::Value;

/// Returns a date, time, or date and time, or `None` if the text is none of them.
///
/// A space between date and time becomes the `T` of ISO 8601; all else stays as it was.
pub(crate) fn parse(text: &str) -> Option<Value> {
    if is_date(text) {
        return Some(Value::Date(text.to_owned()));
    }
    if is_time(text) {
        return Some(Value::Time(text.to_owned()));
    }
    let (date, time) = text.split_at_checked(10)?;
    let clock = time.strip_prefix(['T', ' '])?;
    (is_date(date) && is_time(clock)).then(|| Value::DateTime(format!("{date}T{clock}")))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    (1..=days(year, month)).contains(&day)
}

/// Returns how many days a month has; none if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

fn is_time(text: &str) -> bool {
    let clock = text.strip_suffix('Z').unwrap_or_else(|| match text.find(['+', '-']) {
        Some(at) if is_offset(text.get(at + 1..).unwrap_or_default()) => {
            text.get(..at).unwrap_or_default()
        }
        _ => text,
    });
    let parts: Vec<&str> = clock.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (hour, minute, None),
        [hour, minute, second] => (hour, minute, Some(second)),
        _ => return false,
    };
    below(hour, 24) && below(minute, 60) && second.is_none_or(|second| is_second(second))
}

fn is_second(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    below(whole, 61) && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn is_offset(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').unwrap_or_else(|| {
        text.split_at_checked(2)
            .map_or((text, "00"), |(h, m)| (h, if m.is_empty() { "00" } else { m }))
    });
    below(hours, 24) && below(minutes, 60)
}

fn below(text: &str, end: u32) -> bool {
    number(text, 2).is_some_and(|number| number < end)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_texts_are_told_by_their_shape() {
        assert_eq!(parse("2028-02-29"), Some(Value::Date("2028-02-29".into())));
        assert_eq!(parse("09:30"), Some(Value::Time("09:30".into())));
        assert_eq!(parse("09:30:01.5+01:00"), Some(Value::Time("09:30:01.5+01:00".into())));
        for text in ["2026-11-02 09:30:00", "2026-11-02T09:30:00"] {
            assert_eq!(parse(text), Some(Value::DateTime("2026-11-02T09:30:00".into())));
        }
        let offset = "2026-11-02T09:30:00-0500";
        assert_eq!(parse(offset), Some(Value::DateTime(offset.into())));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "2027-02-29",
            "2026-13-01",
            "2026-1-2",
            "24:00",
            "02/11/2026",
            "soon",
            "2026-11-02x09:30",
            "09:30:",
            "09:30:01.",
            "09:30+1",
            "+09:30",
            "2026-11-02 ",
            "ééééé",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
