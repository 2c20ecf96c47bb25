//! Whole cells, by role and standing.

use holdall_connector::{Path, Value};

use super::estate::{Estate, column, kind, texts};
use crate::find::{Other, Standing};
use crate::map::{Role, StaffPolicy};

#[test]
fn credentials_never_leave() {
    let estate = Estate::new(vec![column("password", Role::Credential), column("n", Role::Text)])
        .own(&[("password", "hunter2!"), ("n", "my password is Hunter2! now")])
        .own(&[("password", " ")]);
    let after = estate.after();
    assert_eq!(after[0], ["[a credential is held]", "my password is [a credential is held]! now"]);
    assert_eq!(after[1], [" "]);
}

#[test]
fn a_third_party_has_one_label_everywhere() {
    let estate = Estate::new(vec![
        column("neighbour", Role::ThirdParty(Some(kind("name")))),
        column("mail", Role::ThirdParty(Some(kind("email")))),
        column("n", Role::Text),
    ])
    .own(&[
        ("neighbour", "Bilal Hart"),
        ("mail", "bilal@example.net"),
        ("n", "Ada Hart met Hart, Bilal (BILAL@example.net). Bilal's key. Ada left."),
    ])
    .own(&[("neighbour", "Amira Khan"), ("n", "Mr. bilal  hart and Mrs Khan")]);
    let after = estate.after();
    assert_eq!(
        after[0],
        [
            "[Person A]",
            "[Person A: email]",
            "Ada Hart met [Person A] ([Person A: email]). [Person A]'s key. Ada left."
        ]
    );
    assert_eq!(after[1], ["[Person B]", "Mr. [Person A] and Mrs [Person B]"]);
}

#[test]
fn the_subject_is_never_a_third_party() {
    let estate = Estate::new(vec![
        column("who", Role::ThirdParty(None)),
        column("about", Role::Mentions(kind("email"))),
        column("by", Role::Person(kind("email"))),
    ])
    .own(&[("who", "HART, Ada"), ("about", "ADA@example.org"), ("by", "ada@example.org")])
    .own(&[("who", "+44 7700 900001"), ("about", "bo@example.net"), ("by", "cy@example.net")]);
    let after = estate.after();
    assert_eq!(after[0], ["HART, Ada", "ADA@example.org", "ada@example.org"]);
    assert_eq!(after[1], ["+44 7700 900001", "[email A]", "[email B]"]);
}

#[test]
fn somebody_elses_file_gives_only_the_mention_and_what_concerns_it() {
    let mut text = column("text", Role::Text);
    text.concerns = Some(Path::column("about"));
    let estate = Estate::new(vec![
        column("id", Role::Row),
        column("by", Role::Person(kind("email"))),
        column("about", Role::Mentions(kind("email"))),
        text,
        column("n", Role::Data),
    ])
    .row(
        Standing::Mentioned { by: vec![Path::column("about")] },
        texts(&[
            ("id", "7"),
            ("by", "bo@example.net"),
            ("about", "ada@example.org"),
            ("text", "Ada was rude to bo@example.net"),
            ("n", "open"),
        ]),
    );
    let other = "[another person's record]";
    assert_eq!(
        estate.only(),
        [other, other, "ada@example.org", "Ada was rude to [email A]", other]
    );
}

#[test]
fn staff_follow_the_policy() {
    let mut handler = column("handler", Role::Staff(Some(kind("name"))));
    handler.title = Some("Case handler".into());
    let mut estate = Estate::new(vec![handler, column("n", Role::Text)])
        .own(&[("handler", "Tom Reed"), ("n", "Tom Reed rang")]);
    assert_eq!(estate.only(), ["Tom Reed", "Tom Reed rang"]);
    estate.map.staff = StaffPolicy::Role;
    assert_eq!(estate.only(), ["[Case handler]", "[Case handler] rang"]);
    estate.map.staff = StaffPolicy::Redact;
    assert_eq!(estate.only(), ["[Staff A]", "[Staff A] rang"]);
}

#[test]
fn a_third_party_column_wins_over_kept_staff() {
    let estate = Estate::new(vec![
        column("handler", Role::Staff(None)),
        column("who", Role::ThirdParty(None)),
    ])
    .own(&[("handler", "Tom Reed"), ("who", "Tom Reed")]);
    assert_eq!(estate.only(), ["[Person A]", "[Person A]"]);
}

#[test]
fn what_an_exemption_covers_is_withheld_wherever_it_stands() {
    let reference = "I would not employ her again, sadly.";
    let estate = Estate::new(vec![
        column("reference", Role::Withhold("sch2-24".into())),
        column("n", Role::Data),
    ])
    .own(&[("reference", reference), ("n", "copy: i would NOT employ her again - sadly!")]);
    assert_eq!(estate.only(), ["[withheld]", "copy: [withheld]!"]);
    assert_eq!(estate.propose().proposals[0].ground.code(), "sch2-24");
}

#[test]
fn an_unmapped_column_is_withheld() {
    let estate = Estate::new(vec![]).own(&[("x", "anything")]);
    assert_eq!(estate.only(), ["[withheld]"]);
}

