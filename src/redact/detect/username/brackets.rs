//! User names beside the names that they are made of: `mgrimes (Molly Grimes)`, `Idris Bui (buii2)`.

use std::ops::Range;

use super::cues::{Cue, Tells};
use super::token::Token;
use crate::redact::detect::seen::Seen;

/// So many letters of a name tell it in a user name.
const SAME: usize = 4;
/// The longest name in brackets, in bytes.
const NAME: usize = 60;

/// Returns the words before a name in brackets, and those in brackets after a name, that are made of
/// it.
pub(super) fn explained<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = Range<usize>> + 's {
    let text = seen.text();
    memchr::memchr_iter(b'(', seen.bytes()).filter_map(move |open| {
        let at = open.checked_sub(1).filter(|at| seen.bytes().get(*at) == Some(&b' '))?;
        let inside = seen.bytes().get(at + 2..)?;
        let close = inside.iter().take(NAME).position(|b| *b == b')')?;
        let inside = at + 2..at + 2 + close;
        before(text, at, text.get(inside.clone())?).or_else(|| after(text, at, inside))
    })
}

/// Returns the word before a cue in brackets: `yaw-qu879 (username)`.
pub(super) fn told(seen: &Seen<'_>, cue: &Cue) -> Option<Range<usize>> {
    let text = seen.text();
    const WHOSE: [&str; 5] = ["her ", "his ", "their ", "your ", "my "];
    let head = text.get(..cue.range.start)?;
    let head = WHOSE.iter().find_map(|whose| head.strip_suffix(whose)).unwrap_or(head);
    let head = head.strip_suffix(" (")?;
    let head = head.strip_suffix(['"', '\'']).unwrap_or(head);
    let closed = text.get(cue.range.end..)?.starts_with(')');
    let start = head.rfind([' ', '\n', '=', '"', ':', ',']).map_or(0, |at| at + 1);
    let token = Token::at(text, start).filter(|token| closed && token.range.end == head.len())?;
    let named = token.is_strange() || token.is_unknown();
    (matches!(cue.tells, Tells::Name) && named && !token.is_other()).then_some(token.range)
}

/// Returns those of the words that are made of the name that begins their line: `Tunde Adeyemi =
/// adeyemit`.
pub(super) fn paired<'s>(
    words: impl Iterator<Item = Token<'s>>,
    text: &'s str,
) -> impl Iterator<Item = Token<'s>> {
    words.filter(move |token| {
        let head = text.get(..token.range.start).unwrap_or_default();
        let line = head.rsplit('\n').next().unwrap_or_default();
        let lower = token.written.to_ascii_lowercase();
        let mut words = line.split([' ', '-']).filter(|word| word.starts_with(char::is_uppercase));
        let made =
            |word: &str| word.to_lowercase().get(..SAME).is_some_and(|head| lower.contains(head));
        line.len() <= NAME && words.any(made) && !token.is_other()
    })
}

/// Returns the word before a name in brackets.
fn before(text: &str, at: usize, named: &str) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind([' ', '\n', '=', '"', ':']).map_or(0, |at| at + 1);
    let token = Token::at(text, start).filter(|token| token.range.end == at)?;
    let small = token.is_small() && !token.is_other() && token.has_unknown_part();
    let lower = token.written.to_ascii_lowercase();
    let mut words = named.split(' ').filter(|word| word.starts_with(char::is_uppercase));
    let made =
        words.any(|word| word.to_lowercase().get(..SAME).is_some_and(|head| lower.contains(head)));
    (small && made && named.contains(' ')).then_some(token.range)
}

/// Returns what stands in brackets after a name.
fn after(text: &str, at: usize, inside: Range<usize>) -> Option<Range<usize>> {
    let token = Token::at(text, inside.start).filter(|token| token.range == inside)?;
    let line = text.get(..at)?.rsplit(['\n', ',', ':', ';', '(']).next()?;
    let words = line.rsplit(' ').take(3).take_while(|word| word.starts_with(char::is_uppercase));
    let name: Vec<String> = words.map(str::to_lowercase).collect();
    (is_made(token.written, &name) && !token.is_other()).then_some(token.range)
}

/// Returns whether a word is made of a name of two words or more, in small letters.
pub(super) fn is_made(written: &str, name: &[String]) -> bool {
    let lower = written.to_ascii_lowercase();
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    let joined = lower.len() > letters.len();
    let made = name.iter().any(|word| {
        let head = word.get(..SAME.min(word.len())).filter(|head| head.len() > 2);
        let others = || name.iter().filter(|other| *other != word).filter_map(|w| w.chars().next());
        let initial = || {
            letters.len() > word.len()
                && others().any(|c| letters.starts_with(c) || letters.ends_with(c))
        };
        head.is_some_and(|head| letters.contains(head)) && (joined || initial())
    });
    name.len() > 1 && made
}
