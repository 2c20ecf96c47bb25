//! Holds the search against the row-by-row reader: for tests and for fuzzing.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path as FilePath;

use crate::file::{Job, Shape};
use crate::settings::Layout;
use holdall_connector::{Compare, Lookup, Match, Path, Record, Sink, Skipped};
use holdall_scan::blocks::Cut;
use holdall_scan::files::SourceFile;
use holdall_scan::gather::{Batch, Job as Gathered, Outlet, gather};

/// What a read gave, in order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Given(Vec<Result<Record, Skipped>>);

impl Sink for Given {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.0.push(Ok(record));
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.0.push(Err(skipped));
        ControlFlow::Continue(())
    }
}

/// A way of reading a file.
enum Way {
    RowByRow,
    OneThread(Cut),
    Parts(Cut),
}

/// Reads a file in one way.
struct Read<'a>(&'a Job<'a>, Way, usize);

impl Gathered for Read<'_> {
    fn is_large(&self) -> bool {
        matches!(self.1, Way::Parts(_))
    }

    fn read(&self) -> Batch {
        match self.1 {
            Way::OneThread(cut) => self.0.read_cut(cut, self.2),
            _ => self.0.read_row_by_row(self.2),
        }
    }

    fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch {
        let Way::Parts(cut) = self.1 else { unreachable!() };
        let give = &mut |batch| outlet.give(batch);
        let ended = self.0.read_parts(&self.0.shape, cut, self.2, give).unwrap();
        assert!(!ended.foreign);
        Batch::default()
    }
}

fn given(job: &Job<'_>, way: Way, limit: usize) -> Given {
    let mut given = Given::default();
    let _ = gather(&[Read(job, way, limit)], Vec::new(), &mut given);
    given
}

/// Writes a text to a file and reads it in every way.
///
/// # Panics
/// If two ways do not give the same.
pub(crate) fn agree(
    path: &FilePath,
    text: &[u8],
    lookup: &Lookup,
    layout: &Layout,
    cut: Cut,
    limit: usize,
) {
    fs::write(path, text).unwrap();
    let file = SourceFile::plain("t.csv", path);
    let Ok(shape) = Shape::of(&file, layout) else { return };
    let job = Job { source: "s", file: &file, layout, shape, lookup };
    if !job.is_known() {
        return;
    }
    let wanted = given(&job, Way::RowByRow, limit);
    let found = given(&job, Way::OneThread(cut), limit);
    assert_eq!(found.0, wanted.0, "one thread, {cut:?}");
    if job.shape.is_utf8() {
        let found = given(&job, Way::Parts(cut), limit);
        assert_eq!(found.0, wanted.0, "in parts, {cut:?}");
    }
}

/// Takes a few bytes as sizes, layout and lookup, and the others as the text of a file.
///
/// # Panics
/// If two ways of reading do not give the same.
pub fn fuzz(path: &FilePath, data: &[u8]) {
    let Some((&[block, part, limit, how, which], text)) = data.split_first_chunk::<5>() else {
        return;
    };
    let delimiters = [None, Some(b','), Some(b';'), Some(b'\t')];
    let layout = Layout {
        encoding: (how & 4 == 0).then_some(encoding_rs::UTF_8),
        delimiter: delimiters[usize::from(how & 3)],
        headless: (how & 8 != 0).then(|| ["a", "b", "c"].map(String::from).to_vec()),
        skip_lines: u64::from(how >> 6),
        comment: (how & 16 != 0).then_some(b'#'),
    };
    let compare = COMPARES[usize::from(which) % COMPARES.len()];
    let texts = ["17", "ada@example.org", "07700 900123", "Ada Hart", "1984-03-02", "a"];
    let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
    let column = ["a", "b", "c", "column_1"][usize::from(which) / COMPARES.len() % 4];
    let any = vec![Match { column: Path::column(column), compare, values }];
    let lookup = Lookup { table: "t".into(), any };
    let cut = Cut { block: usize::from(block) + 1, part: u64::from(part) + 1 };
    agree(path, text, &lookup, &layout, cut, usize::from(limit) * 4 + 4);
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
