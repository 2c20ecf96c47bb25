//! Files as people have them: every odd row is reported, every other row is read.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use holdall_connector::{Compare, Connector, Ending, Error, Place};
use holdall_csv::{Csv, ROW_LIMIT, Settings, TableSettings};
use holdall_testkit::{Collect, ask};
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

fn csv(root: &Path, table: TableSettings) -> Csv {
    Csv::new(Settings { source: "crm".into(), root: root.to_owned(), tables: vec![table] }).unwrap()
}

/// Reads the rows of `t` whose `id` is one of these.
fn read(root: &Path, table: TableSettings, ids: &[&str]) -> (Collect, Ending) {
    Collect::read(&csv(root, table), &ask("t", "id", Compare::Exact, ids)).unwrap()
}

fn read_text(content: &[u8], ids: &[&str]) -> (Collect, Ending) {
    let folder = folder(&[("t.csv", content)]);
    read(folder.path(), TableSettings::named("t"), ids)
}

fn lines(found: &Collect) -> Vec<u64> {
    let line = |place: &Place| match place {
        Place::Line { line, .. } => *line,
        other => panic!("{other:?}"),
    };
    found.skipped.iter().map(|skipped| line(&skipped.location.place)).collect()
}

const ALL: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

#[test]
fn ragged_rows_are_reported_and_the_others_read() {
    let (found, ending) = read_text(b"id,name\n1,Ada\n2\n3,Bo,extra\n\n4,Cy\n", &ALL);
    assert_eq!(found.texts("id"), ["1", "4"]);
    assert_eq!(lines(&found), [3, 4]);
    assert_eq!(found.skipped[0].why, "it has 1 fields, the header 2");
    assert!(matches!(ending, Ending::Complete { read: 33 }), "{ending:?}");
}

#[test]
fn broken_quotes_cost_one_line() {
    let text = b"id,name\n1,\"open\n2,\"Bo\"\n3,\"Cy\"x\n4,D\"y\n5,\"E\"\"e\"\n6,never \n";
    let (found, _) = read_text(text, &ALL);
    assert_eq!(found.texts("id"), ["2", "4", "5", "6"]);
    assert_eq!(found.texts("name"), ["Bo", "D\"y", "E\"e", "never "]);
    assert_eq!(lines(&found), [2, 4]);
}

#[test]
fn a_quote_that_is_never_closed_costs_one_line() {
    let (found, _) = read_text(b"id,name\n1,Ada\n2,\"open\n3,Cy\n4,Di", &ALL);
    assert_eq!(found.texts("id"), ["1", "3", "4"]);
    assert_eq!(lines(&found), [3]);
}

#[test]
fn lines_are_physical_and_bytes_are_offsets() {
    let text = b"\xef\xbb\xbfid,note\r\n1,\"two\r\nlines\"\r\n\r\n2,x\r3,\"a\rb\"\n4,y";
    let (found, _) = read_text(text, &ALL);
    let places: Vec<_> = found.records.iter().map(|r| r.location.place.clone()).collect();
    let at = |line, byte| Place::Line { line, byte };
    assert_eq!(places, [at(2, 12), at(5, 30), at(6, 34), at(8, 42)]);
    for (place, start) in places.iter().zip([b"1,", b"2,", b"3,", b"4,"]) {
        let Place::Line { byte, .. } = place else { panic!() };
        assert!(text[usize::try_from(*byte).unwrap()..].starts_with(start));
    }
    assert_eq!(found.texts("note"), ["two\r\nlines", "x", "a\rb", "y"]);
}

#[test]
fn a_row_beyond_the_limit_is_reported_and_passed_over() {
    let long = "x".repeat(ROW_LIMIT + 10);
    for open in ["", "\""] {
        let (found, _) = read_text(format!("id,name\n1,{open}{long}\n2,Bo\n").as_bytes(), &ALL);
        assert_eq!((found.texts("id"), lines(&found)), (vec!["2".to_owned()], vec![2]));
    }
    let fits = "x".repeat(ROW_LIMIT - 100);
    let (found, _) = read_text(format!("id,name\n1,{fits}\n2,Bo\n").as_bytes(), &ALL);
    assert_eq!(found.texts("id"), ["1", "2"]);
}

