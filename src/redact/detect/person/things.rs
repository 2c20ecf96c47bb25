//! Names of firms and rooms that begin like somebody's.

use std::ops::Range;

use super::clues::Clue;
use super::lexicon::Class;
use super::words::{Gap, Shape};
use super::{NAMES, Page};

impl Page<'_> {
    /// Returns whether the words name a firm or a room: one that nobody bears and what firms are called
    /// (`Client: Brightbrick Lettings`), two partners and what ends the names of firms (`Hartley &
    /// Stone Ltd`), or a room after an article (`the Ada Lovelace room`).
    pub(super) fn is_house(
        &self,
        start: usize,
        end: usize,
        run: &Range<usize>,
        clue: Clue,
    ) -> bool {
        clue < Clue::Titled
            && (self.is_firm(start, end, run)
                || self.is_partnership(start, end)
                || self.is_room(run))
    }

    fn is_firm(&self, start: usize, end: usize, run: &Range<usize>) -> bool {
        end == start + 1
            && run.end > end
            && !self.class(start).has(NAMES)
            && self.class(run.end - 1).has(Class::ORG)
    }

    fn is_partnership(&self, start: usize, end: usize) -> bool {
        const ENDS: [&str; 7] = ["Ltd", "LTD", "Limited", "LLP", "plc", "PLC", "Solicitors"];
        let and = self.gap(end).has(Gap::AND);
        let other = if and { end } else { end + 1 };
        end == start + 1
            && (and || self.written(end) == "and")
            && self.word(other).is_some_and(|word| word.is_capital())
            && self.gap(other + 1).is_only(Gap::SPACE)
            && ENDS.contains(&self.written(other + 1))
    }

    fn is_room(&self, run: &Range<usize>) -> bool {
        const ROOMS: [&str; 12] = [
            "room", "suite", "ward", "building", "theatre", "hall", "wing", "unit", "centre",
            "lounge", "estate", "pub",
        ];
        let article = run.start.checked_sub(1).is_some_and(|at| {
            matches!(self.written(at), "the" | "The") && self.gap(run.start).is_only(Gap::SPACE)
        });
        article
            && self.gap(run.end).is_only(Gap::SPACE)
            && self.word(run.end).is_some_and(|word| word.shape == Shape::Lower)
            && !self.word(run.end - 1).is_some_and(|word| word.owns)
            && ROOMS.contains(&self.written(run.end))
    }
}
