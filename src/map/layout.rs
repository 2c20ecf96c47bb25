//! How CSV files are written: the source's options, and the table's where it has its own.

use std::ops::Range;

use super::grammar::{SourceEntry, TableEntry};
use super::model::{ConnectorKind, Layout};
use super::resolve::no_duplicates;
use crate::diagnose::{At, Problems, Words, did_you_mean, one_of};

/// What a source or a table says of its files.
#[derive(Clone, Copy)]
struct Options<'a> {
    encoding: Option<&'a At<String>>,
    delimiter: Option<&'a At<String>>,
    header: Option<&'a At<bool>>,
    names: Option<&'a Words>,
    skip_lines: Option<&'a At<u64>>,
    comment: Option<&'a At<String>>,
}

/// Takes the options out of a source's or a table's entry: both have these fields.
macro_rules! options {
    ($entry:expr) => {
        Options {
            encoding: $entry.encoding.as_ref(),
            delimiter: $entry.delimiter.as_ref(),
            header: $entry.header.as_ref(),
            names: $entry.names.as_ref(),
            skip_lines: $entry.skip_lines.as_ref(),
            comment: $entry.comment.as_ref(),
        }
    };
}

impl<'a> Options<'a> {
    /// Returns these options, and the other's where these say nothing.
    fn or(self, other: Self) -> Self {
        Self {
            encoding: self.encoding.or(other.encoding),
            delimiter: self.delimiter.or(other.delimiter),
            header: self.header.or(other.header),
            names: self.names.or(other.names),
            skip_lines: self.skip_lines.or(other.skip_lines),
            comment: self.comment.or(other.comment),
        }
    }

    /// Returns the places of what is said.
    fn spans(self) -> impl Iterator<Item = &'a Range<usize>> {
        let texts = [self.encoding, self.delimiter, self.comment];
        let names = self.names.and_then(|names| names.first());
        let texts = texts.into_iter().chain([names]).flatten().map(|text| &text.span);
        texts.chain(self.header.map(|flag| &flag.span)).chain(self.skip_lines.map(|n| &n.span))
    }
}

/// Returns the layout of a table's files.
pub(super) fn resolve(
    connector: Option<ConnectorKind>,
    source: &SourceEntry,
    name: &At<String>,
    table: &TableEntry,
    problems: &mut Problems<'_>,
) -> Layout {
    let (general, own) = (options!(source), options!(table));
    if let Some(kind) = connector.filter(|kind| *kind != ConnectorKind::Csv) {
        for span in general.spans().chain(own.spans()) {
            problems.add(span, format!("this is for csv, not for {}", kind.as_str()), None);
        }
        return Layout::default();
    }
    let options = own.or(general);
    let names = options.names.map_or(&[] as &[_], |names| &**names);
    no_duplicates(names, "the column", problems);
    let layout = Layout {
        encoding: options.encoding.and_then(|word| encoding(word, problems)),
        delimiter: options.delimiter.and_then(|word| delimiter(word, problems)),
        header: options.header.is_none_or(|flag| flag.value),
        names: names.iter().map(|name| name.value.clone()).collect(),
        skip_lines: options.skip_lines.map_or(0, |lines| lines.value),
        comment: options.comment.and_then(|word| comment(word, problems)),
    };
    check_names(&layout, options, name, table, problems);
    layout
}

/// Encodings that people name, for hints. The WHATWG's labels are accepted.
const ENCODINGS: [&str; 7] =
    ["auto", "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "latin1"];

fn encoding(word: &At<String>, problems: &mut Problems<'_>) -> Option<String> {
    if word.eq_ignore_ascii_case("auto") {
        return None;
    }
    if encoding_rs::Encoding::for_label_no_replacement(word.trim().as_bytes()).is_none() {
        problems.add(
            &word.span,
            format!("the encoding `{}` is not known", **word),
            one_of(word, ENCODINGS),
        );
    }
    Some(word.trim().to_owned())
}

fn delimiter(word: &At<String>, problems: &mut Problems<'_>) -> Option<char> {
    const NAMES: [&str; 5] = ["auto", "comma", "semicolon", "tab", "pipe"];
    match word.as_str() {
        "auto" => None,
        "," | "comma" => Some(','),
        ";" | "semicolon" => Some(';'),
        "\t" | "\\t" | "tab" => Some('\t'),
        "|" | "pipe" => Some('|'),
        other => {
            problems.add(
                &word.span,
                "this delimiter is not known",
                one_of(other, NAMES).into_iter().take(1),
            );
            None
        }
    }
}

fn comment(word: &At<String>, problems: &mut Problems<'_>) -> Option<char> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c),
        _ => {
            problems.add(
                &word.span,
                "`comment` takes one character",
                ["write `comment = \"#\"`".to_owned()],
            );
            None
        }
    }
}

/// Names stand where there is no header, and there alone; then the columns are among them.
fn check_names(
    layout: &Layout,
    options: Options<'_>,
    name: &At<String>,
    table: &TableEntry,
    problems: &mut Problems<'_>,
) {
    if layout.header {
        if let Some(first) = options.names.and_then(|names| names.first()) {
            problems.add(
                &first.span,
                "`names` is for files without a header",
                ["add `header = false`, or leave `names` out".to_owned()],
            );
        }
        return;
    }
    if layout.names.is_empty() {
        problems.add(
            options.header.map_or(&name.span, |flag| &flag.span),
            "files without a header need the names of their columns",
            ["add `names = [\"…\", \"…\"]`, in the order of the columns".to_owned()],
        );
        return;
    }
    for (column, _) in table.columns.iter() {
        if !layout.names.contains(column) {
            problems.add(
                &column.span,
                format!("the column `{}` is not among the `names` of the table", **column),
                did_you_mean(column, layout.names.iter().map(String::as_str)),
            );
        }
    }
}
