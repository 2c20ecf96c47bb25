//! Where the csv crate is strict too, it and this crate read the same fields.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use holdall_connector::Compare;
use holdall_csv::{Csv, Settings, TableSettings};
use holdall_testkit::{Collect, ask};
use proptest::collection::vec;
use proptest::prelude::*;

fn ours(text: &[u8]) -> (Vec<Vec<String>>, usize) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.csv"), text).unwrap();
    let names = ["a", "b", "c"].map(String::from).to_vec();
    let table = TableSettings {
        header: false,
        names,
        delimiter: Some(','),
        encoding: Some("utf-8".into()),
        ..TableSettings::named("t")
    };
    let root = folder.path().to_owned();
    let csv = Csv::new(Settings { source: "s".into(), root, tables: vec![table] }).unwrap();
    let lookup = ask("t", "a", Compare::Exact, &["x", "y", "z"]);
    let (found, _) = Collect::read(&csv, &lookup).unwrap();
    let row = |(a, (b, c)): (&String, (&String, &String))| vec![a.clone(), b.clone(), c.clone()];
    let (a, b, c) = (found.texts("a"), found.texts("b"), found.texts("c"));
    (a.iter().zip(b.iter().zip(&c)).map(row).collect(), found.skipped.len())
}

fn theirs(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let wanted =
        |row: &csv::StringRecord| row.len() == 3 && ["x", "y", "z"].contains(&row[0].trim());
    reader
        .records()
        .map(Result::unwrap)
        .filter(wanted)
        .map(|row| row.iter().map(String::from).collect())
        .collect()
}

fn field() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[xyz]",
        2 => "\"[xyz,\r\n]{0,3}(\"\")?[xyz]?\"",
        1 => Just(String::new()),
    ]
}

/// Mostly rows of three fields, some of other widths, some with a quote out of place.
fn text() -> impl Strategy<Value = String> {
    let width = prop_oneof![8 => Just(3), 1 => 1usize..6];
    let row = width.prop_flat_map(|width| vec(field(), width)).prop_map(|row| row.join(","));
    let odd = prop_oneof![12 => row, 1 => "[xyz,\"]{0,6}"];
    let ends = prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]);
    vec((odd, ends), 0..8)
        .prop_map(|rows| rows.iter().map(|(row, end)| format!("{row}{end}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_we_read_whole_reads_the_same(text in text()) {
        let (rows, skipped) = ours(text.as_bytes());
        if skipped == 0 {
            prop_assert_eq!(rows, theirs(text.as_bytes()));
        }
    }

    #[test]
    fn sound_rows_are_never_skipped(rows in vec(vec(field(), 3), 0..8)) {
        let text: String = rows.iter().map(|row| row.join(",") + "\n").collect();
        let (rows, skipped) = ours(text.as_bytes());
        prop_assert_eq!(skipped, 0);
        prop_assert_eq!(rows, theirs(text.as_bytes()));
    }

    #[test]
    fn any_bytes_are_safe(bytes in vec(any::<u8>(), 0..200)) {
        ours(&bytes);
    }

    #[test]
    fn any_odd_text_is_safe(text in "[xyz,\"\r\n]{0,80}") {
        ours(text.as_bytes());
    }
}
