//! What a map means.

use holdall_connector::{Compare, Path as ColumnPath};

use super::super::*;
use super::{EXAMPLE, read, with_columns};

fn table<'a>(map: &'a Map, source: &str, table: &str) -> &'a Table {
    map.table(&TableId { source: source.into(), table: table.into() }).unwrap()
}

fn column<'a>(table: &'a Table, name: &str) -> &'a Column {
    table.columns.iter().find(|column| column.name == name).unwrap()
}

#[test]
fn paths_start_from_the_folder_of_the_map() {
    let map = read(EXAMPLE);
    assert_eq!(map.profile, std::path::Path::new("estate/controller.toml"));
    let SourcePlace::Path(path) = &map.sources[0].place else { panic!() };
    assert_eq!(path, std::path::Path::new("estate/crm"));
}

#[test]
fn the_order_of_the_file_is_kept() {
    let map = read(EXAMPLE);
    let tables: Vec<String> = map.tables().map(|table| table.id.to_string()).collect();
    assert_eq!(
        tables,
        [
            "crm.customers",
            "crm.complaints",
            "crm.complaint_notes",
            "shop.orders",
            "shop.lines",
            "shop.products",
            "web.visits"
        ]
    );
    let names: Vec<&str> =
        map.sources[0].tables[0].columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["customer_id", "email", "name", "password", "score", "ethnicity", "notes"]);
}

#[test]
fn roles_and_modifiers_are_read() {
    let map = read(EXAMPLE);
    let customers = table(&map, "crm", "customers");
    assert_eq!(column(customers, "email").role, Role::Person(Kind::new("email")));
    assert_eq!(column(customers, "email").origin, Origin::Given);
    assert_eq!(column(customers, "email").category.as_deref(), Some("user.contact.email"));
    assert_eq!(column(customers, "name").title.as_deref(), Some("Full name"));
    assert_eq!(column(customers, "name").origin, Origin::Other);
    assert_eq!(column(customers, "password").role, Role::Credential);
    assert_eq!(column(customers, "score").data_type, Some(DataType::Integer));
    assert_eq!(column(customers, "ethnicity").special.as_deref(), Some("ethnicity"));
    let complaints = table(&map, "crm", "complaints");
    assert_eq!(column(complaints, "about_text").concerns, Some(ColumnPath::column("about")));
    assert_eq!(column(complaints, "handler").role, Role::Staff(Some(Kind::new("name"))));
    assert_eq!(column(complaints, "neighbour").role, Role::ThirdParty(Some(Kind::new("name"))));
    assert_eq!(column(complaints, "witness").role, Role::ThirdParty(None));
    assert_eq!(column(complaints, "reference").role, Role::Withhold("sch2-24".into()));
    assert_eq!(map.staff, StaffPolicy::Role);
    let visits = table(&map, "web", "visits");
    assert_eq!(visits.columns[1].path, ColumnPath::parse("items[].sku").unwrap());
}

#[test]
fn a_dot_in_a_flat_column_is_no_path() {
    let map = read(&with_columns("columns.\"a.b\" = \"data\"\ncolumns.\"c[\" = \"data\""));
    assert_eq!(map.sources[0].tables[0].columns[0].path, ColumnPath::column("a.b"));
}

#[test]
fn kinds_compare_as_declared() {
    let map = read(EXAMPLE);
    let kind = |name: &str| map.identifier(&Kind::new(name));
    assert_eq!(kind("email").compare, Compare::Caseless);
    assert_eq!(kind("nhs").compare, Compare::Digits);
    assert_eq!(kind("birth-date").compare, Compare::Date);
    assert_eq!(kind("customer").compare, Compare::Exact);
    assert!(kind("customer").pulls && kind("email").pulls && kind("vehicle").pulls);
    assert!(kind("phone").shared && !kind("phone").pulls);
    assert!(!kind("name").pulls && !kind("birth-date").pulls && !kind("address").pulls);
    assert!(!kind("stranger").pulls);
}

#[test]
fn an_override_keeps_what_it_does_not_say() {
    let map = read(&with_columns(
        "columns.a = \"data\"\n[identifiers]\nphone = {}\nname = {}\nalias = { match = \"name\" }",
    ));
    let kind = |name: &str| map.identifier(&Kind::new(name));
    assert_eq!(kind("phone").compare, Compare::Phone);
    assert!(kind("phone").pulls && !kind("name").pulls && !kind("alias").pulls);
}

#[test]
fn pairs_to_one_parent_belong_together() {
    let map = read(EXAMPLE);
    let lines = table(&map, "shop", "lines");
    assert_eq!(lines.parents.len(), 2);
    assert_eq!(lines.parents[0].table.to_string(), "shop.orders");
    let pair = |a: &str, b: &str| (ColumnPath::column(a), ColumnPath::column(b));
    assert_eq!(lines.parents[0].keys, [pair("order", "id"), pair("branch", "branch")]);
    assert_eq!(lines.parents[1].table.to_string(), "crm.complaints");
    let products = table(&map, "shop", "products");
    let targets: Vec<String> = products.see.iter().map(|see| see.table.to_string()).collect();
    assert_eq!(targets, ["shop.lines", "shop.orders"]);
}

