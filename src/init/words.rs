//! What the words in the name of a column tell: whose it is, and what it holds.

use super::lexicon::{
    ABOUT, DERIVED, EITHER, IDS, KINDS, NEUTRAL, NOT_NAMES, OTHERS, OWN_LISTS, PARTS, PARTS_PLAYED,
    PEOPLE, PLACES, RECEIVED, SAYS_NUMBER, SECRETS, SPECIAL, STAFF, TEXTS, THINGS, THIRD,
};

/// Returns the words of a name: split at signs, at a change to upper case and before and after
/// digits, in lower case.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut last = ' ';
    for c in name.chars() {
        let turns = (c.is_uppercase() && last.is_lowercase())
            || (c.is_numeric() && last.is_alphabetic())
            || (c.is_alphabetic() && last.is_numeric());
        if (turns || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        last = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Returns an English plural in the singular, well enough for names of tables.
pub(super) fn singular(word: &str) -> String {
    match word {
        "people" => "person".into(),
        "children" => "child".into(),
        "addresses" => "address".into(),
        _ => match (word.strip_suffix("ies"), word.strip_suffix('s')) {
            (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
            (_, Some(stem)) if !stem.ends_with(['s', 'u', 'i']) && stem.len() > 2 => stem.into(),
            _ => word.into(),
        },
    }
}

/// Returns whether the words hold this run of words: `"next of kin"`.
pub(super) fn holds(words: &[String], run: &str) -> bool {
    let run: Vec<&str> = run.split(' ').collect();
    words.windows(run.len()).any(|window| window.iter().zip(&run).all(|(a, b)| a == b))
}

/// Returns whether the words hold any run of a list.
pub(super) fn holds_any(words: &[String], list: &str) -> bool {
    list.split('|').any(|run| holds(words, run))
}

/// Returns whether a list has this word.
fn has(list: &str, word: &str) -> bool {
    list.split('|').any(|other| other == word)
}

/// Returns the words before this run, if they end in it.
fn before<'a>(words: &'a [String], run: &str) -> Option<&'a [String]> {
    let run: Vec<&str> = run.split(' ').collect();
    let (head, tail) = words.split_at_checked(words.len().checked_sub(run.len())?)?;
    tail.iter().zip(&run).all(|(a, b)| a == b).then_some(head)
}

/// Whose a column is, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The person whose row it is.
    Own,
    /// Somebody else.
    Third,
    /// A member of staff.
    Staff,
    /// Somebody whom the row is about.
    About,
    /// The person or somebody else.
    Either,
    /// The words do not tell.
    Unknown,
}

/// Returns whose a column is by the words before what it holds. `listed`: it lies in a list, and a
/// row has one person and lists of others.
pub(super) fn whose(words: &[String], listed: bool) -> Whose {
    let is = |list: &str| holds_any(words, list);
    let past = holds_any(words, "employment|previous|former|history");
    let by = words.last().is_some_and(|w| w == "by");
    if is(THIRD) || is(RECEIVED) || words == ["present"] || (past && is(STAFF)) {
        Whose::Third
    } else if is(ABOUT) {
        Whose::About
    } else if is(STAFF) || by {
        Whose::Staff
    } else if listed && !is(OWN_LISTS) {
        Whose::Third
    } else if is(EITHER) {
        Whose::Either
    } else if words.iter().all(|w| is_own(w)) {
        Whose::Own
    } else {
        Whose::Unknown
    }
}

fn is_own(word: &str) -> bool {
    has(PEOPLE, &singular(word)) || has(NEUTRAL, word) || word.chars().all(char::is_numeric)
}

/// Returns whether the words speak of somebody in particular, rather than of a thing.
pub(super) fn names_somebody(words: &[String]) -> bool {
    words == ["present"]
        || holds_any(words, THIRD)
        || holds_any(words, RECEIVED)
        || holds_any(words, STAFF)
        || holds_any(words, EITHER)
        || words.last().is_some_and(|w| w == "by")
        || before(words, "to").or(before(words, "for")).is_some_and(|w| !w.is_empty())
}

/// Returns whether the name of a table says that its rows are about other people than their owner.
pub(super) fn is_table_of_others(words: &[String]) -> bool {
    holds_any(words, OTHERS)
}

/// What a name of a column says that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds<'a> {
    /// An identifier of this kind; the words before it say whose.
    Identifier(&'static str, &'a [String]),
    /// A part of a name.
    NamePart(&'a [String]),
    /// Nothing that is known.
    Else,
}

/// Returns what the words say.
pub(super) fn what(words: &[String]) -> Holds<'_> {
    if let Some(head) = PARTS.split('|').find_map(|run| before(words, run)) {
        return Holds::NamePart(head);
    }
    if let Some(head) = ["full name", "fullname", "name"].iter().find_map(|run| before(words, run))
    {
        let thing = head.last().is_some_and(|word| has(NOT_NAMES, word));
        return if thing { Holds::Else } else { Holds::Identifier("name", head) };
    }
    let bare = without_suffix(words);
    let longest = |runs: &str| {
        let heads =
            runs.split('|').filter_map(|run| before(words, run).or_else(|| before(bare, run)));
        heads.min_by_key(|head| head.len()).map(<[String]>::len)
    };
    for (kind, runs) in KINDS {
        if let Some(length) = longest(runs) {
            return Holds::Identifier(kind, words.get(..length).unwrap_or_default());
        }
    }
    let digits = |w: &String| w.chars().all(char::is_numeric);
    let line = words.split_last().filter(|(last, _)| digits(last)).map_or(words, |(_, head)| head);
    match PLACES.split('|').filter_map(|run| before(line, run)).min_by_key(|head| head.len()) {
        Some(head) => Holds::Identifier("address", head),
        None => Holds::Else,
    }
}

