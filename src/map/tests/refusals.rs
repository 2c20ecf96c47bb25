//! What a user sees when a map is wrong.

use insta::assert_snapshot;

use super::{refusal, with_columns};

#[test]
fn a_misspelt_key() {
    let text = &with_columns("colums.id = \"row\"");
    assert_snapshot!(refusal(text), @r#"
        error: unknown key `colums`
          --> holdall.toml:10:1
           |
        10 | colums.id = "row"
           | ^^^^^^
           |
           = help: did you mean `columns`?
    "#);
}

#[test]
fn an_unknown_kind() {
    let text = &with_columns("columns.id = { person = \"custmer\" }\n[identifiers]\ncustomer = {}");
    assert_snapshot!(refusal(text), @r#"
        error: `custmer` is no known kind of identifier
          --> holdall.toml:10:25
           |
        10 | columns.id = { person = "custmer" }
           |                         ^^^^^^^^^
           |
           = help: did you mean `customer`?
           = help: declare a kind of your own: `[identifiers]` `custmer = {}`
    "#);
}

#[test]
fn two_roles() {
    let text = &with_columns("columns.name = { person = \"name\", data = true }");
    assert_snapshot!(refusal(text), @r#"
        error: the column `name` has two roles
          --> holdall.toml:10:42
           |
        10 | columns.name = { person = "name", data = true }
           |                                          ^^^^
           |
           = help: a column has one role: leave `data` or the other out
    "#);
}

#[test]
fn an_unknown_role() {
    let text = &with_columns("columns.notes = \"txt\"");
    assert_snapshot!(refusal(text), @r#"
        error: `txt` is no role of a column
          --> holdall.toml:10:17
           |
        10 | columns.notes = "txt"
           |                 ^^^^^
           |
           = help: did you mean `text`?
           = help: roles: person, mentions, row, third-party, staff, text, data, credential, withhold
    "#);
}

#[test]
fn an_unknown_parent_table() {
    let text = &with_columns("parent = { id = \"custmers.id\" }");
    assert_snapshot!(refusal(text), @r#"
        error: no table `custmers` is in the map
          --> holdall.toml:10:17
           |
        10 | parent = { id = "custmers.id" }
           |                 ^^^^^^^^^^^^^
           |
           = help: did you mean `customers`?
    "#);
}

#[test]
fn a_secret_in_the_url() {
    let text = "controller = \"c.toml\"\n[[source]]\nname = \"crm\"\nconnector = \"postgres\"\nurl = \"postgres://app:hunter2@db/crm\"\n[source.tables.t]\nactivity = \"x\"\ncolumns.a = \"data\"\n";
    assert_snapshot!(refusal(text), @r#"
        error: `url` must say where the address is kept, not what it is
         --> holdall.toml:5:7
          |
        5 | url = ***
          |       ^^^
          |
          = help: write `env:NAME` (an environment variable) or `file:PATH`; the value is not shown here, as it may hold a password
    "#);
}

#[test]
fn a_syntax_error() {
    let text = &with_columns("columns.id = row");
    assert_snapshot!(refusal(text), @r#"
        error: a text must be in quotes
          --> holdall.toml:10:14
           |
        10 | columns.id = row
           |              ^^^
           |
           = help: write texts in quotes: `name = "crm"`
    "#);
}

#[test]
fn a_wrong_type() {
    let text = &with_columns("columns.id = 5");
    assert_snapshot!(refusal(text), @r#"
        error: expected a role such as "data", or a table such as { person = "email" }, found a number
          --> holdall.toml:10:14
           |
        10 | columns.id = 5
           |              ^
    "#);
}

#[test]
fn an_unknown_connector() {
    let text = &with_columns("columns.id = \"row\"").replace("csv", "cvs");
    assert_snapshot!(refusal(text), @r#"
        error: `cvs` is no known connector
         --> holdall.toml:5:13
          |
        5 | connector = "cvs"
          |             ^^^^^
          |
          = help: did you mean `csv`?
    "#);
}

#[test]
fn no_activity() {
    let text = &with_columns("columns.id = \"row\"").replace("activity = \"enquiries\"", "");
    assert_snapshot!(refusal(text), @r#"
        error: table `crm.customers` serves no activity
         --> holdall.toml:8:16
          |
        8 | [source.tables.customers]
          |                ^^^^^^^^^
          |
          = help: add `activity = "…"`, one of those in the controller profile
    "#);
}

#[test]
fn an_unquoted_path() {
    let text = &with_columns("columns.customer.email = \"row\"");
    assert_snapshot!(refusal(text), @r#"
        error: unknown key `email`
          --> holdall.toml:10:18
           |
        10 | columns.customer.email = "row"
           |                  ^^^^^
           |
           = help: known: `person`, `mentions`, `row`, `third-party`, `staff`, `text`, `data`, `credential`, `withhold`, `origin`, `type`, `category`, `special`, `title`, `concerns`, `role`
           = help: a path of keys is quoted: `columns."a.email" = …`
    "#);
}

#[test]
fn a_missing_key() {
    let text = "controller = \"c.toml\"\n\n[[source]]\nname = \"crm\"\npath = \"crm\"\n";
    assert_snapshot!(refusal(text), @r#"
        error: `connector` is missing
         --> holdall.toml:3:1
          |
        3 | [[source]]
          | ^^^^^^^^^^
          |
          = help: add `connector = …`
    "#);
}

#[test]
fn a_wrong_word() {
    let text = &with_columns("columns.a = { data = true, origin = \"gven\" }");
    assert_snapshot!(refusal(text), @r#"
        error: `gven` is not a word known here
          --> holdall.toml:10:37
           |
        10 | columns.a = { data = true, origin = "gven" }
           |                                     ^^^^^^
           |
           = help: did you mean `given`?
    "#);
}

#[test]
fn tabs_carriage_returns_and_wide_letters() {
    let text = &with_columns("columns.\"日本\"\t= { title = \"é\", person = \"emial\" }")
        .replace('\n', "\r\n");
    assert_snapshot!(refusal(text), @r#"
        error: `emial` is no known kind of identifier
          --> holdall.toml:10:40
           |
        10 | columns."日本"    = { title = "é", person = "emial" }
           |                                             ^^^^^^^
           |
           = help: did you mean `email`?
           = help: declare a kind of your own: `[identifiers]` `emial = {}`
    "#);
}

#[test]
fn several_at_once() {
    let text = &with_columns("columns.a = \"dta\"\ncolumns.b = { person = \"emial\" }");
    assert_snapshot!(refusal(text), @r#"
        error: `dta` is no role of a column
          --> holdall.toml:10:13
           |
        10 | columns.a = "dta"
           |             ^^^^^
           |
           = help: did you mean `data`?
           = help: roles: person, mentions, row, third-party, staff, text, data, credential, withhold

        error: `emial` is no known kind of identifier
          --> holdall.toml:11:24
           |
        11 | columns.b = { person = "emial" }
           |                        ^^^^^^^
           |
           = help: did you mean `email`?
           = help: declare a kind of your own: `[identifiers]` `emial = {}`
    "#);
}

/// Returns the titles of what is wrong.
fn titles(text: &str) -> Vec<String> {
    match super::parse(text, std::path::Path::new("holdall.toml")) {
        Err(super::super::Error::Invalid(report)) => report.titles().map(Into::into).collect(),
        _ => panic!("accepted:\n{text}"),
    }
}

#[test]
fn what_does_not_fit_is_named() {
    for (lines, title) in [
        ("columns.a = \"person\"", "`person` needs a kind of identifier"),
        ("columns.a = \"withhold\"", "`withhold` needs the code of an exemption"),
        ("columns.a = {}", "the column `a` has no role"),
        ("columns.a = { origin = \"given\" }", "the column `a` has no role"),
        ("columns.a = { data = false }", "`data = false` says nothing"),
        (
            "columns.a = { withhold = \"sch2-99\" }",
            "`sch2-99` is no exemption of the Data Protection Act 2018 that Holdall knows",
        ),
        (
            "columns.a = { text = true, concerns = \"b\" }",
            "`b` is no `mentions` column of this table",
        ),
        ("columns.\" \" = \"data\"", "the name of the column is blank"),
        ("parent = { a = \"customers\" }", "`customers` does not say which column"),
        ("columns.a = \"data\"\ntable = \"x\"", "`table` is for databases, not for csv"),
        ("columns.a = \"data\"\ncomment = \"##\"", "`comment` takes one character"),
        ("columns.a = \"data\"\ndelimiter = \"x\"", "this delimiter is not known"),
        ("columns.a = \"data\"\nencoding = \"utf8mb4\"", "the encoding `utf8mb4` is not known"),
        (
            "columns.a = \"data\"\nheader = false",
            "files without a header need the names of their columns",
        ),
        ("columns.a = \"data\"\nnames = [\"a\"]", "`names` is for files without a header"),
        (
            "columns.a = \"data\"\nheader = false\nnames = [\"b\"]",
            "the column `a` is not among the `names` of the table",
        ),
        (
            "columns.a = \"data\"\n[[same-person]]\nall = [\"name\"]",
            "a name alone does not prove who somebody is",
        ),
        (
            "columns.a = \"data\"\n[[same-person]]\nall = [\"name\", \"name\"]",
            "a name alone does not prove who somebody is",
        ),
        (
            "columns.a = \"data\"\n[[same-person]]\nall = [\"nino\"]",
            "`same-person` needs two kinds or more",
        ),
        (
            "columns.a = \"data\"\n[[same-person]]\nall = []",
            "`same-person` needs two kinds or more",
        ),
        ("", "table `crm.customers` says nothing"),
    ] {
        assert_eq!(titles(&with_columns(lines)), [title], "{lines}");
    }
}

#[test]
fn a_flood_of_problems_is_cut_short() {
    use std::fmt::Write;
    let mut lines = String::new();
    for n in 0..1000 {
        writeln!(lines, "columns.c{n} = \"dta\"").unwrap();
    }
    let titles = titles(&with_columns(&lines));
    assert_eq!(titles.len(), 51);
    assert_eq!(titles[50], "and 950 more");
}

#[test]
fn sources_are_checked() {
    let map = |lines: &str| {
        let table = "[source.tables.t]\nactivity = \"x\"\ncolumns.a = \"data\"\n";
        titles(&format!("controller = \"c.toml\"\n[[source]]\nname = \"s\"\n{lines}\n{table}"))
    };
    assert_eq!(map("connector = \"csv\""), ["source `s` has no path"]);
    assert_eq!(map("connector = \"csv\"\npath = \"\""), ["the path is blank"]);
    for server in ["postgres", "postgresql", "mysql", "mariadb"] {
        let connector = format!("connector = \"{server}\"");
        assert_eq!(map(&connector), ["source `s` has no url"]);
        let name = if server.starts_with("postgres") { "postgres" } else { "mysql" };
        let wrong = format!("`path` is for files; {name} is a server and takes `url`");
        assert_eq!(map(&format!("{connector}\npath = \"x\"")), [wrong]);
    }
    assert_eq!(
        map("connector = \"sqlite\"\nurl = \"env:X\""),
        ["`url` is for database servers; sqlite takes `path`"]
    );
    assert_eq!(
        map("connector = \"json\"\npath = \"x\"\ndelimiter = \",\""),
        ["this is for csv, not for json"]
    );
    let path = map("connector = \"csv\"\npath = \"mysql://root:hunter2@h\"");
    assert_eq!(path, ["`path` takes a file, folder or glob, not an address"]);
    let twice = "controller = \"c\"\n[[source]]\nname = \"s\"\nconnector = \"csv\"\npath = \"p\"\n";
    let twice = format!("{twice}{}", twice.split_once('\n').unwrap().1);
    assert_eq!(
        titles(&twice),
        ["source `s` has no tables", "two sources are called `s`", "source `s` has no tables"]
    );
}

#[test]
fn links_that_lead_to_no_activity_are_refused() {
    let text = "controller = \"c\"\n[[source]]\nname = \"s\"\nconnector = \"csv\"\npath = \"p\"\n\
        [source.tables.a]\nparent = { x = \"b.y\" }\n[source.tables.b]\nparent = { y = \"a.x\" }\n";
    assert_eq!(
        titles(text),
        [
            "the tables that `s.a` hangs on lead to no activity",
            "the tables that `s.b` hangs on lead to no activity"
        ]
    );
}

#[test]
fn no_secret_is_ever_shown() {
    for lines in [
        "url = \"postgres://u:hunter2@h/db\"",
        "url = \"hunter2\"",
        "url = hunter2",
        "url = [\"hunter2\"]",
        "url = \"\"\"\nhunter2\"\"\"",
        "url = \"\"\"\nhunter2\" 5",
        "ulr = \"hunter2\"",
        "password = \"hunter2\"",
        "path = \"postgres://u:hunter2@h/db\"",
        "url = \"env:A\"\nurl = \"hunter2\"",
        "dsn.\"postgres://u:hunter2@h\" = 1",
        "encoding = \"postgres://u:hunter2@h\"\ndelimiter = \"postgres://u:hunter2@h\"",
    ] {
        for connector in ["sqlite", "postgres", "csv", "postgres://u:hunter2@h"] {
            let text = format!(
                "controller = \"c\"\n[[source]]\nname = \"s\"\nconnector = \"{connector}\"\n{lines}\n"
            );
            let error = super::parse(&text, std::path::Path::new("holdall.toml")).unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
            assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_safe(text in "\\PC{0,200}") {
        let _ = super::parse(&text, std::path::Path::new("holdall.toml")).map_err(|e| e.to_string());
    }

    #[test]
    fn a_broken_example_is_safe(
        cut in 0..super::EXAMPLE.len(),
        length in 0..20usize,
        with in "[\\x00-\\x7Fé日\u{1F600}]{0,8}",
    ) {
        let end = (cut + length).min(super::EXAMPLE.len());
        let mut text = super::EXAMPLE.to_owned();
        text.replace_range(cut..end, &with);
        if let Err(super::super::Error::Invalid(report)) =
            super::parse(&text, std::path::Path::new("holdall.toml"))
        {
            proptest::prop_assert!(report.to_string().starts_with("error: "));
            proptest::prop_assert!(!report.ansi().is_empty());
        }
    }
}
