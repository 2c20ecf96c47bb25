//! The five organisations with their SQLite files moved to a server: the same `data/`, byte by byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::server::{self, Kind, Server};
use crate::harness::{Opened, World, files_below, repository};

macro_rules! organisations {
    ($($name:ident)*) => {
        $(mod $name {
            #[test]
            fn on_postgres() {
                super::check(super::server::postgres(), &stringify!($name).replace('_', "-"));
            }

            #[test]
            fn on_mariadb() {
                super::check(super::server::mariadb(), &stringify!($name).replace('_', "-"));
            }
        })*
    };
}

organisations! {
    connect2employment
    link_community_centre
    lustalux
    luton_customer_services
    step_forward_luton
}

/// Runs every request of an organisation with its files, and with its databases moved.
fn check(server: &Server, organisation: &str) {
    let moved = Moved::new(server, organisation);
    let folder = repository("fixtures").join(organisation);
    let mut sealed = 0;
    for request in files_below(&folder.join("requests")) {
        let name = request.file_stem().unwrap().to_str().unwrap();
        let expected = fs::read_to_string(folder.join(format!("expected/{name}.toml"))).unwrap();
        let expected: toml::Table = expected.parse().unwrap();
        let map = expected.get("map").and_then(toml::Value::as_str).unwrap_or("holdall.toml");
        let args: Vec<&str> = expected
            .get("args")
            .and_then(toml::Value::as_array)
            .map_or_else(Vec::new, |args| args.iter().filter_map(toml::Value::as_str).collect());
        let request = folder.join("requests").join(&request);
        let before = World::new();
        let with_files = before.export(folder.join(map), &request).arg("--json").args(&args).run();
        let after = World::new();
        let mut run = after.export(moved.world.work(map), &request).arg("--json").args(&args);
        for (variable, url) in &moved.urls {
            run = run.env(variable, url);
        }
        let on_server = run.run();
        on_server.keeps_quiet_about(&[server::PASSWORD]);
        assert_eq!(on_server.code, with_files.code, "{name}\n{on_server}\n{with_files}");
        assert_eq!(before.out().exists(), after.out().exists(), "{name}");
        if after.out().exists() {
            sealed += 1;
            let (files, server) = (data(&before), data(&after));
            assert_eq!(files.keys().collect::<Vec<_>>(), server.keys().collect::<Vec<_>>());
            for (entry, content) in &files {
                let text = String::from_utf8_lossy;
                assert!(
                    content == &server[entry],
                    "{name} {entry}:\n{}\n---\n{}",
                    text(content),
                    text(&server[entry])
                );
            }
        }
    }
    assert!(sealed > 0, "no request of {organisation} ends in a bundle");
}

fn data(world: &World) -> BTreeMap<String, Vec<u8>> {
    let entries = Opened::read(&world.out()).entries;
    entries.into_iter().filter(|(name, _)| name.starts_with("data/")).collect()
}

/// An organisation whose databases are on a server.
pub(super) struct Moved {
    pub(super) world: World,
    /// By environment variable: where each database went.
    pub(super) urls: Vec<(String, String)>,
}

impl Moved {
    pub(super) fn new(server: &Server, organisation: &str) -> Self {
        let (folder, world) = (repository("fixtures").join(organisation), World::new());
        let mut urls = Vec::new();
        let mut maps = Vec::new();
        for file in files_below(&folder) {
            let is = |ending: &str| file.extension().is_some_and(|found| found == ending);
            if is("sqlite") {
                let database = server.database();
                load(server, &database, &folder.join(&file));
                urls.push((variable(&file), server.url(&database)));
            } else if is("toml") && file.to_string_lossy().starts_with("holdall") {
                maps.push(file);
            } else {
                world.write(file.to_str().unwrap(), fs::read(folder.join(&file)).unwrap());
            }
        }
        for map in maps {
            let text = fs::read_to_string(folder.join(&map)).unwrap();
            world.write(map.to_str().unwrap(), on_server(&text, server.kind));
        }
        Self { world, urls }
    }
}

