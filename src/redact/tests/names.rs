//! Names in several columns.

use super::estate::{Estate, column, kind};
use crate::find::Other;
use crate::map::Role;

#[test]
fn a_name_in_two_columns_is_one_persons() {
    let estate = Estate::new(vec![
        column("first_name", Role::ThirdParty(Some(kind("name")))),
        column("surname", Role::ThirdParty(Some(kind("name")))),
        column("n", Role::Text),
    ])
    .own(&[("first_name", "Grace"), ("surname", "May"), ("n", "Grace May rang. May I say")]);
    assert_eq!(estate.only(), ["[Person A]", "[Person A]", "[Person A] rang. May I say"]);
}

#[test]
fn a_row_seen_on_the_way_may_have_a_name_in_two_columns() {
    let mut estate = Estate::new(vec![column("n", Role::Data)]).own(&[("n", "LIND, BO; Bo; lind")]);
    let name = |text: &str| (kind("name"), text.to_owned());
    estate.others.push(Other { values: vec![name("Bo"), name("Lind")] });
    assert_eq!(estate.only(), ["[Person A]; [Person A]; lind"]);
}
