"""A small warehouse with one customer whose traces are known: every place that can hold them holds a mark."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from peil.accounts.audit import record
from peil.facts.schema import FACTS
from peil.ops.outbox.mail import put_mail
from peil.ops.stores import Stores
from peil.warehouse.open import Warehouse, open_warehouse

NUMBER, MAIL, VISITOR = "K-10077", "piet.puk@example.nl", "bezoeker-77"
MARKS = (
    NUMBER, MAIL, VISITOR, "merk-opmerking", "merk-los", "merk-gezocht", "merk-kolom", "merk-notitie",
    "merk-afgekeurd",
)  # fmt: skip
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def stores_of(folder: Path) -> Stores:
    url = f"duckdb:///{folder / 'peil.duckdb'}"
    return Stores(home=folder, warehouse=url, archive=folder / "peil.archive")


def _rows(kind: str) -> list[dict[str, Any]]:
    """Thirty customers, three rows each; number 7 is the one."""
    made = []
    for i in range(90):
        who, at = i % 30, START + timedelta(days=i // 3, hours=i % 7)
        customer, mine = (NUMBER, True) if who == 7 else (f"K-2{who:04d}", False)
        visitor = VISITOR if mine else f"visitor-{who}"
        word = "{} van Piet".format if mine else "{:.0}prima".format
        answer = {
            "answer_id": f"a{i}", "response_id": f"r{i}", "customer_id": customer, "answered_at": at, "kind": "csat",
            "question": "satisfied", "relationship": 0, "score": float(1 + (i * 7) % 5), "scale_min": 1.0,
            "scale_max": 5.0, "box": (-1, -1, 0, 1, 1)[(i * 7) % 5], "comment": word("merk-opmerking"),
            "channel": "phone", "interaction_id": f"i{i}", "x_note": word("merk-kolom"), "_row": i + 2,
        }  # fmt: skip
        contact = {
            "interaction_id": f"i{i}", "customer_id": customer, "opened_at": at, "channel": "phone", "reason": "bill",
            "direction": "in", "resolved_at": at + timedelta(hours=2), "first_response_seconds": 60.0 * (i % 9),
            "transfers": i % 2, "answered": 1, "resolved_by": "person",
        }  # fmt: skip
        visit = {
            "visit_id": f"v{i}", "visitor_id": visitor, "customer_id": customer if i % 2 else None, "started_at": at,
            "service": i % 2, "pages": 1 + i % 4,
        }  # fmt: skip
        event = {"event_id": f"e{i}", "visit_id": f"v{i}", "customer_id": customer if i % 2 else None, "at": at,
                 "kind": "search", "searched": word("merk-gezocht")}  # fmt: skip
        spell = {"membership_id": f"{customer}-{i}" if i >= 30 else customer, "customer_id": customer,
                 "since": at.date()}  # fmt: skip
        note = {"event_id": f"c{i}", "customer_id": customer, "at": at, "kind": "note", "text": word("merk-notitie")}
        loose = {**answer, "answer_id": f"l{i}", "customer_id": None, "comment": word("merk-los")}
        rows = {"answers": answer, "interactions": contact, "visits": visit, "web_events": event, "memberships": spell,
                "customer_events": note, "loose": loose}  # fmt: skip
        made.append(rows[kind])
    return made


def plant_facts(folder: Path) -> None:
    """Seven imports, one of them with rejected values."""
    with open_warehouse(stores_of(folder).warehouse) as warehouse:
        for number, kind in enumerate(
            ("answers", "interactions", "visits", "web_events", "memberships", "customer_events", "loose")
        ):
            _import(warehouse, kind, number)


def _import(warehouse: Warehouse, kind: str, number: int) -> None:
    fact = "answers" if kind == "loose" else kind
    known = {f.name: f.type for f in FACTS[fact].arrow("raw")}
    rows = _rows(kind)
    table = pa.table({n: pa.array([r[n] for r in rows], known.get(n)) for n in rows[0]})
    with warehouse.begin_import(
        "bron", f"export van {NUMBER}.csv", f"{number:08x}", f"# voor {MAIL}", at=START
    ) as into:
        into.write(fact, table)
        if kind == "answers":
            names = ("fact", "row", "column", "value", "reason", "remedy")
            bad = [("answers", 7 + 2, "score", "merk-afgekeurd", "'merk-afgekeurd' is no number", "Mend it."),
                   ("answers", 500, "customer_id", f"Piet <{MAIL}>", "is no customer", "Mend it."),
                   ("answers", 501, "score", "elf", "'elf' is no number", "Mend it.")]  # fmt: skip
            into.reject(pa.table({n: [row[i] for row in bad] for i, n in enumerate(names)}))
        into.commit()


def plant_elsewhere(folder: Path) -> None:
    """Outbox, audit log, uploaded and mailed files."""
    put_mail(MAIL, "Uw enquête", f"Beste {MAIL}, klant {NUMBER}.")
    record(None, "exported", about=f"rows of {NUMBER}", file=f"{NUMBER}.csv", rows=3)
    for name, text in (("files/upload.csv", f"id;mail\n{NUMBER};{MAIL}\n"), ("files/other.csv", "id\nK-20001\n"),
                       ("mail/1.log", f"To: {MAIL}\n")):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
