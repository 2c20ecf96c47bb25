//! CSV cells: what a spreadsheet would run is neutralised, reversibly.
//!
//! A cell that a spreadsheet could take for a formula is given an apostrophe in front
//! (OWASP, *CSV Injection*). A cell that already starts like a neutralised one is given another,
//! so that taking one apostrophe away always gives the source's own text back.

use std::borrow::Cow;

/// Returns the cell with an apostrophe in front where a spreadsheet could run it.
pub(crate) fn neutralise(cell: &str) -> Cow<'_, str> {
    if would_run(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Returns the source's own text of a neutralised cell.
pub(crate) fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| would_run(rest)).unwrap_or(cell)
}

/// Returns whether a spreadsheet would run the cell as it stands.
pub(crate) fn is_active(cell: &str) -> bool {
    would_run(cell) && !cell.starts_with('\'')
}

/// Returns whether the cell, or what follows the white space and quotes that it starts with, could
/// be taken for a formula. `+` and `-` are harmless before nothing but digits, spaces and `().-`:
/// telephone numbers and amounts.
fn would_run(cell: &str) -> bool {
    let body = cell.trim_start_matches(|c: char| is_quote(c) || is_blank(c));
    let lead = cell.get(..cell.len() - body.len()).unwrap_or_default();
    if lead.contains(['\t', '\r', '\n']) {
        return true;
    }
    let mut chars = body.chars();
    match chars.next() {
        Some('=' | '@' | '\u{FF1D}' | '\u{FF20}' | '\u{FF0B}' | '\u{FF0D}') => true,
        Some('+' | '-') => !chars.all(is_number_like),
        _ => false,
    }
}

fn is_number_like(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '.' | '-')
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"' | '`' | '\u{2018}'..='\u{201F}' | '\u{FF02}' | '\u{FF07}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || super::names::is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_run_is_neutralised() {
        for cell in [
            "=1+1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "+cmd|' /C calc'!A0",
            "-2+3+cmd",
            " =1",
            "\"=1",
            "'=1",
            "\u{A0}=1",
            "\u{FEFF}=1",
            "\u{FF1D}1",
            "\u{FF0B}1",
            "\u{FF0D}1",
            "\u{FF20}x",
            "-1e5",
            " \t",
        ] {
            assert_eq!(neutralise(cell), format!("'{cell}"), "{cell:?}");
            assert!(is_active(cell) || cell.starts_with('\''), "{cell:?}");
        }
    }

    #[test]
    fn what_would_not_run_stays() {
        for cell in ["", "17", "-5", "+44 (0)7700 900123", "-1.50", "-", "a=b", "O'Hara", "'tis"] {
            assert_eq!(neutralise(cell), cell);
        }
    }

    proptest! {
        #[test]
        fn a_neutralised_cell_gives_its_text_back(
            cell in prop_oneof![any::<String>(), "['\"= \t\r\n@+-]{0,4}[0-9a-z(]{0,3}"],
        ) {
            let out = neutralise(&cell);
            prop_assert!(!is_active(&out));
            prop_assert_eq!(restore(&out), cell.as_str());
        }
    }
}
