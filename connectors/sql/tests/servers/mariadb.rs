//! What MariaDB holds, and how it comes over.

use holdall_connector::{Compare, Ending, Place, Value};
use holdall_sql::mysql::discover;
use holdall_testkit::{Collect, ask};

use crate::server;
use crate::{filled, read, settings};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Columns with a value each (an SQL expression), and what it must be.
fn values() -> Vec<(&'static str, &'static str, Value)> {
    let moment = |text: &str| Value::DateTime(text.into());
    vec![
        ("decimal(10,2)", "1234.50", Value::Decimal("1234.50".into())),
        ("decimal(10,0)", "17", Value::Integer(17)),
        ("bigint unsigned", "18446744073709551615", Value::Integer(i128::from(u64::MAX))),
        ("tinyint", "-7", Value::Integer(-7)),
        ("tinyint(1)", "1", Value::Bool(true)),
        ("boolean", "false", Value::Bool(false)),
        ("tinyint(1)", "7", Value::Integer(7)),
        ("bit(1)", "b'1'", Value::Bool(true)),
        ("bit(12)", "b'101010111100'", text("101010111100")),
        ("float", "0.1", Value::Decimal("0.1".into())),
        ("double", "0.1", Value::Decimal("0.1".into())),
        ("year", "2026", Value::Integer(2026)),
        ("date", "'2026-11-02'", Value::Date("2026-11-02".into())),
        ("date", "'0000-00-00'", text("0000-00-00")),
        ("date", "'2026-11-00'", text("2026-11-00")),
        ("time", "'09:30:00'", Value::Time("09:30:00".into())),
        ("time(3)", "'-26:30:00.5'", text("-26:30:00.5")),
        ("datetime(6)", "'2026-11-02 09:30:00.12'", moment("2026-11-02T09:30:00.12")),
        ("datetime", "'0000-00-00'", text("0000-00-00 00:00:00")),
        ("char(6)", "'ab'", text("ab")),
        ("varchar(9) character set latin1", "'Zoë £'", text("Zoë £")),
        ("longtext", "'李 🦊'", text("李 🦊")),
        ("enum('Sad one','ok')", "'Sad one'", text("Sad one")),
        ("set('a','b')", "'a,b'", text("a,b")),
        ("blob", "x'00ff41'", Value::Bytes(vec![0, 255, 65])),
        ("varbinary(4)", "x'ff'", Value::Bytes(vec![255])),
        (
            "uuid",
            "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
            text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ),
        ("inet6", "'2001:db8::1'", text("2001:db8::1")),
        (
            "json",
            "'{\"b\": [1.50, null], \"a\": {\"c\": true}}'",
            Value::Object(vec![
                ("b".into(), Value::List(vec![Value::Decimal("1.50".into()), Value::Null])),
                ("a".into(), Value::Object(vec![("c".into(), Value::Bool(true))])),
            ]),
        ),
    ]
}

#[test]
fn each_type_is_kept() {
    let columns: Vec<String> =
        values().iter().enumerate().map(|(n, (kind, _, _))| format!("c{n} {kind}")).collect();
    let literals: Vec<&str> = values().iter().map(|(_, literal, _)| *literal).collect();
    let sql = format!(
        "SET NAMES utf8mb4; SET time_zone = '+01:00';
         CREATE TABLE p (id int PRIMARY KEY, at timestamp NULL, {});
         INSERT INTO p VALUES (1, '2026-06-02 09:30:00', {}); INSERT INTO p (id) VALUES (2)",
        columns.join(", "),
        literals.join(", ")
    );
    let (_, source) = filled(server::mariadb(), &sql, &["p"]);
    let found = read(source.as_ref(), "p", "id", &["1", "2"]);
    assert!(found.records[0].values[1] == Value::DateTime("2026-06-02T08:30:00Z".into()));
    for (n, (kind, literal, wanted)) in values().iter().enumerate() {
        let given = &found.records[0].values[n + 2];
        assert!(given == wanted, "{kind} {literal}: {given:?}");
        assert!(found.records[1].values[n + 2] == Value::Null, "{kind}");
    }
    let kinds: Vec<String> =
        source.tables().unwrap()[0].columns.iter().map(|column| column.kind.clone()).collect();
    assert_eq!(kinds[2..4], ["decimal(10,2)", "decimal(10,0)"]);
}

