//! How each sort of value may be written, and what makes a match in a text a whole value.

use std::borrow::Cow;
use std::ops::Range;

use holdall_connector::Compare;

use super::fold::{is_invisible, reference, skeleton, strict};

/// The most characters between two letters or digits of one value.
const GAP: usize = 4;
/// How many characters of a long text are searched; the rest is compared at a match.
const HEAD: usize = 96;

/// A way to write a value: the letters and digits that are searched, and what a match has to be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pattern {
    /// Letters and digits, folded.
    pub(super) text: String,
    /// What a match has to be.
    pub(super) shape: Shape,
}

/// What a match has to be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Words, each apart; `0` counts the letters before each word but the first.
    Name(Vec<usize>),
    /// One word that starts with a capital.
    Word,
    /// Written like this, white space aside.
    Literal(String),
    /// An e-mail address, which may also be spelled out (`ann [at] example [dot] org`).
    Email(String),
    /// Letters and digits, with the separators of numbers between them.
    Code,
    /// Digits too few to be told from an amount when separators are skipped.
    Digits,
    /// A text whose letters and digits go on like this after the ones searched.
    Prose(String),
}

/// Returns the ways to write a name: in both orders.
pub(super) fn name(text: &str) -> Vec<Pattern> {
    let Some(words) = name_words(text) else { return Vec::new() };
    let mut ways = vec![words_pattern(&words)];
    if let [first @ .., last] = words.as_slice()
        && !first.is_empty()
    {
        let mut turned = vec![last.clone()];
        turned.extend_from_slice(first);
        ways.push(words_pattern(&turned));
    }
    ways
}

/// Returns the folded words of a name, or `None` if it has none.
pub(super) fn name_words(text: &str) -> Option<Vec<String>> {
    let normal = Compare::Name.normalise(text)?;
    let words: Vec<String> =
        normal.split_whitespace().map(skeleton).filter(|w| !w.is_empty()).collect();
    (!words.is_empty()).then_some(words)
}

/// Returns the pattern of these folded words.
pub(super) fn words_pattern(words: &[String]) -> Pattern {
    if let [word] = words {
        return Pattern { text: word.clone(), shape: Shape::Word };
    }
    let mut breaks = Vec::new();
    let mut count = 0;
    for word in words.iter().take(words.len().saturating_sub(1)) {
        count += word.chars().count();
        breaks.push(count);
    }
    Pattern { text: words.concat(), shape: Shape::Name(breaks) }
}

/// Returns the ways to write an e-mail address: as it is, and spelled out.
pub(super) fn email(text: &str) -> Vec<Pattern> {
    let written = trimmed(text);
    let Some((local, host)) = written.rsplit_once('@') else { return code(text) };
    let (local, dotted) = (skeleton(local), host.replace('.', "dot"));
    let (host, dotted) = (skeleton(host), skeleton(&dotted));
    [format!("{local}{host}"), format!("{local}at{host}"), format!("{local}at{dotted}")]
        .into_iter()
        .map(|text| Pattern { text, shape: Shape::Email(written.clone()) })
        .collect()
}

/// Returns the ways to write a telephone number: in national and international form, and without
/// the leading zero, which spreadsheets drop.
pub(super) fn phone(text: &str) -> Vec<Pattern> {
    let Some(normal) = Compare::Phone.normalise(text) else { return Vec::new() };
    let numbers = match (normal.strip_prefix('+'), normal.strip_prefix('0')) {
        (Some(abroad), _) => vec![abroad.to_owned(), format!("00{abroad}")],
        (None, Some(rest)) => {
            ["0", "44", "440", "0044", "00440", ""].map(|prefix| format!("{prefix}{rest}")).to_vec()
        }
        (None, None) => vec![normal],
    };
    numbers.iter().flat_map(|n| code(n)).collect()
}

/// Returns the way to write a number or code.
pub(super) fn code(text: &str) -> Vec<Pattern> {
    let text = skeleton(text);
    let short = text.len() < 9 && text.bytes().all(|b| b.is_ascii_digit());
    let shape = if short { Shape::Digits } else { Shape::Code };
    if text.is_empty() { Vec::new() } else { vec![Pattern { text, shape }] }
}

/// Returns the way to write something that has to stand as it is, but for case and white space.
pub(super) fn literal(text: &str) -> Vec<Pattern> {
    let whole = skeleton(text);
    let written = trimmed(text);
    if whole.is_empty() {
        return Vec::new();
    }
    vec![Pattern { text: whole, shape: Shape::Literal(written) }]
}

