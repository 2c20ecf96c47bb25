//! Fides datasets of an invented library, old spelling and new.

use std::path::Path;

use super::*;
use crate::init::Activities;
use crate::map::{self, Map, Role, Table};

const LIBRARY: &str = r"
dataset:
  - fides_key: library_db
    name: The library's database
    collections:
      - name: readers
        fields:
          - name: id
            data_categories: [user.unique_id]
            fides_meta: { primary_key: true }
          - name: mail
            data_categories: [user.contact.email]
            fides_meta: { identity: email, data_type: string }
          - name: full_name
            data_categories: [user.name]
          - name: branch_id
            data_categories: [system.operations]
            fides_meta:
              references:
                - { dataset: library_db, field: branches.id, direction: to }
          - name: pass
            data_categories: [user.authorization.credentials]
          - name: faith
            data_categories: [user.demographic.religious_belief]
          - name: age
            data_categories: [user.provided.nonidentifiable.age]
            fides_meta: { data_type: integer }
          - name: said
            data_categories: [user.content]
            fides_meta: { data_type: string }
          - name: shelf
      - name: loans
        after: [library_db.readers]
        fields:
          - name: id
            fidesops_meta: { primary_key: True }
          - name: reader_id
            data_categories: [user.unique_id]
            fidesops_meta:
              references:
                - dataset: library_db
                  field: readers.id
                  direction: from
          - name: due
            data_categories: [user.behavior]
          - name: lent_to_address
            data_categories: [user.contact.address.street]
      - name: fines
        fields:
          - name: loan
            fides_meta:
              references: [{ dataset: library_db, field: loans.id }]
          - name: amount
            data_categories: [user.financial]
            fides_meta: { data_type: float }
      - name: branches
        fields:
          - name: id
            fides_meta: { primary_key: true }
          - name: manager
            data_categories: [user.name]
          - name: opens
            data_categories: [system.operations]
      - name: letters
        fields:
          - name: to_mail
            data_categories: [user.contact.email]
            fides_meta:
              references: [{ dataset: library_db, field: readers.mail, direction: from }]
      - name: stray
        fields:
          - name: body
            data_categories: [user.content]
          - name: secret
            data_categories: [user.authorization.password]
          - name: far
            data_categories: [system.operations]
            fides_meta:
              references: [{ dataset: elsewhere, field: x.y, direction: from }]
";

fn import(text: &str) -> (Map, String) {
    let (file, out) = (Path::new("d.yml"), Path::new("holdall.toml"));
    let drafted = fides_text(text, file, out, &Activities::default()).unwrap();
    (map::parse(&drafted.map, out).unwrap(), drafted.map)
}

fn table<'a>(map: &'a Map, name: &str) -> &'a Table {
    map.tables().find(|table| table.id.table == name).unwrap()
}

/// Returns the role of a column, `None` if it is unmapped.
fn role(map: &Map, name: &str, column: &str) -> Option<Role> {
    let columns = &table(map, name).columns;
    columns.iter().find(|c| c.name == column).map(|c| c.role.clone())
}

fn person(kind: &str) -> Option<Role> {
    Some(Role::Person(map::Kind::new(kind)))
}

#[test]
fn identities_keys_and_references_become_roles_and_links() {
    let (map, text) = import(LIBRARY);
    assert_eq!(role(&map, "readers", "mail"), person("email"), "{text}");
    assert_eq!(role(&map, "readers", "id"), Some(Role::Row));
    assert_eq!(table(&map, "loans").parents.len(), 1);
    assert_eq!(table(&map, "loans").parents[0].table.table, "readers");
    assert_eq!(table(&map, "fines").parents[0].table.table, "loans");
    assert_eq!(table(&map, "branches").see.len(), 1);
    assert_eq!(role(&map, "letters", "to_mail"), person("email"));
}

#[test]
fn categories_say_what_a_field_is() {
    let (map, text) = import(LIBRARY);
    assert_eq!(role(&map, "readers", "pass"), Some(Role::Credential));
    assert_eq!(role(&map, "stray", "secret"), Some(Role::Credential));
    assert_eq!(role(&map, "readers", "said"), Some(Role::Text));
    let faith = table(&map, "readers").columns.iter().find(|c| c.name == "faith").unwrap();
    assert_eq!(faith.special.as_deref(), Some("religion"));
    assert_eq!(faith.category.as_deref(), Some("user.demographic.religious_belief"));
    let age = table(&map, "readers").columns.iter().find(|c| c.name == "age").unwrap();
    assert_eq!(age.origin, map::Origin::Given, "{text}");
    assert_eq!(age.data_type, Some(map::DataType::Integer));
}

