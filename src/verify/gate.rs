//! The leak gate: the finished file is opened again and every entry searched, raw and decoded, for
//! every value that was withheld.

use std::ops::Range;
use std::path::Path;

use holdall_connector::Secret;
use rayon::prelude::*;

use crate::bundle::Allowed;
use crate::bundle::cell::restore;
use crate::redact::forms::{Where, Withheld};

use super::Error;
use super::decode::{self, Token};
use super::read::Archive;

/// Something withheld is in the file, or the file cannot be searched. Never carries a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Leak {
    /// A withheld value is in an entry.
    #[error("`{entry}` still has something that was withheld, at {place}: nothing was released")]
    Found {
        /// The entry.
        entry: String,
        /// The place in it: a line, a JSON pointer, or row and column.
        place: String,
    },
    /// A withheld value is in the name of an entry.
    #[error("the name of entry {number} has something that was withheld: nothing was released")]
    Name {
        /// The entry's number in the archive, from 1.
        number: usize,
    },
    /// The file could not be searched.
    #[error(transparent)]
    Unsearchable(#[from] Error),
}

/// Searches a finished bundle for everything that was withheld.
///
/// Every value of a record is searched as [`Where::Data`]; names of fields, pages, and every entry
/// once more as it stands, as [`Where::Page`]. On a page, a hit that the controller's own profile
/// contains is no leak; a label that stands for something withheld is none anywhere.
///
/// # Errors
/// The first [`Leak`] in the order of the entries.
pub fn gate(
    path: &Path,
    passphrase: Option<&Secret>,
    withheld: &Withheld,
    allowed: &Allowed,
) -> Result<(), Leak> {
    let archive = Archive::open(path, passphrase)?;
    let search = Search { withheld, allowed: &Normal::new(allowed) };
    for (at, entry) in archive.entries.iter().enumerate() {
        if search.find(&entry.name, Place::Name).is_some() {
            return Err(Leak::Name { number: at + 1 });
        }
    }
    let results: Vec<Result<(), Leak>> = archive
        .entries
        .par_iter()
        .map(|entry| {
            let content = archive.content(entry)?;
            search
                .entry(&entry.name, &String::from_utf8_lossy(&content))
                .map_err(|place| Leak::Found { entry: entry.name.clone(), place })
        })
        .collect();
    results.into_iter().collect()
}

/// The allowed texts, with white space as single spaces.
struct Normal {
    pages: Vec<String>,
    labels: Vec<String>,
}

impl Normal {
    fn new(allowed: &Allowed) -> Self {
        let pages = allowed.pages().iter().map(|text| spaced(text)).collect();
        Self { pages, labels: allowed.labels().to_vec() }
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a text is, which decides how it is searched and what may be in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A value of a record.
    Value,
    /// The name of a field of a record, or a data file as it stands.
    Name,
    /// Text of a page, of which the profile may have said a part.
    Page,
}

impl Place {
    fn kind(self) -> Where {
        if self == Self::Value { Where::Data } else { Where::Page }
    }

    /// Returns what the names beside texts of this place are.
    fn of_names(self) -> Self {
        if self == Self::Value { Self::Name } else { self }
    }
}

struct Search<'a> {
    withheld: &'a Withheld,
    allowed: &'a Normal,
}

impl Search<'_> {
    /// Returns the first hit that is a leak.
    fn find(&self, text: &str, place: Place) -> Option<Range<usize>> {
        let mut from = 0;
        loop {
            let rest = text.get(from..)?;
            let hit = self.withheld.find(rest, place.kind())?;
            let hit = from + hit.start..from + hit.end;
            if !self.is_allowed(text, &hit, place) {
                return Some(hit);
            }
            from = hit.end.max(from + 1);
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
    }

    fn is_allowed(&self, text: &str, hit: &Range<usize>, place: Place) -> bool {
        let value = spaced(text.get(hit.clone()).unwrap_or_default());
        let said = || self.allowed.pages.iter().any(|p| p.contains(&value));
        (place == Place::Page && said())
            || self.allowed.labels.iter().any(|label| is_inside(text, hit, label))
    }

    /// Searches one entry; the error is the place of the leak.
    fn entry(&self, name: &str, text: &str) -> Result<(), String> {
        let place = if name.starts_with("data/") { Place::Value } else { Place::Page };
        match name.rsplit('.').next() {
            Some("csv") => self.csv(text, place)?,
            Some("json") => self.json(text, place)?,
            Some("html") => self.html(text)?,
            _ => {}
        }
        match self.find(text, place.of_names()) {
            Some(hit) => {
                let line = text.get(..hit.start).unwrap_or_default().matches('\n').count() + 1;
                Err(format!("line {line}"))
            }
            None => Ok(()),
        }
    }

    fn json(&self, text: &str, place: Place) -> Result<(), String> {
        decode::json(text, &mut |at, inner| {
            let place = if at.is_key { place.of_names() } else { place };
            match self.find(inner, place) {
                Some(_) => Err(at.to_string()),
                None => Ok(()),
            }
        })
    }

    fn csv(&self, text: &str, place: Place) -> Result<(), String> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        for (row, record) in reader.into_records().enumerate() {
            let record = record.map_err(|_| format!("row {row}, which is not CSV"))?;
            for (column, cell) in record.iter().enumerate() {
                let at = || format!("row {row}, column {}", column + 1);
                let cell = restore(cell);
                let place = if row == 0 { place.of_names() } else { place };
                if self.find(cell, place).is_some() {
                    return Err(at());
                }
                if cell.starts_with(['[', '{']) && self.nested(cell, place) {
                    return Err(at());
                }
            }
        }
        Ok(())
    }

    /// Returns whether JSON text in a cell has a leak; a cell that is not JSON has none more.
    fn nested(&self, cell: &str, place: Place) -> bool {
        let mut leaked = false;
        let _ = decode::json(cell, &mut |_, inner| {
            leaked |= self.find(inner, place).is_some();
            Ok(())
        });
        leaked
    }

    fn html(&self, text: &str) -> Result<(), String> {
        let mut number = 0_u64;
        for token in decode::html(text) {
            number += 1;
            let leaked = match token {
                Some(Token::Text(words)) => self.find(&words, Place::Page).is_some(),
                Some(Token::Open { attributes, .. }) => {
                    attributes.iter().any(|(_, value)| self.find(value, Place::Page).is_some())
                }
                Some(_) => false,
                None => return Err("a part that is not HTML".into()),
            };
            if leaked {
                return Err(format!("piece {number} of the page"));
            }
        }
        Ok(())
    }
}

/// Returns whether the hit lies inside an occurrence of the label.
fn is_inside(text: &str, hit: &Range<usize>, label: &str) -> bool {
    let earliest = hit.start.saturating_sub(label.len());
    let start = (earliest..=hit.start).find(|at| text.is_char_boundary(*at)).unwrap_or(hit.start);
    let Some(window) = text.get(start..) else { return false };
    window
        .match_indices(label)
        .take_while(|(at, _)| start + at <= hit.start)
        .any(|(at, _)| start + at + label.len() >= hit.end)
}
