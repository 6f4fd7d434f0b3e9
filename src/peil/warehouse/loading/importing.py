"""One import from its staged files to the published record; and what was under way when a process died."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from peil.core.errors import UserError
from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, Engine, key_of
from peil.warehouse.load import Given, ImportEntry, ImportReport
from peil.warehouse.loading.archive import Manifest, discard, space_on_disk, sync_files, write_manifest
from peil.warehouse.loading.changes import Work, log_change, prepared, read_ready, reject_change, write_ready
from peil.warehouse.loading.derive_answers import derive_answers
from peil.warehouse.loading.derive_contacts import derive_interactions
from peil.warehouse.loading.proof import prove_keys, scratch

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse


def load_staged(
    warehouse: Warehouse, job: Path, given: Given, counts: Mapping[str, int], go_on: Callable[[], None]
) -> ImportReport:
    """Prove, work out, load and publish what `job` holds."""
    refuse_when_behind(warehouse)
    with space_on_disk(warehouse.archive.folder):
        raw = {p.stem: p for p in sorted((job / "raw").glob("*.parquet"))}
        with scratch(job) as connection:
            copies = sum(prove_keys(connection, fact, raw[fact], given.file_name) for fact in FACTS if fact in raw)
        number = next_number(warehouse)
        manifest = Manifest(
            import_id=f"{number:06d}-{given.file_hash[:8]}", number=number, source=given.source,
            file_name=given.file_name, file_hash=given.file_hash, mapping_text=given.mapping_text,
            imported_at=given.iso, rows={f: rows_in(raw[f]) for f in FACTS if f in raw},
            copies=copies, rejected=counts.get("rejects", 0),
        )  # fmt: skip
        write_manifest(job / "raw", manifest)
        sync_files(job / "raw")
        work = Work(engine=warehouse.engine, settings=warehouse.settings, folder=job / "changes", go_on=go_on)
        changes = import_changes(work, manifest, raw, next_version(warehouse.engine))
        make(warehouse, job, {"kind": "import", "import_id": manifest.import_id}, changes, go_on)
    return ImportReport(
        import_id=manifest.import_id, source=manifest.source, file_name=manifest.file_name, rows=manifest.rows,
        rejected=manifest.rejected, copies=copies,
    )  # fmt: skip


def import_changes(work: Work, manifest: Manifest, raw: Mapping[str, Path], version: int) -> list[Change]:
    """What the engine must do to take an import in."""
    changes = [
        fact_change(work, fact, prepared(work, fact, raw[fact], manifest.import_id), rows_in(raw[fact]))
        for fact in FACTS
        if fact in raw
    ]
    rejected = reject_change(work, raw.get("rejects"), manifest.import_id)
    if rejected is not None:
        changes.append(rejected)
    return [*changes, log_change(work, log_row(manifest, "loaded", version))]


def fact_change(work: Work, fact: str, incoming: Iterable[pa.Table], size: int, gone: Sequence[Path] = ()) -> Change:
    """Prepared rows of a fact, and what follows from them for its other rows."""
    derive = _DERIVE.get(fact)
    if derive is not None:
        return derive(work, incoming, size, gone)
    rows = work.write(fact, "rows", incoming)
    return Change(fact, key_of(fact), [rows] if rows else [], list(gone))


_DERIVE = {"interactions": derive_interactions, "answers": derive_answers}


def log_row(manifest: Manifest, status: str, version: int) -> dict[str, object]:
    return {
        "import_id": manifest.import_id,
        "number": manifest.number,
        "source": manifest.source,
        "file_name": manifest.file_name,
        "file_hash": manifest.file_hash,
        "mapping_hash": mapping_hash(manifest.mapping_text),
        "imported_at": datetime.fromisoformat(manifest.imported_at),
        "rows": json.dumps(dict(manifest.rows)),
        "rejected": manifest.rejected,
        "status": status,
        "version": version,
    }


def make(
    warehouse: Warehouse, job: Path, what: Mapping[str, object], changes: list[Change], go_on: Callable[[], None]
) -> None:
    """The change itself. Up to the engine's commit it can be stopped; from there on it is finished."""
    write_ready(job, what, changes)
    go_on()
    warehouse.engine.replace(changes)
    finish(warehouse, job, what)


def finish(warehouse: Warehouse, job: Path, what: Mapping[str, object]) -> None:
    """Bring the archive in line with what the engine now holds."""
    import_id = str(what["import_id"])
    if what["kind"] == "import":
        warehouse.archive.publish(job, import_id)
    elif what["kind"] == "join":
        warehouse.archive.publish_joined(job, import_id, [str(one) for one in cast("list[object]", what["joined"])])
    else:
        warehouse.archive.mark_undone(import_id)
        discard(job)