/// Returns the text folded, without white space and without what is no letter or digit at its ends.
fn trimmed(text: &str) -> String {
    strict(text).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Returns the way to write a longer text: letters and digits count.
pub(super) fn prose(text: &str) -> Vec<Pattern> {
    let whole = skeleton(text);
    let cut = whole.char_indices().nth(HEAD).map_or(whole.len(), |(at, _)| at);
    let (head, rest) = whole.split_at(cut);
    if head.is_empty() {
        return Vec::new();
    }
    vec![Pattern { text: head.to_owned(), shape: Shape::Prose(rest.to_owned()) }]
}

/// Returns where the value stands in the text if the match is a whole value. `places` are the byte
/// ranges of the characters that matched, in order.
pub(super) fn whole(shape: &Shape, text: &str, places: &[Range<usize>]) -> Option<Range<usize>> {
    let range = places.first()?.start..places.last()?.end;
    let fits = match shape {
        Shape::Name(breaks) => is_name(text, places, breaks),
        Shape::Word => is_word(text, places),
        Shape::Literal(written) => strict(text.get(range.clone())?) == *written,
        Shape::Email(written) => is_email(text, &range, written),
        Shape::Code => gaps(text, places).all(|(_, gap)| is_gap(gap, is_separator)),
        Shape::Digits => {
            gaps(text, places).all(|(_, gap)| is_gap(gap, |_| false)) && !in_number(text, &range)
        }
        Shape::Prose(rest) => {
            let end = after(text, range.end, rest)?;
            let whole = range.start..end;
            return stands_alone(text, &whole).then_some(whole);
        }
    };
    (fits && stands_alone(text, &range)).then_some(range)
}

/// Returns what lies between neighbouring characters of a match, with the number of characters
/// before it.
fn gaps<'a>(
    text: &'a str,
    places: &'a [Range<usize>],
) -> impl Iterator<Item = (usize, &'a str)> + 'a {
    places.windows(2).enumerate().filter_map(move |(index, pair)| match pair {
        [a, b] if a.end < b.start => text.get(a.end..b.start).map(|gap| (index + 1, gap)),
        _ => None,
    })
}

fn is_gap(gap: &str, allowed: impl Fn(char) -> bool) -> bool {
    if gap.contains('<') {
        let plain = super::tags::without(gap);
        let seen = plain.chars().filter(|c| !is_unseen(*c));
        return seen.clone().count() <= GAP && seen.clone().all(allowed);
    }
    let seen = gap.chars().filter(|c| !is_unseen(*c));
    seen.clone().count() <= GAP && seen.clone().all(allowed)
}

/// Returns whether the character leaves no trace in the folded text.
fn is_unseen(c: char) -> bool {
    is_invisible(c) || unicode_normalization::char::is_combining_mark(c)
}

/// Returns whether the character may stand between the digits of a number.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '.' | '-' | '_' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_name(text: &str, places: &[Range<usize>], breaks: &[usize]) -> bool {
    let inside = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`');
    let between = |c: char| {
        c.is_whitespace()
            || inside(c)
            || matches!(c, '.' | ',' | '-' | '_' | '+' | '%')
            || !c.is_ascii()
    };
    let mut apart = 0;
    let sound = gaps(text, places).all(|(at, gap)| {
        if !breaks.contains(&at) {
            return is_gap(&decoded(gap), inside);
        }
        apart += 1;
        is_gap(&decoded(gap), between) && !(is_sentence_end(gap) && word_length(breaks, at) > 2)
    });
    sound && breaks.len() == apart + joined(text, places, breaks)
}

/// Returns the gap with the characters that references (`&#39;`, `%20`) stand for.
fn decoded(gap: &str) -> Cow<'_, str> {
    if !gap.contains(['&', '%']) {
        return Cow::Borrowed(gap);
    }
    let mut plain = String::with_capacity(gap.len());
    let mut at = 0;
    while let Some(c) = gap.get(at..).and_then(|rest| rest.chars().next()) {
        let (c, end) = reference(gap, at).unwrap_or((c, at + c.len_utf8()));
        plain.push(c);
        at = end;
    }
    Cow::Owned(plain)
}

