//! One pass over a text for any number of values: an Aho–Corasick automaton over the letters and
//! digits of the folded text. Time is linear in the text; memory does not depend on it.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use super::fold::step;
use super::shape::{Pattern, Shape, whole};

/// Patterns to search, each with the number of the value it writes.
#[derive(Clone, Default)]
pub(super) struct Index {
    automaton: Option<NFA>,
    patterns: Vec<Entry>,
    longest: usize,
    broken: bool,
    starts: Starts,
}

/// The bytes with which a pattern starts.
#[derive(Clone)]
struct Starts([bool; 256]);

impl Default for Starts {
    fn default() -> Self {
        Self([false; 256])
    }
}

impl Starts {
    fn add(&mut self, byte: u8) {
        for byte in [byte, byte.to_ascii_uppercase()] {
            if let Some(starts) = self.0.get_mut(usize::from(byte)) {
                *starts = true;
            }
        }
    }

    /// Returns the next place from `at` on where a whole value may start: a byte that starts one
    /// and that no letter or digit touches, or one that has to be decoded first.
    fn next(&self, bytes: &[u8], at: usize) -> usize {
        let mut joined =
            at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let rest = bytes.get(at..).unwrap_or_default();
        let found = rest.iter().position(|byte| {
            let starts = self.0.get(usize::from(*byte)).copied().unwrap_or(true) && !joined;
            joined = byte.is_ascii_alphanumeric();
            starts || *byte >= 0x80 || matches!(byte, b'&' | b'%')
        });
        found.map_or(bytes.len(), |found| at + found)
    }
}

#[derive(Clone)]
struct Entry {
    shape: Shape,
    length: usize,
    value: usize,
}

impl Index {
    /// Builds the index. Patterns of which nothing can be searched are left out.
    pub(super) fn new(patterns: impl IntoIterator<Item = (usize, Pattern)>) -> Self {
        let mut all: Vec<(usize, Pattern)> =
            patterns.into_iter().filter(|(_, p)| !p.text.is_empty()).collect();
        all.sort();
        all.dedup();
        let automaton = NFA::builder()
            .match_kind(MatchKind::Standard)
            .build(all.iter().map(|(_, p)| p.text.as_bytes()))
            .ok();
        let broken = automaton.is_none();
        let mut starts = Starts::default();
        for byte in all.iter().filter_map(|(_, p)| p.text.bytes().next()) {
            starts.add(byte);
        }
        let patterns: Vec<Entry> = all
            .into_iter()
            .map(|(value, p)| Entry { shape: p.shape, length: p.text.chars().count(), value })
            .collect();
        let longest = patterns.iter().map(|p| p.length).max().unwrap_or(0);
        Self { automaton, patterns, longest, broken, starts }
    }

    /// Calls `visit` with every whole value in the text: its number and its byte range. Ranges come
    /// in the order of their ends and may overlap. An index too large to be built (beyond 2³¹ states)
    /// finds everything: nothing leaves unsearched.
    pub(super) fn search(
        &self,
        text: &str,
        visit: &mut dyn FnMut(usize, Range<usize>) -> ControlFlow<()>,
    ) {
        if self.broken {
            let _ = visit(0, 0..text.len());
            return;
        }
        let Some(nfa) = self.automaton.as_ref().filter(|_| self.longest > 0) else { return };
        let Ok(start) = nfa.start_state(Anchored::No) else { return };
        let mut state = start;
        let mut places: VecDeque<Range<usize>> = VecDeque::with_capacity(self.longest + 1);
        let mut buffer = [0; 4];
        let mut at = 0;
        while at < text.len() {
            if state == start {
                // Nothing has begun: what came before is of no more use.
                places.clear();
                at = self.starts.next(text.as_bytes(), at);
            }
            let next = step(text, at, &mut |c, place| {
                if !c.is_alphanumeric() {
                    return ControlFlow::Continue(());
                }
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    state = nfa.next_state(Anchored::No, state, byte);
                }
                if places.len() == self.longest {
                    places.pop_front();
                }
                places.push_back(place);
                if nfa.is_special(state) && nfa.is_match(state) {
                    for index in 0..nfa.match_len(state) {
                        let pattern = nfa.match_pattern(state, index).as_usize();
                        self.settle(pattern, text, &mut places, visit)?;
                    }
                }
                ControlFlow::Continue(())
            });
            match next {
                ControlFlow::Continue(next) => at = next,
                ControlFlow::Break(()) => return,
            }
        }
    }

    fn settle(
        &self,
        pattern: usize,
        text: &str,
        places: &mut VecDeque<Range<usize>>,
        visit: &mut dyn FnMut(usize, Range<usize>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let Some(entry) = self.patterns.get(pattern) else { return ControlFlow::Continue(()) };
        let places = places.make_contiguous();
        let Some(matched) = places.len().checked_sub(entry.length).and_then(|at| places.get(at..))
        else {
            return ControlFlow::Continue(());
        };
        match whole(&entry.shape, text, matched) {
            Some(range) => visit(entry.value, range),
            None => ControlFlow::Continue(()),
        }
    }
}
