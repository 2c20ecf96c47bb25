//! How far apart the anchors of a line stand, looked at for many of them in one go.

/// How many of them a vector has.
const LANES: usize = 16;

/// For each part of a line and the one before it: how far apart their anchors are at least, and
/// the bits that what is beyond that cannot have. Repeated until vectors of them are full.
#[derive(Debug, Default)]
pub(super) struct Gaps {
    least: Vec<u32>,
    never: Vec<u32>,
}

impl Gaps {
    /// Takes both of each part, in order.
    pub(super) fn new(parts: impl ExactSizeIterator<Item = (usize, u32)> + Clone) -> Self {
        let repeat = if parts.len().is_multiple_of(LANES) { 1 } else { LANES };
        let all = std::iter::repeat_n(parts, repeat).flatten();
        let (least, never) = all.map(|(least, never)| (least as u32, never)).unzip();
        Self { least, never }
    }

    /// Returns whether all anchors of lines stand far enough apart. The first has a line feed
    /// right before the offset from which they are counted.
    #[inline(always)]
    pub(super) fn are_kept(&self, places: &[u32]) -> bool {
        let (Some(first), Some(least), Some(never)) =
            (places.first(), self.least.first(), self.never.first())
        else {
            return false;
        };
        let mut misplaced = first.wrapping_add(1).wrapping_sub(*least) & never;
        let (mut befores, mut rest) = (places, places.get(1..).unwrap_or_default());
        let mut from = 1;
        while !rest.is_empty() {
            let (least, never) = (
                self.least.get(from..).unwrap_or_default(),
                self.never.get(from..).unwrap_or_default(),
            );
            let length = rest.len().min(least.len());
            for (((place, before), least), never) in rest.iter().zip(befores).zip(least).zip(never)
            {
                misplaced |= place.wrapping_sub(*before).wrapping_sub(*least) & never;
            }
            rest = rest.get(length..).unwrap_or_default();
            befores = befores.get(length..).unwrap_or_default();
            from = 0;
        }
        misplaced == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_stand_as_far_apart_as_the_parts_say() {
        // A line of two parts: the first right behind the line feed before, the second anywhere.
        let gaps = Gaps::new([(5, u32::MAX), (3, 1 << 31)].into_iter());
        let lines = |second: u32| {
            let line = |nth: u32| [nth * 20 + 4, nth * 20 + 19];
            let mut places: Vec<u32> = (0..40).flat_map(line).collect();
            places[41] = second;
            places
        };
        assert!(gaps.are_kept(&lines(419)));
        assert!(!gaps.are_kept(&lines(406)), "the second part begins inside the first");
        assert!(!gaps.are_kept(&lines(418)), "the next line does not begin behind the feed");
        assert!(!gaps.are_kept(&[3, 19]), "the first part is not at the start");
        assert!(!gaps.are_kept(&[]));
    }
}
