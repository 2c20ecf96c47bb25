//! The page killed at any moment while somebody decides: what was answered is in the case, what was
//! being sent is in it whole or not at all, and nothing can be released.

use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use super::estate::{Page, Reviewed, body, field};
use super::http::attempt;
use crate::harness::{Moments, files_below};

/// Of the fifty moments of `tests/case/interrupted.rs`, those of the review.
const REVIEWING: u32 = 17;

/// By item, the state that it is in.
type States = BTreeMap<String, String>;

/// Returns what the case says of every item that is decided for itself or for those alike.
fn states(case: &Reviewed) -> States {
    let table = case.world.work("decisions.csv");
    case.run("review", &["--force", "--export", table.to_str().unwrap()], 0);
    let text = fs::read_to_string(table).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let state = |row: csv::StringRecord| (row[0].to_owned(), row[5].to_owned());
    rows.records().map(|row| state(row.unwrap())).collect()
}

/// What somebody was told is decided, and what they were sending when the page was gone.
struct Decided {
    answered: States,
    sent: Option<(String, String)>,
}

/// Decides everything, in every way, until nobody answers any more.
fn decide(page: &Page, before: &States) -> Decided {
    let mut decided = Decided { answered: before.clone(), sent: None };
    let first = before.clone();
    for (choice, state) in [("redact", Some("redacted")), ("keep", Some("kept")), ("undo", None)] {
        for (id, state) in first.iter().map(|(id, was)| (id, state.unwrap_or(was))) {
            decided.sent = None;
            let shown = format!("/queue?state=all&at={id}");
            let headers = [("Host", &*page.host()), ("Cookie", &page.cookie)];
            let Ok(shown) = attempt(page.port, "GET", &shown, &headers, "") else { return decided };
            let (csrf, seen) = (field(&shown.body, "csrf"), field(&shown.body, "seen"));
            let form = [("csrf", &*csrf), ("id", id), ("seen", &seen), ("choice", choice)];
            let form = body(&[&form[..], &[("reason", "They wrote it")]].concat());
            let more = [
                ("Origin", &*page.origin()),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ];
            decided.sent = Some((id.clone(), state.to_owned()));
            let headers = [&headers[..], &more].concat();
            match attempt(page.port, "POST", "/queue/decide", &headers, &form) {
                Ok(answer) if answer.status == 303 => {
                    decided.answered.insert(id.clone(), state.to_owned());
                }
                // A password is never kept.
                Ok(answer) => assert_eq!((answer.status, choice), (422, "keep")),
                Err(_) => return decided,
            }
        }
    }
    decided.sent = None;
    decided
}

#[test]
fn what_was_decided_is_in_the_case_and_nothing_is_half_decided() {
    let file = Reviewed::plain();
    let case = Reviewed::with_case(&file);
    let before = states(&case);
    let mut page = case.page();
    page.enter();
    let start = Instant::now();
    let whole = decide(&page, &before);
    let took = start.elapsed();
    assert_eq!(whole.answered, before, "everything is undone in the end");
    drop(page);
    let mut moments = Moments::new();
    for _ in 0..REVIEWING {
        killed(&Reviewed::with_case(&file), &before, moments.within(took));
    }
}

/// Kills the page after so long, and looks at what is left.
fn killed(case: &Reviewed, before: &States, moment: Duration) {
    let mut page = case.page();
    page.enter();
    let process = page.process.take();
    let decided = thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(moment);
            // Killed, as by `kill -9`.
            drop(process);
        });
        decide(&page, before)
    });
    case.run("audit", &[], 0);
    let after = states(case);
    for (id, state) in &after {
        let being = decided.sent.as_ref().is_some_and(|sent| *sent == (id.clone(), state.clone()));
        assert!(being || decided.answered[id] == *state, "{id} is {state}: {moment:?}");
    }
    assert_eq!(after.len(), before.len());
    case.run("release", &["--out", case.world.out().to_str().unwrap()], 4);
    assert!(files_below(&case.world.out_folder()).is_empty());
}
