//! What the words around a stretch of capitals say of it.

use super::lexicon::{Class, digest};
use super::words::{Gap, Shape};
use super::{Name, Page};

/// How much the words around speak for a person. Ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clue {
    /// Nothing does.
    None,
    /// A person may stand here: `with …`.
    Taken,
    /// Little else stands here: `told …`, `… said`.
    Acting,
    /// People stand before, in a list.
    Listed,
    /// A tie of work: `the solicitor …`.
    Relation,
    /// A tie of family, a field, a greeting, a signature, an address.
    Strong,
    /// A title.
    Titled,
}

impl Page<'_> {
    /// Returns the best clue for the words `start..end`. `last` is the name found before.
    pub(super) fn clue(&self, start: usize, end: usize, last: Option<&Name>) -> Clue {
        if self.signs_alone(start, end)
            || self.is_speaker(start, end)
            || self.is_owner_of_kin(end)
            || self.is_alias(start, last)
            || self.is_behind_code(start, end)
            || self.is_family(start, end)
        {
            return Clue::Strong;
        }
        let before = self.clue_before(start, end).max(self.clue_of_list(start, last));
        before.max(self.clue_after(start, end)).max(self.clue_of_mail(start, end))
    }

    fn clue_before(&self, start: usize, end: usize) -> Clue {
        let Some(word) = self.word(start) else { return Clue::None };
        if self.is_after_care_of(word.range.start) {
            return Clue::Strong;
        }
        let Some(before) = start.checked_sub(1) else { return Clue::None };
        let (gap, class) = (word.gap, self.class(before));
        if self.is_title(before) || self.is_numbered_rank(before) {
            return Clue::Titled;
        }
        if self.is_numbered_label(before, gap) || self.is_chat_line(before, end) {
            return Clue::Strong;
        }
        if self.is_surname_told(before, start) {
            return Clue::Titled;
        }
        if self.is_labelled(before, start) {
            return Clue::Strong;
        }
        if class.has(Class::SIGN_OFF) && self.signs(before, start, end) {
            return Clue::Strong;
        }
        if self.written(before) == "I"
            && gap.has(Gap::COMMA)
            && self.word(end).is_none_or(|word| word.gap.has(Gap::COMMA))
        {
            return Clue::Strong;
        }
        if self.written(before) == "you"
            && gap.has(Gap::COMMA)
            && self.word(end).is_none_or(|word| word.gap != Gap::SPACE)
        {
            return Clue::Strong;
        }
        if gap.is_only(Gap::SPACE.or(Gap::OPEN)) && self.is_one_called(before) {
            return Clue::Strong;
        }
        let bracketed = gap.is_only(Gap::SPACE.or(Gap::OPEN)) && gap.has(Gap::SPACE);
        if bracketed && gap.has(Gap::OPEN) && class.has(Class::KIN) && self.is_closed(end) {
            return Clue::Strong;
        }
        if !gap.is_only(Gap::SPACE_OR_COMMA) {
            return Clue::None;
        }
        if class.has(Class::GREET) && gap.is_only(Gap::SPACE) && self.gap(before).is_start()
            || class.has(Class::KIN)
                && !self.class(before).has(Class::TITLE)
                && !self.is_given_kin(before)
            || self.is_said_of(before)
        {
            return Clue::Strong;
        }
        if class.has(Class::RELATION) {
            return Clue::Relation;
        }
        self.taken(before, gap)
    }

    fn taken(&self, before: usize, gap: Gap) -> Clue {
        let class = self.class(before);
        let beginning = self.gap(before).is_start();
        let lower = self.word(before).is_some_and(|word| word.shape == Shape::Lower || beginning);
        const NAMING: [&str; 5] = ["name", "its", "it's", "it\u{2019}s", "i'm"];
        let naming = NAMING.iter().any(|word| self.written(before).eq_ignore_ascii_case(word));
        let told = naming || self.is_given_to(before);
        if gap.is_only(Gap::SPACE) && told || self.owns_name(before, gap) {
            return Clue::Acting;
        }
        match (lower && gap.is_only(Gap::SPACE), class) {
            (true, class) if class.has(Class::SAY) => Clue::Acting,
            (true, class) if class.has(Class::SPEECH) && beginning => Clue::Taken,
            (true, class) if class.has(Class::TAKER) => Clue::Taken,
            _ => Clue::None,
        }
    }

    /// Returns whether the person just named is said to be called so: `Tomasz Darko is known as …`.
    fn is_alias(&self, start: usize, last: Option<&Name>) -> bool {
        const WORDS: usize = 4;
        let said = start.checked_sub(1).is_some_and(|at| match self.written(at) {
            "as" => at.checked_sub(1).is_some_and(|known| self.written(known) == "known"),
            written => ["aka", "alias", "n\u{e9}e", "nee"].contains(&written),
        });
        said && self.gap(start).is_only(Gap::SPACE.or(Gap::OPEN))
            && last.is_some_and(|last| last.end < start && last.end + WORDS >= start)
    }

    /// Returns whether the word is the `to` of what is done to people: `given to …`, `spoke to …`.
    fn is_given_to(&self, at: usize) -> bool {
        const DONE: [&str; 15] = [
            "given",
            "handed",
            "lent",
            "spoke",
            "spoken",
            "speak",
            "speaking",
            "talked",
            "talk",
            "talking",
            "chatted",
            "married",
            "related",
            "apologised",
            "complained",
        ];
        let done = at.checked_sub(1).is_some_and(|verb| DONE.contains(&self.written(verb)));
        self.written(at) == "to" && done
    }

    /// Returns whether a closing bracket follows.
    fn is_closed(&self, end: usize) -> bool {
        let from = self.word(end.saturating_sub(1)).map_or(0, |word| word.range.end);
        self.text.get(from..).is_some_and(|rest| rest.starts_with(')'))
    }

    /// Returns whether the word is `called` or `named` after somebody: `a man called …`. Animals and
    /// places are called something too.
    fn is_one_called(&self, at: usize) -> bool {
        const PEOPLE: [&str; 20] = [
            "adult",
            "colleague",
            "man",
            "woman",
            "lad",
            "lass",
            "boy",
            "girl",
            "guy",
            "bloke",
            "chap",
            "lady",
            "person",
            "someone",
            "somebody",
            "men",
            "women",
            "child",
            "kid",
            "passenger",
        ];
        matches!(self.written(at), "called" | "named")
            && at.checked_sub(1).is_some_and(|who| PEOPLE.contains(&self.written(who)))
    }

    /// Returns whether the word is `name's` or `it's`, which is cut before the `s`.
    fn owns_name(&self, before: usize, gap: Gap) -> bool {
        gap.is_only(Gap::SPACE)
            && self.word(before).is_some_and(|word| word.owns)
            && matches!(self.written(before), "name" | "Name" | "it" | "It")
    }

    /// Returns whether a rank and this number stand before: `PC 4471 …`.
    fn is_numbered_rank(&self, number: usize) -> bool {
        let ranked = number.checked_sub(1).is_some_and(|at| {
            self.class(at).has(Class::SOFT_TITLE)
                && self.word(at).is_some_and(|word| word.shape == Shape::Capitals)
        });
        ranked
            && self.word(number).is_some_and(|word| word.shape == Shape::Number)
            && self.gap(number).is_only(Gap::SPACE)
            && self.gap(number + 1).is_only(Gap::SPACE)
    }

    /// Returns whether the given name ends the text after a whole sentence.
    fn signs_alone(&self, start: usize, end: usize) -> bool {
        end == self.words.len()
            && end == start + 1
            && start > 0
            && self.class(start).has(Class::GIVEN)
            && (self.gap(start).has(Gap::LINE) || self.gap(start).has(Gap::DOT))
    }

    /// Returns whether the word begins a line of a chat: a colon and a small letter follow, and so
    /// they do on another line.
    fn is_speaker(&self, start: usize, end: usize) -> bool {
        let class = self.class(start);
        let other = Class::STOP.or(Class::LABEL).or(Class::JOB).or(Class::ORG);
        if end != start + 1 || !self.gap(start).has(Gap::LINE) || class.has(other) {
            return false;
        }
        let said = |from: &str| {
            let rest = from.strip_prefix(": ").unwrap_or_default();
            rest.starts_with(|c: char| c.is_lowercase())
        };
        let chats = || self.text.lines().filter(|line| is_said(line)).nth(1).is_some();
        let from = self.word(start).map_or(0, |word| word.range.end);
        said(self.text.get(from..).unwrap_or_default()) && *self.chats.get_or_init(chats)
    }

    /// Returns whether a label with this number stands before: `Applicant 1: …`.
    fn is_numbered_label(&self, number: usize, gap: Gap) -> bool {
        let short = self.word(number).is_some_and(|word| word.range.len() <= 2);
        let field = number.checked_sub(1).is_some_and(|label| {
            self.gap(label).is_start() && self.word(label).is_some_and(|word| word.is_capital())
        });
        (gap.has(Gap::COLON) || field && short && gap.is_only(Gap::SPACE))
            && self.word(number).is_some_and(|word| word.shape == Shape::Number)
            && self.gap(number).is_only(Gap::SPACE)
            && number.checked_sub(1).is_some_and(|at| self.class(at).has(Class::LABEL))
    }

    /// Returns whether a time stands before and a colon after, as in a chat: `18:44 - Dee: hi`.
    pub(super) fn is_chat_line(&self, before: usize, end: usize) -> bool {
        let timed = |at: usize| {
            self.word(at).is_some_and(|w| w.shape == Shape::Number && w.range.len() <= 2)
        };
        if !timed(before) {
            return false;
        }
        let from = self.word(end.saturating_sub(1)).map_or(0, |word| word.range.end);
        let colon = self.text.get(from..).is_some_and(|rest| rest.starts_with(": "));
        let field = self.class(before + 1).has(Class::STOP.or(Class::LABEL))
            && !self.class(before + 1).has(Class::GIVEN.or(Class::SURNAME))
            || self.gap(before + 1).has(Gap::LINE);
        colon && !field && before.checked_sub(1).is_some_and(timed)
    }

    /// Returns whether the word is a title of the next.
    pub(super) fn is_title(&self, at: usize) -> bool {
        let class = self.class(at);
        let gap = self.gap(at + 1);
        let dotted = gap.is_only(Gap::SPACE_OR_DOT) && gap != Gap::default();
        let soft = class.has(Class::SOFT_TITLE)
            && !self.is_given_kin(at)
            && gap.is_only(Gap::SPACE)
            && self.word(at).is_some_and(|word| word.shape != Shape::Lower)
            && !self.is_of_surname(at);
        (class.has(Class::TITLE) && dotted) || soft
    }

    /// Returns whether a word of kin is a given name: a surname and no given name follows, as in `Nana
    /// Boateng`.
    fn is_given_kin(&self, at: usize) -> bool {
        let (class, next) = (self.class(at), self.class(at + 1));
        class.has(Class::KIN)
            && class.has(Class::USUAL)
            && next.has(Class::SURNAME)
            && !next.has(Class::GIVEN)
    }

    /// Returns whether a tie and a word like `called` stand before: `a friend called …`.
    fn is_said_of(&self, before: usize) -> bool {
        const WORDS: [&str; 7] = ["called", "named", "is", "was", "are", "were", "by"];
        let tie =
            |at: usize| self.class(at).has(Class::TIE) && self.gap(at + 1).is_only(Gap::SPACE);
        let written = self.written(before);
        let back = |by: usize| before.checked_sub(by).is_some_and(tie);
        WORDS.contains(&written) && back(1)
            || matches!(written, "called" | "named") && (back(2) || back(1))
    }

    fn is_after_care_of(&self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default().trim_end();
        let ends = |end: &str| {
            before.len().checked_sub(end.len()).and_then(|cut| before.get(cut..)) == Some(end)
        };
        ends("c/o") || ends("C/O") || ends("C/o")
    }

    /// Returns whether the words end a line after the last word of a farewell.
    fn signs(&self, before: usize, start: usize, end: usize) -> bool {
        let gap = self.gap(start);
        let ends = self.word(end).is_none_or(|word| word.gap.has(Gap::LINE));
        let line = gap.has(Gap::LINE) || self.gap(before).is_start() || gap.has(Gap::COMMA);
        let farewell = !self.class(before).has(Class::STOP) || gap.has(Gap::LINE) || ends;
        !gap.has(Gap::DOT) && !gap.has(Gap::COLON) && ends && (line || farewell)
    }

    /// Returns whether the words stand in a list of people.
    fn clue_of_list(&self, start: usize, last: Option<&Name>) -> Clue {
        let Some(last) = last else { return Clue::None };
        let gap = self.gap(start);
        let joined = last.end == start && gap.is_only(Gap::SPACE_OR_COMMA) && gap.has(Gap::COMMA)
            || last.end == start && gap.has(Gap::AND)
            || last.end + 1 == start && matches!(self.written(last.end), "and" | "or");
        if joined { Clue::Listed } else { Clue::None }
    }

    fn clue_after(&self, start: usize, end: usize) -> Clue {
        let Some(next) = self.word(end) else { return Clue::None };
        let class = next.class;
        let many = end - start > 1;
        if self.is_asked_after(start, end) {
            return Clue::Acting;
        }
        if next.gap.is_only(Gap::SPACE) && class.has(Class::SPEECH) && next.shape == Shape::Lower {
            return Clue::Acting;
        }
        if many && self.is_before_address(end) {
            return Clue::Strong;
        }
        if !many && next.gap == Gap::COMMA && next.is_capital() && class.has(Class::GIVEN) {
            return Clue::Acting;
        }
        let tied = class.has(Class::TIE.or(Class::JOB));
        let described = next.gap.has(Gap::COMMA) || next.gap.has(Gap::OPEN);
        let signature = next.gap.has(Gap::LINE) && self.gap(start).has(Gap::LINE);
        let close = !next.gap.has(Gap::DOT) && (described && !next.gap.has(Gap::LINE) || signature);
        if many && tied && close { Clue::Strong } else { Clue::None }
    }

    /// Returns whether the words stand in a question: `did … tell`.
    fn is_asked_after(&self, start: usize, end: usize) -> bool {
        const ASKS: [&str; 8] = ["did", "does", "has", "had", "was", "is", "Did", "Does"];
        let asked = start.checked_sub(1).is_some_and(|at| ASKS.contains(&self.written(at)));
        let verb = Class::SPEECH.or(Class::SAY);
        asked
            && self.gap(start).is_only(Gap::SPACE)
            && self.gap(end).is_only(Gap::SPACE)
            && self.class(end).has(verb)
            && self.word(end).is_some_and(|word| word.shape == Shape::Lower)
    }

    /// Returns whether an e-mail address in angle brackets follows: `A B <a@b>`.
    pub(super) fn is_before_address(&self, end: usize) -> bool {
        let from = self.word(end - 1).map_or(0, |word| word.range.end);
        let rest = self.text.get(from..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.strip_prefix(['<', '(', '[']).is_some_and(|inner| {
            let close = inner.bytes().take(80).position(|b| matches!(b, b'>' | b')' | b']'));
            close.and_then(|at| inner.get(..at)).is_some_and(|address| address.contains('@'))
        })
    }

    fn clue_of_mail(&self, start: usize, end: usize) -> Clue {
        if self.mailed.is_empty() {
            return Clue::None;
        }
        let is_mailed = |words: &[&str]| self.mailed.contains(&digest(words));
        if end == start + 1 {
            let known = self.word(start).is_some_and(|word| self.mailed.contains(&word.digest));
            return if known { Clue::Strong } else { Clue::None };
        }
        let mut words: Vec<&str> = (start..end).map(|at| self.written(at)).collect();
        let known = is_mailed(&words) || {
            words.reverse();
            is_mailed(&words)
        };
        if known { Clue::Strong } else { Clue::None }
    }
}

/// Returns whether a line of a chat begins with who speaks.
fn is_said(line: &str) -> bool {
    const LONGEST: usize = 24;
    line.bytes().take(LONGEST).zip(line.bytes().skip(1)).any(|pair| pair == (b':', b' '))
}
