//! `holdall init` on the organisations' folders and databases, these on a server: the draft, `check`
//! and the edits that are left, as with files.

use holdall::map;

use super::moved::Moved;
use super::server::{self, Kind, PASSWORD, Server};
use crate::harness::World;
use crate::init::edits::edits;

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

/// Drafts a map, checks it, and counts the edits that make it the one that a person wrote.
fn check(server: &Server, organisation: &str) {
    let moved = Moved::new(server, organisation);
    let world = &moved.world;
    let (folder, out) = (world.work(""), world.work("draft.toml"));
    let keep = |(variable, url): &(String, String)| {
        let file = variable.to_lowercase().replace("_url", ".url");
        format!("file:{}", world.write(&file, url).display())
    };
    let places: Vec<String> = moved.urls.iter().map(keep).collect();
    let drafted =
        world.holdall().args(["init", "-o"]).arg(&out).arg(&folder).args(&places).exits(0);
    let checked = world.holdall().args(["check", "--map"]).arg(&out).exits(0);
    let text = std::fs::read_to_string(&out).unwrap();
    for outcome in [&drafted, &checked] {
        outcome.keeps_quiet_about(&HIDDEN);
    }
    assert!(!HIDDEN.iter().any(|part| text.contains(part)), "{text}");
    assert_eq!(text.matches("url       = \"file:").count(), places.len());
    let draft = map::load(&out).unwrap();
    let wanted = map::load(&world.work("holdall.toml")).unwrap();
    let edits = edits(&draft, &wanted);
    println!("{organisation} on {:?}: {} edits", server.kind, edits.len());
    assert!(edits.len() <= 10, "{} edits: {edits:#?}", edits.len());
}

/// What nothing may show of an address.
const HIDDEN: [&str; 4] = [PASSWORD, "127.0.0.1", "postgres://", "mysql://"];

#[test]
fn schemas_keys_and_odd_names_are_drafted() {
    for server in [server::postgres(), server::mariadb()] {
        let (database, world) = (server.database(), World::new());
        let sql = match server.kind {
            Kind::Postgres => {
                "CREATE SCHEMA hr; CREATE TABLE hr.\"Staff.List\" (id int PRIMARY KEY, full_name text, email text);
                 INSERT INTO hr.\"Staff.List\" VALUES (1, 'Ada Hart', 'ada@example.org');
                 CREATE TABLE leave (id int PRIMARY KEY, who int REFERENCES hr.\"Staff.List\", days int);
                 CREATE VIEW broken AS SELECT 1/0 AS x; CREATE TABLE empty ();"
            }
            Kind::Mariadb => {
                "CREATE TABLE `Staff.List` (id int PRIMARY KEY, full_name text, email text);
                 INSERT INTO `Staff.List` VALUES (1, 'Ada Hart', 'ada@example.org');
                 CREATE TABLE `leave` (id int PRIMARY KEY, who int, days int, FOREIGN KEY (who) REFERENCES `Staff.List` (id));
                 CREATE TABLE gone (id int); CREATE VIEW broken AS SELECT id FROM gone; DROP TABLE gone;"
            }
        };
        server.run(&database, sql);
        let out = world.work("holdall.toml");
        let init = world.holdall().args(["init", "env:HR_DATABASE_URL", "-o"]).arg(&out);
        let outcome = init.env("HR_DATABASE_URL", &server.url(&database)).exits(0);
        outcome.keeps_quiet_about(&HIDDEN);
        outcome.says(&["hr-database.broken: it could not be read"]);
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("url       = \"env:HR_DATABASE_URL\""), "{text}");
        assert!(text.contains("a foreign key says so"), "{text}");
        assert!(!text.contains("Ada"), "{text}");
        let draft = map::load(&out).unwrap();
        let leave = draft.tables().find(|table| table.id.table == "leave").unwrap();
        assert!(leave.parents[0].table.table.ends_with("Staff.List"), "{text}");
        let staff = draft.table(&leave.parents[0].table).unwrap();
        let name =
            if server.kind == Kind::Postgres { "\"hr\".\"Staff.List\"" } else { "\"Staff.List\"" };
        assert_eq!(staff.table.as_deref(), Some(name));
        let check = world.holdall().args(["check", "--map"]).arg(&out);
        check.env("HR_DATABASE_URL", &server.url(&database)).run().keeps_quiet_about(&HIDDEN);
    }
}

#[test]
fn a_server_that_cannot_be_drafted_says_why() {
    let server = server::postgres();
    let world = World::new();
    let init = |url: &str| {
        let init = world.holdall().args(["init", "env:CRM_URL", "-o"]).arg(world.work("x.toml"));
        init.env("CRM_URL", url).run()
    };
    for (url, why) in [
        (server.url_as("tester", "wrong", "postgres"), "refused the user name or password"),
        (server.url("nowhere"), "no database of that name"),
        (server.url("postgres").replace("postgres://", "https://"), "no address of a database"),
    ] {
        let outcome = init(&url);
        assert_eq!(outcome.code, 2, "{outcome}");
        outcome.says(&["env:CRM_URL", why]).keeps_quiet_about(&HIDDEN[..2]);
    }
    assert!(!world.work("x.toml").exists());
}
