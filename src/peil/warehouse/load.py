"""Imports: staged as Parquet, proved, worked out, then made in one transaction over all facts.

One thread makes all changes of a warehouse, one after the other. At any moment a kill leaves all of an import or
nothing of it: its line in the table `imports`, written in the same transaction, decides, and `recover` finishes or
removes what was under way.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from peil.core.errors import BadInput, Bug
from peil.facts.schema import FACTS, MAX_EXTRA
from peil.warehouse.engines import REJECTS
from peil.warehouse.loading.archive import discard, space_on_disk
from peil.warehouse.loading.changes import words_of

if TYPE_CHECKING:
    from peil.warehouse.open import Warehouse

T = TypeVar("T")
_ROW_GROUP = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did."""

    import_id: str
    source: str
    file_name: str
    rows: Mapping[str, int]  # rows kept, per fact
    rejected: int = 0
    copies: int = 0  # identical copies of a keyed row, of which one was kept
    already: bool = False  # this very file was imported before with this mapping: nothing was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEntry:
    """One line of the log of imports."""

    import_id: str
    number: int
    source: str
    file_name: str
    file_hash: str
    imported_at: datetime
    rows: Mapping[str, int]
    rejected: int
    status: str  # loaded, undone


class Loader:
    """One thread that makes the changes asked of it in order of asking."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[_Job[object] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._run, name="peil-loader", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Callable[[], None]], T], interrupt: Callable[[], None]) -> T:
        """Have `work` done and wait. Ctrl-C stops it; when it is already past stopping, it is simply done."""
        job: _Job[T] = _Job(work, Future(), threading.Event())
        try:
            self._jobs.put(job)  # type: ignore[arg-type]
            return job.result.result()
        except KeyboardInterrupt:
            job.stopped.set()
            interrupt()
            return _outcome(job.result)

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.result.set_result(job.work(job.go_on))
            except BaseException as error:  # noqa: BLE001  handed to the thread that waits
                job.result.set_exception(error)
            del job  # it would keep the warehouse alive until the next one


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    work: Callable[[Callable[[], None]], T]
    result: Future[T]
    stopped: threading.Event

    def go_on(self) -> None:
        if self.stopped.is_set():
            raise KeyboardInterrupt


def _outcome(result: Future[T]) -> T:
    """The result of a job that is being stopped, however often one presses Ctrl-C meanwhile."""
    while True:
        try:
            return result.result()
        except KeyboardInterrupt:
            if result.done():
                return result.result()


class Staging:
    """Rows on their way in. Nothing of them is seen before `commit`; left by an exception, nothing stays."""

    def __init__(self, warehouse: Warehouse, given: Given) -> None:
        self._warehouse, self._given = warehouse, given
        with space_on_disk(warehouse.archive.folder):
            self.job: Path | None = warehouse.archive.new_job()
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[pa.Table]] = {}
        self._counts: dict[str, int] = {}

    def write(self, fact: str, rows: pa.Table) -> None:
        """Add mapped rows of a fact. A column `_row` (int64), the row in the file, is kept to name rows by."""
        if fact not in FACTS:
            raise Bug(f"there is no fact '{fact}'")
        self._add(fact, _archived(fact, rows, self._given))

    def reject(self, rejects: pa.Table) -> None:
        """Keep rows that failed a check, with the reason."""
        names = [n for n in REJECTS.names if n != "import_id"]
        self._add("rejects", rejects.select(names).cast(pa.schema([REJECTS.field(n) for n in names])))

    def commit(self) -> ImportReport:
        """Take everything in: all of it, or, when this raises, nothing."""
        from peil.warehouse.loading.importing import load_staged

        job = self._open_job()
        try:
            with space_on_disk(self._warehouse.archive.folder):
                self._close_writers()
            counts, given = dict(self._counts), self._given
            report = self._warehouse.change(lambda go_on: load_staged(self._warehouse, job, given, counts, go_on))
        except BaseException:
            self.abort()
            raise
        self.job = None
        return report

    def abort(self) -> None:
        """Throw everything away."""
        job, self.job = self.job, None
        if job is not None:
            for writer in self._writers.values():
                writer.close()
            discard(job)

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _open_job(self) -> Path:
        if self.job is None:
            raise Bug("this import is already committed or aborted")
        return self.job

    def _add(self, name: str, rows: pa.Table) -> None:
        job = self._open_job()
        self._counts[name] = self._counts.get(name, 0) + len(rows)
        waiting = self._waiting.setdefault(name, [])
        waiting.append(rows)
        if sum(len(t) for t in waiting) >= _ROW_GROUP:
            with space_on_disk(job):
                self._flush(name)

    def _flush(self, name: str) -> None:
        rows = pa.concat_tables(self._waiting.pop(name, []), promote_options="default")
        if name not in self._writers:
            path = self._open_job() / "raw" / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(
                path, rows.schema, compression="zstd", compression_level=1, use_dictionary=words_of(rows.schema)
            )
        writer = self._writers[name]
        if rows.schema != writer.schema:
            raise Bug(f"the rows of {name} changed their columns: {set(rows.column_names) ^ set(writer.schema.names)}")
        writer.write_table(rows, row_group_size=_ROW_GROUP)

    def _close_writers(self) -> None:
        for name in list(self._waiting):
            if self._waiting[name]:
                self._flush(name)
        for writer in self._writers.values():
            writer.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an import says about itself."""

    source: str
    file_name: str
    file_hash: str
    mapping_text: str
    at: datetime

    @property
    def iso(self) -> str:
        return self.at.astimezone(UTC).isoformat()


def _archived(fact: str, rows: pa.Table, given: Given) -> pa.Table:
    """Mapped rows as the archive keeps them: raw columns of the schema, extra ones as text, the row in the file."""
    raw = FACTS[fact].arrow("raw")
    extra = [name for name in rows.column_names if name.startswith("x_")]
    unknown = set(rows.column_names) - set(raw.names) - set(extra) - {"_row"}
    if unknown:
        raise Bug(f"{fact} has no columns {sorted(unknown)}")
    if len(extra) > MAX_EXTRA:
        raise BadInput(f"{len(extra)} extra columns of {fact} are too many.", f"Keep at most {MAX_EXTRA}.")
    columns = {f.name: rows.column(f.name).cast(f.type) for f in raw if f.name in rows.column_names}
    columns.pop("import_id", None)
    if "source" not in columns:
        columns["source"] = pa.array([given.source] * len(rows), pa.string())
    columns |= {name: rows.column(name).cast(pa.string()) for name in sorted(extra)}
    if "_row" in rows.column_names:
        columns["_row"] = rows.column("_row").cast(pa.int64())
    return pa.table(columns)
