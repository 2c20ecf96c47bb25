//! What is the subject's own, and who is on the roster.

use super::*;

fn spans(text: &str, subject: &[(&str, &str)], roster: &[&str]) -> Vec<String> {
    let mut own: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (kind, value) in subject {
        own.entry((*kind).to_owned()).or_default().push((*value).to_owned());
    }
    let roster: Vec<String> = roster.iter().map(|name| (*name).to_owned()).collect();
    let chars: Vec<char> = text.chars().collect();
    detect_with(text, &Known::new(&own, &roster))
        .iter()
        .map(|s| format!("{}={}", s.kind, chars[s.start..s.end].iter().collect::<String>()))
        .collect()
}

#[test]
fn the_subject_is_never_reported() {
    let ada = [
        ("name", "Ada Marie Hart"),
        ("email", "ada@example.org"),
        ("phone", "07700 900123"),
        ("birth-date", "1984-03-02"),
        ("nino", "AB123456C"),
        ("address", "12 High Street, Luton, LU1 1AA"),
    ];
    for text in [
        "Ada Hart, ADA HART, Hart, Ada and A. M. Hart; Mrs Hart; Dear Ada,\nthanks",
        "write to Ada@Example.org or ring +44 (0)7700-900-123",
        "born 2 March 1984 (02/03/84), NI ab 12 34 56 c",
        "lives at 12 High Street, Luton LU1 1AA",
        "Kind regards,\nAda\n07700900123",
    ] {
        assert_eq!(spans(text, &ada, &[]), Vec::<String>::new(), "{text}");
    }
    assert_eq!(spans("her brother Tom Hart rang", &ada, &[]), ["person=Tom Hart"]);
}

#[test]
fn the_roster_is_found_in_any_spelling() {
    let roster = ["Zubaydah Quillfeather", "Will Xander-Plum"];
    for (text, wanted) in [
        ("saw ZUBAYDAH QUILLFEATHER'S van", "ZUBAYDAH QUILLFEATHER"),
        ("saw zubaydah quillfeather there", "zubaydah quillfeather"),
        ("Quillfeather, Zubaydah", "Quillfeather, Zubaydah"),
        ("ask Z. Quillfeather now", "Z. Quillfeather"),
        ("then Zubaydah left", "Zubaydah"),
        ("the Xander-Plum file", "Xander-Plum"),
    ] {
        assert_eq!(spans(text, &[], &roster), [format!("person={wanted}")], "{text}");
    }
    assert!(spans("Will you come? It will do.", &[], &roster).is_empty());
}

#[test]
fn a_surname_of_two_words_is_the_subjects() {
    let own = [("name", "Mateo García López"), ("email", "m.lopez@example.org")];
    assert!(spans("saw Dr García López at home", &own, &[]).is_empty());
    assert!(spans("write to m.lopez [at] example [dot] org", &own, &[]).is_empty());
    let ada = [("name", "Ada James Hart")];
    assert_eq!(spans("saw Mr James Hart at home", &ada, &[]), ["person=James Hart"]);
}

#[test]
fn the_subject_with_other_given_names_is_the_subject() {
    let callum = [("name", "Callum Hart")];
    assert!(spans("Dr C. S. Hart, then Mr Callum Stephen Hart", &callum, &[]).is_empty());
    assert_eq!(spans("Mr Craig Stephen Hart", &callum, &[]), ["person=Craig Stephen Hart"]);
    let roster = ["Callum Stephen Hart"];
    let told = spans("saw Callum Stephen Hart", &callum, &roster);
    assert_eq!(told, ["person=Callum Stephen Hart"], "one on the roster is somebody else");
    let robert = [("name", "Robert Alan Hart")];
    assert!(spans("Mr Rob Hart rang", &robert, &[]).is_empty());
    assert_eq!(spans("Mr Robert Paul Hart rang", &robert, &[]), ["person=Robert Paul Hart"]);
}

#[test]
fn a_pet_form_of_the_subjects_first_name_is_the_subject() {
    let terence = [("name", "Terence Wolstenholme")];
    let text = "Terry Wolstenholme's Capri; Terry paid. Jacqui Wolstenholme did not.";
    assert_eq!(spans(text, &terence, &[]), ["person=Jacqui Wolstenholme"]);
}

#[test]
fn the_subjects_surname_may_be_written_with_a_slip() {
    let ada = [("name", "Ada Prosser")];
    let text = "spelt Ada Posser by mistake; Ada Prossor was a guess. Ada Rosser is her cousin, Ida Posser too";
    assert_eq!(spans(text, &ada, &[]), ["person=Ada Rosser", "person=Ida Posser"]);
}

#[test]
fn an_address_that_goes_on_after_the_name_may_be_somebody_elses() {
    let own = [("name", "Blerta Hoxha")];
    assert_eq!(spans("from blerta.hoxha@example.org", &own, &[]), Vec::<String>::new());
    let other = "blerta.hoxha.pay@example.net";
    assert_eq!(spans(&format!("from {other}"), &own, &[]), [format!("email={other}")]);
}