#[test]
fn empty_files_have_no_rows_and_are_complete() {
    for text in [&b""[..], b"\xef\xbb\xbf", b"\n\n\r\n", b"id,name\n", b"id,name"] {
        let (found, ending) = read_text(text, &ALL);
        assert_eq!(found, Collect::default());
        assert!(matches!(ending, Ending::Complete { .. }));
    }
}

#[test]
fn zero_bytes_are_text() {
    let (found, _) = read_text(b"id,na\0me\n1,A\0da\n2,\0\n", &ALL);
    assert_eq!(found.texts("na\0me"), ["A\0da", "\0"]);
}

#[test]
fn encodings_are_found() {
    let text = "id,name\n1,Zoë Ní Dhún\n2,£5 – “x”\n";
    let wide = |little: bool, mark: bool| -> Vec<u8> {
        let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        let split = |u: u16| if little { u.to_le_bytes() } else { u.to_be_bytes() };
        text.encode_utf16().flat_map(split).collect()
    };
    let mut western = Vec::new();
    for c in text.chars() {
        western.push(match c {
            '–' => 0x96,
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(u32::from(c)).unwrap(),
        });
    }
    for bytes in [
        text.as_bytes().to_vec(),
        wide(true, true),
        wide(false, true),
        wide(true, false),
        wide(false, false),
        western,
    ] {
        let (found, _) = read_text(&bytes, &ALL);
        assert_eq!(found.texts("name"), ["Zoë Ní Dhún", "£5 – “x”"]);
        assert!(found.skipped.is_empty());
    }
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    let table = || TableSettings { encoding: Some("utf-8".into()), ..TableSettings::named("t") };
    let files = folder(&[("t.csv", b"id,name\n1,Zo\xeb\n2,Bo\n")]);
    let (found, _) = read(files.path(), table(), &ALL);
    assert_eq!((found.texts("id"), lines(&found)), (vec!["2".to_owned()], vec![2]));
    // Mostly UTF-8: the odd row is broken, and the others are not read as something else.
    let mixed = "id,name\n1,Zoë\n2,Åsa\n3,Zo\u{fffd}\n".replace('\u{fffd}', "~");
    let mixed: Vec<u8> = mixed.bytes().map(|b| if b == b'~' { 0xEB } else { b }).collect();
    let (found, _) = read_text(&mixed, &ALL);
    assert_eq!(found.texts("name"), ["Zoë", "Åsa"]);
    assert_eq!(lines(&found), [4]);
}

#[test]
fn half_a_utf_16_character_is_reported() {
    let mut bytes: Vec<u8> =
        "\u{feff}id,name\n1,Ada\n2,B".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.push(b'o');
    let (found, _) = read_text(&bytes, &ALL);
    assert_eq!((found.texts("id"), lines(&found)), (vec!["1".to_owned()], vec![3]));
}

#[test]
fn utf_32_is_named_and_the_other_files_are_read() {
    let files = folder(&[
        ("a/t.csv", b"id,name\n1,Ada\n"),
        ("b/t.csv", b"\xff\xfe\0\0i\0\0\0d\0\0\0"),
        ("c/t.csv", b"id,name\n2,Bo\n"),
    ]);
    let (found, ending) = read(files.path(), TableSettings::named("t"), &ALL);
    assert_eq!(found.texts("id"), ["1", "2"]);
    let Ending::Incomplete { why, .. } = ending else { panic!() };
    assert_eq!(why, "`b/t.csv` was not read: it is UTF-32; save it as UTF-8");
}

