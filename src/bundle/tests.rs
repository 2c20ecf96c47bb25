//! Whole bundles: what they say, and that nothing in a record can break them.

use holdall_connector::Value;
use proptest::prelude::*;

use crate::find::{Standing, Status};
use crate::request::Right;
use crate::verify::verify;

use super::about::About;
use super::archive::Packer;
use super::sample::{self, Sample, rich};
use super::sheet::sheets;
use super::{page, readme, schedule};

fn made(write: impl Fn(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_readme_says_it_in_short() {
    let sample = rich(Right::Access);
    let contents = sample.contents();
    let text = readme::write(&contents, &sheets(&sample.settled, &sample.map));
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
}

#[test]
fn the_schedule_says_where_and_why_but_not_what() {
    let sample = rich(Right::Portability);
    let sheets = sheets(&sample.settled, &sample.map);
    insta::assert_snapshot!(made(|out| schedule::redactions(out, &sample.settled, &sheets)));
}

#[test]
fn the_search_record_names_every_table() {
    let sample = rich(Right::Access);
    insta::assert_snapshot!(made(|out| schedule::search(out, &sample.settled)));
}

#[test]
fn what_is_silent_in_the_profile_is_said() {
    let mut sample = rich(Right::Access);
    let about: serde_json::Value =
        serde_json::from_str(&About::new(sample.contents()).json()).unwrap();
    assert_eq!(about["activities"][1]["automated-decisions"], "None");
    assert_eq!(about["activities"][0]["transfers"], "None");
    assert_eq!(about["joint-controllers"], "None");
    sample.profile = toml::from_str("name = \"Lustalux Ltd\"\n[activity.orders]").unwrap();
    let about: serde_json::Value =
        serde_json::from_str(&About::new(sample.contents()).json()).unwrap();
    assert_eq!(about["activities"][0]["purposes"], "Not stated");
    assert_eq!(about["data-protection-officer"], "Not stated");
}

#[test]
fn an_incomplete_answer_says_so_at_the_top() {
    let mut sample = rich(Right::Access);
    let banner = "This answer is not complete";
    let index = |sample: &Sample| {
        let contents = sample.contents();
        let sheets = sheets(&sample.settled, &sample.map);
        page::index(&contents, &sheets, &About::new(contents))
    };
    let page = index(&sample);
    assert!(page.find(banner).unwrap() < page.find("What was found").unwrap());
    let customers = sample::id("crm", "customers");
    let search = vec![sample::searched(&customers, Status::NothingFound, 0)];
    sample.settled = sample::settled(Vec::new(), search);
    let page = index(&sample);
    assert!(!page.contains(banner));
    assert!(page.contains("We hold no data about you"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let bytes = || {
        let (_folder, bundle) = rich(Right::Access).packed();
        std::fs::read(bundle.path()).unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_temporary_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, bundle) = rich(Right::Access).packed();
    let mode = std::fs::metadata(bundle.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn an_entry_with_zip64_sizes_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let packer = Packer::new(folder.path(), None, jiff::civil::date(2026, 11, 2));
    let piece = packer.attempt("README.txt", &|out| out.write_all(b"x"), true, &mut 0).unwrap();
    let file = packer.join(vec![piece]).unwrap();
    let error = verify(file.path(), None).unwrap_err();
    assert_eq!(error.to_string(), "`manifest.json` is not as it was sealed: it is missing");
}

#[test]
#[ignore = "takes a quarter of a minute"]
fn more_entries_than_a_plain_zip_can_count_are_read_back() {
    let names: Vec<String> = (0..65_600).map(|n| format!("{n:05}.txt")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), [].as_slice())).collect();
    let error = verify(sample::forged(&entries).path(), None).unwrap_err();
    assert_eq!(error.to_string(), "`manifest.json` is not as it was sealed: it is missing");
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i128>().prop_map(Value::Integer),
        "-?[0-9]{1,4}(\\.[0-9]{1,3})?(e[0-9])?|NaN".prop_map(Value::Decimal),
        any::<String>().prop_map(Value::Text),
        "[-=+@'\" \t\r\n,;0-9\\[\\]{}]{0,6}".prop_map(Value::Text),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]".prop_map(Value::Date),
        "20[0-9]{2}-0[1-9]-1[0-9]T[0-2][0-9]:00:00Z?".prop_map(Value::DateTime),
        any::<Vec<u8>>().prop_map(Value::Bytes),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::List),
            prop::collection::vec((key(), inner), 0..3).prop_map(Value::Object),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[a-cA-C.]{1,3}", any::<String>()]
}

type Fields = Vec<(String, Value)>;

/// Source and table name, and the rows.
type Named = ((String, String), Vec<Fields>);

fn records() -> impl Strategy<Value = Vec<Named>> {
    let fields = prop::collection::vec((key(), value()), 0..4);
    let rows = prop::collection::vec(fields, 1..4);
    prop::collection::vec(((key(), key()), rows), 0..3)
}

fn sample_of(tables: &[Named]) -> Sample {
    let mut rows = Vec::new();
    for ((source, table), records) in tables {
        let id = sample::id(source, table);
        for fields in records {
            let fields = fields.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
            rows.push(sample::row(&id, Standing::Own, fields));
        }
    }
    Sample { settled: sample::settled(rows, Vec::new()), ..rich(Right::Access) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_record_breaks_a_bundle(tables in records()) {
        let sample = sample_of(&tables);
        let (_folder, bundle) = sample.packed();
        let verified = verify(bundle.path(), None);
        prop_assert!(verified.is_ok(), "{}", verified.unwrap_err());
        prop_assert_eq!(verified.unwrap().rows, sample.settled.rows().len() as u64);
    }
}
