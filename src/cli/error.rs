//! What a command says when it cannot go on: what failed, why, what to do next, and the exit code.

use std::error::Error as StdError;
use std::fmt::Write as _;
use std::process::ExitCode;

/// What a command reports to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Sealed, or all is well.
    Ok,
    /// The work failed.
    Failed,
    /// The arguments, the map, the profile or the request are wrong.
    Usage,
    /// A source was not read in full.
    Incomplete,
    /// Somebody has to decide something first.
    Held,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Ok => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Incomplete => 3,
            Exit::Held => 4,
        })
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub(super) struct CommandError {
    pub(super) exit: Exit,
    /// A rendered diagnosis, or one line saying what failed.
    pub(super) message: String,
    pub(super) hints: Vec<String>,
}

impl CommandError {
    /// The work failed.
    pub(super) fn failed(what: &str, error: &dyn StdError) -> Self {
        Self { exit: Exit::Failed, message: with_causes(what, error), hints: Vec::new() }
    }

    /// The arguments are wrong.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into(), hints: Vec::new() }
    }

    /// Adds what to do next.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Returns the text for a person.
    pub(super) fn text(&self) -> String {
        let start = if self.message.starts_with("error") { "" } else { "error: " };
        let mut text = format!("{start}{}", self.message.trim_end());
        for hint in &self.hints {
            let _ = write!(text, "\nhint: {hint}");
        }
        text
    }
}

fn with_causes(what: &str, error: &dyn StdError) -> String {
    let mut text = format!("{what}: {error}");
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let words = inner.to_string();
        if !said.contains(&words) {
            let _ = write!(text, "\n  because: {words}");
        }
        said = words;
        cause = inner.source();
    }
    text
}
