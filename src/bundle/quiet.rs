//! A writer for `ZipWriter`, which tries to finish its archive when it is dropped and says on
//! standard error if that fails. The first failure is reported to the caller; what is written
//! after it goes nowhere.

use std::io::{self, Seek, SeekFrom, Write};

/// Passes on what is written until something fails; then only keeps count of where it would be.
pub(super) struct Quiet<W> {
    inner: W,
    at: u64,
    failed: bool,
}

impl<W> Quiet<W> {
    /// Starts at the beginning of `inner`.
    pub(super) fn new(inner: W) -> Self {
        Self { inner, at: 0, failed: false }
    }

    /// Returns the writer inside.
    pub(super) fn into_inner(self) -> W {
        self.inner
    }
}

impl<W: Write> Write for Quiet<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.failed {
            bytes.len()
        } else {
            self.inner.write(bytes).inspect_err(|_| self.failed = true)?
        };
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed {
            return Ok(());
        }
        self.inner.flush().inspect_err(|_| self.failed = true)
    }
}

impl<W: Seek> Seek for Quiet<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = if !self.failed {
            self.inner.seek(to).inspect_err(|_| self.failed = true)?
        } else if let SeekFrom::Start(at) = to {
            at
        } else {
            self.at
        };
        Ok(self.at)
    }
}
