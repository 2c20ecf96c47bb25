//! A case of 100,000 items stays quick, and its pages are bounded.

use std::time::{Duration, Instant};

use super::{Estate, by};
use crate::case::{Case, Filter, Page, State};
use crate::review::Decision;

const ITEMS: u64 = 100_000;

/// Fills a case with items as `refresh` writes them, several alike here and there.
fn filled(estate: &Estate) -> Case {
    let case = estate.reviewed();
    case.db.execute_batch("DELETE FROM items").unwrap();
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ITEMS} - 1)
         INSERT INTO items (id, rank, seq, row, anchor, source, tbl, cell, start, end, kind, detector,
            doubtful, ground, reason, label, value, form, grp, lead)
         SELECT printf('%032x', i), i + (i % 3 > 0) * 1099511627776, i, i % 4, 'a', 'crm', 'notes',
            '/text', 0, 4, 'person', 'known-person', i % 3 = 0, 'sch2-16', 'This names another person.',
            '[Person A]', printf('Name %d', i / 12), printf('name%d', i / 12),
            printf('%032x', (i / 12) * 12 + (i % 3 > 0) * (i % 12)), (i % 12) = 0 OR (i % 3 > 0)
         FROM n"
    );
    case.db.execute_batch(&sql).unwrap();
    case
}

/// Returns the least time of some tries: the machine does other work too.
fn least<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut best: Option<(T, Duration)> = None;
    for _ in 0..5 {
        let start = Instant::now();
        let made = work();
        let took = start.elapsed();
        if best.as_ref().is_none_or(|(_, least)| took < *least) {
            best = Some((made, took));
        }
    }
    best.unwrap()
}

#[test]
fn a_page_takes_no_longer_than_a_tenth_of_a_second() {
    let estate = Estate::new();
    let mut case = filled(&estate);
    let limit = Duration::from_millis(100);
    let page = |case: &Case, filter: &Filter| -> (Page, Duration) {
        least(|| case.queue(filter, None, 50).unwrap())
    };
    let open = Filter { state: Some(State::Open), ..Filter::default() };
    let each = Filter { each: true, ..Filter::default() };
    let policy = Filter { state: Some(State::ByPolicy), ..Filter::default() };
    let text = Filter { text: Some("name 7".into()), ..Filter::default() };
    let table = Some(("crm".to_owned(), "notes".to_owned()));
    let table = Filter { table, state: Some(State::Open), ..Filter::default() };
    for (name, filter) in [
        ("all", Filter::default()),
        ("open", open),
        ("by policy", policy),
        ("each", each),
        ("text", text),
        ("table", table),
    ] {
        let (page, took) = page(&case, &filter);
        assert_eq!(page.items.len(), 50);
        assert!(took < limit, "{name}: {took:?}");
    }
    // What is nowhere takes longest to find.
    let kept = Filter { state: Some(State::Kept), ..Filter::default() };
    let absent = Filter { text: Some("nobody".into()), ..Filter::default() };
    let nobody = Filter { party: Some(7), ..Filter::default() };
    for (name, filter) in [("kept", kept), ("absent", absent), ("nobody", nobody)] {
        let (count, took) = least(|| {
            let page = case.queue(&filter, None, 50).unwrap();
            (page.items.len() as u64) + case.count(&filter).unwrap()
        });
        assert_eq!(count, 0);
        assert!(took < limit, "{name}: {took:?}");
    }
    let (overview, took) = least(|| case.overview().unwrap());
    assert_eq!(overview.items, ITEMS);
    assert!(took < limit, "overview: {took:?}");
    let (_, took) = least(|| {
        let page = case.queue(&Filter::default(), None, 1).unwrap();
        let redact = Decision::Redact { ground: None };
        case.decide(&page.items[0].id, &redact, page.revision, &by("R. Vale")).unwrap()
    });
    assert!(took < limit, "decide: {took:?}");
}

#[test]
fn pages_follow_each_other_and_nothing_is_lost() {
    let estate = Estate::new();
    let case = filled(&estate);
    let (mut after, mut seen, mut doubtful_ended) = (None, 0, false);
    loop {
        let page = case.queue(&Filter { each: true, ..Filter::default() }, after, 9_999).unwrap();
        assert!(page.items.len() <= 500);
        for item in &page.items {
            let is_doubtful = item.status.state == State::Open;
            assert!(!(is_doubtful && doubtful_ended), "a doubtful item after a certain one");
            doubtful_ended |= !is_doubtful;
        }
        seen += page.items.len() as u64;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ITEMS);
}

#[test]
fn a_page_leads_back_to_the_one_before() {
    let estate = Estate::new();
    let case = filled(&estate);
    for each in [false, true] {
        let filter = Filter { each, ..Filter::default() };
        let first = case.queue(&filter, None, 25).unwrap();
        let second = case.queue(&filter, first.next, 25).unwrap();
        let third = case.queue(&filter, second.next, 25).unwrap();
        let back = |page: &Page| case.page_before(&filter, page.items[0].rank, 25).unwrap();
        assert_eq!(back(&first), None);
        assert_eq!(back(&second), Some(0));
        let again = case.queue(&filter, back(&third), 25).unwrap();
        assert_eq!(again.items, second.items);
    }
}
