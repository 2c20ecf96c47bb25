//! The cases of REQUIREMENTS §3 that redaction settles, by their numbers.

use crate::harness::{Opened, Outcome, World, files_below};

const PROFILE: &str = r#"
name        = "Vale Borough Council"
address     = ["1 Civic Way", "Luton", "LU1 1AA"]
requests-to = ["privacy@vale.example.org"]
[dpo]
name  = "P. Mallow"
email = "dpo@vale.example.org"
[activity.care]
title      = "Care and complaints"
purposes   = ["answer"]
basis      = ["public-task"]
categories = ["identity"]
recipients = ["none"]
sources    = ["you"]
retention  = { keep = "6 years", from = "closed_on" }
"#;

const MAP: &str = r#"controller = "controller.toml"

[identifiers]
phone = { match = "phone", shared = true }

[[source]]
name      = "council"
connector = "csv"
path      = "."

[source.tables.people]
files             = "people.csv"
activity          = "care"
columns.email     = { person = "email" }
columns.name      = { person = "name" }
columns.phone     = { person = "phone" }
columns.password  = "credential"
columns.hash      = "credential"
columns.token     = "credential"
columns.pin       = "credential"
columns.cvv       = "credential"
columns.billing   = { person = "address" }
columns.plate     = { person = "vehicle" }

[source.tables.notes]
files             = "notes.csv"
activity          = "care"
columns.email     = { person = "email" }
columns.when      = "data"
columns.worker    = { staff = "name" }
columns.other     = { third-party = "name" }
columns.note      = "text"

[source.tables.complaints]
files             = "complaints.csv"
activity          = "care"
columns.by        = { person = "email" }
columns.by_name   = { person = "name" }
columns.about     = { mentions = "email" }
columns.text      = { text = true, concerns = "about" }
"#;

const REQUEST: &str = r#"reference = "2026-0007"
right     = "access"
received  = 2026-11-02
[identity]
verified = true
on  = 2026-11-03
by  = "P. Mallow"
how = "passport seen"
[subject]
name    = ["Ada Hart"]
email   = ["ada.hart@example.org"]
vehicle = ["AB12 CDE"]
"#;

const PEOPLE: &str = "email,name,phone,password,hash,token,pin,cvv,billing,plate
ada.hart@example.org,Ada Hart,01632 960111,hunter-9931,5f4dcc3b5aa7,tok_live_88213,704417,9932,\"4 Mill Lane, Luton\",AB12 CDE
bertram@example.net,Bertram Osgood,01632 960111,osgood-4410,,,,,\"4 Mill Lane, Luton\",
";

/// Exports with one note about the person.
fn note(worker: &str, other: &str, text: &str) -> (World, Outcome) {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let notes = format!(
        "email,when,worker,other,note\nada.hart@example.org,2026-01-05 14:20,{},{},{}\n",
        quoted(worker),
        quoted(other),
        quoted(text)
    );
    export(&notes, "by,by_name,about,text\n")
}

fn export(notes: &str, complaints: &str) -> (World, Outcome) {
    let world = World::new();
    world.write("controller.toml", PROFILE);
    let map = world.write("holdall.toml", MAP);
    let request = world.write("request.toml", REQUEST);
    world.write("people.csv", PEOPLE);
    world.write("notes.csv", notes);
    world.write("complaints.csv", complaints);
    let outcome = world.export(map, request).run();
    (world, outcome)
}

/// Expects a bundle in which these stand in the notes and those stand nowhere.
#[track_caller]
fn keeps_and_loses(export: &(World, Outcome), kept: &[&str], lost: &[&str]) {
    let (world, outcome) = export;
    assert_eq!(outcome.code, 0, "{outcome}");
    let bundle = Opened::read(&world.out());
    for text in kept {
        assert!(bundle.data_has(text), "`{text}` is gone: {}", bundle.rows("council/notes")[0]);
    }
    let lost: Vec<String> = lost.iter().map(|text| (*text).to_owned()).collect();
    assert_eq!(bundle.places_of(&lost), Vec::<String>::new());
}

#[test]
fn case_1_a_second_complainant_is_redacted_and_the_matter_kept() {
    let text = "Ada Hart and Mrs Quillon Vane complain about the drains. Quillon's cellar flooded; \
        Mrs Vane can be reached on 07700 900456.";
    let export = note("", "Quillon Vane", text);
    keeps_and_loses(&export, &["Ada Hart", "the drains"], &["Quillon", "Vane", "900456"]);
    let grounds = Opened::read(&export.0.out()).csv("redactions.csv");
    assert!(grounds.iter().any(|row| row.iter().any(|cell| cell == "sch2-16")));
}

#[test]
fn case_1_also_when_only_the_text_names_her() {
    let text = "Complaint by Ada Hart and by her neighbour Mrs Quillon Vane. QUILLON was upset.";
    keeps_and_loses(&note("", "", text), &["Ada Hart", "was upset"], &["quillon", "vane"]);
}

