//! `[redaction]`: what happens to staff, and an outside recogniser: a command, or a Presidio
//! analyser that is on this machine.

use serde::{Deserialize, Serialize};

use super::grammar::RecogniserEntry;
use crate::diagnose::{At, Problems};

/// What happens to the names of staff.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StaffPolicy {
    /// They stay (the default).
    #[default]
    Keep,
    /// The role stands in for the name.
    Role,
    /// They are redacted like other people.
    Redact,
}

/// An outside recogniser, which adds to what the detectors find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recogniser {
    /// A command that reads questions and writes answers, one JSON object a line.
    Command {
        /// The program and its arguments.
        command: Vec<String>,
        /// How long one answer may take, in seconds.
        timeout: u64,
        /// How many of them run at once.
        workers: usize,
    },
    /// A Presidio analyser on this machine.
    Presidio {
        /// Its address.
        url: String,
        /// How long one answer may take, in seconds.
        timeout: u64,
    },
}

/// How long an answer may take, in seconds, unless the map says.
const TIMEOUT: u64 = 30;
/// The most commands that run at once.
const WORKERS: u64 = 64;

/// Returns the recogniser, unless what is written makes no sense.
pub(super) fn resolve(
    entry: &At<RecogniserEntry>,
    problems: &mut Problems<'_>,
) -> Option<Recogniser> {
    let timeout = entry.timeout.as_ref().map_or(TIMEOUT, |at| at.value).clamp(1, 3600);
    match (&entry.command, &entry.presidio) {
        (Some(words), None) => {
            let command: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
            if command.first().is_none_or(|program| program.trim().is_empty()) {
                problems.add(
                    &entry.span,
                    "`command` names no program",
                    ["write `command = [\"program\", \"argument\"]`".to_owned()],
                );
            }
            let workers = entry.concurrency.as_ref().map_or(1, |at| at.value).clamp(1, WORKERS);
            let workers = usize::try_from(workers).unwrap_or(1);
            Some(Recogniser::Command { command, timeout, workers })
        }
        (None, Some(url)) => {
            if !is_here(url) {
                problems.add(
                    &url.span,
                    "a recogniser must be on this machine: texts with personal data are sent to it",
                    ["write `presidio = \"http://127.0.0.1:5002\"`".to_owned()],
                );
            }
            Some(Recogniser::Presidio { url: url.value.clone(), timeout })
        }
        _ => {
            problems.add(
                &entry.span,
                "a recogniser is either a command or Presidio",
                ["give one of `command = [\"…\"]` and `presidio = \"http://127.0.0.1:5002\"`"
                    .to_owned()],
            );
            None
        }
    }
}

/// Returns whether the address is one of this machine: plain HTTP to the loopback interface.
fn is_here(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let host = rest.split('/').next().unwrap_or_default();
    let port = ["127.0.0.1", "localhost", "[::1]"].iter().find_map(|here| host.strip_prefix(here));
    port.is_some_and(|port| {
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    })
}

#[cfg(test)]
mod tests {
    use super::is_here;

    #[test]
    fn only_this_machine_is_here() {
        for url in ["http://127.0.0.1:5002", "http://localhost/", "http://[::1]:1/x"] {
            assert!(is_here(url), "{url}");
        }
        for url in [
            "https://127.0.0.1",
            "http://127.0.0.1.example.org",
            "http://127.0.0.1@example.org",
            "http://localhost:80@example.org",
            "http://10.0.0.1",
            "127.0.0.1:5002",
            "http://127.0.0.1:99999",
        ] {
            assert!(!is_here(url), "{url}");
        }
    }
}