#[test]
fn what_a_dataset_does_not_say_is_left_open() {
    let (map, text) = import(LIBRARY);
    for (name, column) in [
        ("readers", "full_name"),
        ("readers", "shelf"),
        ("loans", "lent_to_address"),
        ("branches", "manager"),
        ("stray", "body"),
        ("stray", "far"),
    ] {
        assert_eq!(role(&map, name, column), None, "{name}.{column} in\n{text}");
        assert!(text.contains(&format!("# columns.{column}")), "{column}");
    }
    assert!(text.contains("`elsewhere.x.y`, which is not described here"));
    assert!(text.contains("# unknown: what reads it"));
    assert!(text.contains("does not say whose rows these are"));
}

#[test]
fn nested_fields_become_paths_and_lists_stay_open() {
    let (map, text) = import(
        "dataset:
  fides_key: feedback
  collections:
    - name: replies
      fields:
        - name: who
          fields:
            - { name: phone, fides_meta: { identity: phone_number } }
            - { name: mood, data_categories: [user.behavior] }
        - name: friends
          fides_meta: { data_type: 'object[]' }
          fields:
            - { name: call.name, data_categories: [user.name] }
        - { name: tags, data_categories: [user.behavior], fides_meta: { data_type: 'string[]' } }
",
    );
    assert_eq!(role(&map, "replies", "who.phone"), person("phone"), "{text}");
    assert_eq!(role(&map, "replies", "who.mood"), Some(Role::Data));
    assert_eq!(role(&map, "replies", "tags"), Some(Role::Data));
    assert!(text.contains(r#"# columns."friends[].call\\.name""#), "{text}");
}

#[test]
fn an_employee_who_handled_a_request_does_not_own_it() {
    let (map, text) = import(
        "dataset:
- fides_key: desk
  collections:
  - name: staff
    fields:
    - { name: id, fides_meta: { primary_key: true } }
    - { name: email, fides_meta: { identity: email } }
  - name: requests
    fields:
    - { name: email, fides_meta: { identity: email } }
    - name: staff_id
      fides_meta: { references: [{ dataset: desk, field: staff.id, direction: from }] }
",
    );
    assert!(table(&map, "requests").parents.is_empty());
    assert_eq!(role(&map, "requests", "staff_id"), None, "{text}");
}

#[test]
fn what_is_no_dataset_is_refused_and_not_repeated() {
    let refuse = |text: &str| {
        let (file, out) = (Path::new("d.yml"), Path::new("holdall.toml"));
        fides_text(text, file, out, &Activities::default()).unwrap_err().to_string()
    };
    assert!(refuse("a: [Quillfeather\nb: }").contains("line "));
    assert!(!refuse("a: [Quillfeather\nb: }").contains("Quill"));
    for text in ["", "Quillfeather", "- 1", "dataset: []", "dataset: [{fides_key: x}]"] {
        assert!(refuse(text).contains("no Fides dataset"), "{text}");
    }
    let empty = "dataset: [{fides_key: x, collections: [{name: y, fields: []}]}]";
    assert!(refuse(empty).contains("has no field"));
}

#[test]
fn a_dataset_of_which_nothing_can_be_decided_becomes_remarks() {
    let text = "dataset: [{fides_key: x, collections: [{name: y, fields: [{name: z}]}]}]";
    let (file, out) = (Path::new("d.yml"), Path::new("holdall.toml"));
    let drafted = fides_text(text, file, out, &Activities::default()).unwrap();
    assert!(drafted.map.contains("# [source.tables.y]") && drafted.map.contains("# columns.z"));
    assert!(drafted.notes.iter().any(|note| note.contains("nothing of it can be decided")));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_names_make_a_map_that_parses(
        key in ".{1,8}", table in ".{1,8}", names in proptest::collection::vec("(?s).{1,8}", 1..6),
        inner in proptest::bool::ANY, identity in "\\PC{0,8}",
    ) {
        let field = |name: &String| {
            let meta = serde_json::json!({ "identity": identity, "primary_key": true });
            let leaf = serde_json::json!([{ "name": name, "data_categories": ["user"] }]);
            let fields = if inner { leaf } else { serde_json::json!([]) };
            serde_json::json!({ "name": name, "fides_meta": meta, "fields": fields })
        };
        let fields: Vec<_> = names.iter().map(field).collect();
        let both = serde_json::json!({ "fides_key": key, "collections": [
            { "name": table, "fields": fields }, { "name": table, "fields": fields },
        ]});
        let text = serde_json::json!({ "dataset": [both, both] }).to_string();
        let (file, out) = (Path::new("d.yml"), Path::new("holdall.toml"));
        let result = fides_text(&text, file, out, &Activities::default());
        proptest::prop_assert!(!matches!(result, Err(Error::Draft(_))), "{result:?}");
    }
}
