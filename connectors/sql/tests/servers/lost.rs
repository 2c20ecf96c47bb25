//! Lost connections, and the one state that all reads see.

use std::ops::ControlFlow;

use holdall_connector::{Compare, Ending, Error, Record, Sink, Skipped};
use holdall_testkit::{Collect, ask};

use crate::server::{Kind, Server};
use crate::{BOTH, filled, source};

/// Counts rows, and does something when the first has come.
struct OnFirst<F: FnMut()> {
    rows: u64,
    act: F,
}

impl<F: FnMut()> Sink for OnFirst<F> {
    fn record(&mut self, _: Record) -> ControlFlow<()> {
        self.rows += 1;
        if self.rows == 1 {
            (self.act)();
        }
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

fn many(kind: Kind, rows: u32) -> String {
    match kind {
        Kind::Postgres => format!(
            "CREATE TABLE t (id int PRIMARY KEY, who text, note text);
             INSERT INTO t SELECT n, 'x', repeat('note ', 40) FROM generate_series(1, {rows}) n"
        ),
        Kind::Mariadb => format!(
            "CREATE TABLE t (id int PRIMARY KEY, who text, note text);
             INSERT INTO t SELECT seq, 'x', repeat('note ', 40) FROM seq_1_to_{rows}"
        ),
    }
}

#[test]
fn a_server_that_dies_during_a_read_leaves_it_incomplete() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let mut server = Server::start(kind);
        let (database, source) = filled(&server, &many(kind, 100_000), &["t"]);
        let everyone = ask("t", "who", Compare::Exact, &["x"]);
        let mut sink = OnFirst { rows: 0, act: || server.kill() };
        let ending = source.read(&everyone, &mut sink).unwrap();
        let Ending::Incomplete { read, why } = ending else { panic!("{kind:?}: complete") };
        assert!(read > 0 && read < 100_000, "{kind:?}: {read}");
        assert!(why.contains("table `t` was not read in full"), "{why}");
        // The rows read so far are of a state that is gone: no other may be mixed in.
        server.revive();
        let Err(Error::Service { why, .. }) = Collect::read(source.as_ref(), &everyone) else {
            panic!("{kind:?}: another state")
        };
        assert!(why.contains("another state of the database"), "{why}");
        let anew = crate::source(&server, &database, &["t"]);
        assert_eq!(Collect::read(anew.as_ref(), &everyone).unwrap().0.records.len(), 100_000);
    }
}

#[test]
fn a_connection_lost_before_the_first_row_is_made_anew() {
    for server in BOTH {
        let server = server();
        let (database, source) = filled(server, &many(server.kind, 10), &["t"]);
        source.check().unwrap();
        match server.kind {
            Kind::Postgres => server.run(
                "postgres",
                &format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = '{database}' AND application_name = 'holdall'"
                ),
            ),
            Kind::Mariadb => {
                use mysql::prelude::Queryable as _;
                let sql = format!(
                    "SELECT id FROM information_schema.processlist WHERE db = '{database}'"
                );
                let ids: Vec<u64> = server.my("mysql").query(sql).unwrap();
                ids.iter().for_each(|id| server.run("mysql", &format!("KILL CONNECTION {id}")));
            }
        }
        let lookup = ask("t", "who", Compare::Exact, &["x"]);
        let (found, ending) = Collect::read(source.as_ref(), &lookup).unwrap();
        assert_eq!((found.records.len(), ending), (10, Ending::Complete { read: 10 }));
    }
}

#[test]
fn all_reads_see_one_state() {
    for server in BOTH {
        let server = server();
        let sql =
            "CREATE TABLE u (id int PRIMARY KEY, who varchar(9)); INSERT INTO u VALUES (1, 'x');";
        let sql = format!("{sql}{}", many(server.kind, 5000));
        let (database, source) = filled(server, &sql, &["t", "u"]);
        let write = || {
            server.run(&database, "DELETE FROM t WHERE id > 10");
            server.run(&database, "INSERT INTO u VALUES (2, 'x')");
        };
        let mut sink = OnFirst { rows: 0, act: write };
        let everyone = |table| ask(table, "who", Compare::Exact, &["x"]);
        let ending = source.read(&everyone("t"), &mut sink).unwrap();
        assert_eq!((sink.rows, ending), (5000, Ending::Complete { read: 5000 }));
        // Also reads that begin later, and side by side on several connections.
        let source = source.as_ref();
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let rows = |table| Collect::read(source, &everyone(table)).unwrap().0.records;
                    assert_eq!((rows("t").len(), rows("u").len()), (5000, 1));
                });
            }
        });
        let anew = crate::source(server, &database, &["t", "u"]);
        assert_eq!(Collect::read(anew.as_ref(), &everyone("u")).unwrap().0.records.len(), 2);
    }
}

#[test]
fn a_server_that_is_not_there_says_so() {
    for kind in [Kind::Postgres, Kind::Mariadb] {
        let server = Server::start(kind);
        let down = source(&server, "nowhere", &["t"]);
        drop(server);
        let Err(Error::Service { what, why }) = down.check() else { panic!() };
        assert!(
            what.ends_with("source `db`") && why.contains("cannot be reached"),
            "{what}: {why}"
        );
    }
}
