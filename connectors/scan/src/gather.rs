//! Files read in parallel, their records given in the order of the files.

use std::ops::ControlFlow;

use holdall_connector::{Ending, Location, Place, Record, Sink, Skipped};
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

    /// Says how many bytes were read, and why not the whole file if it was not.
    #[must_use]
    pub fn ended(self, read: u64, failed: Option<String>) -> Self {
        Self { read, failed, ..self }
    }

    /// Moves every location so many lines down.
    pub(crate) fn move_down(&mut self, lines: u64) {
        for item in &mut self.items {
            match item {
                Item::Record(record) => lower(&mut record.location, lines),
                Item::Skipped(skipped) => lower(&mut skipped.location, lines),
            }
        }
        if let Some(location) = &mut self.first_unreported {
            lower(location, lines);
        }
    }

    /// Returns how many records and reports it holds.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Returns whether it holds no record and no report.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

fn lower(location: &mut Location, lines: u64) {
    if let Place::Line { line, .. } = &mut location.place {
        *line = line.saturating_add(lines);
    }
}

/// Pushes what one file gives, batch by batch, into a sink.
pub struct Outlet<'s> {
    sink: &'s mut dyn Sink,
    skipped: u64,
    first_unreported: Option<Location>,
}

impl<'s> Outlet<'s> {
    fn new(sink: &'s mut dyn Sink) -> Self {
        Self { sink, skipped: 0, first_unreported: None }
    }

    /// Pushes one batch.
    pub fn give(&mut self, batch: Batch) -> ControlFlow<()> {
        let unreported = batch.skipped.saturating_sub(REPORTED);
        for item in batch.items {
            match item {
                Item::Record(record) => self.sink.record(record)?,
                Item::Skipped(skipped) => self.skip(skipped)?,
            }
        }
        self.skipped = self.skipped.saturating_add(unreported);
        self.first_unreported = self.first_unreported.take().or(batch.first_unreported);
        ControlFlow::Continue(())
    }

    fn skip(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.skipped = self.skipped.saturating_add(1);
        if self.skipped <= REPORTED {
            return self.sink.skipped(skipped);
        }
        self.first_unreported.get_or_insert(skipped.location);
        ControlFlow::Continue(())
    }

    fn end(self) -> ControlFlow<()> {
        match self.first_unreported {
            None => ControlFlow::Continue(()),
            Some(location) => {
                let more = self.skipped.saturating_sub(REPORTED);
                let why = format!("from here on, {more} more rows of this file cannot be read");
                self.sink.skipped(Skipped { location, why })
            }
        }
    }
}

/// One file of a table, ready to be read.
pub trait Job: Sync {
    /// Returns whether the file is worth more than one thread.
    fn is_large(&self) -> bool;

    /// Reads the file.
    fn read(&self) -> Batch;

    /// Reads a large file and gives what it has bit by bit. The batch returned is empty; it tells
    /// how the read ended.
    fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch;
}

/// Reads files and pushes what they give into `sink`, in the order of `jobs`: small files several
/// at a time, a large one by all threads.
///
/// `troubles` are reasons why the search cannot be complete that are known before. Some files at a
/// time are read ahead of the sink, so memory is bounded by what those give.
pub fn gather<J: Job>(jobs: &[J], troubles: Vec<String>, sink: &mut dyn Sink) -> Ending {
    let ahead = rayon::current_num_threads().saturating_mul(64).max(1);
    let mut read = 0u64;
    let mut troubles = troubles;
    let mut rest = jobs;
    while let Some((first, others)) = rest.split_first() {
        let flow = if first.is_large() {
            rest = others;
            give_large(first, sink, &mut read, &mut troubles)
        } else {
            let most = rest.iter().take(ahead);
            let small = 1 + most.skip(1).take_while(|job| !job.is_large()).count();
            let (some, others) = rest.split_at_checked(small).unwrap_or((rest, &[]));
            rest = others;
            give_small(some, sink, &mut read, &mut troubles)
        };
        if flow.is_break() {
            return Ending::Complete { read };
        }
    }
    ending(read, &troubles)
}

fn give_large(
    job: &impl Job,
    sink: &mut dyn Sink,
    read: &mut u64,
    troubles: &mut Vec<String>,
) -> ControlFlow<()> {
    let mut broken = Guard { sink, stopped: false };
    let mut outlet = Outlet::new(&mut broken);
    let end = job.read_large(&mut outlet);
    let flow = outlet.end();
    *read = read.saturating_add(end.read);
    troubles.extend(end.failed);
    if broken.stopped { ControlFlow::Break(()) } else { flow }
}

fn give_small<J: Job>(
    jobs: &[J],
    sink: &mut dyn Sink,
    read: &mut u64,
    troubles: &mut Vec<String>,
) -> ControlFlow<()> {
    let batches: Vec<Batch> = jobs.par_iter().map(Job::read).collect();
    for mut batch in batches {
        *read = read.saturating_add(batch.read);
        troubles.extend(batch.failed.take());
        let mut outlet = Outlet::new(sink);
        outlet.give(batch)?;
        outlet.end()?;
    }
    ControlFlow::Continue(())
}

/// Remembers that a sink said stop, and does not ask it again.
struct Guard<'s> {
    sink: &'s mut dyn Sink,
    stopped: bool,
}

impl Guard<'_> {
    fn note(&mut self, flow: ControlFlow<()>) -> ControlFlow<()> {
        self.stopped |= flow.is_break();
        flow
    }
}

impl Sink for Guard<'_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        if self.stopped {
            return ControlFlow::Break(());
        }
        let flow = self.sink.record(record);
        self.note(flow)
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        if self.stopped {
            return ControlFlow::Break(());
        }
        let flow = self.sink.skipped(skipped);
        self.note(flow)
    }
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

    struct One(u64);

    impl Job for One {
        fn is_large(&self) -> bool {
            self.0 % 50 == 3
        }

        fn read(&self) -> Batch {
            one(self.0)
        }

        fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch {
            let mut batch = one(self.0);
            let end = Batch { read: 10, failed: batch.failed.take(), ..Batch::default() };
            let _ = outlet.give(batch);
            end
        }
    }

    fn one(file: u64) -> Batch {
        let place = Place::Row(file);
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
        let jobs: Vec<One> = files.iter().copied().map(One).collect();
        let ending = gather(&jobs, vec!["link".into()], &mut sink);
        assert_eq!(sink.0, files);
        let why = "link; file 7; file 47; file 87; file 127; and 4 more".to_owned();
        assert_eq!(ending, Ending::Incomplete { read: 3_000, why });
    }

    #[test]
    fn a_stop_is_heard_before_all_files_are_read() {
        let files: Vec<One> = (0..10_000).map(One).collect();
        let mut sink = Lines(Vec::new(), 3);
        let ending = gather(&files, Vec::new(), &mut sink);
        assert_eq!((sink.0, ending), (vec![0, 1, 2], Ending::Complete { read: 30 }));
    }
}
