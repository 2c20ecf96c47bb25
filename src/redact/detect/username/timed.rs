//! User names in the lines of logs and chats that begin with a time, and behind `by=`.

use super::token::{Token, tokens};
use crate::redact::detect::Find;
use crate::redact::detect::seen::Seen;

/// How much of a line is looked at, in bytes.
const LINE: usize = 240;

/// Finds them.
pub(super) fn each(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let text = seen.text();
    lines(text, out);
    for at in memchr::memmem::find_iter(seen.bytes(), b"by=") {
        let token = Token::at(text, at + "by=".len());
        let named = token.filter(|token| token.is_logged() || token.is_plainly_one());
        out.extend(named.map(|token| Find(token.range, "username", 0.75)));
    }
}

/// Looks through the lines that begin with the stamp of a machine.
fn lines(text: &str, out: &mut Vec<Find>) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let Some(stamp) = stamp(line.as_bytes()) else {
            out.extend(doer(text, at, line).map(|token| Find(token.range, "username", 0.7)));
            continue;
        };
        if let Some(token) = speaker(text, at + stamp, line.as_bytes().get(stamp - 1)) {
            out.push(Find(token.range, "username", 0.75));
        }
        if line.starts_with('[') {
            continue;
        }
        let mut end = text.len().min(at + line.len().min(LINE));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let named = tokens(text, at + stamp..end).filter(|token| is_cell(text, token));
        out.extend(named.map(|token| Find(token.range, "username", 0.7)));
    }
}

/// Returns the user name that begins a line and does what logs tell of: `mgayle viewed salary`.
fn doer<'t>(text: &'t str, at: usize, line: &str) -> Option<Token<'t>> {
    const DONE: [&str; 12] = [
        "viewed",
        "opened",
        "deleted",
        "exported",
        "edited",
        "downloaded",
        "updated",
        "changed",
        "released",
        "amended",
        "printed",
        "uploaded",
    ];
    line.as_bytes().first().filter(|b| b.is_ascii_lowercase())?;
    let (_, rest) = line.split_once(' ')?;
    DONE.iter().find(|done| rest.starts_with(**done))?;
    Token::at(text, at)
        .filter(|token| token.is_logged() && line.as_bytes().get(token.range.len()) == Some(&b' '))
}

/// Returns whether a word of such a line is a user name: written like one, and a column of its own.
fn is_cell(text: &str, token: &Token<'_>) -> bool {
    const SIGNS: [char; 6] = [' ', ',', '|', ';', '\t', '\n'];
    let next = text.get(token.range.end..).unwrap_or_default();
    let head = text.get(..token.range.start).unwrap_or_default();
    (next.is_empty() || next.starts_with(SIGNS)) && head.ends_with(SIGNS) && token.is_logged()
}

/// Returns the user name of who speaks in a chat: `[13:45:24] a.lee2: …`.
fn speaker<'t>(text: &'t str, at: usize, last: Option<&u8>) -> Option<Token<'t>> {
    (last == Some(&b' ')).then_some(())?;
    let token = Token::at(text, at)?;
    let said = text.get(token.range.end..)?.starts_with(": ");
    let lower = said.then(|| format!("{} ", token.written))?;
    let alone = Token::at(&lower, 0)?;
    alone.is_logged().then_some(token)
}

/// Returns where the stamp ends that begins a line: a date, `2024-05-06 `, with or without a time, or
/// a time to the second, `[13:45:24] `.
fn stamp(line: &[u8]) -> Option<usize> {
    const FORMS: [&[u8]; 6] = [
        b"9999-99-99 99:99:99",
        b"9999-99-99T99:99:99",
        b"9999-99-99 99:99",
        b"9999-99-99",
        b"[99:99:99]",
        b"99:99:99",
    ];
    line.first().filter(|b| b.is_ascii_digit() || **b == b'[')?;
    let like = |form: &&&[u8]| {
        line.len() > form.len()
            && line.iter().zip(**form).all(|(byte, sign)| match sign {
                b'9' => byte.is_ascii_digit(),
                _ => byte == sign,
            })
    };
    let end = FORMS.iter().find(like)?.len();
    let sign = line.get(end).filter(|b| matches!(b, b' ' | b',' | b'|' | b';' | b'\t'))?;
    Some(end + usize::from(sign.is_ascii()))
}
