//! The ownership rule on random estates: the library against a plain model of the rule, written
//! from its text and sharing no code with it.

mod estate;
mod memory;
mod model;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use holdall::find::{Found, Inquiry, Sources, Standing, Unwatched, find, survey};
use holdall::plan::plan;
use holdall_connector::Place;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use estate::{Estate, estate};
use memory::{Delay, Prepared};
use model::{At, Model};

fn search(prepared: &Prepared, delay: Delay) -> Found {
    let Prepared { map, profile, request, .. } = prepared;
    let sources = prepared.sources(delay);
    search_in(Inquiry { map, profile, request }, &sources)
}

fn search_in(inquiry: Inquiry<'_>, sources: &Sources) -> Found {
    let survey = survey(inquiry.map, &[], sources);
    find(inquiry, &plan(inquiry.map, &[]), &survey, sources, &Unwatched)
}

/// Returns the rows of one standing, by table and number.
fn rows(found: &Found, wanted: fn(&Standing) -> bool) -> BTreeSet<At> {
    let with = found.rows.iter().filter(|row| wanted(&row.standing));
    with.map(|row| match row.record.location.place {
        Place::Line { line, .. } => (memory::table_number(&row.table), line as usize),
        _ => unreachable!("rows of memory stand on lines"),
    })
    .collect()
}

fn is_own(standing: &Standing) -> bool {
    *standing == Standing::Own
}

fn is_mentioned(standing: &Standing) -> bool {
    matches!(standing, Standing::Mentioned { .. })
}

fn is_context(standing: &Standing) -> bool {
    *standing == Standing::Context
}

/// No row beyond the rule; and every row of the rule where nothing is doubtful. Counts how often
/// nothing was, so that the second half cannot be empty without anybody noticing.
#[test]
fn rows_are_the_persons_by_the_rule_and_by_nothing_else() {
    let cases = 500;
    let certain = AtomicU32::new(0);
    let with_rows = AtomicU32::new(0);
    let result = TestRunner::new(config(cases)).run(&estate(), |estate| {
        let model = Model::of(&estate);
        let found = search(&Prepared::of(&estate), Delay::None);
        let (own, mentioned, context) =
            (rows(&found, is_own), rows(&found, is_mentioned), rows(&found, is_context));
        prop_assert!(own.is_subset(&model.own), "not theirs: {:?}", &own - &model.own);
        if !model.doubtful {
            certain.fetch_add(1, Ordering::Relaxed);
            with_rows.fetch_add(u32::from(own.len() > 1), Ordering::Relaxed);
            prop_assert_eq!(&own, &model.own, "the person's rows");
            prop_assert_eq!(&mentioned, &model.mentioned, "mentions");
            prop_assert_eq!(&context, &model.context, "context");
        }
        let may = &(&model.own | &model.mentioned) | &model.context;
        let all = &(&own | &mentioned) | &context;
        prop_assert!(all.is_subset(&may), "nowhere in the model: {:?}", &all - &may);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let certain = certain.into_inner();
    let with_rows = with_rows.into_inner();
    println!(
        "{certain} of {cases} estates had nothing doubtful, {with_rows} of those several rows"
    );
    assert!(with_rows * 10 > cases, "too few estates in which every row counts");
}

/// Returns a run of this many cases, the same at every run.
fn config(cases: u32) -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(15);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// Everything that a search says, in a form that compares.
#[derive(Debug, PartialEq)]
struct Said {
    rows: Vec<String>,
    keys: Vec<String>,
    others: Vec<holdall::find::Other>,
    holds: Vec<holdall::find::Hold>,
    search: Vec<holdall::find::Searched>,
    notes: Vec<String>,
}

fn said(found: Found) -> Said {
    let row = |row: &holdall::find::Row| {
        let record = serde_json::to_string(&row.record).unwrap();
        format!("{} {record} {:?} {}", row.table, row.standing, row.reason)
    };
    let key = |(kind, text): (&holdall::map::Kind, &str)| format!("{kind}={text}");
    Said {
        rows: found.rows.iter().map(row).collect(),
        keys: found.subject.spellings().map(key).collect(),
        others: found.others,
        holds: found.holds,
        search: found.search,
        notes: found.notes,
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn timing_changes_nothing(estate in estate(), seed in any::<u64>()) {
        let prepared = Prepared::of(&estate);
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let alone = pool(1).install(|| said(search(&prepared, Delay::None)));
        let shared = pool(4).install(|| said(search(&prepared, Delay::None)));
        let slow = pool(4).install(|| said(search(&prepared, Delay::Shuffled(seed))));
        prop_assert_eq!(&alone, &shared, "threads");
        prop_assert_eq!(&alone, &slow, "delays");
    }

    /// Which table stands first in the map, and which row first in a table, decides nothing.
    #[test]
    fn order_changes_nothing(estate in estate()) {
        let forwards = search(&Prepared::of(&estate), Delay::None);
        let backwards = search(&Prepared::of(&Estate { backwards: true, ..estate }), Delay::None);
        for standing in [is_own, is_mentioned, is_context] {
            prop_assert_eq!(rows(&forwards, standing), rows(&backwards, standing));
        }
        prop_assert_eq!(forwards.holds.len(), backwards.holds.len());
    }
}
