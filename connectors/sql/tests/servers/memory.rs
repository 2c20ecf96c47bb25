//! A million rows through a reader that keeps none of them.

use std::ops::ControlFlow;
use std::process::Command;

use holdall_connector::{Compare, Ending, Record, Sink, Skipped};
use holdall_testkit::ask;

use crate::server::{self, Kind, Server};
use crate::{connect, settings};

/// The most memory that the reading process may ever have held.
const LIMIT_KB: u64 = 128 * 1024;

struct Count(u64);

impl Sink for Count {
    fn record(&mut self, _: Record) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Run in a process of its own by [`measure`]: reads the table and prints its own peak.
#[test]
#[ignore = "it is the child of the other tests of this module"]
fn child() {
    let url = std::env::var("HOLDALL_TEST_URL").unwrap();
    let kind = if url.starts_with("mysql") { Kind::Mariadb } else { Kind::Postgres };
    let source = connect(kind, settings(&url, &["big"]));
    let mut sink = Count(0);
    let everyone = ask("big", "who", Compare::Name, &["Ada Hart"]);
    let ending = source.read(&everyone, &mut sink).unwrap();
    assert_eq!(ending, Ending::Complete { read: 1_000_000 });
    // And half of them in one answer, where the server leaves out the rest.
    let half = ask("big", "who", Compare::Exact, &["Hart, Ada"]);
    assert!(matches!(source.read(&half, &mut sink).unwrap(), Ending::Complete { .. }));
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    println!("rows {} {peak}", sink.0);
}

fn measure(server: &Server, sql: &str) {
    let database = server.database();
    server.run(&database, sql);
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "memory::child", "--ignored", "--nocapture"])
        .env("HOLDALL_TEST_URL", server.url(&database))
        .output()
        .unwrap();
    server.forget(&database);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let line = said.lines().find(|line| line.contains("VmHWM")).unwrap();
    assert!(line.contains("rows 1000000 "), "{line}");
    let kb: u64 = line.split_whitespace().rev().nth(1).unwrap().parse().unwrap();
    println!("{:?}: peak {} MB for 1,000,000 rows", server.kind, kb / 1024);
    assert!(kb <= LIMIT_KB, "{line}");
}

#[test]
fn postgres_streams() {
    measure(
        server::postgres(),
        "CREATE TABLE big AS SELECT n AS id, CASE WHEN n % 2 = 0 THEN 'Hart, Ada' ELSE 'Bo Lee' END AS who,
           repeat('note ', 40) AS note FROM generate_series(1, 1000000) n",
    );
}

#[test]
fn mariadb_streams() {
    measure(
        server::mariadb(),
        "CREATE TABLE big AS SELECT seq AS id, IF(seq % 2 = 0, 'Hart, Ada', 'Bo Lee') AS who,
           repeat('note ', 40) AS note FROM seq_1_to_1000000",
    );
}
