//! OpenDSR 2.0 (formerly OpenGDPR): the JSON in which one system passes a request to another.
//!
//! <https://github.com/opengdpr/opengdpr>

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::load::{NO_IDENTIFIER, gather};
use super::model::{Request, Right, Scope};
use crate::diagnose::{Document, Report, did_you_mean};

/// The fields that Holdall uses; OpenDSR allows more.
#[derive(Deserialize)]
struct DsrRequest {
    subject_request_id: String,
    subject_request_type: String,
    submitted_time: String,
    #[serde(default)]
    subject_identities: Vec<DsrIdentity>,
    #[serde(default)]
    api_version: Option<String>,
}

#[derive(Deserialize)]
struct DsrIdentity {
    identity_type: String,
    identity_value: String,
    #[serde(default)]
    identity_format: Option<String>,
}

/// Returns the request that the JSON makes. It carries no identity check, so none is assumed.
pub(super) fn parse(document: &Document<'_>) -> Result<Request, Report> {
    let written: DsrRequest =
        serde_json::from_str(document.text).map_err(|error| document.json(&error))?;
    let refuse = |title: &str, help: &str| document.whole(title, help);
    if let Some(version) = written.api_version.as_deref().filter(|v| !is_known_version(v)) {
        let title = format!("OpenDSR version `{version}` is not supported");
        return Err(refuse(&title, "Holdall reads OpenDSR 1.0 and 2.0"));
    }
    let right = right(&written.subject_request_type, &refuse)?;
    let received = received(&written.submitted_time).ok_or_else(|| {
        refuse(
            "`submitted_time` is no date and time",
            "write it as RFC 3339: `2026-11-02T09:30:00Z`",
        )
    })?;
    if written.subject_request_id.trim().is_empty() {
        return Err(refuse("`subject_request_id` is blank", "OpenDSR wants a UUID here"));
    }
    for identity in &written.subject_identities {
        check_format(identity, &refuse)?;
    }
    let pairs = written.subject_identities.into_iter();
    let subject = gather(pairs.map(|i| (kind(&i.identity_type).to_owned(), i.identity_value)));
    if subject.0.is_empty() {
        return Err(refuse(NO_IDENTIFIER, "give at least one of `subject_identities`"));
    }
    Ok(Request {
        reference: written.subject_request_id.trim().to_owned(),
        right,
        received,
        channel: Some("opendsr".into()),
        identity: None,
        subject,
        scope: Scope::default(),
        events: Vec::new(),
        representative: None,
    })
}

fn is_known_version(version: &str) -> bool {
    let version = version.trim().trim_start_matches('v');
    matches!(version.split('.').next(), Some("1" | "2"))
}

/// Makes the report of a reason and what to do about it.
type Refuse<'a> = &'a dyn Fn(&str, &str) -> Report;

fn right(word: &str, refuse: Refuse<'_>) -> Result<Right, Report> {
    match word {
        "access" => Ok(Right::Access),
        "portability" => Ok(Right::Portability),
        "erasure" | "rectification" | "restriction" | "objection" => Err(refuse(
            &format!("this is a request for {word}; Holdall answers access and portability"),
            "pass it to whoever answers such requests",
        )),
        other => Err(refuse(
            "`subject_request_type` is neither `access` nor `portability`",
            &did_you_mean(other, ["access", "portability"])
                .unwrap_or_else(|| "Holdall answers access and portability".into()),
        )),
    }
}

/// Returns the day, in universal time: at most an hour before the day in the United Kingdom, so
/// that the clock never starts late.
fn received(text: &str) -> Option<Date> {
    let instant = text.trim().parse::<Timestamp>().ok();
    instant.map(|t| t.to_zoned(TimeZone::UTC).date()).or_else(|| text.trim().parse().ok())
}

/// Refuses what cannot be searched: a hash finds nobody in data that is not hashed.
fn check_format(identity: &DsrIdentity, refuse: Refuse<'_>) -> Result<(), Report> {
    match identity.identity_format.as_deref().map(str::trim) {
        None => Ok(()),
        Some(format) if format.eq_ignore_ascii_case("raw") => Ok(()),
        Some(_) => Err(refuse(
            &format!("the identity `{}` is hashed or encoded", identity.identity_type),
            "only plain values can be searched for: ask for it with `identity_format` `raw`",
        )),
    }
}

/// Returns the kind of identifier that an OpenDSR identity type is; others keep their name.
fn kind(identity_type: &str) -> &str {
    match identity_type.trim() {
        "controller_customer_id" => "customer",
        other => other,
    }
}
