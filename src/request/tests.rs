//! Reading a request in both forms, and what a user sees when it is wrong.

use std::path::Path;

use insta::assert_snapshot;
use jiff::civil::date;

use super::{EventKind, Request, Right, parse, schema};
use crate::diagnose::schema::{accepts, assert_committed};
use crate::map::{Kind, Map};

/// Every key of the grammar.
const EXAMPLE: &str = r#"
reference = "2026-0042"
right = "access"
received = 2026-11-02
channel = "email"
[identity]
verified = true
on = 2026-11-03
by = "A. Officer"
how = "passport seen"
[subject]
name = ["Ada Hart", "A. M. Hart", " Ada Hart ", ""]
birth-date = 1984-03-02
email = "ada@example.org"
customer = [17, "18"]
[scope]
sources = "crm"
from = 2020-01-01
to = "2026-11-02"
[[event]]
kind = "clarification-asked"
on = 2026-11-05
why = "which branch?"
[representative]
name = "B. Hart"
relation = "parent"
authority = "birth certificate"
competence = "assessed"
wishes = "agrees"
"#;

const DSR: &str = r#"{
  "regulation": "gdpr",
  "subject_request_id": "3f0d7c52-6a1e-4a43-9f0b-5c2e4170a417",
  "subject_request_type": "portability",
  "submitted_time": "2026-11-04T00:30:00+01:00",
  "subject_identities": [
    { "identity_type": "email", "identity_value": "ada@example.org", "identity_format": "raw" },
    { "identity_type": "controller_customer_id", "identity_value": "17", "identity_format": "raw" }
  ],
  "api_version": "2.0",
  "extensions": {}
}"#;

fn read(text: &str) -> Request {
    parse(text, Path::new("request.toml")).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str) -> String {
    parse(text, Path::new("request.toml")).unwrap_err().to_string()
}

fn values<'a>(request: &'a Request, kind: &str) -> &'a [String] {
    &request.subject.0[&Kind::new(kind)]
}

#[test]
fn a_request_is_read() {
    let request = read(EXAMPLE);
    assert_eq!((request.right, request.received), (Right::Access, date(2026, 11, 2)));
    let identity = request.identity.as_ref().unwrap();
    assert!(identity.verified);
    assert_eq!(identity.on, Some(date(2026, 11, 3)));
    assert_eq!(values(&request, "name"), ["Ada Hart", "A. M. Hart"]);
    assert_eq!(values(&request, "birth-date"), ["1984-03-02"]);
    assert_eq!(values(&request, "customer"), ["17", "18"]);
    assert_eq!(request.scope.sources, ["crm"]);
    assert_eq!(request.scope.to, Some(date(2026, 11, 2)));
    assert_eq!(request.events[0].kind, EventKind::ClarificationAsked);
    assert_eq!(request.representative.unwrap().wishes.as_deref(), Some("agrees"));
}

#[test]
fn an_opendsr_request_is_read() {
    let request = read(DSR);
    assert_eq!(request.right, Right::Portability);
    assert_eq!(request.reference, "3f0d7c52-6a1e-4a43-9f0b-5c2e4170a417");
    assert_eq!(request.received, date(2026, 11, 3));
    assert_eq!(values(&request, "email"), ["ada@example.org"]);
    assert_eq!(values(&request, "customer"), ["17"]);
    assert!(request.identity.is_none());
}

#[test]
fn what_an_opendsr_request_cannot_ask_is_refused() {
    for (from, to, part) in [
        ("\"portability\"", "\"erasure\"", "this is a request for erasure"),
        ("\"portability\"", "\"acess\"", "did you mean `access`?"),
        ("\"raw\"", "\"sha256\"", "the identity `email` is hashed or encoded"),
        ("\"2.0\"", "\"3.0\"", "OpenDSR version `3.0` is not supported"),
        ("2026-11-04T00:30:00+01:00", "yesterday", "`submitted_time` is no date and time"),
        ("\"submitted_time\"", "\"time\"", "`submitted_time` is missing"),
        ("\"identity_value\": \"ada@example.org\"", "\"identity_value\": 5", "found a number"),
        ("  ],", "", "request.toml:10:3"),
    ] {
        assert!(DSR.contains(from), "{from}");
        let message = refusal(&DSR.replacen(from, to, 1));
        assert!(message.contains(part), "{to}: {message}");
        assert!(!message.contains("ada@"), "{message}");
    }
}