#[test]
fn case_2_a_complainant_who_is_to_stay_unknown_does() {
    let complaints = "by,by_name,about,text\nquillon@example.net,Quillon Vane,ada.hart@example.org,\
        \"Ada Hart plays the tuba at night. Please do not tell her that I, Quillon Vane, wrote.\"\n";
    let (world, outcome) = export("email,when,worker,other,note\n", complaints);
    assert_eq!(outcome.code, 4, "{outcome}");
    outcome.keeps_quiet_about(&["uillon", "tuba"]);
    outcome.says(&["asked not to be named", "narrative", "council.complaints", "line 2"]);
    assert!(files_below(&world.out_folder()).is_empty(), "{outcome}");
}

#[test]
fn case_2_also_when_a_note_tells_of_somebody_who_is_to_stay_unknown() {
    for text in [
        "A neighbour reported the tuba. Caller asked to remain anonymous.",
        "Neighbour, who does not want to be named, says that the tuba plays at night.",
    ] {
        let (_, outcome) = note("", "", text);
        assert_eq!(outcome.code, 4, "{outcome}");
    }
    let text = "The anonymous survey is done. Please don't tell me it is late again.";
    keeps_and_loses(&note("", "", text), &[text], &[]);
}

#[test]
fn case_5_a_sibling_goes_throughout_with_upn_and_nhs_number() {
    let text = "Ada's brother Tobias Hart (UPN B801200005001, NHS number 943 476 5919) moved \
        schools. TOBIAS is well. Ada is well.";
    let lost = ["tobias", "B801200005001", "943 476 5919", "9434765919"];
    keeps_and_loses(&note("", "", text), &["Ada is well", "moved schools"], &lost);
}

#[test]
fn case_6_the_social_worker_is_kept() {
    let text = "Visit by social worker Priya Nair. Priya will call Ada again. Signed, P. Nair";
    keeps_and_loses(&note("Priya Nair", "", text), &["Priya Nair", "Priya will", "P. Nair"], &[]);
}

#[test]
fn case_7_the_line_manager_is_kept() {
    let text = "Dear Ada,\nYour leave is approved.\nKind regards,\nGareth Pugh\nTeam Manager";
    keeps_and_loses(&note("Gareth Pugh", "", text), &["Gareth Pugh", "Dear Ada"], &[]);
}

#[test]
fn case_8_her_own_signature_name_and_plate_stay() {
    let text =
        "My car AB12 CDE was hit.\nKind regards,\nAda Hart\n01632 960111\nada.hart@example.org";
    let kept = ["AB12 CDE", "Ada Hart", "01632 960111", "ada.hart@example.org"];
    keeps_and_loses(&note("", "", text), &kept, &["osgood"]);
}

#[test]
fn case_12_the_neighbour_who_signed_goes_and_the_time_stays() {
    let text = "Parcel signed for by neighbour Q. Vane at 14:20.";
    let export = note("", "Quillon Vane", text);
    keeps_and_loses(&export, &["2026-01-05 14:20", "at 14:20"], &["quillon", "vane"]);
}

#[test]
fn case_13_a_password_is_absent_and_said_to_be_held() {
    let text = "She says that her password is hunter-9931, her PIN 704417.";
    let secrets = ["hunter-9931", "5f4dcc3b5aa7", "tok_live_88213", "704417", "9932"];
    keeps_and_loses(&note("", "", text), &["a credential is held"], &secrets);
}

#[test]
fn case_23_a_shared_telephone_and_billing_address_pull_nobody() {
    let export = note("", "", "Rang 01632 960111 about the bill to 4 Mill Lane, Luton.");
    keeps_and_loses(&export, &["01632 960111", "4 Mill Lane, Luton"], &["osgood", "bertram"]);
}

#[test]
fn hidden_forms_are_seen_through() {
    for hidden in [
        "quillon.vane&#64;example.net",
        "quillon.vane [at] example [dot] net",
        "qui\u{AD}llon.va\u{200B}ne@example.net",
        "ｑｕｉｌｌｏｎ.vane@example.net",
        "<b>Mrs Quillon Vane</b>",
        "<!-- Quillon Vane --> it",
        "Qu<b>ill</b>on V<i>ane</i>",
        "Mrs&nbsp;Quillon&nbsp;Vane",
        "UXVpbGxvbiBWYW5lIDA3NzAwIDkwMDQ1NiByYW5nIHVzIHR3aWNl",
    ] {
        let (world, outcome) = note("", "Quillon Vane", &format!("Write to {hidden} now."));
        assert!([0, 4].contains(&outcome.code), "{outcome}");
        if outcome.code == 0 {
            let bundle = Opened::read(&world.out());
            let said = bundle.rows("council/notes")[0]["note"].as_str().unwrap().to_owned();
            assert!(!said.contains(hidden) && said.contains("now."), "{said}");
        }
    }
}
