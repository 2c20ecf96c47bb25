//! A few values as patterns in raw bytes: the shortest way past text that holds none of them.
//!
//! A pattern is sound where it stands in every spelling that normalises to its value. In text that
//! is all ASCII that holds for [`Compare::Exact`] and [`Compare::Caseless`]: white space around a
//! value and the case of its letters are all that can differ (quotes that CSV doubles and
//! characters that JSON escapes are refused here). It holds for a word of a [`Compare::Name`] too,
//! if apostrophes, which may stand anywhere in it, count as *odd* like what is beyond ASCII. In odd
//! text the caller must take another way; letters that keep it from ever being the same as a value
//! of ASCII alone ([`crate::letters`]) need it only for names. So all values but names are ASCII.
//!
//! What a pattern stands for is a whole value or word, so no letter or digit comes before or after.

use std::cmp::Reverse;

use fearless_simd::{Level, dispatch, prelude::*, u8x64};
use holdall_connector::{Compare, Lookup, Match};

use crate::masks::WORD;

/// Beyond so many values of a column a look at each field is faster.
const MOST: usize = 8;

/// A shorter pattern stands nearly everywhere.
const SHORTEST: usize = 3;

/// Bytes that are looked for in one go.
const STRIDE: usize = 16 * WORD;

/// A stride, and what a pattern that begins in it can need behind it.
type Here = [u8; STRIDE + Probe::REACH];

/// The patterns for some columns of a lookup: one stands in every record that is wanted for the
/// sake of a field of theirs that is not odd.
#[derive(Debug)]
pub struct Needles {
    patterns: Vec<Pattern>,
    /// Whether there are patterns for a match, in the order of the lookup.
    covered: Vec<bool>,
    has_names: bool,
    level: Level,
}

/// What is known of the patterns in a text so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Looked {
    /// The offset behind the first byte of the next.
    hit: Option<usize>,
    /// None begins between the last and here but that.
    passed: usize,
}

impl Needles {
    /// Returns the patterns for a lookup, or `None` if there are none that are sound and pay.
    /// `refused` are bytes that the format may write in another way.
    pub fn of(lookup: &Lookup, refused: &[u8]) -> Option<Self> {
        let (mut patterns, mut covered, mut has_names) = (Vec::new(), Vec::new(), false);
        for asked in &lookup.any {
            let found = patterns_of(asked, refused);
            covered.push(found.is_some());
            has_names |= found.is_some() && asked.compare == Compare::Name;
            patterns.extend(found.into_iter().flatten());
        }
        let pays = covered.contains(&true);
        pays.then(|| Self { patterns, covered, has_names, level: Level::new() })
    }

    /// Returns whether there are patterns for a match of the lookup.
    pub fn covers(&self, nth: usize) -> bool {
        self.covered.get(nth).copied().unwrap_or(false)
    }

    /// Returns whether names are among what is looked for.
    pub fn has_names(&self) -> bool {
        self.has_names
    }

    /// Returns the offset behind the first byte of the next pattern of a text, from an offset on,
    /// if one begins before another offset. Neither may be less than at the last look at the text:
    /// no more of it is looked at than needed, while it is in the cache.
    #[inline(always)]
    pub fn next(&self, text: &[u8], from: usize, to: usize, seen: &mut Looked) -> Option<usize> {
        if seen.hit.is_none_or(|hit| hit <= from) {
            let from = from.max(seen.passed);
            *seen =
                if from < to { self.look(text, from, to) } else { Looked { hit: None, ..*seen } };
        }
        seen.hit
    }

    #[inline(never)]
    fn look(&self, text: &[u8], from: usize, to: usize) -> Looked {
        let level = self.level;
        dispatch!(level, simd => self.first(simd, text, from, to))
    }

