//! The reading view: a record as it is, beside it as the person will see it.

mod sheet;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, Response};

use crate::case::{Error, MarkAt, Named, NewMark, Reading, Revision};
use crate::page::failure::Failure;
use crate::page::fields::Fields;
use crate::page::server::{Shared, go};
use crate::request::Right;

/// A passage that somebody chose, before it is taken out.
struct Passage {
    mark: NewMark,
    text: String,
    places: u64,
    people: Vec<Named>,
    right: Right,
    revision: Revision,
}

/// Answers with the page of a record.
pub(super) async fn show(
    State(page): State<Shared>,
    Path(row): Path<u64>,
) -> Result<Html<String>, Failure> {
    let reading = page.desk.ask(move |case| case.reading(row)).await?;
    let main = sheet::record(page.frame(), &reading);
    Ok(page.frame().page("A record", "", &main))
}

/// Takes a passage that was selected or typed, and asks how it is to be taken out.
pub(super) async fn passage(
    State(page): State<Shared>,
    Path(row): Path<u64>,
    Extension(fields): Extension<Fields>,
) -> Result<Html<String>, Failure> {
    let passage = page
        .desk
        .ask(move |case| {
            let reading = case.reading(row)?;
            let (mark, text) = chosen(&reading, &fields).ok_or(Error::Unknown("passage"))?;
            let places = case.occurrences(&mark)?;
            let (right, people) = (case.right()?, case.people_to_choose()?);
            Ok(Passage { mark, text, places, people, right, revision: reading.revision })
        })
        .await?;
    let main = sheet::passage(page.frame(), &passage);
    Ok(page.frame().page("Take out a passage", "", &main))
}

/// Returns the passage that a form names: a whole cell, a part by its place, or a typed text.
fn chosen(reading: &Reading, fields: &Fields) -> Option<(NewMark, String)> {
    let cell = reading.cells.iter().find(|cell| fields.raw("cell") == Some(cell.cell.as_str()))?;
    let span = match fields.get("what") {
        _ if fields.all("what").any(|what| what == "whole") => None,
        "span" => Some((fields.number("start").ok()?, fields.number("end").ok()?)),
        _ => Some(find(&cell.text, fields.get("text"))?),
    };
    let text: String = match span {
        None => cell.text.clone(),
        Some((start, end)) => cell.text.chars().skip(start).take(end.checked_sub(start)?).collect(),
    };
    let mark = NewMark {
        row: reading.row,
        cell: cell.cell.clone(),
        span,
        ground: String::new(),
        party: None,
        note: None,
        at: MarkAt::Here,
    };
    (!text.trim().is_empty()).then_some((mark, text))
}

/// Returns where a text stands first, whatever its case, in Unicode scalar values.
fn find(text: &str, wanted: &str) -> Option<(usize, usize)> {
    let folded = |text: &str| -> Vec<char> {
        text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
    };
    let (text, wanted) = (folded(text), folded(wanted));
    if wanted.is_empty() {
        return None;
    }
    let at = text.windows(wanted.len()).position(|part| *part == wanted)?;
    Some((at, at + wanted.len()))
}

/// Takes a passage out.
pub(super) async fn mark(
    State(page): State<Shared>,
    Path(row): Path<u64>,
    Extension(fields): Extension<Fields>,
) -> Result<Response, Failure> {
    let span = match fields.some("start") {
        Some(_) => Some((fields.number("start")?, fields.number("end")?)),
        None => None,
    };
    let mark = NewMark {
        row,
        cell: fields.raw("cell").unwrap_or_default().to_owned(),
        span,
        ground: fields.get("ground").to_owned(),
        party: fields.get("party").parse().ok(),
        note: fields.some("note").map(str::to_owned),
        at: if fields.get("at") == "everywhere" { MarkAt::Everywhere } else { MarkAt::Here },
    };
    let (seen, by) = (fields.seen()?, page.by());
    page.desk.ask(move |case| case.mark(&mark, seen, &by)).await?;
    Ok(go(&format!("/rows/{row}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_is_found_by_characters() {
        assert_eq!(find("Zoë rang; ZOË left", "zoë"), Some((0, 3)));
        assert_eq!(find("é Osgood", "osgood"), Some((2, 8)));
        assert_eq!(find("abc", ""), None);
        assert_eq!(find("abc", "abcd"), None);
    }
}
