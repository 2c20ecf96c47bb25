//! One CSV file: its shape (encoding, delimiter, columns) and its records.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use holdall_connector::{Location, Lookup, Place, Record, Sink, Value};
use holdall_scan::blocks::{Cut, Ended, Give, LARGE, Start, Stretch, in_one, in_parts};
use holdall_scan::files::SourceFile;
use holdall_scan::gather::{Batch, Job as Gathered, Outlet};
use holdall_scan::text::{self, Coding, Text};

use crate::delimiter;
use crate::fields::{fields, names};
use crate::rows::{ROW_LIMIT, Row, Rows};
use crate::search::Search;
use crate::settings::Layout;

/// How much of a file is looked at to find its delimiter.
const SAMPLE: u64 = 64 * 1024;

/// What had to be found out about a file before its records can be read.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    coding: Coding,
    /// Whether the encoding is known for certain. If not, the file is UTF-8 as far as was looked,
    /// and the read must find out whether all of it is.
    is_sure: bool,
    pub(crate) delimiter: u8,
    /// Lines before the header or the first record.
    skip: u64,
    /// The columns; `None` in a file that has no rows at all.
    pub(crate) columns: Option<Arc<[String]>>,
}

impl Shape {
    /// Finds the shape of a file. Of a large one without any sign of its encoding only the head is
    /// looked at, if that is UTF-8 and the columns' names are ASCII, so that the shape holds
    /// whatever the rest may be.
    pub(crate) fn of(file: &SourceFile, layout: &Layout) -> io::Result<Self> {
        if let Some(coding) = text::detect_head(file, layout.encoding)? {
            return Self::in_coding(file, layout, coding).map(|(shape, _)| shape);
        }
        if file.is_plain()
            && std::fs::metadata(&file.path)?.len() >= LARGE
            && let Ok((shape, is_text)) = Self::in_coding(file, layout, Coding::UTF_8)
            && is_text
            && shape.columns.iter().flat_map(|c| c.iter()).all(|name| name.is_ascii())
        {
            return Ok(Self { is_sure: false, ..shape });
        }
        Self::for_certain(file, layout)
    }

    #[cfg(any(test, fuzzing))]
    pub(crate) fn is_utf8(&self) -> bool {
        self.coding.is_utf8()
    }

    /// Finds the shape from the whole file.
    fn for_certain(file: &SourceFile, layout: &Layout) -> io::Result<Self> {
        let coding = text::detect(file, layout.encoding)?;
        Self::in_coding(file, layout, coding).map(|(shape, _)| shape)
    }

    /// Returns the shape and whether the sample is text in this encoding.
    fn in_coding(file: &SourceFile, layout: &Layout, coding: Coding) -> io::Result<(Self, bool)> {
        let mut sample = Vec::new();
        let mut rows = Rows::new(Text::open(file, coding)?, 0, b',', None);
        rows.skip_lines(layout.skip_lines)?;
        rows.into_rest().take(SAMPLE).read_to_end(&mut sample)?;
        let line = sample.split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
        let declared = delimiter::declared(line);
        let skip = layout.skip_lines + u64::from(declared.is_some());
        let width = layout.headless.as_ref().map(Vec::len).filter(|width| *width > 0);
        let delimiter = layout
            .delimiter
            .or(declared)
            .unwrap_or_else(|| delimiter::guess(whole_lines(&sample), layout.comment, width));
        let mut shape = Self { coding, is_sure: true, delimiter, skip, columns: None };
        shape.columns = shape.find_columns(file, layout)?;
        let is_text =
            std::str::from_utf8(&sample).map_or_else(|e| e.error_len().is_none(), |_| true);
        Ok((shape, is_text))
    }

    fn rows(&self, file: &SourceFile, layout: &Layout) -> io::Result<Rows<Text>> {
        let text = Text::open(file, self.coding)?;
        let mut rows = Rows::new(text, self.coding.first_byte(), self.delimiter, layout.comment);
        rows.skip_lines(self.skip)?;
        Ok(rows)
    }

    fn find_columns(
        &self,
        file: &SourceFile,
        layout: &Layout,
    ) -> io::Result<Option<Arc<[String]>>> {
        if let Some(said) = layout.headless.as_ref().filter(|said| !said.is_empty()) {
            return Ok(Some(names(said).into()));
        }
        let mut rows = self.rows(file, layout)?;
        let Some(first) = rows.next()? else { return Ok(None) };
        let line = first.line;
        let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
        let header = self
            .take_apart(&first)
            .map_err(|why| bad(&format!("the header on line {line} cannot be read: {why}")))?;
        let blank = vec![String::new(); header.len()];
        let header = if layout.headless.is_some() { blank } else { header };
        Ok(Some(names(&header).into()))
    }

