//! Deciding, from collecting to a bundle.

use holdall_connector::Secret;

use super::{Estate, by};
use crate::case::{Case, Error, Filter, MarkAt, NewMark, Note, Page, Releasing, Stage, State};
use crate::review::{Decision, Unsettled};

fn all(case: &Case) -> Page {
    case.queue(&Filter::default(), None, 100).unwrap()
}

fn keep() -> Decision {
    Decision::Keep { reason: "known to the person".into() }
}

/// Takes out everything doubtful that is still undecided.
fn redact_open(case: &mut Case) {
    let open = Filter { state: Some(State::Open), ..Filter::default() };
    loop {
        let page = case.queue(&open, None, 1).unwrap();
        let Some(item) = page.items.first() else { return };
        let redact = Decision::Redact { ground: None };
        case.decide(&item.id, &redact, page.revision, &by("R. Vale")).unwrap();
    }
}

fn released(case: &mut Case, estate: &Estate) -> String {
    let secret = Secret::new("secret of vale".into());
    let _ = case.register("R. Vale", &secret, &by("R. Vale"));
    let seen = case.revision().unwrap();
    case.sign("R. Vale", &secret, seen, &by("R. Vale")).unwrap();
    let out = estate.path("bundle.zip");
    let order = Releasing { out: &out, force: false, passphrase: None, allow_incomplete: false };
    let release = case.release(&order, &by("R. Vale")).unwrap();
    assert!(out.is_file());
    assert_eq!(case.stage().unwrap(), Stage::Released);
    let rows = release.settled.rows().iter();
    rows.flat_map(|row| crate::redact::texts(&row.record)).map(|(_, text)| text + "\n").collect()
}

#[test]
fn a_case_goes_from_search_to_bundle() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let overview = case.overview().unwrap();
    assert_eq!(overview.stage, Stage::Collected);
    assert!(overview.open > 0 && overview.holds_open == 0, "{overview:?}");
    assert!(matches!(case.settle(), Err(Error::Unsettled(Unsettled::Undecided(_)))));
    let first = all(&case).items.remove(0);
    assert_eq!(first.status.state, State::Open);
    redact_open(&mut case);
    let said = released(&mut case, &estate);
    assert!(said.contains("Rang about the parcel; [Person A] signed for it."), "{said}");
    assert!(!said.contains("Khan") && !said.contains("9931"), "{said}");
    let log = case.audit().unwrap();
    assert_eq!(log.broken, None);
    assert!(log.entries.iter().all(|entry| !entry.what.contains("Khan")));
    let over = case.decide(&first.id, &keep(), case.revision().unwrap(), &by("R. Vale"));
    assert!(matches!(over, Err(Error::Over(_))), "{over:?}");
}

#[test]
fn what_is_kept_stands_and_is_no_leak() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    redact_open(&mut case);
    let khan = all(&case).items.into_iter().filter(|item| item.value == "Amira Khan");
    for item in khan {
        case.decide(&item.id, &keep(), case.revision().unwrap(), &by("R. Vale")).unwrap();
    }
    let said = released(&mut case, &estate);
    assert!(said.contains("Amira Khan signed for it."), "{said}");
    assert!(!said.contains("07700"), "{said}");
}

#[test]
fn the_same_value_is_decided_alike_or_refused() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    redact_open(&mut case);
    let text = Filter { text: Some("amira khan".into()), each: true, ..Filter::default() };
    let item = case.queue(&text, None, 9).unwrap().items.remove(0);
    case.part(&item.id, case.revision().unwrap(), &by("R. Vale")).unwrap();
    case.decide(&item.id, &keep(), case.revision().unwrap(), &by("R. Vale")).unwrap();
    let settled = case.settle().map(drop);
    assert!(matches!(settled, Err(Error::Unsettled(Unsettled::Conflicts(_)))), "{settled:?}");
    assert!(!case.conflicts().unwrap().is_empty());
}

#[test]
fn a_passage_can_be_marked_wherever_it_stands() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    redact_open(&mut case);
    let row = (0..).find(|row| {
        let reading = case.reading(*row).unwrap();
        reading.cells.iter().any(|cell| cell.text.contains("plinth"))
    });
    let mark = NewMark {
        row: row.unwrap(),
        cell: "/text".into(),
        span: Some((9, 15)),
        ground: "sch2-16".into(),
        party: None,
        note: None,
        at: MarkAt::Everywhere,
    };
    assert_eq!(case.occurrences(&mark).unwrap(), 2);
    let ids = case.mark(&mark, case.revision().unwrap(), &by("R. Vale")).unwrap();
    assert_eq!(ids.len(), 2);
    case.undo(case.revision().unwrap(), &by("R. Vale")).unwrap();
    assert!(ids.iter().all(|id| case.item(id).is_err()), "a mark that was undone is there");
    case.mark(&mark, case.revision().unwrap(), &by("R. Vale")).unwrap();
    let reading = case.reading(row.unwrap()).unwrap();
    assert!(reading.cells.iter().any(|c| c.shown.contains("word [withheld] stands")));
    // Collecting again finds the passages where they were.
    let diff = estate.collect(&mut case);
    assert_eq!((diff.items_new, diff.items_gone, diff.marks_lost), (0, 0, 0), "{diff:?}");
    let said = released(&mut case, &estate);
    assert!(said.contains("The word [withheld] stands here and [withheld] again."), "{said}");
}

