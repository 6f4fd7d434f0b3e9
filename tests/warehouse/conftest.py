"""A warehouse of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Server

from peil.warehouse.open import Warehouse, open_warehouse

on_both = pytest.mark.parametrize("url", ["duckdb", "postgresql"], indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A DuckDB file, unless the test is `on_both`."""
    if getattr(request, "param", "duckdb") == "duckdb":
        return f"duckdb:///{tmp_path / 'peil.duckdb'}"
    server: Server = request.getfixturevalue("postgres")
    return server.new_warehouse(tmp_path)


@pytest.fixture
def warehouse(url: str) -> Iterator[Warehouse]:
    with open_warehouse(url) as opened:
        yield opened
