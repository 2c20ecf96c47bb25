//! The audit chain: whatever is changed shows.

use proptest::prelude::*;

use super::Estate;
use crate::case::audit::{Entry, Head, verify};
use crate::case::{Broken, Case};

const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn chain(whats: &[(String, Option<String>)]) -> (Vec<Entry>, Head) {
    let mut previous = START.to_owned();
    let mut entries = Vec::new();
    for (seq, (what, why)) in (1..).zip(whats) {
        let mut entry = Entry {
            seq,
            at: "2026-11-21T22:00:00Z".into(),
            who: "R. Vale".into(),
            what: what.clone(),
            why: why.clone(),
            previous,
            hash: String::new(),
        };
        entry.hash = entry.digest();
        previous = entry.hash.clone();
        entries.push(entry);
    }
    let head = Head { entries: entries.len() as u64, hash: previous };
    (entries, head)
}

fn whats() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    proptest::collection::vec(("[ -~]{1,20}", proptest::option::of("[ -~]{0,10}")), 1..8)
}

/// Changes one byte of one field.
fn spoil(entry: &mut Entry, field: usize, at: usize) {
    let text = match field {
        0 => &mut entry.at,
        1 => &mut entry.who,
        2 => &mut entry.what,
        3 => &mut entry.previous,
        4 => &mut entry.hash,
        _ => entry.why.get_or_insert_default(),
    };
    if text.is_empty() {
        return text.push('x');
    }
    let mut bytes = text.clone().into_bytes();
    let at = at % bytes.len();
    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
    *text = String::from_utf8(bytes).unwrap();
}

proptest! {
    #[test]
    fn any_byte_changed_is_seen(whats in whats(), entry: usize, field in 0..6_usize, at: usize) {
        let (mut entries, head) = chain(&whats);
        prop_assert_eq!(verify(&entries, &head), None);
        let entry = entry % entries.len();
        spoil(&mut entries[entry], field, at);
        prop_assert!(verify(&entries, &head).is_some());
    }

    #[test]
    fn any_entry_gone_or_moved_is_seen(whats in whats(), a: usize, b: usize) {
        let (entries, head) = chain(&whats);
        let (a, b) = (a % entries.len(), b % entries.len());
        let mut cut = entries.clone();
        cut.remove(a);
        prop_assert!(verify(&cut, &head).is_some());
        let mut moved = entries.clone();
        moved.swap(a, b);
        prop_assert_eq!(verify(&moved, &head).is_some(), a != b);
        let mut doubled = entries;
        doubled.insert(a, doubled[b].clone());
        prop_assert!(verify(&doubled, &head).is_some());
    }
}

#[test]
fn the_file_refuses_edits_and_the_chain_shows_them() {
    let estate = Estate::new();
    let case = estate.reviewed();
    let edit = "UPDATE audit SET who = 'Nobody' WHERE seq = 1";
    assert!(case.db.execute(edit, []).is_err());
    assert!(case.db.execute("DELETE FROM audit", []).is_err());
    let fences = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete";
    case.db.execute_batch(fences).unwrap();
    let broken = |case: &Case| case.audit().unwrap().broken;
    assert_eq!(broken(&case), None);
    case.db.execute(edit, []).unwrap();
    assert_eq!(broken(&case), Some(Broken::Entry(1)));
    case.db.execute("UPDATE audit SET who = 'P. Mallow' WHERE seq = 1", []).unwrap();
    assert_eq!(broken(&case), None);
    case.db.execute("DELETE FROM audit WHERE seq = 2", []).unwrap();
    assert_eq!(broken(&case), Some(Broken::End { kept: 2, found: 1 }));
}
