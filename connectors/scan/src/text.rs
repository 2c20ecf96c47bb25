//! Encodings: what a file's bytes stand for, and the file as a stream of UTF-8.
//!
//! Where the encoding is not declared it is found in this order: a byte order mark; the zero bytes
//! of UTF-16 without one; UTF-8, if the whole file is UTF-8 or has more good sequences than
//! malformed ones; else the guess of chardetng. Bytes that have no meaning in the encoding are
//! never replaced in silence: they arrive as [`MALFORMED`], which no UTF-8 text contains, so that
//! the record around them can be reported.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::files::SourceFile;
use crate::packed::Content;

/// The byte that stands for bytes without meaning in the file's encoding.
pub const MALFORMED: u8 = 0xFF;

const CHUNK: usize = 64 * 1024;

/// Returns the encoding of a WHATWG label (`utf-8`, `windows-1252`, `latin1`), if it is one.
pub fn named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes())
}

/// How the bytes of one file stand for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coding {
    encoding: &'static Encoding,
    mark: u64,
}

impl Coding {
    /// UTF-8 without a byte order mark.
    pub const UTF_8: Self = Self { encoding: UTF_8, mark: 0 };

    /// Returns whether the bytes of the file are themselves UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.encoding == UTF_8
    }

    /// Returns the encoding's name.
    pub fn name(&self) -> &'static str {
        self.encoding.name()
    }

    /// Returns the offset of the first character: after the byte order mark of a UTF-8 file, else
    /// 0, as offsets into other encodings are offsets into the decoded text.
    pub fn first_byte(&self) -> u64 {
        if self.encoding == UTF_8 { self.mark } else { 0 }
    }
}

/// Finds how a file is encoded. A byte order mark outweighs the declared encoding, as the WHATWG
/// Encoding Standard has it.
///
/// # Errors
/// If the file cannot be read, or is UTF-32, which the standard does not know.
pub fn detect(file: &SourceFile, declared: Option<&'static Encoding>) -> io::Result<Coding> {
    match detect_head(file, declared)? {
        Some(coding) => Ok(coding),
        None => Ok(Coding { encoding: search(file)?, mark: 0 }),
    }
}

/// Finds how a file is encoded if its first bytes or the declaration say so; `None` if the whole
/// file must be looked at.
///
/// # Errors
/// Those of [`detect`].
pub fn detect_head(
    file: &SourceFile,
    declared: Option<&'static Encoding>,
) -> io::Result<Option<Coding>> {
    let head = head(file)?;
    if let Some(coding) = marked(&head)? {
        return Ok(Some(coding));
    }
    Ok(declared.or_else(|| wide(&head)).map(|encoding| Coding { encoding, mark: 0 }))
}

/// Finds how a JSON file is encoded from its first bytes: UTF-16 or, failing that, UTF-8, as
/// RFC 4627 tells them apart: the first character is ASCII.
///
/// # Errors
/// If it is UTF-32.
pub fn detect_json(head: &[u8]) -> io::Result<Coding> {
    if let Some(coding) = marked(head)? {
        return Ok(coding);
    }
    let encoding = match head {
        [0, 0, ..] => return Err(utf32()),
        [_, 0, 0, 0, ..] => return Err(utf32()),
        [0, _, ..] => UTF_16BE,
        [_, 0, ..] => UTF_16LE,
        _ => UTF_8,
    };
    Ok(Coding { encoding, mark: 0 })
}

fn head(file: &SourceFile) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.open()?.take(4096).read_to_end(&mut head)?;
    Ok(head)
}

/// Returns the encoding that a byte order mark says.
fn marked(head: &[u8]) -> io::Result<Option<Coding>> {
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) || head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Err(utf32());
    }
    Ok(Encoding::for_bom(head)
        .map(|(encoding, mark)| Coding { encoding, mark: u64::try_from(mark).unwrap_or(0) }))
}

fn utf32() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is UTF-32; save it as UTF-8")
}

