//! A few values as patterns in raw bytes: the shortest way past text that holds none of them.
//!
//! A pattern is sound where it stands in every spelling that normalises to its value. In text that
//! is all ASCII that holds for [`Compare::Exact`] and [`Compare::Caseless`]: white space around a
//! value and the case of its letters are all that can differ (quotes that CSV doubles and
//! characters that JSON escapes are refused here). In other text the caller must take another way,
//! unless it has letters that keep it from ever being the same as a value of ASCII alone
//! ([`crate::letters`]); so all values are.

use holdall_connector::{Compare, Lookup};
use memchr::memmem::{self, Finder};
use regex::bytes::{Regex, RegexBuilder};

/// Beyond so many values a look at each field is faster.
const MOST: usize = 32;

/// A shorter pattern stands nearly everywhere.
const SHORTEST: usize = 5;

/// A shorter run of digits and signs stands nearly everywhere.
const SHORTEST_RUN: usize = 3;

/// Patterns of which one stands in every ASCII record that is wanted.
#[derive(Debug)]
pub struct Needles(Way);

/// How the patterns are searched for.
#[derive(Debug)]
enum Way {
    /// By a part of the one value that is the same in either case.
    Anchor(Box<Anchor>),
    /// By an automaton of all.
    Automaton(Regex),
}

impl Needles {
    /// Returns the patterns for a lookup, or `None` if there are none that are sound and pay.
    /// `refused` are bytes that the format may write in another way.
    pub fn of(lookup: &Lookup, refused: &[u8]) -> Option<Self> {
        let mut values = Vec::new();
        for asked in &lookup.any {
            let has_case = match asked.compare {
                Compare::Exact => true,
                Compare::Caseless => false,
                _ => return None,
            };
            for value in &asked.values {
                let plain = value.is_ascii()
                    && value.len() >= SHORTEST
                    && !value.bytes().any(|byte| refused.contains(&byte))
                    && !is_numeric(value);
                if !plain || values.len() == MOST {
                    return None;
                }
                values.push((value.as_str(), has_case));
            }
        }
        Way::of(&values).map(Self)
    }

    /// Returns the offset at which the next pattern ends, from an offset on.
    #[inline]
    pub fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        match &self.0 {
            Way::Anchor(anchor) => anchor.next(text, from),
            Way::Automaton(regex) => regex.find(text.get(from..)?).map(|found| from + found.end()),
        }
    }
}

impl Way {
    /// Returns how to search for these values, each with whether its case counts.
    fn of(values: &[(&str, bool)]) -> Option<Self> {
        if let [(value, false)] = values
            && let Some(anchor) = Anchor::of(value)
        {
            return Some(Self::Anchor(Box::new(anchor)));
        }
        let patterns: Vec<String> = values
            .iter()
            .map(|(value, has_case)| {
                let case = if *has_case { "" } else { "i" };
                format!("(?{case}-u:{})", regex::escape(value))
            })
            .collect();
        let regex = RegexBuilder::new(&patterns.join("|")).build().ok();
        regex.map(Self::Automaton).filter(|_| !patterns.is_empty())
    }
}

/// The longest run of digits and signs in a value, which either case writes alike: an exact search
/// for it is several times as fast as one for the whole in either case.
#[derive(Debug)]
struct Anchor {
    run: Finder<'static>,
    /// What stands before and after the run.
    before: Vec<u8>,
    after: Vec<u8>,
    length: usize,
}

impl Anchor {
    /// `None` if there is no run that is rare enough.
    fn of(value: &str) -> Option<Self> {
        let runs = value.as_bytes().chunk_by(|a, b| is_letter(*a) == is_letter(*b));
        let run = runs.filter(|run| !run.first().is_some_and(|b| is_letter(*b)));
        let run = run.max_by_key(|run| run.len()).filter(|run| run.len() >= SHORTEST_RUN)?;
        let at = memmem::find(value.as_bytes(), run)?;
        let before = value.as_bytes().get(..at)?.to_vec();
        let after = value.as_bytes().get(at + run.len()..)?.to_vec();
        Some(Self { run: Finder::new(run).into_owned(), before, after, length: run.len() })
    }

    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let mut searched = from.saturating_add(self.before.len());
        loop {
            let at = searched + self.run.find(text.get(searched..)?)?;
            if let Some(end) = self.stands_around(text, at) {
                return Some(end);
            }
            searched = at + 1;
        }
    }

    /// Returns where the value ends, if it stands around the run at an offset.
    fn stands_around(&self, text: &[u8], at: usize) -> Option<usize> {
        let run_end = at + self.length;
        let end = run_end + self.after.len();
        let before = text.get(at.checked_sub(self.before.len())?..at)?;
        let after = text.get(run_end..end)?;
        let is_value =
            before.eq_ignore_ascii_case(&self.before) && after.eq_ignore_ascii_case(&self.after);
        is_value.then_some(end)
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic()
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
