//! Plain words for what the case calls by codes.

use maud::{Markup, html};

use crate::case::{Stage, State};
use crate::controller::exemption;
use crate::find::HoldKind;
use crate::redact::Confidence;
use crate::request::Right;
use crate::review::{ConsentState, PartyRole, Resolution, grounds};

/// Returns what a kind of item is.
pub(super) fn kind(kind: &str) -> &str {
    match kind {
        "person" => "Name",
        "email" => "E-mail address",
        "phone" => "Phone number",
        "postcode" => "Postcode",
        "address" => "Address",
        "birth-date" => "Date of birth",
        "date" => "Date",
        "nino" => "National Insurance number",
        "nhs" => "NHS number",
        "upn" => "Pupil number (UPN)",
        "utr" => "Tax reference (UTR)",
        "driving-licence" => "Driving licence number",
        "passport" => "Passport number",
        "vehicle" => "Vehicle registration",
        "sort-code" => "Sort code",
        "bank-account" => "Bank account",
        "iban" => "IBAN",
        "card" => "Payment card number",
        "dbs" => "DBS certificate number",
        "hcpc" => "HCPC registration",
        "company" => "Company number",
        "ip" => "IP address",
        "mac" => "Device address (MAC)",
        "url" => "Web address",
        "username" => "User name",
        "blue-badge" => "Blue Badge number",
        "council-tax" => "Council tax number",
        "credential" => "Password or other credential",
        "marked" => "Passage marked by hand",
        other => other,
    }
}

/// Returns what noticed an item.
pub(super) fn detector(detector: &str) -> String {
    match detector {
        "column" => "the data map: this column is somebody else's, or withheld".into(),
        "mention" => "the data map: this column names somebody else".into(),
        "known-person" => "somebody who is known from these records".into(),
        "roster" => "somebody who is in your own records".into(),
        "reviewer" => "a reviewer, by hand".into(),
        other => format!("the detector \u{201C}{other}\u{201D}"),
    }
}

/// Returns how sure something is.
pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "Certain",
        _ => "Doubtful: somebody has to decide",
    }
}

/// Returns a state as a badge: its word says it, its colour only helps.
pub(super) fn state(state: State) -> Markup {
    let (class, word) = match state {
        State::Open => ("open", "To decide"),
        State::ByPolicy => ("policy", "Taken out by policy"),
        State::Redacted => ("taken", "Taken out"),
        State::Kept => ("kept", "Kept"),
    };
    html! { span class={ "badge " (class) } { (word) } }
}

/// Returns what a ground's code stands for.
pub(super) fn ground(code: &str) -> &str {
    match code {
        "security" => "Security of passwords and the like",
        "art15-4" | "art20-4" => "Rights and freedoms of others",
        code => exemption(code).map_or(code, |known| known.title),
    }
}

/// Returns the choices of a ground, the one that stands chosen.
pub(super) fn ground_choices(right: Right, chosen: &str) -> Markup {
    html! {
        @for code in grounds(right) {
            option value=(code) selected[code == chosen] { (ground(code)) " (" (code) ")" }
        }
        @if !grounds(right).any(|code| code == chosen) {
            option value="" selected { (ground(chosen)) " (" (chosen) ")" }
        }
    }
}

/// Returns what a right is called.
pub(super) fn right(right: Right) -> &'static str {
    match right {
        Right::Access => "access (UK GDPR Article 15)",
        Right::Portability => "portability (UK GDPR Article 20)",
    }
}

/// Returns what a step is called.
pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Opened => "Opened: nothing was collected yet",
        Stage::Collected => "Under review",
        Stage::Releasing => "Being released",
        Stage::Released => "Released",
        Stage::Closed => "Closed",
    }
}

/// Returns what a hold is called.
pub(super) fn hold(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Identity => "Who is asking?",
        HoldKind::Unmapped => "A column that is not in the data map",
        HoldKind::Ambiguous => "A record that may be somebody else's",
        HoldKind::Candidate => "A record with the same name",
        HoldKind::Joint => "A record of two people",
        HoldKind::Exemption => "An exemption that does not fit this right",
        HoldKind::Opinion => "A professional's opinion is needed",
        HoldKind::Manual => "To be looked at by hand",
        HoldKind::Roster => "Your own records could not be asked",
        HoldKind::Recogniser => "The outside recogniser did not answer",
        HoldKind::Refused => "Identifying narrative: read before release",
    }
}

/// Returns what a resolution says.
pub(super) fn resolution(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Theirs => "The record is theirs: it joins the release".into(),
        Resolution::NotTheirs => "The record is not theirs: it stays out".into(),
        Resolution::Give => "The column is given, searched as free text".into(),
        Resolution::Withhold { ground: code } => {
            format!("The column is withheld: {} ({code})", ground(code))
        }
        Resolution::Done => "Done".into(),
    }
}

/// Returns what a role is called.
pub(super) fn role(role: PartyRole) -> &'static str {
    match role {
        PartyRole::ThirdParty => "Another person",
        PartyRole::Staff => "Member of staff",
        PartyRole::Professional => "Health, social-work or education worker, acting officially",
        PartyRole::Relative => "Relative of the data subject",
    }
}

/// Returns how a consent stands.
pub(super) fn consent(state: ConsentState) -> &'static str {
    match state {
        ConsentState::Asked => "Asked",
        ConsentState::Given => "Given",
        ConsentState::Refused => "Refused",
    }
}
