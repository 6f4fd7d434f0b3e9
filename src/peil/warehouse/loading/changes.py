"""From raw rows to what the engine must do: prepared rows, derived rows, the log, all as Parquet files.

Nothing here writes to the engine. The files and `ready.json` together are the whole change, so an engine without
transactions can be given it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from peil.facts.schema import FACTS
from peil.warehouse.engines import IMPORTS, REJECTS, Change, Engine, key_of
from peil.warehouse.loading.archive import write_json
from peil.warehouse.rows.prepare import prepare
from peil.warehouse.settings import Settings

BATCH = 200_000


@dataclass(slots=True, kw_only=True)
class Work:
    """One change under way: where it reads, where it writes, and whether it may go on."""

    engine: Engine
    settings: Settings
    folder: Path  # of the Parquet files that it makes
    go_on: Callable[[], None]  # raises when the change was stopped

    def write(self, table: str, name: str, tables: Iterable[pa.Table]) -> Path | None:
        """Write rows for `table` as one Parquet file; None when there were none."""
        path, writer = self.folder / f"{table}-{name}.parquet", None
        try:
            for rows in tables:
                self.go_on()
                if not len(rows):
                    continue
                if writer is None:
                    writer = new_writer(path, rows.schema)
                writer.write_table(rows)
        finally:
            if writer is not None:
                writer.close()
        return path if writer is not None else None


def new_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of passing rows: quick to write, read once."""
    return pq.ParquetWriter(path, schema, compression="lz4", write_statistics=False, use_dictionary=words_of(schema))


def words_of(schema: pa.Schema) -> list[str]:
    """The columns with few different words, which a Parquet file keeps as a dictionary."""
    keys = {f.key for f in FACTS.values()} | {c for f in FACTS.values() for c in f.clusters}
    return [f.name for f in schema if f.type == pa.string() and f.name not in keys]


def batches(path: Path, columns: Sequence[str] | None = None, size: int = BATCH) -> Iterator[pa.Table]:
    """The rows of a Parquet file, some at a time."""
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for batch in file.iter_batches(size, columns=list(columns) if columns is not None else None):
            yield pa.Table.from_batches([batch])


def prepared(work: Work, fact: str, raw: Path, import_id: str | None) -> Iterator[pa.Table]:
    """Complete rows of a fact from raw ones; `import_id` is None where the rows carry their own."""
    for table in batches(raw):
        work.go_on()
        given = table
        if import_id is not None:
            given = table.append_column("import_id", pa.array([import_id] * len(table), pa.string()))
        yield prepare(fact, given, work.settings)


def log_change(work: Work, row: Mapping[str, object]) -> Change:
    """The import's line in the log: always the last change, so that it stands for all of them."""
    path = work.write("imports", "log", [pa.Table.from_pylist([dict(row)], schema=IMPORTS)])
    return Change("imports", key_of("imports"), [path] if path else [])


def reject_change(work: Work, rejects: Path | None, import_id: str) -> Change | None:
    if rejects is None:
        return None

    def rows() -> Iterator[pa.Table]:
        for table in batches(rejects):
            full = table.append_column("import_id", pa.array([import_id] * len(table), pa.string()))
            yield full.select(REJECTS.names).cast(REJECTS)

    path = work.write("rejects", "rows", rows())
    return Change("rejects", key_of("rejects"), [path]) if path else None


def write_ready(job: Path, what: Mapping[str, object], changes: Sequence[Change]) -> None:
    """Say that the change is complete and about to be made."""
    listed = [
        {
            "table": c.table,
            "keys": list(c.keys),
            "rows": [p.relative_to(job).as_posix() for p in c.rows],
            "gone": [p.relative_to(job).as_posix() for p in c.gone],
        }
        for c in changes
    ]
    write_json(job / "ready.json", {**what, "changes": listed})


def read_ready(job: Path) -> tuple[dict[str, object], list[Change]] | None:
    """What `write_ready` wrote; None when the job never got that far."""
    path = job / "ready.json"
    if not path.exists():
        return None
    raw = json.loads(path.read_text(encoding="utf-8"))
    changes = [
        Change(c["table"], tuple(c["keys"]), [job / p for p in c["rows"]], [job / p for p in c["gone"]])
        for c in raw.pop("changes")
    ]
    return raw, changes
