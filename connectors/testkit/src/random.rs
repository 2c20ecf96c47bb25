//! The law: for any table and any lookup, the read is the filter over all rows.

use holdall_connector::{Compare, Lookup};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use crate::ask::ask_any;
use crate::fixture::{Bed, Fixture};
use crate::suite::{Traits, agree};

const CASES: u32 = 40;

const COLUMNS: [&str; 3] = ["a", "b", "Spaced Name"];

const COMPARES: [Compare; 7] = [
    Compare::Exact,
    Compare::Caseless,
    Compare::Digits,
    Compare::Compact,
    Compare::Phone,
    Compare::Name,
    Compare::Date,
];

/// Values that meet each other in another spelling, and values that are hard to carry.
const VALUES: [&str; 24] = [
    "",
    " ",
    "17",
    " 17 ",
    "17.0",
    "017",
    "-17",
    "1e1",
    "Ada Hart",
    "hart, ada",
    "ADA HART",
    "07700 900123",
    "+447700900123",
    "02/03/1984",
    "1984-03-02",
    "QQ 12 34 56 C",
    "qq123456c",
    "a,b",
    "\"",
    "\"x\" y",
    "l1\nl2",
    "l1\r\nl2",
    "\u{feff}bom",
    "nul\0nul",
];

/// One part of a lookup: column, comparison, values.
type Asked = (usize, usize, Vec<String>);

pub(crate) fn check(make: &dyn Fn(&[Fixture]) -> Bed, traits: Traits) -> Result<(), String> {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = runner.run(&(vec(row(), 0..12), vec(asked(), 1..4)), |(rows, asked)| {
        let fixture = fixture(&rows, traits);
        let bed = make(std::slice::from_ref(&fixture));
        agree(bed.connector.as_ref(), &fixture, &lookup(&asked))
            .map(|_| ())
            .map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => Ok(()),
        Err(TestError::Fail(why, input)) => Err(format!("{why}\nwith {input:?}")),
        Err(TestError::Abort(why)) => Err(why.to_string()),
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&VALUES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => "[ -~\\n\\r\\t£é]{0,8}",
    ]
}

fn row() -> impl Strategy<Value = Vec<String>> {
    vec(value(), COLUMNS.len())
}

fn asked() -> impl Strategy<Value = Asked> {
    (0..=COLUMNS.len(), 0..COMPARES.len(), vec(value(), 0..4))
}

fn fixture(rows: &[Vec<String>], traits: Traits) -> Fixture {
    let holdable = |text: &String| traits.nul_in_text || !text.contains('\0');
    let keep = |text| if holdable(text) { text.as_str() } else { "" };
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(keep).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Fixture::new("random", &COLUMNS, &rows)
}

fn lookup(asked: &[Asked]) -> Lookup {
    let parts: Vec<(&str, Compare, Vec<&str>)> = asked
        .iter()
        .map(|(column, compare, values)| {
            let column = COLUMNS.get(*column).copied().unwrap_or("id");
            let compare = COMPARES.get(*compare).copied().unwrap_or(Compare::Exact);
            (column, compare, values.iter().map(String::as_str).collect())
        })
        .collect();
    let parts: Vec<(&str, Compare, &[&str])> = parts
        .iter()
        .map(|(column, compare, values)| (*column, *compare, values.as_slice()))
        .collect();
    ask_any("random", &parts)
}
