"""The app as it is run when it has outgrown its own files: four processes, both stores in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.ops.server import Serving, serving
from tests.postgres import Server


@dataclass(frozen=True)
class Office:
    """A server at work, and where its stores are."""

    server: Serving
    database: str
    warehouse: str
    home: Path

    @property
    def named(self) -> dict[str, str]:
        """For a command beside it."""
        return {"DATABASE_URL": self.database, "PEIL_WAREHOUSE": self.warehouse, "PEIL_HOME": str(self.home)}


@pytest.fixture(scope="module")
def office(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home = tmp_path_factory.mktemp("office")
    database, warehouse = postgres.url(postgres.new_database()), postgres.new_warehouse(home)
    options = ("--processes", "4", "--warehouse", warehouse)
    with serving(home, *options, DATABASE_URL=database, PEIL_HOME=str(home)) as server:
        yield Office(server, database, warehouse, home)