    #[inline(always)]
    fn first<S: Simd>(&self, simd: S, text: &[u8], from: usize, to: usize) -> Looked {
        let mut at = from;
        while at < to
            && let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty())
        {
            let found = match rest.first_chunk() {
                Some(here) => self.first_in(simd, here, text, at),
                None => self.first_in(simd, &padded(rest), text, at),
            };
            if let Some(at) = found {
                return Looked { hit: Some(at + 1), passed: at + 1 };
            }
            at += STRIDE;
        }
        Looked { hit: None, passed: at }
    }

    /// Returns where the first pattern that begins in a stride stands, of a text and an offset of it.
    #[inline(always)]
    fn first_in<S: Simd>(&self, simd: S, here: &Here, text: &[u8], at: usize) -> Option<usize> {
        let mut may_stand = false;
        for pattern in &self.patterns {
            may_stand |= pattern.may_stand(simd, here);
        }
        if may_stand { self.find_in(simd, here, text, at) } else { None }
    }

    /// The same, of a stride in which one may begin.
    #[inline(always)]
    fn find_in<S: Simd>(&self, simd: S, here: &Here, text: &[u8], at: usize) -> Option<usize> {
        let mut seen = [0; STRIDE / WORD];
        for pattern in &self.patterns {
            pattern.see(simd, here, &mut seen);
        }
        let is_seen = seen.iter().fold(0, |all, bits| all | bits) != 0;
        if is_seen { self.confirm(text, at, &seen) } else { None }
    }

    #[inline(never)]
    fn confirm(&self, text: &[u8], base: usize, seen: &[u64]) -> Option<usize> {
        for (nth, bits) in seen.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let at = base + nth * WORD + bits.trailing_zeros() as usize;
                if self.stands(text, at) {
                    return Some(at);
                }
                bits &= bits - 1;
            }
        }
        None
    }

    fn stands(&self, text: &[u8], at: usize) -> bool {
        self.patterns.iter().any(|pattern| pattern.stands(text, at))
    }
}

/// Returns the patterns for a match, or `None` if it must be looked at in another way.
fn patterns_of(asked: &Match, refused: &[u8]) -> Option<Vec<Pattern>> {
    if asked.values.len() > MOST {
        return None;
    }
    let of = |value: &String| match asked.compare {
        Compare::Exact => Pattern::of_value(value, refused, true),
        Compare::Caseless => Pattern::of_value(value, refused, false),
        Compare::Name => Pattern::of_name(value),
        _ => None,
    };
    asked.values.iter().map(of).collect()
}

/// Bytes to be found, alone.
#[derive(Debug)]
struct Pattern {
    bytes: Vec<u8>,
    has_case: bool,
    probes: [Probe; 4],
}

/// A byte of a pattern.
#[derive(Clone, Copy, Debug)]
struct Probe {
    offset: usize,
    byte: u8,
}

impl Probe {
    /// One of the first bytes of a pattern is taken: of an address, of what comes before its `@`,
    /// for many people have the rest in common.
    const REACH: usize = 16;
}

impl Pattern {
    fn of_value(value: &str, refused: &[u8], has_case: bool) -> Option<Self> {
        let is_plain = value.is_ascii()
            && !value.bytes().any(|byte| refused.contains(&byte))
            && !(is_numeric(value) && value.contains(['e', 'E']));
        if is_plain { Self::new(value, has_case) } else { None }
    }

    /// Takes the longest word of a name that no number has.
    fn of_name(name: &str) -> Option<Self> {
        let words = name.split(' ').filter(|word| word.is_ascii() && !is_numeric(word));
        Self::new(words.max_by_key(|word| word.len())?, false)
    }

    fn new(text: &str, has_case: bool) -> Option<Self> {
        let bytes = text.as_bytes();
        let local = bytes.iter().position(|byte| *byte == b'@').filter(|at| *at >= SHORTEST);
        let reach = local.unwrap_or(bytes.len()).min(Probe::REACH);
        let all = bytes.iter().take(reach).enumerate();
        let mut all: Vec<Probe> = all.map(|(offset, byte)| Probe { offset, byte: *byte }).collect();
        all.sort_by_key(|probe| (commonness(probe.byte), Reverse(probe.offset)));
        let probe = |nth: usize| all.get(nth).or(all.first()).copied();
        let probes = [probe(0)?, probe(1)?, probe(2)?, probe(3)?];
        (bytes.len() >= SHORTEST).then(|| Self { bytes: bytes.to_vec(), has_case, probes })
    }

