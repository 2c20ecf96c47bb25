//! A guest's manners: who only may read can use it, and what is refused is said without a word of it.

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
