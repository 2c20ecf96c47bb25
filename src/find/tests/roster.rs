//! Names that texts mention, looked up among the people whom the organisation knows.

use holdall_connector::{Connector, Ending, Error, Location, Lookup, Place, Sink, Skipped, Table};

use super::*;

const TABLES: &str = r#"
[source.tables.people]
activity = "a"
columns.email = { person = "email" }
columns.name = { person = "name" }
columns.secret = "data"
[source.tables.members]
activity = "a"
columns.first = { person = "name" }
columns.last = { person = "name" }
[source.tables.staff]
activity = "a"
columns.name = { staff = "name", role = "post" }
columns.post = "data"
"#;

fn estate() -> Estate {
    Estate::new(
        TABLES,
        &[
            (
                "people",
                &["email|name|secret", "o@example.org|Rowan Heath|x", "p@example.org|Ann Vale|y"],
            ),
            ("members", &["first|last", "Ivory|Marsh", "Rowan|Marsh"]),
            ("staff", &["name|post", "Priya Nair|Housing officer", "Tom Bell|"]),
        ],
    )
}

fn look(estate: &Estate, names: &[&str]) -> Found {
    let mut found = estate.find(&[("email", "ada@example.org")]);
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    look_up(&mut found, &estate.map, &estate.sources, &names, &Unwatched);
    found
}

#[test]
fn who_is_known_is_told_and_nothing_else_of_them_is_kept() {
    let found = look(&estate(), &["ROWAN HEATH", "Ivory Marsh", "Heath Marsh", "Order Form"]);
    let people: Vec<&str> = found.roster.people.iter().map(String::as_str).collect();
    assert_eq!(people, ["Ivory Marsh", "ROWAN HEATH"]);
    assert!(found.rows.is_empty() && found.others.is_empty());
}

#[test]
fn staff_come_with_their_role() {
    let found = look(&estate(), &["Priya Nair", "Mr Tom Bell"]);
    assert_eq!(found.roster.staff["Priya Nair"].as_deref(), Some("Housing officer"));
    assert_eq!(found.roster.staff["Mr Tom Bell"], None);
}

#[test]
fn every_table_is_asked_once_and_only_if_there_is_something_to_ask() {
    let estate = estate();
    let before = estate.asked.lock().unwrap().len();
    look(&estate, &[]);
    let searched = estate.asked.lock().unwrap().len() - before;
    look(&estate, &["Rowan Heath", "Priya Nair"]);
    let asked = estate.asked.lock().unwrap().len() - before - 2 * searched;
    assert_eq!(asked, 3);
}

#[test]
fn a_table_that_cannot_be_read_holds_the_release() {
    struct Down;
    impl Connector for Down {
        fn tables(&self) -> Result<Vec<Table>, Error> {
            Ok(Vec::new())
        }
        fn check(&self) -> Result<(), Error> {
            Ok(())
        }
        fn read(&self, _: &Lookup, _: &mut dyn Sink) -> Result<Ending, Error> {
            Ok(Ending::Incomplete { read: 1, why: "the line broke".into() })
        }
    }
    let estate = estate();
    let mut found = estate.find(&[("email", "ada@example.org")]);
    let down = Sources::of([("s".to_owned(), Box::new(Down) as Box<dyn Connector>)]);
    let names = ["Rowan Heath".to_owned()].into();
    look_up(&mut found, &estate.map, &down, &names, &Unwatched);
    let holds: Vec<_> = found.holds.iter().filter(|h| h.kind == HoldKind::Roster).collect();
    assert_eq!(holds.len(), 3);
    assert!(holds[0].why.contains("the line broke"));
}

#[test]
fn a_row_that_cannot_be_read_holds() {
    struct Broken;
    impl Connector for Broken {
        fn tables(&self) -> Result<Vec<Table>, Error> {
            Ok(Vec::new())
        }
        fn check(&self) -> Result<(), Error> {
            Ok(())
        }
        fn read(&self, lookup: &Lookup, sink: &mut dyn Sink) -> Result<Ending, Error> {
            let (source, table) = ("s".to_owned(), lookup.table.clone());
            let location = Location { source, table, file: None, place: Place::Row(1) };
            let _ = sink.skipped(Skipped { location, why: "it is torn".into() });
            Ok(Ending::Complete { read: 1 })
        }
    }
    let estate = estate();
    let mut found = estate.find(&[("email", "ada@example.org")]);
    let broken = Sources::of([("s".to_owned(), Box::new(Broken) as Box<dyn Connector>)]);
    look_up(&mut found, &estate.map, &broken, &["Rowan Heath".to_owned()].into(), &Unwatched);
    let holds: Vec<_> = found.holds.iter().filter(|h| h.kind == HoldKind::Roster).collect();
    assert_eq!(holds.len(), 3);
    assert!(holds[0].why.contains("rows that cannot be read: 1"));
}
