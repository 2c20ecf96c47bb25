//! CSV passes the suite of every connector, in each encoding and with each delimiter.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use holdall_csv::{Csv, Settings, TableSettings};
use holdall_testkit::{Bed, Fixture, Traits, conformance};

fn text(fixture: &Fixture, delimiter: char, line_break: &str) -> String {
    let quote = |value: &String| format!("\"{}\"", value.replace('"', "\"\""));
    let line = |values: &[String]| {
        let cells: Vec<String> = values.iter().map(quote).collect();
        cells.join(&delimiter.to_string()) + line_break
    };
    let mut text = line(&fixture.columns);
    for (index, row) in fixture.rows.iter().enumerate() {
        if fixture.broken_after == Some(index) {
            text += &format!("{},too few{line_break}", Fixture::BROKEN);
        }
        text += &line(row);
    }
    text
}

fn bed(fixtures: &[Fixture], write: impl Fn(&Fixture) -> Vec<u8>) -> Bed {
    let folder = tempfile::tempdir().unwrap();
    for fixture in fixtures {
        let path = folder.path().join(format!("{}.csv", fixture.table));
        std::fs::write(path, write(fixture)).unwrap();
    }
    let tables = fixtures.iter().map(|f| TableSettings::named(&f.table)).collect();
    let settings = Settings { source: "crm".into(), root: folder.path().to_owned(), tables };
    Bed::new(Csv::new(settings).unwrap(), folder)
}

#[test]
fn commas_and_crlf() {
    conformance(Traits::default(), |fixtures| {
        bed(fixtures, |fixture| text(fixture, ',', "\r\n").into_bytes())
    });
}

#[test]
fn semicolons_in_utf_16() {
    conformance(Traits::default(), |fixtures| {
        bed(fixtures, |fixture| {
            let text = format!("\u{feff}{}", text(fixture, ';', "\n"));
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        })
    });
}

#[test]
fn tabs_with_a_byte_order_mark() {
    conformance(Traits::default(), |fixtures| {
        bed(fixtures, |fixture| format!("\u{feff}{}", text(fixture, '\t', "\n")).into_bytes())
    });
}
