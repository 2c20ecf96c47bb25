//! The register of other people.

use super::{Estate, by};
use crate::case::{Alias, Case, Error, Filter, Party, State};
use crate::review::{Consent, ConsentState, Decision, PartyRole};

fn named(case: &Case, name: &str) -> Party {
    let people = case.people().unwrap();
    people.into_iter().find(|party| party.aliases.iter().any(|alias| alias.text == name)).unwrap()
}

#[test]
fn one_decision_for_all_that_is_about_somebody() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let khan = named(&case, "Amira Khan");
    assert_eq!((khan.label.as_str(), khan.items), ("[Person A]", 3));
    let consent = Some(Consent { state: ConsentState::Given, on: "2026-11-20".parse().unwrap() });
    let seen = case.revision().unwrap();
    let role = PartyRole::Professional;
    case.describe_party(khan.id, role, consent, Some("by letter"), seen, &by("R. Vale")).unwrap();
    let keep = Decision::Keep { reason: "she agreed".into() };
    let stale = case.decide_party(khan.id, &keep, seen, &by("R. Vale"));
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    let seen = case.revision().unwrap();
    assert_eq!(case.decide_party(khan.id, &keep, seen, &by("R. Vale")).unwrap(), 3);
    let khan = case.party(khan.id).unwrap();
    assert_eq!((khan.kept, khan.consent, khan.role), (3, consent, role));
}

#[test]
fn labels_stay_when_others_come_before() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let before = named(&case, "Amira Khan");
    estate.write(
        "notes",
        "customer,by,text\n\
         17,Bilal Osei,A first note.\n\
         17,Amira Khan,Rang about the parcel; Amira Khan signed for it.\n",
    );
    let diff = estate.collect(&mut case);
    assert_eq!((diff.rows_new, diff.rows_gone), (1, 2), "{diff:?}");
    assert_eq!(named(&case, "Amira Khan").label, before.label);
    assert_eq!(named(&case, "Bilal Osei").label, "[Person B]");
}

#[test]
fn people_are_merged_and_split() {
    let estate = Estate::new();
    estate.write(
        "notes",
        "customer,by,text\n17,Amira Khan,One.\n17,A. Begum,Two.\n17,Amira Khan,Three.\n",
    );
    let mut case = estate.reviewed();
    let (khan, begum) = (named(&case, "Amira Khan"), named(&case, "A. Begum"));
    assert_ne!(khan.label, begum.label);
    case.merge_parties(khan.id, begum.id, case.revision().unwrap(), &by("R. Vale")).unwrap();
    let labels = |case: &Case| -> Vec<String> {
        let each = Filter { kind: Some("person".into()), each: true, ..Filter::default() };
        case.queue(&each, None, 50).unwrap().items.into_iter().map(|item| item.label).collect()
    };
    assert_eq!(labels(&case), ["[Person A]"; 3]);
    estate.collect(&mut case);
    assert_eq!(labels(&case), ["[Person A]"; 3]);
    let alias = Alias { kind: "person".into(), text: "A. Begum".into() };
    let seen = case.revision().unwrap();
    case.split_party(khan.id, &[alias], seen, &by("R. Vale")).unwrap();
    assert_eq!(labels(&case), ["[Person A]", "[Person C]", "[Person A]"]);
    let (_, settled) = case.settle().unwrap();
    let rows = settled.rows().iter().flat_map(|row| crate::redact::texts(&row.record));
    assert!(rows.map(|(_, text)| text).any(|text| text == "[Person C]"));
}

#[test]
fn undecided_again_is_undecided() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let khan = named(&case, "Amira Khan");
    let keep = Decision::Keep { reason: "known".into() };
    for decision in [keep, Decision::Undecided] {
        case.decide_party(khan.id, &decision, case.revision().unwrap(), &by("R. Vale")).unwrap();
    }
    let kept = Filter { state: Some(State::Kept), ..Filter::default() };
    assert_eq!(case.count(&kept).unwrap(), 0);
}
