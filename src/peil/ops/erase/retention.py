"""Letting go of answers whose time is over: in the database, in the archive of imports, and so in the facts."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from peil.accounts.audit import record
from peil.facts.schema import OWN
from peil.ops.erase.facts import EMPTIED, Names
from peil.surveys.facts.batches import paused
from peil.surveys.forgetting.retaining import Due, due, forget_senders, let_go
from peil.warehouse.loading.archive import Archive, sync_files
from peil.warehouse.loading.changes import words_of
from peil.warehouse.open import Warehouse

_LEADING = frozenset({"interaction_id", "visit_id", "visitor_id"})  # to the customer, by another fact


def keep_retention(warehouse: Warehouse, now: datetime) -> int:
    """Let go of everything whose time is over by `now`; how many answers and requests that were.

    Where a process ends in the middle, the next time goes on: what was let go of in the archive alone is so again.
    """
    number = 0
    forget_senders(now)
    while these := due(now):
        _let_go(warehouse, these)
        number += len(these)
    if number:
        record(None, "retention_kept", rows=number)
    return number


def _let_go(warehouse: Warehouse, these: Due) -> None:
    names = Names(warehouse.settings)

    def instead(customer: str) -> str:
        return names.instead("customer_id", OWN, customer)

    def in_archive(_: Callable[[], None]) -> bool:
        return _rewrite(warehouse.archive, these, instead)

    with paused():
        if warehouse.change(in_archive):
            warehouse.rebuild()  # into a new file: the old one holds in free places what was deleted
        let_go(these, instead)


def _rewrite(archive: Archive, these: Due, instead: Callable[[str], str]) -> bool:
    """Whether any file held them."""
    any_changed = False
    ids = {"response_id": pa.array(these.responses), "invitation_id": pa.array(these.requests)}
    for manifest in archive.manifests():
        if manifest.source != OWN:
            continue
        changed = [_rewrite_file(p, ids, instead) for p in archive.files(manifest.import_id).values()]
        if any(changed):
            sync_files(archive.imports / manifest.import_id)
            any_changed = True
    return any_changed


def _rewrite_file(path: Path, ids: dict[str, pa.Array], instead: Callable[[str], str]) -> bool:
    table = pq.read_table(path)
    mask = pa.array([False] * len(table))
    for column, values in ids.items():
        if column in table.column_names and len(values):
            mask = pc.or_(mask, pc.is_in(table[column].combine_chunks(), value_set=values.cast(pa.string())))
    if not pc.any(mask).as_py():
        return False
    for at, place in enumerate(table.schema):
        if place.name == "customer_id":
            theirs = table.filter(mask)[place.name].to_pylist()
            new = pa.array([None if c is None else instead(c) for c in theirs], place.type)
            table = table.set_column(at, place, pc.replace_with_mask(table[place.name].combine_chunks(), mask, new))
        elif place.name in EMPTIED or place.name in _LEADING or place.name.startswith("x_"):
            column = table[place.name].combine_chunks()
            table = table.set_column(at, place, pc.if_else(mask, pa.scalar(None, place.type), column))
    passing = path.with_name(f"{path.name}.part")
    pq.write_table(table, passing, compression="zstd", compression_level=1, use_dictionary=words_of(table.schema))
    os.replace(passing, path)
    return True
