//! A Presidio analyser (`POST /analyze`) on this machine. Addresses elsewhere are refused when the
//! map is read; a redirect or a proxy is not followed.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::Failure;
use super::answer::{Said, checked};
use crate::redact::detect::Candidate;

/// A find as Presidio gives it.
#[derive(Deserialize)]
struct Entity {
    entity_type: String,
    start: usize,
    end: usize,
    score: f64,
}

/// What Presidio's types are here. Others are of no use: places, numbers of other countries.
const KINDS: [(&str, &str); 15] = [
    ("PERSON", "person"),
    ("EMAIL_ADDRESS", "email"),
    ("PHONE_NUMBER", "phone"),
    ("UK_NINO", "nino"),
    ("UK_NHS", "nhs"),
    ("UK_PASSPORT", "passport"),
    ("UK_DRIVING_LICENCE", "driving-licence"),
    ("UK_POSTCODE", "postcode"),
    ("UK_VEHICLE_REGISTRATION", "vehicle"),
    ("IBAN_CODE", "iban"),
    ("CREDIT_CARD", "card"),
    ("IP_ADDRESS", "ip"),
    ("MAC_ADDRESS", "mac"),
    ("URL", "url"),
    ("DATE_TIME", "date"),
];

/// Asks about every text; returns the finds of each, in their order.
pub(super) fn ask(
    url: &str,
    timeout: u64,
    texts: &[String],
) -> Result<Vec<Vec<Candidate>>, Failure> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(timeout)))
        .proxy(None)
        .max_redirects(0)
        .build()
        .into();
    let address = format!("{}/analyze", url.trim_end_matches('/'));
    texts.iter().map(|text| analyse(&agent, &address, timeout, text)).collect()
}

fn analyse(
    agent: &ureq::Agent,
    address: &str,
    timeout: u64,
    text: &str,
) -> Result<Vec<Candidate>, Failure> {
    let question = json!({ "text": text, "language": "en" }).to_string();
    let mut answer = agent
        .post(address)
        .header("Content-Type", "application/json")
        .send(question)
        .map_err(|error| failure(&error, timeout))?;
    if answer.status() != 200 {
        return Err(Failure::Answer("a status that is not 200"));
    }
    let body = answer.body_mut().read_to_string().map_err(|error| failure(&error, timeout))?;
    let found: Vec<Entity> = serde_json::from_str(&body)
        .map_err(|_| Failure::Answer("not a list of entities with type, place and score"))?;
    let known = |entity: &Entity| {
        let known = KINDS.iter().find(|(name, _)| *name == entity.entity_type);
        known.map(|(_, kind)| (*kind).to_owned())
    };
    let said = found.iter().filter_map(|entity| {
        let Entity { start, end, score, .. } = *entity;
        Some(Said { start, end, kind: known(entity)?, confidence: score })
    });
    checked(text, &said.collect::<Vec<_>>())
}

/// Returns what is wrong, without anything that was sent or received.
fn failure(error: &ureq::Error, timeout: u64) -> Failure {
    match error {
        ureq::Error::Timeout(_) => Failure::Slow(timeout),
        ureq::Error::StatusCode(_) => Failure::Answer("a status that is not 200"),
        ureq::Error::ConnectionFailed | ureq::Error::Io(_) => {
            Failure::Unreachable("nothing answers at its address")
        }
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => {
            Failure::Answer("a redirect, which is not followed")
        }
        _ => Failure::Unreachable("the exchange broke off"),
    }
}
