//! Case 2 of REQUIREMENTS §3 to its end: what a complainant tells who is to stay unknown is read, and
//! then released.

use super::desk::Desk;
use crate::harness::{Opened, World};

const PROFILE: &str = "name = 'Vale Borough Council'\n[activity.care]\ntitle = 'Complaints'\n\
    basis = ['public-task']\n";

const MAP: &str = r#"controller = "controller.toml"
[[source]]
name = "council"
connector = "csv"
path = "data"
[source.tables.complaints]
activity = "care"
columns.by = { person = "email" }
columns.by_name = { person = "name" }
columns.wants_anonymity = "data"
columns.about = { mentions = "email" }
columns.text = { text = true, concerns = "about" }
"#;

const REQUEST: &str = r#"reference = "2026-0007"
right = "access"
received = 2026-11-02
[identity]
verified = true
[subject]
name = ["Ada Hart"]
email = ["ada.hart@example.org"]
"#;

const COMPLAINTS: &str = "by,by_name,wants_anonymity,about,text\n\
    quillon@example.net,Quillon Vane,yes,ada.hart@example.org,\
    \"Plays the tuba at night, says Quillon Vane.\"\n";

fn collected() -> Desk {
    let world = World::new();
    world.write("controller.toml", PROFILE);
    world.write("data/complaints.csv", COMPLAINTS);
    let map = world.write("holdall.toml", MAP);
    let request = world.write("request.toml", REQUEST);
    let desk = Desk::open_plain(world, &map, &request);
    desk.exits(&["collect"], 0).says(&["1 hold"]);
    desk
}

#[test]
fn case_2_the_narrative_is_read_and_then_released() {
    let desk = collected();
    desk.redact_all();
    desk.release(4).says(&["1 hold is open"]);
    let status = desk.json(&["status"], 0);
    let hold = &status["holds"][0];
    assert_eq!(hold["hold"]["kind"], "refused", "{status}");
    let id = hold["id"].as_str().unwrap();
    desk.exits(&["review", "--resolve", id, "--how", "give", "--reason", "x"], 2);
    let read = ["--how", "done", "--reason", "read: the tuba alone shows nobody"];
    desk.exits(&[&["review", "--resolve", id][..], &read].concat(), 0);
    desk.sign();
    desk.release(0);
    let bundle = Opened::read(&desk.world.out());
    assert!(
        bundle.data_has("tuba at night"),
        "{:?}",
        bundle
            .entries
            .iter()
            .filter(|e| e.0.ends_with("json"))
            .map(|e| String::from_utf8_lossy(e.1).into_owned())
            .collect::<Vec<_>>()
    );
    assert!(bundle.places_of(&["quillon".to_owned(), "vane".to_owned()]).is_empty());
    let log = desk.json(&["audit"], 0).to_string();
    assert!(log.contains("the tuba alone shows nobody") && !log.contains("Quillon"));
}
