//! Files as people have them: what cannot be read is reported, everything else is read.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may fail"
)]

use std::fs;
use std::path::Path;

use holdall_connector::{
    Compare, Connector, Ending, Error, Lookup, Match, Path as Column, Place, Value,
};
use holdall_json::{Json, RECORD_LIMIT, Settings, TableSettings};
use holdall_testkit::{Collect, ask};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn json(root: &Path) -> Json {
    let tables = vec![TableSettings::named("t")];
    Json::new(Settings { source: "app".into(), root: root.to_owned(), tables }).unwrap()
}

fn read(files: &[(&str, &[u8])]) -> (Collect, Ending) {
    let folder = folder(files);
    let lookup = ask("t", "id", Compare::Exact, &["1", "2", "3", "4", "5", "6"]);
    Collect::read(&json(folder.path()), &lookup).unwrap()
}

fn places(found: &Collect) -> Vec<Place> {
    found.records.iter().map(|record| record.location.place.clone()).collect()
}

fn incomplete(ending: &Ending) -> &str {
    match ending {
        Ending::Incomplete { why, .. } => why,
        Ending::Complete { .. } => panic!("complete"),
    }
}

#[test]
fn a_broken_line_is_reported_and_the_others_read() {
    let text = concat!(
        "{\"id\":1}\r\n\n",
        "{\"id\":2,}\n",
        "[3]\n",
        "\"x\"\n",
        "{\"id\":3,\"id\":4}\n",
        "{\"id\":4} {\"id\":5}\n",
        "{\"id\":\n",
        "{\"id\":\"6\"}"
    );
    let (found, ending) = read(&[("t.ndjson", text.as_bytes())]);
    assert_eq!(found.texts("id"), ["1", "6"]);
    let line = |line, byte| Place::Line { line, byte };
    assert_eq!(places(&found), [line(1, 0), line(9, 70)]);
    assert!(text[70..].starts_with("{\"id\":\"6\"}"));
    let lines: Vec<_> =
        found.skipped.iter().map(|s| format!("{:?}: {}", s.location.place, s.why)).collect();
    assert_eq!(
        lines,
        [
            "line 3 (byte 11): it is not JSON (at byte 9 of its line)",
            "line 4 (byte 21): the record is not an object",
            "line 5 (byte 25): the record is not an object",
            "line 6 (byte 29): an object has the same key twice, and it cannot be known which counts",
            "line 7 (byte 45): it is not JSON (at byte 10 of its line)",
            "line 8 (byte 63): it ends too early to be JSON",
        ]
    );
    assert!(matches!(ending, Ending::Complete { read: 80 }), "{ending:?}");
}

#[test]
fn an_array_is_read_element_by_element() {
    let text = "\u{feff} [ {\"id\":1,\"x\":\"],[\\\"\"} ,\n{\"id\":2,\"n\":[{}]},7 ]\n";
    let (found, _) = read(&[("t.json", text.as_bytes())]);
    let at = |byte, pointer: &str| Place::Pointer { byte, pointer: pointer.into() };
    assert_eq!(places(&found), [at(6, "/0"), at(29, "/1")]);
    assert_eq!(found.skipped[0].location.place, at(47, "/2"));
    assert!(text[29..].starts_with("{\"id\":2") && text[47..].starts_with('7'));
}

#[test]
fn a_broken_array_ends_the_file_and_not_the_others() {
    for (text, why) in [
        ("[{\"id\":1},\n{\"id\":2,},{\"id\":3}]", "line 2: it is not JSON (at byte 9 of its line)"),
        ("[{\"id\":1},\n{\"id\":2", "line 2: it ends too early to be JSON"),
        ("[{\"id\":1}\n\n{\"id\":2}]", "line 3: a comma is missing between elements"),
        ("[{\"id\":1},]", "line 1: it ends too early to be JSON"),
        ("[{\"id\":1}", "line 1: it ends too early"),
        ("[{\"id\":1}]\n]", "line 2: something follows the end"),
    ] {
        let (found, ending) = read(&[("a/t.json", text.as_bytes()), ("b/t.json", b"{\"id\":4}")]);
        let ids = found.texts("id");
        assert_eq!(ids.last().map(String::as_str), Some("4"), "{text}");
        let said = incomplete(&ending);
        assert!(said.contains("`a/t.json` was not read in full"), "{said}");
        assert!(said.ends_with(why), "{said}");
        assert_eq!(ids, ["1", "4"], "{text}");
    }
}