/// Returns UTF-16 if nearly every second byte of the sample is zero.
fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    let most = |zeros: usize| half > 0 && zeros * 10 > half * 7;
    let few = |zeros: usize| zeros * 10 < half.max(1);
    if most(odd) && few(even) {
        Some(UTF_16LE)
    } else if most(even) && few(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn search(file: &SourceFile) -> io::Result<&'static Encoding> {
    let mut tally = Tally::default();
    each_chunk(file, |chunk| tally.feed(chunk))?;
    if tally.is_utf8() {
        return Ok(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    each_chunk(file, |chunk| {
        detector.feed(chunk, false);
    })?;
    detector.feed(&[], true);
    Ok(detector.guess(Some(b"uk"), Utf8Detection::Deny))
}

fn each_chunk(file: &SourceFile, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(CHUNK, file.open()?);
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            return Ok(());
        }
        take(chunk);
        let taken = chunk.len();
        reader.consume(taken);
    }
}

/// Counts the sequences beyond ASCII that are and that are not UTF-8.
#[derive(Default)]
struct Tally {
    good: u64,
    malformed: u64,
    /// An unfinished sequence at the end of the chunk before.
    rest: Vec<u8>,
}

impl Tally {
    fn feed(&mut self, chunk: &[u8]) {
        if self.rest.is_empty() && chunk.is_ascii() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(chunk);
        let mut left = bytes.as_slice();
        while let Err(error) = std::str::from_utf8(left) {
            let (good, bad) = left.split_at(error.valid_up_to());
            self.count(good);
            let Some(length) = error.error_len() else {
                self.rest = bad.to_vec();
                return;
            };
            self.malformed += 1;
            left = bad.get(length..).unwrap_or_default();
        }
        self.count(left);
    }

    fn count(&mut self, good: &[u8]) {
        self.good += good.iter().map(|b| u64::from(*b >= 0xC0)).sum::<u64>();
    }

    /// A file of another encoding has next to no good sequences, and one of UTF-8 with a few
    /// broken rows has next to no others.
    fn is_utf8(&self) -> bool {
        let malformed = self.malformed + u64::from(!self.rest.is_empty());
        malformed == 0 || self.good > malformed
    }
}

/// A file as a stream of UTF-8, without its byte order mark.
pub struct Text<R = Content> {
    raw: BufReader<Counted<R>>,
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    at: usize,
}

impl Text {
    /// Opens a file.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(file: &SourceFile, coding: Coding) -> io::Result<Self> {
        Self::over(file.open()?, coding, CHUNK)
    }
}

impl<R: Read> Text<R> {
    /// Takes a file that is open, or its bytes, from the start; `buffer` is how many bytes are read
    /// at a time.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn over(mut file: R, coding: Coding, buffer: usize) -> io::Result<Self> {
        io::copy(&mut (&mut file).take(coding.mark), &mut io::sink())?;
        let raw = BufReader::with_capacity(buffer, Counted { file, bytes: coding.mark });
        let decoder =
            (coding.encoding != UTF_8).then(|| coding.encoding.new_decoder_without_bom_handling());
        Ok(Self { raw, decoder, decoded: Vec::new(), at: 0 })
    }
    /// Returns how many bytes of the file were read.
    pub fn bytes_read(&self) -> u64 {
        self.raw.get_ref().bytes
    }

    /// Decodes until there is some text, or the file ends.
    fn decode(&mut self) -> io::Result<()> {
        while self.at >= self.decoded.len() {
            let Some(decoder) = &mut self.decoder else { return Ok(()) };
            let source = self.raw.fill_buf()?;
            let (taken, last) = (source.len(), source.is_empty());
            self.at = 0;
            decode_all(decoder, source, last, &mut self.decoded);
            self.raw.consume(taken);
            if last {
                self.decoder = None;
            }
        }
        Ok(())
    }
}

fn decode_all(decoder: &mut Decoder, mut source: &[u8], last: bool, out: &mut Vec<u8>) {
    out.clear();
    let mut room = vec![0; CHUNK];
    loop {
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(source, &mut room, last);
        out.extend(room.iter().take(written));
        source = source.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => out.push(MALFORMED),
        }
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let taken = available.read(buffer)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: Read> BufRead for Text<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.decode()?;
        if self.at < self.decoded.len() {
            return Ok(self.decoded.get(self.at..).unwrap_or_default());
        }
        self.raw.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.decoded.len() {
            self.at += amount;
        } else {
            self.raw.consume(amount);
        }
    }
}

struct Counted<R> {
    file: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.bytes += u64::try_from(count).unwrap_or(0);
        Ok(count)
    }
}
