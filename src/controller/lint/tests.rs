//! Each rule with what it warns of, and what it must let pass.

use std::path::Path;

use super::super::parse;
use super::*;

/// A profile that gives no cause for a warning, with one part replaced.
fn codes(from: &str, to: &str) -> Vec<&'static str> {
    const CLEAN: &str = r#"
name = "Lustalux Ltd"
address = "1 High Street, Luton"
requests-to = "privacy@lustalux.example"
rights = ["access", "portability"]
notices = ["You can complain to the ICO about how we use your data."]

[dpo]
name = "A. Officer"
email = "dpo@lustalux.example"

[activity.complaints]
purposes = "answer the complaint"
basis = ["contract", "legitimate-interests"]
interests = "answering complaints"
categories = ["identity", "complaint"]
recipients = "the person complained about"
sources = "you"
retention = { keep = "2 years", from = "closed_at" }
transfers = { to = "France", safeguard = "adequacy regulations" }
"#;
    assert!(CLEAN.contains(from), "{from}");
    let profile = parse(&CLEAN.replace(from, to), Path::new("controller.toml")).unwrap();
    lint(&profile).into_iter().map(|warning| warning.code).collect()
}

#[test]
fn a_complete_profile_passes() {
    assert_eq!(codes("", ""), [""; 0]);
}

#[test]
fn what_an_activity_lacks_is_named() {
    for (from, to, code) in [
        ("purposes = \"answer the complaint\"", "", "no-purposes"),
        ("categories = [\"identity\", \"complaint\"]", "", "no-categories"),
        ("recipients = \"the person complained about\"", "", "no-recipients"),
        ("sources = \"you\"", "", "no-sources"),
        ("interests = \"answering complaints\"", "", "no-interests"),
        ("retention = { keep = \"2 years\", from = \"closed_at\" }", "", "no-retention"),
        ("{ keep = \"2 years\", from = \"closed_at\" }", "{}", "no-retention"),
        (", from = \"closed_at\"", "", "retention-without-trigger"),
        ("2 years", "a while", "retention-unreadable"),
        (
            "keep = \"2 years\", from = \"closed_at\"",
            "rule = \"a reasonable time\"",
            "retention-vague",
        ),
        (", safeguard = \"adequacy regulations\"", "", "transfer-without-safeguard"),
    ] {
        assert_eq!(codes(from, to), [code], "{to}");
    }
}

#[test]
fn a_basis_decides_portability() {
    let basis = "basis = [\"contract\", \"legitimate-interests\"]";
    assert_eq!(codes(basis, ""), ["portability-without-basis", "no-basis"]);
    assert_eq!(codes(basis, "basis = \"public-task\""), ["portability-without-basis"]);
    assert_eq!(codes(", \"portability\"]", "]"), ["portability-unsaid"]);
}

#[test]
fn special_categories_need_a_condition() {
    for category in [
        "ethnicity",
        "Health",
        "trade union",
        "disability (DLA)",
        "political opinions",
        "genetic and biometric data",
        "sexual orientation",
        "race",
        "religion or belief",
    ] {
        assert_eq!(
            codes("\"identity\"", &format!("\"{category}\"")),
            ["no-article-9"],
            "{category}"
        );
    }
    for category in
        ["Health and Safety", "European Union", "braces", "website", "reunion photographs"]
    {
        assert_eq!(codes("\"identity\"", &format!("\"{category}\"")), [""; 0], "{category}");
    }
    let unneeded = "sources = \"you\"\narticle-9 = \"explicit-consent\"";
    assert_eq!(codes("sources = \"you\"", unneeded), ["article-9-without-category"]);
    assert_eq!(codes("\"identity\"", "\"convictions\""), ["criminal-data"]);
}

#[test]
fn contacts_must_reach_somebody() {
    let to = "requests-to = \"privacy@lustalux.example\"";
    assert_eq!(codes(to, ""), ["no-requests-to"]);
    assert_eq!(codes("privacy@", "Sales@"), ["sales-contact"]);
    assert_eq!(
        codes(to, "requests-to = [\"a@x.example\", \"b@x.example\"]"),
        ["several-requests-to"]
    );
    assert_eq!(codes("A. Officer", "???"), ["dpo-placeholder"]);
    assert_eq!(codes("A. Officer", "TBC"), ["dpo-placeholder"]);
    assert_eq!(codes("name = \"A. Officer\"", ""), ["dpo-unnamed"]);
    assert_eq!(codes("email = \"dpo@lustalux.example\"", ""), ["no-dpo"]);
    assert_eq!(codes("1 High Street, Luton", "???"), ["placeholder"]);
}

#[test]
fn stale_law_is_named() {
    let safeguard = |text| codes("adequacy regulations", text);
    assert_eq!(safeguard("EU–US Privacy Shield"), ["stale-safeguard"]);
    assert_eq!(safeguard("EU-US privacy shield"), ["stale-safeguard"]);
    assert_eq!(safeguard("Safe Harbor"), ["stale-safeguard"]);
    let notice = |text| codes("You can complain to the ICO about how we use your data.", text);
    assert_eq!(notice("We follow the Data Protection Act 1998."), ["stale-law"]);
    assert_eq!(notice("We follow the Human Rights Act 1998."), [""; 0]);
    assert_eq!(notice("We follow the Data Protection Act 2018."), [""; 0]);
}

#[test]
fn the_regulator_is_not_the_controller() {
    let notice = |text| codes("You can complain to the ICO about how we use your data.", text);
    for text in [
        "The Information Commissioner's Office (ICO) will hold the information that you give us.",
        "Your data is held by the ICO.",
        "The ICO is the data controller.",
        "The Information Commissioner’s Office uses your data to answer you.",
    ] {
        assert_eq!(notice(text), ["regulator-as-controller"], "{text}");
    }
    for text in ["The ICO is the regulator.", "Write to the Information Commissioner's Office."] {
        assert_eq!(notice(text), [""; 0], "{text}");
    }
    assert_eq!(
        codes("privacy@lustalux.example", "casework@ico.org.uk"),
        ["regulator-as-controller"]
    );
}

#[test]
fn silence_is_no_consent() {
    let notice = |text| codes("You can complain to the ICO about how we use your data.", text);
    assert_eq!(notice("We rely on consent that we assume."), ["assumed-consent"]);
    assert_eq!(notice("You may withdraw consent and opt out of news."), [""; 0]);
}
