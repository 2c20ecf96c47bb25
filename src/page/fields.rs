//! What a form or the query of an address says.

use super::failure::Failure;
use crate::case::Revision;

/// The fields of a form that passed the guard, or of a query; in order, repeated ones too.
#[derive(Clone, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` text.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// Returns a field without the white space around it; empty if it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        self.raw(name).unwrap_or_default().trim()
    }

    /// Returns a field, unless it is empty or not there.
    pub(super) fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|text| !text.is_empty())
    }

    /// Returns a field as it was sent.
    pub(super) fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns every value of a repeated field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns a number.
    ///
    /// # Errors
    /// [`Failure::Malformed`] if it is none.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, Failure> {
        self.get(name).parse().map_err(|_| Failure::Malformed(name))
    }

    /// Returns the revision that the form was shown at.
    ///
    /// # Errors
    /// [`Failure::Malformed`].
    pub(super) fn seen(&self) -> Result<Revision, Failure> {
        self.number("seen").map(Revision)
    }
}

/// Writes a query: what is empty is left out.
pub(super) fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
        out.append_pair(name, &value);
    }
    out.finish()
}
