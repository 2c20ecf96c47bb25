//! One JSON file, record by record.

use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::ops::ControlFlow;

use holdall_connector::{Location, Place, Value};
use holdall_scan::blocks::{Blocks, Cut, Give, Start, in_parts};
use holdall_scan::files::SourceFile;
use holdall_scan::packed::without_gz;
use holdall_scan::text::{self, Coding, Text};

use crate::elements::{Element, Elements, Next};
use crate::form::{self, Form};
use crate::lines::{Line, Lines};
use crate::parse::{Defect, RECORD_LIMIT, record};

/// A file of fewer bytes is read whole.
const SMALL: u64 = 64 * 1024;

/// The fields of a record, or why it is none.
pub(crate) type Fields = Result<Vec<(String, Value)>, Defect>;

/// Takes records one by one; `Break` means that no more are wanted.
pub(crate) type Take<'a> = dyn FnMut(Location, Fields) -> ControlFlow<()> + 'a;

/// How the read of a file ended.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Bytes read.
    pub(crate) bytes: u64,
    /// Why the rest was not read.
    pub(crate) failed: Option<String>,
}

/// One file of a table.
pub(crate) struct Job<'a> {
    pub(crate) source: &'a str,
    pub(crate) table: &'a str,
    pub(crate) file: &'a SourceFile,
}

impl Job<'_> {
    /// Gives every record of the file to `take`.
    pub(crate) fn each(&self, take: &mut Take<'_>) -> Read {
        let mut read = Read::default();
        if let Err(error) = self.each_into(take, &mut read) {
            read.failed = Some(self.failed(&error.to_string()));
        }
        read
    }

    /// A small file is read whole, and once: opening files is most of the work where there are many.
    fn each_into(&self, take: &mut Take<'_>, read: &mut Read) -> io::Result<()> {
        let mut file = self.file.open()?;
        let mut head = Vec::new();
        (&mut file).take(SMALL).read_to_end(&mut head)?;
        let coding = text::detect_json(&head)?;
        if u64::try_from(head.len()).is_ok_and(|length| length < SMALL) {
            let open = || Text::over(Cursor::new(head.as_slice()), coding, head.len().max(1));
            return self.each_of(open(), open()?, coding, take, read);
        }
        self.each_of(
            Text::open(self.file, coding),
            Text::open(self.file, coding)?,
            coding,
            take,
            read,
        )
    }

    fn each_of<R: io::Read>(
        &self,
        first: io::Result<Text<R>>,
        text: Text<R>,
        coding: Coding,
        take: &mut Take<'_>,
        read: &mut Read,
    ) -> io::Result<()> {
        match form::find(first?, self.is_named_lines())? {
            Form::Empty => Ok(()),
            Form::Lines => self.lines(text, coding, take, read),
            Form::Array => self.elements(text, coding, true, take, read),
            Form::Document => self.elements(text, coding, false, take, read),
        }
    }

    fn coding(&self) -> io::Result<Coding> {
        let mut head = Vec::new();
        self.file.open()?.take(16).read_to_end(&mut head)?;
        text::detect_json(&head)
    }

    /// Returns whether the file is JSON Lines in UTF-8; not if that cannot be told.
    pub(crate) fn is_plain_lines(&self) -> bool {
        let form = || -> io::Result<bool> {
            let coding = self.coding()?;
            let text = Text::open(self.file, coding)?;
            Ok(coding.is_utf8() && form::find(text, self.is_named_lines())? == Form::Lines)
        };
        form().unwrap_or(false)
    }

    /// Searches JSON Lines with all threads; returns the bytes read.
    pub(crate) fn in_parts(
        &self,
        blocks: &impl Blocks,
        cut: Cut,
        give: &mut Give<'_>,
    ) -> io::Result<u64> {
        let byte = self.coding()?.first_byte();
        let file = File::open(&self.file.path)?;
        Ok(in_parts(blocks, &file, Start { line: 1, byte }, cut, give)?.byte)
    }

    fn is_named_lines(&self) -> bool {
        let name = without_gz(&self.file.name).unwrap_or(&self.file.name).to_lowercase();
        name.ends_with(".jsonl") || name.ends_with(".ndjson")
    }

    pub(crate) fn failed(&self, why: &str) -> String {
        format!("`{}` was not read in full: {why}", self.file.name)
    }

    fn lines(
        &self,
        text: Text<impl io::Read>,
        coding: Coding,
        take: &mut Take<'_>,
        read: &mut Read,
    ) -> io::Result<()> {
        let mut lines = Lines::new(text, coding.first_byte(), RECORD_LIMIT);
        let mut result = Ok(());
        loop {
            match lines.next() {
                Ok(Some(Line { line, byte, content })) => {
                    let fields = content.ok_or(Defect::TooLong).and_then(record);
                    if take(self.at(Place::Line { line, byte }), fields).is_break() {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    result = Err(error);
                    break;
                }
            }
        }
        read.bytes = lines.text().bytes_read();
        result
    }

    fn elements(
        &self,
        text: Text<impl io::Read>,
        coding: Coding,
        array: bool,
        take: &mut Take<'_>,
        read: &mut Read,
    ) -> io::Result<()> {
        let mut elements = Elements::new(text, coding.first_byte(), array, RECORD_LIMIT);
        let result = loop {
            match elements.next() {
                Ok(Next::End) => break Ok(None),
                Ok(Next::Broken { line, why }) => break Ok(Some(format!("line {line}: {why}"))),
                Err(error) => break Err(error),
                Ok(Next::Element(element)) => match self.element(&element, take) {
                    ControlFlow::Continue(()) => {}
                    ControlFlow::Break(why) => break Ok(why),
                },
            }
        };
        read.bytes = elements.text().bytes_read();
        read.failed = result?.map(|why| self.failed(&why));
        Ok(())
    }

    /// Breaks if no more is wanted, or with the reason why the rest cannot be read.
    fn element(&self, element: &Element<'_>, take: &mut Take<'_>) -> ControlFlow<Option<String>> {
        let fields = element.content.ok_or(Defect::TooLong).and_then(record);
        if let Some(defect) = fields.as_ref().err().filter(|defect| defect.is_syntax()) {
            return ControlFlow::Break(Some(format!("line {}: {defect}", element.line)));
        }
        let pointer = element.index.map(|index| format!("/{index}")).unwrap_or_default();
        match take(self.at(Place::Pointer { byte: element.byte, pointer }), fields) {
            ControlFlow::Continue(()) => ControlFlow::Continue(()),
            ControlFlow::Break(()) => ControlFlow::Break(None),
        }
    }

    pub(crate) fn at(&self, place: Place) -> Location {
        Location {
            source: self.source.to_owned(),
            table: self.table.to_owned(),
            file: Some(self.file.name.clone()),
            place,
        }
    }
}
