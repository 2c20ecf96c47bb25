//! What PostgreSQL holds, and how it comes over.

use std::collections::BTreeSet;

use holdall_connector::{Compare, Connector as _, Ending, Filtering, Place, Value};
use holdall_sql::postgres::{Postgres, discover};
use holdall_testkit::{Collect, ask, ask_any};

use crate::server;
use crate::{filled, read, settings};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn decimal(text: &str) -> Value {
    Value::Decimal(text.into())
}

fn key(parts: &[(&str, &str)]) -> Place {
    Place::Key(parts.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
}

fn places(found: &Collect) -> Vec<Place> {
    found.records.iter().map(|record| record.location.place.clone()).collect()
}

/// Columns with a value each, and what it must be.
fn values() -> Vec<(&'static str, &'static str, Value)> {
    let list = |items: Vec<Value>| Value::List(items);
    let object = |fields: &[(&str, Value)]| {
        Value::Object(fields.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect())
    };
    vec![
        ("numeric(8,2)", "1234.50", decimal("1234.50")),
        ("numeric", "938", Value::Integer(938)),
        ("numeric", "NaN", text("NaN")),
        ("money", "1234.50", decimal("1234.50")),
        ("int8", "-9223372036854775808", Value::Integer(i128::from(i64::MIN))),
        ("float8", "0.1", decimal("0.1")),
        ("float4", "0.1", decimal("0.1")),
        ("bool", "true", Value::Bool(true)),
        ("date", "2026-11-02", Value::Date("2026-11-02".into())),
        ("date", "infinity", text("infinity")),
        ("date", "0044-03-15 BC", text("0044-03-15 BC")),
        ("time", "09:30:00.5", Value::Time("09:30:00.5".into())),
        ("timetz", "09:30:00+01", Value::Time("09:30:00+01:00".into())),
        ("timestamp", "2026-11-02 09:30", Value::DateTime("2026-11-02T09:30:00".into())),
        ("timestamptz", "2026-06-02 09:30+01", Value::DateTime("2026-06-02T08:30:00Z".into())),
        ("interval", "1 year 2 days 03:00", text("P1Y2DT3H")),
        ("bytea", "\\x00ff41", Value::Bytes(vec![0, 255, 65])),
        (
            "uuid",
            "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
            text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ),
        ("inet", "192.0.2.1/24", text("192.0.2.1/24")),
        ("char(6)", "ab", text("ab")),
        ("bit(3)", "101", text("101")),
        ("mood", "Sad one", text("Sad one")),
        ("postcode", "LU1 1AA", text("LU1 1AA")),
        (
            "json",
            "{\"b\":1.50,\"a\":[null]}",
            object(&[("b", decimal("1.50")), ("a", list(vec![Value::Null]))]),
        ),
        (
            "jsonb",
            "{\"b\": [true], \"a\": \"x\"}",
            object(&[("a", text("x")), ("b", list(vec![Value::Bool(true)]))]),
        ),
        ("int[]", "{1,NULL,3}", list(vec![Value::Integer(1), Value::Null, Value::Integer(3)])),
        ("text[]", "{\"a,b\",\"NULL\",\"\"}", list(vec![text("a,b"), text("NULL"), text("")])),
        ("money[]", "{1.50}", list(vec![decimal("1.50")])),
        ("date[]", "{2026-11-02}", list(vec![Value::Date("2026-11-02".into())])),
        ("mood[]", "{\"Sad one\"}", list(vec![text("Sad one")])),
        ("int4range", "[1,5)", text("[1,5)")),
        ("text", "", text("")),
    ]
}

#[test]
fn each_type_is_kept() {
    let columns: Vec<String> =
        values().iter().enumerate().map(|(n, (kind, _, _))| format!("c{n} {kind}")).collect();
    let literals: Vec<String> =
        values().iter().map(|(kind, literal, _)| format!("'{literal}'::{kind}")).collect();
    let (_, source) = filled(
        server::postgres(),
        &format!(
            "CREATE TYPE mood AS ENUM ('Sad one', 'ok'); CREATE DOMAIN inner_code AS varchar(8);
             CREATE DOMAIN postcode AS inner_code CHECK (VALUE <> '');
             CREATE TABLE p (id int PRIMARY KEY, {});
             INSERT INTO p VALUES (1, {}); INSERT INTO p VALUES (2)",
            columns.join(", "),
            literals.join(", ")
        ),
        &["p"],
    );
    let found = read(source.as_ref(), "p", "id", &["1", "2"]);
    for (n, (kind, literal, wanted)) in values().iter().enumerate() {
        let given = &found.records[0].values[n + 1];
        assert!(given == wanted, "{kind} {literal}: {given:?}");
        assert!(found.records[1].values[n + 1] == Value::Null, "{kind}");
    }
    let kinds: Vec<String> =
        source.tables().unwrap()[0].columns.iter().map(|column| column.kind.clone()).collect();
    assert_eq!(kinds[..3], ["integer", "numeric(8,2)", "numeric"]);
}

#[test]
fn a_value_is_found_by_whatever_type_holds_it() {
    let (_, source) = filled(
        server::postgres(),
        "CREATE TABLE p (id int PRIMARY KEY, n numeric, u uuid, d date, c char(9), v varchar, b text);
         CREATE INDEX ON p (n); CREATE INDEX ON p (v); CREATE INDEX ON p (b COLLATE \"en-x-icu\");
         INSERT INTO p VALUES
           (1, 17.50, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '1984-03-02', '17', '17', '17'),
           (2, 17.5, NULL, 'infinity', ' 17', ' 17', E'17\\u00a0'),
           (3, 'NaN', NULL, NULL, '17', E'\\u300017\\t', '17'),
           (4, NULL, NULL, NULL, '170', '170', '17!'), (5, NULL, NULL, NULL, '', '17 x', E'\\n17')",
        &["p"],
    );
    for (column, compare, value, ids) in [
        ("n", Compare::Exact, "17.50", vec!["1"]),
        ("n", Compare::Exact, "NaN", vec!["3"]),
        ("u", Compare::Exact, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", vec!["1"]),
        ("d", Compare::Date, "2 March 1984", vec!["1"]),
        ("d", Compare::Exact, "infinity", vec!["2"]),
        ("d", Compare::Exact, "1984-02-31", vec![]),
        ("c", Compare::Exact, "17", vec!["1", "2", "3"]),
        ("v", Compare::Exact, "17", vec!["1", "2", "3"]),
        ("b", Compare::Exact, "17", vec!["1", "2", "3", "5"]),
        ("id", Compare::Exact, "99999999999999999999", vec![]),
        ("id", Compare::Exact, "18446744073709551615", vec![]),
    ] {
        let lookup = ask("p", column, compare, &[value]);
        let (found, _) = Collect::read(source.as_ref(), &lookup).unwrap();
        assert_eq!(found.texts("id"), ids, "{column} {value}");
        assert_eq!(source.filtering(&lookup), Filtering::Exact);
    }
}

#[test]
fn names_are_found_and_quoted() {
    let (database, source) = filled(
        server::postgres(),
        "CREATE SCHEMA \"My.Schema\"; CREATE SCHEMA hr;
         CREATE TABLE \"My.Schema\".\"Staff List\" (\"Id\" int PRIMARY KEY); INSERT INTO \"My.Schema\".\"Staff List\" VALUES (1);
         CREATE TABLE hr.staff (id int); INSERT INTO hr.staff VALUES (2);
         CREATE TABLE \"hr.staff\" (id int); INSERT INTO \"hr.staff\" VALUES (3);
         CREATE TABLE \"Mixed\" (id int); INSERT INTO \"Mixed\" VALUES (4);
         CREATE TABLE \"twice\" (id int); CREATE TABLE \"TWICE\" (id int)",
        &[
            "a=My.Schema.Staff List",
            "b=\"hr\".\"staff\"",
            "c=hr.staff",
            "d=mixed",
            "e=public.Mixed",
            "f=Twice",
            "g=nul\0",
        ],
    );
    assert_eq!(read(source.as_ref(), "a", "Id", &["1"]).records.len(), 1);
    assert_eq!(read(source.as_ref(), "b", "id", &["2"]).records.len(), 1);
    assert_eq!(read(source.as_ref(), "c", "id", &["3"]).records.len(), 1);
    assert_eq!(read(source.as_ref(), "d", "id", &["4"]).records.len(), 1);
    assert_eq!(read(source.as_ref(), "e", "id", &["4"]).records.len(), 1);
    for table in ["f", "g"] {
        assert!(Collect::read(source.as_ref(), &ask(table, "id", Compare::Exact, &["1"])).is_err());
    }
    let all = discover(&settings(&server::postgres().url(&database), &[])).unwrap();
    let names: Vec<&str> = all.iter().map(|table| table.name.as_str()).collect();
    let wanted = ["My.Schema.Staff List", "hr.staff", "Mixed", "TWICE", "hr.staff-2", "twice-2"];
    assert_eq!(names, wanted);
    let mut all_of_them = settings(&server::postgres().url(&database), &[]);
    all_of_them.tables = all;
    Postgres::new(all_of_them).unwrap().check().unwrap();
}

#[test]
fn every_sort_of_relation_is_read() {
    let (_, source) = filled(
        server::postgres(),
        "CREATE TABLE k (b text, a int, id int, PRIMARY KEY (b, a));
         INSERT INTO k VALUES ('y', 1, 1), ('x', 2, 2), ('x', 1, 3);
         CREATE TABLE n (id int); INSERT INTO n VALUES (3), (1), (2);
         CREATE TABLE part (id int, at date) PARTITION BY RANGE (at);
         CREATE TABLE part_a PARTITION OF part FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
         CREATE TABLE part_b PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
         INSERT INTO part VALUES (1, '2026-05-05'), (2, '2025-05-05'), (3, '2026-05-05');
         CREATE TABLE heir (id int PRIMARY KEY); CREATE TABLE child () INHERITS (heir);
         INSERT INTO heir VALUES (1); INSERT INTO child VALUES (1);
         CREATE VIEW v AS SELECT id, 'x' AS word FROM k ORDER BY id DESC;
         CREATE MATERIALIZED VIEW m AS SELECT id FROM k; CREATE TABLE empty ();",
        &["k", "n", "part", "heir", "v", "m", "empty"],
    );
    let of = |table: &str| read(source.as_ref(), table, "id", &["1", "2", "3"]);
    let keys = |a: &str, b: &str| key(&[("b", b), ("a", a)]);
    assert_eq!(places(&of("k")), [keys("1", "x"), keys("2", "x"), keys("1", "y")]);
    assert_eq!(of("n").texts("id"), ["3", "1", "2"]);
    assert_eq!(places(&of("n"))[0], key(&[("ctid", "(0,1)")]));
    assert_eq!(of("part").texts("id"), ["2", "1", "3"]);
    assert_eq!(places(&of("part"))[0], key(&[("tableoid", "public.part_a"), ("ctid", "(0,1)")]));
    let heirs = places(&of("heir"));
    assert!(heirs.len() == 2 && heirs[0] != heirs[1]);
    assert_eq!(
        (of("v").texts("id"), places(&of("v"))[2].clone()),
        (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], Place::Row(3),)
    );
    assert_eq!(of("m").records.len(), 3);
    let all = source.tables().unwrap();
    assert_eq!(all.len(), 7);
    source.check().unwrap();
}

#[test]
fn ten_thousand_people_are_one_statement() {
    let server = server::postgres();
    let (_, source) = filled(
        server,
        "CREATE TABLE many (id int PRIMARY KEY, name text);
         INSERT INTO many SELECT n, 'n' || n FROM generate_series(1, 50000) n; ANALYZE many",
        &["many"],
    );
    let ids: Vec<String> = (1..=10_000).map(|n| (n * 3).to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let before = server.statements().matches("FROM \"public\".\"many\"").count();
    let (found, ending) =
        Collect::read(source.as_ref(), &ask("many", "id", Compare::Exact, &ids)).unwrap();
    assert_eq!((found.records.len(), ending), (10_000, Ending::Complete { read: 10_000 }));
    let after = server.statements();
    let after = after
        .lines()
        .filter(|line| line.contains("FROM \"public\".\"many\"") && line.contains("execute"));
    assert_eq!(after.count() - before, 1);
    assert_eq!(source.tables().unwrap()[0].rows, Some(50_000));
}

/// Texts that are a value but for white space around it, and texts that only start or end like one.
const AROUND: &str = "
    SELECT 'k' || n || tail FROM generate_series(1, 60) n, unnest(ARRAY['', '', ' ', E'\\t \\n',
      E'\\u00a0', E'\\u3000', E'\\u0085x', '!', ' x', '0', E'\\u2014', E'\\u3001']) AS t (tail)
    UNION ALL SELECT head || 'k' || n || ' ' FROM generate_series(1, 60) n,
      unnest(ARRAY[' ', E'\\u2003', E'\\x0b', E'\\u202f ', '_', E'\\u200b']) AS t (head)
    UNION ALL SELECT 'other' || n FROM generate_series(1, 9000) n";

#[test]
fn many_texts_are_found_by_the_index_as_without_it() {
    let (_, source) = filled(
        server::postgres(),
        &format!(
            "CREATE TABLE plain (id serial, ref text); INSERT INTO plain (ref) {AROUND};
             CREATE TABLE quick (id serial PRIMARY KEY, ref text, n int);
             INSERT INTO quick (ref, n) SELECT ref, id FROM plain;
             CREATE INDEX ON quick (ref COLLATE \"C\"); CREATE INDEX ON quick (n); ANALYZE quick"
        ),
        &["plain", "quick"],
    );
    let values: Vec<String> = (1..=50).map(|n| format!("k{n}")).chain(["k1 x".into()]).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let ids = |table: &str| {
        let lookup = ask(table, "ref", Compare::Exact, &values);
        let (found, ending) = Collect::read(source.as_ref(), &lookup).unwrap();
        (BTreeSet::from_iter(found.texts("id")), ending)
    };
    let (found, ending) = ids("quick");
    assert_eq!(found, ids("plain").0);
    assert_eq!(found.len(), 50 * 6 + 1 + 5 + 50 * 4);
    let Ending::Complete { read } = ending else { panic!("{ending:?}") };
    assert!(read < 1500, "{read} rows for {} wanted", found.len());
    // With another part that an index serves, and with one that none does.
    let both = |column: &str, value: &str| {
        let parts =
            [("ref", Compare::Exact, values.as_slice()), (column, Compare::Exact, &[value])];
        Collect::read(source.as_ref(), &ask_any("quick", &parts)).unwrap().0.records.len()
    };
    assert_eq!((both("n", "9999"), both("n", "1")), (found.len() + 1, found.len()));
    assert_eq!(both("n", "99999999999999999999"), found.len());
}

#[test]
fn an_index_serves_what_it_can() {
    let (database, source) = filled(
        server::postgres(),
        "CREATE TABLE big (id bigint PRIMARY KEY, ref text, mail text COLLATE \"en-x-icu\");
         CREATE INDEX ON big (ref); CREATE INDEX ON big (mail);
         INSERT INTO big SELECT n, 'r' || n, 'm' || n || '@example.org' FROM generate_series(1, 50000) n;
         INSERT INTO big VALUES (60001, ' r7 ', 'm7@EXAMPLE.org'); ANALYZE big",
        &["big"],
    );
    let both = ask_any("big", &[("ref", Compare::Exact, &["r7"]), ("id", Compare::Exact, &["9"])]);
    let (found, ending) = Collect::read(source.as_ref(), &both).unwrap();
    assert_eq!(found.texts("id"), ["7", "9", "60001"]);
    // Only what starts like the value was received, not the table.
    assert_eq!(ending, Ending::Complete { read: 3 });
    let caseless = ask("big", "mail", Compare::Caseless, &["m7@example.org"]);
    let (found, ending) = Collect::read(source.as_ref(), &caseless).unwrap();
    assert_eq!(
        (found.texts("id"), ending),
        (vec!["7".to_owned(), "60001".to_owned()], Ending::Complete { read: 2 },)
    );
    assert!(source.advice(&both).is_empty());
    let said = source.advice(&caseless);
    assert!(said[0].contains("`mail`") && said[0].contains("about 50001 rows"), "{said:?}");
    // The index that it names serves.
    let (_, index) = said[0].split_once("CREATE INDEX").unwrap();
    server::postgres().run(&database, &format!("CREATE INDEX {index}; ANALYZE big"));
    let anew = crate::source(server::postgres(), &database, &["big"]);
    assert!(anew.advice(&caseless).is_empty(), "{:?}", anew.advice(&caseless));
    let (again, ending) = Collect::read(anew.as_ref(), &caseless).unwrap();
    assert_eq!((again.texts("id"), ending), (found.texts("id"), Ending::Complete { read: 2 }));
    let exact = source.advice(&ask("big", "mail", Compare::Exact, &[]));
    assert!(exact[0].contains("CREATE INDEX ON \"public\".\"big\" (\"mail\" COLLATE \"C\")"));
}

#[test]
fn advice_names_the_index_that_is_missing() {
    let (_, source) = filled(
        server::postgres(),
        "CREATE TABLE t (id int PRIMARY KEY, owner int); CREATE VIEW v AS SELECT * FROM t",
        &["t", "v"],
    );
    let advice =
        |table: &str, column: &str| source.advice(&ask(table, column, Compare::Exact, &[]));
    assert!(advice("t", "id").is_empty());
    assert!(advice("t", "owner")[0].contains("CREATE INDEX ON \"public\".\"t\" (\"owner\")"));
    assert!(advice("v", "id")[0].contains("it is a view"));
}
