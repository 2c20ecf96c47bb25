//! Where the address of a server is kept, and how it is had from there.

use std::path::Path;

use holdall_connector::{Error, Secret};

use super::model::SecretRef;

impl SecretRef {
    /// Returns where a secret is kept, or `None` if the text is neither `env:NAME` nor `file:PATH`.
    /// A path is relative to `folder`.
    pub(crate) fn parse(text: &str, folder: &Path) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let rest = rest.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        match scheme {
            "env" if !rest.is_empty() && rest.chars().all(plain) => Some(Self::Env(rest.into())),
            "file" if !rest.is_empty() => Some(Self::File(folder.join(rest))),
            _ => None,
        }
    }

    /// Reads the secret from where it is kept.
    ///
    /// # Errors
    /// [`Error::Settings`] or [`Error::Io`] if it cannot be had, naming the variable or the file.
    pub(crate) fn read(&self) -> Result<Secret, Error> {
        let text = match self {
            Self::Env(name) => std::env::var(name).map_err(|_| {
                Error::Settings(format!(
                    "the environment variable `{name}` is not set (or is no text); set it to the \
                     server's address"
                ))
            })?,
            Self::File(path) => std::fs::read_to_string(path)
                .map_err(|source| Error::Io { path: path.clone(), source })?,
        };
        let text = text.trim_end_matches(['\r', '\n']);
        if text.trim().is_empty() {
            return Err(Error::Settings("the address of the server is empty".to_owned()));
        }
        Ok(Secret::new(text.to_owned()))
    }
}
