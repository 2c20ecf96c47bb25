//! Whether a value could be one of those asked for, decided on its bytes and without allocation.
//!
//! The law is [`Compare::normalise`]. [`Keys::may_hold`] never says no to a value whose normal form
//! is wanted; it may say yes to another, so a row is still compared by the law before it is given.
//! For ASCII the normal forms are written out here byte by byte, for names with accents in
//! [`crate::names`] (a property test holds them against the law); a value with any other character
//! goes through the law itself, so full-width digits, the Kelvin sign or combining accents need no
//! rule of their own.

use std::collections::BTreeSet;

use holdall_connector::{Compare, Match};

use crate::names::Letters;
use crate::sieve::{Endings, Sieve, Tails};

/// The values of one match, made ready for many questions.
#[derive(Debug)]
pub struct Keys<'a> {
    compare: Compare,
    values: &'a BTreeSet<String>,
    sieve: Sieve,
    /// A bit for each length that an ASCII spelling of a value has; the last is for all beyond.
    lengths: u64,
    /// How names end, and what becomes of their letters.
    names: Option<(Tails, Letters)>,
    /// How telephone numbers end.
    phones: Option<Endings>,
    /// The last two digits of the years asked for.
    years: BTreeSet<[u8; 2]>,
}

impl<'a> Keys<'a> {
    /// Takes the values of a match.
    pub fn new(asked: &'a Match) -> Self {
        let values = &asked.values;
        let years = match asked.compare {
            Compare::Date => values.iter().filter_map(|v| year(v.as_bytes())).collect(),
            _ => BTreeSet::new(),
        };
        let lengths = match asked.compare {
            Compare::Exact | Compare::Caseless => {
                values.iter().fold(0, |bits, value| bits | length_bit(value.len()))
            }
            _ => u64::MAX,
        };
        let is_name = asked.compare == Compare::Name;
        let names = is_name.then(|| (Tails::of(values), Letters::new()));
        let phones = (asked.compare == Compare::Phone).then(|| Endings::of(values));
        let (compare, sieve) = (asked.compare, Sieve::of(values));
        Self { compare, values, sieve, lengths, names, phones, years }
    }

    /// Returns whether the normal form of a text (a field's value, unquoted) could be wanted.
    /// `room` is scratch space.
    #[inline(always)]
    pub fn may_hold(&self, text: &[u8], room: &mut Vec<u8>) -> bool {
        !self.is_other_text(text) && !self.is_other_tail(text) && self.may_hold_long(text, room)
    }

    /// Returns whether no wanted value is written like this text, case aside: by its length, or by
    /// its bytes. White space around a value does not count.
    #[inline(always)]
    fn is_other_text(&self, text: &[u8]) -> bool {
        if !matches!(self.compare, Compare::Exact | Compare::Caseless) {
            return false;
        }
        let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
        if is_white(*first) || is_white(*last) {
            return false;
        }
        if self.lengths & length_bit(text.len()) == 0 {
            return !is_foreign(text);
        }
        !self.sieve.passes(text) && !is_foreign(text)
    }

    /// Returns whether no wanted name ends like this end of a field, which has no comma.
    #[inline(always)]
    pub fn is_other_end(&self, end: &[u8]) -> bool {
        self.is_other_tail(end)
    }

    /// Returns whether no wanted name ends like this one.
    #[inline(always)]
    fn is_other_tail(&self, text: &[u8]) -> bool {
        self.names.as_ref().is_some_and(|(tails, _)| tails.rules_out(text))
    }

    #[inline(never)]
    fn may_hold_long(&self, text: &[u8], room: &mut Vec<u8>) -> bool {
        if self.phones.as_ref().is_some_and(|endings| endings.rules_out(text)) {
            return false;
        }
        if let Some((_, letters)) = &self.names {
            return self.has_name(letters, text, room);
        }
        if !text.is_ascii() {
            return self.holds_by_law(text);
        }
        let text = trim(text);
        match self.compare {
            Compare::Exact => self.has(text),
            Compare::Caseless => self.sieve.passes(text) && self.has_lower(text, room),
            Compare::Digits => self.has_bytes(text, room, |b| b.is_ascii_digit()),
            Compare::Compact => self.has_bytes(text, room, |b| !is_spacing(b)),
            Compare::Phone => {
                phone(text, room);
                self.has(room)
            }
            Compare::Name => true,
            Compare::Date => self.has_year(text) || self.has_lower(text, room),
        }
    }