fn is_sentence_end(gap: &str) -> bool {
    gap.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Returns the length of the word that ends where the break is.
fn word_length(breaks: &[usize], at: usize) -> usize {
    at - breaks.iter().rev().find(|b| **b < at).copied().unwrap_or(0)
}

/// Counts the breaks where the words stand together but a capital tells them apart (`AnnLee`).
fn joined(text: &str, places: &[Range<usize>], breaks: &[usize]) -> usize {
    breaks
        .iter()
        .filter(|at| {
            let (Some(a), Some(b)) = (places.get(**at - 1), places.get(**at)) else { return false };
            let starts = |range: &Range<usize>| text.get(range.clone())?.chars().next();
            a.end == b.start
                && starts(a).is_some_and(char::is_lowercase)
                && starts(b).is_some_and(char::is_uppercase)
        })
        .count()
}

fn is_word(text: &str, places: &[Range<usize>]) -> bool {
    let first = places.first().and_then(|p| text.get(p.clone())).and_then(|t| t.chars().next());
    first.is_some_and(|c| !c.is_lowercase())
        && gaps(text, places).all(|(_, gap)| is_gap(gap, |c| matches!(c, '\'' | '\u{2019}')))
}

fn is_email(text: &str, range: &Range<usize>, written: &str) -> bool {
    let Some(slice) = text.get(range.clone()) else { return false };
    let tail = text.get(range.end..).unwrap_or_default();
    let head: String = text.get(..range.start).unwrap_or_default().chars().rev().take(4).collect();
    if inside_address(&head) || goes_on(tail) {
        return false;
    }
    let seen = strict(slice);
    seen == written || spelled(&seen, written)
}

/// Returns whether what stands before (turned round) belongs to the same address: `jo.` in
/// `jo.ann@x.org`.
fn inside_address(head: &str) -> bool {
    let mut chars = head.chars().filter(|c| !is_unseen(*c));
    let joins = chars.next().is_some_and(|c| matches!(c, '.' | '-' | '_' | '+'));
    joins && chars.next().is_some_and(char::is_alphanumeric)
}

/// Returns whether the host goes on: `.uk` after `ann@x.org`.
fn goes_on(tail: &str) -> bool {
    let mut chars = tail.chars().filter(|c| !is_unseen(*c));
    chars.next() == Some('.') && chars.next().is_some_and(char::is_alphanumeric)
}

/// Returns whether the text is the address spelled out, in brackets of any sort or none.
fn spelled(seen: &str, written: &str) -> bool {
    let bare = |text: &str| -> String {
        text.chars()
            .filter(|c| !matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>'))
            .collect()
    };
    let seen = bare(seen);
    let Some((local, host)) = written.rsplit_once('@') else { return false };
    [host.to_owned(), host.replace('.', "dot")]
        .iter()
        .any(|host| seen == format!("{local}at{host}") || seen == format!("{local}@{host}"))
}

/// Returns whether the digits are a part of an amount: `1,002` or `0.1002`.
fn in_number(text: &str, range: &Range<usize>) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(|c| matches!(c, '.' | ',')) && b.is_some_and(|c| c.is_ascii_digit())
    };
    let mut before = text.get(..range.start).unwrap_or_default().chars().rev();
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    joins(before.next(), before.next()) || joins(after.next(), after.next())
}

/// Returns whether no letter or digit touches the range, so that it is a word or number of its
/// own. Scripts that are written without spaces have no such borders.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let seen = |c: &char| !is_unseen(*c);
    let before = text.get(..range.start).unwrap_or_default().chars().rev().find(seen);
    let after = text.get(range.end..).unwrap_or_default().chars().find(seen);
    let slice = text.get(range.clone()).unwrap_or_default();
    let (first, last) = (slice.chars().next(), slice.chars().rev().find(seen));
    !touches(before, first) && !touches(last, after)
}

fn touches(a: Option<char>, b: Option<char>) -> bool {
    let joined = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    matches!((a, b), (Some(a), Some(b)) if joined(a) && joined(b))
}

/// Returns whether the script is written without spaces: Thai, Lao, Khmer, Burmese, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Returns where the letters and digits of `rest` end if the text goes on with them at `from`.
fn after(text: &str, from: usize, rest: &str) -> Option<usize> {
    use std::ops::ControlFlow::{Break, Continue};
    let mut wanted = rest.chars().peekable();
    let mut end = from;
    if wanted.peek().is_none() {
        return Some(end);
    }
    let _ = super::fold::fold(text, from, &mut |c, place| {
        if !c.is_alphanumeric() {
            return Continue(());
        }
        if wanted.peek() != Some(&c) {
            return Break(());
        }
        wanted.next();
        end = place.end;
        if wanted.peek().is_none() { Break(()) } else { Continue(()) }
    });
    wanted.peek().is_none().then_some(end)
}
