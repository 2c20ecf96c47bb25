//! Any decisions: what is taken out, and what the leak gate looks for, is exactly what was decided.

use std::path::Path;

use holdall_connector::{Location, Place as At, Record, Value};
use proptest::prelude::*;

use super::{Decider, Item, Unsettled, Verdict, decide};
use crate::controller;
use crate::find::{Found, Identity, Other, Roster, Row, Standing, Trail};
use crate::map::{self, Kind, Map};
use crate::redact::forms::Where;
use crate::redact::{Confidence, Proposed, propose, text_of, texts};
use crate::request;

const MAP: &str = "controller = 'c.toml'\n[[source]]\nname = 's'\nconnector = 'csv'\npath = '.'\n\
    [source.tables.t]\nactivity = 'a'\ncolumns.email = { person = 'email' }\n\
    columns.by = { third-party = 'name' }\ncolumns.text = 'text'\n";

const PEOPLE: [(&str, &str); 3] = [
    ("Amira Khan", "a.khan@example.net"),
    ("Bilal Osei", "b.osei@example.net"),
    ("Chao Lindqvist", "c.l@example.net"),
];

fn rows(notes: &[(usize, Vec<usize>)]) -> Vec<Row> {
    let row = |(at, (by, words)): (usize, &(usize, Vec<usize>))| {
        let text = |text: &str| Value::Text(text.into());
        let words: Vec<&str> = words.iter().map(|word| word_of(*word)).collect();
        let columns = ["email", "by", "text"].map(String::from).to_vec().into();
        let values = vec![
            text("ada@example.org"),
            text(PEOPLE.get(*by).map_or("", |(name, _)| name)),
            text(&format!("Note: {}.", words.join(" then "))),
        ];
        let place = At::Row(at as u64 + 1);
        let location = Location { source: "s".into(), table: "t".into(), file: None, place };
        Row {
            table: map::TableId { source: "s".into(), table: "t".into() },
            record: Record { columns, values, location },
            standing: Standing::Own,
            reason: Trail::default(),
        }
    };
    notes.iter().enumerate().map(row).collect()
}

fn word_of(word: usize) -> &'static str {
    match word {
        0..=2 => PEOPLE[word].0,
        3..=5 => PEOPLE[word - 3].1,
        6 => "Osei",
        7 => "07700 900123",
        _ => "the parcel came",
    }
}

fn map() -> Map {
    map::parse(MAP, Path::new("holdall.toml")).unwrap()
}

fn proposed(notes: &[(usize, Vec<usize>)]) -> Proposed {
    let map = map();
    let profile = controller::parse(
        "name = 'B'\n[activity.a]\ntitle = 'A'\nbasis = ['contract']\n",
        Path::new("c.toml"),
    );
    let request = request::parse(
        "reference = '1'\nright = 'access'\nreceived = 2026-11-02\n[subject]\nemail = ['ada@example.org']\n",
        Path::new("r.toml"),
    );
    let (profile, request) = (profile.unwrap(), request.unwrap());
    let mut subject = Identity::default();
    subject.learn(&map, &Kind::new("email"), "ada@example.org");
    let values = |(name, email): &(&str, &str)| Other {
        values: vec![(Kind::new("name"), (*name).into()), (Kind::new("email"), (*email).into())],
    };
    let found = Found {
        rows: rows(notes),
        aside: Vec::new(),
        subject,
        others: PEOPLE.iter().map(values).collect(),
        holds: Vec::new(),
        held: Vec::new(),
        search: Vec::new(),
        notes: Vec::new(),
        roster: Roster::default(),
    };
    propose(found, &map, &profile, &request)
}

fn value(proposed: &Proposed, at: usize) -> String {
    let p = &proposed.proposals[at];
    text_of(&proposed.found.rows[p.row].record, &p.cell, p.span.as_ref()).unwrap()
}

fn items(proposed: &Proposed, verdict: impl Fn(usize) -> Verdict) -> Vec<Item> {
    let items = proposed.proposals.iter().enumerate();
    items
        .map(|(at, p)| Item { proposal: p.clone(), verdict: verdict(at), everywhere: false })
        .collect()
}

fn notes() -> impl Strategy<Value = Vec<(usize, Vec<usize>)>> {
    proptest::collection::vec((0..5_usize, proptest::collection::vec(0..10_usize, 1..5)), 1..5)
}

fn redact() -> Verdict {
    Verdict::Redact { by: "R. Vale".into() }
}

