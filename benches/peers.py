#!/usr/bin/env python3
"""One person out of gigabytes: Holdall beside ripgrep, DuckDB, Polars and jq, in one run, warm cache.

    benches/peers.py [--size 1G] [--docs 100000] [--runs 5] [--data DIR] [--grow]

Makes seeded data (people who do not exist), builds our release examples, installs what is missing
(ripgrep and jq by apt, DuckDB and Polars into target/peers), and prints for each case the median
time, the ratio to ours, the processor time (the fairer number on a busy machine) and the most memory that any run took. --grow adds 2x and 4x the size.
Every tool must find the same number of rows.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, "target", "peers")
PYTHON = os.path.join(VENV, "bin", "python")
ONE = 1_234_567
SCHEMA = "columns={order_id:'BIGINT',customer_id:'BIGINT',name:'VARCHAR',email:'VARCHAR',phone:'VARCHAR',town:'VARCHAR',amount:'DOUBLE',placed_at:'VARCHAR',note:'VARCHAR'}"
# The same normalisation as ours for the notations in the data: digits, without (0), 44 as 0.
PHONE = "regexp_replace(regexp_replace(replace(phone,'(0)',''),'[^0-9]','','g'),'^(00)?44','0')"


def install() -> None:
    missing = [name for name in ("rg", "jq") if not shutil.which(name)]
    if missing:
        packages = ["ripgrep" if name == "rg" else name for name in missing]
        subprocess.run(["apt-get", "install", "-y", "-q", *packages], check=True)
    if not os.path.exists(PYTHON):
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    if subprocess.run([PYTHON, "-c", "import duckdb, polars"], capture_output=True).returncode:
        subprocess.run([PYTHON, "-m", "pip", "-q", "install", "duckdb", "polars"], check=True)
    examples = ["--example", "lookup-csv", "--example", "lookup-json"]
    subprocess.run(["cargo", "build", "--release", "--locked", "-p", "holdall-csv", "-p", "holdall-json", *examples],
                   cwd=ROOT, check=True)


def ours(kind: str, path: str, column: str, compare: str, *values: str) -> list:
    return [os.path.join(ROOT, "target", "release", "examples", f"lookup-{kind}"), path, column, compare, *values]


def duck(query: str) -> list:
    return [PYTHON, "-c", f"import duckdb; duckdb.sql('set enable_progress_bar=false'); print(len(duckdb.sql({query!r}).fetchall()))"]


def polars(scan: str, keep: str) -> list:
    return [PYTHON, "-c", f"import polars as pl; print(pl.{scan}.filter({keep}).collect(engine='streaming').height)"]


def once(command: list) -> tuple:
    """Seconds, most memory in MB, the first number that it prints, and seconds of processor time."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} failed: {err.decode()[-400:]}")
    found = re.search(rb"\d+", out)
    return seconds, usage.ru_maxrss / 1024, int(found.group()) if found else 0, usage.ru_utime + usage.ru_stime


def case(title: str, commands: dict, runs: int, may_differ: tuple = ()) -> float:
    """Runs the tools in turn, so that a busy minute hits all of them."""
    seen = {name: [] for name in commands}
    for command in commands.values():
        once(command)
    for _ in range(runs):
        for name, command in commands.items():
            if name == "jq" and len(seen[name]) >= 2:
                continue
            seen[name].append(once(command))
    median = {name: statistics.median(run[0] for run in all_) for name, all_ in seen.items()}
    print(f"\n{title}")
    mine, rows = median["holdall"], seen["holdall"][0][2]
    for name, all_ in seen.items():
        memory, count = max(run[1] for run in all_), all_[0][2]
        work = statistics.median(run[3] for run in all_)
        same = "" if count == rows or name in may_differ else f"  FOUND {count}, NOT {rows}"
        print(f"  {name:10} {median[name]:8.3f} s  {median[name] / mine:7.2f} x  {work:8.3f} s of processor  {memory:7.0f} MB{same}", flush=True)
    return mine