#[test]
fn columns_may_differ_between_files_and_names_repeat() {
    let files = folder(&[
        ("2024/t.csv", b"id,name,name, ,\xc2\xa0phone\n1,Ada,Hart,x,07700 900123\n"),
        ("2025/T.CSV", b"email;id\nada@example.org;2\n"),
        ("2025/other.csv", b"id\n3\n"),
    ]);
    let connector = csv(files.path(), TableSettings::named("t"));
    let tables = connector.tables().unwrap();
    let names: Vec<String> = tables[0].columns.iter().map(|c| c.path.to_string()).collect();
    assert_eq!(names, ["id", "name", "name_2", "column_4", "phone", "email"]);
    let (found, _) = read(files.path(), TableSettings::named("t"), &ALL);
    let files: Vec<_> = found.records.iter().map(|r| r.location.file.clone().unwrap()).collect();
    assert_eq!(files, ["2024/t.csv", "2025/T.CSV"]);
    let lookup = ask("t", "email", Compare::Caseless, &["Ada@example.org"]);
    let (found, ending) = Collect::read(&connector, &lookup).unwrap();
    assert_eq!(found.texts("id"), ["2"]);
    assert!(matches!(ending, Ending::Complete { .. }));
    let missing = Collect::read(&connector, &ask("t", "e-mail", Compare::Exact, &["x"]));
    assert!(matches!(missing, Err(Error::NoColumn { .. })));
}

#[test]
fn the_layout_is_obeyed() {
    let table = TableSettings {
        header: false,
        names: vec!["id".into(), "name".into()],
        skip_lines: 2,
        comment: Some('#'),
        delimiter: Some('|'),
        ..TableSettings::named("t")
    };
    let text = b"Report \"A\nfor, May\n# id|name\n1|Ada, \n#2|Bo\n3|\"#Cy\"\n";
    let files = folder(&[("t.csv", text)]);
    let (found, _) = read(files.path(), table, &ALL);
    assert_eq!(found.texts("name"), ["Ada, ", "#Cy"]);
    let unnamed = TableSettings { header: false, ..TableSettings::named("t") };
    let files = folder(&[("t.csv", b"1;Ada\n2;Bo\n")]);
    let lookup = ask("t", "column_1", Compare::Exact, &ALL);
    let (found, _) = Collect::read(&csv(files.path(), unnamed), &lookup).unwrap();
    assert_eq!(found.texts("column_2"), ["Ada", "Bo"]);
}

#[test]
fn excel_may_say_the_delimiter() {
    let (found, _) = read_text(b"sep=;\r\nid;name\r\n1;a,b\r\n", &ALL);
    assert_eq!(found.texts("name"), ["a,b"]);
    assert_eq!(found.records[0].location.place, Place::Line { line: 3, byte: 16 });
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let refuse = |table: TableSettings| {
        let settings = Settings { source: "s".into(), root: ".".into(), tables: vec![table] };
        assert!(matches!(Csv::new(settings), Err(Error::Settings(_))));
    };
    refuse(TableSettings { encoding: Some("utf-9".into()), ..TableSettings::named("t") });
    refuse(TableSettings { delimiter: Some('"'), ..TableSettings::named("t") });
    refuse(TableSettings { delimiter: Some('¦'), ..TableSettings::named("t") });
    refuse(TableSettings { comment: Some('\n'), ..TableSettings::named("t") });
    refuse(TableSettings { files: Some("a[".into()), ..TableSettings::named("t") });
}

#[test]
fn a_million_broken_rows_are_few_reports() {
    let mut text = String::from("id,name\n");
    text.push_str(&"x\n".repeat(5_000));
    text.push_str("1,Ada\n");
    let (found, _) = read_text(text.as_bytes(), &ALL);
    assert_eq!(found.texts("id"), ["1"]);
    assert_eq!(found.skipped.len(), 1_001);
    assert!(found.skipped[1_000].why.contains("4000 more rows"));
}

#[test]
fn reports_say_no_content() {
    let text =
        b"id,name\n1,Ophelia,x\n2,\"Ophelia\n3,Ophelia\xff\n4, \"Ophelia\"\n5,\xc3\xa9\xc3\xa9\n";
    let (found, ending) = read_text(text, &ALL);
    assert_eq!(found.skipped.len(), 4);
    assert!(!format!("{found:?}{ending:?}").contains("Oph"));
    assert!(found.skipped.iter().all(|skipped| !skipped.why.contains("Oph")));
}
