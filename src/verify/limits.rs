//! How much of an archive is read before it counts as hostile.

/// The most entries.
pub(super) const ENTRIES: u64 = 100_000;
/// The largest central directory, in bytes.
pub(super) const DIRECTORY: u64 = 64 << 20;
/// The largest entry, uncompressed, in bytes.
pub(super) const ENTRY: u64 = 2 << 30;
/// The most that all entries make together, uncompressed, in bytes.
pub(super) const TOTAL: u64 = 64 << 30;
