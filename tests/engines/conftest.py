"""The same facts on DuckDB, on PostgreSQL and on ClickHouse's own engine, which runs in this process (chDB)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TypeAlias

import pytest
from tests.generated.loading import load, open_new
from tests.generated.sets import generate
from tests.postgres import Server

from peil.warehouse.open import Warehouse

SETS = 40
PLACES = ("duckdb", "chdb", "postgresql")
Engines: TypeAlias = dict[str, Warehouse]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> Iterator[Engines]:
    facts = generate(SETS, seed=2)
    with ExitStack() as stack:
        opened = {}
        for place in PLACES:
            folder = tmp_path_factory.mktemp(place)
            url = postgres.new_warehouse(folder) if place == "postgresql" else f"{place}:///{folder / 'peil.db'}"
            opened[place] = stack.enter_context(open_new(folder, url))
        for warehouse in opened.values():
            load(warehouse, facts)
        yield opened
