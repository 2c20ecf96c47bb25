//! Codes in plain words for the data subject.

use jiff::civil::Date;

use crate::controller::{Article9, Basis, Retention};
use crate::find::Status;
use crate::request::Right;

/// What stands where the profile says there is nothing.
pub(super) const NONE: &str = "None";
/// What stands where the profile says nothing.
pub(super) const NOT_STATED: &str = "Not stated";

/// Returns the right's name and article.
pub(super) fn right(right: Right) -> &'static str {
    match right {
        Right::Access => "Right of access (UK GDPR Article 15)",
        Right::Portability => "Right to data portability (UK GDPR Article 20)",
    }
}

/// Returns the code of the right.
pub(super) fn right_code(right: Right) -> &'static str {
    match right {
        Right::Access => "access",
        Right::Portability => "portability",
    }
}

/// Returns a date as it is written in Britain: 2 November 2026.
pub(super) fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Returns how the search of a table ended.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "searched in full, records found",
        Status::NothingFound => "searched in full, nothing found",
        Status::NotAsked => "not searched: nothing in it could be matched to you",
        Status::OutOfScope => "not searched: outside what you asked for",
        Status::Failed => "not searched in full",
    }
}

/// Returns a lawful basis with its article.
pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "your consent (Article 6(1)(a))",
        Basis::Contract => "a contract with you (Article 6(1)(b))",
        Basis::LegalObligation => "a legal obligation (Article 6(1)(c))",
        Basis::VitalInterests => "to protect somebody’s life (Article 6(1)(d))",
        Basis::PublicTask => "a public task (Article 6(1)(e))",
        Basis::LegitimateInterests => "legitimate interests (Article 6(1)(f))",
    }
}

/// Returns a condition for special-category data with its article.
pub(super) fn article_9(condition: Article9) -> &'static str {
    match condition {
        Article9::ExplicitConsent => "your explicit consent (Article 9(2)(a))",
        Article9::EmploymentSocialProtection => {
            "employment, social security and social protection law (Article 9(2)(b))"
        }
        Article9::VitalInterests => "to protect somebody’s life (Article 9(2)(c))",
        Article9::NotForProfit => "a not-for-profit body’s members (Article 9(2)(d))",
        Article9::MadePublic => "you made it public (Article 9(2)(e))",
        Article9::LegalClaims => "legal claims (Article 9(2)(f))",
        Article9::SubstantialPublicInterest => "substantial public interest (Article 9(2)(g))",
        Article9::HealthOrSocialCare => "health or social care (Article 9(2)(h))",
        Article9::PublicHealth => "public health (Article 9(2)(i))",
        Article9::Research => "archiving, research and statistics (Article 9(2)(j))",
    }
}

/// Returns how long data is kept, or that this is not stated.
pub(super) fn retention(retention: Option<&Retention>) -> String {
    let Some(Retention { keep, from, rule }) = retention else { return NOT_STATED.to_owned() };
    let span = match (keep, from) {
        (Some(keep), Some(from)) => Some(format!("{keep} from the date in “{from}”")),
        (Some(keep), None) => Some(keep.clone()),
        (None, _) => None,
    };
    let parts: Vec<String> = span.into_iter().chain(rule.clone()).collect();
    if parts.is_empty() { NOT_STATED.to_owned() } else { parts.join("; ") }
}

/// Returns a count with its noun, in the plural where it is not one.
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// Returns a number with a comma between thousands.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(count(1, "record", "records"), "1 record");
        assert_eq!(count(1_234_567, "record", "records"), "1,234,567 records");
        assert_eq!(date(jiff::civil::date(2026, 11, 2)), "2 November 2026");
    }
}