proptest! {
    /// What is decided alike for each value settles, and then nothing but that is taken out.
    #[test]
    fn what_is_decided_is_what_is_taken_out(notes in notes(), kept: u32) {
        let proposed = proposed(&notes);
        let is_kept = |at: usize| {
            let text = value(&proposed, at).to_lowercase();
            // The surname goes with the name that it is a part of.
            let whole = if text == "osei" { "bilal osei".to_owned() } else { text };
            kept >> (whole.bytes().map(u32::from).sum::<u32>() % 32) & 1 == 1
        };
        let items = items(&proposed, |at| if is_kept(at) { Verdict::Keep } else { redact() });
        let before: Vec<Record> =
            proposed.found.rows.iter().map(|row| row.record.clone()).collect();
        let values: Vec<String> = (0..items.len()).map(|at| value(&proposed, at)).collect();
        let settled = decide(proposed, &items).unwrap();
        for (at, record) in before.iter().enumerate() {
            let here = items.iter().filter(|item| item.proposal.row == at);
            prop_assert!(settled.rows()[at].record == by_hand(record, here));
            for (_, text) in texts(&settled.rows()[at].record) {
                prop_assert!(settled.withheld().find(&text, Where::Data).is_none());
            }
        }
        let taken = items.iter().filter(|item| item.verdict != Verdict::Keep).count();
        prop_assert_eq!(settled.redactions().len(), taken);
        let by = Decider::Reviewer("R. Vale".into());
        prop_assert!(settled.redactions().iter().all(|r| r.decided_by == by));
        for (item, value) in items.iter().zip(&values) {
            let sought = settled.withheld().find(value, Where::Data).is_some();
            if item.verdict == Verdict::Keep {
                prop_assert!(!sought, "what is kept is looked for");
            } else if value.split(' ').count() > 1 || value.contains('@') {
                prop_assert!(sought, "what is taken out is not looked for");
            }
        }
    }

    /// Whatever is decided: what leaves has nothing of what is withheld, or nothing leaves.
    #[test]
    fn nothing_that_is_withheld_leaves(notes in notes(), verdicts: u64) {
        let proposed = proposed(&notes);
        let items = items(&proposed, |at| match verdicts >> (at % 32 * 2) & 3 {
            0 => Verdict::Undecided,
            1 => Verdict::Keep,
            _ => redact(),
        });
        let values: Vec<String> = (0..items.len()).map(|at| value(&proposed, at)).collect();
        let doubtful = items.iter().filter(|item| {
            item.verdict == Verdict::Undecided && item.proposal.confidence == Confidence::Doubtful
        });
        match (decide(proposed, &items), doubtful.count()) {
            (Err(Unsettled::Undecided(n)), open) => prop_assert_eq!(n, open),
            (Err(Unsettled::Conflicts(all)), 0) => {
                prop_assert!(!all.is_empty());
                let kept = items.iter().any(|item| item.verdict == Verdict::Keep);
                prop_assert!(kept, "a conflict needs something that was kept");
            }
            (Ok(settled), 0) => {
                for (item, value) in items.iter().zip(&values) {
                    let taken = item.verdict != Verdict::Keep && value.contains(' ');
                    let stands = |text: &str| text.contains(value.as_str());
                    let mut texts = settled.rows().iter().flat_map(|row| texts(&row.record));
                    prop_assert!(!(taken && texts.any(|(_, text)| stands(&text))));
                }
            }
            (other, open) => prop_assert!(false, "{:?} with {} open", other.err(), open),
        }
    }
}

/// Takes out by hand what was decided, from the end of each text to its start.
fn by_hand<'i>(record: &Record, items: impl Iterator<Item = &'i Item>) -> Record {
    let mut record = record.clone();
    let mut all: Vec<&Item> = items.filter(|item| item.verdict != Verdict::Keep).collect();
    all.sort_by_key(|item| std::cmp::Reverse(item.proposal.span.as_ref().map(|span| span.start)));
    for item in all {
        let name = item.proposal.cell.trim_start_matches('/');
        let at = record.columns.iter().position(|column| column == name).unwrap();
        let Value::Text(text) = &record.values[at] else { panic!() };
        let chars: Vec<char> = text.chars().collect();
        let span = item.proposal.span.clone().unwrap_or(0..chars.len());
        let parts = [
            chars[..span.start].iter().collect(),
            item.proposal.label.clone(),
            chars[span.end..].iter().collect::<String>(),
        ];
        record.values[at] = Value::Text(parts.concat());
    }
    record
}

#[test]
fn a_proposal_without_a_decision_is_never_settled() {
    let proposed = proposed(&[(0, vec![1, 8])]);
    let mut all = items(&proposed, |_| redact());
    all.pop();
    assert_eq!(decide(proposed, &all).unwrap_err(), Unsettled::Unknown);
}

#[test]
fn overlapping_spans_become_one_and_the_longest_names_it() {
    let proposed = proposed(&[(9, vec![0])]);
    let mut all = items(&proposed, |_| redact());
    let mut mark = all[0].clone();
    mark.proposal.span = Some(0..8);
    mark.proposal.label = "[withheld]".into();
    all.push(mark);
    let settled = decide(proposed, &all).unwrap();
    let said = texts(&settled.rows()[0].record);
    assert_eq!(said.last().unwrap().1, "[Person A].");
}
