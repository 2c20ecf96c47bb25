//! HTML tags inside words: `Qu<b>ill</b>on` reads as one word, so it is searched as one.

/// Tags that change how letters look and end no word.
const INLINE: [&str; 16] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "mark", "small", "sub", "sup", "wbr",
    "ins", "del",
];
/// The longest tag that is looked at, in bytes.
const LONGEST: usize = 240;

/// Returns where the inline tags end that start at the byte offset, if they stand between letters.
pub(crate) fn inside_word(text: &str, at: usize) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut end = tag(text, at)?;
    while let Some(next) = tag(text, end) {
        end = next;
    }
    let before = text.get(..at)?.chars().next_back();
    let before = if before == Some('>') { before_tags(text, at) } else { before };
    (letter(before) && letter(text.get(end..)?.chars().next())).then_some(end)
}

/// Returns the character before the tags that end here.
fn before_tags(text: &str, at: usize) -> Option<char> {
    let start = text.get(..at)?.rfind('<')?;
    tag(text, start).filter(|end| *end == at)?;
    text.get(..start)?.chars().next_back()
}

/// Returns where the inline tag that starts at the byte offset ends.
fn tag(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix('<')?;
    let window = rest.as_bytes().get(..rest.len().min(LONGEST))?;
    let close = window.iter().position(|b| matches!(b, b'>' | b'<'))?;
    let inner = rest.get(..close).filter(|_| window.get(close) == Some(&b'>'))?;
    let inner = inner.strip_prefix('/').unwrap_or(inner).trim_end_matches('/');
    let name = inner.split([' ', '\t', '\n']).next()?.to_ascii_lowercase();
    INLINE.contains(&name.as_str()).then_some(at + close + 2)
}

/// Returns the text between two matched characters without inline tags.
pub(super) fn without(gap: &str) -> String {
    let mut plain = String::with_capacity(gap.len());
    let mut at = 0;
    while let Some(c) = gap.get(at..).and_then(|rest| rest.chars().next()) {
        match tag(gap, at).filter(|_| c == '<') {
            Some(end) => at = end,
            None => {
                plain.push(c);
                at += c.len_utf8();
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_between_letters_vanish() {
        let text = "Qu<b>ill</b>on";
        assert_eq!(inside_word(text, 2), Some(5));
        assert_eq!(inside_word("a<b><i class='x'>b", 1), Some(17));
        for text in ["a <b>b", "a<b> b", "a<b@x.org>b", "a<td>b", "a<b", "a<", "1<b>2"] {
            let at = text.find('<').unwrap();
            assert_eq!(inside_word(text, at), None, "{text}");
        }
        assert_eq!(without("</b> <i>"), " ");
    }
}
