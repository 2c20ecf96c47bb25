"""Seeded data for the comparison: people who do not exist, numbers that Ofcom keeps for drama."""

import json
import os
import random

FIRST = ["Ada", "Bo", "Cy", "Di", "Eve", "Fay", "Guy", "Zoë", "Siobhán", "Omar", "Priya", "Wei"]
LAST = ["Hart", "Lee", "Stone", "O'Brien", "Okafor", "Patel", "Ní Dhún", "Smith", "Jones", "Nowak"]
TOWN = ["Luton", "Leeds", "York", "Truro", "Bath", "Ely", "Wells", "Derby"]
NOTE = [
    "asked for a copy of the contract", "called twice, no answer", "said \"not today\"",
    "prefers letters; moved in May", "paid by card at the desk, receipt sent", "",
]
PEOPLE = 2_000_000
FIELDS = ["order_id", "customer_id", "name", "email", "phone", "town", "amount", "placed_at", "note"]


def phone(number: int) -> str:
    """One of the ways in which people write 07700 900xxx, with three more digits to tell them apart."""
    a, b = f"{900000 + number // 1000 % 1000:06d}", f"{number % 1000:03d}"
    return [f"07700 {a}{b}", f"+44 7700 {a}{b}", f"07700-{a[:3]}-{a[3:]}{b}", f"+44 (0)7700{a}{b}",
            f"(07700) {a} {b}"][number % 5]


def email(customer: int) -> str:
    return f"{FIRST[customer % 6].lower()}.{LAST[customer % 3].lower()}{customer}@example.{('org', 'com', 'net')[customer % 3]}"


def row(order: int, rng: random.Random) -> list:
    customer = rng.randrange(1, PEOPLE + 1)
    mail = email(customer)
    return [
        order, customer, f"{FIRST[customer % len(FIRST)]} {LAST[customer // 7 % len(LAST)]}",
        mail.upper() if customer % 50 == 0 else mail, phone(customer), TOWN[customer % len(TOWN)],
        f"{rng.randrange(1, 90000) / 100:.2f}",
        f"20{rng.randrange(15, 27)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}T12:{order % 60:02d}:00Z",
        NOTE[order % len(NOTE)],
    ]


def quoted(value: object) -> str:
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def fill(path: str, size: int, line, head: str = "") -> None:
    """Writes lines until the file has this size; keeps a file that is there."""
    if os.path.exists(path) and os.path.getsize(path) >= size:
        return
    rng = random.Random(17)
    part = path + ".part"
    with open(part, "w", encoding="utf-8", newline="", buffering=1 << 20) as out:
        written, order = out.write(head), 0
        while written < size:
            order += 1
            written += out.write(line(order, rng))
    os.replace(part, path)


def csv_line(order: int, rng: random.Random) -> str:
    return ",".join(quoted(v) for v in row(order, rng)) + "\n"


def json_line(order: int, rng: random.Random) -> str:
    values = row(order, rng)
    values[6] = float(values[6])
    return json.dumps(dict(zip(FIELDS, values)), ensure_ascii=False, separators=(",", ":")) + "\n"


def documents(folder: str, count: int) -> None:
    """A folder of small JSON documents, a thousand in each folder below."""
    done = os.path.join(folder, f"{count}.done")
    if os.path.exists(done):
        return
    rng = random.Random(17)
    for order in range(1, count + 1):
        below = os.path.join(folder, "t", f"{order // 1000:03d}")
        if order == 1 or order % 1000 == 0:
            os.makedirs(below, exist_ok=True)
        with open(os.path.join(below, f"{order}.json"), "w", encoding="utf-8") as out:
            out.write(json_line(order, rng))
    open(done, "w").close()