#[test]
fn a_value_is_found_by_whatever_type_holds_it() {
    let (_, source) = filled(
        server::mariadb(),
        "SET NAMES utf8mb4;
         CREATE TABLE p (id int PRIMARY KEY, n decimal(10,2), d date, c char(9), l varchar(20) character set latin1,
           u varchar(20) collate utf8mb4_unicode_ci, b bigint unsigned);
         CREATE INDEX n ON p (n); CREATE INDEX u ON p (u);
         INSERT INTO p VALUES (1, 17.5, '1984-03-02', '17', 'zoë', '17', 18446744073709551615),
           (2, NULL, '0000-00-00', ' 17', ' zoë', CONCAT('17', CONVERT(x'c2a0' USING utf8mb4)), 17),
           (3, NULL, NULL, '17', 'ZOE', CONCAT(char(9), '17'), NULL), (4, NULL, NULL, '', '', '170', 0)",
        &["p"],
    );
    for (column, compare, value, ids) in [
        ("n", Compare::Exact, "17.50", vec!["1"]),
        ("d", Compare::Date, "2 March 1984", vec!["1"]),
        ("d", Compare::Exact, "0000-00-00", vec!["2"]),
        ("c", Compare::Exact, "17", vec!["1", "2", "3"]),
        ("l", Compare::Exact, "zoë", vec!["1", "2"]),
        ("l", Compare::Exact, "李", vec![]),
        ("l", Compare::Caseless, "ZOË", vec!["1", "2"]),
        ("l", Compare::Caseless, "zoe", vec!["3"]),
        ("u", Compare::Exact, "17", vec!["1", "2", "3"]),
        ("b", Compare::Exact, "18446744073709551615", vec!["1"]),
        ("b", Compare::Digits, "17", vec!["2"]),
    ] {
        let lookup = ask("p", column, compare, &[value]);
        let (found, _) = Collect::read(source.as_ref(), &lookup).unwrap();
        assert_eq!(found.texts("id"), ids, "{column} {value}");
    }
}

#[test]
fn every_sort_of_relation_is_read() {
    let (database, source) = filled(
        server::mariadb(),
        "CREATE TABLE k (b varchar(9), a int, id int, PRIMARY KEY (b, a));
         INSERT INTO k VALUES ('y', 1, 1), ('x', 2, 2), ('x', 1, 3);
         CREATE TABLE n (id int, KEY (id)); INSERT INTO n VALUES (3), (1), (2);
         CREATE TABLE uni (id int, u int NOT NULL, UNIQUE (u)); INSERT INTO uni VALUES (1, 9), (2, 8);
         CREATE TABLE part (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3;
         INSERT INTO part VALUES (1), (2), (3);
         CREATE TABLE `Odd.na``me` (id int PRIMARY KEY, `sel.ect` int); INSERT INTO `Odd.na``me` VALUES (1, 5);
         CREATE VIEW v AS SELECT id, 'x' AS word FROM k ORDER BY id DESC;
         CREATE TABLE old (id int PRIMARY KEY) ENGINE=MyISAM",
        &["k", "n", "uni", "part", "odd=Odd.na`me", "v", "old"],
    );
    let of = |table: &str| read(source.as_ref(), table, "id", &["1", "2", "3"]);
    let place = |found: &Collect, n: usize| found.records[n].location.place.clone();
    let pair = |b: &str, a: &str| Place::Key(vec![("b".into(), b.into()), ("a".into(), a.into())]);
    assert_eq!(place(&of("k"), 0), pair("x", "1"));
    assert_eq!(of("n").texts("id"), ["3", "1", "2"]);
    assert_eq!(place(&of("n"), 2), Place::Row(3));
    assert_eq!(place(&of("uni"), 0), Place::Key(vec![("u".into(), "8".into())]));
    assert_eq!(of("part").texts("id"), ["1", "2", "3"]);
    assert_eq!(of("odd").texts("sel.ect"), ["5"]);
    assert_eq!(of("v").texts("id"), ["1", "2", "3"]);
    assert!(source.advice(&ask("old", "id", Compare::Exact, &[]))[0].contains("no snapshots"));
    assert!(source.advice(&ask("k", "b", Compare::Exact, &[]))[0].contains("white space"));
    assert!(source.advice(&ask("k", "a", Compare::Exact, &[]))[0].contains("CREATE INDEX `a` ON"));
    assert!(source.advice(&ask("part", "id", Compare::Exact, &[])).is_empty());
    source.check().unwrap();
    let all = discover(&settings(&server::mariadb().url(&database), &[])).unwrap();
    assert_eq!(all.len(), 7);
}

#[test]
fn ten_thousand_people_are_one_statement() {
    let server = server::mariadb();
    let (_, source) = filled(
        server,
        "CREATE TABLE many (id int PRIMARY KEY, name text);
         INSERT INTO many SELECT seq, concat('n', seq) FROM seq_1_to_50000; ANALYZE TABLE many",
        &["many"],
    );
    let ids: Vec<String> = (1..=10_000).map(|n| (n * 3).to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let read =
        |ids: &[&str]| Collect::read(source.as_ref(), &ask("many", "id", Compare::Exact, ids));
    let (found, ending) = read(&ids).unwrap();
    assert_eq!((found.records.len(), ending), (10_000, Ending::Complete { read: 10_000 }));
    let (found, ending) = read(&["7"]).unwrap();
    assert_eq!((found.records.len(), ending), (1, Ending::Complete { read: 1 }));
    let said = server.statements();
    let executed = said.lines().filter(|l| l.contains("Execute") && l.contains("`many`"));
    assert_eq!(executed.count(), 2);
}
