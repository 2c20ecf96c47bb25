//! Registrations in lists: of any form where others stand in other lines.

use std::ops::Range;

use super::{OLDER, SHORT, is_office};
use crate::redact::detect::Find;
use crate::redact::detect::seen::Seen;

/// Finds what is written like a registration of any form where others stand in other lines.
pub(super) fn listed(seen: &Seen<'_>, slots: &[Slot], out: &mut Vec<Find>) {
    const LINES: usize = 400;
    let mut start = 0;
    for line in seen.text().split_inclusive('\n').take(LINES) {
        let found = slots.iter().find_map(|slot| slot.plate_in(line));
        let range = found.map(|range| start + range.start..start + range.end);
        start += line.len();
        let other = |range: &Range<usize>| {
            is_office(seen.slice(range.clone()))
                || !seen.stands_alone(range)
                || out.iter().any(|find| find.0.start < range.end && range.start < find.0.end)
        };
        out.extend(range.filter(|at| !other(at)).map(|at| Find(at, "vehicle", 0.65)));
    }
}

/// Where in its line something of a list stands: what comes before it, `9` for each digit, and the
/// signs after it.
#[derive(PartialEq)]
pub(super) struct Slot {
    before: String,
    after: String,
}

impl Slot {
    /// Returns none for what a line of text may have anywhere.
    pub(super) fn of(seen: &Seen<'_>, range: &Range<usize>) -> Option<Self> {
        const NEAR: usize = 16;
        let head = seen.slice(range.start.saturating_sub(NEAR)..range.start);
        let before = match head.rsplit_once('\n') {
            Some((_, before)) => before,
            None => (range.start <= NEAR).then_some(head)?,
        };
        let rest = seen.text().get(range.end..)?;
        let signs = rest.find(char::is_alphanumeric).unwrap_or(rest.len()).min(3);
        let after = rest.get(..signs)?.split('\n').next()?;
        let told = before.ends_with([' ', '\t', ',', '|', ';']) || !after.trim().is_empty();
        told.then(|| Self { before: before.replace(digit, "9"), after: after.to_owned() })
    }

    /// Returns where in a line a registration of any form stands at this place.
    fn plate_in(&self, line: &str) -> Option<Range<usize>> {
        let start = self.before.len();
        let same = line.get(..start)?.replace(digit, "9") == self.before;
        let rest = line.get(start..).filter(|_| same)?;
        let longest = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
        let plate = OLDER.as_ref()?.find(&rest.get(..longest)?.to_ascii_uppercase())?.range();
        let sound = plate.start == 0 && plate.end >= SHORT;
        let after = rest.get(plate.end..)?.strip_prefix(self.after.as_str())?;
        let whole = !self.after.is_empty() || after.trim().is_empty();
        (sound && whole).then_some(start..start + plate.end)
    }
}

/// The most characters of a registration, and one more.
const LONGEST: usize = 9;

fn digit(c: char) -> bool {
    c.is_ascii_digit()
}