def one_file(csv: str, jsonl: str, lists: str, runs: int) -> None:
    mail = data.email(ONE)
    read_csv, read_json = f"read_csv('{csv}',{SCHEMA})", f"read_json('{jsonl}',format='newline_delimited',{SCHEMA})"
    scan_csv, scan_json = f"scan_csv({csv!r})", f"scan_ndjson({jsonl!r})"
    lower = "pl.col('email').str.to_lowercase()"
    one = case("CSV, one person by e-mail", {
        "holdall": ours("csv", csv, "email", "caseless", mail),
        "rg": ["rg", "-i", "-F", "-c", mail, csv],
        "duckdb": duck(f"select * from {read_csv} where lower(email)='{mail}'"),
        "polars": polars(scan_csv, f"{lower}=={mail!r}"),
    }, runs)
    case("JSONL, one person by e-mail", {
        "holdall": ours("json", jsonl, "email", "caseless", mail),
        "rg": ["rg", "-i", "-F", "-c", mail, jsonl],
        "duckdb": duck(f"select * from {read_json} where lower(email)='{mail}'"),
        "polars": polars(scan_json, f"{lower}=={mail!r}"),
        "jq": ["jq", "-c", f'select(.email|ascii_downcase=="{mail}")|.order_id', jsonl],
    }, runs, ("jq",))
    for title, kind, path, source in (("CSV", "csv", csv, read_csv), ("JSONL", "json", jsonl, read_json)):
        case(f"{title}, by the short key 17", {
            "holdall": ours(kind, path, "customer_id", "exact", "17"),
            "duckdb": duck(f"select * from {source} where customer_id=17"),
        }, runs)
        number = data.phone(ONE)
        case(f"{title}, by phone in mixed formats", {
            "holdall": ours(kind, path, "phone", "phone", number),
            "duckdb": duck(f"select * from {source} where {PHONE}='07700{900000 + ONE // 1000 % 1000:06d}{ONE % 1000:03d}'"),
        }, runs)
        for count in (100, 10_000):
            people = os.path.join(lists, f"people-{count}.txt")
            with open(people, "w", encoding="utf-8") as out:
                out.write("email\n" + "\n".join(data.email(n * 199 + 1) for n in range(count)) + "\n")
            mine = case(f"{title}, {count} people in one pass", {
                "holdall": ours(kind, path, "email", "caseless", f"@{people}"),
                "duckdb": duck(f"select s.* from {source} s join read_csv('{people}') p on lower(s.email)=p.email"),
            }, runs)
            if kind == "csv":
                print(f"  {mine / one:.2f} x our time for one person")
        case(f"{title}, a miss", {
            "holdall": ours(kind, path, "email", "caseless", "nobody.here@example.org"),
            "rg": ["rg", "-i", "-F", "-c", "nobody.here@example.org", path],
            "duckdb": duck(f"select * from {source} where lower(email)='nobody.here@example.org'"),
        }, runs)


def folder(docs: str, count: int, runs: int) -> None:
    mail = data.email(ONE)
    case(f"{count} small JSON documents, one person by e-mail", {
        "holdall": ours("json", docs, "email", "caseless", mail),
        "rg": ["rg", "-i", "-F", "-l", mail, os.path.join(docs, "t")],
        "duckdb": duck(f"select * from read_json('{docs}/t/*/*.json',{SCHEMA}) where lower(email)='{mail}'"),
    }, runs, ("rg",))


def grow(folder: str, size: int, runs: int) -> None:
    for times in (2, 4):
        path = os.path.join(folder, f"{times}x.csv")
        data.fill(path, size * times, data.csv_line, ",".join(data.FIELDS) + "\n")
        case(f"CSV, {times} times the size", {"holdall": ours("csv", path, "email", "caseless", data.email(ONE))}, runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", default="1G", help="bytes of each large file; K, M and G are understood")
    parser.add_argument("--docs", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data", default=os.environ.get("HOLDALL_BENCH", "/tmp/holdall-bench"))
    parser.add_argument("--grow", action="store_true")
    args = parser.parse_args()
    size = int(args.size.rstrip("KMG")) * {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(args.size[-1], 1)
    os.makedirs(args.data, exist_ok=True)
    csv, jsonl = (os.path.join(args.data, f"{args.size.lower()}.{kind}") for kind in ("csv", "jsonl"))
    docs = os.path.join(args.data, "docs")
    install()
    data.fill(csv, size, data.csv_line, ",".join(data.FIELDS) + "\n")
    data.fill(jsonl, size, data.json_line)
    data.documents(docs, args.docs)
    print(f"load before: {os.getloadavg()}, {os.cpu_count()} cores, {args.size} each")
    one_file(csv, jsonl, args.data, args.runs)
    folder(docs, args.docs, args.runs)
    if args.grow:
        grow(args.data, size, args.runs)
    print(f"\nload after: {os.getloadavg()}; most memory of any child {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
