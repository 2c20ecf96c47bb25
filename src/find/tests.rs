//! The ownership rule, sentence by sentence, over tables held in memory.

mod estate;
mod roster;

use super::*;
use estate::{Estate, holds, rows};

const CUSTOMERS: &str = r#"
[source.tables.customers]
activity = "a"
columns.id = { person = "customer" }
columns.email = { person = "email" }
columns.name = { person = "name" }
columns.born = { person = "birth-date" }
"#;

#[test]
fn keys_flow_from_row_to_row_until_none_is_new() {
    let tables = format!(
        "{CUSTOMERS}
[source.tables.orders]
activity = \"a\"
columns.order = \"row\"
columns.customer = {{ person = \"customer\" }}
columns.card = {{ person = \"employee\" }}
[source.tables.badges]
activity = \"a\"
columns.badge = {{ person = \"employee\" }}
"
    );
    let estate = Estate::new(
        &tables,
        &[
            (
                "customers",
                &["id|email|name|born", "17|ADA@example.org |Ada Hart|", "18|b@example.org|Bo|"],
            ),
            ("orders", &["order|customer|card", "o1|17|c9", "o2|18|c8"]),
            ("badges", &["badge", "c9", "c8"]),
        ],
    );
    let found = estate.find(&[("email", "ada@example.org")]);
    assert_eq!(rows(&found), ["customers:17", "orders:o1", "badges:c9"]);
    assert_eq!(
        found.rows[2].reason.to_string(),
        "email → s.customers → customer 17 → s.orders → employee c9 → s.badges"
    );
    assert_eq!(
        format!("{:?}", found.rows[2].reason),
        "email → s.customers → customer → s.orders → employee → s.badges"
    );
    assert!(found.holds.is_empty(), "{:?}", found.holds);
}

#[test]
fn no_table_is_asked_twice_for_the_same_key_and_leaves_once() {
    let tables = format!(
        "{CUSTOMERS}
[source.tables.orders]
activity = \"a\"
columns.order = \"row\"
columns.customer = {{ person = \"customer\" }}
"
    );
    let estate = Estate::new(
        &tables,
        &[
            ("customers", &["id|email|name|born", "17|ada@example.org|Ada Hart|"]),
            ("orders", &["order|customer", "o1|17"]),
        ],
    );
    let _ = estate.find(&[("email", "ada@example.org"), ("name", "Ada Hart")]);
    let asked = estate.asked.lock().unwrap();
    let mut keys = Vec::new();
    for lookup in asked.iter() {
        for one in &lookup.any {
            keys.extend(
                one.values.iter().map(|v| (lookup.table.clone(), one.column.clone(), v.clone())),
            );
        }
    }
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
    assert_eq!(asked.iter().filter(|lookup| lookup.table == "orders").count(), 1);
}

#[test]
fn shared_kinds_and_names_alone_pull_nothing() {
    let tables = r#"
[source.tables.people]
activity = "a"
columns.id = "row"
columns.home = { person = "household" }
columns.born = { person = "birth-date" }
columns.email = { person = "email" }
"#;
    let estate = Estate::new(
        tables,
        &[("people", &["id|home|born|email", "1|h1|1984-03-02|a@example.org", "2|h1|1984-03-02|"])],
    );
    let found = estate.find(&[
        ("household", "h1"),
        ("birth-date", "1984-03-02"),
        ("email", "a@example.org"),
    ]);
    assert_eq!(rows(&found), ["people:1"]);
    assert!(found.holds.is_empty());
}

#[test]
fn a_whole_same_person_set_proves_it_with_learned_values_too() {
    let tables = format!(
        "{CUSTOMERS}
[source.tables.loans]
activity = \"a\"
columns.loan = \"row\"
columns.who = {{ person = \"name\" }}
columns.dob = {{ person = \"birth-date\" }}
"
    );
    let estate = Estate::new(
        &tables,
        &[
            ("customers", &["id|email|name|born", "17|ada@example.org|Ada Hart|02/03/1984"]),
            ("loans", &["loan|who|dob", "l1|HART, Ada|1984-03-02", "l2|Ada Hart|1990-01-05"]),
        ],
    );
    let found = estate.find(&[("email", "ada@example.org")]);
    assert_eq!(rows(&found), ["customers:17", "loans:l1"]);
    assert!(found.holds.is_empty(), "another birth date makes a namesake: {:?}", found.holds);
    assert_eq!(found.search[1].namesakes, 1);
}

#[test]
fn a_contradiction_of_what_the_request_gave_is_held() {
    let rows_of = ["id|email|name|born", "17|ada@example.org|Ada Hart|1990-01-05"];
    let estate = Estate::new(CUSTOMERS, &[("customers", &rows_of)]);
    let found = estate.find(&[("email", "ada@example.org"), ("birth-date", "1984-03-02")]);
    assert!(found.rows.is_empty());
    assert_eq!(holds(&found), [HoldKind::Ambiguous]);
}

#[test]
fn an_ambiguous_row_teaches_nothing() {
    let estate = Estate::new(
        CUSTOMERS,
        &[(
            "customers",
            &["id|email|name|born", "17|ada@example.org|Bo|1990-01-05", "17|x@example.org|Cy|"],
        )],
    );
    let found = estate.find(&[("email", "ada@example.org"), ("birth-date", "1984-03-02")]);
    assert!(rows(&found).is_empty());
}

#[test]
fn a_name_alone_is_held_unless_contradicted() {
    let estate = Estate::new(
        CUSTOMERS,
        &[(
            "customers",
            &["id|email|name|born", "1||Mrs Ada Hart|", "2||ada hart|1990-01-05", "3||Bo Hart|"],
        )],
    );
    let found = estate.find(&[("name", "Ada Hart"), ("birth-date", "1984-03-02")]);
    assert!(found.rows.is_empty());
    assert_eq!(holds(&found), [HoldKind::Candidate]);
    assert_eq!(found.search[0].namesakes, 1);
    assert_eq!(found.others.len(), 1);
}

#[test]
fn a_mention_is_somebody_elses_file_and_leads_nowhere() {
    let tables = r#"
[source.tables.complaints]
activity = "a"
columns.id = "row"
columns.by = { person = "email" }
columns.about = { mentions = "email" }
[source.tables.notes]
parent = { complaint = "complaints.id" }
columns.note = "text"
"#;
    let estate = Estate::new(
        tables,
        &[
            (
                "complaints",
                &[
                    "id|by|about",
                    "c1|bo@example.org|ada@example.org",
                    "c2|ada@example.org|bo@example.org",
                    "c3|bo@example.org|cy@example.org",
                ],
            ),
            ("notes", &["complaint|note", "c1|theirs", "c2|hers"]),
        ],
    );
    let found = estate.find(&[("email", "ada@example.org")]);
    assert_eq!(rows(&found), ["complaints:c1 mentioned", "complaints:c2", "notes:c2"]);
    assert_eq!(found.others.len(), 1);
}

#[test]
fn context_is_shown_and_teaches_nothing() {
    let tables = r#"
[source.tables.orders]
activity = "a"
columns.order = "row"
columns.email = { person = "email" }
columns.address = "data"
[source.tables.addresses]
see = { id = "orders.address" }
columns.owner = { person = "email" }
[source.tables.cards]
parent = { address = "addresses.id" }
columns.card = "data"
"#;
    let estate = Estate::new(
        tables,
        &[
            ("orders", &["order|email|address", "o1|ada@example.org|a1", "o2|bo@example.org|a1"]),
            ("addresses", &["id|owner", "a1|bo@example.org", "a2|bo@example.org"]),
            ("cards", &["address|card", "a1|4111"]),
        ],
    );
    let found = estate.find(&[("email", "ada@example.org")]);
    assert_eq!(rows(&found), ["orders:o1", "addresses:a1 context"]);
}

#[test]
fn a_row_with_two_holders_is_held_and_teaches_nothing() {
    let tables = format!(
        "{CUSTOMERS}
[source.tables.accounts]
activity = \"a\"
columns.account = \"row\"
columns.first = {{ person = \"customer\" }}
columns.second = {{ person = \"customer\" }}
"
    );
    let estate = Estate::new(
        &tables,
        &[
            (
                "customers",
                &["id|email|name|born", "17|ada@example.org|Ada|", "18|b@example.org|Bo|"],
            ),
            ("accounts", &["account|first|second", "j|17|18", "s|17|17"]),
        ],
    );
    let found = estate.find(&[("customer", "17")]);
    assert_eq!(rows(&found), ["customers:17", "accounts:s"]);
    assert_eq!(holds(&found), [HoldKind::Joint]);
    let both = estate.find(&[("customer", "17"), ("customer", "18")]);
    assert!(both.holds.is_empty());
}

#[test]
fn placeholders_pull_nobody() {
    let estate = Estate::new(
        CUSTOMERS,
        &[(
            "customers",
            &["id|email|name|born", "0|n/a|Ada Hart|1984-03-02", "0|n/a|Bo|", "9|n/a|Cy|"],
        )],
    );
    let found = estate.find(&[("name", "Ada Hart"), ("birth-date", "1984-03-02")]);
    assert_eq!(rows(&found).len(), 1);
}

#[test]
fn a_child_that_names_somebody_else_is_held() {
    let tables = r#"
[source.tables.threads]
activity = "a"
columns.id = "row"
columns.email = { person = "email" }
[source.tables.messages]
parent = { thread = "threads.id" }
columns.author = { person = "email" }
"#;
    let estate = Estate::new(
        tables,
        &[
            ("threads", &["id|email", "t1|ada@example.org"]),
            ("messages", &["thread|author", "t1|ada@example.org", "t1|bo@example.org", "t1|"]),
        ],
    );
    let found = estate.find(&[("email", "ada@example.org")]);
    assert_eq!(rows(&found), ["threads:t1", "messages:t1", "messages:t1"]);
    assert_eq!(holds(&found), [HoldKind::Ambiguous]);
}

#[test]
fn names_in_two_columns_are_one_name() {
    let tables = r#"
[source.tables.people]
activity = "a"
columns.id = "row"
columns.first = { person = "name" }
columns.last = { person = "name" }
columns.dob = { person = "birth-date" }
"#;
    let estate = Estate::new(
        tables,
        &[(
            "people",
            &["id|first|last|dob", "1|Ada|Hart|1984-03-02", "2|Bo|Hart|1984-03-02", "3|Ada|Hart|"],
        )],
    );
    let found = estate.find(&[("name", "Ada Hart"), ("birth-date", "1984-03-02")]);
    assert_eq!(rows(&found), ["people:1"]);
    assert_eq!(holds(&found), [HoldKind::Candidate]);
}

#[test]
fn rows_that_disagree_on_a_birth_date_are_held() {
    let estate = Estate::new(
        CUSTOMERS,
        &[(
            "customers",
            &[
                "id|email|name|born",
                "1|a@example.org|Ada|1984-03-02",
                "2|a@example.org|Bo|1990-01-05",
            ],
        )],
    );
    let found = estate.find(&[("email", "a@example.org")]);
    assert_eq!(holds(&found), [HoldKind::Ambiguous]);
}

#[test]
fn a_matching_row_with_quite_another_name_is_held() {
    let estate = Estate::new(
        CUSTOMERS,
        &[(
            "customers",
            &["id|email|name|born", "1|a@example.org|A. Hart|", "2|a@example.org|Zed Canaryson|"],
        )],
    );
    let found = estate.find(&[("email", "a@example.org"), ("name", "Ada Hart")]);
    assert_eq!(holds(&found), [HoldKind::Ambiguous]);
    let unnamed = estate.find(&[("email", "a@example.org")]);
    assert!(unnamed.holds.is_empty(), "{:?}", unnamed.holds);
}
