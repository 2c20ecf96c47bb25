//! JSON passes the suite of every connector, as lines, as an array, and as a folder of documents.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use holdall_json::{Json, Settings, TableSettings};
use holdall_testkit::{Bed, Fixture, Traits, conformance};

const TRAITS: Traits = Traits { fixed_columns: false };

fn objects(fixture: &Fixture) -> Vec<String> {
    let mut objects: Vec<String> = fixture
        .rows
        .iter()
        .map(|row| {
            let text = |text: &str| serde_json::to_string(text).unwrap();
            let pair = |(name, value): (&String, &String)| match name.as_str() {
                "id" => format!("\"id\":{value}"),
                name => format!("{}:{}", text(name), text(value)),
            };
            let pairs: Vec<String> = fixture.columns.iter().zip(row).map(pair).collect();
            format!("{{{}}}", pairs.join(","))
        })
        .collect();
    if let Some(at) = fixture.broken_after {
        objects.insert(at, format!("{{\"name\":1,\"name\":\"{}\"}}", Fixture::BROKEN));
    }
    objects
}

fn bed(fixtures: &[Fixture], write: impl Fn(&std::path::Path, &Fixture)) -> Bed {
    let folder = tempfile::tempdir().unwrap();
    fixtures.iter().for_each(|fixture| write(folder.path(), fixture));
    let tables = fixtures.iter().map(|f| TableSettings::named(&f.table)).collect();
    let settings = Settings { source: "app".into(), root: folder.path().to_owned(), tables };
    Bed::new(Json::new(settings).unwrap(), folder)
}

#[test]
fn lines() {
    conformance(TRAITS, |fixtures| {
        bed(fixtures, |folder, fixture| {
            let path = folder.join(format!("{}.jsonl", fixture.table));
            std::fs::write(path, objects(fixture).join("\n")).unwrap();
        })
    });
}

#[test]
fn an_array() {
    conformance(TRAITS, |fixtures| {
        bed(fixtures, |folder, fixture| {
            let path = folder.join(format!("{}.json", fixture.table));
            std::fs::write(path, format!("[\n{}\n]\n", objects(fixture).join(" ,\n"))).unwrap();
        })
    });
}

#[test]
fn an_array_in_utf_16() {
    conformance(TRAITS, |fixtures| {
        bed(fixtures, |folder, fixture| {
            let path = folder.join(format!("{}.json", fixture.table));
            let text = format!("[{}]", objects(fixture).join(","));
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            std::fs::write(path, bytes).unwrap();
        })
    });
}

#[test]
fn a_folder_of_documents() {
    conformance(TRAITS, |fixtures| {
        bed(fixtures, |folder, fixture| {
            let folder = folder.join(&fixture.table);
            std::fs::create_dir(&folder).unwrap();
            // A table without rows is a folder with an empty file.
            std::fs::write(folder.join("000.json"), "").unwrap();
            for (index, object) in objects(fixture).iter().enumerate() {
                let path = folder.join(format!("{:03}.json", index + 1));
                std::fs::write(path, object).unwrap();
            }
        })
    });
}
