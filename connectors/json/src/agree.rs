//! Holds the search against the line-by-line reader: for tests and for fuzzing.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path as FilePath;
use std::sync::Arc;

use crate::file::Job;
use crate::search::Search;
use crate::source::keep;
use holdall_connector::{Compare, Lookup, Match, Path};
use holdall_connector::{Record, Sink, Skipped};
use holdall_scan::blocks::Cut;
use holdall_scan::files::SourceFile;
use holdall_scan::gather::{Batch, Job as Gathered, Outlet, gather};

#[derive(Debug, Default)]
struct Given {
    records: Vec<Record>,
    skipped: Vec<Skipped>,
}

impl Sink for Given {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.records.push(record);
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.skipped.push(skipped);
        ControlFlow::Continue(())
    }
}

struct Searched<'a>(&'a Job<'a>, &'a Lookup, Cut);

impl Gathered for Searched<'_> {
    fn is_large(&self) -> bool {
        true
    }

    fn read(&self) -> Batch {
        unreachable!()
    }

    fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch {
        let search = Search::new(self.0, self.1, crate::RECORD_LIMIT);
        self.0.in_parts(&search, self.2, &mut |batch| outlet.give(batch)).unwrap();
        Batch::default()
    }
}

struct LineByLine<'a>(&'a Job<'a>, &'a Lookup);

impl Gathered for LineByLine<'_> {
    fn is_large(&self) -> bool {
        false
    }

    fn read(&self) -> Batch {
        let (mut batch, mut columns) = (Batch::default(), Arc::from([]));
        let _ = self.0.each(&mut |at, fields| {
            keep(fields, at, self.1, &mut columns, &mut batch);
            ControlFlow::Continue(())
        });
        batch
    }

    fn read_large(&self, _: &mut Outlet<'_>) -> Batch {
        unreachable!()
    }
}

/// Writes a text to a file and reads it both ways.
///
/// # Panics
/// If they do not give the same records and the same reports.
pub(crate) fn agree(path: &FilePath, text: &[u8], lookup: &Lookup, cut: Cut) {
    fs::write(path, text).unwrap();
    let file = SourceFile::plain("t.jsonl", path);
    let job = Job { source: "s", table: "t", file: &file };
    if !job.is_plain_lines() {
        return;
    }
    let (mut wanted, mut found) = (Given::default(), Given::default());
    let _ = gather(&[LineByLine(&job, lookup)], Vec::new(), &mut wanted);
    let _ = gather(&[Searched(&job, lookup, cut)], Vec::new(), &mut found);
    assert_eq!(found.records, wanted.records, "{cut:?}");
    assert_eq!(found.skipped, wanted.skipped, "{cut:?}");
}

/// Takes a few bytes as sizes and lookup, and the others as the text of a file.
///
/// # Panics
/// If the two ways of reading do not agree.
pub fn fuzz(path: &FilePath, data: &[u8]) {
    let Some((&[block, part, which], text)) = data.split_first_chunk::<3>() else { return };
    let compare = COMPARES[usize::from(which) % COMPARES.len()];
    let column = COLUMNS[usize::from(which) / COMPARES.len() % COLUMNS.len()];
    let texts = ["17", "ada@example.org", "07700 900123", "Ada Hart", "1984-03-02", "a", "1e5"];
    let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
    let any = vec![Match { column: Path::parse(column).unwrap(), compare, values }];
    let lookup = Lookup { table: "t".into(), any };
    let cut = Cut { block: usize::from(block) + 1, part: u64::from(part) + 1 };
    agree(path, text, &lookup, cut);
}

pub(crate) const COMPARES: [Compare; 7] = [
    Compare::Exact,
    Compare::Caseless,
    Compare::Digits,
    Compare::Compact,
    Compare::Phone,
    Compare::Name,
    Compare::Date,
];

pub(crate) const COLUMNS: [&str; 5] = ["a", "to.a", "b[]", "b[].a", "n\u{ef}ve"];
