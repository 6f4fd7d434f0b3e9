"""Import a file: open it, map it batch by batch, stage it, and take in all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from peil.core.errors import BadInput
from peil.facts.apply import apply
from peil.facts.entries import FileOptions, Mapping
from peil.facts.mapping import load_mapping
from peil.facts.reading.convert import Readings
from peil.facts.reading.texts import FileIdentity, match_columns
from peil.facts.rejects import REJECTS
from peil.sources.files import FileTable, open_table
from peil.warehouse.load import ImportEntry, ImportReport
from peil.warehouse.secret import read_secret

if TYPE_CHECKING:
    from peil.facts.drafting.draft import Draft
    from peil.sources.piece import Ragged
    from peil.warehouse.load import Staging
    from peil.warehouse.open import Warehouse

Progress = Callable[[int, int, int], None]
_DRAFT_ROWS = 20_000


def import_file(
    warehouse: Warehouse,
    path: Path | str,
    mapping: Mapping | Path | str,
    *,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> ImportReport:
    """Take in a file by its mapping.

    `progress` is called with rows read, bytes done and bytes in all; `tell` with what was found out about the file. A
    file that was imported before by this mapping changes nothing, and the report says so.
    """
    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    with open_table(path, chosen.file) as table:
        before = table.path.stat()
        content = hash_of(table.path)
        earlier = warehouse.find_loaded(content, chosen.text)
        if earlier is not None:
            return _already(earlier)
        readings = Readings(_identity(warehouse, table, content), chosen.file)
        with warehouse.begin_import(chosen.source, table.name, content, chosen.text) as staging:
            left_out = _stage(staging, table, (chosen, readings), progress)
            after = table.path.stat()
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise BadInput("It changed while it was read.", "Import it when it is complete.", file=table.name)
            for note in (*table.heading.notes, *readings.notes, *left_out):
                if tell:
                    tell(note)
            return staging.commit()


def _identity(warehouse: Warehouse, table: FileTable, content: str) -> FileIdentity:
    return FileIdentity(
        name=table.name,
        hash=content,
        time_zone=warehouse.settings.time_zone,
        titles=table.heading.titles,
        secret=read_secret(warehouse.folder),
    )


def _already(earlier: ImportEntry) -> ImportReport:
    return ImportReport(
        import_id=earlier.import_id,
        source=earlier.source,
        file_name=earlier.file_name,
        rows=earlier.rows,
        rejected=earlier.rejected,
        already=True,
    )


def _stage(staging: Staging, table: FileTable, how: tuple[Mapping, Readings], progress: Progress | None) -> list[str]:
    """Stage every batch; gives back, in words, what `only` left out."""
    mapping, readings = how
    left_out: Counter[str] = Counter()
    wanted = sorted(set(match_columns(mapping, table.columns, readings.file).values()))
    rows = 0
    for batch in table.batches(wanted):
        readings.typed = frozenset(table.passed.typed)
        mapped = apply(mapping, batch, readings.file, readings)
        for fact, facts in mapped.tables.items():
            staging.write(fact, facts)
        ragged, table.passed.ragged = table.passed.ragged, []
        rejects = pa.concat_tables([mapped.rejects, ragged_rejects(ragged)])
        if len(rejects):
            staging.reject(rejects)
        left_out.update(mapped.left_out)
        rows += batch.num_rows
        if progress:
            progress(rows, table.passed.done, table.size)
    return [f"{n:,} rows were left out of {fact} by 'only'." for fact, n in left_out.items() if n]


def ragged_rejects(ragged: list[Ragged]) -> pa.Table:
    """Rows that could not be taken apart, as rejected rows of the file."""
    remedy = "Put quotes around cells that hold the delimiter or a line end, or mend the row."
    lines = [
        {"fact": "file", "row": r.row, "column": None, "value": r.text, "reason": r.reason, "remedy": remedy}
        for r in ragged
    ]
    return pa.Table.from_pylist(lines, schema=REJECTS)


def hash_of(path: Path) -> str:
    """The content of a file as a hash (SHA-256)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def draft_mapping(path: Path | str, options: FileOptions | None = None) -> Draft:
    """A mapping drafted from a file: what was guessed and why, and what must be asked."""
    from peil.facts.drafting.draft import draft
    from peil.facts.drafting.profile import Sample

    with open_table(path, options) as table:
        heading = table.heading
        batches: list[pa.RecordBatch] = []
        for batch in table.batches():
            batches.append(batch)
            if sum(b.num_rows for b in batches) >= _DRAFT_ROWS:
                break
        rows = (
            pa.Table.from_batches(batches)
            if batches
            else pa.table({c: pa.array([], pa.string()) for c in table.columns})
        )
        sample = Sample(
            file=table.name,
            format=heading.format,
            rows=rows,
            options=heading.options,
            titles=heading.titles,
            labels=heading.labels,
            missing=heading.missing,
            typed=frozenset(table.passed.typed),
            notes=heading.notes,
        )
    return draft(sample)
