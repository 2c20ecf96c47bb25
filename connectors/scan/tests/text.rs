//! Encodings are found, and what has no meaning in one is marked.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Read;

use holdall_scan::files::SourceFile;
use holdall_scan::text::{self, MALFORMED, Text};

fn decode(bytes: &[u8], declared: Option<&str>) -> (String, Vec<u8>) {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let source = SourceFile::plain("t", file.path());
    let declared = declared.map(|label| text::named(label).unwrap());
    let coding = text::detect(&source, declared).unwrap();
    let mut found = Vec::new();
    let mut reader = Text::open(&source, coding).unwrap();
    reader.read_to_end(&mut found).unwrap();
    assert_eq!(reader.bytes_read(), bytes.len() as u64);
    (coding.name().to_owned(), found)
}

fn is(bytes: &[u8], name: &str, wanted: &str) {
    let (found, text) = decode(bytes, None);
    assert_eq!((found.as_str(), String::from_utf8(text).unwrap().as_str()), (name, wanted));
}

#[test]
fn the_encoding_is_found() {
    is(b"", "UTF-8", "");
    is(b"plain", "UTF-8", "plain");
    is(b"\xef\xbb\xbfn\xc3\xa9e", "UTF-8", "née");
    is("née".as_bytes(), "UTF-8", "née");
    is(b"n\xe9e \x80 5", "windows-1252", "née € 5");
    is(b"\xff\xfeA\0\xe9\0", "UTF-16LE", "Aé");
    is(b"\xfe\xff\0A", "UTF-16BE", "A");
    is(b"i\0d\0,\0\x14\x20\n\0", "UTF-16LE", "id,—\n");
    is(b"\0i\0d\0,\0A", "UTF-16BE", "id,A");
}

#[test]
fn a_declared_encoding_counts_unless_a_mark_says_otherwise() {
    assert_eq!(decode(b"\xa4", Some("iso-8859-15")).1, "€".as_bytes());
    assert_eq!(decode(b"A\0", Some("UTF-16")).1, b"A");
    assert_eq!(decode(b"\xef\xbb\xbf\xc2\xa3", Some("windows-1252")).1, "£".as_bytes());
    assert!(text::named("utf-32").is_none() && text::named("iso-2022-kr").is_none());
}

#[test]
fn bytes_without_meaning_are_marked_and_not_replaced() {
    assert_eq!(decode(b"\xff\xfe\x00\xd8A\0B", None).1, [MALFORMED, b'A', MALFORMED]);
    assert_eq!(decode(b"a\xffb", Some("shift_jis")).1, [b'a', MALFORMED, b'b']);
    assert_eq!(decode(b"a\xffb", Some("utf-8")).1, b"a\xffb");
}

#[test]
fn a_character_may_lie_across_two_chunks() {
    for (shift, malformed) in [(0, false), (1, false), (2, false), (1, true)] {
        let mut long = "a".repeat(64 * 1024 - shift);
        long.push_str("€£");
        let mut bytes = long.clone().into_bytes();
        if malformed {
            bytes.push(0xE9);
        }
        let (name, text) = decode(&bytes, None);
        assert_eq!((name.as_str(), text == bytes), ("UTF-8", true));
        let wide: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decode(&wide, None).1 == long.as_bytes());
        assert!(decode(&wide, Some("utf-16le")).1 == long.as_bytes());
    }
}
