//! A guest's manners: who only may read can use it, nothing hostile gets through, and what is
//! refused is said without a word of it.

use std::time::Duration;

use holdall_connector::{Compare, Connector, Error};
use holdall_testkit::{Collect, ask};

use crate::server::{Kind, PASSWORD, Server};
use crate::{BOTH, connect, filled, settings};

fn refusal(result: Result<(), Error>) -> String {
    let error = result.unwrap_err();
    let said = format!("{error} {error:?}");
    assert!(!said.contains(PASSWORD) && !said.contains("127.0.0.1"), "{said}");
    error.to_string()
}

fn as_user(
    server: &Server,
    user: &str,
    password: &str,
    database: &str,
    tables: &[&str],
) -> Box<dyn Connector> {
    connect(server.kind, settings(&server.url_as(user, password, database), tables))
}

#[test]
fn a_user_who_may_only_read_suffices() {
    for server in BOTH {
        let server = server();
        let sql = "CREATE TABLE t (id int PRIMARY KEY, who varchar(20)); INSERT INTO t VALUES (1, 'x');
                   CREATE TABLE secret (id int PRIMARY KEY); CREATE TABLE part (id int PRIMARY KEY, hidden int);";
        let (database, _) = filled(server, sql, &[]);
        let user = format!("reader_{database}");
        let grant = match server.kind {
            Kind::Postgres => format!(
                "CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'; ALTER ROLE {user} SET default_transaction_read_only = on;
                 GRANT SELECT ON t TO {user}; GRANT SELECT (id) ON part TO {user}"
            ),
            Kind::Mariadb => format!(
                "CREATE USER {user}@'%' IDENTIFIED BY '{PASSWORD}'; GRANT SELECT ON {database}.t TO {user}@'%';
                 GRANT SELECT (id) ON {database}.part TO {user}@'%'"
            ),
        };
        server.run(&database, &grant);
        let source = as_user(server, &user, PASSWORD, &database, &["t"]);
        source.check().unwrap();
        assert_eq!(source.tables().unwrap()[0].columns.len(), 2);
        let everyone = ask("t", "who", Compare::Caseless, &["X"]);
        assert_eq!(Collect::read(source.as_ref(), &everyone).unwrap().0.records.len(), 1);
        // A column that may not be read is never passed over.
        for table in ["secret", "part"] {
            let closed = as_user(server, &user, PASSWORD, &database, &[table]);
            let refused = refusal(closed.check());
            let says = refused.contains("SELECT on") || refused.contains("no table");
            assert!(says, "{:?} {table}: {refused}", server.kind);
            assert!(
                Collect::read(closed.as_ref(), &ask(table, "id", Compare::Exact, &["1"])).is_err()
            );
        }
    }
}

#[test]
fn rows_that_a_policy_hides_are_missed_aloud() {
    let server = crate::server::postgres();
    let (database, _) =
        filled(server, "CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY", &[]);
    let user = format!("policed_{database}");
    let sql =
        format!("CREATE ROLE {user} LOGIN PASSWORD '{PASSWORD}'; GRANT SELECT ON t TO {user}");
    server.run(&database, &sql);
    let source = as_user(server, &user, PASSWORD, &database, &["t"]);
    assert!(refusal(source.check()).contains("row-level security"));
}

#[test]
fn each_refusal_says_what_to_do() {
    for server in BOTH {
        let server = server();
        let (database, source) = filled(server, "CREATE TABLE t (id int PRIMARY KEY)", &["none"]);
        assert_eq!(refusal(source.check()), "there is no table `none`");
        let wrong = as_user(server, "tester", "wrong", &database, &["t"]);
        assert!(refusal(wrong.check()).contains("refused the user name or password"));
        let missing = as_user(server, "tester", PASSWORD, "no_such_database", &["t"]);
        assert!(refusal(missing.check()).contains("no database of that name"));
        let debug =
            format!("{wrong_debug:?}", wrong_debug = settings(&server.url(&database), &["t"]));
        assert!(!debug.contains(PASSWORD));
        let secure = match server.kind {
            Kind::Postgres => "?sslmode=require",
            Kind::Mariadb => "?ssl-mode=REQUIRED",
        };
        let url = format!("{}{secure}", server.url(&database));
        assert!(refusal(connect(server.kind, settings(&url, &["t"])).check()).contains("secure"));
    }
}

#[test]
fn a_statement_that_takes_too_long_is_stopped() {
    for server in BOTH {
        let server = server();
        let sql = match server.kind {
            Kind::Postgres => {
                "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW slow AS SELECT 1 AS id, pg_sleep(20)::text AS x; INSERT INTO t VALUES (1)"
            }
            Kind::Mariadb => {
                "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW slow AS SELECT 1 AS id, sleep(20) AS x; INSERT INTO t VALUES (1)"
            }
        };
        let (database, _) = filled(server, sql, &[]);
        let mut settings = settings(&server.url(&database), &["slow", "t"]);
        settings.timeout = Duration::from_secs(1);
        let source = connect(server.kind, settings);
        let slow = ask("slow", "id", Compare::Exact, &["1"]);
        let result = Collect::read(source.as_ref(), &slow).map(|_| ());
        assert!(refusal(result).contains("longer than the time limit"));
        // The session is as good as before.
        let found = Collect::read(source.as_ref(), &ask("t", "id", Compare::Exact, &["1"]));
        assert_eq!(found.unwrap().0.records.len(), 1);
    }
}

