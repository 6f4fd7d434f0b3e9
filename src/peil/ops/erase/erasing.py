"""Erasing a customer, and doing so again in what a backup brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from peil.accounts.models import Person
from peil.core.errors import Bug, UserError
from peil.facts.reading.convert import identity
from peil.facts.schema import OWN
from peil.ops.erase.certificate import Certificate, certify, find_certificate
from peil.ops.erase.database import erase_database
from peil.ops.erase.facts import Names, put_in_place, rewrite_archive
from peil.ops.erase.files import erase_files
from peil.ops.erase.ledger import LEDGER, Ledger, Wanted, hash_of
from peil.ops.erase.underway import Erasure, alone, clear_broken, erasures_left, find_erasure, new_erasure
from peil.ops.models import BackupMade
from peil.ops.stores import FILES, MAIL, Stores
from peil.surveys.forgetting.erasing import erase_person, other_names
from peil.warehouse.loading.archive import Archive
from peil.warehouse.open import Warehouse
from peil.warehouse.secret import read_secret


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to erase: an install and its warehouse, open."""

    stores: Stores
    warehouse: Warehouse

    @property
    def secret(self) -> bytes:
        return read_secret(self.stores.archive)


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked to be erased, without saying whom: kept until it is done."""

    number: str
    hashes: tuple[str, ...]


def erase(ground: Ground, words: Iterable[str], actor: Person | None = None) -> Certificate:
    """Erase the customer whom these words name: customer number, e-mail address, phone number."""
    return carry_out(ground, begin(ground, words, actor), actor)


def begin(ground: Ground, words: Iterable[str], actor: Person | None = None) -> Order:
    """Remember the order, and put the customer on the list of those erased: from here on it is done, by whomever.

    Where one ended in the middle of erasing the same customer, this goes on with that, under its number.
    """
    given, home = list(words), ground.stores.home
    hashes = hashes_of([*given, *other_names(given)], ground.secret)
    with alone(home, wait=False) as free:
        left = next((e for e in erasures_left(home) if hashes & set(e.hashes)), None) if free else None
        if left is None:
            left = new_erasure(home, hashes, actor.pk if actor is not None else None)
        elif not hashes <= set(left.hashes):
            left.hashes = sorted(hashes.union(left.hashes))
            left.keep()
    Ledger(home / LEDGER).add(hashes)
    return Order(left.number, tuple(left.hashes))


def carry_out(ground: Ground, order: Order, actor: Person | None) -> Certificate:
    """Erase what `order` is about, and write down what was found; done already, it only says so again."""
    home = ground.stores.home
    ledger = Ledger(home / LEDGER)
    with alone(home):
        left = find_erasure(home, order.number)
        done = find_certificate(order.number)
        if done is None:
            left = left or new_erasure(home, order.hashes, actor.pk if actor is not None else None, order.number)
            ledger.add(left.hashes)
            unread = _erase(ground, left)
            certify(left, unread, _tell_backups(ledger), actor)
            done = find_certificate(order.number)
        if left is not None:
            left.forget()
            ledger.finish(left.hashes)
    if done is None:
        raise Bug("An erasure left no certificate.")
    return done


def finish_left(ground: Ground) -> int:
    """Go on with what processes left that ended in the middle, each to its certificate; how many names that were."""
    home = ground.stores.home
    clear_broken(home)
    there = erasures_left(home)
    names = Ledger(home / LEDGER).unfinished.union(*(left.hashes for left in there))
    for left in there:
        carry_out(ground, Order(left.number, tuple(left.hashes)), Person.objects.filter(pk=left.person or 0).first())
    erase_again(ground, only_unfinished=True)  # what ended between its certificate and the list
    return len(names)


def hashes_of(words: Iterable[str], secret: bytes) -> frozenset[str]:
    """Keyed hashes of everything that names the customer."""
    given = {w.strip() for w in words if w.strip()}
    if not given:
        raise UserError("Nobody is named.", "Name a customer by number, e-mail address or phone number.")
    return frozenset(hash_of(word, secret) for name in given for word in names_of(name, secret))


def erase_again(ground: Ground, *, only_unfinished: bool = False) -> int:
    """Erase everyone on the list once more; how many there are."""
    with alone(ground.stores.home):
        ledger = Ledger(ground.stores.home / LEDGER)
        hashes = ledger.unfinished if only_unfinished else ledger.hashes
        if hashes:
            _erase(ground, Erasure(number="", hashes=sorted(hashes)))
            ledger.finish(hashes)
    return len(hashes)


def names_of(word: str, secret: bytes) -> set[str]:
    """The word, and what an import makes of it where it is an e-mail address or a phone number."""
    found = {word}
    kinds = (["email"] if "@" in word else []) + (["phone"] if sum(c.isdigit() for c in word) >= 8 else [])
    for kind in kinds:
        found |= set(identity(pa.array([word]), kind, secret).to_pylist())
    return found


def _erase(ground: Ground, erasure: Erasure) -> int:
    """Erase everywhere, and have `erasure` know what was found; how many files can't be looked into."""
    home, warehouse = ground.stores.home, ground.warehouse
    wanted = Wanted(ground.secret, frozenset(erasure.hashes))
    names = Names(warehouse.settings, bytes.fromhex(erasure.salt))

    def in_archive(_: Callable[[], None]) -> None:
        _erase_archive(warehouse.archive, (names, wanted), erasure)

    # answers first: nothing of them is on its way into the facts after that
    erase_person(
        wanted,
        lambda customer: names.instead("customer_id", OWN, customer),
        lambda counted: erasure.is_about("asked", counted),
    )
    warehouse.change(in_archive)
    if erasure.stale:
        warehouse.rebuild()
        erasure.stale = False
        erasure.keep()
    erase_database(wanted, lambda counted: erasure.is_about("database", counted))
    return erase_files(
        [home / FILES, home / MAIL],
        wanted,
        lambda paths: erasure.removes(hash_of(str(p.relative_to(home)), ground.secret) for p in paths),
    )


def _erase_archive(archive: Archive, how: tuple[Names, Wanted], erasure: Erasure) -> None:
    put_in_place(archive, erasure.waiting)
    erasure.has_ready(*rewrite_archive(archive, *how))
    put_in_place(archive, erasure.waiting)
    erasure.waiting = []
    erasure.keep()


def _tell_backups(ledger: Ledger) -> int:
    """Put the list beside every backup that is still where it was made."""
    folders = {Path(path).parent for path in BackupMade.objects.values_list("path", flat=True)}
    there = [folder for folder in folders if folder.is_dir()]
    for folder in there:
        ledger.copy_to(folder)
    return len(there)
