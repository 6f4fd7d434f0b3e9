"""PostgreSQL: one schema of a database, that any number of processes read and one at a time changes.

A change is one transaction over all facts. Who makes one holds an advisory lock, on the very connection of that
transaction: who loses the one loses the other.
"""
# ruff: noqa: S608  names of tables and columns are quoted, everything else is bound

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from peil.core.errors import Bug, NotNow, UserError
from peil.facts.schema import FACTS
from peil.warehouse.engines import Change, Engine, key_of, schemas
from peil.warehouse.engines.postgres_rows import TYPES, batches_of, copy_in, fetch_arrow, printed
from peil.warehouse.engines.postgres_server import (
    Address,
    connect,
    holder_of,
    lock_number,
    open_pool,
    quoted,
    refuse_unfit,
    states_in_words,
    version_of,
)

READERS = 8
PATIENCE = 600.0  # seconds that a loader waits for another
_GLANCE = 0.2


class Postgres:
    """An `Engine`; threads read by connections of a pool, changes have one of their own."""

    dialect = "postgres"
    atomic = True
    shared = True

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        self.address, self.place = address, address.place
        self._schema = quoted(address.schema)
        self._loading = threading.RLock()
        self._writer: psycopg.Connection | None = None
        self._changing, self._stopped = False, False
        with connect(address, reading=read_only) as connection, states_in_words(self.place):
            refuse_unfit(connection, self.place)
            self.version = version_of(connection)
            if self._lacks_tables(connection):
                if read_only:
                    raise UserError(
                        f"There is no warehouse in the schema '{address.schema}' of {self.place}.",
                        "Import a file first, or name another with --warehouse.",
                    )
                self._create_tables(connection)
        with states_in_words(self.place):
            self._pool = open_pool(address, READERS)

    def describe(self) -> str:
        return f"{self.version} at {self.place}, schema {self.address.schema}"

    def _lacks_tables(self, connection: psycopg.Connection) -> bool:
        found = psycopg.RawCursor(connection).execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename = ANY($2)",
            [self.address.schema, list(schemas())],
        )
        row = found.fetchone()
        return row is None or row[0] < len(schemas())

    def _create_tables(self, connection: psycopg.Connection) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            # two processes may open a new warehouse at the same time
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(f"tables of {self.address.schema}")])
            there = cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [self.address.schema]).fetchone()
            if there is None:  # who may not make a schema may still be given one
                cursor.execute(f"CREATE SCHEMA {self._schema}".encode())
            for table, schema in schemas().items():
                if not cursor.execute("SELECT to_regclass(%s)", [f"{self._schema}.{quoted(table)}"]).fetchone()[0]:  # type: ignore[index]
                    cursor.execute(_definition(table, schema).encode())

    def fetch(self, query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        text, given = printed(query, values)
        with states_in_words(self.place), self._pool.connection() as connection:
            return fetch_arrow(connection, text, given)

    def tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in FACTS}
        text = (
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = ANY($2)"
            " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"
        )
        with states_in_words(self.place), self._pool.connection() as connection:
            for table, column in psycopg.RawCursor(connection).execute(text, [self.address.schema, list(FACTS)]):
                found[table].append(column)
        return found

    @contextmanager
    def alone(self, go_on: Callable[[], None], tell: Callable[[str], None]) -> Iterator[None]:
        """Keep other loaders out, of whatever process; who comes second is told, and waits."""
        with self._loading:
            if self._writer is not None:
                yield
                return
            with connect(self.address, reading=False) as connection:
                with states_in_words(self.place):
                    self._wait(connection, go_on, tell)
                self._writer = connection  # the lock ends with the connection
                try:
                    yield
                finally:
                    self._writer = None

    def _wait(self, connection: psycopg.Connection, go_on: Callable[[], None], tell: Callable[[str], None]) -> None:
        number, began = lock_number(f"loading {self.address.schema}"), time.monotonic()
        told = False
        while not connection.execute("SELECT pg_try_advisory_lock(%s)", [number]).fetchone()[0]:  # type: ignore[index]
            other = holder_of(connection, number)
            if time.monotonic() - began >= PATIENCE:
                raise NotNow(
                    f"{other} has been loading into {self.place} for {PATIENCE / 60:g} minutes; nothing was changed.",
                    "Try again when it is done, or end it.",
                )
            if not told:
                tell(f"{other} is loading into {self.place}; waiting for it, for {PATIENCE / 60:g} minutes at most.")
                told = True
            time.sleep(_GLANCE)
            go_on()

    @contextmanager
    def _change(self) -> Iterator[psycopg.Cursor[tuple[object, ...]]]:
        """A cursor of the connection that holds the lock, in a transaction that `interrupt` cuts off."""
        with self.alone(_on_and_on, _on_and_on), states_in_words(self.place):
            assert self._writer is not None
            self._changing, self._stopped = True, False
            try:
                with self._writer.transaction(), self._writer.cursor() as cursor:
                    yield cursor
                    self._go_on()
            except psycopg.errors.QueryCanceled:
                self._go_on()
                raise
            finally:
                self._changing = False

    def _go_on(self) -> None:
        if self._stopped:
            raise KeyboardInterrupt

    def replace(self, changes: Sequence[Change]) -> None:
        with self._change() as cursor:
            for change in changes:
                self._apply(cursor, change)
                self._go_on()

    def _apply(self, cursor: psycopg.Cursor[tuple[object, ...]], change: Change) -> None:
        table = quoted(change.table)
        if change.gone:
            _delete(cursor, change, change.gone)
        if not change.rows:
            return
        for path in change.rows:
            for name in pq.read_schema(path).names:
                if name.startswith("x_"):
                    cursor.execute(
                        f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {quoted(name)} {TYPES[pa.string()]}".encode()
                    )
        _delete(cursor, change, change.rows)
        for path in change.rows:
            copy_in(cursor, table, pq.read_schema(path).names, batches_of(path))
        _count_anew(cursor, change)

    def put(self, name: str, table: pa.Table) -> exp.Table:
        passing = _passing(name)
        columns = ", ".join(f"{quoted(f.name)} {TYPES[f.type]}" for f in table.schema)
        with self._change() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {quoted(passing)}".encode())
            cursor.execute(f"CREATE UNLOGGED TABLE {quoted(passing)} ({columns})".encode())
            copy_in(cursor, quoted(passing), table.column_names, table.to_batches(50_000))
            cursor.execute(f"ANALYZE {quoted(passing)}".encode())
        return exp.table_(passing, quoted=True)

    def drop(self, name: str) -> None:
        with self._change() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {quoted(_passing(name))}".encode())

    def fresh(self) -> Engine:
        before = f"{self.address.schema}_rebuild_"
        with self._change() as cursor:
            found = cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [before])
            for (left,) in found.fetchall():  # by a rebuild that was killed
                cursor.execute(f"DROP SCHEMA {quoted(str(left))} CASCADE".encode())
        return Postgres(replace(self.address, schema=before + secrets.token_hex(4)))

    def adopt(self, fresh: Engine) -> None:
        if not isinstance(fresh, Postgres):
            raise Bug("a PostgreSQL warehouse can only be swapped for a schema of PostgreSQL")
        fresh.close()
        try:
            with self._change() as cursor:
                for table in schemas():
                    _take_place(cursor, table, self.address.schema, fresh.address.schema)
                cursor.execute(f"DROP SCHEMA {quoted(fresh.address.schema)} CASCADE".encode())
        except BaseException:
            fresh.abandon()
            raise

    def abandon(self) -> None:
        with self._change() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {self._schema} CASCADE".encode())
        self.close()

    def interrupt(self) -> None:
        writer = self._writer
        if writer is not None and self._changing:
            self._stopped = True
            writer.cancel_safe()

    def close(self) -> None:
        self._pool.close()


