//! What is taken out of texts.

use super::estate::{Estate, column, kind};
use crate::map::Role;
use crate::redact::Confidence;

fn note(text: &str) -> Estate {
    Estate::new(vec![
        column("who", Role::ThirdParty(Some(kind("name")))),
        column("iban", Role::Data),
        column("n", Role::Text),
    ])
    .own(&[("who", "Grace Khan"), ("iban", "GB82 WEST 1234 5698 7654 32"), ("n", text)])
}

fn after(text: &str) -> String {
    note(text).only().remove(2)
}

#[test]
fn the_subjects_own_survives_in_any_spelling() {
    for text in [
        "ada@example.org",
        "ADA [at] example.org",
        "+44 (0)7700 900 001",
        "Ada HART's phone: 07700900001",
        "GB82WEST12345698765432",
        "Hart, Ada; Ms Hart; ada",
    ] {
        assert_eq!(after(text), text);
    }
}

#[test]
fn the_subjects_address_survives_in_part_and_with_its_town() {
    let estate = Estate::new(vec![column("home", Role::Data), column("n", Role::Text)]);
    let text = "at 12 High Street, or 12 High Street, Luton; not 14 High Street";
    let estate = estate.own(&[("home", "12 High Street"), ("n", text)]);
    assert_eq!(estate.only()[1], "at 12 High Street, or 12 High Street, Luton; not [address A]");
}

#[test]
fn others_identifiers_are_taken_out() {
    for (text, left) in [
        ("see bo@example.net, or bo@example.net", "see [email A], or [email A]"),
        ("ring 07700 900555 or +44 7700 900555", "ring [phone A] or [phone A]"),
        ("NI AB123456C", "NI [nino A]"),
        ("joada@example.org", "[email A]"),
    ] {
        assert_eq!(after(text), left);
    }
}

#[test]
fn parts_of_a_name_are_doubtful_and_common_words_stay() {
    let estate = note("Khan came with grace. Grace period. Dr Grace. khan");
    let after = estate.only().remove(2);
    assert_eq!(after, "[Person A] came with grace. Grace period. Dr [Person A]. khan");
    let sure: Vec<_> = estate.propose().proposals.iter().map(|p| p.confidence).collect();
    assert_eq!(sure, [Confidence::Certain, Confidence::Doubtful, Confidence::Certain]);
}

#[test]
fn what_the_controller_publishes_stays() {
    assert_eq!(after("ask privacy@lustalux.example"), "ask privacy@lustalux.example");
}

#[test]
fn redacting_again_changes_nothing() {
    let once = after("Grace Khan, bo@example.net, 07700 900555");
    assert_eq!(once, "[Person A], [email A], [phone A]");
    assert_eq!(after(&once), once);
    assert_eq!(note("x").kinds().len(), 1);
}

#[test]
fn a_sibling_is_taken_out_throughout() {
    let estate = Estate::new(vec![
        column("sibling", Role::ThirdParty(Some(kind("name")))),
        column("born", Role::ThirdParty(Some(kind("birth-date")))),
        column("nhs", Role::ThirdParty(Some(kind("nhs")))),
        column("n", Role::Text),
    ])
    .own(&[
        ("sibling", "Bilal Hart"),
        ("born", "2015-03-02"),
        ("nhs", "943 476 5919"),
        (
            "n",
            "Bilal (born 2nd March 2015, 02/03/15; 9434765919, UPN B801200005001), Ada's brother",
        ),
    ]);
    assert_eq!(
        estate.only()[3],
        "[Person A] (born [Person A: birth-date], [Person A: birth-date]; [Person A: nhs], \
         UPN [upn A]), Ada's brother"
    );
}

#[test]
fn who_may_be_the_subject_or_a_relative_is_taken_out() {
    for name in ["Ada Beatrice Hart", "A. B. Hart"] {
        let told = format!("spoke to Mrs {name} today");
        let estate = Estate::new(vec![column("n", Role::Text)]).own(&[("n", &told)]);
        let left = estate.only().concat().to_lowercase();
        assert_eq!(left, "spoke to mrs [person a] today", "{name}");
    }
}

#[test]
fn a_cell_of_two_holders_is_named_after_the_other() {
    let estate =
        Estate::new(vec![column("by", Role::Person(kind("name"))), column("n", Role::Text)])
            .own(&[("by", "Ada Hart & Bilal Khan"), ("n", "Ada Hart met Bilal Khan")]);
    assert_eq!(estate.only(), ["[Person A]", "Ada Hart met [Person A]"]);
}

#[test]
fn a_professional_whom_the_text_alone_names_keeps_the_role_and_is_said_to_be_one() {
    let estate = note(
        "Seen by Dr Oluwaseun Peverell, paediatrician. Then by her social worker, Tamsin Bray.",
    );
    let after = estate.only().remove(2);
    assert!(after.contains("paediatrician") && after.contains("her social worker"), "{after}");
    assert!(!after.contains("Peverell") && !after.contains("Bray"), "{after}");
    let proposed = estate.propose();
    let told =
        proposed.proposals.iter().filter(|proposal| proposal.reason.contains("paragraph 17"));
    assert_eq!(told.count(), 2);
}

#[test]
fn an_address_that_goes_on_after_the_subjects_name_is_taken_out() {
    let told = "bank change came from ada.hart.pay@example.net, not her";
    let estate = Estate::new(vec![column("n", Role::Text)]).own(&[("n", told)]);
    assert_eq!(estate.only(), ["bank change came from [email A], not her"]);
}
