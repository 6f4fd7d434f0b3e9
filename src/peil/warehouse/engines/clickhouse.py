"""ClickHouse: a server (`clickhouse://`) or its own engine in this process (`chdb://`).

Tables are ReplacingMergeTree by key: a row is replaced by a newer version of itself and removed by a mark. The
session's setting `final` makes every statement see one row a key. There are no transactions, so `replace` writes
the log of imports last, and a change that was cut off is made again on opening.
"""
# ruff: noqa: S608  names of tables and columns are quoted, everything else is bound

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from peil.core.errors import Bug, NotNow, UserError
from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, Engine, key_of, schemas

_TYPES = {
    pa.string(): "String",
    pa.float64(): "Float64",
    pa.int64(): "Int64",
    pa.int32(): "Int32",
    pa.int8(): "Int8",
    pa.date32(): "Date32",
    pa.timestamp("us", tz="UTC"): "DateTime64(6, 'UTC')",
}
_OWN = {"_version": "UInt64", "_gone": "UInt8"}
_BATCH = 200_000
_DATABASE = "peil"


def connect(url: str, path: Path, *, read_only: bool = False) -> ClickHouse:
    """The engine at `url`; for chdb, `path` is the folder of its files."""
    try:
        import clickhouse_connect
    except ImportError:
        raise UserError("ClickHouse needs the extra 'clickhouse'.", "pip install 'peil[clickhouse]'") from None
    parts = urlsplit(url)
    in_process = parts.scheme == "chdb"
    place: dict[str, Any] = {"settings": {"final": 1, "mutations_sync": 2}}
    if in_process:
        place |= {"interface": "chdb", "path": str(path)}
    else:
        place |= {"host": parts.hostname or "localhost", "port": parts.port or 0, "username": parts.username}
        place |= {"password": parts.password or "", "autogenerate_session_id": False}

    def client() -> Any:
        with passing_states(parts.hostname or str(path)):
            return clickhouse_connect.get_client(**place)

    database = _DATABASE if in_process else parts.path.strip("/") or _DATABASE
    return ClickHouse(client, database, threading.RLock() if in_process else nullcontext(), read_only=read_only)


