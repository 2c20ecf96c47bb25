//! Keys travel between sources: an e-mail address in a CSV file finds a customer on PostgreSQL,
//! whose orders are on MariaDB. And what happens when a server is not what it should be.

use std::thread;
use std::time::Duration;

use super::server::{self, Kind, PASSWORD, Server};
use crate::harness::{Estate, Opened, World};

const SOURCES: &str = r#"controller = "controller.toml"

[identifiers]
customer = {}
member   = {}

[[source]]
name      = "news"
connector = "csv"
path      = "crm"

[source.tables.readers]
files          = "readers.csv"
activity       = "orders"
columns.email  = { person = "email" }
columns.member = { person = "member" }

[[source]]
name      = "crm"
connector = "postgres"
url       = "env:TEST_CRM"

[source.tables.customers]
table               = "Sales.Customers"
activity            = "orders"
columns.id          = { person = "customer" }
columns.member_no   = { person = "member" }
columns.name        = { person = "name" }
columns.tags        = "data"

[[source]]
name      = "shop"
connector = "mariadb"
url       = "file:shop.url"

[source.tables.orders]
activity            = "orders"
columns.id          = "row"
columns.customer_id = { person = "customer" }
columns.total       = "data"

[source.tables.lines]
parent          = { order_id = "orders.id" }
columns.title   = "data"
"#;

