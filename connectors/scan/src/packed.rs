//! Files inside others: a gzip file is its content, a ZIP archive a folder of its entries.
//!
//! Content is decompressed as it is read, never to disk, and its length and checksum are held
//! against what the archive says: one that does not fit is an error, not a shorter file.

use std::fs::File;
use std::io::{self, BufReader, Error, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use zip::{CompressionMethod, ZipArchive};

/// How the content of a file is packed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Packing {
    /// As it is.
    #[default]
    Plain,
    /// Gzip, of one or several members.
    Gzip,
    /// An entry of a ZIP archive.
    Zip(ZipEntry),
}

/// Where an entry stands in its archive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZipEntry {
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    is_deflated: bool,
}

/// Returns the name of a file without the ending that says it is gzip, if it has that.
pub fn without_gz(name: &str) -> Option<&str> {
    let (stem, ending) = name.split_at_checked(name.len().checked_sub(3)?)?;
    ending.eq_ignore_ascii_case(".gz").then_some(stem)
}

/// Returns whether a name is that of a ZIP archive.
pub fn is_zip(name: &str) -> bool {
    let last = name.len().checked_sub(4).and_then(|at| name.get(at..));
    last.is_some_and(|ending| ending.eq_ignore_ascii_case(".zip"))
}

/// Returns the names of an archive's files, each with what opens it or why nothing does.
///
/// # Errors
/// If the archive cannot be read.
pub fn entries(path: &Path) -> io::Result<Vec<(String, Result<Packing, String>)>> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(broken)?;
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(broken)?.replace('\\', "/");
        let is_deflated = entry.compression() == CompressionMethod::Deflated;
        let packing = if entry.encrypted() {
            Err("it is encrypted; unpack it first".to_owned())
        } else if !is_deflated && entry.compression() != CompressionMethod::Stored {
            Err("it is packed by a method that is not known; unpack it first".to_owned())
        } else {
            let start = entry.data_start().ok_or_else(|| broken("an entry has no place"))?;
            let (packed, size, crc) = (entry.compressed_size(), entry.size(), entry.crc32());
            Ok(Packing::Zip(ZipEntry { start, packed, size, crc, is_deflated }))
        };
        entries.push((name, packing));
    }
    Ok(entries)
}

fn broken(why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::InvalidData, format!("the archive cannot be read: {why}"))
}

/// A stream of a file's content.
pub type Content = Box<dyn Read + Send>;

/// Opens the content of a file.
///
/// # Errors
/// If it cannot be opened.
pub fn open(path: &Path, packing: &Packing) -> io::Result<Content> {
    let mut file = File::open(path)?;
    Ok(match packing {
        Packing::Plain => Box::new(file),
        Packing::Gzip => Box::new(MultiGzDecoder::new(BufReader::new(file))),
        Packing::Zip(entry) => {
            file.seek(SeekFrom::Start(entry.start))?;
            let packed = BufReader::new(file.take(entry.packed));
            let content: Content = match entry.is_deflated {
                true => Box::new(DeflateDecoder::new(packed)),
                false => Box::new(packed),
            };
            Box::new(Checked { content, crc: Crc::new(), read: 0, entry: entry.clone() })
        }
    })
}

/// Content that must be what the archive says.
struct Checked {
    content: Content,
    crc: Crc,
    read: u64,
    entry: ZipEntry,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(buffer)?;
        self.crc.update(buffer.get(..count).unwrap_or_default());
        self.read = self.read.saturating_add(u64::try_from(count).unwrap_or(0));
        let is_short = count == 0 && !buffer.is_empty() && self.read != self.entry.size;
        let is_whole = self.read == self.entry.size && count == 0 && !buffer.is_empty();
        if is_short || self.read > self.entry.size || is_whole && self.crc.sum() != self.entry.crc {
            return Err(broken("its content is not what it says"));
        }
        Ok(count)
    }
}
