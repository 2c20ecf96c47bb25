#!/usr/bin/env python3
"""Presidio beside `holdall detect`: the same texts, one run, one core; speed and accuracy.

    benches/detect_peers.py [--size 200k]

Presidio's analyser comes from PyPI into target/peers/venv, with a blank spaCy pipeline (no model)
and its British recognisers; texts are those of fixtures/redaction, one after another, with prose
between, as mails have it. Holdall reads 2 MB of them, Presidio as much as --size says: it is slow.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "target" / "peers" / "venv"
OURS = ROOT / "target" / "release" / "holdall"
PROSE = (
    "Thank you for your message about the works in the stairwell. The contractor expects to finish "
    "within three weeks, weather permitting, and will leave the landing clear every evening. If the "
    "noise is a problem in the meantime, please let us know when you work from home, so that the "
    "drilling can be planned around it. The cost of this is covered by the service charge.\n"
)
KINDS = {
    "PERSON": "person", "EMAIL_ADDRESS": "email", "PHONE_NUMBER": "phone", "UK_NINO": "nino", "UK_NHS": "nhs",
    "UK_POSTCODE": "postcode", "UK_PASSPORT": "passport", "UK_VEHICLE_REGISTRATION": "vehicle",
    "UK_DRIVING_LICENCE": "driving-licence", "IBAN_CODE": "iban", "CREDIT_CARD": "card", "IP_ADDRESS": "ip",
    "MAC_ADDRESS": "mac", "URL": "url", "DATE_TIME": "date",
}

CHILD = r"""
import json, sys, time
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine
import presidio_analyzer.predefined_recognizers as predefined

class Blank(SpacyNlpEngine):
    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}
    def load(self):
        pass
    def is_loaded(self):
        return True

engine = Blank()
registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
for name in dir(predefined):
    if name.startswith("Uk") or name.startswith("NhsRec"):
        try:
            registry.add_recognizer(getattr(predefined, name)())
        except Exception:
            pass
analyser = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
analyser.analyze("warm 07700 900123", language="en")
texts = [json.loads(line) for line in sys.stdin]
start = time.process_time()
for row in texts:
    found = analyser.analyze(row["text"], language="en", score_threshold=0.4)
    spans = [[r.start, r.end, r.entity_type] for r in found]
    print(json.dumps({"id": row["id"], "spans": spans}))
print(json.dumps({"seconds": time.process_time() - start}))
"""


def install() -> None:
    if not VENV.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    if subprocess.run([VENV / "bin/python", "-c", "import presidio_analyzer"], capture_output=True).returncode:
        subprocess.run([VENV / "bin/pip", "install", "-q", "presidio-analyzer"], check=True)
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=ROOT, check=True)


def labelled() -> list:
    folder = ROOT / "fixtures" / "redaction"
    rows = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open()]
    return [{**row, "id": at} for at, row in enumerate(rows) if "subject" not in row]


def mails(rows: list, size: int) -> list:
    out, total, at = [], 0, 0
    while total < size:
        text = "".join(rows[(at + n) % len(rows)]["text"] + "\n\n" + PROSE * 2 for n in range(4))
        at += 4
        total += len(text.encode())
        out.append({"id": len(out), "text": text})
    return out


def pin(command: list) -> list:
    return ["taskset", "-c", "0", *map(str, command)]


def ours(texts: list) -> tuple:
    question = "".join(json.dumps({"id": t["id"], "text": t["text"]}) + "\n" for t in texts).encode()
    best, answer = None, b""
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        answer = subprocess.run(pin([OURS, "detect"]), input=question, capture_output=True, check=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = spent if best is None else min(best, spent)
    rows = [json.loads(line) for line in answer.splitlines()]
    return best, {r["id"]: {(s["start"], s["end"], s["kind"]) for s in r["spans"]} for r in rows}


def theirs(texts: list) -> tuple:
    question = "".join(json.dumps({"id": t["id"], "text": t["text"]}) + "\n" for t in texts).encode()
    command = pin([VENV / "bin/python", "-W", "ignore", "-c", CHILD])
    answer = subprocess.run(command, input=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    *rows, last = [json.loads(line) for line in answer.stdout.splitlines()]
    spans = {r["id"]: {(a, b, KINDS[k]) for a, b, k in r["spans"] if k in KINDS} for r in rows}
    return last["seconds"], spans


def accuracy(rows: list, found: dict) -> dict:
    right, wrong, missed = Counter(), Counter(), Counter()
    for row in rows:
        want = {(s["start"], s["end"], s["kind"]) for s in row["spans"]}
        got = found.get(row["id"], set())
        right.update(k for *_, k in got & want)
        wrong.update(k for *_, k in got - want)
        missed.update(k for *_, k in want - got)
    share = lambda a, b: a / (a + b) if a + b else 1.0
    return {k: (share(right[k], wrong[k]), share(right[k], missed[k])) for k in sorted(right | wrong | missed)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", default="200k", help="how much Presidio reads: 200k, 2m")
    size = arguments.parse_args().size.lower()
    size = int(float(size.rstrip("km")) * {"k": 1 << 10, "m": 1 << 20}.get(size[-1], 1))
    install()
    rows = labelled()
    speeds = {}
    for name, run, amount in (("holdall", ours, 2 << 20), ("presidio", theirs, size)):
        texts = mails(rows, amount)
        seconds, _ = run(texts)
        total = sum(len(t["text"].encode()) for t in texts)
        speeds[name] = total / seconds / 1e6
        print(f"{name:9} {total / 1e6:7.2f} MB in {seconds:7.3f} s of one core: {speeds[name]:8.3f} MB/s")
    print(f"ratio {speeds['holdall'] / speeds['presidio']:.0f}")
    tables = [accuracy(rows, run(rows)[1]) for run in (ours, theirs)]
    print(f"{'kind':16} {'holdall P':>9} {'R':>6} {'presidio P':>11} {'R':>6}")
    for kind in sorted(set(tables[0]) | set(tables[1])):
        a, b = (table.get(kind, (1.0, 0.0)) for table in tables)
        print(f"{kind:16} {a[0]:9.3f} {a[1]:6.3f} {b[0]:11.3f} {b[1]:6.3f}")


if __name__ == "__main__":
    main()
