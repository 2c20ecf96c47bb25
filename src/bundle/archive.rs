//! Writing the ZIP: entries compress in parallel, each into a spool of its own, and are then joined
//! in order. Times, permissions and system fields are fixed, so that the same content gives the
//! same bytes.

use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use holdall_connector::Secret;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, SpooledTempFile};
use zip::write::{FileOptions, SimpleFileOptions};
use zip::{AesMode, CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::quiet::Quiet;
use super::{Error, temporary};

/// Entries larger than this, compressed, wait on disk instead of in memory.
const SPOOL: usize = 4 << 20;

/// What the archive's comment says before the digest.
const SEAL: &str = "Sealed by Holdall. SHA-256 of all bytes before this comment: ";
/// The length of a SHA-256 digest in hexadecimal.
const DIGEST: usize = 64;
/// The length of the comment.
pub(crate) const COMMENT: usize = SEAL.len() + DIGEST;

/// Returns the archive's comment for a digest.
pub(crate) fn comment(digest: &str) -> String {
    format!("{SEAL}{digest}")
}

/// An entry that was compressed, waiting to be joined.
pub(super) struct Piece {
    /// Its path in the archive.
    pub(super) path: String,
    /// Its size, uncompressed.
    pub(super) bytes: u64,
    /// SHA-256 of its content, in hexadecimal.
    pub(super) sha256: String,
    spool: SpooledTempFile,
}

/// What writes the content of an entry. It may be called twice.
pub(super) type Content<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + Sync + 'a;

/// Makes pieces and joins them.
pub(super) struct Packer<'a> {
    folder: &'a Path,
    passphrase: Option<&'a Secret>,
    time: DateTime,
}

impl<'a> Packer<'a> {
    /// Starts an archive in this folder, with every entry dated to the start of this day.
    pub(super) fn new(folder: &'a Path, passphrase: Option<&'a Secret>, day: Date) -> Self {
        Self { folder, passphrase, time: dos_time(day) }
    }

    /// Compresses, and encrypts if there is a pass-phrase, one entry.
    ///
    /// # Errors
    /// [`Error::Write`] if the spool cannot be written.
    pub(super) fn piece(&self, path: &str, content: &Content<'_>) -> Result<Piece, Error> {
        let mut bytes = 0;
        self.attempt(path, content, false, &mut bytes)
            .or_else(|error| match u32::try_from(bytes) {
                // Zip64 has to be known before the entry is written.
                Err(_) => self.attempt(path, content, true, &mut bytes),
                Ok(_) => Err(error),
            })
            .map_err(|error| Error::write(self.folder, &error))
    }

    /// Writes the entry to a spool of its own; counts into `bytes` what it was given.
    pub(super) fn attempt(
        &self,
        path: &str,
        content: &Content<'_>,
        large: bool,
        bytes: &mut u64,
    ) -> io::Result<Piece> {
        *bytes = 0;
        let spool = tempfile::spooled_tempfile_in(SPOOL, self.folder);
        let mut writer = ZipWriter::new(Quiet::new(spool));
        writer.start_file(path, self.options().large_file(large))?;
        let mut tee = Tee { out: writer, hash: Sha256::new(), bytes };
        let mut buffer = BufWriter::with_capacity(1 << 16, &mut tee);
        content(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        let Tee { out, hash, bytes } = tee;
        let spool = out.finish()?.into_inner();
        Ok(Piece { path: path.to_owned(), bytes: *bytes, sha256: hex(&hash.finalize()), spool })
    }

    fn options(&self) -> FileOptions<'_, 'static, ()> {
        let options = entry_options(self.time);
        match self.passphrase {
            Some(secret) => options.with_aes_encryption(AesMode::Aes256, secret.expose()),
            None => options,
        }
    }

    /// Joins the pieces, in the order of their paths, into a sealed archive. The file can be read
    /// by its owner only, and goes when it is dropped.
    ///
    /// # Errors
    /// [`Error::Write`] if it cannot be written.
    pub(super) fn join(&self, mut pieces: Vec<Piece>) -> Result<NamedTempFile, Error> {
        pieces.sort_by(|a, b| a.path.cmp(&b.path));
        self.try_join(pieces).map_err(|error| Error::write(self.folder, &error))
    }

    fn try_join(&self, pieces: Vec<Piece>) -> io::Result<NamedTempFile> {
        let mut file = temporary::temporary_file(self.folder)?;
        let mut writer = ZipWriter::new(Quiet::new(BufWriter::new(file.as_file_mut())));
        writer.set_comment(comment(&"0".repeat(DIGEST)))?;
        for piece in pieces {
            writer.merge_archive(ZipArchive::new(BufReader::new(piece.spool))?)?;
        }
        let buffer = writer.finish()?.into_inner();
        buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
        seal(file.as_file_mut())?;
        Ok(file)
    }
}

/// The options that every entry has.
fn entry_options(time: DateTime) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(time)
        .unix_permissions(0o644)
        .system(System::Unix)
}

/// Packs content again as an entry without encryption is packed; returns its data alone.
///
/// # Errors
/// Those of the packer.
pub(crate) fn deflate(content: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(io::Cursor::new(Vec::new()));
    writer.start_file("again", entry_options(DateTime::DEFAULT))?;
    writer.write_all(content)?;
    let mut data = Vec::new();
    ZipArchive::new(writer.finish()?)?.by_index_raw(0)?.read_to_end(&mut data)?;
    Ok(data)
}

/// Writes the digest of all that stands before the comment to where the comment has its zeros.
fn seal(file: &mut std::fs::File) -> io::Result<()> {
    let body = file.metadata()?.len().saturating_sub(COMMENT as u64);
    let digest = digest_of(file, body)?;
    file.seek(SeekFrom::Start(body))?;
    file.write_all(comment(&digest).as_bytes())?;
    file.sync_all()
}

/// Returns the SHA-256 of the first bytes of a file, in hexadecimal.
///
/// # Errors
/// Those of reading, and an unexpected end.
pub(crate) fn digest_of(file: &mut std::fs::File, length: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut rest = file.take(length);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = rest.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
    if rest.limit() > 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(hex(&hash.finalize()))
}

/// Returns bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Returns the start of the day as DOS has it: years 1980 to 2107.
fn dos_time(day: Date) -> DateTime {
    let part = |n: i8| u8::try_from(n).unwrap_or(1);
    u16::try_from(day.year())
        .ok()
        .and_then(|year| {
            DateTime::from_date_and_time(year, part(day.month()), part(day.day()), 0, 0, 0).ok()
        })
        .unwrap_or_default()
}

/// Counts and hashes what passes.
struct Tee<'b, W> {
    out: W,
    hash: Sha256,
    bytes: &'b mut u64,
}

impl<W: Write> Write for Tee<'_, W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        *self.bytes += buffer.len() as u64;
        self.out.write_all(buffer)?;
        self.hash.update(buffer);
        Ok(buffer.len())
    }

    /// Does nothing: a flush inside would end a block of the compressed data, and make the bytes
    /// depend on who wrote them.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
