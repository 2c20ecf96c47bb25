//! Which parts of a line may not be shown.
//!
//! What is hidden is always the rest of a line: a message would rather show too little.

use std::ops::Range;

/// What stands for a hidden rest of a line.
const HIDDEN: &str = "***";

/// Keys of a request whose values never say who a person is.
const IMPERSONAL: [&str; 8] =
    ["right", "received", "on", "from", "to", "kind", "verified", "sources"];

/// What a kind of file may hold that no message can repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mask {
    /// Nothing.
    Nothing,
    /// Addresses with a password in them.
    Secrets,
    /// Who a person is.
    Personal,
}

/// A line as it may be shown, and the bytes of it to point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The line.
    pub(crate) line: String,
    /// The part to point at.
    pub(crate) span: Range<usize>,
}

impl Shown {
    /// Hides what follows the key that is pointed at.
    pub(crate) fn cut_value(&mut self) {
        let after = self.line.get(self.span.end..).unwrap_or_default();
        let value = after.split_once('=').map_or(after, |(_, value)| value.trim_start());
        self.cut(self.line.len() - value.len());
    }

    /// Hides everything from byte `from` on.
    pub(crate) fn cut(&mut self, from: usize) {
        let Some(kept) = self.line.get(..from).filter(|kept| kept.len() < self.line.len()) else {
            return;
        };
        self.line = format!("{kept}{HIDDEN}");
        let start = self.span.start.min(from);
        let end = if self.span.end > from { self.line.len() } else { self.span.end };
        self.span = start..end.max(start);
    }
}

impl Mask {
    /// Returns the line that starts at byte `start` of `text`, without what may not be shown.
    pub(crate) fn apply(self, text: &str, start: usize, line: &str, span: Range<usize>) -> Shown {
        let mut shown = Shown { line: line.to_owned(), span };
        let before = text.get(..start).unwrap_or_default();
        let from = match self {
            Self::Nothing => None,
            _ if inside_long_text(before) => Some(0),
            Self::Secrets => secret_from(line),
            Self::Personal => personal_from(line, section(before)),
        };
        if let Some(from) = from {
            shown.cut(from);
        }
        shown
    }

    /// Returns a message without quoted words that could be what may not be shown, and without
    /// characters that a terminal would obey.
    pub(crate) fn censor(self, message: &str) -> String {
        const LONGEST: usize = 80;
        let words = message.split('`').enumerate().map(|(i, word)| {
            let quoted = i % 2 == 1;
            let secret = self != Self::Nothing && word.contains("://");
            let personal = self == Self::Personal && word.contains('@');
            if quoted && (secret || personal) {
                return HIDDEN.to_owned();
            }
            let plain = word.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c });
            match word.char_indices().nth(LONGEST) {
                Some(_) if quoted => plain.take(LONGEST).chain(['…']).collect(),
                _ => plain.collect(),
            }
        });
        words.collect::<Vec<String>>().join("`")
    }
}

/// Returns whether a text over several lines is open at the end of `before`.
fn inside_long_text(before: &str) -> bool {
    ["\"\"\"", "'''"].iter().any(|quotes| before.matches(quotes).count() % 2 == 1)
}

/// Returns where a secret may start: the value of `url`, unless it only says where the address is
/// kept, or anything that looks like an address.
fn secret_from(line: &str) -> Option<usize> {
    let address = line.find("://").map(|at| {
        let head = line.get(..at).unwrap_or_default();
        head.rfind(['"', '\'', ' ', '=', '\t']).map_or(0, |quote| quote + 1)
    });
    [url_value(line), address].into_iter().flatten().min()
}

/// Returns where the value of a key `url` starts that is no reference to a secret.
fn url_value(line: &str) -> Option<usize> {
    let keys = line.match_indices("url").map(|(at, word)| (at, at + word.len()));
    let mut values = keys.filter_map(|(from, to)| {
        let before = line.get(..from)?.chars().next_back();
        let after = line.get(to..)?.trim_start_matches(['"', '\'']).trim_start();
        let value = after.strip_prefix('=')?.trim_start();
        let is_key = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
        (is_key && !is_reference(value)).then(|| line.len() - value.len())
    });
    values.next()
}

