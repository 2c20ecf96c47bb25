//! The text of a draft, in the order and layout of a map that a person would write.

use std::fmt::Write as _;

use super::draft::{Draft, DraftSource, DraftTable, Entry, KindLine, Link, Role};

/// Returns the draft as TOML. It parses as a data map if it has a source with a table.
pub(crate) fn write(draft: &Draft) -> String {
    let mut text = String::new();
    for line in &draft.head {
        let _ = writeln!(text, "# {}", plain(line));
    }
    let _ = writeln!(text, "controller = {}", quoted(&draft.controller));
    write_kinds(&mut text, &draft.kinds, draft.mark);
    if draft.same_person {
        text.push_str("\n[[same-person]]\nall = [\"name\", \"birth-date\"]\n");
    }
    text.push_str("\n[redaction]\nstaff = \"keep\"                # or \"role\", \"redact\"\n");
    for source in &draft.sources {
        write_source(&mut text, source, draft.mark);
    }
    text
}

fn write_kinds(text: &mut String, kinds: &[KindLine], mark: &str) {
    if kinds.is_empty() {
        return;
    }
    text.push_str(
        "\n[identifiers]                 # kinds of identifier, and how two values compare\n",
    );
    let lines = kinds.iter().map(|kind| {
        let mut parts = Vec::new();
        parts.extend(kind.compare.map(|compare| format!("match = {}", quoted(compare))));
        parts.extend(kind.shared.then(|| "shared = true".to_owned()));
        let value =
            if parts.is_empty() { "{}".into() } else { format!("{{ {} }}", parts.join(", ")) };
        (key(&kind.name), value, kind.why.as_ref().map(|why| format!("{mark}: {why}")))
    });
    write_aligned(text, &lines.collect::<Vec<_>>());
}

fn write_source(text: &mut String, source: &DraftSource, because: &str) {
    let rule = "-".repeat(60_usize.saturating_sub(source.name.chars().count()));
    let _ = write!(text, "\n# --- {} {rule}\n\n", plain(&source.name));
    // A source without a table that says something does not parse: it stands there as a remark.
    let mark = if source.is_open() { "# " } else { "" };
    for note in &source.notes {
        let _ = writeln!(text, "# {}", plain(note));
    }
    let _ = writeln!(text, "{mark}[[source]]");
    let _ = writeln!(text, "{mark}name      = {}", quoted(&source.name));
    let _ = writeln!(text, "{mark}connector = {}", quoted(&source.connector));
    let (setting, place) = &source.place;
    let _ = writeln!(text, "{mark}{setting:9} = {}", quoted(place));
    source.tables.iter().for_each(|table| write_table(text, table, because));
}

fn write_table(text: &mut String, table: &DraftTable, because: &str) {
    text.push('\n');
    for note in &table.notes {
        let _ = writeln!(text, "# {}", plain(note));
    }
    let mut body = format!("[source.tables.{}]\n", key(&table.name));
    write_aligned(&mut body, &settings(table, because));
    write_aligned(
        &mut body,
        &table.columns.iter().map(|entry| line(entry, because)).collect::<Vec<_>>(),
    );
    for line in body.lines() {
        let mark = if table.is_open() && !line.starts_with('#') { "# " } else { "" };
        let _ = writeln!(text, "{mark}{line}");
    }
}

/// Returns what a table says before its columns.
fn settings(table: &DraftTable, because: &str) -> Vec<(String, String, Option<String>)> {
    let guess = |why: &str| Some(format!("{because}: {why}"));
    let mut lines = Vec::new();
    let mut say = |key: &str, value: String, why: Option<String>| {
        lines.push((key.to_owned(), value, why));
    };
    if let Some(files) = &table.files {
        say("files", quoted(files), None);
    }
    if let Some(name) = &table.table {
        say("table", quoted(name), None);
    }
    let layout = &table.layout;
    if layout.skip_lines > 0 {
        say("skip-lines", layout.skip_lines.to_string(), guess("titles above the columns"));
    }
    if let Some(comment) = layout.comment {
        say("comment", quoted(&comment.to_string()), guess("the first line starts so"));
    }
    if !layout.header {
        let names: Vec<String> = layout.names.iter().map(|name| quoted(name)).collect();
        say("header", "false".into(), guess("the first row looks like data"));
        say("names", format!("[{}]", names.join(", ")), None);
    }
    for (word, links) in [("parent", &table.parents), ("see", &table.sees)] {
        if let Some((value, why)) = links_value(links) {
            say(word, value, guess(&why));
        }
    }
    if let Some(activity) = &table.activity {
        say("activity", quoted(activity), None);
    }
    lines
}

