//! A bundle opened with the `zip` crate alone, and a search of everything in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use regex::{Captures, Regex};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The entries of a bundle, decompressed.
pub(crate) struct Opened {
    pub entries: BTreeMap<String, Vec<u8>>,
    comment: Vec<u8>,
}

impl Opened {
    /// Opens a bundle that is not encrypted.
    #[track_caller]
    pub(crate) fn read(path: &Path) -> Self {
        let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
        let comment = archive.comment().to_vec();
        let mut entries = BTreeMap::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            let name = entry.name().unwrap().into_owned();
            let twice = entries.insert(name.clone(), content);
            assert!(twice.is_none(), "two entries named {name}");
        }
        Self { entries, comment }
    }

    /// Returns the text of an entry.
    #[track_caller]
    pub(crate) fn text(&self, name: &str) -> &str {
        let content = self.entries.get(name).unwrap_or_else(|| {
            panic!("no entry `{name}` among {:?}", self.entries.keys().collect::<Vec<_>>())
        });
        std::str::from_utf8(content).unwrap()
    }

    /// Returns the rows of a JSON file of `data/`.
    #[track_caller]
    pub(crate) fn rows(&self, table: &str) -> Vec<Value> {
        let name = format!("data/{table}.json");
        match serde_json::from_str(self.text(&name)).unwrap() {
            Value::Array(rows) => rows,
            other => panic!("{name} is no array: {other}"),
        }
    }

    /// Returns the records of a CSV entry, the header first.
    #[track_caller]
    pub(crate) fn csv(&self, name: &str) -> Vec<csv::StringRecord> {
        csv_records(self.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Returns the tables of `data/` in files of this type: `crm/customers`.
    pub(crate) fn tables(&self, extension: &str) -> BTreeSet<String> {
        self.entries
            .keys()
            .filter_map(|name| name.strip_prefix("data/")?.strip_suffix(extension))
            .map(|name| name.trim_end_matches('.').to_owned())
            .collect()
    }

    /// Returns whether a data file holds the text, as written or decoded.
    pub(crate) fn data_has(&self, text: &str) -> bool {
        let data = self.entries.iter().filter(|(name, _)| name.starts_with("data/"));
        data.into_iter().any(|(name, content)| {
            readings(name, content).iter().any(|reading| reading.contains(text))
        })
    }

    /// Returns where any of the texts occurs, whatever its case: in names, in the archive's
    /// comment, and in the entries as they are and decoded.
    pub(crate) fn places_of(&self, texts: &[String]) -> Vec<String> {
        let mut places = Vec::new();
        let comment = [("the archive's comment".to_owned(), self.comment.clone())];
        for (name, content) in self.entries.iter().chain(comment.iter().map(|(n, c)| (n, c))) {
            let mut all = readings(name, content);
            all.push(name.into());
            let all: Vec<String> = all.iter().map(|reading| reading.to_lowercase()).collect();
            for text in texts {
                if all.iter().any(|reading| reading.contains(&text.to_lowercase())) {
                    places.push(format!("`{text}` in {name}"));
                }
            }
        }
        places
    }
}

/// Returns the SHA-256 of a file in lower-case hexadecimal.
pub(crate) fn sha256(path: &Path) -> String {
    Sha256::digest(std::fs::read(path).unwrap()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Returns an entry as it is, and as whoever opens it reads it.
fn readings<'a>(name: &str, content: &'a [u8]) -> Vec<Cow<'a, str>> {
    let raw = String::from_utf8_lossy(content);
    let mut all = Vec::new();
    match name.rsplit('.').next() {
        Some("json") => {
            let value = serde_json::from_slice(content).unwrap_or_else(|e| panic!("{name}: {e}"));
            let mut strings = String::new();
            each_text(&value, &mut |text| {
                strings.push_str(text);
                strings.push('\n');
            });
            all.push(strings.into());
        }
        Some("csv") => {
            let records = csv_records(&raw).unwrap_or_else(|error| panic!("{name}: {error}"));
            let cells: Vec<&str> = records.iter().flatten().collect();
            all.push(cells.join("\n").into());
        }
        Some("html") => all.push(html_text(&raw).into()),
        _ => {}
    }
    all.push(raw);
    all
}

fn csv_records(text: &str) -> Result<Vec<csv::StringRecord>, csv::Error> {
    let text = text.trim_start_matches('\u{FEFF}');
    csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().collect()
}

/// Calls `visit` with every key, string and number.
fn each_text(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Number(number) => visit(&number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Object(fields) => fields.iter().for_each(|(key, item)| {
            visit(key);
            each_text(item, visit);
        }),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Returns what a reader of the page sees: no tags, no entities. What stood apart in two elements
/// stands together, so that a name split by mark-up is found too.
fn html_text(page: &str) -> String {
    let tags = Regex::new("<[^>]*>").unwrap();
    let entities = Regex::new("&(#x[0-9a-fA-F]+|#[0-9]+|[a-z]+);").unwrap();
    let text = tags.replace_all(page, "");
    entities.replace_all(&text, |found: &Captures<'_>| entity(&found[1])).into_owned()
}

fn entity(name: &str) -> String {
    let number = match (name.strip_prefix("#x"), name.strip_prefix('#')) {
        (Some(hex), _) => u32::from_str_radix(hex, 16).ok(),
        (_, Some(decimal)) => decimal.parse().ok(),
        _ => None,
    };
    match (number.and_then(char::from_u32), name) {
        (Some(character), _) => character.to_string(),
        (_, "amp") => "&".into(),
        (_, "lt") => "<".into(),
        (_, "gt") => ">".into(),
        (_, "quot") => "\"".into(),
        (_, "apos") => "'".into(),
        (_, "nbsp") => " ".into(),
        _ => format!("&{name};"),
    }
}

#[test]
fn a_text_is_found_however_it_is_written() {
    let entries = [
        ("a.json", r#"[{"k\u00e9y": "O\u0027Neil", "n": 7700900123}]"#),
        ("b.csv", "x\r\n\"said \"\"Quill\"\" twice\"\r\n"),
        ("c.html", "<p>O&#39;Neil &amp; <b>Qu</b>ill</p>"),
        ("d-QUILL.txt", ""),
    ];
    let entries = entries.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let bundle = Opened { entries: entries.into(), comment: b"by o'neil".to_vec() };
    let places = |text: &str| bundle.places_of(&[text.to_owned()]).len();
    assert_eq!(places("O'Neil"), 3);
    assert_eq!(places("said \"quill\""), 1);
    assert_eq!(places("Quill"), 3);
    assert_eq!(places("kéy"), 1);
    assert_eq!(places("7700900123"), 1);
    assert_eq!(places("Nobody"), 0);
}