fn variable(file: &Path) -> String {
    format!("{}_URL", file.file_stem().unwrap().to_str().unwrap().to_uppercase())
}

/// Returns the map with every SQLite source on a server; nothing else differs.
fn on_server(map: &str, kind: Kind) -> String {
    let connector = if kind == Kind::Postgres { "postgres" } else { "mariadb" };
    let line = |line: &str| {
        let value = line.split_once('=').map(|(_, value)| value.trim().trim_matches('"'));
        match value {
            Some("sqlite") => format!("connector = \"{connector}\""),
            Some(file) if file.ends_with(".sqlite") => {
                format!("url = \"env:{}\"", variable(&PathBuf::from(file)))
            }
            _ => line.to_owned(),
        }
    };
    map.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Copies the tables of a SQLite file, with types in which their values stay the same.
fn load(server: &Server, database: &str, file: &Path) {
    let source = Connection::open(file).unwrap();
    let mut tables = source
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .unwrap();
    let tables: Vec<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in &tables {
        let mut columns =
            source.prepare("SELECT name, type, pk FROM pragma_table_info(?1)").unwrap();
        let columns: Vec<(String, String, u32)> = columns
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let typed: Vec<String> = columns
            .iter()
            .map(|(name, kind, key)| {
                let suffix = if *key > 0 { " PRIMARY KEY" } else { "" };
                format!("{name} {}{suffix}", type_of(server.kind, kind, *key > 0))
            })
            .collect();
        let mut sql = format!("CREATE TABLE {table} ({});", typed.join(", "));
        let mut rows = source.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..columns.len())
                .map(|index| literal(server.kind, row.get_ref(index).unwrap()))
                .collect();
            write!(sql, "INSERT INTO {table} VALUES ({});", values.join(", ")).unwrap();
        }
        server.run(database, &sql);
    }
    for table in &tables {
        add_foreign_keys(server, database, &source, table);
    }
}

fn add_foreign_keys(server: &Server, database: &str, source: &Connection, table: &str) {
    let sql = "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?1)";
    let mut keys = source.prepare(sql).unwrap();
    let mut keys = keys.query([table]).unwrap();
    while let Some(key) = keys.next().unwrap() {
        let part = |index| key.get::<_, String>(index).unwrap();
        let (from, other, to) = (part(0), part(1), part(2));
        let sql = format!("ALTER TABLE {table} ADD FOREIGN KEY ({from}) REFERENCES {other} ({to})");
        server.run(database, &sql);
    }
}

fn type_of(server: Kind, declared: &str, is_key: bool) -> &'static str {
    match (declared, server) {
        ("INTEGER", _) => "bigint",
        ("TEXT", Kind::Mariadb) if is_key => "varchar(190) COLLATE utf8mb4_bin",
        ("TEXT", Kind::Mariadb) => "longtext",
        ("TEXT", Kind::Postgres) => "text",
        ("NUMERIC", Kind::Postgres) => "numeric",
        ("NUMERIC" | "REAL", _) => "double precision",
        (other, _) => panic!("the fixtures have a new type, {other}"),
    }
}

fn literal(server: Kind, value: ValueRef<'_>) -> String {
    match (value, server) {
        (ValueRef::Null, _) => "NULL".to_owned(),
        (ValueRef::Integer(n), _) => n.to_string(),
        (ValueRef::Real(x), _) => x.to_string(),
        (ValueRef::Text(text), Kind::Postgres) => {
            format!("'{}'", std::str::from_utf8(text).unwrap().replace('\'', "''"))
        }
        (ValueRef::Text(text), Kind::Mariadb) => {
            let hex: String = text.iter().map(|b| format!("{b:02x}")).collect();
            format!("CONVERT(x'{hex}' USING utf8mb4)")
        }
        (ValueRef::Blob(_), _) => panic!("the fixtures have bytes now"),
    }
}
