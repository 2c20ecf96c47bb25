//! Where the rows of delimited text end, and how many delimiters stand before each end.

/// Ends of rows in order.
#[derive(Debug, Default)]
pub(crate) struct Ends(Vec<End>);

/// Where a row ends. Offset and delimiters are kept in one number, so that what lies between two
/// ends is the difference of two numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct End(u64);

impl End {
    #[inline(always)]
    pub(crate) fn new(offset: u32, delimiters: u32) -> Self {
        Self(u64::from(delimiters) << 32 | u64::from(offset))
    }

    /// Returns the offset of the line break, of a CRLF of its second byte.
    #[inline(always)]
    pub fn offset(self) -> usize {
        (self.0 & u64::from(u32::MAX)) as usize
    }

    /// Returns how many delimiters stand before it.
    #[inline(always)]
    pub fn delimiters(self) -> usize {
        (self.0 >> 32) as usize
    }
}

impl Ends {
    /// Takes the places of line breaks; it is told how many delimiters stand before each.
    #[inline(always)]
    pub(crate) fn fill(&mut self, places: &[u32], mut passed: impl FnMut(u32) -> u32) {
        self.0.clear();
        self.0.extend(places.iter().map(|place| End::new(*place, passed(*place))));
    }

    #[inline(always)]
    pub(crate) fn all(&self) -> &[End] {
        &self.0
    }

    /// Forgets the ends from an offset on.
    pub(crate) fn cut(&mut self, offset: usize) {
        self.0.truncate(self.0.partition_point(|end| end.offset() < offset));
    }

    /// Returns whether every row has so many fields, and more bytes than a line break but fewer
    /// than a limit. (All are looked at, however soon one has not: so it can be done by vectors.)
    #[inline(always)]
    pub(crate) fn are_regular(&self, width: usize, limit: usize) -> bool {
        let ends = self.all();
        let [first, ..] = ends else { return true };
        let [most, delimiters] = [limit, width.wrapping_sub(1)].map(|n| n.min(1 << 31) as u64);
        let row = |length: u64, found: u64| {
            u64::from(length.wrapping_sub(LEAST) > most.saturating_sub(LEAST)) | found ^ delimiters
        };
        let mut other = row(first.offset() as u64 + 1, first.delimiters() as u64);
        for (before, end) in ends.iter().zip(ends.get(1..).unwrap_or_default()) {
            let step = end.0.wrapping_sub(before.0);
            other |= row(step & u64::from(u32::MAX), step >> 32);
        }
        other == 0
    }
}

/// The bytes of the shortest row that is not blank, whatever its line break.
const LEAST: u64 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[(u32, u32)]) -> Ends {
        let mut ends = Ends::default();
        let (places, mut passed): (Vec<_>, Vec<_>) = rows.iter().rev().copied().unzip();
        ends.fill(&places.into_iter().rev().collect::<Vec<_>>(), |_| passed.pop().unwrap_or(0));
        ends
    }

    #[test]
    fn an_end_knows_the_delimiters_before_it() {
        let mut ends = of(&[(67, 9), (70, 10), (75, 12)]);
        let found: Vec<_> = ends.all().iter().map(|end| (end.offset(), end.delimiters())).collect();
        assert_eq!(found, [(67, 9), (70, 10), (75, 12)]);
        ends.cut(70);
        assert_eq!(ends.all().len(), 1);
    }

    #[test]
    fn rows_are_regular_if_each_is() {
        assert!(of(&[(4, 2), (9, 4), (30, 6)]).are_regular(3, 100));
        assert!(!of(&[(4, 2), (9, 4), (30, 6)]).are_regular(4, 100));
        assert!(!of(&[(4, 2), (9, 5), (30, 7)]).are_regular(3, 100));
        assert!(!of(&[(4, 2), (5, 4), (30, 6)]).are_regular(3, 100), "a blank line");
        assert!(!of(&[(1, 2)]).are_regular(3, 100), "a CRLF alone");
        assert!(!of(&[(4, 2), (204, 4)]).are_regular(3, 100), "an overlong row");
        assert!(of(&[]).are_regular(3, 100));
    }
}
