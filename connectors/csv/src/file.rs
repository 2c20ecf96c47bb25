//! One CSV file: its shape (encoding, delimiter, columns) and its records.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;

use holdall_connector::{Location, Lookup, Place, Record, Sink, Value};
use holdall_scan::files::SourceFile;
use holdall_scan::gather::Batch;
use holdall_scan::text::{self, Coding, Text};

use crate::delimiter;
use crate::fields::{fields, names};
use crate::rows::{Row, Rows};
use crate::settings::Layout;

/// How much of a file is looked at to find its delimiter.
const SAMPLE: u64 = 64 * 1024;

/// What had to be found out about a file before its records can be read.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    coding: Coding,
    delimiter: u8,
    /// Lines before the header or the first record.
    skip: u64,
    /// The columns; `None` in a file that has no rows at all.
    pub(crate) columns: Option<Arc<[String]>>,
}

impl Shape {
    /// Finds the shape of a file.
    pub(crate) fn of(file: &SourceFile, layout: &Layout) -> io::Result<Self> {
        let coding = text::detect(&file.path, layout.encoding)?;
        let mut sample = Vec::new();
        let mut rows = Rows::new(Text::open(&file.path, coding)?, 0, b',', None);
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
        let mut shape = Self { coding, delimiter, skip, columns: None };
        shape.columns = shape.find_columns(file, layout)?;
        Ok(shape)
    }

    fn rows(&self, file: &SourceFile, layout: &Layout) -> io::Result<Rows<Text>> {
        let text = Text::open(&file.path, self.coding)?;
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

/// One file of a table, ready to be read.
pub(crate) struct Job<'a> {
    pub(crate) source: &'a str,
    pub(crate) file: &'a SourceFile,
    pub(crate) layout: &'a Layout,
    pub(crate) shape: Shape,
    pub(crate) lookup: &'a Lookup,
}

impl Job<'_> {
    /// Reads the wanted records of the file.
    pub(crate) fn read(&self) -> Batch {
        let mut batch = Batch::default();
        if let Err(error) = self.read_into(&mut batch) {
            batch.failed = Some(format!("`{}` was not read in full: {error}", self.file.name));
        }
        batch
    }

    fn read_into(&self, batch: &mut Batch) -> io::Result<()> {
        let Some(columns) = &self.shape.columns else { return Ok(()) };
        let mut rows = self.shape.rows(self.file, self.layout)?;
        let result = self.read_rows(&mut rows, columns, batch);
        batch.read = rows.text().bytes_read();
        result
    }

    /// Gives the first `rows` records that can be read to the sink.
    pub(crate) fn first(&self, rows: usize, sink: &mut dyn Sink) -> io::Result<ControlFlow<()>> {
        let Some(columns) = &self.shape.columns else { return Ok(ControlFlow::Continue(())) };
        let mut all = self.shape.rows(self.file, self.layout)?;
        if self.layout.headless.is_none() {
            all.next()?;
        }
        let mut left = rows;
        while left > 0 {
            let Some(row) = all.next()? else { break };
            left -= 1;
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

    fn read_rows(
        &self,
        rows: &mut Rows<Text>,
        columns: &Arc<[String]>,
        batch: &mut Batch,
    ) -> io::Result<()> {
        if self.layout.headless.is_none() {
            rows.next()?;
        }
        while let Some(row) = rows.next()? {
            self.take(&row, columns, batch);
        }
        Ok(())
    }

    fn take(&self, row: &Row<'_>, columns: &Arc<[String]>, batch: &mut Batch) {
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

/// Returns whether the row is a line of spaces alone, which counts as empty.
fn is_spaces(row: &Row<'_>) -> bool {
    row.content.is_ok_and(|bytes| bytes.iter().all(|b| *b == b' '))
}
