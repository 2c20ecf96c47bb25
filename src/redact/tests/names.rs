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

#[test]
fn a_row_outside_the_dates_still_says_who_else_there_is() {
    let columns = || {
        vec![
            column("contact", Role::ThirdParty(Some(kind("name")))),
            column("code", Role::Credential),
            column("n", Role::Text),
        ]
    };
    let row = [("contact", ""), ("code", ""), ("n", "rang Amira Khan, code Blue7Kite")];
    let mut estate = Estate::new(columns()).own(&row);
    let old = [("contact", "Amira Khan"), ("code", "Blue7Kite"), ("n", "old")];
    estate.aside = Estate::new(columns()).own(&old).rows;
    assert_eq!(estate.only(), ["", "", "rang [Person A], code [a credential is held]"]);
}

#[test]
fn what_follows_a_name_is_no_surname() {
    let columns = vec![column("c", Role::ThirdParty(Some(kind("name")))), column("n", Role::Text)];
    for name in ["Amira J. Khan Jr", "Mrs Amira J. Khan OBE MSc", "Khan, Amira J. PhD"] {
        let row = [("c", name), ("n", "Amira Khan; Mrs Khan")];
        let estate = Estate::new(columns.clone()).own(&row);
        assert_eq!(estate.only()[1], "[Person A]; Mrs [Person A]", "{name}");
    }
}
