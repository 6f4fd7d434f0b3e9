"""A PostgreSQL server: its address, its connections, and what it says in words.

The password of an address goes to libpq and nowhere else: no error, log or `repr` has it.
"""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
import psycopg_pool
from psycopg.types.numeric import Int4BinaryLoader, Int8BinaryLoader

from peil.core.errors import NotNow, PeilError, UserError, did_you_mean

DATABASE = SCHEMA = "peil"
_OLDEST = 13
_LONGEST = 40  # bytes of a schema's name; a rebuild adds some, and PostgreSQL cuts off after 63
_OURS = ("archive", "schema")
_PASSED_ON = ("connect_timeout", "host", "sslcert", "sslkey", "sslmode", "sslrootcert")
_SETTINGS = (
    "SET TimeZone = 'UTC'",
    "SET work_mem = '64MB'",  # groups are counted in memory: with the server's 4 MB they would be sorted on disk
    "SET jit = off",  # compiling takes longer than most of our statements
)


@dataclass(frozen=True, slots=True)
class Address:
    """Which schema of which database; `given` is what libpq gets."""

    given: Mapping[str, str] = field(repr=False)
    schema: str

    @property
    def place(self) -> str:
        """The address as people may see it."""
        host = self.given.get("host") or "localhost"
        return f"{host}:{self.given.get('port', '5432')}/{self.given['dbname']}"


