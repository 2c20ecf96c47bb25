//! The address of a column, also inside nested records.
//!
//! A path is written as keys joined by dots, with `[]` for "each element": `customer.email`,
//! `items[].sku`. A dot, bracket or backslash that belongs to a key is escaped by a backslash.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Value;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// The value under this key of an object.
    Key(String),
    /// Every element of a list.
    Each,
}

/// The address of a column: a key, or a way through nested objects and lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Segment>);

/// A path whose text is not in the grammar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a column path: write keys joined by dots, with `[]` for each element")]
pub struct BadPath(pub String);

impl Path {
    /// Returns the path of a top-level column, whatever characters its name has.
    pub fn column(name: impl Into<String>) -> Self {
        Self(vec![Segment::Key(name.into())])
    }

    /// Returns the path made of these steps.
    pub fn from_segments(segments: Vec<Segment>) -> Self {
        Self(segments)
    }

    /// Parses `customer.email`, `items[].sku` or `a\.b`.
    ///
    /// # Errors
    /// [`BadPath`] for an empty key, a lone bracket or a trailing backslash.
    pub fn parse(text: &str) -> Result<Self, BadPath> {
        let bad = || BadPath(text.to_owned());
        let mut segments = Vec::new();
        let mut key = String::new();
        let mut open = true; // a key may (or must) stand here
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => key.push(chars.next().ok_or_else(bad)?),
                '.' => {
                    if !key.is_empty() {
                        segments.push(Segment::Key(std::mem::take(&mut key)));
                    } else if open {
                        return Err(bad());
                    }
                    open = true;
                    if chars.peek().is_none() {
                        return Err(bad());
                    }
                }
                '[' => {
                    if chars.next() != Some(']') {
                        return Err(bad());
                    }
                    if !key.is_empty() {
                        segments.push(Segment::Key(std::mem::take(&mut key)));
                    }
                    segments.push(Segment::Each);
                    open = false;
                    if !matches!(chars.peek(), None | Some('.' | '[')) {
                        return Err(bad());
                    }
                }
                ']' => return Err(bad()),
                other => key.push(other),
            }
        }
        if !key.is_empty() {
            segments.push(Segment::Key(key));
        }
        if segments.is_empty() { Err(bad()) } else { Ok(Self(segments)) }
    }

    /// Returns the steps.
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Returns this path with one more step.
    #[must_use]
    pub fn join(&self, segment: Segment) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment);
        Self(segments)
    }

    /// Returns whether `other` is this path or lies below it.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Each => f.write_str("[]")?,
                Segment::Key(key) => {
                    if i > 0 {
                        f.write_str(".")?;
                    }
                    for c in key.chars() {
                        if matches!(c, '.' | '[' | ']' | '\\') {
                            f.write_str("\\")?;
                        }
                        write!(f, "{c}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.is_empty() {
            return Ok(Self::column(text));
        }
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// Calls `visit` with every value that lies at `segments` below `value`.
pub(crate) fn select<'a>(value: &'a Value, segments: &[Segment], visit: &mut dyn FnMut(&'a Value)) {
    let Some((first, rest)) = segments.split_first() else {
        return visit(value);
    };
    match (first, value) {
        (Segment::Key(key), Value::Object(fields)) => {
            for (_, inner) in fields.iter().filter(|(name, _)| name == key) {
                select(inner, rest, visit);
            }
        }
        (Segment::Each, Value::List(items)) => {
            for inner in items {
                select(inner, rest, visit);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_path_agree() {
        for text in ["id", "customer.email", "items[].sku", "rows[][]", r"a\.b.c", "[].id"] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Path::column("a.b").to_string(), r"a\.b");
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", ".", "a.", "a..b", ".a", "a[0]", "a[", "a]", "a[]b", "a\\"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_path_covers_what_lies_below() {
        let items = Path::parse("items").unwrap();
        assert!(items.covers(&Path::parse("items[].sku").unwrap()));
        assert!(!items.covers(&Path::parse("items2").unwrap()));
    }
}