def recover(warehouse: Warehouse) -> None:
    """Finish or remove what was under way when a process ended.

    Nobody else makes a change meanwhile, so a job that is ready is one whose process could not finish it; one that is
    not may still be filled by a process that shares the engine.
    """
    jobs = warehouse.archive.jobs()
    if not jobs:
        return
    left = set(warehouse.archive.left_behind())
    status = {e.import_id: e.status for e in entries(warehouse.engine)}
    for job in jobs:
        ready = read_ready(job)
        if ready is None:
            if job in left:
                discard(job)
            continue
        what, changes = ready
        wanted = "undone" if what["kind"] == "undo" else "loaded"
        made = status.get(str(what["import_id"])) == wanted
        if not made and not warehouse.engine.atomic:
            warehouse.engine.replace(changes)  # some of it may be there: the same rows again make it whole
            made = True
        if made:
            finish(warehouse, job, what)
        else:
            discard(job)


def entries(engine: Engine) -> list[ImportEntry]:
    """The log of imports, the oldest first."""
    query = exp.select("*").from_(exp.to_table("imports"))
    found = [
        ImportEntry(
            import_id=r["import_id"], number=r["number"], source=r["source"], file_name=r["file_name"],
            file_hash=r["file_hash"], imported_at=r["imported_at"].astimezone(UTC), rows=json.loads(r["rows"]),
            rejected=r["rejected"], status=r["status"],
        )
        for r in engine.fetch(query, {}).to_pylist()
    ]  # fmt: skip
    return sorted(found, key=lambda e: e.number)


def find_loaded(engine: Engine, file_hash: str, mapping_text: str) -> ImportEntry | None:
    """The newest import of this very file by this very mapping, when it is loaded and no later one replaced its rows."""
    query = exp.select("import_id", "mapping_hash").from_(exp.to_table("imports"))
    same = {
        r["import_id"] for r in engine.fetch(query, {}).to_pylist() if r["mapping_hash"] == mapping_hash(mapping_text)
    }
    for entry in reversed(entries(engine)):
        if entry.import_id in same and entry.file_hash == file_hash and entry.status == "loaded":
            return entry if _owns_its_rows(engine, entry) else None
    return None


def _owns_its_rows(engine: Engine, entry: ImportEntry) -> bool:
    """Whether every row that the import brought is still the one it wrote."""
    word = exp.Placeholder(this="import_id", kind=exp.DataType.build("VARCHAR"))
    of_import = exp.column("import_id", quoted=True).eq(word)
    for fact, rows in entry.rows.items():
        query = exp.select(exp.Count(this=exp.Star()).as_("n")).from_(exp.to_table(fact)).where(of_import.copy())
        if engine.fetch(query, {"import_id": entry.import_id})["n"][0].as_py() != rows:
            return False
    return True


def mapping_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def next_number(warehouse: Warehouse) -> int:
    published = [m.number for m in warehouse.archive.manifests()]
    loaded = [e.number for e in entries(warehouse.engine)]
    return max([*published, *loaded, 0]) + 1


def next_version(engine: Engine) -> int:
    query = exp.select(exp.Max(this=exp.column("version")).as_("newest")).from_(exp.to_table("imports"))
    return int(engine.fetch(query, {})["newest"][0].as_py() or 0) + 1


def rows_in(path: Path) -> int:
    return int(pq.read_metadata(path).num_rows)


def missing_imports(warehouse: Warehouse) -> list[str]:
    """Imports of the archive that the engine does not know: its file is older, or was deleted."""
    known = {e.import_id for e in entries(warehouse.engine)}
    return [m.import_id for m in warehouse.archive.manifests() if m.import_id not in known]


def refuse_when_behind(warehouse: Warehouse) -> None:
    missing = missing_imports(warehouse)
    if missing:
        raise UserError(
            f"The archive holds {len(missing)} imports that the warehouse does not, such as {missing[0]}.",
            "Run `peil rebuild` first: it makes the facts again from the archive.",
        )


def lost_imports(warehouse: Warehouse) -> list[str]:
    """Loaded imports of which the archive lacks the folder or a file."""
    archive = warehouse.archive
    kept = {m.import_id: set(m.rows) - set(archive.files(m.import_id)) for m in archive.manifests()}
    ready = [found[0]["import_id"] for job in archive.jobs() if (found := read_ready(job)) is not None]
    loaded = [e.import_id for e in entries(warehouse.engine) if e.status == "loaded"]
    return [i for i in loaded if i not in ready and kept.get(i, {"all"})]


def refuse_when_lost(warehouse: Warehouse) -> None:
    """Without its record, an import can't be made again, nor can what it replaced come back."""
    lost = lost_imports(warehouse)
    if lost:
        raise UserError(
            f"The archive {warehouse.folder} lacks {len(lost)} imports that are loaded, such as {lost[0]}; "
            "nothing was changed.",
            f"Put {warehouse.archive.imports / lost[0]} back from a backup, or the archive to where it was, and try again.",
        )