#[test]
fn a_request_must_say_who() {
    let nobody = |subject: &str| {
        refusal(&format!(
            "reference = \"1\"\nright = \"access\"\nreceived = 2026-11-02\n[subject]\n{subject}\n"
        ))
    };
    assert_snapshot!(nobody(""), @r#"
        error: the request does not say who the person is
         --> request.toml:4:1
          |
        4 | [subject]
          | ^^^^^^^^^
          |
          = help: give at least one identifier under `[subject]`: `email = ["…"]`
    "#);
    assert!(nobody("name = [\"\", \" \"]").contains("does not say who the person is"));
    assert!(Request::from_subject([("email".into(), " ".into())], "1", date(2026, 11, 2)).is_err());
    let pairs = [("email".to_owned(), "ada@example.org".to_owned())];
    let request = Request::from_subject(pairs, "1", date(2026, 11, 2)).unwrap();
    assert!(request.identity.is_none());
}

#[test]
fn a_missing_date() {
    assert_snapshot!(refusal(&EXAMPLE.replace("received = 2026-11-02\n", "")), @r#"
        error: `received` is missing
         --> request.toml:1:1
          |
        1 |
          | ^
          |
          = help: add `received = …`
    "#);
}

#[test]
fn a_wrong_right() {
    assert_snapshot!(refusal(&EXAMPLE.replace("\"access\"", "\"acess\"")), @r#"
        error: `acess` is not a word known here
         --> request.toml:3:9
          |
        3 | right = "acess"
          |         ^^^^^^^
          |
          = help: did you mean `access`?
    "#);
}

#[test]
fn a_wrong_value_of_a_person_is_not_shown() {
    let text = EXAMPLE.replace("\"ada@example.org\"", "{ a = \"ada@example.org\" }");
    assert_snapshot!(refusal(&text), @r#"
        error: expected a text, or a list of texts
          --> request.toml:14:9
           |
        14 | email = ***
           |         ^^^
    "#);
}

#[test]
fn no_personal_value_is_ever_shown() {
    let personal = ["Ada", "Hart", "ada@example.org", "1984", "Officer"];
    let mut checked = 0;
    for (at, _) in EXAMPLE.match_indices(['"', '=', '[', ']', '\n']) {
        let mut text = EXAMPLE.to_owned();
        text.replace_range(at..=at, "");
        let Err(error) = parse(&text, Path::new("request.toml")) else { continue };
        for value in personal {
            assert!(!error.to_string().contains(value), "{error}");
            assert!(!format!("{error:?}").contains(value), "{error:?}");
        }
        checked += 1;
    }
    assert!(checked > 50, "{checked}");
    assert!(!format!("{:?}", read(EXAMPLE)).contains("ada@"));
}

#[test]
fn kinds_are_checked_against_the_map() {
    let map: Map = crate::map::parse(
        "controller = \"c\"\n[identifiers]\ncustomer = {}\n[[source]]\nname = \"crm\"\n\
         connector = \"csv\"\npath = \".\"\n[source.tables.t]\nactivity = \"a\"\ncolumns.a = \"data\"\n",
        Path::new("holdall.toml"),
    )
    .unwrap();
    read(EXAMPLE).check_kinds(&map).unwrap();
    let request = EXAMPLE.replace("customer =", "custmer =").replace("\"crm\"", "\"cms\"");
    assert_snapshot!(read(&request).check_kinds(&map).unwrap_err(), @r#"
        error: the request gives `custmer`, a kind that the map does not know
         |
         = help: did you mean `customer`?

        error: the scope names the source `cms`, which is not in the map
         |
         = help: known: `crm`
    "#);
}

#[test]
fn the_schema_is_committed_as_generated() {
    assert_committed(&schema(), "src/request/request.schema.json");
}

#[test]
fn the_schema_describes_the_grammar() {
    accepts(&schema(), EXAMPLE).unwrap();
    for (from, to) in [
        ("right = \"access\"", "right = \"erasure\""),
        ("received = 2026-11-02\n", ""),
        ("verified = true", "verified = \"yes\""),
        ("kind = \"clarification-asked\"", "kind = \"asked\""),
        ("email = \"ada@example.org\"", "email = [true]"),
        ("relation =", "relative ="),
    ] {
        let text = EXAMPLE.replacen(from, to, 1);
        refusal(&text);
        assert!(accepts(&schema(), &text).is_err(), "{to}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC{0,200}") {
        let _ = parse(&text, Path::new("request.toml")).map_err(|e| e.to_string());
        let _ = parse(&format!("{{{text}"), Path::new("request.json")).map_err(|e| e.to_string());
    }
}
