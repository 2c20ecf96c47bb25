//! A first look at a file, for a draft of a data map: title lines, remarks, and whether the first
//! row names the columns. It is a guess; a map says what holds.

use std::io::Read;
use std::path::Path as FilePath;

use holdall_connector::{Compare, Error};
use holdall_scan::files::SourceFile;
use holdall_scan::text::{self, Text};

use crate::delimiter;
use crate::fields::fields;
use crate::rows::Rows;

/// How much of the file is looked at.
const SAMPLE: u64 = 64 * 1024;

/// More title lines than this are not looked for.
const TITLES: usize = 10;

/// Rows that are looked at.
const ROWS: usize = 50;

/// How a file seems to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Lines before the header that are no data.
    pub skip_lines: u64,
    /// The character that starts a line of remarks.
    pub comment: Option<char>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The number of columns; 0 in an empty file.
    pub width: usize,
}

/// Looks at the start of a file.
///
/// # Errors
/// [`Error::Io`] if it cannot be read.
pub fn look(file: &FilePath) -> Result<Look, Error> {
    let io = |source| Error::Io { path: file.to_owned(), source };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let source = SourceFile::plain(name, file);
    let coding = text::detect(&source, None).map_err(io)?;
    let mut sample = Vec::new();
    let text = Text::open(&source, coding).map_err(io)?;
    text.take(SAMPLE).read_to_end(&mut sample).map_err(io)?;
    Ok(look_at(&sample))
}

fn look_at(sample: &[u8]) -> Look {
    let comment = remark(sample);
    let (skip, delimiter) = titles(sample, comment);
    let rows = rows(lines_after(sample, skip), delimiter, comment);
    let width = rows.first().map_or(0, Vec::len);
    Look {
        skip_lines: u64::try_from(skip).unwrap_or(0),
        comment: comment.map(char::from),
        header: !is_data(&rows),
        width,
    }
}

/// Returns `#` if the first line that is not empty starts with it.
fn remark(sample: &[u8]) -> Option<u8> {
    sample.iter().copied().find(|b| !b.is_ascii_whitespace()).filter(|b| *b == b'#')
}

/// Returns how many lines stand before the rows, and the delimiter: with the fewest lines left out
/// most rows have the width of the first. One column alone has no titles.
fn titles(sample: &[u8], comment: Option<u8>) -> (usize, u8) {
    for skip in 0..=TITLES {
        let rest = lines_after(sample, skip);
        if rest.is_empty() {
            break;
        }
        let delimiter = delimiter::guess(rest, comment, None);
        let rows = rows(rest, delimiter, comment);
        let width = rows.first().map_or(0, Vec::len);
        let agreeing = rows.iter().filter(|row| row.len() == width).count();
        if width > 1 && rows.len() > 1 && agreeing * 10 >= rows.len() * 8 {
            let blank = if skip > 0 { blank_lines(rest) } else { 0 };
            return (skip + blank, delimiter);
        }
    }
    (0, delimiter::guess(sample, comment, None))
}

fn blank_lines(text: &[u8]) -> usize {
    let lines = text.split(|b| *b == b'\n');
    lines.take_while(|line| line.iter().all(u8::is_ascii_whitespace)).count()
}

fn lines_after(sample: &[u8], skip: usize) -> &[u8] {
    let mut rest = sample;
    for _ in 0..skip {
        let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |end| end + 1);
        rest = rest.get(end..).unwrap_or_default();
    }
    rest
}

fn rows(sample: &[u8], delimiter: u8, comment: Option<u8>) -> Vec<Vec<String>> {
    let mut rows = Rows::new(sample, 0, delimiter, comment);
    let mut found = Vec::new();
    while found.len() < ROWS {
        let Ok(Some(row)) = rows.next() else { break };
        // A row that cannot be read has no fields: it agrees with no other.
        let bytes = row.content.unwrap_or_default();
        let row = String::from_utf8_lossy(bytes);
        let cells = fields(&row, delimiter).into_iter().filter(|_| !bytes.is_empty());
        found.push(cells.map(|cell| cell.trim().to_owned()).collect());
    }
    found
}

/// Returns whether the first row is data: a cell of it looks like a value, stands again further
/// down in its column, or is written as the names of people below it are.
fn is_data(rows: &[Vec<String>]) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    if first.iter().any(|cell| looks_like_data(cell)) {
        return true;
    }
    let names_columns = first.iter().any(|cell| is_heading(cell));
    let mut cells = first.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
    cells.any(|(index, cell)| {
        let column = others.iter().filter_map(|row| row.get(index));
        let (mut all, mut alike) = (0, 0);
        for other in column {
            if other == cell {
                return true;
            }
            all += 1;
            alike += usize::from(is_in_capitals(other));
        }
        !names_columns && is_in_capitals(cell) && alike * 2 > all
    })
}

