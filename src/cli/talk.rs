//! The one place that writes to standard output and standard error.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::error::{CommandError, Exit};
use crate::{controller, map, request};

/// Says a line or more to people. A closed standard error is no reason to stop.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints one JSON object for machines.
///
/// # Errors
/// If standard output cannot be written to: a script must not take silence for success.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), CommandError> {
    let lost = |error: &io::Error| CommandError::failed("cannot write to standard output", error);
    let mut text = serde_json::to_string(value).map_err(|e| lost(&e.into()))?;
    text.push('\n');
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| lost(&e))
}

/// Prints what was asked for as it is.
///
/// # Errors
/// If standard output cannot be written to; a reader that has seen enough is no error.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<Exit, CommandError> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::failed("cannot write to standard output", &error))
        }
        _ => Ok(Exit::Ok),
    }
}

/// An error that may carry a rendered diagnosis.
pub(super) trait Rendered: std::fmt::Display {
    /// Returns the diagnosis in colours, if there is one.
    fn ansi(&self) -> Option<String>;
}

/// Returns an error as people should see it here: in colours on a terminal that wants them.
pub(super) fn render(error: &impl Rendered) -> String {
    let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let styled = if colours { error.ansi() } else { None };
    styled.unwrap_or_else(|| error.to_string())
}

impl Rendered for map::Error {
    fn ansi(&self) -> Option<String> {
        if let Self::Invalid(report) = self { Some(report.ansi()) } else { None }
    }
}

impl Rendered for controller::Error {
    fn ansi(&self) -> Option<String> {
        if let Self::Invalid(report) = self { Some(report.ansi()) } else { None }
    }
}

impl Rendered for request::Error {
    fn ansi(&self) -> Option<String> {
        if let Self::Invalid(report) = self { Some(report.ansi()) } else { None }
    }
}
