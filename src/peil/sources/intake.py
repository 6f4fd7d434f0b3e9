"""Import a file: open it, map it batch by batch, stage it, and take in all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from peil.core.errors import BadInput, BadMapping
from peil.facts.apply import apply
from peil.facts.entries import FactMap, FileOptions, Mapping
from peil.facts.mapping import load_mapping, parse_mapping
from peil.facts.reading.convert import Readings
from peil.facts.reading.texts import FileIdentity, match_columns
from peil.facts.rejects import REJECTS
from peil.sources.files import FileTable, Named, open_table
from peil.warehouse.load import ImportEntry, ImportReport
from peil.warehouse.secret import read_secret

if TYPE_CHECKING:
    from peil.facts.drafting.draft import Draft
    from peil.facts.drafting.profile import Sample
    from peil.sources.piece import Ragged
    from peil.warehouse.load import Staging
    from peil.warehouse.open import Warehouse

Progress = Callable[[int, int, int], None]
_DRAFT_ROWS = 20_000


def import_file(
    warehouse: Warehouse,
    path: Path | str | Named,
    mapping: Mapping | Path | str,
    *,
    progress: Progress | None = None,
    tell: Callable[[str], None] | None = None,
) -> ImportReport:
    """Take in a file by its mapping.

    `progress` is called with rows read, bytes done and bytes in all; what it raises stops the import, and nothing of
    it stays. `tell` is called with what was found out about the file. A file that was imported before by this mapping
    changes nothing, and the report says so.
    """
    chosen = mapping if isinstance(mapping, Mapping) else load_mapping(mapping)
    with open_table(path, chosen.file) as table:
        before = table.path.stat()
        content = hash_of(table.path)
        earlier = warehouse.find_loaded(content, chosen.text)
        if earlier is not None:
            return _already(earlier)
        refuse_doubled(warehouse, table.name, content, chosen)
        readings = Readings(_identity(warehouse, table, content, chosen.file), chosen.file)
        with warehouse.begin_import(chosen.source, table.name, content, chosen.text) as staging:
            left_out = _stage(staging, table, (chosen, readings), progress)
            after = table.path.stat()
            if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                raise BadInput("It changed while it was read.", "Import it when it is complete.", file=table.name)
            say = tell or _silent
            _tell_each(say, (*table.heading.notes, *readings.notes, *left_out))
            report = staging.commit()
            _tell_each(say, _added_beside(warehouse, report, chosen, content))
            return report


def _tell_each(say: Callable[[str], None], notes: Iterable[str]) -> None:
    for note in notes:
        say(note)


def _silent(_: str) -> None:
    """Nobody wants to be told."""


def refuse_doubled(warehouse: Warehouse, name: str, content: str, chosen: Mapping) -> None:
    """The same rows by another mapping get other keys or another source, and would count twice."""
    texts = {m.import_id: m.mapping_text for m in warehouse.archive.manifests()}
    for entry in warehouse.imports():
        text = texts.get(entry.import_id)
        if entry.status != "loaded" or entry.file_hash != content or text == chosen.text:
            continue
        if _may_share_rows(chosen, text):
            raise BadInput(
                f"this file was imported as {entry.import_id} by another mapping, so its rows would count twice.",
                f"`peil undo {entry.import_id}` first, then import again.",
                file=name,
            )


def _may_share_rows(chosen: Mapping, text: str | None) -> bool:
    """Whether two mappings may make the same fact of the same row; False only when that is certain."""
    try:
        other = parse_mapping(text or "")
    except BadMapping:  # written for another version of Peil
        return True
    if chosen.file.sheet and other.file.sheet and chosen.file.sheet != other.file.sheet:
        return False
    before = {block.fact.name: block for block in other.facts}
    return any(b.fact.name in before and not _apart(b, before[b.fact.name]) for b in chosen.facts)


def _apart(one: FactMap, other: FactMap) -> bool:
    """Whether `only` gives the two different rows of the file."""
    values = {o.column: {v.strip().casefold() for v in o.values} for o in other.only}
    return any(not values[o.column] & {v.strip().casefold() for v in o.values} for o in one.only if o.column in values)


def _added_beside(warehouse: Warehouse, report: ImportReport, chosen: Mapping, content: str) -> Iterator[str]:
    """Rows without a key never replace earlier ones; who meant them to has to know."""
    for block in chosen.facts:
        name = block.fact.name
        if {block.fact.key, "response_id"} & set(block.entries):
            continue
        earlier = [
            e.import_id
            for e in warehouse.imports()
            if (e.source, e.file_name, e.status) == (report.source, report.file_name, "loaded")
            and e.file_hash != content
            and e.rows.get(name)
        ]
        if earlier and report.rows.get(name):
            yield (
                f"Rows of {name} have no key, so all {report.rows[name]:,} were added to those of import {earlier[-1]} "
                f"with the same name; `peil undo {earlier[-1]}` if this file replaces it."
            )


def _identity(warehouse: Warehouse, table: FileTable, content: str, options: FileOptions) -> FileIdentity:
    return FileIdentity(
        name=table.name,
        hash=_hash_of_table(content, options),
        time_zone=warehouse.settings.time_zone,
        titles=table.heading.titles,
        secret=read_secret(warehouse.folder),
    )


def _hash_of_table(content: str, options: FileOptions) -> str:
    """The content that rows without a key are known by: two sheets of a file are two tables."""
    return hashlib.sha256(f"{content} {options.sheet}".encode()).hexdigest() if options.sheet else content


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


def draft_mapping(path: Path | str | Named, options: FileOptions | None = None) -> Draft:
    """A mapping drafted from a file: what was guessed and why, and what must be asked."""
    from peil.facts.drafting.draft import draft

    return draft(read_sample(path, options))


def read_sample(path: Path | str | Named, options: FileOptions | None = None, *, rows: int = _DRAFT_ROWS) -> Sample:
    """The first rows of a file, at least so many when it has them, and what its reader found out."""
    from peil.facts.drafting.profile import Sample

    with open_table(path, options) as table:
        heading = table.heading
        batches: list[pa.RecordBatch] = []
        for batch in table.batches():
            batches.append(batch)
            if sum(b.num_rows for b in batches) >= rows:
                break
        empty = pa.table({c: pa.array([], pa.string()) for c in table.columns})
        return Sample(
            file=table.name,
            format=heading.format,
            rows=pa.Table.from_batches(batches) if batches else empty,
            options=heading.options,
            titles=heading.titles,
            labels=heading.labels,
            missing=heading.missing,
            typed=frozenset(table.passed.typed),
            notes=heading.notes,
        )
