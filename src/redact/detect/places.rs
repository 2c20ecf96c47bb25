//! Where finds stand, for a quick look whether one meets them.

use std::ops::Range;

use super::Find;

/// Where finds stand, in order.
pub(super) struct Places(Vec<Range<usize>>);

impl Places {
    pub(super) fn of(finds: &[Find]) -> Self {
        let mut places: Vec<Range<usize>> = finds.iter().map(|find| find.0.clone()).collect();
        places.sort_by_key(|place| (place.end, place.start));
        Self(places)
    }

    /// Returns whether one of the finds shares a byte with a range.
    pub(super) fn meet(&self, range: &Range<usize>) -> bool {
        let first = self.0.partition_point(|place| place.end <= range.start);
        self.0.get(first).is_some_and(|place| place.start < range.end)
    }
}
