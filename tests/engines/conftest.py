"""The same facts on DuckDB and on ClickHouse's own engine, which runs in this process (chDB)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TypeAlias

import pytest
from tests.generated.loading import load, open_new
from tests.generated.sets import generate

from peil.warehouse.open import Warehouse

SETS = 40
Engines: TypeAlias = dict[str, Warehouse]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    facts = generate(SETS, seed=2)
    with ExitStack() as stack:
        opened = {
            scheme: stack.enter_context(open_new(tmp_path_factory.mktemp(scheme), scheme))
            for scheme in ("duckdb", "chdb")
        }
        for warehouse in opened.values():
            load(warehouse, facts)
        yield opened
