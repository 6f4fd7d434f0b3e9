"""What an erasure leaves to show: how much was erased where, without saying whom. The audit log keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC
from typing import Any

from peil.accounts.audit import Entry, entry_about, record
from peil.accounts.models import Person
from peil.ops.erase.underway import ARCHIVE, Erasure

WAREHOUSE = "warehouse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What was erased where, without saying whom."""

    number: str
    erased_at: str
    found: dict[str, int]  # store -> rows or files that held the person
    unread: int  # files that can't be looked into
    ledgers: int  # folders of backups that know of it

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def certify(erasure: Erasure, unread: int, ledgers: int, actor: Person | None) -> None:
    """Write down what the whole erasure found, whoever of several processes found it.

    The audit log keeps the number of the certificate and who asked for it, not whom it was about.
    """
    found = _all_found(erasure)
    rows = sum(n for store, n in found.items() if store != WAREHOUSE)  # those of the archive, counted once
    told = [f"{store}: {n}" for store, n in found.items()]
    record(actor, "erased", erasure.number, rows=rows, files_unread=unread, found=told, backups=ledgers)


def find_certificate(number: str) -> Certificate | None:
    """The certificate of this number; None where the erasure is not done."""
    entry = entry_about("erased", number)
    if entry is None:
        return None
    return Certificate(
        number=number,
        erased_at=entry.at.astimezone(UTC).isoformat(timespec="seconds"),
        found=dict(found_of(entry)),
        unread=_number(entry, "files_unread"),
        ledgers=_number(entry, "backups"),
    )


def found_of(entry: Entry) -> Mapping[str, int]:
    """The counts as the log keeps them: 'archive answers: 6'."""
    told = entry.detail.get("found") or ()
    pairs = (str(line).rpartition(": ") for line in (told if isinstance(told, Sequence) else ()))
    return {store: int(rows) for store, _, rows in pairs if store and rows.isdigit()}


def _number(entry: Entry, name: str) -> int:
    value = entry.detail.get(name)
    return value if isinstance(value, int) else 0


def _all_found(erasure: Erasure) -> Counter[str]:
    counted: Counter[str] = Counter()
    for part, tables in erasure.found.items():
        for table, rows in tables.items():
            counted[f"{'archive' if part == ARCHIVE else 'database'} {table}"] += rows
    counted[WAREHOUSE] = sum(erasure.found.get(ARCHIVE, {}).values())
    counted["files"] = len(erasure.files)
    return +counted