    #[cold]
    fn holds_by_law(&self, text: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(text) else { return true };
        self.compare.normalise(text).is_some_and(|form| self.values.contains(&form))
    }

    #[inline]
    fn has(&self, form: &[u8]) -> bool {
        self.sieve.passes(form) && self.confirm(form)
    }

    #[cold]
    fn confirm(&self, form: &[u8]) -> bool {
        std::str::from_utf8(form).map_or(true, |form| self.values.contains(form))
    }

    fn has_lower(&self, text: &[u8], room: &mut Vec<u8>) -> bool {
        self.has_bytes(text, room, |_| true)
    }

    #[inline]
    fn has_bytes(&self, text: &[u8], room: &mut Vec<u8>, keep: impl Fn(u8) -> bool) -> bool {
        room.clear();
        room.extend(text.iter().filter(|b| keep(**b)).map(u8::to_ascii_lowercase));
        self.has(room)
    }

    fn has_year(&self, text: &[u8]) -> bool {
        text.windows(2)
            .any(|pair| pair.try_into().is_ok_and(|pair: [u8; 2]| self.years.contains(&pair)))
    }

    /// Titles before a name do not count, so each run of last words is looked for.
    fn has_name(&self, letters: &Letters, text: &[u8], room: &mut Vec<u8>) -> bool {
        if letters.write(text, room).is_none() {
            return self.holds_by_law(text);
        }
        let mut rest = room.as_slice();
        loop {
            if self.has(rest) {
                return true;
            }
            match memchr::memchr(b' ', rest) {
                Some(space) => rest = rest.get(space + 1..).unwrap_or_default(),
                None => return false,
            }
        }
    }
}

/// Returns whether a text has bytes beyond ASCII. (Eight at a time: most texts are short.)
#[inline(always)]
fn is_foreign(text: &[u8]) -> bool {
    const BEYOND: u64 = 0x8080_8080_8080_8080;
    let (eights, rest) = text.as_chunks::<8>();
    let all = eights.iter().fold(0, |all, eight| all | u64::from_le_bytes(*eight));
    let all = match text.last_chunk::<8>() {
        Some(last) => all | u64::from_le_bytes(*last),
        None => rest.iter().fold(all, |all, byte| all | u64::from(*byte)),
    };
    all & BEYOND != 0
}

#[inline(always)]
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// The digits that any spelling of a date in this year has side by side.
fn year(form: &[u8]) -> Option<[u8; 2]> {
    match form {
        [_, _, decade, year, b'-', _, _, b'-', _, _] => Some([*decade, *year]),
        _ => None,
    }
}

/// ASCII white space as Unicode has it (with the vertical tab).
pub fn is_white(byte: u8) -> bool {
    matches!(byte, 9..=13 | b' ')
}

fn is_spacing(byte: u8) -> bool {
    is_white(byte) || matches!(byte, b'.' | b'-')
}

