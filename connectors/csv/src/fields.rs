//! A row taken apart into fields, and the names of the columns.

use std::collections::{BTreeMap, BTreeSet};

/// Returns the fields of a row, unquoted. The row has no defect.
pub(crate) fn fields(row: &str, delimiter: u8) -> Vec<String> {
    let mut fields = Vec::new();
    let mut rest = Some(row);
    while let Some(text) = rest {
        let (field, after) = match text.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => match text.split_once(char::from(delimiter)) {
                Some((field, after)) => (field.to_owned(), Some(after)),
                None => (text.to_owned(), None),
            },
        };
        fields.push(field);
        rest = after;
    }
    fields
}

/// Returns the field up to its closing quote, and what follows the delimiter after that.
fn unquote(text: &str) -> (String, Option<&str>) {
    let mut field = String::new();
    let mut rest = text;
    while let Some((part, after)) = rest.split_once('"') {
        field.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                field.push('"');
                rest = more;
            }
            None => {
                let mut after = after.chars();
                return (field, after.next().map(|_| after.as_str()));
            }
        }
    }
    field.push_str(rest);
    (field, None)
}

/// Returns the columns' names: trimmed, never empty, each once.
///
/// The second `name` becomes `name_2`; a third column without a name becomes `column_3`. Where the
/// header itself has that name, the next number is taken.
pub(crate) fn names(header: &[String]) -> Vec<String> {
    let said = header.iter().map(|name| name.trim()).collect();
    let mut fresh = Fresh { said, next: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(header.len());
    for (index, name) in header.iter().enumerate() {
        names.push(match name.trim() {
            "" => fresh.name("column", index + 1),
            name if seen.insert(name) => name.to_owned(),
            name => fresh.name(name, 2),
        });
    }
    names
}

/// Makes names that the header does not have.
struct Fresh<'a> {
    said: BTreeSet<&'a str>,
    /// The next number of each stem, so that a header of a million equal names takes no time.
    next: BTreeMap<&'a str, usize>,
}

impl<'a> Fresh<'a> {
    fn name(&mut self, stem: &'a str, from: usize) -> String {
        let next = self.next.entry(stem).or_insert(from);
        *next = from.max(*next);
        loop {
            let name = format!("{stem}_{next}");
            *next += 1;
            if !self.said.contains(name.as_str()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn quotes_come_off_and_doubled_ones_stay_single() {
        let row = "\"a,\"\"b\"\"\",,\"\",c\n";
        assert_eq!(fields(row, b','), owned(&["a,\"b\"", "", "", "c\n"]));
        assert_eq!(fields("a;", b';'), owned(&["a", ""]));
        assert_eq!(fields("\"x\",", b','), owned(&["x", ""]));
        assert_eq!(fields("5\" pipe,\"5\"\" pipe\"", b','), owned(&["5\" pipe", "5\" pipe"]));
    }

    #[test]
    fn names_are_trimmed_filled_and_made_different() {
        assert_eq!(
            names(&owned(&["id", " id ", "", "id", "id_2", " "])),
            owned(&["id", "id_3", "column_3", "id_4", "id_2", "column_6"])
        );
        assert_eq!(names(&owned(&["name", "name"])), owned(&["name", "name_2"]));
    }

    #[test]
    fn names_are_different_whatever_the_header_says() {
        let header = owned(&["", "column", "column", "column_1", "", "a", "a_2", "a", "a_2"]);
        let mut names = names(&header);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), header.len());
    }

    #[test]
    fn a_header_of_many_equal_names_is_no_burden() {
        assert_eq!(names(&vec!["a".to_owned(); 200_000]).last().unwrap(), "a_200000");
    }
}