#[test]
fn a_stale_decision_is_refused() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let page = all(&case);
    let redact = Decision::Redact { ground: None };
    case.decide(&page.items[0].id, &redact, page.revision, &by("R. Vale")).unwrap();
    let again = case.decide(&page.items[0].id, &keep(), page.revision, &by("S. Moss"));
    assert!(matches!(again, Err(Error::Stale)), "{again:?}");
    case.decide(&page.items[1].id, &redact, page.revision, &by("S. Moss")).unwrap();
}

#[test]
fn what_is_in_a_text_that_is_given_after_all_is_searched() {
    let mut estate = Estate::new();
    estate.map =
        estate.map.replace("columns.text = \"text\"", "columns.text = { withhold = \"sch2-24\" }");
    estate.write("notes", "customer,by,text\n17,,A fair worker. Mrs Priya Anand agrees.\n");
    let mut case = estate.reviewed();
    let whole = all(&case).items.into_iter().find(|item| item.cell == "/text").unwrap();
    assert!(case.settle().is_ok());
    case.decide(&whole.id, &keep(), case.revision().unwrap(), &by("R. Vale")).unwrap();
    let inside = all(&case).items.into_iter().find(|item| item.value == "Priya Anand").unwrap();
    assert_eq!(inside.status.state, State::ByPolicy);
    redact_open(&mut case);
    let said = released(&mut case, &estate);
    assert!(said.contains("A fair worker. Mrs [Person A] agrees."), "{said}");
}

#[test]
fn a_note_stays_and_decides_nothing() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let item = all(&case).items.remove(0);
    let note = Note { before: "", text: "ask the branch" };
    case.annotate(&item.id, &note, &by("R. Vale")).unwrap();
    let other = Note { before: "", text: "another" };
    let late = case.annotate(&item.id, &other, &by("S. Moss"));
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    estate.collect(&mut case);
    let item = case.item(&item.id).unwrap();
    assert_eq!(item.note.as_deref(), Some("ask the branch"));
    assert_eq!(item.status.state, State::Open);
    assert!(case.audit().unwrap().entries.iter().all(|entry| !entry.what.contains("branch")));
}

#[test]
fn decisions_are_undone_one_step_after_another() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let vale = by("R. Vale");
    let mut before = all(&case).items;
    before.retain(|item| item.kind != "credential");
    let state = |case: &Case, at: usize| case.item(&before[at].id).unwrap().status;
    let redact = Decision::Redact { ground: Some("sch2-2".into()) };
    for (at, decision) in [(0, &redact), (1, &keep()), (0, &keep())] {
        let seen = case.revision().unwrap();
        case.decide(&before[at].id, decision, seen, &vale).unwrap();
    }
    let undo = |case: &mut Case, name: &str| case.undo(case.revision().unwrap(), &by(name));
    assert!(matches!(undo(&mut case, "S. Moss"), Err(Error::Unknown(_))), "another's decision");
    let stale = case.undo(super::super::Revision(1), &vale);
    assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    assert_eq!(undo(&mut case, "R. Vale").unwrap(), before[0].id);
    assert_eq!(state(&case, 0).state, State::Redacted);
    assert_eq!(case.item(&before[0].id).unwrap().ground, "sch2-2");
    assert_eq!(undo(&mut case, "R. Vale").unwrap(), before[1].id);
    assert_eq!(state(&case, 1), before[1].status);
    // What somebody else has decided since stays; what was before it cannot be undone.
    let seen = case.revision().unwrap();
    case.decide(&before[0].id, &keep(), seen, &by("S. Moss")).unwrap();
    assert!(matches!(undo(&mut case, "R. Vale"), Err(Error::Unknown(_))));
    assert_eq!(undo(&mut case, "S. Moss").unwrap(), before[0].id);
    undo(&mut case, "R. Vale").unwrap();
    assert_eq!(state(&case, 0), before[0].status);
    assert!(!case.can_undo("R. Vale").unwrap() && !case.can_undo("S. Moss").unwrap());
    let log = case.audit().unwrap();
    assert_eq!(log.entries.iter().filter(|entry| entry.what.contains("undone")).count(), 4);
}