fn trim(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_white(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_white(*last)
    {
        text = rest;
    }
    text
}

/// Writes the normal form of an ASCII telephone number.
fn phone(text: &[u8], room: &mut Vec<u8>) {
    let number = without_extension(text);
    let opened = number.iter().position(|b| !matches!(b, b'(' | b' '));
    let international = opened.and_then(|at| number.get(at)) == Some(&b'+');
    room.clear();
    let mut rest = number;
    while let [first, after @ ..] = rest {
        match rest.strip_prefix(b"(0)") {
            Some(skipped) => rest = skipped,
            None => {
                room.extend(first.is_ascii_digit().then_some(*first));
                rest = after;
            }
        }
    }
    let abroad = match room.as_slice() {
        [b'0', b'0', ..] => Some(2),
        _ if international => Some(0),
        [b'4', b'4', ..] if room.len() == 12 => Some(0),
        _ => None,
    };
    match abroad.filter(|from| *from < room.len()) {
        Some(from) => {
            room.drain(..from);
            abroad_form(room);
        }
        None => {
            room.clear();
            room.extend(number.iter().filter(|b| b.is_ascii_digit()));
        }
    }
}

/// Puts digits that begin with a country code into the form of [`Compare::Phone`].
fn abroad_form(digits: &mut Vec<u8>) {
    match digits.strip_prefix(b"44") {
        Some(national) => {
            let zeros = national.iter().take_while(|b| **b == b'0').count();
            digits.drain(..2 + zeros);
            digits.insert(0, b'0');
        }
        None => digits.insert(0, b'+'),
    }
}

fn without_extension(text: &[u8]) -> &[u8] {
    let digit = text.iter().position(u8::is_ascii_digit).unwrap_or(text.len());
    let tail = text.get(digit..).unwrap_or_default();
    match tail.iter().position(|b| b.is_ascii_alphabetic() || *b == b'#') {
        Some(cut) => text.get(..digit + cut).unwrap_or(text),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use holdall_connector::Path;
    use proptest::prelude::*;

    use super::*;

    const ALL: [Compare; 7] = [
        Compare::Exact,
        Compare::Caseless,
        Compare::Digits,
        Compare::Compact,
        Compare::Phone,
        Compare::Name,
        Compare::Date,
    ];

    fn asked(compare: Compare, texts: &[&str]) -> Match {
        let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
        Match { column: Path::column("x"), compare, values }
    }

    /// Texts that are near to phones, names and dates.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~\\t\\n\\x0b\\x0c\\r]{0,24}",
            "\\PC{0,12}",
            "[ (]{0,2}(\\+|00)?(44)?[ (]{0,2}(0\\))?[ 0-9().-]{0,14}(ext|x|#)?[0-9]{0,3}",
            "(Mrs?|DR)?[.' ]{0,2}[A-Za-z'`-]{1,6}[ ,]{1,2}[A-Za-z]{0,6},?",
            "[0-9]{1,4}[-/. ][0-9A-Za-z]{1,3}[-/. ][0-9]{2,4}",
            "[0-9]{8}",
            "[\u{FF10}-\u{FF19}KkſsS\u{212A}0-9]{1,6}",
            "(Dr |Mrs )?[À-ſa-z'`×,]{1,8}[ ,-]{1,2}[A-Zà-ž\u{301}]{1,8}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn a_wanted_value_always_may_be_held(text in text(), other in text()) {
            for compare in ALL {
                let asked = asked(compare, &[&text, &other]);
                let keys = Keys::new(&asked);
                let mut room = Vec::new();
                let blank = compare.normalise(&text).is_none();
                prop_assert!(blank || keys.may_hold(text.as_bytes(), &mut room), "{compare:?}");
            }
        }

        #[test]
        fn in_ascii_only_wanted_values_may_be_held(text in "[ -~]{0,20}", other in text()) {
            for compare in ALL.into_iter().filter(|c| !matches!(c, Compare::Date | Compare::Name)) {
                let asked = asked(compare, &[&other]);
                let wanted = compare.normalise(&text).is_some_and(|f| asked.values.contains(&f));
                prop_assert_eq!(Keys::new(&asked).may_hold(text.as_bytes(), &mut Vec::new()), wanted);
            }
        }
    }

    #[test]
    fn other_spellings_may_be_held() {
        for (compare, value, spelling) in [
            (Compare::Caseless, "kate@example.org", "\u{212A}ATE@example.org"),
            (Compare::Phone, "07700 900123", "tel +44 (0)7700-900-123 x9"),
            (Compare::Phone, "07700 900123", "０７７００ 900123"),
            (Compare::Name, "Ada O'Brien", "DR. Ada O`BRIEN"),
            (Compare::Name, "Zoe Ni Dhun", "NÍ DHÚN, Zoë"),
            (Compare::Compact, "QQ123456C", "qq 12.34-56 c"),
            (Compare::Date, "1984-03-02", "2nd of March 84"),
        ] {
            let asked = asked(compare, &[value]);
            assert!(Keys::new(&asked).may_hold(spelling.as_bytes(), &mut Vec::new()));
        }
    }
}