#[test]
fn an_element_that_is_odd_but_whole_is_passed_over() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(500), "]".repeat(500));
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(RECORD_LIMIT));
    let text = format!("[{deep},{long},{{\"a\":1,\"a\":2}},{{\"id\":1}}]");
    let (found, ending) = read(&[("t.json", text.as_bytes())]);
    assert_eq!((found.texts("id"), found.skipped.len()), (vec!["1".to_owned()], 3));
    assert!(matches!(ending, Ending::Complete { .. }));
    let text = format!("{deep}\n{long}\n{{\"id\":1}}");
    let (found, _) = read(&[("t.jsonl", text.as_bytes())]);
    assert_eq!((found.texts("id"), found.skipped.len()), (vec!["1".to_owned()], 2));
}

#[test]
fn very_deep_text_is_safe() {
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(200_000)] {
        let (found, _) = read(&[("t.jsonl", text.as_bytes()), ("a/t.json", b"{\"id\":1}")]);
        assert_eq!(found.texts("id"), ["1"]);
    }
}

#[test]
fn a_document_is_one_record() {
    let text = b"{\n \"id\": 1,\n \"people\": [{\"id\": 2}]\n}\n";
    let (found, _) = read(&[("t.json", text)]);
    assert_eq!(places(&found), [Place::Pointer { byte: 0, pointer: String::new() }]);
    let (found, ending) = read(&[("t.json", b"{\n\"id\":1}\n{\"id\":2}")]);
    assert_eq!(found.texts("id"), ["1"]);
    assert!(incomplete(&ending).ends_with("line 3: something follows the end"));
}

#[test]
fn files_of_all_forms_are_one_table_in_the_order_of_names() {
    let (found, ending) = read(&[
        ("t/b.json", b"[{\"id\":3}]"),
        ("t/a.jsonl", b"{\"id\":1}\n{\"id\":2}"),
        ("t/c/d.JSON", b"{\"id\":4}"),
        ("t.json", b""),
        ("u.json", b"{\"id\":5}"),
    ]);
    assert_eq!(found.texts("id"), ["1", "2", "3", "4"]);
    assert!(matches!(ending, Ending::Complete { .. }));
}

#[test]
fn encodings_are_found() {
    let text = "{\"id\":1,\"n\":\"Zoë\"}";
    for mark in ["", "\u{feff}"] {
        let text = format!("{mark}{text}");
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &le, &be] {
            assert_eq!(read(&[("t.json", bytes)]).0.texts("n"), ["Zoë"]);
        }
    }
    let (found, _) = read(&[("t.jsonl", b"{\"id\":1,\"n\":\"\xeb\"}\n{\"id\":2}")]);
    assert_eq!((found.texts("id"), found.skipped.len()), (vec!["2".to_owned()], 1));
}

#[test]
fn values_are_kept_as_written() {
    let text = br#"{"id":1,"a":1.10,"b":{"z":[null,true],"y":""},"c":123456789012345678901234567890,"d":1E400}"#;
    let (found, _) = read(&[("t.json", text)]);
    let values = &found.records[0].values[1..];
    let wanted = [
        Value::Decimal("1.10".into()),
        Value::Object(vec![
            ("z".into(), Value::List(vec![Value::Null, Value::Bool(true)])),
            ("y".into(), Value::Text(String::new())),
        ]),
        Value::Integer(123_456_789_012_345_678_901_234_567_890),
        Value::Decimal("1e400".into()),
    ];
    assert!(values == wanted);
}

