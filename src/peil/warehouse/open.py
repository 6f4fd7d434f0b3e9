"""Open a warehouse by its address: the engine, the archive beside it, the settings, the loader."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from peil.core.errors import UserError, did_you_mean
from peil.warehouse.engines import Engine
from peil.warehouse.load import Given, ImportEntry, Loader, Staging
from peil.warehouse.loading.archive import Archive
from peil.warehouse.loading.history import rebuild_facts, undo_import
from peil.warehouse.loading.importing import entries, find_loaded, recover
from peil.warehouse.loading.joining import JOINED_FROM, join_small
from peil.warehouse.remembered import Remembered
from peil.warehouse.results.sums_kept import SumsKept
from peil.warehouse.settings import FILE_NAME, Settings, read_settings

DEFAULT_URL = "duckdb:///peil.duckdb"
SCHEMES = ("duckdb", "postgresql", "clickhouse", "chdb")
_ON_A_SERVER = ("postgresql", "clickhouse")
T = TypeVar("T")


class Warehouse:
    """Facts in, KPIs out: one engine, one archive, one loader thread."""

    def __init__(self, url: str, engine: Engine, archive: Archive, settings: Settings, *, read_only: bool) -> None:
        self.url, self.engine, self.archive, self.settings = without_password(url), engine, archive, settings
        self.read_only = read_only
        self.settings_file = archive.folder.parent / FILE_NAME  # unless the address puts the archive elsewhere
        self.remembered, self.sums_kept = Remembered(), SumsKept()
        self.tell: Callable[[str], None] = _keep_quiet  # called with words while it waits for another loader
        self._loader: Loader | None = None
        self._lock = threading.Lock()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the organisation's days are days."""
        return ZoneInfo(self.settings.time_zone)

    @property
    def today(self) -> date:
        """The day that it is for the organisation."""
        return datetime.now(self.zone).date()

    @property
    def folder(self) -> Path:
        """The archive's folder."""
        return self.archive.folder

    def begin_import(
        self, source: str, file_name: str, file_hash: str, mapping_text: str, *, at: datetime | None = None
    ) -> Staging:
        """Start an import; `at` is the time that the log gives it (now, when left out)."""
        self._refuse_when_reading()
        given = Given(
            source=source, file_name=file_name, file_hash=file_hash, mapping_text=mapping_text,
            at=at or datetime.now(UTC),
        )  # fmt: skip
        return Staging(self, given)

    def imports(self) -> list[ImportEntry]:
        """Every import, the oldest first, the undone ones too."""
        return entries(self.engine)

    def find_loaded(self, file_hash: str, mapping_text: str) -> ImportEntry | None:
        """The earlier import of this very file by this very mapping, unless it was undone or its rows were replaced."""
        return find_loaded(self.engine, file_hash, mapping_text)

    def undo(self, import_id: str | None = None) -> ImportEntry:
        """Take an import (by id or number; the last, when none is named) out again."""
        return self.change(lambda go_on: undo_import(self, import_id, go_on))

    def join_small(self, source: str, at_least: int = JOINED_FROM) -> bool:
        """Make one of many small imports of `source`; whether there were that many."""
        return self.change(lambda go_on: join_small(self, source, at_least, go_on))

    def rebuild(self) -> None:
        """Make all facts anew from the archive, by the settings as they are now."""
        self.change(lambda go_on: rebuild_facts(self, go_on))

    def change(self, work: Callable[[Callable[[], None]], T]) -> T:
        """Have the loader thread do `work`, which is given a function that raises once it should stop."""
        self._refuse_when_reading()

        def alone(go_on: Callable[[], None]) -> T:
            with self.engine.alone(go_on, self.tell):
                if self.engine.shared:  # another process may have ended since this one opened
                    recover(self)
                return work(go_on)

        with self._lock:
            if self._loader is None:
                self._loader = Loader()
        try:
            return self._loader.run(alone, lambda: self.engine.interrupt())
        finally:
            self.remembered.facts_changed()

    def close(self) -> None:
        with self._lock:
            if self._loader is not None:
                self._loader.close()
                self._loader = None
        self.engine.close()
        self.archive.close()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _refuse_when_reading(self) -> None:
        if self.read_only:
            raise UserError("This warehouse was opened for reading only.", "Open it without read_only to change it.")


