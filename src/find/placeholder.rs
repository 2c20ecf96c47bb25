//! Values that stand for "nothing": a placeholder that was learned as a key would pull the rows of
//! everybody for whom the same was typed.

use crate::map::Kind;

/// Words typed where nothing was known, in lower case without spaces, dots, dashes and slashes.
const NOTHING: [&str; 23] = [
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
    "undefined",
    "missing",
    "blank",
];

/// Words that are no key, though they might be part of a name.
const NO_KEY: [&str; 12] = [
    "ns",
    "nan",
    "withheld",
    "anonymous",
    "anon",
    "guest",
    "test",
    "dummy",
    "default",
    "refused",
    "pending",
    "noname",
];

/// Returns whether a text says that nothing is known: no letter or digit in it, zeros alone, or a
/// word for it.
pub(crate) fn says_nothing(text: &str) -> bool {
    let bare = bare(text);
    bare.chars().all(|c| c == '0') || NOTHING.contains(&bare.as_str())
}

/// Returns the letters and digits in lower case.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns whether the value, given in its normal form, identifies nobody.
///
/// Anything without a letter or digit, a run of one digit (`0`, `000000`, `99999999`), one of the
/// usual words, an e-mail address without `@` or with such a word as its name, and the dates that
/// systems put where there is none.
pub(super) fn is_placeholder(kind: &Kind, normal: &str) -> bool {
    let word = bare(normal);
    says_nothing(normal)
        || NO_KEY.contains(&word.as_str())
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
    let name = bare(local);
    !domain.is_empty() && !says_nothing(local) && !NO_KEY.contains(&name.as_str())
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
