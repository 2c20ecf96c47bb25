//! Where a name ends: with the full stop of an initial, before the word for somebody's device.

use super::lexicon::Class;
use super::words::Shape;
use super::{Name, Page};

/// Devices that are named after whose they are.
const DEVICES: [&str; 20] = [
    "airpods",
    "android",
    "chromebook",
    "desktop",
    "ipad",
    "iphone",
    "kindle",
    "laptop",
    "mac",
    "macbook",
    "mobile",
    "pc",
    "phone",
    "pixel",
    "printer",
    "surface",
    "tablet",
    "tv",
    "watch",
    "xbox",
];

impl Page<'_> {
    /// Returns whether a full stop and nothing more of the sentence stands behind an initial: `Kehinde A.
    /// – 12`.
    pub(super) fn is_closing_initial(&self, at: usize) -> bool {
        let rest = self.word(at).and_then(|word| self.text.get(word.range.end..));
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix('.')) else { return false };
        let next = rest.trim_start_matches([' ', '"']);
        next.is_empty() || next.starts_with(['\n', '\r', ',', ';', ')', '-', '\u{2013}'])
    }

    /// Returns whether the full stop behind a name belongs to its initial: it ends a line, or the
    /// sentence goes on after it. `Emmanuel Q. – minibus`, but not `Josh B. Notes by …`.
    pub(super) fn is_stopped(&self, name: &Name) -> bool {
        let Some(last) = name.end.checked_sub(1).filter(|last| *last > name.start) else {
            return false;
        };
        let initial = self.word(last).filter(|word| word.shape == Shape::Initial);
        let given = self.class(name.start).has(Class::GIVEN);
        let rest = initial.and_then(|word| self.text.get(word.range.end..));
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix('.')).filter(|_| given) else {
            return false;
        };
        let next = rest.trim_start_matches(' ');
        let ends = next.is_empty()
            || next == "\""
            || next.starts_with(['\n', '\r', ',', ';', ')', '-', '\u{2013}']);
        ends || next.len() < rest.len() && next.starts_with(char::is_lowercase)
    }
}

/// Returns a word without a device behind a hyphen: `Rumana-ipad`, `Lihua-PC`.
pub(super) fn without_device(written: &str) -> &str {
    match written.rsplit_once('-') {
        Some((head, tail)) if head.len() > 1 && is_device(tail) => head,
        _ => written,
    }
}

/// Returns whether a word is one of devices.
pub(super) fn is_device(word: &str) -> bool {
    DEVICES.iter().any(|device| word.eq_ignore_ascii_case(device))
}
