#!/usr/bin/env python3
"""Times lookups in a large PostgreSQL table against psql running the best SELECT, whole processes.

    benches/sql.py [--rows 5000000] [--runs 15] [--lookup target/release/examples/lookup]

Starts a server of its own on loopback in a temporary folder, as an unprivileged user, and removes
it at the end. Prints medians in milliseconds and ratios; the bars are 1.5. Build the program first:

    cargo build --release -p holdall-sql --example lookup
"""

import argparse
import glob
import os
import pwd
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BAR = 1.5


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--lookup", default="target/release/examples/lookup")
    return parser.parse_args()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A PostgreSQL server that is gone at the end of the `with`."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="holdall-bench-")
        self.port = free_port()
        self.user = "nobody" if os.geteuid() == 0 else None
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        programs = self.programs = max(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
        data = f"{self.folder}/data"
        self.run([f"{programs}/initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync"])
        self.process = subprocess.Popen(
            [f"{programs}/postgres", "-D", data, "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
             "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=1GB",
             "-c", "max_wal_size=8GB"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=self.user, cwd=self.folder)
        self.url = f"postgres://bench@127.0.0.1:{self.port}/postgres?sslmode=disable"
        for _ in range(200):
            if subprocess.run(self.psql("SELECT 1"), capture_output=True).returncode == 0:
                return self
            time.sleep(0.1)
        sys.exit("PostgreSQL does not start")

    def __exit__(self, *_):
        self.process.send_signal(2)
        self.process.wait()
        shutil.rmtree(self.folder)

    def run(self, command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=self.user, cwd=self.folder)

    # Not Debian's wrapper of psql on the path: that takes longer than psql.
    def psql(self, sql):
        return [f"{self.programs}/psql", "-X", "-q", "-A", "-t", "-d", self.url, "-c", sql]

    def psql_file(self, path):
        return [f"{self.programs}/psql", "-X", "-q", "-A", "-t", "-d", self.url, "-f", path]


def timed(command, given=None, environment=None):
    start = time.perf_counter()
    done = subprocess.run(command, input=given, capture_output=True, env=environment)
    spent = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed: {done.stderr.decode()}")
    return spent * 1000, done.stdout.count(b"\n")


def compare(title, runs, theirs, ours):
    """Runs both in turn, so that both have the same caches and neighbours."""
    pairs = [(theirs(), ours()) for _ in range(runs + 1)][1:]
    rows = {count for pair in pairs for _, count in pair}
    if len(rows) != 1:
        sys.exit(f"{title}: different rows, {rows}")
    psql = statistics.median(pair[0][0] for pair in pairs)
    holdall = statistics.median(pair[1][0] for pair in pairs)
    verdict = "ok" if holdall / psql <= BAR else "OVER"
    print(f"{title:44} {rows.pop():6} rows  psql {psql:8.1f} ms  holdall {holdall:8.1f} ms  "
          f"ratio {holdall / psql:5.2f}  {verdict}", flush=True)


def main():
    args = arguments()
    with Server() as server:
        print(f"making {args.rows} rows", flush=True)
        subprocess.run(server.psql(
            f"""CREATE TABLE people AS SELECT n AS id, 'c' || n AS ref, 'p' || n || '@example.org' AS email,
                  'Name ' || n AS name, date '1950-01-01' + (n % 20000)::int AS born, repeat('x', 40) AS note
                FROM generate_series(1::bigint, {args.rows}) n"""), check=True)
        for sql in ("ALTER TABLE people ADD PRIMARY KEY (id)", "CREATE INDEX ON people (ref)", "VACUUM ANALYZE people"):
            subprocess.run(server.psql(sql), check=True)
        environment = {**os.environ, "LOOKUP_URL": server.url}
        lookup = os.path.abspath(args.lookup)

        def holdall(column, values, how="exact"):
            given = "\n".join(values).encode()
            return lambda: timed([lookup, "people", column, how], given, environment)

        def psql(sql):
            path = f"{server.folder}/q{abs(hash(sql))}.sql"
            with open(path, "w", encoding="utf-8") as file:
                file.write(sql)
            return lambda: timed(server.psql_file(path))

        middle = args.rows // 2
        step = args.rows // 10_000
        ids = [str(n * step) for n in range(1, 10_001)]
        refs = [f"c{n}" for n in ids]
        one = "SELECT * FROM people WHERE id = {} ORDER BY id"
        compare("one person by number", args.runs, psql(one.format(middle)), holdall("id", [str(middle)]))
        compare("one person by text", args.runs,
                psql(f"SELECT * FROM people WHERE ref = 'c{middle}' ORDER BY id"), holdall("ref", [f"c{middle}"]))
        compare("10,000 people by number", args.runs,
                psql(f"SELECT * FROM people WHERE id = ANY('{{{','.join(ids)}}}') ORDER BY id"), holdall("id", ids))
        compare("10,000 people by text", args.runs,
                psql(f"SELECT * FROM people WHERE ref = ANY('{{{','.join(refs)}}}') ORDER BY id"), holdall("ref", refs))
        compare("one person by e-mail, no index, caseless", max(3, args.runs // 5),
                psql(f"SELECT * FROM people WHERE lower(btrim(email)) = 'p{middle}@example.org' ORDER BY id"),
                holdall("email", [f"P{middle}@Example.org"], "caseless"))


if __name__ == "__main__":
    main()