/// Returns whether a value is `"env:NAME"` or `"file:PATH"` as a whole.
fn is_reference(value: &str) -> bool {
    let inner = value.trim_start_matches(['"', '\'']);
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(rest) = inner.strip_prefix("env:") {
        return rest.trim_end_matches(['"', '\'', ' ']).chars().all(name);
    }
    inner.starts_with("file:") && !inner.contains('@')
}

/// Returns the name of the table that a line after `before` stands in.
fn section(before: &str) -> &str {
    let header = before.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    header.map_or("", |line| line.trim_start_matches('[').split(']').next().unwrap_or_default())
}

/// Returns where something may start that says who a person is.
fn personal_from(line: &str, section: &str) -> Option<usize> {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '\t');
    let margin = line.len() - line.trim_start().len();
    let Some((key, value)) = line.split_once('=') else {
        let header = |c: char| bare(c) || matches!(c, '[' | ']');
        let shown = line.trim().starts_with('[') && line.chars().all(header);
        return (!shown).then_some(margin);
    };
    if !key.chars().all(bare) {
        return Some(margin);
    }
    let open = matches!(section.trim(), "" | "identity" | "scope" | "event");
    if open && IMPERSONAL.contains(&key.trim()) && !value.contains('=') {
        return value.find('#').map(|at| key.len() + 1 + at);
    }
    Some(line.len() - value.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(mask: Mask, text: &str) -> String {
        let start = text.rfind('\n').map_or(0, |at| at + 1);
        let line = text.get(start..).unwrap();
        let shown = mask.apply(text, start, line, 0..line.len());
        assert!(shown.line.is_char_boundary(shown.span.end), "{shown:?}");
        shown.line
    }

    #[test]
    fn an_address_is_hidden_wherever_it_stands() {
        for line in [
            "url = \"hunter2\"",
            "url=postgres://u:hunter2@h",
            "\"url\" = 'hunter2'",
            "{ name = \"x\", url = \"hunter2\" }",
            "path = \"mysql://root:hunter2@h\"",
            "url = \"env:my hunter2\"",
            "url = \"\"\"\nhunter2",
        ] {
            assert!(!shown(Mask::Secrets, line).contains("hunter2"), "{line}");
        }
    }

    #[test]
    fn where_an_address_is_kept_is_shown() {
        for line in
            ["url = \"env:CRM_URL\"", "url = 'file:secrets/crm'", "path = \"crm\"", "curl = 5"]
        {
            assert_eq!(shown(Mask::Secrets, line), line);
        }
    }

    #[test]
    fn a_request_shows_keys_and_impersonal_values_alone() {
        let masked = |text| shown(Mask::Personal, text);
        assert_eq!(masked("right = \"acess\"  # of Ada"), "right = \"acess\"  ***");
        assert_eq!(masked("[subject]\nname = [\"Ada Hart\"]"), "name = ***");
        assert_eq!(masked("[subject]\nkind = [\"Ada Hart\"]"), "kind = ***");
        assert_eq!(masked("name = [\n  \"Ada Hart\","), "  ***");
        assert_eq!(masked("\"Ada Hart\" = 1"), "***");
        assert_eq!(masked("why = '''\nright = \"Ada\""), "***");
        assert_eq!(masked("on = 2026-11-03by = \"A. Officer\""), "on = ***");
        assert_eq!(masked("[subject]"), "[subject]");
        assert_eq!(masked("[[event]]\nkind = \"asked\""), "kind = \"asked\"");
    }

    #[test]
    fn a_message_repeats_no_address_and_no_escape() {
        let message = "`postgres://u:p@h` is no known connector\u{1b}[2J";
        assert_eq!(Mask::Secrets.censor(message), "`***` is no known connector\u{FFFD}[2J");
        assert_eq!(Mask::Personal.censor("a kind `ada@example.org`"), "a kind `***`");
    }
}
