//! What stops a release, and what its resolution does.

use super::{Estate, by};
use crate::case::{Case, Error, HeldItem};
use crate::find::HoldKind;
use crate::review::{Refusal, Resolution};

/// A second row with the person's e-mail address and another birth date, and a note on it.
fn ambiguous() -> Estate {
    let estate = Estate::new();
    estate.write(
        "customers",
        "customer,name,email,born,pin\n\
         17,Ada Hart,ada.hart@example.org,1984-03-02,9931-AH\n\
         19,Ada Hart,ada.hart@example.org,1990-05-05,2288-AH\n",
    );
    estate.write("notes", "customer,by,text\n17,,A note on seventeen.\n19,,A note on nineteen.\n");
    estate
}

fn hold(case: &Case) -> HeldItem {
    case.holds().unwrap().into_iter().find(|held| held.resolved.is_none()).unwrap()
}

fn resolve(case: &mut Case, resolution: &Resolution) -> Result<(), Error> {
    let (held, seen) = (hold(case), case.revision().unwrap());
    case.resolve_hold(&held.id, Some(resolution), "she showed both", seen, &by("R. Vale"))
}

fn said(case: &Case) -> String {
    let rows = case.overview().unwrap().tables.iter().map(|table| table.rows).sum();
    let cells = (0..rows).flat_map(|row| case.reading(row).unwrap().cells);
    cells.map(|cell| cell.shown + "\n").collect()
}

#[test]
fn a_row_that_is_theirs_joins_and_leads_on() {
    let estate = ambiguous();
    let mut case = estate.reviewed();
    assert!(!said(&case).contains("1990-05-05"));
    assert!(matches!(case.settle(), Err(Error::HoldsOpen(1))));
    resolve(&mut case, &Resolution::Theirs).unwrap();
    assert!(said(&case).contains("1990-05-05"));
    assert!(matches!(case.settle(), Err(Error::CollectAgain)));
    let diff = estate.collect(&mut case);
    assert_eq!(diff.rows_new, 2);
    assert!(said(&case).contains("A note on nineteen."));
    let (_, settled) = case.settle().unwrap();
    assert_eq!(settled.rows().len(), 4);
}

#[test]
fn a_row_that_is_not_theirs_stays_out() {
    let estate = ambiguous();
    let mut case = estate.reviewed();
    resolve(&mut case, &Resolution::NotTheirs).unwrap();
    assert!(!said(&case).contains("1990-05-05"));
    let (_, settled) = case.settle().unwrap();
    assert_eq!(settled.rows().len(), 2);
    estate.collect(&mut case);
    assert_eq!(case.settle().unwrap().1.rows().len(), 2);
    assert_eq!(case.holds().unwrap().len(), 1);
    // Opened again, it stops the release again.
    let id = case.holds().unwrap().remove(0).id;
    let seen = case.revision().unwrap();
    case.resolve_hold(&id, None, "", seen, &by("R. Vale")).unwrap();
    assert!(case.settle().is_err());
    estate.collect(&mut case);
    assert!(matches!(case.settle(), Err(Error::HoldsOpen(1))));
}

#[test]
fn a_column_is_given_searched_or_taken_out() {
    let estate = Estate::new();
    estate.write(
        "notes",
        "customer,by,text,extra\n17,,A note.,Mrs Priya Anand waited from 9 to 10\n",
    );
    let mut case = estate.reviewed();
    assert_eq!(hold(&case).hold.kind, HoldKind::Unmapped);
    resolve(&mut case, &Resolution::Give).unwrap();
    let text = said(&case);
    assert!(text.contains("waited from 9 to 10") && !text.contains("Anand"), "{text}");
    let (id, seen) = (case.holds().unwrap().remove(0).id, case.revision().unwrap());
    let withhold = Resolution::Withhold { ground: "sch2-19".into() };
    case.resolve_hold(&id, Some(&withhold), "advice", seen, &by("R. Vale")).unwrap();
    let text = said(&case);
    assert!(!text.contains("waited"), "{text}");
    assert!(case.settle().is_ok());
}

#[test]
fn a_resolution_fits_its_hold_and_says_why() {
    let estate = ambiguous();
    let mut case = estate.reviewed();
    let refused = resolve(&mut case, &Resolution::Give);
    assert!(matches!(refused, Err(Error::Refused(Refusal::Resolution))), "{refused:?}");
    let (held, seen) = (hold(&case), case.revision().unwrap());
    let theirs = Some(&Resolution::Theirs);
    let refused = case.resolve_hold(&held.id, theirs, " ", seen, &by("R. Vale"));
    assert!(matches!(refused, Err(Error::Refused(Refusal::NoReason(_)))), "{refused:?}");
}

#[test]
fn identity_and_things_to_look_at_by_hand_are_done() {
    let mut estate = Estate::new();
    estate.request = estate.request.replace("[identity]\nverified = true\n", "");
    estate.write("notes", "customer,by,text\n17,,A note.\n");
    let mut case = estate.reviewed();
    resolve(&mut case, &Resolution::Done).unwrap();
    let identity = case.inputs().unwrap().request.identity.unwrap();
    assert!(identity.verified && identity.by.as_deref() == Some("R. Vale"));
    case.add_hold(HoldKind::Manual, "film of the car park", "look at it", &by("R. Vale")).unwrap();
    assert!(case.settle().is_err());
    resolve(&mut case, &Resolution::Done).unwrap();
    assert!(case.settle().is_ok());
}

#[test]
fn serious_harm_needs_an_opinion() {
    let mut estate = Estate::new();
    estate.map =
        estate.map.replace("columns.text = \"text\"", "columns.text = { withhold = \"sch3-2\" }");
    let mut case = estate.reviewed();
    assert_eq!(hold(&case).hold.kind, HoldKind::Opinion);
    resolve(&mut case, &Resolution::Done).unwrap();
    assert!(case.settle().is_ok());
}

#[test]
fn the_row_of_a_hold_is_shown_without_its_credentials() {
    let estate = ambiguous();
    let case = estate.reviewed();
    let row = case.held_rows(&[hold(&case)]).unwrap().remove(0);
    assert!(row.contains(&("/born".into(), "1990-05-05".into())), "{row:?}");
    assert!(!row.iter().any(|(_, text)| text.contains("2288")), "{row:?}");
}