def read_address(url: str) -> Address:
    """The address in `postgresql://user:password@host:port/database?schema=...`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _unreadable() from None
    if "@" in parts.path + parts.query + parts.fragment or parts.fragment:
        raise _unreadable()
    asked = dict(parse_qsl(parts.query))
    for name in asked:
        if name not in (*_OURS, *_PASSED_ON):
            raise UserError(
                f"An address of PostgreSQL has no '{name}'.", did_you_mean(name, sorted((*_OURS, *_PASSED_ON)))
            )
    given = {
        "host": parts.hostname or "",
        "port": str(port) if port else "",
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "dbname": unquote(parts.path.strip("/")) or DATABASE,
        **{name: asked[name] for name in _PASSED_ON if name in asked},
    }
    return Address({name: word for name, word in given.items() if word}, _schema(asked.get("schema", SCHEMA)))


def _unreadable() -> UserError:
    return UserError(
        "The address of PostgreSQL can't be read.",
        "Write postgresql://user:password@host:port/database, with %40 for @, %23 for #, %2F for / and %3F for ? in a "
        "password; or leave the password out and set PGPASSWORD.",
    )


def _schema(name: str) -> str:
    if not name or name.startswith("pg_") or len(name.encode()) > _LONGEST or "\0" in name:
        raise UserError(f"'{name}' can't be the name of a schema.", f"Give a short word, such as schema={SCHEMA}.")
    return name


def connect(address: Address, *, reading: bool) -> psycopg.Connection:
    """One connection, each statement a transaction of its own unless one is begun."""
    with states_in_words(address.place):
        connection = psycopg.connect(**_arguments(address))  # type: ignore[arg-type]
        set_up(connection, address.schema, reading=reading)
        return connection


def open_pool(address: Address, size: int) -> psycopg_pool.ConnectionPool:
    """Connections to read by, as many as threads ask at the same time; one that was lost is replaced."""
    return psycopg_pool.ConnectionPool(
        kwargs=_arguments(address), min_size=1, max_size=size, open=True, num_workers=1, timeout=15, name="peil",
        configure=lambda connection: set_up(connection, address.schema, reading=True),
        check=psycopg_pool.ConnectionPool.check_connection,
    )  # fmt: skip


def _arguments(address: Address) -> dict[str, object]:
    """No statement is prepared for later: after a rebuild it would mean tables that are gone."""
    own: dict[str, object] = {"autocommit": True, "prepare_threshold": None, "client_encoding": "utf8"}
    name = f"peil, process {os.getpid()} on {socket.gethostname()}"
    return {"connect_timeout": "10", "application_name": name, **address.given, **own}


def set_up(connection: psycopg.Connection, schema: str, *, reading: bool) -> None:
    """One round trip for all settings. Times and days are read as numbers: no Python object each."""
    path = f"SET search_path = {quoted(schema)}"
    only = f"SET default_transaction_read_only = {'on' if reading else 'off'}"
    connection.execute("; ".join((*_SETTINGS, path, only)).encode())
    connection.adapters.register_loader("timestamptz", Int8BinaryLoader)
    connection.adapters.register_loader("date", Int4BinaryLoader)


def refuse_unfit(connection: psycopg.Connection, place: str) -> None:
    """Text is kept as it is given, so the database must take any character."""
    if connection.info.server_version < _OLDEST * 10_000:
        raise UserError(
            f"{version_of(connection)} at {place} is too old.", f"Peil needs PostgreSQL {_OLDEST} or newer."
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise UserError(
            f"The database {place} keeps text as {encoding}, which lacks characters.",
            "Make one with: createdb --encoding=UTF8 --template=template0 peil",
        )


def version_of(connection: psycopg.Connection) -> str:
    number = connection.info.server_version
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def holder_of(connection: psycopg.Connection, number: int) -> str:
    """Who holds the lock, as it named itself; PostgreSQL keeps the number of a lock in two halves."""
    found = connection.execute(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory'"
        " AND l.granted AND (l.classid::bigint << 32 | l.objid::bigint) = %s"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        [number],
    ).fetchone()
    return str(found[0]) if found and found[0] else "another process"


def lock_number(words: str) -> int:
    """The number of an advisory lock, of 63 bits."""
    return int.from_bytes(hashlib.sha256(f"peil: {words}".encode()).digest()[:8], "big") >> 1


@contextmanager
def states_in_words(place: str) -> Iterator[None]:
    """What can pass by itself or a person can mend, in words; the rest is a bug and stays as it is."""
    try:
        yield
    except (psycopg.Error, psycopg_pool.PoolTimeout) as error:
        said = _in_words(error, place)
        if said is None:
            raise
        raise said from error


def _in_words(error: Exception, place: str) -> PeilError | None:
    said = str(error).strip().partition("\n")[0]
    match error:
        case psycopg.errors.DiskFull():
            return NotNow(f"There is no space left for {place}; nothing was changed.", "Free some and retry.")
        case psycopg.errors.OutOfMemory():
            return NotNow(f"{place} has not enough memory for this: {said}.", "Free some and retry.")
        case psycopg.errors.InsufficientPrivilege():
            return UserError(f"{place} does not allow this: {said}.", "Have the role granted what it lacks.")
        case psycopg.errors.ProgramLimitExceeded():
            return UserError(f"{place} can't keep this: {said}.", "Keys have to be shorter than 2,600 bytes.")
        case psycopg.errors.ReadOnlySqlTransaction():
            return UserError(f"{place} takes no changes: {said}.", "Name the primary server, not a copy of it.")
        case psycopg.errors.DependentObjectsStillExist():
            return UserError(
                f"Something of yours hangs on the tables of {place}; nothing was changed. {error.diag.message_detail}",
                "Drop it, and make it again afterwards.",
            )
        case psycopg.errors.QueryCanceled():
            return NotNow(f"{place} cut a statement off: {said}.", "Raise statement_timeout for this role.")
        case psycopg.errors.UndefinedTable() | psycopg.errors.InvalidSchemaName():
            return NotNow(f"The tables of {place} are gone: {said}.", "Open the warehouse again.")
        case psycopg.OperationalError() | psycopg_pool.PoolTimeout():
            return NotNow(
                f"PostgreSQL at {place} does not answer: {said}.", "Start it, or mend the address or the password."
            )
    return None


def quoted(word: str) -> str:
    """The name of a schema, table or column in a statement."""
    return '"' + word.replace('"', '""') + '"'
