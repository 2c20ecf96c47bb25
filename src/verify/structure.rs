//! The ZIP's structure, checked byte by byte against what Holdall writes (PKWARE APPNOTE 6.3.10):
//! every local header agrees with the central directory, entries follow each other without a gap,
//! nothing stands before or after them, and no field has a value that could hide something.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use crate::bundle::archive::COMMENT;
use crate::bundle::names::{fold, is_safe_name};

use super::bytes::Fields;
use super::{Error, limits};

const END: u64 = 22;
const END64: u64 = 56;
const LOCATOR64: u64 = 20;
const CENTRAL: usize = 46;
const LOCAL: usize = 30;

const UTF8: u16 = 1 << 11;
const ENCRYPTED: u16 = 1;
const DEFLATED: u16 = 8;
const AES: u16 = 99;

/// An entry, as the directory and its own header have it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Its path.
    pub(super) name: String,
    /// Where its header starts.
    pub(super) start: u64,
    /// Where its data starts.
    pub(super) data: u64,
    /// The length of its data.
    pub(super) packed: u64,
    /// The length of its content.
    pub(super) size: u64,
    /// CRC-32 of its content; not used by AE-2.
    pub(super) crc: u32,
    /// Whether it is encrypted.
    pub(super) encrypted: bool,
}

/// A central header, with what has to agree with the local one.
struct Central {
    entry: Entry,
    head: [u8; 10],
    aes: Option<[u8; 7]>,
}

/// The place of the central directory.
struct Directory {
    start: u64,
    size: u64,
    count: u64,
}

/// Reads and checks the structure; returns the entries in order.
///
/// # Errors
/// [`Error::NotZip`], [`Error::Directory`] or [`Error::Entry`], whichever shows first.
pub(super) fn entries(file: &mut File) -> Result<Vec<Entry>, Error> {
    let length = file.metadata().map_err(|_| not_zip())?.len();
    let directory = directory(file, length)?;
    let mut centrals = central(file, &directory)?;
    names(&centrals)?;
    let mut next = 0;
    for central in &mut centrals {
        if central.entry.start != next {
            return Err(entry(central, "its header does not follow the entry before"));
        }
        local(file, central)?;
        next = central.entry.data.saturating_add(central.entry.packed);
        if next > directory.start {
            return Err(entry(central, "its data runs into the archive's directory"));
        }
    }
    match centrals.last() {
        None => return Err(Error::directory("it lists no entry")),
        Some(last) if next != directory.start => {
            return Err(entry(last, "something follows its data"));
        }
        Some(_) => {}
    }
    Ok(centrals.into_iter().map(|c| c.entry).collect())
}

fn not_zip() -> Error {
    Error::NotZip
}

fn entry(central: &Central, why: &str) -> Error {
    Error::entry(&central.entry.name, why)
}

/// Reads exactly this part of the file.
fn part(file: &mut File, start: u64, length: usize) -> Option<Vec<u8>> {
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes).ok()?;
    (bytes.len() == length).then_some(bytes)
}

/// Finds the directory from the end record, which stands right before the seal.
fn directory(file: &mut File, length: u64) -> Result<Directory, Error> {
    let at = length.checked_sub(COMMENT as u64 + END).ok_or_else(not_zip)?;
    let bytes = part(file, at, 22).ok_or_else(not_zip)?;
    let mut f = Fields::new(&bytes);
    if f.u32() != Some(0x0605_4b50) {
        return Err(Error::NotZip);
    }
    let disks = (f.u16(), f.u16());
    let counts = (f.u16(), f.u16());
    let (size, start) = (f.u32(), f.u32());
    let comment = f.u16().map(usize::from);
    if disks != (Some(0), Some(0)) || counts.0 != counts.1 || comment != Some(COMMENT) {
        return Err(Error::directory("its end record is damaged"));
    }
    let (Some(count), Some(size), Some(start)) = (counts.0, size, start) else {
        return Err(Error::NotZip);
    };
    if count == u16::MAX || size == u32::MAX || start == u32::MAX {
        return directory64(file, at);
    }
    let found = Directory { start: start.into(), size: size.into(), count: count.into() };
    ends_at(found, at)
}

