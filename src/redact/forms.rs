//! Values that must not leave, in the normal forms in which they are searched for: by redaction in
//! the cells, by the leak gate in the finished file. Both use this one search, so that what the
//! gate would find is redacted before.

mod fold;
mod index;
mod shape;
mod tags;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::{ControlFlow, Range};

use holdall_connector::Compare;

use super::labels::{Labels, window};
use super::packed;
use index::Index;
use shape::Pattern;

pub(super) use fold::{is_invisible, reference};
pub(super) use tags::inside_word;

pub(crate) use fold::skeleton;

/// Values that must not occur in what leaves. `Debug` shows a count.
#[derive(Clone, Default)]
pub struct Withheld {
    values: Vec<Known>,
    index: Index,
    /// Values that a decision added.
    added: Index,
    own: Index,
    labels: Labels,
}

/// What kind of text is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// Data of the person: a cell, a data file, an attachment.
    Data,
    /// Text of ours around it: a page, a notice, a list of reasons.
    Page,
}

/// How far a value is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// In free text alone; the gate does not look for it.
    Text,
    /// In all data.
    Data,
    /// In data and in our own pages.
    Everywhere,
}

/// What a value is that somebody decided to take out, and so how it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A personal name.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number or code.
    Code,
    /// A text as it stands, but for case and white space.
    Text,
}

impl Sought {
    /// Returns what a text of a kind is looked for as, if it is long enough to mean what was
    /// decided about and nothing else: a name of two words, an identifier of six letters and
    /// digits, a passage of four words.
    pub fn of(kind: &str, text: &str) -> Option<Self> {
        let words = name_words(text);
        let form = skeleton(text);
        let telling = form.chars().count() >= 6 && form.chars().any(|c| c.is_ascii_digit());
        match kind {
            "person" | "name" => {
                let whole = words.len() > 1 && words.iter().all(|word| word.chars().count() > 1);
                whole.then_some(Self::Name)
            }
            "email" => text.contains('@').then_some(Self::Email),
            "phone" => telling.then_some(Self::Phone),
            "marked" if text.contains('@') => Some(Self::Email),
            "marked" if telling && words.len() < 3 => Some(Self::Code),
            "marked" | "withheld" => {
                (form.chars().count() >= 24 && words.len() > 3).then_some(Self::Text)
            }
            _ => telling.then_some(Self::Code),
        }
    }

    fn sort(self) -> Sort {
        match self {
            Self::Name => Sort::Name,
            Self::Email => Sort::Email,
            Self::Phone => Sort::Phone,
            Self::Code => Sort::Code,
            Self::Text => Sort::Literal,
        }
    }

    fn reach(self) -> Reach {
        if self == Self::Text { Reach::Data } else { Reach::Everywhere }
    }
}

/// How a value may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A personal name, or a part of one.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number or code.
    Code,
    /// As it is, but for case and white space.
    Literal,
    /// A longer text.
    Prose,
}

#[derive(Clone)]
struct Known {
    reach: Reach,
    note: usize,
}

/// A withheld value in a text.
pub(super) struct Hit {
    /// Where, in bytes.
    pub(super) range: Range<usize>,
    /// The number that the value was added with.
    pub(super) note: usize,
    /// How far it is searched for.
    pub(super) reach: Reach,
}

impl Withheld {
    /// Takes plain values, for tests of what searches for them.
    #[cfg(test)]
    pub(crate) fn of(values: &[&str]) -> Self {
        let mut builder = Builder::new(Labels::default());
        for value in values {
            builder.withhold(Sort::Literal, value, Reach::Everywhere, 0);
        }
        builder.build()
    }

    /// Returns the byte range of the first withheld value in the text, in any of its forms.
    ///
    /// Case, accents, invisible characters, white space and the separators of numbers do not
    /// count; only whole values do. A value inside one of the person's own, or inside a label of
    /// ours, is none. A base64 body that spells such a value counts as one, packed up to three times
    /// over. Takes time linear in the text.
    pub fn find(&self, text: &str, place: Where) -> Option<Range<usize>> {
        /// How often a text may be packed.
        const DEEP: usize = 3;
        let least = if place == Where::Page { Reach::Everywhere } else { Reach::Data };
        self.find_within(text, least, DEEP)
    }

    fn find_within(&self, text: &str, least: Reach, deep: usize) -> Option<Range<usize>> {
        let mut found = None;
        self.each(text, least, &mut |hit| {
            found = Some(hit.range);
            ControlFlow::Break(())
        });
        if found.is_some() || deep == 0 || text.len() < packed::SHORTEST {
            return found;
        }
        let hides = |body: &packed::Packed| {
            let inner = body.text.as_deref()?;
            self.find_within(inner, least, deep - 1)
        };
        packed::packed(text).into_iter().find(|body| hides(body).is_some()).map(|body| body.range)
    }

