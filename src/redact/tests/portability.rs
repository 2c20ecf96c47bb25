//! What a portability request leaves out.

use holdall_connector::{Path, Value};

use super::estate::{Estate, column, kind, texts};
use crate::find::{HoldKind, Standing};
use crate::map::{Column, Origin, Role};
use crate::redact::{Omission, Reach, forms::Where};
use crate::request::Right;

fn portable(columns: Vec<Column>) -> Estate {
    let mut estate = Estate::new(columns);
    estate.request.right = Right::Portability;
    estate
}

fn derived(path: &str) -> Column {
    Column { origin: Origin::Derived, ..column(path, Role::Data) }
}

fn said(omissions: &[Omission]) -> Vec<(String, Reach, u64)> {
    let name = |o: &Omission| o.column.as_ref().map_or_else(String::new, Path::to_string);
    omissions.iter().map(|o| (name(o), o.reach, o.count)).collect()
}

#[test]
fn a_public_task_is_left_out_whole_and_its_basis_named() {
    let mut estate = portable(vec![column("who", Role::ThirdParty(None))])
        .own(&[("who", "Bo Lind")])
        .own(&[("who", "")]);
    estate.map.sources[0].tables[0].activity = Some("care".into());
    let proposed = estate.propose();
    assert_eq!(said(&proposed.omissions), [(String::new(), Reach::All, 2)]);
    assert!(proposed.omissions[0].reason.contains("a public task"));
    assert!(proposed.proposals.is_empty());
    assert!(proposed.withheld.find("by Bo Lind", Where::Data).is_some());
}

#[test]
fn what_was_derived_is_left_out_and_the_rest_redacted() {
    let estate = portable(vec![
        derived("score"),
        column("note", Role::Text),
        column("who", Role::ThirdParty(Some(kind("name")))),
    ])
    .own(&[("score", "for bo@example.net"), ("note", "bo@example.net"), ("who", "Bo Lind")])
    .own(&[("score", ""), ("note", "x"), ("who", "")]);
    let proposed = estate.propose();
    assert_eq!(said(&proposed.omissions), [("score".into(), Reach::All, 1)]);
    let cells: Vec<_> =
        proposed.proposals.iter().map(|p| (p.cell.as_str(), p.ground.code())).collect();
    assert_eq!(cells, [("/note", "art20-4"), ("/who", "art20-4")]);
}

#[test]
fn a_provided_leaf_below_a_column_that_was_not_stays() {
    let object = Value::Object(vec![
        ("kept".into(), Value::Text("x".into())),
        ("made".into(), Value::Text("y".into())),
    ]);
    let estate = portable(vec![derived("box"), column("box.kept", Role::Data)])
        .row(Standing::Own, vec![("box", object)]);
    assert_eq!(said(&estate.propose().omissions), [("box.made".into(), Reach::All, 1)]);
}

#[test]
fn somebody_elses_file_is_left_out() {
    let estate =
        portable(vec![column("about", Role::Mentions(kind("email")))]).own(&[("about", "")]).row(
            Standing::Mentioned { by: vec![Path::column("about")] },
            texts(&[("about", "ada@example.org")]),
        );
    assert_eq!(said(&estate.propose().omissions), [(String::new(), Reach::Mentioned, 1)]);
}

#[test]
fn an_exemption_from_access_alone_is_held() {
    let withheld = |code: &str| {
        portable(vec![column("reference", Role::Withhold(code.into()))])
            .own(&[("reference", "quite good")])
            .propose()
    };
    let holds = withheld("sch2-24").found.holds;
    assert_eq!(holds.len(), 1);
    assert_eq!(holds[0].kind, HoldKind::Exemption);
    assert!(withheld("sch2-2").found.holds.is_empty());
    assert_eq!(withheld("sch2-2").proposals.len(), 1);
}