#[test]
fn link_columns_are_listed_without_saying() {
    let map = read(EXAMPLE);
    assert_eq!(column(table(&map, "shop", "lines"), "product_id").role, Role::Row);
    assert_eq!(column(table(&map, "crm", "complaint_notes"), "complaint_id").role, Role::Row);
    assert_eq!(column(table(&map, "shop", "orders"), "gift_id").role, Role::Row);
    let ids = table(&map, "crm", "complaints").columns.iter().filter(|c| c.name == "id");
    assert_eq!(ids.count(), 1);
}

#[test]
fn a_link_column_below_a_listed_one_keeps_its_role() {
    let text = "controller = \"c\"\n[[source]]\nname = \"s\"\nconnector = \"json\"\npath = \".\"\n\
        [source.tables.a]\nactivity = \"x\"\ncolumns.ref = \"third-party\"\n\
        [source.tables.b]\nparent = { a_id = \"a.ref.id\" }\n";
    let map = read(text);
    assert_eq!(map.sources[0].tables[0].columns.len(), 1);
    assert_eq!(map.sources[0].tables[1].parents[0].keys[0].1, ColumnPath::parse("ref.id").unwrap());
}

#[test]
fn names_with_dots_are_tried_in_every_split() {
    let text = "controller = \"c\"\n[[source]]\nname = \"s\"\nconnector = \"csv\"\npath = \".\"\n\
        [source.tables.\"a.b\"]\nactivity = \"x\"\ncolumns.\"c.d\" = \"row\"\n\
        [source.tables.a]\nactivity = \"y\"\ncolumns.z = \"row\"\n\
        [source.tables.child]\nparent = { p = \"a.b.c.d\", q = \"s.a.z\" }\n";
    let map = read(text);
    let parents = &map.sources[0].tables[2].parents;
    assert_eq!(parents[0].table.table, "a.b");
    assert_eq!(parents[0].keys[0].1, ColumnPath::column("c.d"));
    assert_eq!(parents[1].table.table, "a");
}

#[test]
fn activities_are_handed_down_chains() {
    let map = read(EXAMPLE);
    let of = |source, name| table(&map, source, name).activity.as_deref();
    assert_eq!(of("crm", "complaint_notes"), Some("complaints"));
    assert_eq!(of("shop", "lines"), Some("enquiries"));
    assert_eq!(of("shop", "products"), Some("enquiries"));
}

#[test]
fn a_tables_layout_overrides_its_sources() {
    let map = read(EXAMPLE);
    assert_eq!(table(&map, "crm", "customers").layout.delimiter, Some(';'));
    assert_eq!(table(&map, "crm", "complaints").layout.delimiter, Some('\t'));
    let text = with_columns(
        "header = false\nnames = [\"a\"]\nskip-lines = 2\ncomment = \"#\"\nencoding = \"windows-1252\"\ncolumns.a = \"data\"",
    );
    let map = read(&text);
    let layout = &map.sources[0].tables[0].layout;
    assert_eq!(
        *layout,
        Layout {
            encoding: Some("windows-1252".into()),
            delimiter: None,
            header: false,
            names: vec!["a".into()],
            skip_lines: 2,
            comment: Some('#'),
        }
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_map() {
    read(&format!("\u{FEFF}{EXAMPLE}"));
}

#[test]
fn gaps_name_what_is_left_open() {
    let map = read(EXAMPLE);
    let profile = "name = \"X\"\n[activity.enquiries]\nbasis = \"contract\"\n[activity.complaints]\nbasis = \"public-task\"\n";
    let profile = crate::controller::parse(profile, std::path::Path::new("c.toml")).unwrap();
    let gaps = map.portability_gaps(&profile);
    assert_eq!(gaps[0].table, "crm.customers");
    assert_eq!(gaps[0].columns, ["customer_id", "name", "ethnicity", "notes"]);
    assert!(gaps.iter().all(|gap| gap.table != "crm.complaints" && gap.table != "shop.products"));
    assert_eq!(map.gaps(), []);
    let map = read(&with_columns(
        "columns.a = { mentions = \"email\" }\ncolumns.b = { withhold = \"sch2-24\", origin = \"given\" }",
    ));
    let codes: Vec<_> = map.gaps().iter().map(|gap| gap.code).collect();
    assert_eq!(codes, ["mentions-without-concerns", "exemption-access-only"]);
    assert_eq!(read(&with_columns("columns.a = \"data\"")).gaps()[0].code, "unreachable");
}

#[test]
fn an_activity_that_the_profile_lacks_is_refused() {
    let profile = "name = \"X\"\n[activity.enquiries]\n";
    let profile = crate::controller::parse(profile, std::path::Path::new("c.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("holdall.toml");
    std::fs::write(&file, with_columns("columns.a = \"data\"").replace("enquiries", "enquires"))
        .unwrap();
    let error = load(&file).unwrap().check_activities(&profile).unwrap_err().to_string();
    assert!(error.contains("holdall.toml:9:12"), "{error}");
    assert!(error.contains("help: did you mean `enquiries`?"), "{error}");
}
