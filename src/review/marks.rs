//! Passages that a reviewer marks by hand: every place where the same text stands is offered.

use std::ops::Range;

use holdall_connector::Record;

use crate::redact::{text_of, texts};

/// The kind of a passage marked by hand.
pub const MARKED: &str = "marked";

/// Returns every cell and span of the record where the text stands, case aside, as a whole word or
/// words; spans count Unicode scalar values. A cell that is not text is given whole.
pub fn occurrences(record: &Record, text: &str) -> Vec<(String, Option<Range<usize>>)> {
    let wanted: Vec<char> = folded(text.trim()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (cell, content) in texts(record) {
        let spans = places(&content, &wanted);
        if is_text(record, &cell, &content) {
            found.extend(spans.into_iter().map(|span| (cell.clone(), Some(span))));
        } else if !spans.is_empty() {
            found.push((cell, None));
        }
    }
    found
}

/// Lower case, one character for one, so that places stay places.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c))
}

fn places(content: &str, wanted: &[char]) -> Vec<Range<usize>> {
    let chars: Vec<char> = folded(content).collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, window) in chars.windows(wanted.len()).enumerate() {
        let range = at..at + wanted.len();
        let free = found.last().is_none_or(|last| last.end <= at);
        if window == wanted && free && stands_alone(&chars, &range) {
            found.push(range);
        }
    }
    found
}

fn stands_alone(chars: &[char], range: &Range<usize>) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let joined = |a: Option<usize>, b: Option<usize>| letter(a) && letter(b);
    let last = range.end.checked_sub(1);
    !joined(range.start.checked_sub(1), Some(range.start)) && !joined(last, Some(range.end))
}

/// Returns whether a cell holds text, of which a part can be taken out.
fn is_text(record: &Record, cell: &str, content: &str) -> bool {
    text_of(record, cell, Some(&(0..content.chars().count()))).is_some()
}

#[cfg(test)]
mod tests {
    use holdall_connector::{Location, Place, Value};

    use super::*;

    #[test]
    fn whole_words_are_found_in_every_cell_whatever_their_case() {
        let location =
            Location { source: "s".into(), table: "t".into(), file: None, place: Place::Row(1) };
        let list = Value::List(vec![Value::Text("ÉMILE".into()), Value::Integer(12)]);
        let values = vec![Value::Text("💷 Émile, Émilee and émile.".into()), list];
        let columns = ["note", "by"].map(String::from).to_vec().into();
        let record = Record { columns, values, location };
        let at = |cell: &str, span: Option<Range<usize>>| (cell.to_owned(), span);
        let all = [at("/note", Some(2..7)), at("/note", Some(20..25)), at("/by/0", Some(0..5))];
        assert_eq!(occurrences(&record, " Émile "), all);
        assert_eq!(occurrences(&record, "12"), [at("/by/1", None)]);
        assert_eq!(occurrences(&record, " "), []);
    }
}
