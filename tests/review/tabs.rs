//! Two tabs on one case: whoever is late is told, and overwrites nothing.

use super::estate::{Page, Reviewed, field};

fn first(page: &Page) -> (String, String) {
    let queue = page.get("/queue?state=all").body;
    (field(&queue, "id"), field(&queue, "seen"))
}

fn state(page: &Page, id: &str) -> String {
    let shown = page.get(&format!("/queue?state=all&at={id}")).body;
    let facts = regex::Regex::new(r#"<div class="head">.*?<span class="badge (\w+)">"#).unwrap();
    facts.captures(&shown).unwrap()[1].to_owned()
}

#[test]
fn a_stale_tab_is_told_and_overwrites_nothing() {
    let case = Reviewed::small();
    let mut page = case.page();
    page.enter();
    let queue = page.get("/queue?state=all&each=1").body;
    assert!(queue.contains("Amira Khan"), "{queue}");
    let found = page.post("/queue/search", &[("text", "Amira"), ("view", "state=all")]);
    let queue = page.get(found.header("location")).body;
    let (id, seen) = (field(&queue, "id"), field(&queue, "seen"));
    let keep = [("id", &*id), ("seen", &seen), ("choice", "keep"), ("reason", "They wrote it")];
    assert_eq!(page.post("/queue/decide", &keep).status, 303);
    assert_eq!(state(&page, &id), "kept");
    let late = page.post("/queue/decide", &[("id", &id), ("seen", &seen), ("choice", "redact")]);
    assert_eq!(late.status, 409);
    assert!(late.body.contains("changed since you looked"), "{}", late.body);
    assert_eq!(state(&page, &id), "kept");
    let now = field(&page.get(&format!("/queue?state=all&at={id}")).body, "seen");
    let undo = [("id", &*id), ("seen", &now), ("choice", "undo")];
    assert_eq!(page.post("/queue/decide", &undo).status, 303);
    assert_eq!(state(&page, &id), "policy");
}

#[test]
fn another_process_is_another_tab() {
    let case = Reviewed::small();
    let mut page = case.page();
    page.enter();
    let (id, seen) = first(&page);
    let table = case.world.work("decisions.csv");
    case.run("review", &["--export", table.to_str().unwrap()], 0);
    let text = std::fs::read_to_string(&table).unwrap();
    assert!(text.contains(&id), "{text}");
    case.run("review", &["--add-hold", "Film of the yard"], 0);
    assert!(page.get("/holds").body.contains("Film of the yard"));
    let redact = [("id", &*id), ("seen", &seen), ("choice", "redact")];
    assert_eq!(page.post("/queue/decide", &redact).status, 303, "nothing of the item changed");
    let refused = page.post("/queue/decide", &[("id", &id), ("seen", "999"), ("choice", "keep")]);
    assert_eq!(refused.status, 422, "kept without a reason");
    assert_eq!(state(&page, &id), "taken");
}

#[test]
fn decisions_survive_a_crash_of_the_page() {
    let case = Reviewed::small();
    let mut page = case.page();
    page.enter();
    let (id, seen) = first(&page);
    let redact = [("id", &*id), ("seen", &seen), ("choice", "redact")];
    assert_eq!(page.post("/queue/decide", &redact).status, 303);
    // Killed, as by `kill -9`.
    drop(page);
    let mut page = case.page();
    page.enter();
    assert_eq!(state(&page, &id), "taken");
    case.run("audit", &[], 0);
}