const CRM: &str = r#"CREATE SCHEMA "Sales";
CREATE TABLE "Sales"."Customers" (id uuid PRIMARY KEY, member_no varchar(9), name text, tags text[]);
INSERT INTO "Sales"."Customers" VALUES
  ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'M-17 ', 'Ada Hart', '{new,"a, b"}'),
  ('b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'M-18', 'Bertram Osgood', '{ORCHID}')"#;

const SHOP: &str = "CREATE TABLE orders (id int PRIMARY KEY, customer_id char(36), total decimal(8,2), KEY (customer_id));
CREATE TABLE `lines` (id int PRIMARY KEY, order_id int, title varchar(99), KEY (order_id));
INSERT INTO orders VALUES (1, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 1.00),
  (2, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 12.50), (3, 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 7.25);
INSERT INTO `lines` VALUES (1, 2, 'Atlas'), (2, 3, 'ORCHID'), (3, 2, 'Globe')";

/// Returns the estate with its sources on the servers, and the address of PostgreSQL.
fn estate(postgres: &Server, mariadb: &Server) -> (Estate, String) {
    let estate = Estate::new();
    let (crm, shop) = (postgres.database(), mariadb.database());
    postgres.run(&crm, CRM);
    mariadb.run(&shop, SHOP);
    let world = &estate.world;
    world.write(
        "crm/readers.csv",
        "email,member\nADA.HART@example.org,M-17\nb.osgood@example.net,M-18\n",
    );
    world.write("shop.url", format!("{}\n", mariadb.url(&shop)));
    world.write("holdall.toml", SOURCES);
    (estate, postgres.url(&crm))
}

#[test]
fn keys_travel_from_file_to_server_to_server() {
    let (estate, crm) = estate(server::postgres(), server::mariadb());
    let map = SOURCES.replace("customer = {}", "customer = { match = \"caseless\" }");
    let map = map.replace("columns.title   =", "columns.id = \"row\"\ncolumns.title   =");
    estate.world.write("holdall.toml", map);
    let run =
        estate.world.export(estate.map(), estate.request()).arg("--json").env("TEST_CRM", &crm);
    let outcome = run.exits(0);
    outcome.keeps_quiet_about(&[PASSWORD, "Osgood", "ORCHID"]);
    let bundle = Opened::read(&estate.world.out());
    let ids = |table: &str, column: &str| -> Vec<String> {
        bundle.rows(table).iter().map(|row| row[column].to_string()).collect()
    };
    assert_eq!(ids("crm/customers", "tags"), ["[\"new\",\"a, b\"]"]);
    assert_eq!(ids("shop/orders", "total"), ["1.00", "12.50"]);
    assert_eq!(ids("shop/lines", "title"), ["\"Atlas\"", "\"Globe\""]);
    assert!(bundle.places_of(&["Osgood".to_owned(), "ORCHID".to_owned()]).is_empty());
}

#[test]
fn an_address_that_cannot_be_had_is_named_and_never_shown() {
    let (estate, crm) = estate(server::postgres(), server::mariadb());
    let export = || estate.world.export(estate.map(), estate.request());
    export().exits(2).says(&["`TEST_CRM`", "source `crm`"]);
    let wrong = crm.replace("postgres://", "mysql://");
    export()
        .env("TEST_CRM", &wrong)
        .exits(2)
        .says(&["source `crm`"])
        .keeps_quiet_about(&[PASSWORD]);
    std::fs::remove_file(estate.world.work("shop.url")).unwrap();
    export().env("TEST_CRM", &crm).exits(2).says(&["shop.url", "source `shop`"]);
}

#[test]
fn check_says_what_no_index_serves() {
    let (estate, crm) = estate(server::postgres(), server::mariadb());
    let check = estate.world.holdall().args(["check", "--map"]).arg(estate.map());
    let outcome = check.env("TEST_CRM", &crm).exits(0);
    outcome.says(&["slow: a lookup by `member_no` reads all of `Customers`", "COLLATE \"C\")"]);
    outcome.keeps_quiet_about(&[PASSWORD, "lookup by `order_id`", "lookup by `id`"]);
}

/// A table that is read whole, because names are written in many ways.
const LETTERS: &str = r#"controller = "controller.toml"
[[source]]
name      = "post"
connector = "CONNECTOR"
url       = "env:TEST_POST"
[source.tables.letters]
activity      = "orders"
columns.id    = "row"
columns.who   = { person = "name" }
columns.email = { person = "email" }
columns.note  = "data"
"#;

fn letters(server: &Server) -> (Estate, String) {
    let (rows, connector) = match server.kind {
        Kind::Postgres => (
            "SELECT n, 'Bo Lee', 'b@example.org', repeat('x', 200) FROM generate_series(1, 400000) n",
            "postgres",
        ),
        Kind::Mariadb => (
            "SELECT seq, 'Bo Lee', 'b@example.org', repeat('x', 200) FROM seq_1_to_400000",
            "mysql",
        ),
    };
    let database = server.database();
    server.run(
        &database,
        &format!(
            "CREATE TABLE letters (id int PRIMARY KEY, who varchar(99), email varchar(99), note text);
             INSERT INTO letters {rows}; INSERT INTO letters VALUES (0, 'Ada Hart', 'ada.hart@example.org', 'hers')"
        ),
    );
    let estate = Estate::new();
    estate.world.write("holdall.toml", LETTERS.replace("CONNECTOR", connector));
    (estate, server.url(&database))
}

fn incomplete(world: &World, estate: &Estate, url: &str) {
    let run = world.export(estate.map(), estate.request()).arg("--json").env("TEST_POST", url);
    let outcome = run.exits(3);
    outcome.keeps_quiet_about(&[PASSWORD, "Bo Lee"]);
    assert_eq!(outcome.json()["status"], "incomplete", "{outcome}");
    outcome.says(&["post.letters"]);
    assert!(!world.out().exists(), "{outcome}");
}

#[test]
fn a_server_that_dies_during_an_export_leaves_no_bundle() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let server = Server::start(kind);
        let (estate, url) = letters(&server);
        let before = server.statements().matches("`letters` ").count();
        thread::scope(|scope| {
            let killer = scope.spawn(|| {
                loop {
                    let said = server.statements();
                    let is_reading = match kind {
                        Kind::Postgres => said.contains("FETCH FORWARD"),
                        Kind::Mariadb => said.matches("`letters` ").count() > before + 1,
                    };
                    if is_reading {
                        return server.kill();
                    }
                    thread::sleep(Duration::from_millis(20));
                }
            });
            incomplete(&estate.world, &estate, &url);
            killer.join().unwrap();
        });
        // And once it is gone.
        incomplete(&estate.world, &estate, &url);
    }
}