def open_warehouse(
    url: str | None = None, read_only: bool = False, *, tell: Callable[[str], None] | None = None
) -> Warehouse:
    """Open `url`, else what PEIL_WAREHOUSE names, else peil.duckdb in this folder.

    `duckdb:///relative/path`, `duckdb:////absolute/path`, `postgresql://user:password@host:port/database?schema=peil`,
    `chdb:///path`, `clickhouse://user:password@host:port/database`; the archive stands beside the file, for a server in
    this folder, or where `?archive=folder` says. `tell` is given words while a change waits for another process.
    """
    url = url or os.environ.get("PEIL_WAREHOUSE") or DEFAULT_URL
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        shown = without_password(url)
        raise UserError(f"'{shown}' is no address of a warehouse.", did_you_mean(parts.scheme or "duckdb", SCHEMES))
    path = Path(parts.path[1:] or "peil").absolute()
    archive = Archive(_archive_folder(url, path))
    home = archive.folder.parent if parts.scheme in _ON_A_SERVER else path.parent
    settings = read_settings(home / FILE_NAME)
    if read_only and parts.scheme == "duckdb" and not path.exists():
        raise UserError(f"There is no warehouse at {path}.", "Import a file first, or name another with --warehouse.")
    if not read_only:
        home.mkdir(parents=True, exist_ok=True)
        archive.open_for_writing(shared=parts.scheme == "postgresql")
    try:
        engine = _engine(parts.scheme, url, path, archive.folder, read_only)
        warehouse = Warehouse(url, engine, archive, settings, read_only=read_only)
        warehouse.settings_file, warehouse.tell = home / FILE_NAME, tell or _keep_quiet
        return _opened(warehouse)
    except BaseException:
        archive.close()
        raise


def _opened(warehouse: Warehouse) -> Warehouse:
    """The warehouse, once what a process left half done is finished."""
    try:
        if not warehouse.read_only:
            if not warehouse.engine.shared:
                recover(warehouse)
            elif warehouse.archive.left_behind():
                warehouse.change(lambda _: None)
        return warehouse
    except BaseException:
        warehouse.close()
        raise


def archive_of(url: str) -> Path:
    """The folder in which the warehouse at `url` keeps its record; it need not exist."""
    return _archive_folder(url, Path(urlsplit(url).path[1:] or "peil").absolute())


def without_password(url: str) -> str:
    """The address as it may be shown.

    >>> without_password("postgresql://peil:s3cret@db/peil")
    'postgresql://peil:***@db/peil'
    """
    return re.sub(r"((?:password|PASSWORD)=)[^&]*", r"\1***", re.sub(r"(://[^:@/]*):.*@", r"\1:***@", url))


def _archive_folder(url: str, path: Path) -> Path:
    """Where the address says, else beside the file; of a server in this folder, one for each schema."""
    asked = parse_qs(urlsplit(url).query)
    if "archive" in asked:
        return Path(asked["archive"][0]).absolute()
    schema = asked.get("schema", ["peil"])[0]
    apart = f"-{Path(schema).name}" if schema != "peil" else ""
    return path.with_name(f"{path.stem}{apart}.archive")


def _keep_quiet(_: str) -> None:
    """Nobody is there to be told."""


def _engine(scheme: str, url: str, path: Path, folder: Path, read_only: bool) -> Engine:
    if scheme == "duckdb":
        from peil.warehouse.engines.duckdb import DuckDB

        return DuckDB(path, folder, read_only=read_only)
    if scheme == "postgresql":
        return _postgres(url, read_only)
    from peil.warehouse.engines.clickhouse import connect

    return connect(url, path, read_only=read_only)


def _postgres(url: str, read_only: bool) -> Engine:
    try:
        import psycopg  # noqa: F401
        import psycopg_pool  # noqa: F401
    except ImportError:
        raise UserError("PostgreSQL needs the extra 'postgres'.", "pip install 'peil[postgres]'") from None
    from peil.warehouse.engines.postgres import Postgres
    from peil.warehouse.engines.postgres_server import read_address

    return Postgres(read_address(url), read_only=read_only)
