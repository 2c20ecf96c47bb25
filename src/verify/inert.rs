//! Nothing in a bundle runs: a page has only the elements and attributes of Holdall's pages and
//! loads nothing; no cell is a formula.

use crate::bundle::cell::is_active;

use super::decode::{self, Token};

/// Every element that a page may have.
const ELEMENTS: [&str; 43] = [
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "nav", "section",
    "div", "span", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "strong", "em", "code", "br",
    "bdi", "address", "abbr", "details", "summary",
];

/// Every attribute that a page may have, but for `href`, `content` and `http-equiv`.
const ATTRIBUTES: [&str; 13] = [
    "lang",
    "charset",
    "name",
    "class",
    "id",
    "tabindex",
    "role",
    "scope",
    "aria-label",
    "aria-labelledby",
    "colspan",
    "title",
    "dir",
];

/// Checks a CSV file; returns its header and its rows.
///
/// # Errors
/// What is wrong, with row and column, never the content.
pub(super) fn csv(text: &str) -> Result<(Vec<String>, u64), String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut header = Vec::new();
    let mut row = csv::StringRecord::new();
    let mut count: u64 = 0;
    while reader.read_record(&mut row).map_err(|_| uneven(count))? {
        if let Some(at) = row.iter().position(is_active) {
            return Err(format!("row {count}, column {}: a spreadsheet would run it", at + 1));
        }
        if count == 0 {
            header = row.iter().map(str::to_owned).collect();
        }
        count += 1;
    }
    Ok((header, count.saturating_sub(1)))
}

fn uneven(count: u64) -> String {
    format!("row {count} has another number of cells than the header")
}

/// Checks a page.
///
/// # Errors
/// What is wrong, never the content.
pub(super) fn html(text: &str) -> Result<(), String> {
    for token in decode::html(text) {
        match token.ok_or("it is not the HTML that Holdall writes")? {
            Token::Open { name, attributes } => {
                if !ELEMENTS.contains(&name) {
                    return Err("it has an element that could run or load something".into());
                }
                if !attributes.iter().all(|(key, value)| is_inert(key, value)) {
                    return Err("it has an attribute that could run or load something".into());
                }
            }
            Token::Style(css) if loads(css) => {
                return Err("its style could load something".into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_inert(key: &str, value: &str) -> bool {
    match key {
        // A relative path or a place on the page: nothing that has a scheme or a host.
        "href" => !value.contains(':') && !value.starts_with('/') && !value.contains('\\'),
        "http-equiv" => value == "Content-Security-Policy",
        "content" => true,
        _ => ATTRIBUTES.contains(&key),
    }
}

fn loads(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    ["url", "@import", "expression", "image-set", "src(", "\\"]
        .iter()
        .any(|word| css.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_is_refused() {
        for page in [
            "<script>x</script>",
            "<p onclick=\"x\">y</p>",
            "<a href=\"javascript:x\">y</a>",
            "<a href=\"https://example.org\">y</a>",
            "<a href=\"//example.org\">y</a>",
            "<img src=\"x\">",
            "<meta http-equiv=\"refresh\" content=\"0\">",
            "<style>a{background:url(x)}</style>",
            "<style>@import 'x'</style>",
            "<p",
            "<p class=x>y</p>",
            "<!-- x -->",
        ] {
            assert!(html(page).is_err(), "{page}");
        }
        assert_eq!(html("<!DOCTYPE html><p class=\"a\">1 &lt; 2<br></p>"), Ok(()));
    }

    #[test]
    fn a_formula_is_refused_wherever_it_stands() {
        assert!(csv("a\r\n=1+1\r\n").is_err());
        assert!(csv("@a\r\n1\r\n").is_err());
        assert!(csv("a,b\r\n1\r\n").is_err());
        assert_eq!(csv("a\r\n'=1\r\n-5\r\n"), Ok((vec!["a".into()], 2)));
    }
}