/// Texts that would do harm if they were ever taken for SQL.
const HOSTILE: [&str; 8] = [
    "\"; DROP TABLE victim; --",
    "`; DROP TABLE victim; -- x",
    "'; DROP TABLE victim; --",
    "x' OR '1'='1",
    "\\'; DROP TABLE victim; --",
    "$1::text[]) OR true; --",
    "? OR 1=1 #",
    ":name {0} %s /* */ \u{2019}; DROP TABLE victim",
];

/// What a guest may send.
const ALLOWED: [&str; 10] = [
    "SELECT",
    "WITH",
    "DECLARE holdall",
    "FETCH",
    "CLOSE holdall",
    "BEGIN",
    "START TRANSACTION",
    "SET ",
    "SAVEPOINT",
    "ROLLBACK",
];

/// Returns statements that make a table to be spared, and tables and columns of hostile names.
fn hostile_tables(kind: Kind) -> String {
    let quoted = |name: &str| match kind {
        Kind::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        Kind::Mariadb => format!("`{}`", name.replace('`', "``")),
    };
    let mut sql =
        String::from("CREATE TABLE victim (id int PRIMARY KEY); INSERT INTO victim VALUES (1);");
    for (n, name) in HOSTILE.iter().enumerate() {
        let name = quoted(name);
        sql.push_str(&format!(
            "CREATE TABLE {name} ({name} varchar(99), n int, id int PRIMARY KEY);
             INSERT INTO {name} VALUES ('harmless', {n}, 1);"
        ));
    }
    sql
}

/// Looks for hostile values in hostile columns in every way.
fn read_hostile(source: &dyn Connector) {
    source.check().unwrap();
    for (n, column) in HOSTILE.into_iter().enumerate() {
        let table = format!("t{n}");
        let rows = |compare, values: &[&str]| {
            Collect::read(source, &ask(&table, column, compare, values)).unwrap().0.records.len()
        };
        for compare in [Compare::Exact, Compare::Caseless, Compare::Compact, Compare::Name] {
            assert_eq!(rows(compare, &HOSTILE), 0);
        }
        assert_eq!(rows(Compare::Exact, &["harmless"]), 1, "{column}");
        source.advice(&ask(&table, column, Compare::Exact, &[]));
    }
}

#[test]
fn nothing_hostile_reaches_the_server_as_sql() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        // A server of its own, whose log has nothing of other tests in it.
        let server = Server::start(kind);
        let (database, _) = filled(&server, &hostile_tables(kind), &[]);
        let mut settings = settings(&server.url(&database), &[]);
        let table = |(n, table): (usize, &str)| holdall_sql::TableSettings {
            name: format!("t{n}"),
            table: Some(table.into()),
        };
        settings.tables = HOSTILE.into_iter().enumerate().map(table).collect();
        let before = server.statements().len();
        read_hostile(connect(kind, settings).as_ref());
        let log = server.statements();
        let ours = our_statements(kind, log.get(before..).unwrap());
        assert!(ours.len() > HOSTILE.len() * 5, "{}", ours.len());
        for statement in &ours {
            assert!(ALLOWED.iter().any(|start| statement.starts_with(start)), "{statement}");
            let bare = without_quoted(statement, kind);
            assert!(!bare.contains("DROP") && !bare.contains("victim"), "{statement}");
        }
        let victim = crate::source(&server, &database, &["victim"]);
        assert_eq!(crate::read(victim.as_ref(), "victim", "id", &["1"]).records.len(), 1);
    }
}

/// Returns the statements that were sent by this source, as the server's own log has them.
fn our_statements(kind: Kind, log: &str) -> Vec<String> {
    let mut statements = Vec::new();
    // An entry of PostgreSQL's log may have several lines; each starts with our prefix.
    for line in entries(kind, log) {
        let said = match kind {
            Kind::Postgres => line.strip_prefix("[holdall|").and_then(|rest| {
                let after = rest.split_once("LOG:  ")?.1;
                let said = after.split_once(": ")?;
                matches!(
                    said.0,
                    "statement" | "execute <unnamed>" | "execute fetch from <unnamed>/<unnamed>"
                )
                .then(|| said.1.to_owned())
            }),
            // The log shows what was prepared; what is executed shows the values, escaped.
            Kind::Mariadb => ["\tPrepare\t", " Prepare\t", " Query\t"]
                .iter()
                .find_map(|word| line.split_once(word).map(|(_, said)| said.to_owned())),
        };
        statements.extend(said.map(|text| text.trim_start().to_owned()));
    }
    statements
}

fn entries(kind: Kind, log: &str) -> Vec<String> {
    match kind {
        Kind::Postgres => {
            log.split("\n[").map(|entry| format!("[{entry}").replace('\n', " ")).collect()
        }
        Kind::Mariadb => log.lines().map(str::to_owned).collect(),
    }
}

/// Returns a statement without what stands in quotes of any kind.
fn without_quoted(statement: &str, kind: Kind) -> String {
    let name = if kind == Kind::Postgres { '"' } else { '`' };
    let mut bare = String::new();
    let mut open = None;
    for c in statement.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            Some(_) => {}
            None if c == name || c == '\'' => open = Some(c),
            None => bare.push(c),
        }
    }
    bare
}