/// Finds the directory from the Zip64 records, which stand right before the end record.
fn directory64(file: &mut File, end: u64) -> Result<Directory, Error> {
    let damaged = || Error::directory("its Zip64 end record is damaged");
    let locator = end.checked_sub(LOCATOR64).ok_or_else(damaged)?;
    let at = locator.checked_sub(END64).ok_or_else(damaged)?;
    let bytes = part(file, at, 76).ok_or_else(damaged)?;
    let mut f = Fields::new(&bytes);
    let head = (f.u32(), f.u64(), f.u16(), f.u16(), f.u32(), f.u32());
    let (count, total, size, start) = (f.u64(), f.u64(), f.u64(), f.u64());
    let tail = (f.u32(), f.u32(), f.u64(), f.u32());
    let right = head.0 == Some(0x0606_4b50)
        && head.1 == Some(44)
        && head.4 == Some(0)
        && head.5 == Some(0)
        && count == total
        && tail == (Some(0x0706_4b50), Some(0), Some(at), Some(1));
    match (right, start, size, count) {
        (true, Some(start), Some(size), Some(count)) => {
            ends_at(Directory { start, size, count }, at)
        }
        _ => Err(damaged()),
    }
}

fn ends_at(directory: Directory, at: u64) -> Result<Directory, Error> {
    if directory.start.checked_add(directory.size) != Some(at) {
        return Err(Error::directory("it does not end where the end record starts"));
    }
    if directory.count > limits::ENTRIES || directory.size > limits::DIRECTORY {
        return Err(Error::TooLarge { what: "the number of its entries".into() });
    }
    Ok(directory)
}

fn central(file: &mut File, directory: &Directory) -> Result<Vec<Central>, Error> {
    let damaged = || Error::directory("it cannot be read");
    let size = usize::try_from(directory.size).map_err(|_| damaged())?;
    let bytes = part(file, directory.start, size).ok_or_else(damaged)?;
    let mut f = Fields::new(&bytes);
    let mut entries = Vec::new();
    for _ in 0..directory.count {
        entries.push(one_central(&mut f)?);
    }
    if f.is_empty() { Ok(entries) } else { Err(Error::directory("something follows its entries")) }
}

fn one_central(f: &mut Fields<'_>) -> Result<Central, Error> {
    let damaged = || Error::directory("an entry of it is damaged");
    let mut fixed = Fields::new(f.take(CENTRAL).ok_or_else(damaged)?);
    let f2 = &mut fixed;
    let (signature, made_by) = (f2.u32(), f2.u16());
    let head: [u8; 10] = f2.array().ok_or_else(damaged)?;
    let (crc, packed, size) = (f2.u32(), f2.u32(), f2.u32());
    let (name, extra, comment) = (f2.u16(), f2.u16(), f2.u16());
    let (disk, internal, external, start) = (f2.u16(), f2.u16(), f2.u32(), f2.u32());
    let name = f.take(name.unwrap_or(0).into()).ok_or_else(damaged)?;
    let extra = f.take(extra.unwrap_or(0).into()).ok_or_else(damaged)?;
    let name = std::str::from_utf8(name).map_err(|_| damaged())?.to_owned();
    let wrong = |why: &str| Error::directory(&format!("of `{name}`, {why}"));
    if signature != Some(0x0201_4b50) || made_by.is_none_or(|m| m >> 8 != 3) {
        return Err(damaged());
    }
    if (comment, disk, internal) != (Some(0), Some(0), Some(0)) {
        return Err(wrong("a field that must be zero is not"));
    }
    if external != Some(0o100_644 << 16) {
        return Err(wrong("the permissions are not those of a plain file"));
    }
    let (Some(crc), Some(packed), Some(size), Some(start)) = (crc, packed, size, start) else {
        return Err(damaged());
    };
    let mut entry = Entry {
        name: name.clone(),
        start: start.into(),
        data: 0,
        packed: packed.into(),
        size: size.into(),
        crc,
        encrypted: false,
    };
    let aes = extras(extra, &mut entry).ok_or_else(|| wrong("an extra field is unknown"))?;
    entry.encrypted = kind(&head, &name, aes.as_ref())
        .ok_or_else(|| wrong("the method or a flag is not one that Holdall uses"))?;
    Ok(Central { entry, head, aes })
}