#[test]
fn a_path_leads_into_a_record() {
    let text = br#"[{"to":[{"mail":"a@example.org"},{"mail":"b@example.org"}]},{"to":{"mail":"b@example.org"}}]"#;
    let folder = folder(&[("t.json", text)]);
    let values = ["b@example.org".to_owned()].into();
    let column = Column::parse("to[].mail").unwrap();
    let any = vec![Match { column, compare: Compare::Exact, values }];
    let lookup = Lookup { table: "t".into(), any };
    let (found, _) = Collect::read(&json(folder.path()), &lookup).unwrap();
    assert_eq!(found.records.len(), 1);
    let tables = json(folder.path()).tables().unwrap();
    let paths: Vec<_> = tables[0].columns.iter().map(|c| c.path.to_string()).collect();
    assert_eq!(paths, ["to[].mail", "to.mail"]);
}

#[test]
fn no_file_is_an_error() {
    let folder = folder(&[("u.json", b"{}")]);
    let lookup = ask("t", "id", Compare::Exact, &["1"]);
    let result = Collect::read(&json(folder.path()), &lookup);
    assert!(matches!(result, Err(Error::NoFiles { .. })));
    assert!(json(folder.path()).check().is_err());
}

#[test]
fn reports_say_no_content() {
    let text =
        b"{\"id\":1,\"Oph\":\"Ophelia}\n{\"Oph\":1,\"Oph\":2}\n{\"Oph\":Ophelia}\n\"Ophelia\"\n";
    let (found, _) = read(&[("t.jsonl", text)]);
    assert_eq!(found.skipped.len(), 4);
    assert!(found.skipped.iter().all(|skipped| !skipped.why.contains("Oph")));
    let (_, ending) = read(&[("t.json", b"[{\"id\":Ophelia}]")]);
    assert!(!incomplete(&ending).contains("Oph"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_safe(text in "[\\[\\]{}:,\" \n\\\\1aid]{0,60}", lines in any::<bool>()) {
        let _ = read(&[(if lines { "t.jsonl" } else { "t.json" }, text.as_bytes())]);
    }

    /// Nothing is lost in silence: what serde_json reads whole is read whole.
    #[test]
    fn any_array_is_read_whole(ids in proptest::collection::vec(1u8..7, 0..10), pretty in any::<bool>()) {
        let items: Vec<serde_json::Value> =
            ids.iter().map(|id| serde_json::json!({"x": ["]", {"y": "\\\""}], "id": id})).collect();
        let text = match pretty {
            true => serde_json::to_string_pretty(&items).unwrap(),
            false => serde_json::to_string(&items).unwrap(),
        };
        let (found, ending) = read(&[("t.json", text.as_bytes())]);
        let wanted: Vec<String> = ids.iter().map(u8::to_string).collect();
        prop_assert_eq!(found.texts("id"), wanted);
        let complete = matches!(ending, Ending::Complete { .. });
        prop_assert!(complete);
    }
}

#[test]
fn a_line_of_a_large_file_that_is_no_json_is_reported_whatever_it_holds() {
    let line = |n: u32| format!("{{\"id\":{n},\"note\":\"nothing to see\"}}\n");
    let filler: String = (100..400_100).map(line).collect();
    let text = format!("{filler}{{id:1}}\n{{\"id\":2}}\n{{\"id\":7,\"id\":8}}\n{filler}");
    assert!(text.len() > 16 * 1024 * 1024);
    let (found, ending) = read(&[("t.jsonl", text.as_bytes())]);
    assert_eq!(found.texts("id"), ["2"]);
    let place = |at: usize| {
        let line = 400_001 + at as u64;
        let byte =
            text.match_indices('\n').nth(line as usize - 2).map_or(0, |(at, _)| at as u64 + 1);
        Place::Line { line, byte }
    };
    let skipped: Vec<_> = found.skipped.iter().map(|s| s.location.place.clone()).collect();
    assert_eq!(skipped, [place(0), place(2)]);
    assert!(matches!(ending, Ending::Complete { .. }));
}
