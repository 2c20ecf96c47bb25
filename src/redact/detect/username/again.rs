//! User names that were found once, wherever else they stand.

use std::collections::BTreeSet;

use memchr::memmem;

use super::token::{Token, is_part, tokens};
use crate::redact::detect::Find;
use crate::redact::detect::places::Places;
use crate::redact::detect::seen::Seen;

/// Finds again what was found once and is written as no word is.
pub(super) fn repeated(seen: &Seen<'_>, out: &mut Vec<Find>) {
    const SHORTEST: usize = 5;
    let text = seen.text();
    let strange = |token: &Token<'_>| token.is_strange() && token.range.len() >= SHORTEST;
    let told: BTreeSet<&str> = out
        .iter()
        .filter_map(|find| Token::at(text, find.0.start).filter(|t| t.range == find.0))
        .filter(strange)
        .map(|token| token.written)
        .collect();
    let known = Places::of(out);
    let found = places(text, &told).into_iter();
    let found = found.filter(|token| !token.is_other() && !known.meet(&token.range));
    out.extend(found.map(|token| Find(token.range, "username", 0.6)));
}

/// Returns where one of these words stands. Each is looked for by itself while they are few.
fn places<'t>(text: &'t str, words: &BTreeSet<&str>) -> Vec<Token<'t>> {
    const FEW: usize = 4;
    if words.len() > FEW {
        return tokens(text, 0..text.len()).filter(|t| words.contains(t.written)).collect();
    }
    let mut found = Vec::new();
    for word in words {
        for at in memmem::find_iter(text.as_bytes(), word.as_bytes()) {
            let before = text.as_bytes().get(..at).and_then(<[u8]>::last);
            let token = Token::at(text, at).filter(|token| token.written == *word);
            found.extend(token.filter(|_| !before.is_some_and(|byte| is_part(*byte))));
        }
    }
    found
}
