//! User names: after the words that say so, in lists of who logged in, and handles (`@ada_h`).

mod again;
mod brackets;
mod cues;
mod logs;
mod timed;
mod token;
mod words;

use std::ops::Range;

use super::digits::is_word;
use super::phrases::Asked;
use super::seen::Seen;
use super::{Detector, Find, Needs};
use cues::{Cue, Tells, cues};
use token::{Token, tokens};

pub(super) const DETECTOR: Detector =
    Detector { name: "username", kinds: &["username"], needs: Needs::Letters, find };

/// How few and how many characters a handle has.
const HANDLE: (usize, usize) = (3, 30);

/// The fewest characters of a handle that starts with a digit: fewer are a rate, as in `@45p`.
const SHORTEST: usize = 6;
/// How many user names may be named with one.
const OTHERS: usize = 4;
/// How far before and after a cue what is plainly a user name may stand on its line, in bytes.
const AROUND: (usize, usize) = (60, 160);

fn find(seen: &Seen<'_>, out: &mut Vec<Find>) {
    if seen.says(Asked::Accounts) || memchr::memchr(b'_', seen.bytes()).is_some() {
        cues(seen.lower(), |cue| told(seen, cue, out));
        bare(seen, out);
        out.extend(logs::columns(seen).map(|cell| Find(cell, "username", 0.9)));
    }
    timed::each(seen, out);
    out.extend(brackets::explained(seen).map(|range| Find(range, "username", 0.7)));
    if seen.says(Asked::Logs) {
        out.extend(logs::lines(seen).map(|range| Find(range, "username", 0.7)));
        out.extend(logs::exports(seen).map(|range| Find(range, "username", 0.7)));
        out.extend(logs::ends(seen).map(|range| Find(range, "username", 0.7)));
    }
    if seen.says(Asked::Hosts) {
        out.extend(logs::from_hosts(seen).map(|range| Find(range, "username", 0.7)));
    }
    if seen.says(Asked::Signing) {
        out.extend(logs::signing(seen).map(|range| Find(range, "username", 0.7)));
    }
    of_domains(seen, out);
    numbered(seen, out);
    handles(seen, out);
    again::repeated(seen, out);
    out.sort_by_key(|find| find.0.start);
    out.dedup_by(|next, kept| next.0 == kept.0);
}

/// Finds handles: an `@` that starts a word, and the longest word of letters, digits and signs behind
/// it that ends with none of the signs.
fn handles(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let bytes = seen.bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        if !before.is_none_or(|b| b" \t\r\n(,;:".contains(b)) {
            continue;
        }
        let start = at + 1;
        let rest = bytes.get(start..).unwrap_or_default();
        let word = |at: usize| rest.get(at).is_some_and(|b| is_word(*b));
        let run = rest.iter().take(HANDLE.1).take_while(|b| is_word(**b) || **b == b'.').count();
        let whole = |length: &usize| word(length - 1) && !word(*length);
        let Some(length) = (HANDLE.0..=run).rev().find(whole).filter(|_| word(0)) else {
            continue;
        };
        let range = start..start + length;
        let rate = rest.first().is_some_and(u8::is_ascii_digit) && range.len() < SHORTEST;
        if !rate && !seen.after(&range).starts_with(['@', '/']) {
            out.push(Find(range, "username", 0.75));
        }
    }
}

/// Finds the user name of which a cue tells: the word that it leads to, or what is plainly one on
/// its line.
fn told(seen: &Seen<'_>, cue: &Cue, out: &mut Vec<Find>) {
    if matches!(cue.tells, Tells::Several) {
        let paired = brackets::paired(below(seen, cue), seen.text());
        let all = several(seen, cue).chain(paired);
        out.extend(all.map(|token| Find(token.range, "username", 0.75)));
        return;
    }
    let named = |led: &Led<'_>| led.is_name(seen, cue);
    let led =
        Led::by(seen, cue).filter(named).or_else(|| Led::after_colon(seen, cue).filter(named));
    if let Some(led) = led {
        let plural = |head: &str| head.ends_with('s') || head.ends_with(" list");
        let plural = seen.lower().get(..cue.range.end).is_some_and(plural);
        let mut end = led.token.range.end;
        for _ in 0..OTHERS {
            let Some(find) = another(seen, end, plural) else { break };
            end = find.0.end;
            out.push(find);
        }
        out.push(Find(led.token.range, "username", if led.said { 0.9 } else { 0.8 }));
        return;
    }
    if matches!(cue.tells, Tells::Name) {
        out.extend(enumerated(seen, cue).map(|token| Find(token.range, "username", 0.8)));
    }
    if let Some(range) = brackets::told(seen, cue) {
        return out.push(Find(range, "username", 0.8));
    }
    if matches!(cue.tells, Tells::Account | Tells::Behind) {
        return;
    }
    let line = line_around(seen.text(), cue);
    let plain = |token: &Token<'_>| token.is_plainly_one() || token.is_made_of_name();
    let plain = tokens(seen.text(), line).chain(below(seen, cue)).filter(plain);
    out.extend(plain.map(|token| Find(token.range, "username", 0.75)));
}