def _on_and_on(said: str = "") -> None:
    """Nobody stops this or wants to be told."""


def _definition(table: str, schema: pa.Schema) -> str:
    """The key makes sure, and finds, what is replaced; the day finds a period, and the newest day at once."""
    columns = [f"{quoted(f.name)} {TYPES[f.type]}" for f in schema]
    if table != "rejects":
        columns.append(f"PRIMARY KEY ({', '.join(quoted(k) for k in reversed(key_of(table)))})")
    text = f"CREATE TABLE {quoted(table)} ({', '.join(columns)})"
    return f"{text}; CREATE INDEX ON {quoted(table)} (day)" if "day" in schema.names else text


def _take_place(cursor: psycopg.Cursor[tuple[object, ...]], table: str, schema: str, fresh: str) -> None:
    """Put the rebuilt table where the old one was. Who was given rights on that keeps them; a view of it stops this."""
    rights = cursor.execute(
        "SELECT grantee, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = %s AND table_name = %s AND grantee <> grantor",
        [schema, table],
    ).fetchall()
    place = f"{quoted(schema)}.{quoted(table)}"
    cursor.execute(f"DROP TABLE {place}".encode())
    cursor.execute(f"ALTER TABLE {quoted(fresh)}.{quoted(table)} SET SCHEMA {quoted(schema)}".encode())
    for role, right in rights:
        to = "PUBLIC" if role == "PUBLIC" else quoted(str(role))
        cursor.execute(f"GRANT {right} ON {place} TO {to}".encode())


def _delete(cursor: psycopg.Cursor[tuple[object, ...]], change: Change, files: Sequence[Path]) -> None:
    """Delete the rows whose keys stand in the files."""
    table, keys = quoted(change.table), [quoted(k) for k in change.keys]
    if cursor.execute(f"SELECT 1 FROM {table} LIMIT 1".encode()).fetchone() is None:
        return
    columns = ", ".join(f"{k} {TYPES[pa.string()]}" for k in keys)
    cursor.execute(f"CREATE TEMPORARY TABLE going ({columns}) ON COMMIT DROP".encode())
    copy_in(cursor, "going", change.keys, _all_batches(files, change.keys))
    cursor.execute("ANALYZE going")
    same = " AND ".join(f"{table}.{k} = going.{k}" for k in keys)
    cursor.execute(f"DELETE FROM {table} USING (SELECT DISTINCT * FROM going) AS going WHERE {same}".encode())
    cursor.execute("DROP TABLE going")


def _count_anew(cursor: psycopg.Cursor[tuple[object, ...]], change: Change) -> None:
    """Tell the planner of a table that grew by a tenth: taken for empty, it would be gone through row by row."""
    found = cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [quoted(change.table)]).fetchone()
    rows = sum(pq.read_metadata(path).num_rows for path in change.rows)
    if found is None or rows * 10 >= float(str(found[0])):
        cursor.execute(f"ANALYZE {quoted(change.table)}".encode())


def _all_batches(files: Sequence[Path], columns: Sequence[str]) -> Iterable[pa.RecordBatch]:
    for path in files:
        for batch in batches_of(path, columns):
            yield batch.select(list(columns))


def _passing(name: str) -> str:
    return f"_passing_{name}"
