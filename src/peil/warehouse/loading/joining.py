"""Many small imports of one source made one: what comes in answer by answer would fill the archive with folders.

The rows stay as they are, each in its newest version; only the import that they are told to come from is another.
"""
# ruff: noqa: S608  names come from the schema, paths and ids are quoted

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, key_of
from peil.warehouse.loading.archive import Manifest, discard, space_on_disk, sync_files, write_manifest
from peil.warehouse.loading.changes import Work
from peil.warehouse.loading.importing import (
    import_changes,
    make,
    next_number,
    next_version,
    refuse_when_behind,
    refuse_when_lost,
    rows_in,
)
from peil.warehouse.loading.proof import quoted, scratch

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

SMALL = 50_000  # rows; a larger import is left alone
JOINED_FROM = 20  # so many small ones are usually made one


def join_small(warehouse: Warehouse, source: str, at_least: int, go_on: Callable[[], None]) -> bool:
    """Make one of the newest imports of `source` where `at_least` of them are small; whether there was anything to do.

    Only imports after which nothing larger of the source came are taken: of a row that came twice the newest stays.
    """
    small = _newest_small([m for m in warehouse.archive.manifests() if m.source == source])
    if len(small) < at_least or any(warehouse.archive.is_undone(m.import_id) for m in small):
        return False
    refuse_when_behind(warehouse)
    refuse_when_lost(warehouse)
    with space_on_disk(warehouse.archive.folder):
        job = warehouse.archive.new_job()
        try:
            _join(warehouse, job, small, go_on)
        except BaseException:
            discard(job)
            raise
    return True


def _newest_small(manifests: Sequence[Manifest]) -> list[Manifest]:
    found: list[Manifest] = []
    for manifest in reversed(manifests):
        if sum(manifest.rows.values()) >= SMALL:
            break
        found.append(manifest)
    return found[::-1]


def _join(warehouse: Warehouse, job: Path, small: Sequence[Manifest], go_on: Callable[[], None]) -> None:
    raw = _newest_rows(warehouse, job, small)
    number, newest = next_number(warehouse), small[-1]
    joined = [m.import_id for m in small]
    content = hashlib.sha256(" ".join(joined).encode()).hexdigest()
    manifest = Manifest(
        import_id=f"{number:06d}-{content[:8]}", number=number, source=newest.source, file_name=newest.file_name,
        file_hash=content, mapping_text=newest.mapping_text, imported_at=datetime.now(UTC).isoformat(),
        rows={fact: rows_in(path) for fact, path in raw.items()}, copies=0, rejected=0,
    )  # fmt: skip
    write_manifest(job / "raw", manifest)
    sync_files(job / "raw")
    work = Work(engine=warehouse.engine, settings=warehouse.settings, folder=job / "changes", go_on=go_on)
    *facts, log = import_changes(work, manifest, raw, next_version(warehouse.engine))
    changes = [*facts, _in_place_of(work, joined, log)]
    make(warehouse, job, {"kind": "join", "import_id": manifest.import_id, "joined": joined}, changes, go_on)


def _newest_rows(warehouse: Warehouse, job: Path, small: Sequence[Manifest]) -> dict[str, Path]:
    """Every row of the imports in its newest version, in a file a fact."""
    found: dict[str, Path] = {}
    with scratch(job) as connection:
        for fact in FACTS:
            files = {m.number: warehouse.archive.files(m.import_id)[fact] for m in small if fact in m.rows}
            if not files:
                continue
            keys, path = ", ".join(f'"{k}"' for k in key_of(fact)), job / "raw" / f"{fact}.parquet"
            each = " UNION ALL BY NAME ".join(
                f"SELECT *, {number} AS number_ FROM read_parquet('{quoted(p)}')" for number, p in files.items()
            )
            connection.execute(
                f"COPY (SELECT * EXCLUDE (number_) FROM ({each}) QUALIFY row_number() OVER "
                f"(PARTITION BY {keys} ORDER BY number_ DESC) = 1) TO '{quoted(path)}' (FORMAT parquet, COMPRESSION zstd)"
            )
            found[fact] = path
    return found


def _in_place_of(work: Work, joined: Sequence[str], log: Change) -> Change:
    """The line of the one import in the log, in the place of the many."""
    gone = work.write("imports", "gone", [pa.table({"import_id": pa.array(joined, pa.string())})])
    return Change("imports", log.keys, log.rows, [gone] if gone else [])
