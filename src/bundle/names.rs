//! Names of entries: safe on every system, Windows above all, and unique whatever the case.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

/// The longest part of a path, in characters; one less than 100 leaves room for an escape.
const LONGEST: usize = 99;

/// Device names that Windows reserves, with or without an extension
/// (Microsoft, *Naming Files, Paths, and Namespaces*).
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Returns the text as one part of a path: no reserved character or name, nothing that a shell
/// takes for a variable (Frictionless tools refuse such a path), no dot or space at either end, at
/// most [`LONGEST`] characters, never empty. A safe name stays as it is.
pub(crate) fn safe(text: &str) -> String {
    let plain: String = text.nfc().map(|c| if is_safe(c) { c } else { '_' }).collect();
    let cut: String = plain.trim_matches(is_edge).chars().take(LONGEST).collect();
    let name = cut.trim_end_matches(is_edge);
    match name {
        "" => "_".to_owned(),
        name if is_reserved(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

/// Returns whether the name is one that [`safe`] would leave alone.
pub(crate) fn is_safe_name(name: &str) -> bool {
    safe(name) == name
}

fn is_edge(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

fn is_safe(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '$' | '%')
        && !is_invisible(c)
}

/// Returns whether the character hides or reorders what stands around it: zero-width characters,
/// bidirectional controls (UAX #9), line and paragraph separators, byte-order marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{61C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
    )
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        stem.strip_prefix(device).is_some_and(|rest| {
            let mut chars = rest.chars();
            matches!(chars.next(), Some('0'..='9' | '\u{B9}' | '\u{B2}' | '\u{B3}'))
                && chars.next().is_none()
        })
    });
    numbered || RESERVED.contains(&stem.as_str())
}

/// Gives out names, each once whatever the case: `name`, `name_2`, `name_3`.
#[derive(Default)]
pub(super) struct Unique(HashSet<String>);

impl Unique {
    /// Returns the name, or the first numbered form of it that is free.
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2_u64;
        while !self.0.insert(fold(&candidate)) {
            candidate = format!("{name}_{number}");
            number += 1;
        }
        candidate
    }
}

/// Returns the form in which two names collide on a file system that ignores case.
pub(crate) fn fold(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn windows_gets_no_name_it_cannot_hold() {
        for (given, made) in [
            ("orders", "orders"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com1", "_com1"),
            ("COM\u{B9}", "_COM\u{B9}"),
            ("com10", "com10"),
            ("a/b\\c:d", "a_b_c_d"),
            ("..", "_"),
            ("../../etc", "_.._etc"),
            ("trailing. ", "trailing"),
            (" lead", "lead"),
            ("$HOME %TEMP%", "_HOME _TEMP_"),
            ("\u{202E}evil", "_evil"),
            ("", "_"),
        ] {
            assert_eq!(safe(given), made, "{given:?}");
        }
    }

    #[test]
    fn names_that_differ_in_case_alone_are_told_apart() {
        let mut names = Unique::default();
        assert_eq!(names.take("Orders"), "Orders");
        assert_eq!(names.take("orders"), "orders_2");
        assert_eq!(names.take("orders_2"), "orders_2_2");
        assert_eq!(names.take("ORDERS"), "ORDERS_3");
    }

    proptest! {
        #[test]
        fn a_safe_name_is_safe_and_stays(text in any::<String>()) {
            let name = safe(&text);
            prop_assert!(!name.is_empty() && name.chars().count() <= LONGEST + 1);
            prop_assert!(!name.contains(['/', '\\', ':', '\0']));
            prop_assert_eq!(safe(&name), name);
        }
    }
}