/// Returns links as a table of columns: a single target as a text, several as a list.
fn links_value(links: &[Link]) -> Option<(String, String)> {
    let mut columns: Vec<&str> = Vec::new();
    for link in links {
        if !columns.contains(&link.column.as_str()) {
            columns.push(&link.column);
        }
    }
    let value = |column: &&str| {
        let targets: Vec<String> =
            links.iter().filter(|l| l.column == *column).map(|l| quoted(&l.target)).collect();
        match targets.as_slice() {
            [one] => format!("{} = {one}", key(column)),
            many => format!("{} = [{}]", key(column), many.join(", ")),
        }
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let why = links.first()?.why.clone();
    Some((format!("{{ {} }}", values.join(", ")), why))
}

/// Returns a column's line: key, value, remark. An unmapped one is a remark as a whole.
fn line(entry: &Entry, because: &str) -> (String, String, Option<String>) {
    let name = format!("columns.{}", key(&entry.name));
    match (&entry.role, &entry.maybe) {
        (Some(role), _) => (
            name,
            value(role, entry),
            (!entry.why.is_empty()).then(|| format!("{because}: {}", entry.why)),
        ),
        (None, maybe) => {
            let role = maybe.as_ref().unwrap_or(&Role::Data);
            (format!("# {name}"), value(role, entry), Some(format!("unmapped: {}", entry.why)))
        }
    }
}

fn value(role: &Role, entry: &Entry) -> String {
    let (word, kind) = match role {
        Role::Person(kind) => ("person", Some(kind.as_str())),
        Role::Mentions(kind) => ("mentions", Some(kind.as_str())),
        Role::ThirdParty(kind) => ("third-party", kind.as_deref()),
        Role::Staff(kind) => ("staff", kind.as_deref()),
        Role::Row => ("row", None),
        Role::Text => ("text", None),
        Role::Data => ("data", None),
        Role::Credential => ("credential", None),
        Role::Withhold(code) => ("withhold", Some(*code)),
    };
    let mut more = Vec::new();
    more.extend(entry.concerns.as_ref().map(|c| format!("concerns = {}", quoted(c))));
    more.extend(entry.origin.map(|o| format!("origin = {}", quoted(o))));
    more.extend(entry.data_type.map(|t| format!("type = {}", quoted(t))));
    more.extend(entry.special.as_ref().map(|s| format!("special = {}", quoted(s))));
    more.extend(entry.category.as_ref().map(|c| format!("category = {}", quoted(c))));
    match kind {
        None if more.is_empty() => quoted(word),
        None => format!("{{ {word} = true, {} }}", more.join(", ")),
        Some(kind) => {
            more.insert(0, format!("{word} = {}", quoted(kind)));
            format!("{{ {} }}", more.join(", "))
        }
    }
}

/// Writes `key = value  # remark` lines with the signs under each other.
fn write_aligned(text: &mut String, lines: &[(String, String, Option<String>)]) {
    const WIDEST: usize = 56;
    let width = |text: &str| text.chars().count().min(WIDEST);
    let keys = lines.iter().map(|(key, _, _)| width(key)).max().unwrap_or(0);
    let values = lines.iter().map(|(_, value, _)| width(value)).max().unwrap_or(0);
    for (key, value, remark) in lines {
        let _ = match remark {
            Some(remark) => {
                writeln!(text, "{key:keys$} = {value:values$}  # {}", plain(remark))
            }
            None => writeln!(text, "{key:keys$} = {value}"),
        };
    }
}

/// Returns a key, in quotes if it needs them.
fn key(name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare && !name.is_empty() { name.to_owned() } else { quoted(name) }
}

/// Returns a basic string (TOML 1.0): one line, whatever it holds.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a text as a remark can have it: one line, no control characters.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_texts_are_escaped() {
        assert_eq!(key("customer_no"), "customer_no");
        assert_eq!(key("a.b"), "\"a.b\"");
        assert_eq!(quoted("a\"b\\c\nd\u{7f}"), "\"a\\\"b\\\\c\\nd\\u007F\"");
        assert_eq!(plain("a\nb"), "a b");
    }

    #[test]
    fn an_unmapped_column_is_a_remark() {
        let entry = Entry { name: "x\ny".into(), why: "whose?".into(), ..Entry::default() };
        let mut text = String::new();
        write_aligned(&mut text, &[line(&entry, "guess")]);
        assert_eq!(text, "# columns.\"x\\ny\" = \"data\"  # unmapped: whose?\n");
    }
}