    fn take_apart(&self, row: &Row<'_>) -> Result<Vec<String>, String> {
        let bytes = row.content.map_err(|defect| defect.why().to_owned())?;
        let text = std::str::from_utf8(bytes)
            .map_err(|_| format!("it has bytes that are not {}", self.coding.name()))?;
        Ok(fields(text, self.delimiter))
    }
}

/// Returns the sample without a last line that it may have cut in two.
fn whole_lines(sample: &[u8]) -> &[u8] {
    let full = u64::try_from(sample.len()).is_ok_and(|length| length >= SAMPLE);
    match sample.iter().rposition(|b| matches!(b, b'\r' | b'\n')) {
        Some(end) if full => sample.get(..end).unwrap_or(sample),
        _ => sample,
    }
}

/// A file whose header was passed over, and its columns.
type Opened<'s> = (Rows<Text>, &'s Arc<[String]>);

/// One file of a table, ready to be read.
pub(crate) struct Job<'a> {
    pub(crate) source: &'a str,
    pub(crate) file: &'a SourceFile,
    pub(crate) layout: &'a Layout,
    pub(crate) shape: Shape,
    pub(crate) lookup: &'a Lookup,
}

impl Job<'_> {
    /// Reads the wanted records row by row: the reference that the search is held against, and
    /// the way for a delimiter that the search does not know.
    pub(crate) fn read_row_by_row(&self, limit: usize) -> Batch {
        let mut batch = Batch::default();
        let result = self.open(&self.shape).and_then(|opened| {
            let Some((rows, columns)) = opened else { return Ok(()) };
            let mut rows = rows.with_limit(limit);
            let result = (|| {
                while let Some(row) = rows.next()? {
                    self.take(&row, columns, &mut batch);
                }
                Ok(())
            })();
            batch.read = rows.text().bytes_read();
            result
        });
        batch.failed = result.err().map(|error| self.failed(&error));
        batch
    }

    fn failed(&self, error: &io::Error) -> String {
        format!("`{}` was not read in full: {error}", self.file.name)
    }

    /// Gives the first `rows` records that can be read to the sink.
    pub(crate) fn first(&self, rows: usize, sink: &mut dyn Sink) -> io::Result<ControlFlow<()>> {
        let Some((mut all, columns)) = self.open(&self.shape)? else {
            return Ok(ControlFlow::Continue(()));
        };
        for _ in 0..rows {
            let Some(row) = all.next()? else { break };
            let Ok(found) = self.shape.take_apart(&row) else { continue };
            if found.len() == columns.len() {
                let record = self.record(found, columns, &row);
                if sink.record(record).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Opens the file and passes over the header; `None` if there are no rows.
    fn open<'s>(&self, shape: &'s Shape) -> io::Result<Option<Opened<'s>>> {
        let Some(columns) = &shape.columns else { return Ok(None) };
        let mut rows = shape.rows(self.file, self.layout)?;
        if self.layout.headless.is_none() {
            rows.next()?;
        }
        Ok(Some((rows, columns)))
    }

    /// Reads the wanted records with one thread.
    pub(crate) fn read_cut(&self, cut: Cut, limit: usize) -> Batch {
        let mut found = Stretch::default();
        let mut read = 0;
        let result = self.open(&self.shape).and_then(|opened| {
            let Some((rows, columns)) = opened else { return Ok(()) };
            let search = Search::new(self, columns, limit, true);
            Start { line: found.line, byte: found.byte } = rows.position();
            let mut text = rows.into_rest();
            let result = in_one(&search, &mut text, cut, &mut found);
            read = text.get_ref().1.bytes_read();
            result
        });
        let failed = result.err().map(|error| self.failed(&error));
        found.batch.ended(read, failed)
    }

    /// Reads the wanted records with all threads, in the encoding of `shape`.
    pub(crate) fn read_parts(
        &self,
        shape: &Shape,
        cut: Cut,
        limit: usize,
        give: &mut Give<'_>,
    ) -> io::Result<Ended> {
        let Some((rows, columns)) = self.open(shape)? else { return Ok(Ended::default()) };
        let search = Search::new(self, columns, limit, shape.is_sure);
        let file = File::open(&self.file.path)?;
        in_parts(&search, &file, rows.position(), cut, give)
    }

    /// Reads a file that is UTF-8 as far as was looked. What is found is held back until that is
    /// certain.
    fn read_unsure(&self, outlet: &mut Outlet<'_>) -> io::Result<Batch> {
        let mut held = Held::default();
        let ended = self.read_parts(&self.shape, Cut::default(), ROW_LIMIT, &mut |batch| {
            held.take(batch, || text::detect(self.file, self.layout.encoding), outlet)
        })?;
        if !ended.foreign && !held.is_foreign {
            let _ = held.flush(outlet);
            return Ok(Batch::default().ended(ended.byte, None));
        }
        let shape = Shape::for_certain(self.file, self.layout)?;
        let again = Job { shape, ..*self };
        Ok(if again.is_large() {
            again.read_large(outlet)
        } else {
            let mut batch = Gathered::read(&again);
            let (read, failed) = (batch.read, batch.failed.take());
            let _ = outlet.give(batch);
            Batch::default().ended(read, failed)
        })
    }

    fn read_sure(&self, outlet: &mut Outlet<'_>) -> io::Result<Batch> {
        let give: &mut Give<'_> = &mut |batch| outlet.give(batch);
        let ended = self.read_parts(&self.shape, Cut::default(), ROW_LIMIT, give)?;
        Ok(Batch::default().ended(ended.byte, None))
    }

    /// Takes a row apart, and gives it if it is wanted or cannot be read.
    pub(crate) fn take(&self, row: &Row<'_>, columns: &Arc<[String]>, batch: &mut Batch) {
        let found = match self.shape.take_apart(row) {
            Ok(found) => found,
            Err(why) => return batch.skip(self.location(row), why),
        };
        if found.len() != columns.len() {
            if !is_spaces(row) {
                let (has, wants) = (found.len(), columns.len());
                let why = format!("it has {has} fields, the header {wants}");
                batch.skip(self.location(row), why);
            }
            return;
        }
        let record = self.record(found, columns, row);
        if self.lookup.wants(&record) {
            batch.record(record);
        }
    }

    fn record(&self, fields: Vec<String>, columns: &Arc<[String]>, row: &Row<'_>) -> Record {
        Record {
            columns: Arc::clone(columns),
            values: fields.into_iter().map(Value::Text).collect(),
            location: self.location(row),
        }
    }

    fn location(&self, row: &Row<'_>) -> Location {
        Location {
            source: self.source.to_owned(),
            table: self.lookup.table.clone(),
            file: Some(self.file.name.clone()),
            place: Place::Line { line: row.line, byte: row.byte },
        }
    }
}

