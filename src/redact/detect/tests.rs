//! Tables of what has to be found and what must not be.

use super::*;

/// Returns `kind=text` for every span.
fn spans(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    detect(text)
        .iter()
        .map(|s| format!("{}={}", s.kind, chars[s.start..s.end].iter().collect::<String>()))
        .collect()
}

/// Checks that the part in `«»` is found, with its kind, and nothing else.
fn found(kind: &str, marked: &[&str]) {
    for text in marked {
        let (before, rest) = text.split_once('«').unwrap();
        let (value, after) = rest.split_once('»').unwrap();
        let text = format!("{before}{value}{after}");
        assert_eq!(spans(&text), [format!("{kind}={value}")], "{text}");
    }
}

fn nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(spans(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn email() {
    found(
        "email",
        &[
            "write to «ann@example.org».",
            "<«jo.o'neil+news@mail.example.co.uk»>",
            "«ANN@EXAMPLE.ORG»; thanks",
            "reach «ann [at] example [dot] org» soon",
            "reach «ann(at)example.org» soon",
            "«ann&#64;example.org»",
            "«a\u{200B}nn@exam\u{AD}ple.org» now",
            "«zoë@example.org»",
        ],
    );
    nothing(&["meet @ 5pm", "@handle", "user@localhost", "a@b", "npm i @types/node"]);
}

#[test]
fn nino() {
    found(
        "nino",
        &[
            "his NI no is «AB 12 34 56 C».",
            "«AB123456C»",
            "nino «ab123456c»",
            "«JG-10-37-59-A»",
            "National Insurance «AB123456»",
        ],
    );
    nothing(&["DA123456C", "BG123456A", "AO123456B", "order ab123456", "AB1234567C"]);
}

#[test]
fn nhs() {
    found("nhs", &["NHS number «943 476 5919»", "NHS: «9434765919»", "patient «943-476-5919»"]);
    nothing(&["NHS 943 476 5918", "ISBN 9434765919", "order 9434765919", "call 943 476 5919 now"]);
}

#[test]
fn phone() {
    found(
        "phone",
        &[
            "call «07700 900123»",
            "«+44 7700 900123»",
            "«+44 (0)7700 900123»",
            "«0044 7700-900-123»",
            "«(01632) 960123»",
            "«020 7946 0123 ext 4» please",
            "(«07700900123»)",
            "«07700.900.123»",
            "«０７７００ 900123»",
            "«+1 202 555 0123»",
        ],
    );
    nothing(&["order 07700900123", "£07700900123", "on 01/02/2026 10:00", "10.07700900123"]);
}

#[test]
fn any_text_is_safe() {
    for text in
        ["", "\u{0}", "&#", "&#x;", "é@", "０", "＠", "𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑", "+44", "(0)", "a@b.c@d"]
    {
        for span in detect(text) {
            assert!(span.start < span.end && span.end <= text.chars().count());
        }
    }
}
