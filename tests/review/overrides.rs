//! Cases 6 and 7 of REQUIREMENTS §3: names that are kept, and somebody who decides otherwise.

use serde_json::Value;

use super::estate::{Page, Reviewed, field};
use crate::harness::Opened;

/// Takes a name out of the notes, wherever it stands, as the reading page does.
fn take_out(page: &Page, row: usize, name: &str, why: &str) {
    let form = [("cell", "/text"), ("what", "text"), ("text", name)];
    let asked = page.post(&format!("/rows/{row}/passage"), &form).body;
    let places = [("start", field(&asked, "start")), ("end", field(&asked, "end"))];
    let seen = field(&asked, "seen");
    let form = [
        ("seen", &*seen),
        ("cell", "/text"),
        (places[0].0, &*places[0].1),
        (places[1].0, &*places[1].1),
        ("at", "everywhere"),
        ("ground", "sch2-16"),
        ("note", why),
    ];
    let answer = page.post(&format!("/rows/{row}/mark"), &form);
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// Signs and seals; returns the bundle and the officer's own record.
fn released(case: &Reviewed) -> (Opened, Value) {
    let file = case.world.work("a.case");
    for command in ["reviewer", "sign"] {
        let run = case.world.holdall().arg(command).arg(&file);
        let run = run.args(["R. Vale", "--secret-env", "SECRET", "--by", "R. Vale"]);
        let run = run.args(["--key-env", "HOLDALL_TEST_KEY"]);
        run.env("HOLDALL_TEST_KEY", "a key of the tests").env("SECRET", "secret of vale").exits(0);
    }
    let (out, record) = (case.world.out(), case.world.work("record.json"));
    let args = ["--out", out.to_str().unwrap(), "--dpo-record", record.to_str().unwrap()];
    case.run("release", &args, 0);
    let record = serde_json::from_slice(&std::fs::read(record).unwrap()).unwrap();
    (Opened::read(&out), record)
}

/// Keeps a name unless somebody says otherwise; then it is gone, and the record says who said so,
/// when and why.
#[track_caller]
fn is_overridden(notes: &str, name: &str, why: &str) {
    let case = Reviewed::staffed(notes);
    let mut page = case.page();
    page.enter();
    assert!(page.get("/queue?state=all").body.matches(name).count() == 0, "it is proposed");
    take_out(&page, 1, name, why);
    drop(page);
    let (bundle, record) = released(&case);
    assert_eq!(bundle.places_of(&[name.to_owned()]), Vec::<String>::new());
    let schedule = bundle.csv("redactions.csv");
    assert!(schedule.iter().any(|row| row.iter().any(|cell| cell == "sch2-16")));
    let taken = record["redactions"].as_array().unwrap();
    let by = |one: &&Value| one["decided_by"]["reviewer"] == "P. Mallow";
    assert!(taken.iter().any(|one| by(&one) && one["ground"] == "sch2-16"), "{record}");
    let log = record["audit"].to_string();
    assert!(log.contains(why) && log.contains("P. Mallow"), "{log}");
    assert!(!log.contains(name), "the log has what was taken out");
}

#[test]
fn case_6_an_override_against_paragraph_17_is_logged() {
    let notes = "customer,by,text\n\
        17,Priya Nair,\"Visit by social worker Priya Nair. Priya Nair will call again.\"\n";
    let why = "paragraph 17 does not hold: she was threatened, serious harm is likely";
    is_overridden(notes, "Priya Nair", why);
}

#[test]
fn case_7_the_dpo_takes_the_line_manager_out() {
    let notes = "customer,by,text\n\
        17,Gareth Pugh,\"Dear Ada, your leave is approved. Gareth Pugh, Team Manager\"\n";
    is_overridden(notes, "Gareth Pugh", "he was not acting as her manager here");
}
