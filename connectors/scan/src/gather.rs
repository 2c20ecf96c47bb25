//! Files read in parallel, their records given in the order of the files.

use std::ops::ControlFlow;

use holdall_connector::{Ending, Location, Record, Sink, Skipped};
use rayon::prelude::*;

/// How many rows of one file are reported one by one as unreadable; the rest is one report.
const REPORTED: u64 = 1_000;

/// What one file gave: its records and its unreadable rows, in order.
#[derive(Debug, Default)]
pub struct Batch {
    items: Vec<Item>,
    skipped: u64,
    first_unreported: Option<Location>,
    /// Bytes read from the file.
    pub read: u64,
    /// Why the file was not read to its end, if it was not. Names the file.
    pub failed: Option<String>,
}

#[derive(Debug)]
enum Item {
    Record(Record),
    Skipped(Skipped),
}

impl Batch {
    /// Takes a wanted record.
    pub fn record(&mut self, record: Record) {
        self.items.push(Item::Record(record));
    }

    /// Takes the report of an unreadable row. After the first thousand, only their number is kept,
    /// so that a file of rubbish cannot fill the memory.
    pub fn skip(&mut self, location: Location, why: impl Into<String>) {
        self.skipped += 1;
        if self.skipped <= REPORTED {
            self.items.push(Item::Skipped(Skipped { location, why: why.into() }));
        } else if self.first_unreported.is_none() {
            self.first_unreported = Some(location);
        }
    }

    fn give(self, sink: &mut dyn Sink) -> ControlFlow<()> {
        for item in self.items {
            match item {
                Item::Record(record) => sink.record(record)?,
                Item::Skipped(skipped) => sink.skipped(skipped)?,
            }
        }
        match self.first_unreported {
            None => ControlFlow::Continue(()),
            Some(location) => {
                let more = self.skipped.saturating_sub(REPORTED);
                let why = format!("from here on, {more} more rows of this file cannot be read");
                sink.skipped(Skipped { location, why })
            }
        }
    }
}

/// Reads `files` in parallel and pushes what they give into `sink`, in the order of `files`.
///
/// `troubles` are reasons why the search cannot be complete that are known before. Some files at a
/// time are read ahead of the sink, so memory is bounded by what those give.
pub fn gather<F: Sync>(
    files: &[F],
    troubles: Vec<String>,
    sink: &mut dyn Sink,
    read_file: impl Fn(&F) -> Batch + Sync,
) -> Ending {
    let ahead = rayon::current_num_threads().saturating_mul(4).max(1);
    let mut read = 0u64;
    let mut troubles = troubles;
    for some in files.chunks(ahead) {
        let batches: Vec<Batch> = some.par_iter().map(&read_file).collect();
        for batch in batches {
            read = read.saturating_add(batch.read);
            troubles.extend(batch.failed.clone());
            if batch.give(sink).is_break() {
                return Ending::Complete { read };
            }
        }
    }
    ending(read, &troubles)
}

/// Returns what `work` makes of each item, in the order of the items.
pub fn in_parallel<T: Sync, U: Send>(items: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    items.par_iter().map(&work).collect()
}

fn ending(read: u64, troubles: &[String]) -> Ending {
    let shown: Vec<&str> = troubles.iter().take(5).map(String::as_str).collect();
    match troubles.len() {
        0 => Ending::Complete { read },
        n if n > shown.len() => {
            let why = format!("{}; and {} more", shown.join("; "), n - shown.len());
            Ending::Incomplete { read, why }
        }
        _ => Ending::Incomplete { read, why: shown.join("; ") },
    }
}

#[cfg(test)]
mod tests {
    use holdall_connector::Place;

    use super::*;

    #[derive(Default)]
    struct Lines(Vec<u64>, usize);

    impl Sink for Lines {
        fn record(&mut self, record: Record) -> ControlFlow<()> {
            let Place::Row(line) = record.location.place else { return ControlFlow::Continue(()) };
            self.0.push(line);
            if self.0.len() == self.1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }

        fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
    }

    fn one(file: &u64) -> Batch {
        let place = Place::Row(*file);
        let location = Location { source: "s".into(), table: "t".into(), file: None, place };
        let mut batch = Batch { read: 10, ..Batch::default() };
        batch.record(Record { columns: [].into(), values: Vec::new(), location });
        batch.failed = (file % 40 == 7).then(|| format!("file {file}"));
        batch
    }

    #[test]
    fn the_order_is_that_of_the_files_and_every_failure_counts() {
        let files: Vec<u64> = (0..300).collect();
        let mut sink = Lines::default();
        let ending = gather(&files, vec!["link".into()], &mut sink, one);
        assert_eq!(sink.0, files);
        let why = "link; file 7; file 47; file 87; file 127; and 4 more".to_owned();
        assert_eq!(ending, Ending::Incomplete { read: 3_000, why });
    }

    #[test]
    fn a_stop_is_heard_before_all_files_are_read() {
        let files: Vec<u64> = (0..10_000).collect();
        let mut sink = Lines(Vec::new(), 3);
        let ending = gather(&files, Vec::new(), &mut sink, one);
        assert_eq!((sink.0, ending), (vec![0, 1, 2], Ending::Complete { read: 30 }));
    }
}
