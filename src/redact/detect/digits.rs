//! The digits of a text: runs of them, what stands around each, and the groups in which numbers are
//! written.

use std::ops::Range;

use super::glance::places;

/// Digits next to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Their first byte.
    pub(super) start: usize,
    /// The byte after their last.
    pub(super) end: usize,
    /// How many digits stand together here, this run's among them: with nothing but a few signs
    /// between them.
    pub(super) cluster: usize,
    /// What stands around them.
    pub(super) marks: Marks,
}

impl Run {
    /// Returns how many digits there are.
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// What stands around digits: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

impl Marks {
    /// A letter stands before, with no more than three signs between.
    pub(super) const LED: Self = Self(1);
    /// Two letters and no more stand right before: `GB29`.
    pub(super) const PAIRED: Self = Self(1 << 1);
    /// Two letters and no more stand right after: `2AB`.
    pub(super) const INWARD: Self = Self(1 << 2);
    /// A capital stands beside them, with no more than a sign between.
    pub(super) const CAPITAL: Self = Self(1 << 3);
    /// An `o` stands before, as in `BFPO 12`.
    pub(super) const POSTED: Self = Self(1 << 4);
    /// A nought begins them, or a plus stands before.
    pub(super) const DIALLED: Self = Self(1 << 5);
    /// What is common to all.
    const ALWAYS: Self = Self(1 << 6);

    /// Returns what is in either set.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether the sets have something in common.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn of(bytes: &[u8], start: usize, end: usize) -> Self {
        let before = |by: usize| start.checked_sub(by).and_then(|at| bytes.get(at)).copied();
        let after = |by: usize| bytes.get(end + by).copied();
        let letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic());
        let capital = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_uppercase());
        let word = |b: Option<u8>| b.is_some_and(is_word);
        let mut marks = Self::ALWAYS;
        let mut mark = |is: bool, one: Self| marks = if is { marks.or(one) } else { marks };
        let signs = (1..=4).take_while(|by| !word(before(*by)) && before(*by).is_some()).count();
        mark(letter(before(signs + 1)), Self::LED);
        mark(letter(before(1)) && letter(before(2)) && !word(before(3)), Self::PAIRED);
        mark(letter(after(0)) && letter(after(1)) && !word(after(2)), Self::INWARD);
        let last = before(if matches!(before(1), Some(b' ' | b'-')) { 2 } else { 1 });
        let next = after(usize::from(matches!(after(0), Some(b' ' | b'-'))));
        mark(capital(last) || capital(next), Self::CAPITAL);
        mark(matches!(before(signs + 1), Some(b'o' | b'O')), Self::POSTED);
        let plus = (1..=2).any(|by| before(by) == Some(b'+'));
        mark(bytes.get(start) == Some(&b'0') || plus, Self::DIALLED);
        marks
    }
}

/// Returns whether a byte is a letter, a digit or an underscore.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns whether a word of ASCII starts or ends at this place.
pub(super) fn is_edge(bytes: &[u8], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| is_word(*b));
    word(at.checked_sub(1)) != word(Some(at))
}

/// Returns the runs of digits of a text.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut runs: Vec<Run> = Vec::new();
    for at in places(bytes, |b| b.is_ascii_digit()) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end += 1,
            None => runs.push(Run { start: at, end: at + 1, cluster: 0, marks: Marks::default() }),
        }
    }
    for run in &mut runs {
        run.marks = Marks::of(bytes, run.start, run.end);
    }
    count(bytes, &mut runs);
    runs
}

/// Counts the digits that stand together.
fn count(bytes: &[u8], runs: &mut [Run]) {
    /// So many signs may stand between digits of a number: `+44-) (0`.
    const SIGNS: usize = 6;
    let near = |a: &Run, b: &Run| {
        b.start - a.end <= SIGNS
            && bytes.get(a.end..b.start).is_some_and(|gap| !gap.iter().any(|b| is_word(*b)))
    };
    for cluster in runs.chunk_by_mut(near) {
        let digits = cluster.iter().map(Run::len).sum();
        cluster.iter_mut().for_each(|run| run.cluster = digits);
    }
}

/// How a number is written: groups of digits, and what stands between them.
pub(super) struct Shape {
    /// How many digits each group has.
    pub(super) groups: &'static [usize],
    /// The signs that may stand between groups.
    pub(super) signs: &'static [u8],
    /// How few and how many do.
    pub(super) between: (usize, usize),
}

