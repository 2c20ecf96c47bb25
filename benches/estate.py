#!/usr/bin/env python3
"""The whole `holdall export` of one person from a large estate, against the bare scan of its files.

    benches/estate.py [--size 512M] [--runs 5] [--data DIR]

The estate (seeded, people who do not exist) is a SQLite database of 200,000 customers, a CSV file of
orders and a JSON Lines file of visits, each of --size bytes. The bare scan is one lookup of the
person's e-mail in each of the two files by our own release examples, one after the other. Prints
medians and the ratio; the bar is 1.5. Also times the export of a fixture; the bar is 300 ms.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RELEASE = os.path.join(ROOT, "target", "release")
CUSTOMERS = 200_000
ONE = 123_457

MAP = """controller = "controller.toml"
[identifiers]
customer = {}
phone = { match = "phone", shared = true }

[[source]]
name = "crm"
connector = "sqlite"
path = "crm.sqlite"
[source.tables.customers]
activity = "sales"
columns.id = { person = "customer" }
columns.name = { person = "name" }
columns.email = { person = "email" }
columns.phone = { person = "phone" }

[[source]]
name = "shop"
connector = "csv"
path = "."
[source.tables.orders]
activity = "sales"
columns.order_id = "row"
columns.customer_id = { person = "customer" }
columns.name = { person = "name" }
columns.email = { person = "email" }
columns.phone = { person = "phone" }
columns.town = "data"
columns.amount = "data"
columns.placed_at = "data"
columns.note = "text"

[[source]]
name = "web"
connector = "json"
path = "."
[source.tables.visits]
activity = "sales"
columns.order_id = "row"
columns.customer_id = { person = "customer" }
columns.name = { person = "name" }
columns.email = { person = "email" }
columns.phone = { person = "phone" }
columns.town = "data"
columns.amount = "data"
columns.placed_at = "data"
columns.note = "text"
"""

CONTROLLER = """name = "Example Trading"
[activity.sales]
title = "Sales"
purposes = ["to sell"]
basis = ["contract"]
"""


def own_name(customer: int) -> str:
    """A name that nobody else has: a search by name finds one person."""
    parts = ["ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "yo", "za", "fe", "gi", "ho", "ju", "ca", "le"]
    letters, rest = "", customer
    for _ in range(5):
        letters, rest = letters + parts[rest % 20], rest // 20
    return f"{data.FIRST[customer % len(data.FIRST)]} {letters.title()}"


def make(folder: str, size: int) -> None:
    data.PEOPLE = CUSTOMERS
    row = data.row

    def named(order: int, rng) -> list:
        values = row(order, rng)
        values[2] = own_name(values[1])
        return values

    data.row = named
    data.fill(os.path.join(folder, "orders.csv"), size, data.csv_line, ",".join(data.FIELDS) + "\n")
    data.fill(os.path.join(folder, "visits.jsonl"), size, data.json_line)
    for name, text in (("holdall.toml", MAP), ("controller.toml", CONTROLLER)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)
    path = os.path.join(folder, "crm.sqlite")
    if os.path.exists(path):
        return
    with sqlite3.connect(path) as crm:
        crm.execute("create table customers (id integer primary key, name text, email text, phone text)")
        rows = ((n, own_name(n), data.email(n), data.phone(n)) for n in range(1, CUSTOMERS + 1))
        crm.executemany("insert into customers values (?, ?, ?, ?)", rows)


def seconds(*commands: list) -> float:
    start = time.perf_counter()
    for command in commands:
        done = subprocess.run(command, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {done.stderr.decode()[-2000:]}")
    return time.perf_counter() - start


def in_turn(runs: int, *ways: list) -> list:
    """Medians of several ways, run in turn, so that a busy minute hits all of them."""
    seen = [[] for _ in ways]
    for _ in range(runs + 1):
        for times, way in zip(seen, ways):
            times.append(seconds(*way))
    return [statistics.median(times[1:]) for times in seen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="512M", help="bytes of each of the two files; K, M and G are understood")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data", default=os.environ.get("HOLDALL_ESTATE", "/tmp/holdall-estate"))
    args = parser.parse_args()
    size = int(args.size.rstrip("KMG")) * {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(args.size[-1], 1)
    os.makedirs(args.data, exist_ok=True)
    make(args.data, size)
    examples = ["--example", "lookup-csv", "--example", "lookup-json"]
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "holdall"], cwd=ROOT, check=True)
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "holdall-csv", "-p", "holdall-json", *examples], cwd=ROOT, check=True)
    holdall, examples = os.path.join(RELEASE, "holdall"), os.path.join(RELEASE, "examples")
    with tempfile.TemporaryDirectory() as out:
        mail = data.email(ONE)
        scan = [[os.path.join(examples, f"lookup-{kind}"), os.path.join(args.data, name), "email", "caseless", mail]
                for kind, name in (("csv", "orders.csv"), ("json", "visits.jsonl"))]
        export = [[holdall, "export", "--force", "--map", os.path.join(args.data, "holdall.toml"), "--subject", f"email={mail}",
                   "--reference", "BENCH", "--received", "2026-11-01", "--out", os.path.join(out, "bundle.zip"),
                   "--verified-by", "A. Reviewer", "--verified-how", "known to us", "--verified-on", "2026-11-01"]]
        bare, whole = in_turn(args.runs, scan, export)
        print(f"bare scan {bare:.3f} s, whole export {whole:.3f} s: {whole / bare:.2f} x (bar 1.5)")
        small = os.path.join(ROOT, "fixtures", "lustalux")
        request = "complaint-access.toml"
        fixture = [[holdall, "export", "--force", "--map", os.path.join(small, "holdall.toml"),
                    "--request", os.path.join(small, "requests", request), "--out", os.path.join(out, "small.zip")]]
        [took] = in_turn(args.runs, fixture)
        print(f"a fixture {took * 1000:.0f} ms (bar 300)")


if __name__ == "__main__":
    main()
