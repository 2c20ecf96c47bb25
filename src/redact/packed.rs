//! Texts packed into texts: base64 bodies, as mails and exports carry them. What they hold is
//! searched; what cannot be read is held to be somebody's.

use std::ops::Range;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

/// The fewest characters of a body that is looked into.
pub(super) const SHORTEST: usize = 24;
/// From how many characters on a body that is no text counts as content: more than digests and
/// keys have.
const CONTENT: usize = 400;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// A body in a text.
pub(super) struct Packed {
    /// Where, in bytes.
    pub(super) range: Range<usize>,
    /// What it spells; `None` if that is no text.
    pub(super) text: Option<String>,
}

/// Returns the base64 bodies of a text. One that is broken into lines is one body.
pub(super) fn packed(text: &str) -> Vec<Packed> {
    let inside = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=');
    let mut all = Vec::new();
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(start) =
        bytes.get(at..).and_then(|rest| rest.iter().position(|b| inside(*b))).map(|p| at + p)
    {
        let mut end = start;
        let mut line = start;
        while let Some(byte) = bytes.get(end) {
            let wraps = matches!(byte, b'\r' | b'\n') && end - line >= 60;
            if wraps {
                line = end + 1;
            } else if !inside(*byte) {
                break;
            }
            end += 1;
        }
        at = end.max(start + 1);
        let body = text.get(start..end).unwrap_or_default().trim_end();
        all.extend(unpack(body).map(|text| Packed { range: start..start + body.len(), text }));
    }
    all
}

/// Returns what a body spells, if it is one: `Some(None)` if it holds something that is no text.
fn unpack(body: &str) -> Option<Option<String>> {
    if body.len() < SHORTEST {
        return None;
    }
    let joined: String = body.split_ascii_whitespace().collect();
    let decoded = STANDARD.decode(&joined).or_else(|_| URL_SAFE.decode(&joined)).ok()?;
    let text = String::from_utf8(decoded).ok().filter(|text| is_prose(text));
    match text {
        Some(text) => Some(Some(text)),
        None => (joined.len() >= CONTENT).then_some(None),
    }
}

/// Returns whether the text has hardly anything but what people write.
fn is_prose(text: &str) -> bool {
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    !text.is_empty() && odd * 20 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_found_and_read() {
        let body = STANDARD.encode("Quillon Vane rang us twice on Monday.");
        let text = format!("See {body} é now");
        let found = packed(&text);
        assert_eq!(found.len(), 1);
        assert_eq!(text.get(found[0].range.clone()), Some(body.as_str()));
        assert_eq!(found[0].text.as_deref(), Some("Quillon Vane rang us twice on Monday."));
    }

    #[test]
    fn words_digests_and_addresses_are_none() {
        for text in [
            "incomprehensibilities and counterrevolutionaries",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "https://example.org/a/b",
            "",
            "====",
        ] {
            assert!(packed(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_long_body_that_is_no_text_is_said() {
        let bytes: Vec<u8> = (0..900_u32).map(|n| (n * 37 % 251) as u8 | 0x80).collect();
        let found = packed(&STANDARD.encode(bytes));
        assert!(found.len() == 1 && found[0].text.is_none());
    }
}
