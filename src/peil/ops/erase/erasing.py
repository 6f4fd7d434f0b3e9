"""Erasing a customer, and doing so again in what a backup brought back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from peil.accounts.audit import record
from peil.accounts.models import Person
from peil.core.errors import UserError
from peil.facts.reading.convert import identity
from peil.ops.erase.database import erase_database
from peil.ops.erase.facts import erase_archive
from peil.ops.erase.files import erase_files
from peil.ops.erase.ledger import LEDGER, Ledger, Wanted, hash_of
from peil.ops.models import BackupMade
from peil.ops.stores import FILES, MAIL, Stores
from peil.warehouse.open import Warehouse
from peil.warehouse.secret import read_secret

WAREHOUSE = "warehouse"


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to erase: an install and its warehouse, open."""

    stores: Stores
    warehouse: Warehouse

    @property
    def secret(self) -> bytes:
        return read_secret(self.stores.archive)


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


def erase(ground: Ground, words: Iterable[str], actor: Person | None = None) -> Certificate:
    """Erase the customer whom these words name: customer number, e-mail address, phone number.

    The audit log keeps the number of the certificate and who asked for it, not whom it was about.
    """
    return carry_out(ground, begin(ground, words), actor)


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked to be erased, without saying whom: kept until it is done."""

    number: str
    hashes: tuple[str, ...]


def begin(ground: Ground, words: Iterable[str]) -> Order:
    """Put the customer on the list of those erased; from here on a process that ends leaves it to the next one."""
    hashes = hashes_of(words, ground.secret)
    Ledger(ground.stores.home / LEDGER).add(hashes)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Order(hashlib.sha256(f"{now}{sorted(hashes)}".encode()).hexdigest()[:12], tuple(sorted(hashes)))


def carry_out(ground: Ground, order: Order, actor: Person | None) -> Certificate:
    """Erase what `order` is about, and write down what was found."""
    ledger = Ledger(ground.stores.home / LEDGER)
    found, unread = _erase(ground, frozenset(order.hashes))
    ledgers = _tell_backups(ledger)
    ledger.finish(order.hashes)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    told = [f"{store}: {rows}" for store, rows in found.items()]
    rows = sum(n for store, n in found.items() if store != WAREHOUSE)  # those of the archive, counted once
    record(actor, "erased", order.number, rows=rows, files_unread=unread, found=told, backups=ledgers)
    return Certificate(number=order.number, erased_at=now, found=dict(found), unread=unread, ledgers=ledgers)


def hashes_of(words: Iterable[str], secret: bytes) -> frozenset[str]:
    """Keyed hashes of everything that names the customer."""
    given = {w.strip() for w in words if w.strip()}
    if not given:
        raise UserError("Nobody is named.", "Name a customer by number, e-mail address or phone number.")
    return frozenset(hash_of(word, secret) for name in given for word in names_of(name, secret))


def erase_again(ground: Ground, *, only_unfinished: bool = False) -> int:
    """Erase everyone on the list once more; how many there are."""
    ledger = Ledger(ground.stores.home / LEDGER)
    hashes = ledger.unfinished if only_unfinished else ledger.hashes
    if hashes:
        _erase(ground, hashes)
        ledger.finish(hashes)
    return len(hashes)


def names_of(word: str, secret: bytes) -> set[str]:
    """The word, and what an import makes of it where it is an e-mail address or a phone number."""
    found = {word}
    kinds = (["email"] if "@" in word else []) + (["phone"] if sum(c.isdigit() for c in word) >= 8 else [])
    for kind in kinds:
        found |= set(identity(pa.array([word]), kind, secret).to_pylist())
    return found


def _erase(ground: Ground, hashes: frozenset[str]) -> tuple[Counter[str], int]:
    wanted, warehouse = Wanted(ground.secret, hashes), ground.warehouse
    counted: Counter[str] = Counter()

    def in_archive(_: Callable[[], None]) -> Counter[str]:
        return erase_archive(warehouse.archive, warehouse.settings, wanted)

    for fact, rows in warehouse.change(in_archive).items():
        counted[f"archive {fact}"] += rows
    if counted:
        warehouse.rebuild()
        counted[WAREHOUSE] = sum(counted.values())
    for table, rows in erase_database(wanted).items():
        counted[f"database {table}"] += rows
    removed, unread = erase_files([ground.stores.home / FILES, ground.stores.home / MAIL], wanted)
    if removed:
        counted["files"] = removed
    return counted, unread


def _tell_backups(ledger: Ledger) -> int:
    """Put the list beside every backup that is still where it was made."""
    folders = {Path(path).parent for path in BackupMade.objects.values_list("path", flat=True)}
    there = [folder for folder in folders if folder.is_dir()]
    for folder in there:
        ledger.copy_to(folder)
    return len(there)