    /// Returns whether the pattern may begin in a stride, by three of its bytes: nearly never.
    #[inline(always)]
    fn may_stand<S: Simd>(&self, simd: S, text: &Here) -> bool {
        let [a, b, c, _] = &self.probes;
        let all = a.words(text).iter().zip(b.words(text)).zip(c.words(text));
        let mut least = u8x64::splat(simd, u8::MAX);
        for ((wa, wb), wc) in all {
            let differs = a.differ(simd, wa) | b.differ(simd, wb) | c.differ(simd, wc);
            least = least.min(differs & !CASE);
        }
        least.simd_eq(0).any_true()
    }

    /// Adds a bit for each place in a stride at which the pattern may stand.
    #[inline(always)]
    fn see<S: Simd>(&self, simd: S, text: &Here, seen: &mut [u64; STRIDE / WORD]) {
        let [a, b, c, d] = &self.probes;
        let words = a.words(text).iter().zip(b.words(text));
        let all = words.zip(c.words(text)).zip(d.words(text));
        for (bits, (((wa, wb), wc), wd)) in seen.iter_mut().zip(all) {
            let all =
                a.differ(simd, wa) | b.differ(simd, wb) | c.differ(simd, wc) | d.differ(simd, wd);
            *bits |= (all & !CASE).simd_eq(0).to_bitmask();
        }
    }

    /// Returns whether the pattern stands at an offset, with no letter or digit around it.
    fn stands(&self, text: &[u8], at: usize) -> bool {
        let is_joined = |inside: Option<&u8>, beside: Option<&u8>| {
            inside.is_some_and(u8::is_ascii_alphanumeric)
                && beside.is_some_and(u8::is_ascii_alphanumeric)
        };
        let end = at + self.bytes.len();
        let Some(here) = text.get(at..end) else { return false };
        let is_same = match self.has_case {
            true => here == self.bytes,
            false => here.eq_ignore_ascii_case(&self.bytes),
        };
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        is_same && !is_joined(here.first(), before) && !is_joined(here.last(), text.get(end))
    }
}

#[cold]
fn padded(rest: &[u8]) -> Here {
    let mut here = [0; STRIDE + Probe::REACH];
    here.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    here
}

/// The bit by which letters of either case differ.
const CASE: u8 = 0x20;

impl Probe {
    /// Returns the words of a stride whose first bytes stand where this may.
    #[inline(always)]
    fn words(self, text: &Here) -> &[[u8; WORD]] {
        text.get(self.offset..self.offset + STRIDE).unwrap_or_default().as_chunks::<WORD>().0
    }

    /// Returns the bits by which each byte of a word differs.
    #[inline(always)]
    fn differ<S: Simd>(self, simd: S, word: &[u8; WORD]) -> u8x64<S> {
        u8x64::simd_from(simd, *word) ^ self.byte
    }
}

/// Returns how common a byte is, roughly: rare letters, digits, other letters, signs.
fn commonness(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b'b' | b'f' | b'g' | b'j' | b'k' | b'p' | b'q' | b'v'..=b'z' => 0,
        b'0'..=b'9' => 1,
        b'a'..=b'z' => 2,
        _ => 3,
    }
}