/// Returns whether a cell has a word that headings have and people's names have not.
fn is_heading(cell: &str) -> bool {
    const WORDS: [&str; 40] = [
        "name",
        "id",
        "no",
        "number",
        "date",
        "email",
        "mail",
        "phone",
        "tel",
        "mobile",
        "address",
        "type",
        "status",
        "code",
        "title",
        "ref",
        "reference",
        "time",
        "note",
        "notes",
        "comment",
        "comments",
        "amount",
        "total",
        "description",
        "postcode",
        "town",
        "city",
        "country",
        "gender",
        "dob",
        "birth",
        "price",
        "company",
        "surname",
        "forename",
        "value",
        "category",
        "by",
        "of",
    ];
    let lower = cell.to_lowercase();
    lower.contains('_') || lower.split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.contains(&w))
}

/// Returns whether a cell is two words or more, each with a capital, as names of people are.
fn is_in_capitals(cell: &str) -> bool {
    let words = || cell.split([' ', ',']).filter(|word| !word.is_empty());
    words().count() > 1 && words().all(|word| word.starts_with(char::is_uppercase))
}

/// Returns whether a text looks like a value rather than the name of a column: an address, a date,
/// a number that is no year, a long run of digits, a sentence.
pub fn looks_like_data(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let year = digits == 4 && (text.starts_with("19") || text.starts_with("20"));
    let number = digits > 0
        && !year
        && text.chars().all(|c| c.is_ascii_digit() || "+-.,/:£$€% ()".contains(c));
    let date = digits >= 4 && !year && Compare::Date.normalise(text).is_some_and(|d| is_iso(&d));
    let at = text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
    let run = text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 5);
    number || date || at || run || digits >= 7 || is_postcode(text) || text.chars().count() > 80
}

/// Returns whether the text ends as a postcode does: a space, a digit, two letters (BS 7666).
fn is_postcode(text: &str) -> bool {
    let Some((out, inner)) = text.rsplit_once(' ') else { return false };
    let inner: Vec<char> = inner.chars().collect();
    let end = |c: &char| c.is_ascii_alphabetic();
    let shape = matches!(inner.as_slice(), [d, a, b] if d.is_ascii_digit() && end(a) && end(b));
    shape && out.len() <= 4 && out.chars().any(|c| c.is_ascii_digit())
}

fn is_iso(text: &str) -> bool {
    let mut parts = text.split('-');
    let is = |part: Option<&str>, length: usize| {
        part.is_some_and(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit()))
    };
    is(parts.next(), 4) && is(parts.next(), 2) && is(parts.next(), 2) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (u64, Option<char>, bool, usize) {
        let Look { skip_lines, comment, header, width } = look_at(text.as_bytes());
        (skip_lines, comment, header, width)
    }

    #[test]
    fn an_ordinary_file_has_a_header_and_nothing_more() {
        assert_eq!(of("id,name\n1,Ada Hart\n2,Bo Lee\n"), (0, None, true, 2));
        assert_eq!(of("Full name;E-mail\nAda;a@example.org\n"), (0, None, true, 2));
        assert_eq!(of(""), (0, None, true, 0));
        assert_eq!(of("name\nAda\nBo\n"), (0, None, true, 1));
    }

    #[test]
    fn titles_and_blank_lines_are_passed_over() {
        assert_eq!(of("Members; the list\n\nid,name,x\n1,A,2\n2,B,3\n"), (2, None, true, 3));
        assert_eq!(of("A\nB; \"c\"\nid,n\n1,A\n2,B\n"), (2, None, true, 2));
        assert_eq!(of("A\nB\n\nid;n\n1;A\n2;B\n"), (3, None, true, 2));
    }

    #[test]
    fn a_first_row_of_data_is_no_header() {
        assert_eq!(of("# van list\nD-1|2026-08-14T15:42|x\n"), (0, Some('#'), false, 3));
        assert_eq!(of("Ada,ada@example.org\nBo,bo@example.org\n"), (0, None, false, 2));
        assert_eq!(of("17,Ada\n18,Bo\n"), (0, None, false, 2));
        assert_eq!(of("Hart,Luton\nLee,Luton\n"), (0, None, false, 2));
        assert_eq!(of("Ada Hart,Luton\nBo Lee,Corby\n"), (0, None, false, 2));
        assert_eq!(of("Full Name,Town\nAda Hart,Luton\nBo Lee,Corby\n"), (0, None, true, 2));
        assert_eq!(of("Hart,LU1 1AA\nLee,LU2 7QA\n"), (0, None, false, 2));
    }

    #[test]
    fn names_of_columns_are_no_data() {
        for name in ["name", "address_line_1", "2024", "E-mail", "q1_2024", "Date of birth", "a@b"]
        {
            assert!(!looks_like_data(name), "{name}");
        }
        for value in ["ada@example.org", "07700 900123", "1984-03-02", "2 March 1984", "£12.50"] {
            assert!(looks_like_data(value), "{value}");
        }
    }
}
