//! People whom the organisation knows, and its staff, in texts: names that no pattern tells are
//! looked up in the tables of people and staff.

use crate::harness::{Opened, Outcome, World};

const PROFILE: &str = r#"
name        = "Vale Borough Council"
address     = ["1 Civic Way"]
requests-to = ["privacy@vale.example.org"]
[activity.care]
purposes   = ["answer"]
basis      = ["public-task"]
categories = ["identity"]
recipients = ["none"]
sources    = ["you"]
retention  = { keep = "6 years", from = "closed" }
"#;

const MAP: &str = r#"controller = "controller.toml"
[[source]]
name      = "council"
connector = "csv"
path      = "data"
[source.tables.people]
files         = "people.csv"
activity      = "care"
columns.email = { person = "email" }
columns.name  = { person = "name" }
[source.tables.staff]
files        = "staff.csv"
activity     = "care"
columns.name = { staff = "name", role = "post" }
columns.post = "data"
[source.tables.visits]
files          = "visits.csv"
activity       = "care"
columns.email  = { person = "email" }
columns.by     = { staff = "name", role = "post" }
columns.post   = "data"
columns.note   = "text"
"#;

const REQUEST: &str = r#"reference = "2026-0012"
right     = "access"
received  = 2026-11-02
[identity]
verified = true
on  = 2026-11-03
by  = "P. Mallow"
how = "passport seen"
[subject]
name  = ["Ada Hart"]
email = ["ada.hart@example.org"]
"#;

fn export(policy: &str, note: &str) -> (World, Outcome) {
    let world = World::new();
    world.write("controller.toml", PROFILE);
    world.write("holdall.toml", format!("{MAP}\n[redaction]\nstaff = \"{policy}\"\n"));
    world.write("request.toml", REQUEST);
    world.write(
        "data/people.csv",
        "email,name\nada.hart@example.org,Ada Hart\nr@example.net,Moss Copper\n",
    );
    world.write("data/staff.csv", "name,post\nMint Anchor,Housing officer\n");
    world.write(
        "data/visits.csv",
        format!("email,by,post,note\nada.hart@example.org,Priya Nair,Social worker,\"{note}\"\n"),
    );
    let outcome = world.export(world.work("holdall.toml"), world.work("request.toml")).run();
    (world, outcome)
}

fn note(world: &World) -> String {
    Opened::read(&world.out()).rows("council/visits")[0]["note"].as_str().unwrap().to_owned()
}

#[test]
fn somebody_whom_the_organisation_knows_is_redacted_for_certain() {
    let (world, outcome) = export("keep", "The Moss Copper file is here. Copper Wire is not.");
    assert_eq!(outcome.code, 0, "{outcome}");
    let note = note(&world);
    assert!(note.starts_with("The [Person A] file") && note.ends_with("is not."), "{note}");
}

#[test]
fn staff_are_kept_or_stand_for_their_role() {
    let text = "Mint Anchor and Priya Nair came.";
    let (world, outcome) = export("keep", text);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(note(&world), text);

    let (world, outcome) = export("role", text);
    assert_eq!(outcome.code, 0, "{outcome}");
    assert_eq!(note(&world), "[Housing officer] and [Social worker] came.");
    let visits = Opened::read(&world.out()).rows("council/visits");
    assert_eq!(visits[0]["by"], "[Social worker]");

    let (world, outcome) = export("redact", text);
    assert_eq!(outcome.code, 0, "{outcome}");
    let note = note(&world);
    assert!(
        !note.contains("Anchor") && !note.contains("Nair") && note.ends_with("came."),
        "{note}"
    );
}