/// Returns the user names in the list that a cue in the plural announces: `User IDs to disable: …`.
fn enumerated<'s>(seen: &'s Seen<'_>, cue: &Cue) -> impl Iterator<Item = Token<'s>> {
    const NEAR: usize = 40;
    let text = seen.text();
    let line = cue.range.end..line_around(text, cue).end;
    let plural = seen.lower().get(..cue.range.end).is_some_and(|head| head.ends_with('s'));
    let rest = text.get(line.clone()).unwrap_or_default();
    let colon = rest.find(": ").filter(|at| plural && *at <= NEAR);
    let colon = colon.map_or(rest.len(), |at| at + 1);
    tokens(text, line.start + colon..line.end)
        .take_while(|token| {
            !token.is_other() && (token.is_strange() || token.is_small() && token.is_unknown())
                || token.written == "and"
        })
        .filter(|token| token.written != "and")
}

/// Finds surnames with initials before them and digits behind, wherever they stand: `fbegum14`.
fn numbered(seen: &Seen<'_>, out: &mut Vec<Find>) {
    const LONGEST: usize = 20;
    let bytes = seen.bytes();
    for run in seen.runs(1).filter(|run| run.len() <= 4) {
        let head = bytes.get(..run.start).unwrap_or_default().iter().rev().take(LONGEST);
        let length = head.take_while(|b| b.is_ascii_lowercase()).count();
        let start = run.start - length;
        if length < 5 || !super::digits::is_edge(bytes, start) {
            continue;
        }
        let token = Token::at(seen.text(), start).filter(|token| token.range.end == run.end);
        let named = token.filter(|token| token.is_made_of_name() && !token.is_other());
        out.extend(named.map(|token| Find(token.range, "username", 0.6)));
    }
}

