//! `README.txt`: the start page in short, with the line ends of Windows Notepad.

use crate::request::Right;

use super::pack::Contents;
use super::schedule;
use super::sheet::Sheet;
use super::words::{self, count};

/// Returns `README.txt`.
pub(super) fn write(contents: &Contents<'_>, sheets: &[Sheet<'_>]) -> String {
    let Contents { settled, profile, request, .. } = contents;
    let mut lines = vec![
        "YOUR PERSONAL DATA".to_owned(),
        String::new(),
        format!("From:      {}", plain(&profile.name)),
        format!("Request:   {}", plain(&request.reference)),
        format!("Right:     {}", words::right(request.right)),
        format!("Received:  {}", words::date(request.received)),
        String::new(),
    ];
    if schedule::is_incomplete(contents) {
        lines.extend(block("THIS ANSWER IS NOT COMPLETE", INCOMPLETE));
    }
    lines.push("WHAT WAS FOUND".to_owned());
    lines.push(String::new());
    if sheets.is_empty() {
        lines.extend(wrap(nothing(request.right)));
    }
    for sheet in sheets {
        let records = count(sheet.rows.len() as u64, "record", "records");
        lines.push(format!("  {}: {records}", sheet.csv_path()));
    }
    lines.push(String::new());
    lines.push(format!(
        "Withheld: {}. Searched: {}.",
        count(settled.redactions().len() as u64, "passage", "passages"),
        count(settled.search().len() as u64, "table", "tables"),
    ));
    lines.push(String::new());
    lines.extend(block("WHAT IS IN THIS FOLDER", ""));
    lines.extend(FILES.iter().map(|(file, what)| format!("  {file:<20}{what}")));
    lines.push(String::new());
    lines.extend(block("HOW TO OPEN THE FILES", OPEN));
    lines.extend(block("HOW TO CHECK THAT NOTHING WAS CHANGED", CHECK));
    lines.extend(block("IF YOU ARE NOT SATISFIED", ""));
    lines.extend(contact(contents));
    lines.iter().flat_map(|line| [line.trim_end(), "\r\n"]).collect()
}

const INCOMPLETE: &str = "Not every source could be searched in full. search.csv says which, and \
     why. More of your data may be held there.";
const OPEN: &str = "Double-click index.html. In Excel, choose Data > From Text/CSV and the \
     encoding 65001 (UTF-8), so that accents and long numbers stay right. A cell that a \
     spreadsheet could run as a formula starts with an apostrophe (') that is not part of your \
     data. Nothing in this folder runs by itself.";
const CHECK: &str = "manifest.json lists the SHA-256 of every file. `holdall verify` checks all \
     of them, and the ZIP file itself.";
const FILES: [(&str, &str); 8] = [
    ("index.html", "start here"),
    ("data", "your data, each table as CSV and as JSON"),
    ("about.html", "why your data is held, where it comes from, who gets it"),
    ("about.json", "the same, for machines"),
    ("redactions.csv", "what was withheld, and on which ground"),
    ("search.csv", "what was searched, with what result"),
    ("datapackage.json", "the columns and their types (Frictionless Data Package)"),
    ("manifest.json", "every file with its SHA-256"),
];

/// Returns the answer where nothing is handed over.
pub(super) fn nothing(right: Right) -> &'static str {
    match right {
        Right::Access => {
            "We hold no data about you that we could find with the details that we were given. \
             search.csv lists where we looked."
        }
        Right::Portability => {
            "There is no data that the right to portability covers: it covers what you provided \
             yourself, under your consent or a contract, and that machines process. You can still \
             ask for access to all of your data."
        }
    }
}

fn contact(contents: &Contents<'_>) -> Vec<String> {
    let profile = contents.profile;
    let mut lines = Vec::new();
    if !profile.requests_to.is_empty() {
        lines.extend(wrap(&format!("Ask us first: {}", plain(&profile.requests_to.join(", ")))));
    }
    let regulator = &profile.regulator;
    lines.extend(wrap(&format!(
        "You can complain to: {}, {}, {}, {}",
        plain(&regulator.name),
        plain(&regulator.address.join(", ")),
        plain(&regulator.phone),
        plain(&regulator.url),
    )));
    lines
}

fn block(heading: &str, text: &str) -> Vec<String> {
    let mut lines = vec![heading.to_owned(), String::new()];
    if !text.is_empty() {
        lines.extend(wrap(text));
        lines.push(String::new());
    }
    lines
}

/// Returns the text in lines of at most 76 characters, where its words allow.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            if line.is_empty() {
                line.push_str(word);
                continue;
            }
            if line.chars().count() + 1 + word.chars().count() <= 76 {
                line.push(' ');
                line.push_str(word);
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

/// Returns the text on one line, without characters that control a terminal or reorder it.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || super::names::is_invisible(c) { ' ' } else { c })
        .collect()
}