#[test]
fn nested_cells_and_keys_are_reached() {
    let field = |key: &str, value: Value| (key.to_owned(), value);
    let text = |text: &str| Value::Text(text.into());
    let person = |mail: &str, n: i128| {
        Value::Object(vec![field("mail", text(mail)), field("n", Value::Integer(n))])
    };
    let estate = Estate::new(vec![
        column("people[].mail", Role::ThirdParty(Some(kind("email")))),
        column("people[].n", Role::Data),
        column("votes", Role::Data),
    ])
    .row(
        Standing::Own,
        vec![
            ("people", Value::List(vec![person("bo@example.net", 1), person("cy@example.net", 2)])),
            ("votes", Value::Object(vec![field("Bo@example.net", Value::Bool(true))])),
        ],
    );
    assert_eq!(estate.only(), ["[email A]", "1", "[email B]", "2", "[email A]"]);
    let cells: Vec<_> = estate.propose().proposals.into_iter().map(|p| p.cell).collect();
    assert_eq!(cells, ["/people/0/mail", "/people/1/mail", "/votes"]);
}

#[test]
fn a_key_that_stands_twice_is_taken_out_twice() {
    let estate = Estate::new(vec![column("n", Role::Text)]).row(
        Standing::Own,
        texts(&[("n", "short"), ("n", "write to bo@example.net, it is longer")]),
    );
    assert_eq!(estate.only(), ["[email A]", "[email A]"]);
}

#[test]
fn people_seen_on_the_way_do_not_leave() {
    let mut estate = Estate::new(vec![column("n", Role::Data), column("sum", Role::Data)]).row(
        Standing::Own,
        vec![
            ("n", Value::Text("for Amira Khan, 100 234 567".into())),
            ("sum", Value::Integer(100_234_567)),
        ],
    );
    estate.others.push(Other {
        values: vec![(kind("name"), "Amira Khan".into()), (kind("customer"), "100234567".into())],
    });
    assert_eq!(estate.only(), ["for [Person A], [Person A: customer]", "[Person A: customer]"]);
}

#[test]
fn an_object_that_is_taken_out_takes_its_keys_along() {
    let object = |key: &str| Value::Object(vec![(key.into(), Value::Text("secret-1".into()))]);
    let estate = Estate::new(vec![
        column("people", Role::ThirdParty(None)),
        column("tokens", Role::Credential),
        column("n", Role::Text),
    ])
    .row(
        Standing::Own,
        vec![
            ("people", object("Amira Khan")),
            ("tokens", object("x")),
            ("n", Value::Text("amira khan".into())),
        ],
    );
    assert_eq!(estate.only(), ["[another person's data]", "[a credential is held]", "[Person A]"]);
}

#[test]
fn kept_staff_may_share_a_name_with_others() {
    let estate = Estate::new(vec![
        column("handler", Role::Staff(None)),
        column("who", Role::ThirdParty(None)),
        column("n", Role::Text),
    ])
    .own(&[
        ("handler", "Tariq Khan"),
        ("who", "Amira Smith-Khan"),
        ("n", "Tariq Khan met Ms Smith-Khan"),
    ]);
    assert_eq!(estate.only(), ["Tariq Khan", "[Person A]", "Tariq Khan met Ms [Person A]"]);
}

#[test]
fn a_cell_that_says_nothing_withholds_nothing() {
    let estate = Estate::new(vec![
        column("partner", Role::ThirdParty(Some(kind("name")))),
        column("mail", Role::ThirdParty(Some(kind("email")))),
    ])
    .own(&[("partner", "n/a"), ("mail", "none")]);
    assert_eq!(estate.after()[0], ["n/a", "none"]);
}

#[test]
fn names_in_two_columns_are_the_persons_own() {
    let estate = Estate::new(vec![
        column("first", Role::Person(kind("name"))),
        column("last", Role::Person(kind("name"))),
    ])
    .own(&[("first", "Ada"), ("last", "Hart")])
    .own(&[("first", "Bo"), ("last", "Hart")]);
    let after = estate.after();
    assert_eq!(after[0], ["Ada", "Hart"]);
    assert_eq!(after[1], ["[Person A]", "Hart"]);
}

#[test]
fn a_short_number_of_somebody_else_is_taken_out_of_texts() {
    let columns = || {
        vec![
            column("c", Role::ThirdParty(Some(kind("customer")))),
            column("n", Role::Text),
            column("d", Role::Data),
        ]
    };
    let only = |c, n, d| Estate::new(columns()).own(&[("c", c), ("n", n), ("d", d)]).only();
    assert_eq!(
        only("C1042", "see C1042, c-1042 and C10421", "c1042"),
        ["[customer A]", "see [customer A], [customer A] and C10421", "[customer A]"]
    );
    assert_eq!(
        only("88231", "see 88231, not £88,231 or 88231.50", "88231"),
        ["[customer A]", "see [customer A], not £88,231 or 88231.50", "88231"]
    );
    assert_eq!(only("2019", "in 2019", "2019"), ["[customer A]", "in 2019", "2019"]);
}
