//! The parser's messages in plain words. They never repeat a value.
//!
//! The TOML and JSON parsers and serde say what is wrong in English that names the program's own
//! types and repeats the offending value. The forms recognised here are those of `serde::de::Error`;
//! any other message is a syntax error, whose text is fixed.

use super::nearest::one_of;

/// A message in plain words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// What is wrong.
    pub(super) title: String,
    /// What to do about it.
    pub(super) help: Vec<String>,
    /// Whether the offending key could hold a secret under a wrong name.
    pub(super) could_be_secret: bool,
}

impl Wording {
    fn new(title: String, help: impl IntoIterator<Item = String>) -> Self {
        Self { title, help: help.into_iter().collect(), could_be_secret: false }
    }
}

/// Returns a message of the TOML parser or of serde in plain words.
pub(super) fn plain(message: &str) -> Wording {
    if let Some(rest) = message.strip_prefix("unknown field ") {
        return unknown_key(rest);
    }
    if let Some(rest) = message.strip_prefix("unknown variant ") {
        return unknown_word(rest);
    }
    if let Some(rest) = message.strip_prefix("missing field ") {
        let key = quoted(rest).next().unwrap_or_default();
        return Wording::new(format!("`{key}` is missing"), [format!("add `{key} = …`")]);
    }
    let invalid =
        ["invalid type: ", "invalid value: "].iter().find_map(|start| message.strip_prefix(start));
    if let Some(rest) = invalid {
        return wrong_type(rest);
    }
    if message.starts_with("duplicate ") {
        return Wording::new("this is said twice".into(), ["leave one of them out".to_owned()]);
    }
    Wording::new(syntax(message), syntax_help(message))
}

/// Returns an error of the JSON parser in plain words, without its place.
pub(super) fn plain_json(error: &serde_json::Error) -> Wording {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(at) => plain(message.get(..at).unwrap_or_default()),
        None => plain(&message),
    }
}

/// Returns the words between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn unknown_key(rest: &str) -> Wording {
    let mut words = quoted(rest);
    let key = words.next().unwrap_or_default();
    let known: Vec<&str> = words.collect();
    let mut wording =
        Wording::new(format!("unknown key `{key}`"), one_of(key, known.iter().copied()));
    wording.could_be_secret = known.contains(&"url");
    if known.contains(&"third-party") {
        let path = format!("a path of keys is quoted: `columns.\"a.{key}\" = …`");
        wording.help.push(path);
    }
    wording
}

fn unknown_word(rest: &str) -> Wording {
    let mut words = quoted(rest);
    let word = words.next().unwrap_or_default();
    Wording::new(format!("`{word}` is not a word known here"), one_of(word, words))
}

/// `string "…", expected a boolean` becomes `expected true or false, found a text`.
fn wrong_type(rest: &str) -> Wording {
    const FOUND: [(&str, &str); 8] = [
        ("string", "a text"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("boolean", "true or false"),
        ("map", "a table"),
        ("sequence", "a list"),
        ("null", "nothing"),
        ("unit", "nothing"),
    ];
    let found = FOUND.iter().find(|(word, _)| rest.starts_with(word)).map(|(_, plain)| *plain);
    let expected = rest.rsplit_once(", expected ").map_or("something else", |(_, e)| e);
    let expected = match expected {
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "a map" => "a table",
        number if number.starts_with(['u', 'i']) && number.len() <= 4 => "a whole number",
        name if name.starts_with("struct ") => "a table",
        other => other,
    };
    let title = found.map_or_else(
        || format!("expected {expected}"),
        |found| format!("expected {expected}, found {found}"),
    );
    Wording::new(title, None)
}

fn syntax(message: &str) -> String {
    if message.contains("must be quoted") {
        return "a text must be in quotes".to_owned();
    }
    message.replace("newline", "the end of the line")
}

fn syntax_help(message: &str) -> Option<String> {
    let help = if message.contains("must be quoted") {
        "write texts in quotes: `name = \"crm\"`"
    } else if message.contains("key with no value") {
        "write `key = value`"
    } else {
        return None;
    };
    Some(help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_repeated() {
        let wording = plain("invalid type: string \"Ada, expected Hart\", expected a boolean");
        assert_eq!(wording.title, "expected true or false, found a text");
        let wording = plain("invalid value: integer `17`, expected u64");
        assert_eq!(wording.title, "expected a whole number, found a number");
    }

    #[test]
    fn a_key_that_could_hold_a_secret_is_known() {
        let wording = plain("unknown field `ulr`, expected one of `name`, `url`");
        assert_eq!(wording.help, ["did you mean `url`?"]);
        assert!(wording.could_be_secret);
    }

    #[test]
    fn an_unquoted_path_is_recognised() {
        let wording = plain("unknown field `email`, expected one of `person`, `third-party`");
        assert!(wording.help.iter().any(|help| help.contains("is quoted")), "{wording:?}");
    }
}
