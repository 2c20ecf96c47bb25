//! `holdall detect`: the detectors by themselves, JSON Lines in and out.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::{CommandError, Exit};
use crate::redact::detect::{Known, Span, detect_with};

/// How many lines, and how many bytes of them, are worked on at a time.
const LINES: usize = 4096;
const BYTES: usize = 8 << 20;

/// A text to search.
#[derive(Deserialize)]
struct Input {
    id: Value,
    text: String,
    #[serde(default)]
    subject: BTreeMap<String, Values>,
    #[serde(default)]
    roster: Vec<String>,
}

/// One value or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(String),
    Many(Vec<String>),
}

/// What was found in it.
#[derive(Serialize)]
struct Output {
    id: Value,
    spans: Vec<Span>,
}

/// Runs the command: reads standard input, writes standard output, in order.
pub(super) fn run() -> Result<Exit, CommandError> {
    let out = io::stdout().lock();
    stream(&mut io::stdin().lock(), &mut io::BufWriter::new(out))
}

fn stream(from: &mut impl BufRead, to: &mut impl Write) -> Result<Exit, CommandError> {
    let mut first = 1;
    loop {
        let lines = batch(from, first)?;
        if lines.is_empty() {
            return finish(to.flush());
        }
        let answers: Vec<_> =
            lines.par_iter().enumerate().map(|(at, line)| answer(line, first + at)).collect();
        first += lines.len();
        for answer in answers {
            match answer.map(|line| to.write_all(&line)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return finish(Err(error)),
                Err(error) => {
                    finish(to.flush())?;
                    return Err(error);
                }
            }
        }
    }
}

/// Reads the next lines. `first` is the number of the first of them.
fn batch(from: &mut impl BufRead, first: usize) -> Result<Vec<Vec<u8>>, CommandError> {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while lines.len() < LINES && bytes < BYTES {
        let mut line = Vec::new();
        let read = from.read_until(b'\n', &mut line).map_err(|error| {
            let place = first + lines.len();
            CommandError::failed(&format!("cannot read standard input at line {place}"), &error)
        })?;
        if read == 0 {
            break;
        }
        bytes += read;
        lines.push(line);
    }
    Ok(lines)
}

/// Returns the answer to a line; none to one that is blank.
fn answer(line: &[u8], number: usize) -> Result<Vec<u8>, CommandError> {
    let line = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
    if line.iter().all(u8::is_ascii_whitespace) {
        return Ok(Vec::new());
    }
    let input: Input = serde_json::from_slice(line).map_err(|error| malformed(number, &error))?;
    let subject = input.subject.into_iter().map(|(kind, values)| match values {
        Values::One(value) => (kind, vec![value]),
        Values::Many(values) => (kind, values),
    });
    let spans =
        with_known(subject.collect(), input.roster, |known| detect_with(&input.text, known));
    let output = Output { id: input.id, spans };
    let mut bytes = serde_json::to_vec(&output).map_err(|error| malformed(number, &error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Whom a line is about and who else is known: subject and roster.
type People = (BTreeMap<String, Vec<String>>, Vec<String>);

/// Calls `with` with what is made of subject and roster; of those of the line before, if they are
/// the same, it is not made again.
fn with_known<T>(
    subject: BTreeMap<String, Vec<String>>,
    roster: Vec<String>,
    with: impl FnOnce(&Known) -> T,
) -> T {
    thread_local! {
        static LAST: RefCell<Option<(People, Known)>> = const { RefCell::new(None) };
    }
    let people = (subject, roster);
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(before, _)| *before != people) {
            let known = Known::new(&people.0, &people.1);
            *last = Some((people, known));
        }
        with(last.as_ref().map_or(&Known::default(), |(_, known)| known))
    })
}

/// Says where a line is wrong, without what stands there: it may be personal.
fn malformed(line: usize, error: &serde_json::Error) -> CommandError {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => {
            "is not an object with `id`, a text `text`, and perhaps `subject` and `roster`"
        }
        Category::Eof => "ends before its JSON does",
        Category::Syntax | Category::Io => "is not JSON",
    };
    let place = format!("line {line} of standard input {what} (column {})", error.column());
    CommandError { exit: Exit::Failed, message: place, hints: Vec::new() }
        .hint("write one object a line: {\"id\": …, \"text\": \"…\", \"subject\": {\"name\": [\"…\"]}, \"roster\": [\"…\"]}")
}

/// Returns how the writing ended; a reader that has seen enough is no error.
fn finish(written: io::Result<()>) -> Result<Exit, CommandError> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::failed("cannot write to standard output", &error))
        }
        _ => Ok(Exit::Ok),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &str) -> (String, Result<Exit, CommandError>) {
        let mut out = Vec::new();
        let exit = stream(&mut input.as_bytes(), &mut out);
        (String::from_utf8(out).unwrap(), exit)
    }

    #[test]
    fn answers_come_in_order_and_count_characters() {
        let line = |id: usize| format!("{{\"id\":{id},\"text\":\"é 07700 900123\"}}\n");
        let input: String = (0..5000).map(line).collect();
        let (out, exit) = run(&input);
        assert_eq!(exit.unwrap(), Exit::Ok);
        for (at, line) in out.lines().enumerate() {
            let answer: Value = serde_json::from_str(line).unwrap();
            assert_eq!(answer["id"], at);
            assert_eq!(answer["spans"][0]["start"], 2);
            assert_eq!(answer["spans"][0]["end"], 14);
        }
    }

    #[test]
    fn a_malformed_line_is_named_but_not_shown() {
        let good = "{\"id\":\"a\",\"text\":\"\"}\n\n";
        for bad in ["{\"id\":1,\"text\":[\"Amira\"]}", "Amira", "{\"id\":1,\"text\":\"Amira"] {
            let (out, exit) = run(&format!("{good}{bad}\n"));
            let error = exit.unwrap_err();
            assert_eq!(error.exit, Exit::Failed);
            assert!(error.text().contains("line 3 of") && !error.text().contains("Amira"));
            assert_eq!(out, "{\"id\":\"a\",\"spans\":[]}\n");
        }
    }
}
