//! A credential that no log can show.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A pass-phrase or connection string. Wiped from memory when dropped; `Debug` shows `***`; it
/// cannot be serialised.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes a secret text.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// Returns the text, for the one call that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}
