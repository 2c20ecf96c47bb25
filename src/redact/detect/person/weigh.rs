//! How sure it is that words are a name, by what they may be and what stands around them.

use super::Page;
use super::clues::Clue;
use super::lexicon::Class;
use super::names::{NAMES, OTHER};
use super::words::{Gap, Shape};

/// How words end that are no names: things, doings, medicines.
const ENDINGS: [&str; 42] = [
    "ing",
    "ed",
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ly",
    "ware",
    "ship",
    "ics",
    "ance",
    "ence",
    "ive",
    "ous",
    "able",
    "phone",
    "ies",
    "ology",
    "itis",
    "osis",
    "pril",
    "statin",
    "zole",
    "mycin",
    "cillin",
    "formin",
    "olol",
    "sartan",
    "oxetine",
    "zepam",
    "traline",
    "profen",
    "mab",
    "thyroxine",
    "amine",
    "idine",
    "gliptin",
    "codeine",
    "caine",
    "triptan",
    "xaban",
];

impl Page<'_> {
    /// Returns how sure it is that the words are a name; `None` if they are not taken for one.
    pub(super) fn weigh(&self, start: usize, end: usize, clue: Clue) -> Option<f32> {
        let initials = (start..end)
            .take_while(|at| self.word(*at).is_some_and(|word| word.shape == Shape::Initial))
            .count();
        match (initials, end - start) {
            (n, all) if n == all => None,
            (0, 1) => self.weigh_one(start, clue),
            (0, _) => self.weigh_many(start, end, clue),
            _ if matches!(self.written(start + initials), "St" | "ST") => Some(0.85),
            _ => {
                let small = |at: &usize| self.class(*at).has(Class::PARTICLE) && *at + 1 < end;
                let small = (start + initials..end).take_while(small).count();
                self.weigh_initials(start, start + initials + small, clue)
            }
        }
    }

    fn weigh_one(&self, at: usize, clue: Clue) -> Option<f32> {
        let class = self.class(at);
        let word = self.word(at)?;
        let month = matches!(self.written(at), "May" | "April" | "June" | "August");
        let speaks = self.next_is(at, Class::SPEECH);
        let told = clue == Clue::Acting && !self.follows_agent(at);
        let labels = self.gap(at + 1).has(Gap::COLON) && !class.has(Class::GIVEN);
        if (month && !speaks && !told || labels) && clue < Clue::Strong
            || clue == Clue::None && self.follows_article(at)
        {
            return None;
        }
        let known = class.has(NAMES);
        let loud = word.shape == Shape::Capitals && !known;
        if word.shape == Shape::Capitals && class.has(Class::STOP) && clue < Clue::Strong {
            return None;
        }
        match clue {
            Clue::Titled => Some(0.92),
            Clue::Strong if class.has(Class::STOP) && self.goes_on_in_lower(at) => None,
            Clue::Strong if (known || !class.has(OTHER)) && !loud => Some(0.85),
            Clue::Relation if known && !class.has(OTHER) => Some(0.8),
            Clue::Relation if self.is_unheard_of(at) => Some(0.65),
            _ if class.has(Class::GIVEN) => self.weigh_given(at, clue),
            _ => self.weigh_other(at, clue),
        }
    }

    /// Weighs a given name that stands alone.
    fn weigh_given(&self, at: usize, clue: Clue) -> Option<f32> {
        let (class, word) = (self.class(at), self.word(at)?);
        let long = self.written(at).chars().count() > 2 || word.shape == Shape::Capital;
        let other = class.has(OTHER);
        let weak = class.has(Class::WEAK);
        let begins = word.gap.is_start();
        let greets = word.gap.has(Gap::LINE) && self.gap(at + 1).has(Gap::COMMA);
        match clue {
            Clue::Acting | Clue::Listed if !class.has(Class::BRAND) => Some(0.75),
            _ if long && !other && !weak => Some(0.75),
            _ if !other && (greets || weak && long && !begins || self.acts(at)) => Some(0.6),
            _ if !other && self.has_company(at) => Some(0.6),
            Clue::Taken if class.has(Class::STOP) && !class.has(Class::PLACE) && !begins => {
                Some(0.6)
            }
            _ => None,
        }
    }

    /// Weighs a surname, or a word that nobody has heard of, that stands alone.
    fn weigh_other(&self, at: usize, clue: Clue) -> Option<f32> {
        let class = self.class(at);
        let surname = class.has(Class::SURNAME) && !class.has(OTHER.or(Class::WEAK));
        let unheard = self.is_unheard_of(at);
        let led = clue == Clue::Acting && !self.follows_agent(at);
        match clue {
            Clue::Acting if surname && led => Some(0.65),
            Clue::Listed if surname || unheard => Some(0.6),
            Clue::Listed if class.has(Class::WEAK) && !class.has(OTHER) => Some(0.55),
            _ if unheard && (led || self.acts(at)) => Some(0.6),
            Clue::Taken if surname && (self.acts(at) || self.leads_title(at)) => Some(0.6),
            _ => None,
        }
    }

    /// Returns whether another given name and a doing follow: `Victor and Anna got …`.
    fn has_company(&self, at: usize) -> bool {
        self.written(at + 1) == "and"
            && self.class(at + 2).has(Class::GIVEN)
            && self.word(at + 2).is_some_and(|word| word.is_capital())
            && self.acts(at + 2)
    }

    /// Returns whether `and` and somebody with a title follow: `… and Miss Ivy`.
    fn leads_title(&self, at: usize) -> bool {
        self.written(at + 1) == "and" && self.class(at + 2).has(Class::TITLE)
    }

    fn next_is(&self, at: usize, class: Class) -> bool {
        self.class(at + 1).has(class) && self.gap(at + 1).is_only(Gap::SPACE)
    }

    fn goes_on_in_lower(&self, at: usize) -> bool {
        self.word(at + 1).is_some_and(|next| next.gap == Gap::SPACE && next.shape == Shape::Lower)
    }

    /// Returns whether what follows says that somebody does something: `… was`, `… who`,
    /// `… collected`.
    pub(super) fn acts(&self, at: usize) -> bool {
        const VERBS: [&str; 33] = [
            "is", "was", "has", "had", "did", "does", "would", "could", "will", "can", "should",
            "may", "might", "must", "who", "also", "never", "always", "then", "later", "took",
            "gave", "got", "made", "put", "ran", "sat", "kept", "held", "plays", "presents",
            "brought", "born",
        ];
        let next = self.written(at + 1);
        self.goes_on_in_lower(at)
            && (VERBS.contains(&next)
                || self.class(at + 1).has(Class::SPEECH)
                || next.len() > 4 && next.ends_with("ed"))
    }

    /// Returns whether `by`, `with` or `and` stands before, but not as in `approved by`: something
    /// else may follow.
    fn follows_agent(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let done = before.checked_sub(1).is_some_and(|verb| {
            ["ed", "wn", "en"].iter().any(|end| self.written(verb).ends_with(end))
        });
        matches!(self.written(before), "by" | "with" | "and") && !done
    }

    /// Returns whether the word is in no list, and not made like a thing, a doing or a medicine.
    pub(super) fn is_unheard_of(&self, at: usize) -> bool {
        if self.class(at) != Class::default() {
            return false;
        }
        let written = self.written(at);
        let several = written.strip_suffix('s').unwrap_or_default();
        let letters = several.len() > 1 && several.bytes().all(|b| b.is_ascii_uppercase());
        let mixed = written.bytes().take_while(u8::is_ascii_uppercase).count() > 1;
        !letters
            && !mixed
            && written.chars().count() > 2
            && self.word(at).is_some_and(|word| word.shape == Shape::Capital)
            && !ENDINGS.iter().any(|ending| written.ends_with(ending))
    }

    /// Returns whether an article stands before: `the Rose and Crown`.
    fn follows_article(&self, at: usize) -> bool {
        const ARTICLES: [&str; 10] =
            ["the", "The", "this", "that", "our", "your", "their", "its", "any", "each"];
        self.gap(at).is_only(Gap::SPACE)
            && at.checked_sub(1).is_some_and(|before| ARTICLES.contains(&self.written(before)))
    }

    fn weigh_many(&self, start: usize, end: usize, clue: Clue) -> Option<f32> {
        let (first, last) = (self.class(start), self.class(end - 1));
        let loud = (start..end).all(|at| self.is_loud(at));
        let sentence = self.gap(start).is_start() && clue < Clue::Acting;
        let given = first.has(Class::GIVEN);
        let plain = given && !first.has(OTHER.or(Class::WEAK));
        let family = last.has(Class::SURNAME);
        let sure = family && !last.has(OTHER.or(Class::WEAK));
        if clue >= Clue::Strong && !loud {
            return Some(0.92);
        }
        // A date: `EDD June`.
        let month = matches!(self.written(end - 1), "May" | "April" | "June" | "August");
        if month && !loud && self.is_loud(start) && end - start == 2 {
            return None;
        }
        let weak = given && !plain;
        let trust = match (given, family) {
            (true, true) if weak && sentence && last.has(OTHER) => 0.0,
            (true, true) if first.has(Class::PLACE) && last.has(Class::PLACE) => 0.0,
            (true, true) => 0.9,
            (true, false) if last.has(Class::GIVEN) => 0.85,
            (true, false) if plain && (!loud || self.written(end - 1).chars().count() > 4) => 0.8,
            (true, false) if !loud && !first.has(Class::PLACE) => 0.65,
            (true, false) if !loud && self.is_unheard_of(end - 1) => 0.6,
            (false, true) if sure && !first.has(OTHER) => 0.75,
            (false, _) if !first.has(OTHER) && self.is_joined(start, end) => 0.7,
            (false, true) if !first.has(OTHER) && self.is_named_within(start, end) => 0.75,
            (false, false) if last.has(Class::GIVEN) && first.has(Class::SURNAME) => 0.7,
            _ if clue >= Clue::Acting && !first.has(OTHER) && !loud => 0.6,
            _ if loud && clue >= Clue::Strong => 0.7,
            _ if clue == Clue::Taken && self.are_unheard_of(start, end) => 0.55,
            _ => 0.0,
        };
        (trust > 0.0).then_some(trust)
    }

    /// Returns whether two words are neither known nor made like ordinary words.
    fn are_unheard_of(&self, start: usize, end: usize) -> bool {
        end - start == 2
            && !self.word(end).is_some_and(|next| next.is_capital() && next.gap.is_only(Gap::SPACE))
            && (start..end).all(|at| self.is_unheard_of(at))
    }

    /// Returns whether a word between the first and last is a name and nothing else.
    fn is_named_within(&self, start: usize, end: usize) -> bool {
        (start + 1..end - 1).any(|at| {
            let class = self.class(at);
            class.has(NAMES) && !class.has(OTHER.or(Class::WEAK))
        })
    }

    /// Returns whether a small word joins the parts of the name: `Imke van der Merwe`.
    fn is_joined(&self, start: usize, end: usize) -> bool {
        (start + 1..end).any(|at| {
            self.class(at).has(Class::PARTICLE)
                && self.word(at).is_some_and(|word| word.shape == Shape::Lower)
        })
    }

    fn weigh_initials(&self, start: usize, name: usize, clue: Clue) -> Option<f32> {
        let class = self.class(name);
        let dotted = self.gap(name).has(Gap::DOT);
        let known = class.has(Class::SURNAME);
        let lettered = start.checked_sub(1).is_some_and(|at| {
            self.class(at).has(Class::STOP)
                && !self.class(at).has(Class::LABEL)
                && !self.written(at).ends_with("ed")
                && self.word(at).is_some_and(|word| word.is_capital())
                && self.gap(start).is_only(Gap::SPACE)
        });
        let pronoun = matches!(self.written(start), "I" | "A") && !dotted && name == start + 1;
        let long = self.written(name).chars().count() > if known { 1 } else { 2 };
        let line = self.gap(start).has(Gap::LINE)
            && self.word(name + 1).is_none_or(|next| {
                next.gap.has(Gap::LINE) || next.shape == Shape::Number && next.gap == Gap::SPACE
            })
            && long
            && !class.has(OTHER.or(Class::WEAK));
        let sound = match (dotted, known) {
            _ if clue >= Clue::Strong || line => true,
            (_, false) if class.has(OTHER) => false,
            (true, _) => long,
            (false, true) if pronoun => {
                !class.has(OTHER.or(Class::WEAK)) && !self.gap(start).is_start()
                    || clue >= Clue::Acting
            }
            (false, true) => !lettered || clue >= Clue::Acting,
            (false, false) => (clue >= Clue::Acting || self.acts(name)) && !pronoun && long,
        };
        sound.then_some(if known { 0.88 } else { 0.7 })
    }
}
