//! Drafts of small estates: what is guessed, what is left open, and what never comes out.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::map::Map;

/// A folder of sources.
struct Estate(TempDir);

impl Estate {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        Self(folder)
    }

    fn database(self, name: &str, sql: &str) -> Self {
        let path = self.0.path().join(name);
        rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
        self
    }

    fn draft(&self) -> Result<Drafted, Error> {
        let place = self.0.path().to_str().unwrap().to_owned();
        let out = self.0.path().join("holdall.toml");
        draft(&[place], &out, &Activities::default(), &mut |_| {})
    }

    fn map(&self) -> (Map, String) {
        let drafted = self.draft().unwrap();
        let map = map::parse(&drafted.map, Path::new("holdall.toml")).unwrap();
        (map, drafted.map)
    }
}

fn line<'a>(text: &'a str, column: &str) -> &'a str {
    text.lines().find(|line| line.contains(&format!("columns.{column} "))).unwrap_or("")
}

const CUSTOMERS: &str = "customer_no,name,email,dob,second_contact,xyz
C-1,Ada Hart,ada@example.org,1984-03-02,Bo Lee,Zoe Quill
C-2,Ben Moor,ben@example.com,1991-11-30,Cy Fox,Yan Pike
C-3,Cat Nye,cat@example.net,2001-01-05,Di Oak,Xu Reed
";

#[test]
fn a_table_of_people_is_drafted() {
    let (map, text) = Estate::new(&[("crm/customers.csv", CUSTOMERS)]).map();
    assert!(line(&text, "customer_no").contains("person = \"customer\""), "{text}");
    assert!(line(&text, "name").contains("person = \"name\""));
    assert!(line(&text, "second_contact").contains("third-party = \"name\""));
    let open = line(&text, "xyz");
    assert!(open.starts_with("# columns.xyz ") && open.contains("# unmapped: "), "{open}");
    assert!(open.contains("{ third-party = \"name\" }"));
    assert_eq!(map.same_person.len(), 1);
    let guessed = text.lines().filter(|line| line.starts_with("columns."));
    assert!(guessed.clone().count() == 5 && guessed.clone().all(|l| l.contains("  # guess: ")));
}

#[test]
fn declared_keys_become_links() {
    let sql = "CREATE TABLE client (id INTEGER PRIMARY KEY, full_name TEXT, email TEXT);
        CREATE TABLE stock (pk INTEGER PRIMARY KEY, label TEXT);
        CREATE TABLE purchase (nr INTEGER PRIMARY KEY, who INTEGER REFERENCES client(id),
            what INTEGER REFERENCES stock);
        INSERT INTO client VALUES (1, 'Ada Hart', 'ada@example.org');
        INSERT INTO stock VALUES (5, 'lamp');
        INSERT INTO purchase VALUES (9, 1, 5);";
    let (map, text) = Estate::new(&[]).database("shop.db", sql).map();
    let table = |name: &str| map.tables().find(|t| t.id.table == name).unwrap();
    assert_eq!(table("purchase").parents.len(), 1, "{text}");
    assert_eq!(table("stock").see.len(), 1);
    assert!(text.contains("a foreign key says so"));
}

#[test]
fn somebody_else_beside_the_rows_number_is_left_open() {
    let visits = "visit_id,member_id,guest_name,iban\n1,G-1,Zoe Quill,GB82WEST12345698765432\n\
        2,G-2,Yan Pike,GB82WEST12345698765432\n";
    let (_, text) = Estate::new(&[("gym/visits.csv", visits)]).map();
    assert!(line(&text, "guest_name").starts_with("# columns.guest_name"), "{text}");
    assert!(line(&text, "iban").contains("= \"data\""), "{text}");
}

#[test]
fn names_and_values_suggest_links_between_sources() {
    let orders: String = (1..40).map(|n| format!("PO-{n:04},C-{}\n", n % 3 + 1)).collect();
    let notes: String = (1..30).map(|n| format!("{n},PO-{n:04},Left by the door.\n")).collect();
    let (map, text) = Estate::new(&[
        ("crm/customers.csv", CUSTOMERS),
        ("sales/orders.csv", &format!("order_id,buyer\n{orders}")),
        ("van/drops.csv", &format!("id,job,remark\n{notes}")),
    ])
    .map();
    let drops = map.tables().find(|t| t.id.table == "drops").unwrap();
    assert_eq!(drops.parents.first().unwrap().table.to_string(), "sales.orders", "{text}");
    assert!(line(&text, "buyer").contains("person = \"customer\""), "{text}");
}

