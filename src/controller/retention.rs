//! How long data is kept, as a span of the calendar.

use jiff::Span;

use super::Retention;

/// A `keep` that is no span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no span of time: write for example `2 years`, `6 months` or `1 year 6 months`")]
pub struct BadSpan(pub String);

impl Retention {
    /// Returns the span of `keep` (years, months, weeks and days), or `None` if it is not given.
    ///
    /// # Errors
    /// [`BadSpan`] if `keep` is not whole numbers with units.
    pub fn span(&self) -> Option<Result<Span, BadSpan>> {
        let keep = self.keep.as_deref()?;
        Some(parse(keep).ok_or_else(|| BadSpan(keep.to_owned())))
    }
}

fn parse(text: &str) -> Option<Span> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    let mut words = words.filter(|word| !word.is_empty() && *word != "and");
    let mut span = Span::new();
    let mut units = Vec::new();
    while let Some(number) = words.next() {
        let number: i64 = number.parse().ok().filter(|n| *n > 0)?;
        let unit = words.next()?;
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        if units.contains(&unit) {
            return None;
        }
        units.push(unit);
        span = match unit {
            "year" => span.try_years(number),
            "month" => span.try_months(number),
            "week" => span.try_weeks(number),
            "day" => span.try_days(number),
            _ => return None,
        }
        .ok()?;
    }
    (!units.is_empty()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(keep: &str) -> Result<Span, BadSpan> {
        let keep = Some(keep.to_owned());
        Retention { keep, from: None, rule: None }.span().unwrap()
    }

    #[test]
    fn spans_are_read() {
        let is = |keep: &str, span_: Span| {
            assert_eq!(span(keep).unwrap().fieldwise(), span_.fieldwise(), "{keep}");
        };
        is("2 years", Span::new().years(2));
        is("6 months", Span::new().months(6));
        is("30 days", Span::new().days(30));
        is("1 year 6 months", Span::new().years(1).months(6));
        is(" 1 Year, and 2 weeks ", Span::new().years(1).weeks(2));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for keep in [
            "",
            "2",
            "years",
            "two years",
            "2 fortnights",
            "-1 years",
            "0 days",
            "1 year 1 year",
            "2.5 years",
            "99999999999999999999 years",
            "20000 years",
        ] {
            assert!(span(keep).is_err(), "{keep}");
        }
    }
}