    /// Returns every value in the text that is searched for at least as far as `least`.
    pub(super) fn hits(&self, text: &str, least: Reach) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.each(text, least, &mut |hit| {
            hits.push(hit);
            ControlFlow::Continue(())
        });
        hits
    }

    fn each(&self, text: &str, least: Reach, visit: &mut dyn FnMut(Hit) -> ControlFlow<()>) {
        self.each_value(text, least, &mut |value, range| {
            let Some(known) = self.values.get(value) else { return ControlFlow::Continue(()) };
            visit(Hit { range, note: known.note, reach: known.reach })
        });
    }

    /// Calls `visit` with the number and the place of every value in the text.
    fn each_value(
        &self,
        text: &str,
        least: Reach,
        visit: &mut dyn FnMut(usize, Range<usize>) -> ControlFlow<()>,
    ) {
        let mut seen = |value: usize, range: Range<usize>| {
            if self.values.get(value).is_none_or(|known| known.reach < least) {
                return ControlFlow::Continue(());
            }
            if self.labels.covers(text, &range) || self.is_own(text, &range) {
                return ControlFlow::Continue(());
            }
            visit(value, range)
        };
        self.index.search(text, &mut seen);
        self.added.search(text, &mut seen);
    }

    /// Returns the numbers of the values in the text that the leak gate looks for.
    pub fn values_in(&self, text: &str) -> BTreeSet<usize> {
        let mut values = BTreeSet::new();
        self.each_value(text, Reach::Data, &mut |value, _| {
            values.insert(value);
            ControlFlow::Continue(())
        });
        values
    }

    /// Gives values up: the leak gate looks for them no longer. For what somebody decided to keep.
    pub fn give_up(&mut self, values: &BTreeSet<usize>) {
        for value in values {
            if let Some(known) = self.values.get_mut(*value) {
                known.reach = Reach::Text;
            }
        }
    }

    /// Adds values that the leak gate looks for, each with what it is: for what somebody decided
    /// to take out.
    pub fn add<'t>(&mut self, values: impl IntoIterator<Item = (Sought, &'t str)>) {
        let mut all = Vec::new();
        for (sought, text) in values {
            all.extend(patterns(sought.sort(), text).into_iter().map(|p| (self.values.len(), p)));
            self.values.push(Known { reach: sought.reach(), note: usize::MAX });
        }
        self.added = Index::new(all);
    }

    /// Returns whether the range lies inside one of the person's own values.
    pub(super) fn is_own(&self, text: &str, range: &Range<usize>) -> bool {
        let (start, end) = window(text, range);
        let Some(window) = text.get(start..end) else { return false };
        let mut inside = false;
        self.own.search(window, &mut |_, own| {
            inside = start + own.start <= range.start && range.end <= start + own.end;
            if inside { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        inside
    }

    /// Returns where the person's own values stand in the text, in bytes.
    pub(super) fn own_places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        self.own.search(text, &mut |_, own| {
            places.push(own);
            ControlFlow::Continue(())
        });
        places
    }

    /// Returns what recognises labels.
    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Returns how many values the leak gate searches for.
    pub fn len(&self) -> usize {
        self.values.iter().filter(|known| known.reach > Reach::Text).count()
    }

    /// Returns whether nothing is withheld.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Collects values and builds the search.
pub(super) struct Builder {
    labels: Labels,
    values: BTreeMap<(Sort, String), Known>,
    own: Vec<Pattern>,
}

impl Builder {
    /// Starts with nothing withheld.
    pub(super) fn new(labels: Labels) -> Self {
        Self { labels, values: BTreeMap::new(), own: Vec::new() }
    }

    /// Adds a value to search for; of a value added twice the wider reach counts, and the first
    /// note.
    pub(super) fn withhold(&mut self, sort: Sort, text: &str, reach: Reach, note: usize) {
        let form = match sort {
            Sort::Name => name_words(text).join(" "),
            _ => fold::strict(text),
        };
        let key = (sort, form);
        let known = self.values.entry(key).or_insert(Known { reach, note });
        known.reach = known.reach.max(reach);
    }

    /// Adds a value of the person's own, which shields what lies inside it.
    pub(super) fn shield(&mut self, sort: Sort, text: &str) {
        self.own.extend(patterns(sort, text));
    }

    /// Builds the search.
    pub(super) fn build(self) -> Withheld {
        let mut values = Vec::new();
        let mut all = Vec::new();
        for ((sort, text), known) in self.values {
            all.extend(patterns(sort, &text).into_iter().map(|p| (values.len(), p)));
            values.push(known);
        }
        let own = Index::new(self.own.into_iter().map(|p| (0, p)));
        Withheld {
            values,
            index: Index::new(all),
            added: Index::default(),
            own,
            labels: self.labels,
        }
    }
}

/// Returns the sort of values of a kind that compares so.
pub(super) fn sort_of(kind: &str, compare: Compare) -> Sort {
    match (kind, compare) {
        ("email", _) => Sort::Email,
        ("name", _) | (_, Compare::Name) => Sort::Name,
        (_, Compare::Phone) => Sort::Phone,
        ("address", _) => Sort::Prose,
        _ => Sort::Code,
    }
}

fn patterns(sort: Sort, text: &str) -> Vec<Pattern> {
    match sort {
        Sort::Name => shape::name(text),
        Sort::Email => shape::email(text),
        Sort::Phone => shape::phone(text),
        Sort::Code => shape::code(text),
        Sort::Literal => shape::literal(text),
        Sort::Prose => shape::prose(text),
    }
}

/// Returns the folded words of a name, titles aside.
pub(super) fn name_words(text: &str) -> Vec<String> {
    shape::name_words(text).unwrap_or_default()
}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({} values)", self.len())
    }
}

#[cfg(test)]
mod tests;
