//! Files inside gzip and ZIP are read like any other; one that is damaged is never silent.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use holdall_connector::{Compare, Ending, Error};
use holdall_csv::{Csv, Settings, TableSettings};
use holdall_testkit::{Collect, ask};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn archive(path: &Path, entries: &[(&str, &str)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

fn read(root: &Path) -> Result<(Collect, Ending), Error> {
    let tables = vec![TableSettings::named("t")];
    let settings = Settings { source: "s".into(), root: root.to_owned(), tables };
    let csv = Csv::new(settings)?;
    Collect::read(&csv, &ask("t", "id", Compare::Exact, &["1", "2", "3", "4", "5"]))
}

#[test]
fn packed_files_are_found_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("t.csv.gz"), [gzip("id,name\n1,Ada\n"), gzip("2,Bo\n")].concat()).unwrap();
    archive(
        &root.join("x.zip"),
        &[("deep/t.csv", "id;name\n3;\"C\ny\"\n"), ("t.csv", "id\n4\n5\n"), ("u.csv", "id\n1\n")],
    );
    let (found, ending) = read(root).unwrap();
    assert_eq!(found.texts("id"), ["1", "2", "3", "4", "5"]);
    let files: Vec<_> = found.records.iter().flat_map(|r| r.location.file.clone()).collect();
    assert_eq!(files, ["t.csv.gz", "t.csv.gz", "x.zip/deep/t.csv", "x.zip/t.csv", "x.zip/t.csv"]);
    assert!(matches!(ending, Ending::Complete { .. }));
}

#[test]
fn an_archive_can_be_the_source() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    archive(&path, &[("2024.csv", "id\n1\n")]);
    assert_eq!(read(&path).unwrap().0.texts("id"), ["1"]);
    archive(&path, &[("2024.csv", "id\n1\n"), ("t.csv", "id\n2\n")]);
    assert_eq!(read(&path).unwrap().0.texts("id"), ["2"]);
    archive(&path, &[("2024.csv", "id\n1\n"), ("2025.csv", "id\n2\n")]);
    assert!(matches!(read(&path), Err(Error::NoFiles { .. })));
}

#[test]
fn damage_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let rows: String = (0..5000).map(|n| format!("{n},a{}\n", n * 7919 % 1000)).collect();
    let whole = gzip(&format!("id,name\n{rows}"));
    fs::write(root.join("t.csv.gz"), &whole[..whole.len() / 2]).unwrap();
    let (_, ending) = read(root).unwrap();
    assert!(matches!(ending, Ending::Incomplete { .. }));
    fs::remove_file(root.join("t.csv.gz")).unwrap();

    let path = root.join("x.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("t.csv", stored).unwrap();
    zip.write_all(b"id,name\n1,Ophelia\n").unwrap();
    zip.finish().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(7).position(|part| part == b"Ophelia").unwrap();
    bytes[at] = b'X';
    fs::write(&path, &bytes).unwrap();
    let (_, ending) = read(root).unwrap();
    assert!(matches!(ending, Ending::Incomplete { .. }), "{ending:?}");
    fs::write(&path, b"PK no archive").unwrap();
    let (_, ending) = read(root).unwrap();
    let Ending::Incomplete { why, .. } = ending else { panic!() };
    assert!(why.contains("x.zip"), "{why}");
}