#[test]
fn no_value_comes_out_whatever_the_files_are() {
    const CANARIES: [&str; 7] =
        ["Quillfeather", "quill@example.org", "07700 900999", "Zeb", "CANARY", "12345678", "1984"];
    let estate = Estate::new(&[
        (
            "a/bare.csv",
            "Zeb Quillfeather,quill@example.org,07700 900999\nAda Hart,a@example.org,\n",
        ),
        ("a/names.csv", "Zeb Quillfeather,Luton\nAda Hart,Corby\n"),
        ("a/pivot.csv", "id,quill@example.org,12345678\n1,2,3\n"),
        ("a/title.csv", "List of Zeb Quillfeather\n\nid,name\n1,Zeb Quillfeather\n"),
        ("b/keyed.json", r#"{"quill@example.org": {"name": "Zeb"}, "12345678": {"x": "CANARY"}}"#),
        ("b/broken.json", r#"[{"name": "Zeb Quillfeather"}, {"name": "#),
        (
            "b/lines.jsonl",
            "{\"CANARY note\": 1}\nnot json: Zeb\n".replace("CANARY note", "n").as_str(),
        ),
    ])
    .database(
        "c.sqlite",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'CANARY');",
    );
    let drafted = estate.draft().unwrap();
    let said = drafted.notes.join("\n");
    for canary in CANARIES {
        assert!(!drafted.map.contains(canary), "{canary} in {}", drafted.map);
        assert!(!said.contains(canary), "{canary} in {said}");
    }
    assert!(said.contains("names that look like values"), "{said}");
    assert!(said.contains("broken"), "{said}");
}

#[test]
fn empty_and_unreadable_files_are_said() {
    let alone = Estate::new(&[("x/empty.csv", "")]).draft().unwrap_err();
    assert!(alone.to_string().contains("empty"), "{alone}");
    let some = Estate::new(&[("x/empty.csv", ""), ("x/customers.csv", CUSTOMERS)]).draft().unwrap();
    assert!(some.notes.iter().any(|note| note.contains("x.empty")), "{:?}", some.notes);
    let none = Estate::new(&[("readme.md", "x")]).draft().unwrap_err();
    assert!(matches!(none, Error::Nothing { .. }));
}

#[test]
fn the_same_sources_give_the_same_draft() {
    let estate = Estate::new(&[("crm/customers.csv", CUSTOMERS), ("crm/b.csv", "id,x\n1,2\n")]);
    assert_eq!(estate.draft().unwrap().map, estate.draft().unwrap().map);
}

#[test]
fn the_activities_of_a_profile_are_used() {
    let profile = "name = \"Bramble Books\"\n[activity.crm-customers]\n[activity.web]\n";
    let profile = crate::controller::parse(profile, Path::new("controller.toml")).unwrap();
    let estate =
        Estate::new(&[("crm/customers.csv", CUSTOMERS), ("crm/calls.csv", "id,at\n1,2\n")]);
    let place = estate.0.path().to_str().unwrap().to_owned();
    let activities = Activities::of(&profile);
    let drafted = draft(&[place], Path::new("holdall.toml"), &activities, &mut |_| {}).unwrap();
    let map = map::parse(&drafted.map, Path::new("holdall.toml")).unwrap();
    map.check_activities(&profile).unwrap();
    let customers = map.tables().find(|t| t.id.table == "customers").unwrap();
    assert_eq!(customers.activity.as_deref(), Some("crm-customers"));
}

#[test]
fn the_draft_profile_parses() {
    let text = Activities::default().profile();
    let profile = crate::controller::parse(&text, Path::new("controller.toml")).unwrap();
    assert_eq!(profile.activity.len(), 1);
}

/// Names with all that makes trouble in TOML, in paths and in SQL.
fn hostile() -> impl Strategy<Value = Vec<String>> {
    let odd = prop::sample::select(vec![
        "a.b",
        "x[]",
        "[",
        "]]",
        "\"; drop table t; --",
        "a\nb",
        "\u{7f}",
        "'",
        "\\",
        "\u{202e}x",
        "#",
        "=",
        "customer_no",
        "email",
        "name",
        "id",
        "about_email",
        "about_text",
        "é",
        "🦊",
    ]);
    prop::collection::vec(prop_oneof![odd.prop_map(str::to_owned), "\\PC{1,12}"], 1..8)
}

/// Returns the names of a CSV header or SQL table: each once, whatever its case.
fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().filter(|n| !n.contains('\0') && seen.insert(n.to_lowercase())).collect()
}

fn sqlite_of(table: &str, names: &[String]) -> String {
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let columns: Vec<String> = names.iter().map(|name| format!("{} TEXT", quote(name))).collect();
    let values = vec!["'1'"; names.len()].join(", ");
    let table = quote(&format!("t{table}"));
    format!("CREATE TABLE {table} ({}); INSERT INTO {table} VALUES ({values});", columns.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_names_make_a_map_that_parses(names in hostile(), table in "\\PC{0,8}") {
        let names = distinct(names);
        prop_assume!(!names.is_empty() && !table.contains('\0'));
        let object: serde_json::Map<String, serde_json::Value> =
            names.iter().map(|name| (name.clone(), serde_json::json!({ "in.ner": [{ name: 1 }] }))).collect();
        let mut header = csv::Writer::from_writer(Vec::new());
        header.write_record(&names).unwrap();
        header.write_record(names.iter().map(|_| "w1")).unwrap();
        let header = String::from_utf8(header.into_inner().unwrap()).unwrap();
        let object = serde_json::to_string(&[object]).unwrap();
        let estate = Estate::new(&[("a/a[1].csv", &header), ("b/b {x}.json", &object), ("c/z.csv", CUSTOMERS)])
            .database("d.sqlite", &sqlite_of(&table, &names));
        let drafted = estate.draft().unwrap();
        prop_assert!(map::parse(&drafted.map, Path::new("holdall.toml")).is_ok());
    }
}
