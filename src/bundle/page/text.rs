//! Text from data on a page: escaped, isolated from the direction of what stands around it, with
//! characters that would hide or reorder it made visible.

use holdall_connector::Value;
use maud::{Markup, PreEscaped, html};

use crate::bundle::flat;

/// How much of a long value a page shows, in characters.
const LONG: usize = 2_000;
/// How many items of a list a page shows.
const ITEMS: usize = 50;

/// Returns the text with control characters and direction overrides made visible (`⟨U+202E⟩`).
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        if is_hidden(c) {
            out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns whether the character controls a device or the direction of text (UAX #9): C0 and C1
/// but for tab and line feed, U+202A–E, U+2066–9.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns a text from data, isolated.
pub(super) fn data(text: &str) -> Markup {
    html! { bdi { (shown(text)) } }
}

/// Returns a value of a record: long ones are cut, empty ones said.
pub(super) fn value(text: &str) -> Markup {
    if text.is_empty() {
        return html! { span.empty { "empty" } };
    }
    let short: String = text.chars().take(LONG).collect();
    let cut = short.len() < text.len();
    html! {
        bdi.value { (shown(&short)) }
        @if cut { " " span.empty { "… continues in the file" } }
    }
}

/// Returns a value of a record as nested lists, where it has parts; long lists are cut.
pub(super) fn nested(item: &Value) -> Markup {
    match item {
        Value::List(items) => html! {
            ul {
                @for inner in items.iter().take(ITEMS) { li { (nested(inner)) } }
                @if items.len() > ITEMS { li.empty { "… continues in the file" } }
            }
        },
        Value::Object(fields) => html! {
            @for (at, (name, inner)) in fields.iter().enumerate() {
                @if at > 0 { (PreEscaped("<br>")) }
                span.soft { (data(name)) ":" } " " (nested(inner))
            }
        },
        scalar => value(&flat::text(scalar)),
    }
}

/// Returns several texts as a list; one as plain text; none as what is said then.
pub(super) fn list<T: AsRef<str>>(items: &[T], silent: &str) -> Markup {
    match items {
        [] => html! { (silent) },
        [one] => data(one.as_ref()),
        many => html! { ul { @for item in many { li { (data(item.as_ref())) } } } },
    }
}

/// Returns an address over several lines.
pub(super) fn lines(items: &[String]) -> Markup {
    html! {
        @for (at, line) in items.iter().enumerate() {
            @if at > 0 { (PreEscaped("<br>")) }
            (data(line))
        }
    }
}

/// Returns the path of a file in the bundle as a link target.
pub(super) fn href(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_data_is_markup_or_hidden() {
        assert_eq!(shown("a\r\nb\rc"), "a\nb⟨U+000D⟩c");
        let page = data("<script>\u{202E}x\u{0}").into_string();
        assert_eq!(page, "<bdi>&lt;script&gt;⟨U+202E⟩x⟨U+0000⟩</bdi>");
    }

    #[test]
    fn links_reach_any_file() {
        assert_eq!(href("data/crm/a b#1.csv"), "data/crm/a%20b%231.csv");
    }
}
