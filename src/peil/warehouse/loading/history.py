"""What the archive makes possible: taking an import out again, and making all facts anew."""
# ruff: noqa: S608  names come from the schema, paths and ids are quoted

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from peil.core.errors import BadQuery, Bug, UserError, did_you_mean
from peil.facts.schema import FACTS, OWN
from peil.warehouse.engines import Change, Engine, key_of
from peil.warehouse.load import ImportEntry
from peil.warehouse.loading.archive import Manifest, discard, space_on_disk
from peil.warehouse.loading.changes import Work, log_change, prepared
from peil.warehouse.loading.existing import column
from peil.warehouse.loading.importing import (
    entries,
    fact_change,
    import_changes,
    log_row,
    make,
    next_version,
    refuse_when_behind,
    refuse_when_lost,
    rows_in,
)
from peil.warehouse.loading.proof import quoted, scratch

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def undo_import(warehouse: Warehouse, import_id: str | None, go_on: Callable[[], None]) -> ImportEntry:
    """Take an import out: its rows go, and what they had replaced comes back. It stays in the log as undone."""
    refuse_when_behind(warehouse)
    refuse_when_lost(warehouse)
    entry = _chosen(entries(warehouse.engine), import_id)
    with space_on_disk(warehouse.archive.folder):
        manifest = next(m for m in warehouse.archive.manifests() if m.import_id == entry.import_id)
        job = warehouse.archive.new_job()
        try:
            work = Work(engine=warehouse.engine, settings=warehouse.settings, folder=job / "changes", go_on=go_on)
            earlier = [
                m
                for m in warehouse.archive.manifests()
                if m.number < manifest.number and not warehouse.archive.is_undone(m.import_id)
            ]
            facts = warehouse.archive.files(entry.import_id)
            changes = [_fact_undone(warehouse, work, fact, entry.import_id, earlier) for fact in FACTS if fact in facts]
            row = log_row(manifest, "undone", next_version(warehouse.engine))
            changes += [_rejects_gone(work, entry.import_id), log_change(work, row)]
            make(warehouse, job, {"kind": "undo", "import_id": entry.import_id}, changes, go_on)
        except BaseException:
            discard(job)
            raise
    return next(e for e in entries(warehouse.engine) if e.import_id == entry.import_id)


def rebuild_facts(warehouse: Warehouse, go_on: Callable[[], None]) -> None:
    """Every import of the archive once more, into an empty engine that then takes the place of the old one."""
    refuse_when_lost(warehouse)
    with space_on_disk(warehouse.archive.folder):
        fresh = warehouse.engine.fresh()
        try:
            # versions go on: by an old one, other processes would take new figures for those they remember
            for version, manifest in enumerate(warehouse.archive.manifests(), start=next_version(warehouse.engine)):
                _load_again(warehouse, fresh, manifest, version, go_on)
        except BaseException:
            fresh.abandon()
            raise
        warehouse.engine.adopt(fresh)


def _load_again(
    warehouse: Warehouse, fresh: Engine, manifest: Manifest, version: int, go_on: Callable[[], None]
) -> None:
    archive, job = warehouse.archive, warehouse.archive.new_job()
    try:
        work = Work(engine=fresh, settings=warehouse.settings, folder=job / "changes", go_on=go_on)
        if archive.is_undone(manifest.import_id):
            fresh.replace([log_change(work, log_row(manifest, "undone", version))])
            return
        raw = dict(archive.files(manifest.import_id))
        rejects = archive.imports / manifest.import_id / "rejects.parquet"
        if rejects.exists():
            raw["rejects"] = rejects
        fresh.replace(import_changes(work, manifest, raw, version))
    except pa.ArrowInvalid as error:
        raise UserError(
            f"The archive of import {manifest.import_id} ({manifest.file_name}) is damaged; nothing was changed.",
            f"Put back {archive.imports / manifest.import_id} from a backup, or move it away and import the file again.",
        ) from error
    finally:
        discard(job)


def _chosen(log: Sequence[ImportEntry], import_id: str | None) -> ImportEntry:
    loaded = [e for e in log if e.status == "loaded" and e.source != OWN]
    if import_id is None:
        if not loaded:
            raise UserError("There is no import to undo.", "`peil imports` lists them.")
        return loaded[-1]
    found = [e for e in log if import_id in (e.import_id, str(e.number))]
    if not found:
        raise BadQuery(f"There is no import '{import_id}'.", did_you_mean(import_id, [e.import_id for e in loaded]))
    if found[0].source == OWN:
        raise BadQuery(
            f"Import {found[0].import_id} holds what customers answered to Peil itself; it can't be undone.",
            "Leave a survey out by a filter, such as --where survey!=its_key, or erase a person.",
        )
    if found[0].status != "loaded":
        raise BadQuery(f"Import {found[0].import_id} is already undone.", "`peil imports` lists what is loaded.")
    return found[0]


def _fact_undone(warehouse: Warehouse, work: Work, fact: str, import_id: str, earlier: Sequence[Manifest]) -> Change:
    """The rows that this import wrote last go; the newest earlier version of each comes back."""
    keys = key_of(fact)
    of_import = column("import_id").eq(exp.Placeholder(this="import_id", kind=exp.DataType.build("VARCHAR")))
    query = exp.select(*(column(k) for k in keys)).from_(exp.to_table(fact)).where(of_import)
    gone = work.write(fact, "gone", [warehouse.engine.fetch(query, {"import_id": import_id})])
    if gone is None:
        return Change(fact, keys)
    files = {m: warehouse.archive.files(m.import_id)[fact] for m in earlier if fact in m.rows}
    back = _earlier_versions(work, fact, gone, files)
    if back is None:
        return fact_change(work, fact, [], 0, [gone])
    return fact_change(work, fact, prepared(work, fact, back, None), rows_in(back), [gone])


def _earlier_versions(work: Work, fact: str, gone: Path, files: dict[Manifest, Path]) -> Path | None:
    if not files:
        return None
    keys, path = ", ".join(f'"{k}"' for k in key_of(fact)), work.folder / f"{fact}-back.parquet"
    each = " UNION ALL BY NAME ".join(
        f"SELECT was.*, '{m.import_id}' AS import_id, {m.number} AS number FROM read_parquet('{quoted(p)}') AS was "
        f"SEMI JOIN read_parquet('{quoted(gone)}') AS gone USING ({keys})"
        for m, p in files.items()
    )
    with scratch(work.folder) as connection:
        connection.execute(
            f"COPY (SELECT * EXCLUDE (number, place) FROM (SELECT *, row_number() OVER (PARTITION BY {keys} "
            f"ORDER BY number DESC) AS place FROM ({each})) WHERE place = 1) TO '{quoted(path)}' (FORMAT parquet)"
        )
    return path if pq.read_metadata(path).num_rows else None


def _rejects_gone(work: Work, import_id: str) -> Change:
    path = work.write("rejects", "gone", [pa.table({"import_id": pa.array([import_id], pa.string())})])
    if path is None:
        raise Bug("one line was to be written")
    return Change("rejects", key_of("rejects"), (), [path])
