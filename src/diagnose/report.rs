//! A report: everything that is wrong with one file, and how it is shown.

use std::fmt;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::mask::{Mask, Shown};
use super::wording;

/// How many problems of one file are shown; more of them help nobody.
const SHOWN: usize = 50;

/// The width that a shown line is cut to, the margin included.
const WIDTH: usize = 100;

/// Reads a file of text, without the byte order mark that some editors write.
pub(crate) fn read_text(file: &Path) -> std::io::Result<String> {
    let text = std::fs::read_to_string(file).map_err(|error| match error.kind() {
        ErrorKind::InvalidData => std::io::Error::new(
            ErrorKind::InvalidData,
            "it is not in UTF-8: save it again with that encoding",
        ),
        _ => error,
    })?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// A file as it was read: what places are looked up in.
pub(crate) struct Document<'a> {
    /// The file, as it was named.
    pub(crate) file: &'a Path,
    /// Its text.
    pub(crate) text: &'a str,
    /// What of it may not be shown.
    pub(crate) mask: Mask,
}

/// What is wrong with a file. `Display` gives the plain form; it never shows a secret, nor (for a
/// request) a personal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report(Vec<Problem>);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Problem {
    title: String,
    place: Option<Place>,
    help: Vec<String>,
}

/// A place, with its line as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    shown: Option<Shown>,
}

impl Report {
    /// A single problem that has no place in a file.
    pub(crate) fn without_place(title: String, help: Vec<String>) -> Self {
        Self(vec![Problem { title, place: None, help }])
    }

    /// Problems that have no place in a file; none is no report.
    pub(crate) fn of(problems: impl Iterator<Item = (String, Vec<String>)>) -> Result<(), Self> {
        let censor = |text: &String| Mask::Personal.censor(text);
        let problem = |(title, help): (String, Vec<String>)| Problem {
            title: censor(&title),
            place: None,
            help: help.iter().map(censor).collect(),
        };
        let problems: Vec<Problem> = problems.map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// Returns how many problems there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns the problems' titles, without places and hints.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|problem| problem.title.as_str())
    }

    /// Returns the report in ANSI colours, for a terminal.
    pub fn ansi(&self) -> String {
        self.render(&Renderer::styled().hyperlink(false).term_width(WIDTH))
    }

    fn render(&self, renderer: &Renderer) -> String {
        let problems: Vec<String> = self.0.iter().map(|p| p.render(renderer)).collect();
        problems.join("\n\n")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain().term_width(WIDTH)))
    }
}

impl std::error::Error for Report {}

impl Problem {
    fn render(&self, renderer: &Renderer) -> String {
        let title = Level::ERROR.primary_title(self.title.as_str());
        let group = match &self.place {
            Some(Place { file, line, shown: Some(shown), .. }) => title.element(
                Snippet::source(shown.line.as_str())
                    .line_start(*line)
                    .path(file.as_str())
                    .annotation(AnnotationKind::Primary.span(shown.span.clone())),
            ),
            Some(Place { file, line, column, shown: None }) => {
                title.element(Origin::path(file.as_str()).line(*line).char_column(*column))
            }
            None => Group::with_title(title),
        };
        let help = self.help.iter().map(|text| Level::HELP.message(text.as_str()));
        renderer.render(&[group.elements(help)])
    }
}

impl Document<'_> {
    /// Returns the parser's error as a report.
    pub(crate) fn syntax(&self, error: &toml::de::Error) -> Report {
        let wording = wording::plain(error.message());
        let mut place = error.span().map(|span| self.place(span));
        if let Some(shown) = place.as_mut().and_then(|place| place.shown.as_mut())
            && wording.could_be_secret
            && self.mask == Mask::Secrets
        {
            shown.cut_value();
        }
        Report(vec![self.problem(&wording.title, place, wording.help)])
    }

    /// Returns the JSON parser's error as a report. No line is shown: a whole document may stand
    /// on one.
    pub(crate) fn json(&self, error: &serde_json::Error) -> Report {
        let wording = wording::plain_json(error);
        let place =
            Place { line: error.line().max(1), column: error.column().max(1), ..self.top() };
        Report(vec![self.problem(&wording.title, Some(place), wording.help)])
    }

    /// Returns a problem whose texts repeat nothing that may not be shown.
    fn problem(
        &self,
        title: &str,
        place: Option<Place>,
        help: impl IntoIterator<Item = String>,
    ) -> Problem {
        let help = help.into_iter().map(|text| self.mask.censor(&text)).collect();
        Problem { title: self.mask.censor(title), place, help }
    }

    /// Returns a problem of the document as a whole.
    pub(crate) fn whole(&self, title: &str, help: &str) -> Report {
        Report(vec![self.problem(title, Some(self.top()), [help.to_owned()])])
    }

    fn top(&self) -> Place {
        Place { file: self.file.display().to_string(), line: 1, column: 1, shown: None }
    }

    /// Returns the line of a place, masked as the file's kind demands.
    fn place(&self, span: Range<usize>) -> Place {
        let start = floor(self.text, span.start);
        let before = self.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = self.text.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let from = (start - line_start).min(line.len());
        let to = floor(self.text, span.end).saturating_sub(line_start).clamp(from, line.len());
        Place {
            file: self.file.display().to_string(),
            line: before.matches('\n').count() + 1,
            column: line.get(..from).unwrap_or_default().chars().count() + 1,
            shown: Some(self.mask.apply(self.text, line_start, line, from..to)),
        }
    }
}

/// Returns the nearest character boundary at or before `index`.
fn floor(text: &str, index: usize) -> usize {
    let mut at = index.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Collects what is wrong with one file.
pub(crate) struct Problems<'a> {
    document: &'a Document<'a>,
    list: Vec<(usize, Problem)>,
    more: usize,
}

impl<'a> Problems<'a> {
    /// Starts with none.
    pub(crate) fn new(document: &'a Document<'a>) -> Self {
        Self { document, list: Vec::new(), more: 0 }
    }

    /// Adds a problem at a place, with what to do about it.
    pub(crate) fn add(
        &mut self,
        span: &Range<usize>,
        title: impl AsRef<str>,
        help: impl IntoIterator<Item = String>,
    ) {
        if self.list.len() == SHOWN {
            self.more += 1;
            return;
        }
        let place = Some(self.document.place(span.clone()));
        self.list.push((span.start, self.document.problem(title.as_ref(), place, help)));
    }

    /// Returns everything that was added, in the order of the file; or the value, if nothing was.
    pub(crate) fn finish<T>(mut self, value: T) -> Result<T, Report> {
        if self.list.is_empty() {
            return Ok(value);
        }
        self.list.sort_by_key(|(start, _)| *start);
        let mut problems: Vec<Problem> = self.list.into_iter().map(|(_, p)| p).collect();
        problems.dedup();
        if self.more > 0 {
            problems.push(self.document.problem(&format!("and {} more", self.more), None, None));
        }
        Err(Report(problems))
    }
}
