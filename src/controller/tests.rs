//! Reading a profile, and its schema.

use std::path::Path;

use insta::assert_snapshot;

use super::{Article9, Basis, Party, parse, schema};
use crate::diagnose::schema::{accepts, assert_committed};

/// Every key of the grammar.
const EXAMPLE: &str = r#"
name = "Lustalux Ltd"
trading-names = "Lustalux"
address = ["1 High Street", "Luton"]
nation = "scotland"
requests-to = ["privacy@lustalux.example"]
sign-off = 2
joint-controllers = [{ name = "A", why = "b", contact = "c" }, "D"]
processors = []
other-controllers = []
notices = "one"
promises = ["one", "two"]
rights = ["access"]

[dpo]
name = "A. Officer"
post = "1 High Street"

[regulator]
name = "ICO"

[activity.complaints]
title = "Complaints"
purposes = "answer"
basis = "consent"
interests = []
article-9 = ["explicit-consent"]
categories = ["identity"]
recipients = "HMRC"
sources = "you"
retention = { keep = "2 years", from = "closed_at" }
transfers = { to = "US", safeguard = "IDTA", why = "hosting" }
automated-decisions = [{ what = "score", logic = "rules", effect = "none" }]
automated = false
"#;

fn refusal(text: &str) -> String {
    parse(text, Path::new("controller.toml")).unwrap_err().to_string()
}

#[test]
fn a_profile_is_read() {
    let profile = parse(EXAMPLE, Path::new("controller.toml")).unwrap();
    assert_eq!(profile.trading_names, ["Lustalux"]);
    assert_eq!(profile.joint_controllers[1].name, "D");
    assert_eq!(profile.sign_off, 2);
    assert_eq!(profile.regulator.phone, "0303 123 1113");
    let complaints = &profile.activity["complaints"];
    assert_eq!(complaints.basis, [Basis::Consent]);
    assert_eq!(complaints.article_9, [Article9::ExplicitConsent]);
    let hmrc = Party { name: "HMRC".into(), why: None, contact: None };
    assert_eq!(complaints.recipients, [hmrc]);
    assert_eq!(complaints.transfers[0].to, "US");
    assert!(!complaints.automated && !complaints.is_portable());
}

#[test]
fn a_misspelt_basis() {
    let text = "name = \"X\"\n[activity.a]\nbasis = [\"consent\", \"legitimate-interest\"]\n";
    assert_snapshot!(refusal(text), @r#"
        error: `legitimate-interest` is not a word known here
         --> controller.toml:3:21
          |
        3 | basis = ["consent", "legitimate-interest"]
          |                     ^^^^^^^^^^^^^^^^^^^^^
          |
          = help: did you mean `legitimate-interests`?
    "#);
}

#[test]
fn a_wrong_type() {
    assert_snapshot!(refusal("name = \"X\"\naddress = 5\n"), @r#"
        error: expected one entry, or a list of them, found a number
         --> controller.toml:2:11
          |
        2 | address = 5
          |           ^
    "#);
}

#[test]
fn a_wrong_recipient() {
    let text = "name = \"X\"\n[activity.a]\nrecipients = [{ name = \"HMRC\", wy = \"tax\" }]\n";
    assert_snapshot!(refusal(text), @r#"
        error: unknown key `wy`
         --> controller.toml:3:32
          |
        3 | recipients = [{ name = "HMRC", wy = "tax" }]
          |                                ^^
          |
          = help: did you mean `why`?
    "#);
}

#[test]
fn a_missing_name() {
    assert_snapshot!(refusal("sign-off = 1\n"), @r#"
        error: `name` is missing
         --> controller.toml:1:1
          |
        1 | sign-off = 1
          | ^
          |
          = help: add `name = …`
    "#);
}

#[test]
fn the_schema_is_committed_as_generated() {
    assert_committed(&schema(), "src/controller/controller.schema.json");
}

#[test]
fn the_schema_describes_the_grammar() {
    accepts(&schema(), EXAMPLE).unwrap();
    for (from, to) in [
        ("basis = \"consent\"", "basis = \"consnt\""),
        ("recipients = \"HMRC\"", "recipients = 5"),
        ("why = \"b\"", "wy = \"b\""),
        ("name = \"Lustalux Ltd\"", ""),
        ("sign-off = 2", "sign-off = -1"),
        ("nation = \"scotland\"", "nation = \"france\""),
    ] {
        let text = EXAMPLE.replacen(from, to, 1);
        refusal(&text);
        assert!(accepts(&schema(), &text).is_err(), "{to}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC{0,200}") {
        let _ = parse(&text, Path::new("controller.toml")).map_err(|e| e.to_string());
    }
}