class ClickHouse:
    """An `Engine` on one database; `guard` lets one statement in at a time where the client needs that."""

    dialect = "clickhouse"
    atomic = False
    shared = False

    def __init__(
        self,
        new_client: Callable[[], Any],
        database: str,
        guard: AbstractContextManager[Any],
        *,
        read_only: bool = False,
    ) -> None:
        self._new_client, self.database, self._guard = new_client, database, guard
        self.client = new_client()
        if not read_only:
            self._create_tables()
        self.client.database = database

    def describe(self) -> str:
        return f"ClickHouse {self.client.server_version}, database {self.database}"

    def alone(self, go_on: Callable[[], None], tell: Callable[[str], None]) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()  # the archive admits one process

    def _create_tables(self) -> None:
        self._do(f"CREATE DATABASE IF NOT EXISTS {_name(self.database)} ENGINE = Atomic")
        for table, schema in schemas().items():
            keys = key_of(table)
            columns = [f"{_name(f.name)} {_type(f, keys)}" for f in schema]
            columns += [f"{_name(name)} {kind}" for name, kind in _OWN.items()]
            kept = "MergeTree" if table == "rejects" else "ReplacingMergeTree(_version, _gone)"
            order = ", ".join(_name(k) for k in keys)
            self._do(
                f"CREATE TABLE IF NOT EXISTS {self._place(table)} ({', '.join(columns)}) ENGINE = {kept} ORDER BY ({order})"
            )

    def fetch(self, query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        with self._guard, passing_states(self.database):
            found = self.client.query_arrow(
                query.sql(dialect=self.dialect, copy=False), parameters=dict(values), use_strings=True
            )
        found = found.select([n for n in found.column_names if n not in _OWN])
        return found.cast(pa.schema([f.with_nullable(True) for f in found.schema]))

    def tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in FACTS}
        query = (
            exp.select("table", "name")
            .from_(exp.table_("columns", db="system"))
            .where(exp.column("database").eq(exp.Placeholder(this="database", kind=exp.DataType.build("VARCHAR"))))
            .order_by("table", "position")
        )
        for row in self.fetch(query, {"database": self.database}).to_pylist():
            if row["table"] in found and row["name"] not in _OWN:
                found[row["table"]].append(row["name"])
        return found

    def replace(self, changes: Sequence[Change]) -> None:
        with self._guard, passing_states(self.database):
            version = self._next_version()
            for change in changes:
                self._apply(change, version)

    def _apply(self, change: Change, version: int) -> None:
        if change.table == "rejects":
            self._delete_rejects(change)
        else:
            for path in change.gone:
                # marks come before rows: a key may go and come back in one change
                self._insert(change.table, path, 2 * version, gone=True)
        for path in change.rows:
            self._add_columns(change.table, path)
            self._insert(change.table, path, 2 * version + 1)

    def _insert(self, table: str, path: Path, version: int, *, gone: bool = False) -> None:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            for batch in file.iter_batches(_BATCH):
                rows = pa.Table.from_batches([batch])
                rows = rows.append_column("_version", pa.array([version] * len(rows), pa.uint64()))
                rows = rows.append_column("_gone", pa.array([int(gone)] * len(rows), pa.uint8()))
                self.client.insert_arrow(table, rows, database=self.database)

    def _delete_rejects(self, change: Change) -> None:
        for path in (*change.gone, *change.rows):
            for import_id in pq.read_table(path, columns=["import_id"])["import_id"].unique().to_pylist():
                where = "import_id = {import_id: String}"
                self._do(f"ALTER TABLE {self._place('rejects')} DELETE WHERE {where}", {"import_id": import_id})

    def _add_columns(self, table: str, path: Path) -> None:
        for name in pq.read_schema(path).names:
            if name.startswith("x_"):
                self._do(f"ALTER TABLE {self._place(table)} ADD COLUMN IF NOT EXISTS {_name(name)} Nullable(String)")

    def _next_version(self) -> int:
        query = f"SELECT max(version) FROM {self._place('imports')}"
        return int(self.client.query(query).result_rows[0][0] or 0) + 1

    def put(self, name: str, table: pa.Table) -> exp.Table:
        self.drop(name)
        columns = ", ".join(f"{_name(f.name)} Nullable({_TYPES[f.type]})" for f in table.schema)
        with self._guard, passing_states(self.database):
            self._do(f"CREATE TABLE {self._place(_passing(name))} ({columns}) ENGINE = Memory")
            for start in range(0, len(table), _BATCH):
                self.client.insert_arrow(_passing(name), table.slice(start, _BATCH), database=self.database)
        return exp.table_(_passing(name), db=self.database, quoted=True)

    def drop(self, name: str) -> None:
        self._do(f"DROP TABLE IF EXISTS {self._place(_passing(name))}")

    def fresh(self) -> Engine:
        beside = f"{self.database}_rebuild"
        self._do(f"DROP DATABASE IF EXISTS {_name(beside)} SYNC")
        return ClickHouse(self._new_client, beside, self._guard)

    def adopt(self, fresh: Engine) -> None:
        if not isinstance(fresh, ClickHouse):
            raise Bug("a ClickHouse warehouse can only be swapped for a ClickHouse database")
        fresh.close()
        old, new, before = (_name(d) for d in (self.database, fresh.database, f"{self.database}_before"))
        self._do(f"DROP DATABASE IF EXISTS {before} SYNC")
        self._do(f"RENAME DATABASE {old} TO {before}")
        self._do(f"RENAME DATABASE {new} TO {old}")
        self._do(f"DROP DATABASE {before} SYNC")

    def abandon(self) -> None:
        self._do(f"DROP DATABASE IF EXISTS {_name(self.database)} SYNC")
        self.close()

    def interrupt(self) -> None:
        """A statement of ClickHouse is not cut off; the change stops before the next step."""

    def close(self) -> None:
        self.client.close()

    def _do(self, statement: str, values: Mapping[str, object] | None = None) -> None:
        with self._guard, passing_states(self.database):
            self.client.command(statement, parameters=dict(values or {}))

    def _place(self, table: str) -> str:
        return f"{_name(self.database)}.{_name(table)}"


@contextmanager
def passing_states(place: str) -> Iterator[None]:
    """What can pass by itself, in words: not reachable, no space."""
    from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError, ProgrammingError

    try:
        yield
    except DatabaseError as error:
        said = str(error)
        if isinstance(error, ProgrammingError) and "different path" in said:
            raise NotNow(f"{place} can't be opened: {said}.", "Close the other warehouse of this process.") from error
        if "NOT_ENOUGH_SPACE" in said or "No space left" in said:
            raise NotNow(f"There is no space left for {place}.", "Free some and retry.") from error
        if "lock" in said.lower() and "CANNOT_OPEN_FILE" in said:
            raise NotNow(f"The warehouse {place} is in use by another process.", "End the other first.") from error
        if isinstance(error, OperationalError):
            raise NotNow(
                f"ClickHouse at {place} does not answer: {said[:200]}.", "Start it, or mend the address."
            ) from error
        raise


def _type(field: pa.Field, keys: Sequence[str]) -> str:
    kind = _TYPES[field.type]
    return kind if field.name in keys else f"Nullable({kind})"


def _passing(name: str) -> str:
    return f"_passing_{name}"


def _name(word: str) -> str:
    return "`" + word.replace("\\", "\\\\").replace("`", "\\`") + "`"