/// Returns whether the entry is encrypted, or `None` if its version, flags and method are not ones
/// that Holdall writes.
fn kind(head: &[u8; 10], name: &str, aes: Option<&[u8; 7]>) -> Option<bool> {
    let mut f = Fields::new(head);
    let (version, flags, method) = (f.u16()?, f.u16()?, f.u16()?);
    let utf8 = flags & UTF8 != 0;
    let encrypted = flags & ENCRYPTED != 0;
    let known = flags & !(UTF8 | ENCRYPTED) == 0 && utf8 != name.is_ascii() && version <= 51;
    // AE-1 or AE-2, "AE", 256 bits, deflated inside (WinZip, AES Encryption Information).
    let sealed = aes.is_some_and(|a| matches!(a, [1 | 2, 0, b'A', b'E', 3, 8, 0]));
    match (encrypted, method) {
        (false, DEFLATED) => (known && aes.is_none()).then_some(false),
        (true, AES) => (known && sealed).then_some(true),
        _ => None,
    }
}

/// Reads the extra fields: Zip64 sizes into the entry; returns the AES field, or `None` if
/// anything else is there.
fn extras(bytes: &[u8], entry: &mut Entry) -> Option<Option<[u8; 7]>> {
    let mut f = Fields::new(bytes);
    let mut aes = None;
    while !f.is_empty() {
        let (id, length) = (f.u16()?, f.u16()?);
        let mut inner = Fields::new(f.take(length.into())?);
        match id {
            0x0001 => {
                for field in [&mut entry.size, &mut entry.packed, &mut entry.start] {
                    if *field == u64::from(u32::MAX) {
                        *field = inner.u64()?;
                    }
                }
            }
            0x9901 if aes.is_none() => aes = Some(inner.array()?),
            _ => return None,
        }
        if !inner.is_empty() {
            return None;
        }
    }
    Some(aes)
}

/// Checks the local header against the central one and finds where the data starts.
fn local(file: &mut File, central: &mut Central) -> Result<(), Error> {
    let name_length = central.entry.name.len();
    let start = central.entry.start;
    let fixed =
        part(file, start, LOCAL).ok_or_else(|| entry(central, "its header cannot be read"))?;
    let mut f = Fields::new(&fixed);
    let signature = f.u32();
    let head: Option<[u8; 10]> = f.array();
    let (crc, packed, size) = (f.u32(), f.u32(), f.u32());
    let (name, extra) = (f.u16().map(usize::from), f.u16().map(usize::from));
    let (Some(crc), Some(packed), Some(size), Some(extra)) = (crc, packed, size, extra) else {
        return Err(entry(central, "its header cannot be read"));
    };
    let same = signature == Some(0x0403_4b50)
        && head == Some(central.head)
        && crc == central.entry.crc
        && name == Some(name_length);
    if !same {
        return Err(entry(central, "its header and the archive's directory disagree"));
    }
    let rest = part(file, start + LOCAL as u64, name_length + extra)
        .ok_or_else(|| entry(central, "its header cannot be read"))?;
    let mut copy =
        Entry { packed: packed.into(), size: size.into(), start: 0, ..central.entry.clone() };
    let agrees = rest.get(..name_length) == Some(central.entry.name.as_bytes())
        && extras(rest.get(name_length..).unwrap_or_default(), &mut copy) == Some(central.aes)
        && (copy.packed, copy.size) == (central.entry.packed, central.entry.size);
    if !agrees {
        return Err(entry(central, "its header and the archive's directory disagree"));
    }
    central.entry.data = start + (LOCAL + name_length + extra) as u64;
    Ok(())
}

/// Checks that every name is safe, unique whatever the case, and in its place in the order; and
/// that either all entries are encrypted or none.
fn names(centrals: &[Central]) -> Result<(), Error> {
    let mut seen = std::collections::HashSet::new();
    let mut before: Option<&str> = None;
    for central in centrals {
        let name = central.entry.name.as_str();
        if !name.split('/').all(is_safe_name) {
            return Err(Error::directory("a name in it is not safe to unpack"));
        }
        if !seen.insert(fold(name)) {
            return Err(entry(central, "its name is there twice"));
        }
        if before.is_some_and(|b| b >= name) {
            return Err(entry(central, "it is not in its place in the order of names"));
        }
        before = Some(name);
    }
    let sealed = centrals.iter().filter(|c| c.entry.encrypted).count();
    if sealed != 0 && sealed != centrals.len() {
        return Err(Error::directory("some entries are encrypted and some are not"));
    }
    Ok(())
}