impl Gathered for Job<'_> {
    fn is_large(&self) -> bool {
        let length = || std::fs::metadata(&self.file.path).map_or(0, |meta| meta.len());
        let is_utf8 = self.file.is_plain() && self.shape.coding.is_utf8();
        is_utf8 && self.is_known() && length() >= LARGE
    }

    fn read(&self) -> Batch {
        match self.is_known() {
            true => self.read_cut(Cut::default(), ROW_LIMIT),
            false => self.read_row_by_row(ROW_LIMIT),
        }
    }

    fn read_large(&self, outlet: &mut Outlet<'_>) -> Batch {
        let result = match self.shape.is_sure {
            true => self.read_sure(outlet),
            false => self.read_unsure(outlet),
        };
        result.unwrap_or_else(|error| Batch::default().ended(0, Some(self.failed(&error))))
    }
}

impl Job<'_> {
    /// Returns whether the search knows the delimiter.
    pub(crate) fn is_known(&self) -> bool {
        self.shape.delimiter.is_ascii() && !matches!(self.shape.delimiter, 0 | b'"')
    }
}

/// What was found before it is certain that the file is UTF-8.
#[derive(Default)]
struct Held {
    batches: Vec<Batch>,
    items: usize,
    is_sure: bool,
    is_foreign: bool,
}

impl Held {
    /// The most records that are held back before the whole file is looked at to make certain.
    const MOST: usize = 50_000;

    fn take(
        &mut self,
        batch: Batch,
        detect: impl Fn() -> io::Result<Coding>,
        outlet: &mut Outlet<'_>,
    ) -> ControlFlow<()> {
        if self.is_sure {
            return outlet.give(batch);
        }
        self.items += batch.len();
        self.batches.push(batch);
        if self.items <= Self::MOST {
            return ControlFlow::Continue(());
        }
        if !detect().is_ok_and(|coding| coding.is_utf8()) {
            self.is_foreign = true;
            return ControlFlow::Break(());
        }
        self.is_sure = true;
        self.flush(outlet)
    }

    fn flush(&mut self, outlet: &mut Outlet<'_>) -> ControlFlow<()> {
        std::mem::take(&mut self.batches).into_iter().try_for_each(|batch| outlet.give(batch))
    }
}

/// Returns a number of bytes in the width of offsets.
pub(crate) fn count(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(0)
}

/// Returns whether the row is a line of spaces alone, which counts as empty.
fn is_spaces(row: &Row<'_>) -> bool {
    row.content.is_ok_and(|bytes| bytes.iter().all(|b| *b == b' '))
}
