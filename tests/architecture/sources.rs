//! Source files as text, and the rooms that they name.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;

use crate::harness::{files_below, repository};

/// A Rust file of the repository.
pub(super) struct Source {
    /// Its path from the repository's root.
    pub name: String,
    pub text: String,
}

/// Returns every Rust file below a folder of the repository.
pub(super) fn sources(folder: &str) -> Vec<Source> {
    let files = files_below(&repository(folder));
    let rust = files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let name = format!("{folder}/{}", path.to_str().unwrap());
        Source { text: fs::read_to_string(repository(&name)).unwrap(), name }
    })
    .collect()
}

impl Source {
    /// Returns the room of `src` that the file is in; `None` for `lib.rs` and `main.rs`.
    pub(super) fn room(&self) -> Option<&str> {
        let (room, rest) = self.name.strip_prefix("src/")?.split_once('/')?;
        (!rest.is_empty()).then_some(room)
    }

    /// Returns the lines before the unit tests, which stand at the end of a file. A file of tests
    /// has none.
    pub(super) fn code_lines(&self) -> usize {
        if self.is_tests() { 0 } else { self.code().lines().count() }
    }

    fn is_tests(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }

    fn code(&self) -> &str {
        let tests = Regex::new(r"(?m)^#\[cfg\(test\)\]\s+mod \w+ \{").unwrap();
        let end = tests.find(&self.text).map_or(self.text.len(), |found| found.start());
        &self.text[..end]
    }

    /// Returns which of the rooms the file's code names, whether by `crate::`, by a list in braces
    /// or by `super::` up to the root. Unit tests may use more.
    pub(super) fn rooms_used(&self, rooms: &BTreeSet<&str>) -> BTreeSet<String> {
        if self.is_tests() {
            return BTreeSet::new();
        }
        let code: String = self
            .code()
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n");
        let depth = self.name.matches('/').count() - usize::from(self.name.ends_with("/mod.rs"));
        let root =
            Regex::new(&format!(r"\b(?:crate|(?:super::){{{}}}super)::", depth - 1)).unwrap();
        let mut used = BTreeSet::new();
        for found in root.find_iter(&code) {
            used.extend(heads(&code[found.end()..]));
        }
        used.retain(|name| rooms.contains(name.as_str()));
        used
    }
}

/// Returns the first names of a path, or of each path of a list in braces.
fn heads(path: &str) -> Vec<String> {
    let Some(list) = path.strip_prefix('{') else { return head(path).into_iter().collect() };
    let mut depth = 0;
    let mut names = vec![head(list)];
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(head(&list[at + 1..])),
            _ => {}
        }
    }
    names.into_iter().flatten().collect()
}

fn head(path: &str) -> Option<String> {
    let name = Regex::new(r"^\s*(\w+)").unwrap();
    name.captures(path).map(|found| found[1].to_owned())
}

#[test]
fn uses_are_seen_however_they_are_written() {
    let source = |text: &str| Source { name: "src/find/rounds.rs".into(), text: text.into() };
    let rooms = BTreeSet::from(["map", "plan", "cli", "find"]);
    let used = |text: &str| source(text).rooms_used(&rooms).into_iter().collect::<Vec<_>>();
    assert_eq!(used("use crate::map::{Kind, plan};"), ["map"]);
    assert_eq!(used("use crate::{\n    map::{Kind, Map},\n    plan,\n};"), ["map", "plan"]);
    assert_eq!(used("let x = crate::cli::run();"), ["cli"]);
    assert_eq!(used("use super::super::map::Map;"), ["map"]);
    assert_eq!(used("use super::plan::Plan; // crate::cli"), Vec::<String>::new());
    assert_eq!(used("#[cfg(test)]\nmod tests {\n    use crate::cli;\n}"), Vec::<String>::new());
}
