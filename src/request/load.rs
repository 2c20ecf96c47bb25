//! Reading a request: TOML, or OpenDSR JSON.

use std::path::Path;

use jiff::civil::Date;

use super::grammar::{EventEntry, IdentityEntry, RepresentativeEntry, RequestFile, Values};
use super::model::{Event, IdentityCheck, Representative, Request, Right, Scope, Subject};
use super::{Error, opendsr};
use crate::diagnose::{At, Document, Entries, Mask, Problems, Report, one_of, read_text};
use crate::map::{Kind, Map};

/// Reads the request in `file`: OpenDSR if it is JSON, else TOML.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read, [`Error::Invalid`] with what is wrong in it. Lines
/// that may say who the person is are shown masked.
pub fn load(file: &Path) -> Result<Request, Error> {
    let text = read_text(file).map_err(|source| Error::Read { file: file.to_owned(), source })?;
    parse(&text, file)
}

/// Reads a request from its text; `file` is its name in messages.
///
/// # Errors
/// [`Error::Invalid`] with what is wrong.
pub fn parse(text: &str, file: &Path) -> Result<Request, Error> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let document = Document { file, text, mask: Mask::Personal };
    let json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    if json || text.trim_start().starts_with('{') {
        return Ok(opendsr::parse(&document)?);
    }
    let written: RequestFile = toml::from_str(text).map_err(|error| document.syntax(&error))?;
    Ok(resolve(&document, written)?)
}

fn resolve(document: &Document<'_>, written: RequestFile) -> Result<Request, Report> {
    let mut problems = Problems::new(document);
    if written.reference.trim().is_empty() {
        problems.add(
            &written.reference.span,
            "the reference is blank",
            ["give the request a reference of your own: `reference = \"2026-0042\"`".to_owned()],
        );
    }
    let subject = subject(&written.subject, &mut problems);
    if let (Some(from), Some(to)) = (&written.scope.from, written.scope.to)
        && from.0 > to.0
    {
        problems.add(&from.span, "the scope ends before it starts", None);
    }
    problems.finish(Request {
        reference: written.reference.value,
        right: written.right,
        received: written.received.0,
        channel: written.channel,
        identity: written.identity.map(identity),
        subject,
        scope: Scope {
            sources: written.scope.sources,
            from: written.scope.from.map(|day| day.value.0),
            to: written.scope.to.map(|day| day.0),
        },
        events: written.event.into_iter().map(event).collect(),
        representative: written.representative.map(representative),
    })
}

fn identity(written: IdentityEntry) -> IdentityCheck {
    let IdentityEntry { verified, on, by, how } = written;
    IdentityCheck { verified, on: on.map(|day| day.0), by, how }
}

fn event(written: EventEntry) -> Event {
    Event { kind: written.kind, on: written.on.0, why: written.why }
}

fn representative(written: RepresentativeEntry) -> Representative {
    let RepresentativeEntry { name, relation, authority, competence, wishes } = written;
    Representative { name, relation, authority, competence, wishes }
}

fn subject(written: &At<Entries<Values>>, problems: &mut Problems<'_>) -> Subject {
    let pairs = written.iter().flat_map(|(kind, Values(values))| {
        values.iter().map(|value| (kind.value.clone(), value.clone()))
    });
    let subject = gather(pairs);
    if subject.0.is_empty() {
        problems.add(&written.span, NO_IDENTIFIER, [IDENTIFIER_HELP.to_owned()]);
    }
    subject
}

pub(super) const NO_IDENTIFIER: &str = "the request does not say who the person is";
pub(super) const IDENTIFIER_HELP: &str =
    "give at least one identifier under `[subject]`: `email = [\"…\"]`";

/// Gathers values by kind, without blank ones and repeats.
pub(super) fn gather(pairs: impl IntoIterator<Item = (String, String)>) -> Subject {
    let mut subject = Subject::default();
    for (kind, value) in pairs {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        let values = subject.0.entry(Kind::new(kind)).or_default();
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
    subject
}

impl Request {
    /// Returns a request for access by a person of these identifiers, as pairs of kind and value.
    /// Nobody's identity has been checked.
    ///
    /// # Errors
    /// [`Error::Invalid`] if no value is left once blank ones are dropped.
    pub fn from_subject(
        pairs: impl IntoIterator<Item = (String, String)>,
        reference: &str,
        received: Date,
    ) -> Result<Self, Error> {
        let subject = gather(pairs);
        if subject.0.is_empty() {
            let help = "write `--subject KIND=VALUE`, for example `--subject customer=17`";
            return Err(Report::without_place(NO_IDENTIFIER.into(), vec![help.into()]).into());
        }
        Ok(Self {
            reference: reference.to_owned(),
            right: Right::Access,
            received,
            channel: None,
            identity: None,
            subject,
            scope: Scope::default(),
            events: Vec::new(),
            representative: None,
        })
    }

    /// Checks that the map knows every kind of identifier that the request gives, and every
    /// source that its scope names.
    ///
    /// # Errors
    /// [`Error::Invalid`] with each unknown name and the nearest known one.
    pub fn check_kinds(&self, map: &Map) -> Result<(), Error> {
        let kinds = || map.identifiers.keys().map(Kind::as_str);
        let sources = || map.sources.iter().map(|source| source.name.as_str());
        let unknown = self.subject.0.keys().filter(|kind| !map.identifiers.contains_key(kind));
        let kinds = unknown.map(|kind| {
            let title = format!("the request gives `{kind}`, a kind that the map does not know");
            (title, one_of(kind.as_str(), kinds()))
        });
        let missing = self.scope.sources.iter().filter(|name| !sources().any(|s| s == *name));
        let missing = missing.map(|name| {
            (
                format!("the scope names the source `{name}`, which is not in the map"),
                one_of(name, sources()),
            )
        });
        let problems =
            kinds.chain(missing).map(|(title, help)| (title, help.into_iter().collect()));
        Ok(Report::of(problems)?)
    }
}
