//! Values that stand for "nothing": a placeholder that was learned as a key would pull the rows of
//! everybody for whom the same was typed.

use crate::map::Kind;

/// Words typed where nothing was known, in lower case without spaces, dots, dashes and slashes.
const WORDS: [&str; 34] = [
    "na",
    "none",
    "null",
    "nil",
    "unknown",
    "notknown",
    "notprovided",
    "notgiven",
    "notsupplied",
    "notapplicable",
    "notavailable",
    "notrecorded",
    "notstated",
    "nodata",
    "noemail",
    "nophone",
    "tbc",
    "tba",
    "tbd",
    "nk",
    "ns",
    "nan",
    "undefined",
    "missing",
    "withheld",
    "anonymous",
    "anon",
    "guest",
    "test",
    "dummy",
    "default",
    "refused",
    "pending",
    "blank",
];

/// Returns whether the value, given in its normal form, identifies nobody.
///
/// Anything without a letter or digit, a run of one digit (`0`, `000000`, `99999999`), one of the
/// usual words, an e-mail address without `@` or with such a word as its name, and the dates that
/// systems put where there is none.
pub(super) fn is_placeholder(kind: &Kind, normal: &str) -> bool {
    let bare: String = normal.chars().filter(|c| c.is_alphanumeric()).collect();
    let word = bare.to_lowercase();
    word.is_empty()
        || WORDS.contains(&word.as_str())
        || is_one_digit_repeated(&word)
        || match kind.as_str() {
            "email" => !is_mailbox(normal),
            Kind::BIRTH_DATE => {
                matches!(normal, "1900-01-01" | "1970-01-01" | "0001-01-01" | "9999-12-31")
            }
            _ => false,
        }
}

/// Returns whether the text is zeros, or one digit at least four times.
fn is_one_digit_repeated(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(char::is_ascii_digit) else { return false };
    chars.all(|c| c == first) && (first == '0' || text.len() >= 4)
}

fn is_mailbox(normal: &str) -> bool {
    let Some((local, domain)) = normal.rsplit_once('@') else { return false };
    let name: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    !domain.is_empty() && !name.is_empty() && !WORDS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_nothing() {
        let cases = [
            ("customer", "0"),
            ("customer", "N/A"),
            ("customer", "-"),
            ("phone", "00000000000"),
            ("email", "n/a"),
            ("email", "none@example.org"),
            ("email", "ada"),
            ("birth-date", "1900-01-01"),
            ("customer", "Not known"),
        ];
        for (kind, value) in cases {
            assert!(is_placeholder(&Kind::new(kind), value), "{kind} {value}");
        }
    }

    #[test]
    fn what_identifies() {
        let cases = [
            ("customer", "1"),
            ("customer", "17"),
            ("customer", "222"),
            ("email", "ada@example.org"),
            ("birth-date", "1984-03-02"),
            ("name", "nan hart"),
        ];
        for (kind, value) in cases {
            assert!(!is_placeholder(&Kind::new(kind), value), "{kind} {value}");
        }
    }
}