/// Returns the words without a last word that only says "number", and without a number after it.
fn without_suffix(words: &[String]) -> &[String] {
    let digits = |w: &String| w.chars().all(char::is_numeric);
    let says = |w: &String| has(SAYS_NUMBER, w) || digits(w);
    let mut rest = words;
    while let Some((last, head)) = rest.split_last().filter(|(_, head)| !head.is_empty()) {
        if !says(last) {
            break;
        }
        rest = head;
    }
    rest
}

/// Returns whether a word stands for a record's number.
pub(super) fn is_number(word: &str) -> bool {
    has(IDS, word)
}

/// Returns the words that stand for a record's number.
pub(super) fn numbers() -> impl Iterator<Item = &'static str> {
    IDS.split('|')
}

/// Returns whether a kind of person is a part that somebody plays in a matter, like `complainant`.
pub(super) fn is_part_played(kind: &str) -> bool {
    has(PARTS_PLAYED, kind)
}

/// Returns the word for a person whom an organisation keeps records of, if one is among these.
pub(super) fn person(words: &[String]) -> Option<&'static str> {
    let found = words.iter().rev().map(|word| singular(word));
    found.into_iter().find_map(|noun| PEOPLE.split('|').find(|known| *known == noun))
}

/// Returns the kind of person whose number the words name (`customer_no`, `child.id`, `client`),
/// and the words before it.
pub(super) fn person_number(words: &[String]) -> Option<(&'static str, &[String])> {
    let (last, head) = words.split_last()?;
    let (noun, head) = if has(IDS, last) { head.split_last()? } else { (last, head) };
    let noun = singular(noun);
    let kind = PEOPLE.split('|').find(|known| *known == noun)?;
    Some((kind, head))
}

/// Returns whether the words name a secret that lets somebody in.
pub(super) fn is_secret(words: &[String]) -> bool {
    holds_any(words, SECRETS)
}

/// Returns whether the words name a free text.
pub(super) fn is_text(words: &[String]) -> bool {
    words.last().is_some_and(|last| has(TEXTS, last))
}

/// Returns whether the words name a thing, an organisation or a class, whatever it is called.
pub(super) fn is_thing(words: &[String]) -> bool {
    words.last().is_some_and(|last| has(THINGS, last))
        || holds_any(words, "trading|company|employer|display")
}

/// Returns the special category of data (UK GDPR Art. 9, Art. 10) that the words name.
pub(super) fn special(words: &[String]) -> Option<&'static str> {
    SPECIAL.iter().find(|(_, runs)| holds_any(words, runs)).map(|(name, _)| *name)
}

/// Returns whether the words name something that the organisation worked out.
pub(super) fn is_derived(words: &[String]) -> bool {
    holds_any(words, DERIVED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose_of(name: &str) -> Whose {
        let words = tokens(name);
        match what(&words) {
            Holds::Identifier(_, head) => whose(head, false),
            _ => whose(&words, false),
        }
    }

    #[test]
    fn names_fall_into_words() {
        assert_eq!(tokens("customerNo"), ["customer", "no"]);
        assert_eq!(tokens("Date-of Birth"), ["date", "of", "birth"]);
        assert_eq!(tokens("address.line1"), ["address", "line", "1"]);
        assert!(tokens("…").is_empty());
    }

    #[test]
    fn plurals_lose_their_ending() {
        for (many, one) in [
            ("customers", "customer"),
            ("enquiries", "enquiry"),
            ("addresses", "address"),
            ("status", "status"),
            ("children", "child"),
            ("staff", "staff"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn kinds_are_known_by_their_last_words() {
        let kind = |name: &str| match what(&tokens(name)) {
            Holds::Identifier(kind, _) => kind,
            _ => "",
        };
        for (name, wanted) in [
            ("emailAddress", "email"),
            ("ni_number", "nino"),
            ("NHS No", "nhs"),
            ("dob", "birth-date"),
            ("mobile", "phone"),
            ("full_name", "name"),
            ("council_tax.reference", "council-tax"),
            ("address_line_1", "address"),
            ("postcode", "address"),
            ("company_name", ""),
            ("dbs_expiry", ""),
            ("email_opt_in", ""),
            ("address_id", ""),
            ("council_tax.band", ""),
        ] {
            assert_eq!(kind(name), wanted, "{name}");
        }
    }

    #[test]
    fn the_words_before_say_whose() {
        assert_eq!(whose_of("work_email"), Whose::Own);
        assert_eq!(whose_of("complainant_name"), Whose::Own);
        assert_eq!(whose_of("next_of_kin_phone"), Whose::Third);
        assert_eq!(whose_of("previous_manager"), Whose::Third);
        assert_eq!(whose_of("line_manager"), Whose::Staff);
        assert_eq!(whose_of("answered_by"), Whose::Staff);
        assert_eq!(whose_of("collected_by"), Whose::Third);
        assert_eq!(whose_of("about_email"), Whose::About);
        assert_eq!(whose_of("trial_email"), Whose::Unknown);
        assert_eq!(whose(&tokens("children"), true), Whose::Third);
        assert_eq!(whose(&tokens("workers"), true), Whose::Staff);
    }

    #[test]
    fn numbers_of_people_are_told_from_numbers_of_things() {
        let kind = |name: &str| {
            let words = tokens(name);
            person_number(&words).map(|(kind, head)| (kind, head.len()))
        };
        assert_eq!(kind("customer_no"), Some(("customer", 0)));
        assert_eq!(kind("child.id"), Some(("child", 0)));
        assert_eq!(kind("relative_child"), Some(("child", 1)));
        assert_eq!(kind("order_id"), None);
    }
}