/// Returns the words that end the lines below that of a cue up to a blank one, each after a sign:
/// `Terry - linkvol11`.
fn below<'s>(seen: &'s Seen<'_>, cue: &Cue) -> impl Iterator<Item = Token<'s>> {
    const LINES: usize = 8;
    const REACH: usize = 1024;
    let text = seen.text();
    let end = line_around(text, cue).end;
    let mut at = end + 1;
    let whole = text.as_bytes().get(end) == Some(&b'\n');
    let mut to = text.len().min(at + REACH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let rest = text.get(at..to).filter(|_| whole).unwrap_or_default();
    let lines = rest.split_inclusive('\n').take(LINES).take_while(|line| !line.trim().is_empty());
    lines.filter_map(move |line| {
        let start = at;
        at += line.len();
        let kept = line.trim_end();
        let signs = [" - ", ": ", " = ", " > "].into_iter();
        let cut = signs.filter_map(|sign| kept.rfind(sign).map(|at| at + sign.len())).max()?;
        let token = Token::at(text, start + cut)?;
        (token.range.end == start + kept.len()).then_some(token)
    })
}

/// Returns what is written like user names after a word that says that several follow: on its line,
/// and at the beginning of each line below a colon.
fn several<'s>(seen: &'s Seen<'_>, cue: &Cue) -> impl Iterator<Item = Token<'s>> {
    let text = seen.text();
    let line = cue.range.end..line_around(text, cue).end;
    let listed = text.get(line.clone()).is_some_and(|rest| rest.trim_end().ends_with(':'));
    let below = logs::below(text, line.end).take_while(move |_| listed);
    tokens(text, line).filter(Token::is_one_of_several).chain(below)
}

/// Finds words of several parts that no cue leads to: `denise_tol`.
fn bare(seen: &Seen<'_>, out: &mut Vec<Find>) {
    let text = seen.text();
    for at in memchr::memchr_iter(b'_', seen.bytes()) {
        let head = seen.bytes().get(..at).unwrap_or_default();
        let near = head.iter().rev().take(token::LONGEST + 1);
        let before = near.take_while(|b| token::is_part(**b)).count();
        let start = at - before;
        let first =
            before <= token::LONGEST && !head.get(start..).is_some_and(|part| part.contains(&b'_'));
        let token = Token::at(text, start).filter(|token| first && token.is_bare());
        out.extend(token.map(|token| Find(token.range, "username", 0.6)));
    }
}

/// Returns a user name that is named with one that ends here: `… not gallagherp3`.
fn another(seen: &Seen<'_>, end: usize, plural: bool) -> Option<Find> {
    let text = seen.text();
    let rest = text.get(end..)?;
    const LINKS: [&str; 10] = [
        " not ",
        ", not ",
        " or ",
        " and not ",
        " instead of ",
        " and from ",
        " and ",
        " & ",
        " vs ",
        ", ",
    ];
    let link = LINKS.into_iter().take(if plural { LINKS.len() } else { LINKS.len() - 1 });
    let start = link.filter(|link| rest.starts_with(link)).map(str::len).next()?;
    let token = Token::at(seen.text(), end + start)?;
    let strange = token.is_strange() && token.is_telling();
    let denied = text.get(end..end + start).is_some_and(|link| link.contains("not"));
    let unknown = token.is_small() && token.is_unknown();
    let named = token.is_made_of_name() || (denied || plural) && unknown;
    ((strange || named) && !token.is_other()).then_some(Find(token.range, "username", 0.75))
}

/// Finds the accounts of a domain: `CONNECT\pfarah`.
fn of_domains(seen: &Seen<'_>, out: &mut Vec<Find>) {
    const LONGEST: usize = 16;
    let (text, bytes) = (seen.text(), seen.bytes());
    for at in memchr::memchr_iter(b'\\', bytes) {
        let head = bytes.get(..at).unwrap_or_default().iter().rev().take(LONGEST);
        let length = head.take_while(|b| b.is_ascii_uppercase() || **b == b'-').count();
        let start = at - length;
        let token = Token::at(text, at + 1).filter(|t| t.written.len() > 2 && !t.is_other());
        let Some(token) = token else { continue };
        let whole = length > 1 && super::digits::is_edge(bytes, start);
        let path = seen.after(&token.range).starts_with(['\\', '/']);
        let tied = seen.neighbours(&(start..at)).0.is_some_and(|c| matches!(c, '\\' | ':' | '/'));
        if whole && !path && !tied && token.is_small() {
            out.push(Find(start..token.range.end, "username", 0.75));
        }
    }
}

/// Returns the part of a line around a cue.
fn line_around(text: &str, cue: &Cue) -> Range<usize> {
    let mut start = cue.range.start.saturating_sub(AROUND.0);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = text.get(start..cue.range.start).unwrap_or_default();
    let mut end = text.len().min(cue.range.end + AROUND.1);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let after = text.get(cue.range.end..end).unwrap_or_default();
    let first = before.rfind('\n').map_or(start, |at| start + at + 1);
    first..cue.range.end + after.find('\n').unwrap_or(after.len())
}

/// The word to which a cue leads.
struct Led<'t> {
    token: Token<'t>,
    /// Whether a colon, `is` or the like stands between.
    said: bool,
    /// Whether it stands in quotation marks.
    quoted: bool,
}

impl<'t> Led<'t> {
    /// Follows the words and signs after a cue: `username` … `for the portal is “`.
    fn by(seen: &'t Seen<'_>, cue: &Cue) -> Option<Self> {
        let text = seen.text();
        let after = text.get(cue.range.end..)?;
        let skipped = [" to be ", "'s ", "\u{2019}s "].into_iter().find(|s| after.starts_with(s));
        let skipped = match skipped {
            Some(" to be ") => " to".len(),
            Some(owns) => owns.len() - 1,
            None => 0,
        };
        Self::from(text, cue.range.end + skipped, matches!(cue.tells, Tells::Acts))
    }

