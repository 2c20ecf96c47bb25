//! Grounds and reasons: what the data subject reads beside each label.

use crate::controller::exemption;
use crate::request::Right;

use super::Ground;

/// The reason for a password, hash, token or code.
pub(super) const CREDENTIAL: &str = "A password or other credential is held here. It is never given out, so that nobody can use it.";
/// The reason for somebody else's file.
pub(super) const RECORD: &str =
    "This row is in somebody else's file, which mentions you: only what is about you is given.";
/// The reason for a column nobody has decided about.
pub(super) const UNMAPPED: &str = "Nobody has decided yet what this column holds.";
/// The reason for another person's data.
pub(super) const OTHER: &str = "This is about another person.";
/// The reason for a person who is known from the rows of this request.
pub(super) const KNOWN: &str = "This names another person.";
/// The reason for a part of a known person's name.
pub(super) const PART: &str = "This seems to name another person.";
/// The reason for a value that is withheld elsewhere.
pub(super) const ELSEWHERE: &str = "This repeats something that is withheld elsewhere.";
/// The reason for content that cannot be searched.
pub(super) const OPAQUE: &str = "This content cannot be read as text, so it cannot be checked.";
/// The reason for staff.
pub(super) const STAFF: &str = "This names a member of staff.";

/// The reason for a person in a text whose writer asks not to be named.
pub(super) const REFUSED: &str =
    "This names another person. Somebody asked in this text not to be named: they refuse consent.";
/// Why a row is held in which somebody asks so, and what to do.
pub(super) const NARRATIVE: &str = "somebody asked not to be named here, which is a refusal of consent: the narrative may show who they are without a name";
/// What to do then.
pub(super) const READ_IT: &str =
    "read what is given of the record, take out what shows who they are, then say that it was read";
/// The reason for somebody whom a text names beside such a role.
pub(super) const PROFESSIONAL: &str = "This seems to name a health, social-work or education worker. Such names are given (Data Protection Act 2018, Schedule 2, paragraph 17) once the role is confirmed.";

/// Returns the ground on which another person's data is withheld: DPA 2018 Sch 2 para 16 against
/// access, UK GDPR Art. 20(4) against portability.
pub(super) fn other_people(right: Right) -> Ground {
    Ground::new(match right {
        Right::Access => "sch2-16",
        Right::Portability => "art20-4",
    })
}

/// Returns the reason for what a pattern noticed.
pub(super) fn pattern(kind: &str) -> String {
    let what = match kind {
        "email" => "An e-mail address",
        "phone" => "A telephone number",
        "postcode" => "A postcode",
        "address" => "An address",
        "nino" => "A National Insurance number",
        "nhs" => "An NHS number",
        "upn" => "A pupil number",
        "utr" => "A tax reference",
        "driving-licence" => "A driving licence number",
        "passport" => "A passport number",
        "vehicle" => "A vehicle registration",
        "sort-code" | "bank-account" | "iban" => "Bank details",
        "card" => "A payment card number",
        "dbs" => "A DBS certificate number",
        "ip" | "mac" => "A device's network address",
        "username" => "A user name",
        "blue-badge" => "A Blue Badge number",
        "council-tax" => "A council tax number",
        _ => "Something",
    };
    format!("{what} that is not known to be yours.")
}

/// Returns the reason that the data subject reads for what a person took out on this ground.
pub fn reason_for(ground: &Ground) -> String {
    match ground.code() {
        "security" => CREDENTIAL.to_owned(),
        "art20-4" | "art15-4" | "sch2-16" => OTHER.to_owned(),
        code => exempt(code),
    }
}

/// Returns the reason for an exemption, by its code in the register.
pub(super) fn exempt(code: &str) -> String {
    match exemption(code) {
        Some(known) => format!("{}: {}", known.title, known.reason),
        None => format!("This is withheld under an exemption in the law ({code})."),
    }
}

/// Returns whether the exemption restricts portability; one that the register lacks is not relied
/// on against it.
pub(super) fn restricts_portability(code: &str) -> bool {
    exemption(code).is_some_and(|known| known.restricts_portability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_3_and_4_restrict_access_alone() {
        assert!(!restricts_portability("sch2-24") && !restricts_portability("sch2-19"));
        assert!(restricts_portability("sch2-2") && restricts_portability("sch3-2"));
        assert!(!restricts_portability("no such code"));
    }
}
