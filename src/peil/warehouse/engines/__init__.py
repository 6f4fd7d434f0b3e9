"""Where the facts are kept for analysis: one protocol, an engine per database.

An engine runs statements and swaps rows; it knows nothing of KPIs. What one lacks is data: `atomic`
says whether `replace` is one transaction, `shared` whether several processes may write, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
from sqlglot import exp

from peil.facts.schema import FACTS, TEXT, TIME, WHOLE

IMPORTS = pa.schema(
    [
        ("import_id", TEXT),
        ("number", WHOLE),
        ("source", TEXT),
        ("file_name", TEXT),
        ("file_hash", TEXT),
        ("mapping_hash", TEXT),
        ("imported_at", TIME),
        ("rows", TEXT),  # JSON: rows kept, per fact
        ("rejected", WHOLE),
        ("status", TEXT),  # loaded, undone
        ("version", WHOLE),  # counts every change of the warehouse
    ]
)
REJECTS = pa.schema(
    [
        ("import_id", TEXT),
        ("fact", TEXT),
        ("row", WHOLE),
        ("column", TEXT),
        ("value", TEXT),
        ("reason", TEXT),
        ("remedy", TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """Rows to put in a table: those with the same key go, and those whose key stands in `gone`.

    Both are Parquet files; `rows` hold complete rows, `gone` the key columns alone.
    """

    table: str
    keys: tuple[str, ...]
    rows: Sequence[Path] = ()
    gone: Sequence[Path] = ()


class Engine(Protocol):
    dialect: str  # sqlglot's name
    atomic: bool
    shared: bool

    def describe(self) -> str:
        """Its name, version and place, for people; no password is in it."""

    def alone(self, go_on: Callable[[], None], tell: Callable[[str], None]) -> AbstractContextManager[None]:
        """Keep every other loader out, where processes share the engine.

        Who comes second waits: `tell` is given the words for it, and `go_on` raises when that was stopped.
        """

    def fetch(self, query: exp.Query, values: Mapping[str, object]) -> pa.Table:
        """The rows of a query. Printing spends its tree: a query that is needed again is given as a copy."""

    def tables(self) -> dict[str, list[str]]:
        """The facts and the columns that exist."""

    def replace(self, changes: Sequence[Change]) -> None:
        """Make all changes, in one transaction where the engine has them, the last one last elsewhere."""

    def put(self, name: str, table: pa.Table) -> exp.Table:
        """A passing table that later statements may join with."""

    def drop(self, name: str) -> None: ...

    def fresh(self) -> Engine:
        """An empty warehouse beside this one, to rebuild into."""

    def adopt(self, fresh: Engine) -> None:
        """Have the rebuilt one's tables in place of one's own; questions under way end first."""

    def abandon(self) -> None:
        """Close and remove a `fresh` one that will not be adopted."""

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


def schemas() -> dict[str, pa.Schema]:
    """Every table of a warehouse as it begins, without extra columns."""
    return {name: fact.arrow() for name, fact in FACTS.items()} | {"imports": IMPORTS, "rejects": REJECTS}


def key_of(table: str) -> tuple[str, ...]:
    """The columns by which rows are replaced."""
    return ("source", FACTS[table].key) if table in FACTS else ("import_id",)