/// Returns whether the value could be a number, which may be written in other ways.
fn is_numeric(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

#[cfg(test)]
mod tests {
    use holdall_connector::Path;
    use proptest::prelude::*;

    use super::*;

    fn of(compare: Compare, values: &[&str]) -> Option<Needles> {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let any = vec![Match { column: Path::column("x"), compare, values }];
        Needles::of(&Lookup { table: "t".into(), any }, b"\"")
    }

    fn next(needles: &Needles, text: &[u8], from: usize) -> Option<usize> {
        needles.next(text, from, text.len(), &mut Looked::default())
    }

    #[test]
    fn case_counts_only_where_it_is_said_to() {
        let needles = of(Compare::Caseless, &["ada@example.org"]).unwrap();
        assert_eq!(next(&needles, b"1,ADA@example.org", 0), Some(3));
        assert_eq!(next(&needles, b"1,ADA@example.org", 3), None);
        let needles = of(Compare::Exact, &["ada@example.org", "bo@example.org"]).unwrap();
        assert_eq!(next(&needles, b"ADA@example.org, bo@example.org", 0), Some(18));
    }

    #[test]
    fn a_part_of_another_value_is_no_hit() {
        let needles = of(Compare::Exact, &["123457"]).unwrap();
        assert_eq!(next(&needles, b"1234570,0123457,lee123457@x,123457", 0), Some(29));
        let needles = of(Compare::Name, &["bo lee"]).unwrap();
        assert_eq!(next(&needles, b"Bo Fleet-LEE", 0), Some(10));
    }

    #[test]
    fn what_is_not_sound_is_refused() {
        assert!(of(Compare::Phone, &["07700900123"]).is_none());
        assert!(of(Compare::Exact, &["17"]).is_none());
        assert!(of(Compare::Exact, &["1e17"]).is_none());
        assert!(of(Compare::Name, &["bo 1234"]).is_none());
        assert!(of(Compare::Exact, &["said \"no\""]).is_none());
        assert!(of(Compare::Caseless, &["zo\u{eb}@example.org"]).is_none());
        let many: Vec<String> = (0..50).map(|n| format!("p{n}@example.org")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(of(Compare::Caseless, &many).is_none());
    }

    #[test]
    fn a_text_looked_at_bit_by_bit_has_the_same_patterns() {
        let needles = of(Compare::Exact, &["bo@x"]).unwrap();
        let text = [b"bo@x,", [b','; 900].as_slice()].concat().repeat(20);
        for step in [1, 30, 1000, 5000] {
            let (mut seen, mut found, mut from) = (Looked::default(), Vec::new(), 0);
            for to in (step..text.len() + step).step_by(step) {
                while let Some(hit) = needles.next(&text, from, to, &mut seen).filter(|h| *h <= to)
                {
                    found.push(hit);
                    from = hit;
                }
                from = from.max(to);
            }
            assert_eq!(found, (0..20).map(|nth| nth * 905 + 1).collect::<Vec<_>>(), "{step}");
        }
    }

    #[test]
    fn each_match_has_patterns_or_not() {
        let one = |compare, value: &str| Match {
            column: Path::column("x"),
            compare,
            values: [value.to_owned()].into(),
        };
        let any = vec![one(Compare::Exact, "17"), one(Compare::Name, "ada hart")];
        let needles = Needles::of(&Lookup { table: "t".into(), any }, b"").unwrap();
        assert_eq!([0, 1, 2].map(|nth| needles.covers(nth)), [false, true, false]);
        assert!(needles.has_names());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn a_wanted_value_that_is_not_odd_has_a_pattern(
            value in "(Mrs?|DR)?[.' ]{0,2}[A-Za-z'`-]{1,6}[ ,]{1,2}[A-Za-z0-9_]{0,6},?|[ab1.@ ]{1,20}",
            around in "[ab, ]{0,1500}",
            far in 0usize..3,
        ) {
            let shout = value.to_uppercase();
            for (compare, text) in [
                (Compare::Exact, &value), (Compare::Caseless, &shout), (Compare::Name, &shout),
            ] {
                let Some(form) = compare.normalise(&value) else { continue };
                let is_odd = text.contains(['\'', '`']) && compare == Compare::Name;
                if let Some(needles) = of(compare, &[&form]).filter(|_| !is_odd) {
                    let text = format!("{},{text},{around}", around.repeat(far));
                    let from = around.len() * far + 1;
                    let hit = next(&needles, text.as_bytes(), from);
                    prop_assert!(hit.is_some_and(|hit| hit <= from + value.len()), "{compare:?}");
                }
            }
        }
    }
}
