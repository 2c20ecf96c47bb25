//! Text from data on a page: escaped by the templates, isolated from the direction of what stands
//! around it, with characters that would hide or reorder it made visible.

use maud::{Markup, html};

/// Returns a text from data.
pub(super) fn data(text: &str) -> Markup {
    html! { bdi.data { (pieces(text, 0)) } }
}

/// Returns a text in pieces that carry where in the whole they stand, in Unicode scalar values from
/// `start`, so that the script can tell what of it was selected.
pub(super) fn pieces(text: &str, start: usize) -> Markup {
    let mut out: Vec<(usize, String, bool)> = Vec::new();
    let mut open = false;
    let mut chars = text.chars().enumerate().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n') {
            // The line ends with what follows; only the places have to go on being right.
            open = false;
        } else if is_hidden(c) {
            out.push((start + at, format!("⟨U+{:04X}⟩", u32::from(c)), true));
            open = false;
        } else if let Some((_, run, _)) = out.last_mut().filter(|_| open) {
            run.push(c);
        } else {
            out.push((start + at, c.to_string(), false));
            open = true;
        }
    }
    html! {
        @for (at, run, hidden) in &out {
            @if *hidden { span.hidden data-at=(at) data-one { (run) } }
            @else { span data-at=(at) { (run) } }
        }
    }
}

/// Returns a text that stands in the middle of a sentence as one of its own.
pub(super) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// Returns whether the character controls a device or the direction of text (UAX #9): C0 and C1
/// but for tab and line feed, U+202A–E, U+2066–9; or has no width of its own.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}')
}

/// Returns a cell's name for people: `items › 0 › price` for the JSON pointer `/items/0/price`.
pub(super) fn cell(pointer: &str) -> String {
    let parts = pointer.strip_prefix('/').unwrap_or(pointer).split('/');
    let parts: Vec<String> = parts.map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    parts.join(" › ")
}

/// Returns a count with its word.
pub(super) fn count(n: u64, one: &str, many: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out} {}", if n == 1 { one } else { many })
}

/// Returns a day for people.
pub(super) fn day(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Returns a time for people: day and minute, in UTC.
pub(super) fn time(at: &str) -> String {
    match at.parse::<jiff::Timestamp>() {
        Ok(at) => at.strftime("%-d %B %Y, %H:%M UTC").to_string(),
        Err(_) => at.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_what_hides_is_seen() {
        let page = data("<b>\u{202E}x</b>").into_string();
        assert!(!page.contains("<b>") && page.contains("&lt;b&gt;"), "{page}");
        assert!(page.contains("⟨U+202E⟩") && !page.contains('\u{202E}'), "{page}");
        assert!(page.contains(r#"data-at="4""#), "{page}");
        let lines = pieces("a\r\nb", 0).into_string();
        assert_eq!(lines, "<span data-at=\"0\">a</span><span data-at=\"2\">\nb</span>");
    }

    #[test]
    fn cells_and_counts_read_well() {
        assert_eq!(cell("/items/0/a~1b"), "items › 0 › a/b");
        assert_eq!(count(1, "item", "items"), "1 item");
        assert_eq!(count(100_000, "item", "items"), "100,000 items");
    }
}