impl Shape {
    /// Returns where a number ends that starts with these digits and is written so. Most are of other
    /// lengths than its first group, which is seen at once.
    pub(super) fn of(&self, bytes: &[u8], run: &Run) -> Option<usize> {
        let first = *self.groups.first()?;
        let joined = self.groups.len() > 1 && self.between.0 == 0;
        let sound = run.len() == first || run.len() > first && joined;
        sound.then(|| self.end(bytes, run.start)).flatten()
    }

    /// Returns where a number that starts at this byte and is written so ends; no letter, digit or
    /// underscore follows it.
    pub(super) fn end(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let mut at = start;
        for (number, size) in self.groups.iter().enumerate() {
            if number > 0 {
                let rest = bytes.get(at..)?.iter().take(self.between.1);
                let gap = rest.take_while(|b| self.signs.contains(b)).count();
                at = (gap >= self.between.0).then_some(at + gap)?;
            }
            let group = bytes.get(at..at + size)?;
            at = group.iter().all(u8::is_ascii_digit).then_some(at + size)?;
        }
        is_edge(bytes, at).then_some(at)
    }
}

/// Returns the ends of the digits from here on, as long as no more than one of the signs stands
/// between two of them.
pub(super) fn ends(bytes: &[u8], start: usize, signs: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = start;
    std::iter::from_fn(move || {
        let end = bytes.get(at).is_some_and(u8::is_ascii_digit).then_some(at + 1)?;
        at = end + usize::from(bytes.get(end).is_some_and(|b| signs.contains(b)));
        Some(end)
    })
}

/// Returns where one to `most` letters stand that lead the digits: right before them, or with one
/// of the signs between.
pub(super) fn lead(bytes: &[u8], digits: usize, most: usize, signs: &[u8]) -> Option<Range<usize>> {
    let head = bytes.get(..digits)?;
    let end = match head.split_last() {
        Some((sign, rest)) if signs.contains(sign) => rest.len(),
        _ => head.len(),
    };
    let letters = head.get(..end)?.iter().rev().take(most + 1);
    let length = letters.take_while(|b| b.is_ascii_alphabetic()).count();
    let start = end.checked_sub(length)?;
    ((1..=most).contains(&length) && is_edge(bytes, start)).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_knows_what_stands_around_it() {
        let all = |text: &str| -> Vec<(usize, Marks)> {
            runs(text).iter().map(|run| (run.cluster, run.marks)).collect()
        };
        assert_eq!(
            all("call 07700 900123 or 12").iter().map(|r| r.0).collect::<Vec<_>>(),
            [11, 11, 2]
        );
        assert!(all("+44 (0) 20")[2].0 == 5);
        assert!(all("LU1 2AB")[1].1.has(Marks::INWARD) && !all("LU1 2ABC")[1].1.has(Marks::INWARD));
        assert!(all("GB29 NW")[0].1.has(Marks::PAIRED) && !all("xGB29")[0].1.has(Marks::PAIRED));
        assert!(all("NI: 12")[0].1.has(Marks::LED) && !all("12")[0].1.has(Marks::LED));
        assert!(all("BFPO 12")[0].1.has(Marks::POSTED));
    }

    #[test]
    fn groups_are_those_of_the_shape() {
        let shape = Shape { groups: &[3, 3, 4], signs: b" -", between: (0, 1) };
        assert_eq!(shape.end(b"943 476 5919.", 0), Some(12));
        assert_eq!(shape.end(b"9434765919", 0), Some(10));
        assert_eq!(shape.end(b"943  476 5919", 0), None);
        assert_eq!(shape.end(b"94347659190", 0), None);
        for (text, end) in [("943 476 5919.", Some(12)), ("9434765919", Some(10)), ("94 347", None)]
        {
            assert_eq!(shape.of(text.as_bytes(), &runs(text)[0]), end, "{text}");
        }
        assert!(ends(b"12 3--4", 0, b" -").eq([1, 2, 4]));
        assert_eq!(lead(b"x SW-1234", 5, 3, b" -"), Some(2..4));
        assert_eq!(lead(b"xSWIT1234", 5, 3, b" -"), None);
    }
}
