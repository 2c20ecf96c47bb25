//! The labelled texts of `fixtures/redaction`: precision, recall and F1 for each kind, and the bars
//! below which they must not fall.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use holdall::redact::detect::{Known, detect_with};
use serde::Deserialize;

use crate::harness::repository;

#[derive(Deserialize)]
struct Text {
    text: String,
    #[serde(default)]
    subject: BTreeMap<String, Vec<String>>,
    roster: Vec<String>,
    spans: Vec<Label>,
    /// Passages that are the subject's own.
    #[serde(default)]
    own: Vec<Passage>,
}

#[derive(Deserialize)]
struct Label {
    start: usize,
    end: usize,
    kind: String,
}

#[derive(Deserialize)]
struct Passage {
    start: usize,
    end: usize,
}

type Place = (usize, usize, String);

/// Right, wrong and missed.
#[derive(Clone, Copy, Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Score {
    fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(right: u32, other: u32) -> f64 {
    if right + other == 0 { 1.0 } else { f64::from(right) / f64::from(right + other) }
}

fn texts() -> Vec<Text> {
    let files = [
        "generated.jsonl",
        "hard.jsonl",
        "fresh.jsonl",
        "later.jsonl",
        "last.jsonl",
        "mixed.jsonl",
        "forms.jsonl",
        "services.jsonl",
        "firms.jsonl",
        "office.jsonl",
        "casework.jsonl",
        "desks.jsonl",
        "notes.jsonl",
        "records.jsonl",
        "queues.jsonl",
        "inboxes.jsonl",
        "counters.jsonl",
        "ledgers.jsonl",
        "handovers.jsonl",
        "mailboxes.jsonl",
        "surgeries.jsonl",
        "dispatches.jsonl",
        "tickets.jsonl",
        "dockets.jsonl",
        "rounds.jsonl",
        "bulletins.jsonl",
        "circulars.jsonl",
        "returns.jsonl",
        "petitions.jsonl",
        "journals.jsonl",
        "memos.jsonl",
        "registers.jsonl",
        "callbacks.jsonl",
        "worksheets.jsonl",
        "postbags.jsonl",
        "intakes.jsonl",
        "drafts.jsonl",
        "switchboards.jsonl",
    ];
    let text = files
        .map(|file| fs::read_to_string(repository(format!("fixtures/redaction/{file}"))).unwrap());
    text.concat().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn scores(texts: &[Text], with_roster: bool) -> BTreeMap<String, Score> {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for text in texts {
        let roster = if with_roster { text.roster.as_slice() } else { &[] };
        let known = Known::new(&text.subject, roster);
        let found = detect_with(&text.text, &known).into_iter();
        let found: BTreeSet<Place> =
            found.map(|span| (span.start, span.end, span.kind.to_owned())).collect();
        let labels = text.spans.iter().map(|span| (span.start, span.end, span.kind.clone()));
        let labels: BTreeSet<Place> = labels.collect();
        let mut of =
            |place: &Place, one: Score| scores.entry(place.2.clone()).or_default().add(one);
        for place in found.intersection(&labels) {
            of(place, Score { right: 1, ..Score::default() });
        }
        for place in found.difference(&labels) {
            of(place, Score { wrong: 1, ..Score::default() });
        }
        for place in labels.difference(&found) {
            of(place, Score { missed: 1, ..Score::default() });
        }
    }
    scores
}

fn print(scores: &BTreeMap<String, Score>) {
    for (kind, score) in scores {
        let (p, r, f) = (score.precision(), score.recall(), score.f1());
        println!("{kind:16} P {p:.3}  R {r:.3}  F1 {f:.3}");
    }
}

#[test]
fn every_kind_is_found_well_enough() {
    let texts = texts();
    assert!(texts.len() >= 600);
    let scores = scores(&texts, false);
    print(&scores);
    let mut all = Score::default();
    for (kind, score) in scores.iter().filter(|(kind, _)| *kind != "person") {
        assert!(score.f1() >= 0.95, "{kind}: {:.3}", score.f1());
        all.add(*score);
    }
    assert!(all.f1() >= 0.97, "identifiers: {:.3}", all.f1());
    let people = scores["person"];
    assert!(people.recall() >= 0.90 && people.precision() >= 0.85);
}

#[test]
fn a_roster_finds_nearly_everybody() {
    let people = scores(&texts(), true)["person"];
    assert!(people.recall() >= 0.97, "{:.3}", people.recall());
}

#[test]
fn the_subject_is_not_touched() {
    for text in texts().iter().filter(|text| !text.subject.is_empty()) {
        let known = Known::new(&text.subject, &[]);
        let chars: Vec<char> = text.text.chars().collect();
        for span in detect_with(&text.text, &known) {
            let found: String = chars[span.start..span.end].iter().collect();
            let own = text.subject.values().flatten().any(|value| *value == found);
            let passage = text.own.iter().any(|own| own.start < span.end && span.start < own.end);
            assert!(!own && !passage, "{found} in {}", text.text);
        }
    }
}
