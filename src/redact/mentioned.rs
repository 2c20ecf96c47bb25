//! Whom the person's own texts may name: what is looked up among the people whom the organisation
//! knows.

use std::collections::BTreeSet;

use crate::find::{Found, Row};
use crate::map::{Map, StaffPolicy};
use crate::request::Request;

use super::cells::{Cell, Visitor, walk};
use super::columns::{Depth, Verdict, judge};
use super::detect;
use super::forms::name_words;
use super::own::Own;

/// The most words of a name.
const LONGEST: usize = 4;

/// Returns the names in the texts that were found which may be somebody else's: those that the
/// detectors notice, and every other two to four words with capitals in a row. Whole names alone:
/// one word says too little.
pub fn mentioned(found: &Found, map: &Map, request: &Request) -> BTreeSet<String> {
    let own = Own::new(map, &found.subject, request);
    let mut names = BTreeSet::new();
    texts(found, map, request, &mut |text| {
        for name in detect::names(text).into_iter().chain(detect::capitals(text, LONGEST)) {
            let words = name_words(&name);
            let whole = words.iter().filter(|word| word.chars().count() > 1).count() > 1;
            if whole && !own.has_name(&name) {
                names.insert(name);
            }
        }
    });
    names
}

/// Shows every free text that was found and may leave.
pub(super) fn texts(found: &Found, map: &Map, request: &Request, visit: &mut dyn FnMut(&str)) {
    let own = Own::new(map, &found.subject, request);
    for row in &found.rows {
        if let Some(table) = map.table(&row.table) {
            walk(&row.record, table, &mut Texts { row, own: &own, visit });
        }
    }
}

struct Texts<'b, 'm> {
    row: &'b Row,
    own: &'b Own<'m>,
    visit: &'b mut dyn FnMut(&str),
}

impl<'a> Visitor<'a> for Texts<'_, '_> {
    fn leaf(&mut self, cell: Cell<'a>) {
        let Some(text) = cell.text() else { return };
        let verdict = judge(cell.column, &text, &self.row.standing, self.own, StaffPolicy::Keep);
        if verdict == Verdict::Scan(Depth::Text) && !text.trim().is_empty() {
            (self.visit)(&text);
        }
    }
}
