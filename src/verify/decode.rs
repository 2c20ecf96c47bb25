//! Files taken apart into the texts that a reader would see: JSON strings without escapes, CSV
//! cells without quotes and added apostrophes, HTML without entities.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// What is called with every text: its place, and itself. Returning an error ends the walk.
pub(super) type Visit<'a> = dyn FnMut(&Pointer<'_>, &str) -> Result<(), String> + 'a;

/// Walks over a JSON document: every string, number and key, with a JSON pointer (RFC 6901).
///
/// # Errors
/// That of `visit`, or that the text is not JSON.
pub(super) fn json(text: &str, visit: &mut Visit<'_>) -> Result<(), String> {
    let mut failed = None;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut pointer = String::new();
    let walk = Walk { pointer: &mut pointer, visit, failed: &mut failed };
    let walked = walk.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    match (failed, walked) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(format!("it is not JSON (line {})", error.line())),
        (None, Ok(())) => Ok(()),
    }
}

/// Returns how many items a JSON array has, or `None` for another document.
///
/// # Errors
/// That the text is not JSON.
pub(super) fn json_rows(text: &str) -> Result<Option<u64>, String> {
    let wrong = |error: serde_json::Error| format!("it is not JSON (line {})", error.line());
    if !text.trim_start().starts_with('[') {
        return serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| None).map_err(wrong);
    }
    let items: Vec<serde::de::IgnoredAny> = serde_json::from_str(text).map_err(wrong)?;
    Ok(Some(items.len() as u64))
}

struct Walk<'w, 'v> {
    pointer: &'w mut String,
    visit: &'w mut Visit<'v>,
    failed: &'w mut Option<String>,
}

impl Walk<'_, '_> {
    fn see<E: serde::de::Error>(&mut self, text: &str, is_key: bool) -> Result<(), E> {
        let place = Pointer { pointer: self.pointer, is_key };
        (self.visit)(&place, text).map_err(|error| {
            *self.failed = Some(error);
            E::custom("stopped")
        })
    }

    /// Walks one step down and back.
    fn below<T>(&mut self, step: &str, down: impl FnOnce(Walk<'_, '_>) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        let result = down(Walk { pointer: self.pointer, visit: self.visit, failed: self.failed });
        self.pointer.truncate(length);
        result
    }
}

/// Where a text of a JSON document stands. The pointer above a key does not show the key.
pub(super) struct Pointer<'a> {
    pointer: &'a str,
    /// Whether the text is the name of a field.
    pub(super) is_key: bool,
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "/" } else { self.pointer };
        if self.is_key { write!(f, "a key of {pointer}") } else { f.write_str(pointer) }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(mut self, number: i64) -> Result<(), E> {
        self.see(&number.to_string(), false)
    }

    fn visit_u64<E: serde::de::Error>(mut self, number: u64) -> Result<(), E> {
        self.see(&number.to_string(), false)
    }

    fn visit_f64<E: serde::de::Error>(mut self, number: f64) -> Result<(), E> {
        self.see(&number.to_string(), false)
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<(), E> {
        self.see(text, false)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let mut at: u64 = 0;
        while self.below(&at.to_string(), |walk| items.next_element_seed(walk))?.is_some() {
            at += 1;
        }
        Ok(())
    }

    /// A number arrives as an object of one private key, with its digits exactly as written.
    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<(), A::Error> {
        while let Some(key) = fields.next_key::<String>()? {
            if key == "$serde_json::private::Number" {
                let digits: String = fields.next_value()?;
                self.see::<A::Error>(&digits, false)?;
                continue;
            }
            self.see::<A::Error>(&key, true)?;
            self.below(&key, |walk| fields.next_value_seed(walk))?;
        }
        if self.failed.is_some() { Err(A::Error::custom("stopped")) } else { Ok(()) }
    }
}

/// A piece of a page.
pub(super) enum Token<'a> {
    /// An opening tag, with its attributes decoded.
    Open { name: &'a str, attributes: Vec<(&'a str, String)> },
    /// A closing tag or the document type.
    Other,
    /// Text, decoded.
    Text(String),
    /// The content of a `style` element.
    Style(&'a str),
}

/// Takes a page apart. The dialect is that of Holdall's pages: attributes in double quotes, no
/// comments; `None` ends the iteration where something else stands.
pub(super) fn html(text: &str) -> impl Iterator<Item = Option<Token<'_>>> {
    let mut rest = text;
    let mut in_style = false;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let step = if std::mem::take(&mut in_style) { style(rest) } else { token(rest) };
        let Some((token, after)) = step else {
            rest = "";
            return Some(None);
        };
        rest = after;
        in_style = matches!(token, Token::Open { name: "style", .. });
        Some(Some(token))
    })
}

fn style(text: &str) -> Option<(Token<'_>, &str)> {
    let end = text.find("</style>")?;
    let (css, rest) = text.split_at(end);
    Some((Token::Style(css), rest))
}

fn token(text: &str) -> Option<(Token<'_>, &str)> {
    let Some(tag) = text.strip_prefix('<') else {
        let (words, rest) = text.split_at(text.find('<').unwrap_or(text.len()));
        return Some((Token::Text(unescape(words)), rest));
    };
    if let Some(rest) = tag.strip_prefix("!DOCTYPE html>") {
        return Some((Token::Other, rest));
    }
    if let Some(close) = tag.strip_prefix('/') {
        let (name, rest) = close.split_once('>')?;
        return is_name(name).then_some((Token::Other, rest));
    }
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, mut rest) = tag.split_at(end);
    let mut attributes = Vec::new();
    while let Some(more) = rest.strip_prefix(' ') {
        let end = more.find(|c: char| !c.is_ascii_lowercase() && c != '-')?;
        let (key, value) = more.split_at(end);
        let (value, after) = match value.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"')?,
            None => ("", value),
        };
        attributes.push((key, unescape(value)));
        rest = after;
    }
    Some((Token::Open { name, attributes }, rest.strip_prefix('>')?))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Returns text without the entities that an HTML writer makes, and numeric ones.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, tail)| Some((entity(name)?, tail))) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gives_strings_keys_and_digits_with_their_places() {
        let mut seen = Vec::new();
        json(r#"[{"a\u0062":"\u0041da","n":[0.10,17]}]"#, &mut |place, text| {
            seen.push(format!("{place} {text}"));
            Ok(())
        })
        .unwrap();
        assert_eq!(
            seen,
            ["a key of /0 ab", "/0/ab Ada", "a key of /0 n", "/0/n/0 0.10", "/0/n/1 17"]
        );
        assert!(json("[1,", &mut |_, _| Ok(())).is_err());
    }

    #[test]
    fn html_gives_text_without_entities() {
        let texts: Vec<String> = html("<p class=\"x\">O&#39;Hara &amp; &#x41;</p>")
            .filter_map(|t| match t {
                Some(Token::Text(text)) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["O'Hara & A"]);
    }
}
