//! A few values as patterns in raw bytes: the shortest way past text that holds none of them.
//!
//! A pattern is sound where it stands in every spelling that normalises to its value. In text that
//! is all ASCII that holds for [`Compare::Exact`] and [`Compare::Caseless`]: white space around a
//! value and the case of its letters are all that can differ (quotes that CSV doubles and
//! characters that JSON escapes are refused here). Elsewhere the caller must take another way.

use holdall_connector::{Compare, Lookup};
use regex::bytes::{Regex, RegexBuilder};

/// Beyond so many values a look at each field is faster.
const MOST: usize = 32;

/// A shorter pattern stands nearly everywhere.
const SHORTEST: usize = 5;

/// Patterns of which one stands in every ASCII record that is wanted.
#[derive(Debug)]
pub struct Needles(Regex);

impl Needles {
    /// Returns the patterns for a lookup, or `None` if there are none that are sound and pay.
    /// `refused` are bytes that the format may write in another way.
    pub fn of(lookup: &Lookup, refused: &[u8]) -> Option<Self> {
        let mut patterns = Vec::new();
        for asked in &lookup.any {
            for value in asked.values.iter().filter(|value| value.is_ascii()) {
                let case = match asked.compare {
                    Compare::Exact => "",
                    Compare::Caseless => "i",
                    _ => return None,
                };
                let plain = value.len() >= SHORTEST
                    && !value.bytes().any(|byte| refused.contains(&byte))
                    && !is_numeric(value);
                if !plain || patterns.len() == MOST {
                    return None;
                }
                patterns.push(format!("(?{case}-u:{})", regex::escape(value)));
            }
        }
        RegexBuilder::new(&patterns.join("|"))
            .build()
            .ok()
            .map(Self)
            .filter(|_| !patterns.is_empty())
    }

    /// Returns the offset at which the next pattern ends, from an offset on.
    #[inline]
    pub fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        self.0.find(rest).map(|found| from + found.end())
    }
}

/// Returns whether the value could be a number, which may be written in other ways.
fn is_numeric(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

#[cfg(test)]
mod tests {
    use holdall_connector::{Match, Path};

    use super::*;

    fn of(compare: Compare, values: &[&str]) -> Option<Needles> {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let any = vec![Match { column: Path::column("x"), compare, values }];
        Needles::of(&Lookup { table: "t".into(), any }, b"\"")
    }

    #[test]
    fn case_counts_only_where_it_is_said_to() {
        let needles = of(Compare::Caseless, &["ada@example.org"]).unwrap();
        assert_eq!(needles.next(b"1,ADA@example.org", 0), Some(17));
        assert_eq!(needles.next(b"1,ADA@example.org", 3), None);
        let needles = of(Compare::Exact, &["ada@example.org", "bo@example.org"]).unwrap();
        assert_eq!(needles.next(b"ADA@example.org, bo@example.org", 0), Some(31));
    }

    #[test]
    fn what_is_not_sound_is_refused() {
        assert!(of(Compare::Phone, &["07700900123"]).is_none());
        assert!(of(Compare::Exact, &["17"]).is_none());
        assert!(of(Compare::Exact, &["1234567"]).is_none());
        assert!(of(Compare::Exact, &["said \"no\""]).is_none());
        assert!(of(Compare::Caseless, &["zo\u{eb}@example.org"]).is_none());
        let many: Vec<String> = (0..50).map(|n| format!("p{n}@example.org")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(of(Compare::Caseless, &many).is_none());
    }
}