    /// Follows what stands after a colon near a cue: `account tried: `.
    fn after_colon(seen: &'t Seen<'_>, cue: &Cue) -> Option<Self> {
        const NEAR: usize = 20;
        let text = seen.text();
        let rest = text.get(cue.range.end..)?;
        if let Some(at) = rest.bytes().take(2 * NEAR).position(|b| b == b'\'')
            && rest.get(..at).is_some_and(|head| head.ends_with(" it"))
            && rest.get(at..).is_some_and(|tail| tail.starts_with("'s "))
        {
            return Self::from(text, cue.range.end + at + 2, true);
        }
        let colon = rest.bytes().take(NEAR).position(|b| matches!(b, b':' | b'=' | b'\n'))?;
        let between = rest.get(..colon)?;
        let words = between.chars().all(|c| c.is_alphabetic() || c == ' ');
        let sign = rest.get(colon..)?;
        let colon =
            (sign.starts_with(": ") || sign.starts_with("= ")).then_some(cue.range.end + colon)?;
        words.then(|| Self::from(text, colon, true)).flatten()
    }

    /// Follows the words and signs from here on.
    fn from(text: &'t str, mut at: usize, mut said: bool) -> Option<Self> {
        const STEPS: usize = 5;
        for _ in 0..STEPS {
            let rest = text.get(at..)?;
            let start = rest.find(|c: char| !cues::is_sign(c))?;
            let signs = rest.get(..start)?;
            said |= signs.contains([':', '=', '>', '(']) || signs.contains("..") || signs == " - ";
            let ends = signs.starts_with('@')
                || signs.contains(',')
                || signs.contains('.') && !signs.contains("..");
            let token = Token::at(text, at + start).filter(|_| !ends && !signs.is_empty())?;
            let word = token.written.to_ascii_lowercase();
            if !cues::leads_on(&word) {
                let quoted = signs.ends_with(['"', '\'', '\u{201C}', '\u{2018}']);
                return Some(Self { token, said, quoted });
            }
            said |= cues::says(&word);
            at = token.range.end;
        }
        None
    }

    /// Returns whether the word is a user name, and none of the sentence.
    fn is_name(&self, seen: &Seen<'_>, cue: &Cue) -> bool {
        let token = &self.token;
        if token.is_other() || cues::is_stop(token.written) || token.is_field() {
            return false;
        }
        let strange = token.is_strange();
        let unknown = token.is_unknown();
        let small = unknown && token.is_small();
        match cue.tells {
            Tells::Name => {
                let person = token.is_word() && token.is_followed_by_capital();
                strange || unknown && !person || self.said && !person && !self.is_bracketed(seen)
            }
            Tells::Acts => strange || small || self.quoted || token.written.contains('-'),
            Tells::In => strange || self.quoted || unknown && !token.is_followed_by_capital(),
            // `The user was cross` tells how somebody was.
            Tells::User if !strange && !self.quoted && self.is_described(seen) => {
                token.is_made_of_name()
            }
            Tells::User => {
                let free = !cues::is_determined(seen, cue);
                let large = unknown && token.is_large() && self.said && free;
                strange || large || small && (self.said || free)
            }
            Tells::Place => {
                let ends = !token.is_followed_by_word();
                strange && (token.is_telling() || self.said)
                    || small && self.said && ends
                    || token.is_made_of_name()
                    || token.is_large_name()
            }
            Tells::Several => token.is_one_of_several(),
            Tells::Behind => {
                let dotted = token.written.contains('.') && token.is_one_of_several();
                let plain = token.is_plainly_one() || token.is_made_of_name();
                let ends = dotted && token.has_unknown_part();
                token.is_small() && (plain || ends) || self.quoted && token.is_joined()
            }
            Tells::Account => {
                let done = small && (token.is_acted_on() || token.is_timed());
                done || token.is_joined() || token.is_made_of_name()
            }
        }
    }

    /// Returns whether `was` stands right before.
    fn is_described(&self, seen: &Seen<'_>) -> bool {
        seen.before(&self.token.range).ends_with(" was ")
    }

    /// Returns whether a known word in brackets explains the cue: `username (email)`.
    fn is_bracketed(&self, seen: &Seen<'_>) -> bool {
        let before = seen.text().get(..self.token.range.start).unwrap_or_default();
        before.ends_with('(') && self.token.is_word() && !self.token.is_unknown()
    }
}
