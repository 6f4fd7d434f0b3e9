"""The default: one DuckDB file, owned by one process, closed to everything outside its own folders."""
# ruff: noqa: S608  names of tables and columns are quoted, everything else is bound

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlglot import exp

from peil.core.errors import Bug, NotNow
from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, Engine, schemas
from peil.warehouse.engines.gate import Gate

_TYPES = {
    pa.string(): "VARCHAR",
    pa.float64(): "DOUBLE",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.int8(): "TINYINT",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}
_NO_SPACE = ("no space left", "out of disk", "disk full", "could not write", "quota")
_MEMORY = "1GB"


class DuckDB:
    """An `Engine`; every statement has a cursor of its own, so threads may ask at the same time."""

    dialect = "duckdb"
    atomic = True
    shared = False

    def __init__(self, path: Path, folder: Path, *, read_only: bool = False, memory: str = _MEMORY) -> None:
        self.path, self.folder, self.read_only, self.memory = path, folder, read_only, memory
        self._tables: dict[str, list[str]] | None = None
        self._writing: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()
        self._gate = Gate()
        self._connection = self._connect()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        with passing_states(self.path):
            connection = duckdb.connect(str(self.path), read_only=self.read_only)
            try:
                self._close_doors(connection)
                if not self.read_only:
                    _create_tables(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def describe(self) -> str:
        return f"DuckDB {duckdb.__version__}, {self.path.name}"

    def alone(self, go_on: Callable[[], None], tell: Callable[[str], None]) -> AbstractContextManager[None]:  # noqa: ARG002
        return nullcontext()  # the file admits one process

    def _close_doors(self, connection: duckdb.DuckDBPyConnection) -> None:
        outside = connection.execute("SELECT current_setting('enable_external_access')").fetchone()
        if outside is not None and not outside[0]:
            return  # opened before in this process: DuckDB shares the database, and its doors are closed
        spill = self.folder / "spill"
        for setting in (
            f"temp_directory = {_text(spill)}",
            f"allowed_directories = [{_text(self.folder)}]",
            f"memory_limit = '{self.memory}'",
            "TimeZone = 'UTC'",
            "preserve_insertion_order = false",
            "python_enable_replacements = false",
            "autoinstall_known_extensions = false",
            "autoload_known_extensions = false",
            "enable_external_access = false",
        ):
            connection.execute(f"SET {setting}")
        if not self.read_only:
            connection.execute("ATTACH ':memory:' AS passing")

    def fetch(self, query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        with self._cursor() as cursor:
            relation = cursor.sql(query.sql(dialect=self.dialect, copy=False), params=dict(values))
            return relation.to_arrow_table()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own to the file; while the file is swapped, who comes waits."""
        with self._gate.passing(), self._connection.cursor() as cursor, passing_states(self.path):
            yield cursor

    def tables(self) -> dict[str, list[str]]:
        if self._tables is None:
            self._tables = self._read_tables()
        return self._tables

    def _read_tables(self) -> dict[str, list[str]]:
        with self._cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database()"
                " AND schema_name = 'main' ORDER BY table_name, column_index"
            )
            rows = cursor.fetchall()
        found: dict[str, list[str]] = {name: [] for name in FACTS}
        for table, column in rows:
            if table in found:
                found[table].append(column)
        return found

    def replace(self, changes: Sequence[Change]) -> None:
        with self._lock, self._cursor() as cursor:
            self._writing = cursor
            cursor.execute("BEGIN")
            try:
                for change in changes:
                    _apply(cursor, change)
                cursor.execute("COMMIT")
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                self._writing, self._tables = None, None

    def put(self, name: str, table: pa.Table) -> exp.Table:
        with self._cursor() as cursor:
            cursor.register("incoming", table)
            cursor.execute(f"CREATE OR REPLACE TABLE passing.{_name(name)} AS SELECT * FROM incoming")
        return exp.table_(name, db="main", catalog="passing", quoted=True)

    def drop(self, name: str) -> None:
        with self._cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS passing.{_name(name)}")

    def fresh(self) -> Engine:
        beside = self.path.with_name(self.path.name + ".rebuild")
        _remove(beside)
        return DuckDB(beside, self.folder, memory=self.memory)

    def adopt(self, fresh: Engine) -> None:
        if not isinstance(fresh, DuckDB):
            raise Bug("a DuckDB warehouse can only be swapped for a DuckDB file")
        fresh.close()
        with self._gate.alone():
            self._connection.close()
            wal = self.path.with_name(self.path.name + ".wal")
            wal.unlink(missing_ok=True)  # everything in it is in the file: closing checkpoints
            os.replace(fresh.path, self.path)
            self._connection, self._tables = self._connect(), None

    def abandon(self) -> None:
        self.close()
        _remove(self.path)

    def interrupt(self) -> None:
        cursor = self._writing
        if cursor is not None:
            cursor.interrupt()

    def close(self) -> None:
        with self._gate.alone():
            self._connection.close()


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for table, schema in schemas().items():
        columns = ", ".join(f"{_name(f.name)} {_TYPES[f.type]}{_stored(table, f.name)}" for f in schema)
        connection.execute(f"CREATE TABLE IF NOT EXISTS {_name(table)} ({columns})")


def _apply(cursor: duckdb.DuckDBPyConnection, change: Change) -> None:
    table = _name(change.table)
    if change.gone:
        _delete(cursor, change, change.gone)
    if not change.rows:
        return
    files = [str(p) for p in change.rows]
    columns = [row[0] for row in cursor.execute("DESCRIBE SELECT * FROM read_parquet($f)", {"f": files}).fetchall()]
    there = {row[0] for row in cursor.execute(f"DESCRIBE {table}").fetchall()}
    for name in columns:
        if name not in there:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {_name(name)} VARCHAR")
    _delete(cursor, change, change.rows)
    cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet($f)", {"f": files})


def _delete(cursor: duckdb.DuckDBPyConnection, change: Change, files: Sequence[Path]) -> None:
    table, first = _name(change.table), _name(change.keys[0])
    given = {"f": [str(p) for p in files]}
    firsts = f"SELECT DISTINCT {first} FROM read_parquet($f)"
    there = cursor.execute(f"SELECT 1 FROM {table} WHERE {first} IN ({firsts}) LIMIT 1", given).fetchone()
    if there is None:  # a first load: nothing to look for
        return
    same = " AND ".join(f"{table}.{_name(k)} = going.{_name(k)}" for k in change.keys)
    keys = ", ".join(_name(k) for k in change.keys)
    cursor.execute(f"DELETE FROM {table} USING (SELECT {keys} FROM read_parquet($f)) AS going WHERE {same}", given)


def _remove(path: Path) -> None:
    for left in (path, path.with_name(path.name + ".wal")):
        left.unlink(missing_ok=True)


def _stored(table: str, column: str) -> str:
    """Keys are nearly all different: trying to compress them costs a third of an import and gains little."""
    if table not in FACTS:
        return ""
    found = FACTS[table].column(column)
    is_key = found.type == pa.string() and (found.role == "key" or column in FACTS[table].clusters)
    return " USING COMPRESSION uncompressed" if is_key and column != "import_id" else ""


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # the failure itself ended the transaction
    except duckdb.FatalException:
        return  # the database closed itself; the write-ahead log is rolled back on opening


@contextmanager
def passing_states(path: Path) -> Iterator[None]:
    """What can pass by itself, in words: in use elsewhere, no space, no memory, stopped."""
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.OutOfMemoryException as error:
        raise NotNow(f"There is not enough memory or space to spill for this: {error}.", "Free some.") from error
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.ConnectionException,
        duckdb.TransactionException,
    ) as error:
        said = str(error)
        if "lock" in said.lower() or "different configuration" in said:
            raise NotNow(
                f"The warehouse {path.name} is in use by another process.",
                "A DuckDB file admits one process: end the other, or ask it.",
            ) from error
        if any(words in said.lower() for words in _NO_SPACE):
            raise NotNow(
                f"There is no space left for {path.name}; nothing was changed.", "Free some and retry."
            ) from error
        raise


def _name(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
