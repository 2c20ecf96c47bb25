//! An outside recogniser of names and identifiers: a command or a Presidio analyser on this machine.
//! It may only add to what is taken out. It gets texts and nothing else, and what it says is
//! believed only if it is an answer to what was asked: everything else holds the release.

mod answer;
mod child;
mod kept;
mod presidio;

use std::collections::{BTreeMap, BTreeSet};

use crate::find::{Found, Hold, HoldKind};
use crate::map::{Map, Recogniser};
use crate::request::Request;

use super::detect::Candidate;
use super::mentioned::texts;

pub use kept::Answers;

/// How sure an outside recogniser has to be (0 to 1) for its finds to be taken out.
const THRESHOLD: f64 = 0.4;

/// What an outside recogniser found, by text.
#[derive(Default)]
pub struct Recognised {
    spans: BTreeMap<String, Vec<Candidate>>,
    /// Why it cannot be relied on.
    failure: Option<Failure>,
}

impl Recognised {
    /// Returns what was found in this text, by bytes.
    pub(super) fn of(&self, text: &str) -> &[Candidate] {
        self.spans.get(text).map_or(&[], Vec::as_slice)
    }

    /// Returns the hold for a recogniser that did not answer as it should.
    pub(super) fn hold(&self) -> Option<Hold> {
        let failure = self.failure.as_ref()?;
        Some(Hold {
            kind: HoldKind::Recogniser,
            table: None,
            at: None,
            why: format!("the recogniser of [redaction.recogniser] {failure}"),
            next: "mend it and run this again, or take it out of the map".into(),
        })
    }
}

/// What is wrong with a recogniser. Never has anything that it said: that may be personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Failure {
    #[error("cannot be started: {0}")]
    Start(std::io::ErrorKind),
    #[error("did not answer within {0} seconds")]
    Slow(u64),
    #[error("stopped before it had answered everything (it wrote {0} bytes of errors)")]
    Stopped(usize),
    #[error("ended with an error (it wrote {0} bytes of errors)")]
    Ended(usize),
    #[error("gave an answer that is none: {0}")]
    Answer(&'static str),
    #[error("cannot be reached: {0}")]
    Unreachable(&'static str),
    #[error("{0}")]
    Before(String),
}

/// Asks the map's recogniser, if it has one, about every free text that was found.
///
/// Never fails: what goes wrong is in the result, and [`propose`](super::propose_with) makes a hold
/// of it.
pub fn recognise(found: &Found, map: &Map, request: &Request) -> Recognised {
    recognise_more(found, map, request, b"", &Answers::default())
}

/// Asks the map's recogniser about the free texts that it was not asked about before, as
/// [`recognise`] does. One that failed before is not asked again: its failure stands.
pub fn recognise_more(
    found: &Found,
    map: &Map,
    request: &Request,
    salt: &[u8],
    before: &Answers,
) -> Recognised {
    let Some(recogniser) = &map.recogniser else { return Recognised::default() };
    let mut all = BTreeSet::new();
    texts(found, map, request, &mut |text| {
        all.insert(text.to_owned());
    });
    if let Some(failure) = before.failure() {
        return Recognised { spans: BTreeMap::new(), failure: Some(failure) };
    }
    let mut known: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    all.retain(|text| match before.about(salt, text) {
        Some(spans) => known.insert(text.clone(), spans).is_some(),
        None => true,
    });
    let all: Vec<String> = all.into_iter().collect();
    if all.is_empty() && !known.is_empty() {
        return Recognised { spans: known, failure: None };
    }
    let asked = match recogniser {
        Recogniser::Command { command, timeout, workers } => {
            child::ask(command, *timeout, *workers, &all)
        }
        Recogniser::Presidio { url, timeout } => presidio::ask(url, *timeout, &all),
    };
    match asked {
        Ok(spans) => {
            known.extend(all.into_iter().zip(spans));
            Recognised { spans: known, failure: None }
        }
        Err(failure) => Recognised { spans: BTreeMap::new(), failure: Some(failure) },
    }
}
