"""The engines: closed to the outside, and equal to each other."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from sqlglot import exp
from tests.warehouse.conftest import on_both
from tests.warehouse.staged import take_in
from tests.warehouse.test_archive import everything, versions

from peil.core.errors import NotNow, UserError
from peil.facts.schema import FACTS
from peil.warehouse.engines.duckdb import DuckDB
from peil.warehouse.open import Warehouse, open_warehouse


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM read_text('/etc/hosts')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '/tmp/peil-leak.csv'",
        "ATTACH '/tmp/peil-leak.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
    ],
)
def test_duckdb_reaches_nothing_outside_its_folders(warehouse: Warehouse, statement: str) -> None:
    assert isinstance(warehouse.engine, DuckDB)
    with pytest.raises(duckdb.Error):
        warehouse.engine._connection.execute(statement)


def test_values_are_bound_and_not_part_of_the_text(warehouse: Warehouse) -> None:
    take_in(warehouse, {"visits": [{"visit_id": "1", "device": "phone"}]})
    hostile = "phone'; DROP TABLE visits; --"
    place = exp.Placeholder(this="p0", kind=exp.DataType.build("VARCHAR"))
    query = exp.select(exp.Count(this=exp.Star()).as_("n")).from_("visits").where(exp.column("device").eq(place))
    assert warehouse.engine.fetch(query, {"p0": hostile})["n"].to_pylist() == [0]
    assert warehouse.engine.fetch(query, {"p0": "phone"})["n"].to_pylist() == [1]


def test_every_fact_is_there_from_the_start_with_every_column(warehouse: Warehouse) -> None:
    assert warehouse.engine.tables() == {name: fact.arrow().names for name, fact in FACTS.items()}


def test_a_second_writer_is_told_that_it_is_in_use(url: str, warehouse: Warehouse) -> None:
    with pytest.raises(NotNow, match="in use"):
        open_warehouse(url)


def test_addresses_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Did you mean 'duckdb'"):
        open_warehouse("duckbd:///x.duckdb")
    with pytest.raises(UserError, match="no warehouse at"):
        open_warehouse(f"duckdb:///{tmp_path / 'none.duckdb'}", read_only=True)


def test_a_file_held_by_another_process_is_said_to_be_in_use(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "peil.duckdb"
    held = f"import duckdb, time; c = duckdb.connect({str(path)!r}); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", held], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(NotNow, match="in use by another process"):
            open_warehouse(f"duckdb:///{path}")
        with pytest.raises(NotNow, match="in use by another process"):
            open_warehouse(f"duckdb:///{path}", read_only=True)
        process.kill()


@pytest.mark.slow
def test_clickhouse_gives_equal_rows_through_imports_undo_and_rebuild(tmp_path: Path) -> None:
    pytest.importorskip("chdb", reason="ClickHouse's own engine is an extra")
    imports = versions(11)
    with (
        open_warehouse(f"chdb:///{tmp_path / 'clickhouse'}") as one,
        open_warehouse(f"duckdb:///{tmp_path / 'd.duckdb'}") as two,
    ):
        for n, rows in enumerate(imports):
            take_in(one, rows, f"{n}.csv")
            take_in(two, rows, f"{n}.csv")
            assert everything(one) == everything(two)
        one.undo("2")
        two.undo("2")
        assert everything(one) == everything(two)
        one.rebuild()
        assert everything(one) == everything(two)
        assert [(e.number, e.status) for e in one.imports()] == [(e.number, e.status) for e in two.imports()]
        assert one.engine.tables() == two.engine.tables() | {"visits": one.engine.tables()["visits"]}


def test_clickhouse_binds_values_of_every_kind(tmp_path: Path) -> None:
    pytest.importorskip("chdb", reason="ClickHouse's own engine is an extra")
    with open_warehouse(f"chdb:///{tmp_path / 'clickhouse'}") as warehouse:
        take_in(warehouse, {"memberships": [{"membership_id": "é'1", "since": date(2026, 1, 2), "value": 1.5}]})
        for name, value, kind in (
            ("membership_id", "é'1", "VARCHAR"),
            ("since", date(2026, 1, 2), "DATE"),
            ("value", 1.5, "DOUBLE"),
        ):
            place = exp.Placeholder(this="p0", kind=exp.DataType.build(kind))
            query = exp.select("value").from_("memberships").where(exp.column(name).eq(place))
            assert warehouse.engine.fetch(query, {"p0": value})["value"].to_pylist() == [1.5]
        assert isinstance(warehouse.engine.fetch(query, {"p0": 1.5}), pa.Table)


def test_a_clickhouse_that_does_not_answer_is_said(tmp_path: Path) -> None:
    pytest.importorskip("clickhouse_connect", reason="ClickHouse is an extra")
    with pytest.raises(NotNow, match="does not answer"):
        open_warehouse(f"clickhouse://localhost:1/peil?archive={tmp_path / 'archive'}")


def test_a_folder_is_no_warehouse(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        open_warehouse(f"parquet:///{tmp_path}")


@on_both
def test_a_rebuild_waits_for_questions_and_questions_for_it(warehouse: Warehouse) -> None:
    """Who asks while the facts are made anew gets the old ones or the new ones, and never an error."""
    take_in(warehouse, {"visits": [{"visit_id": f"v{n}"} for n in range(500)]})
    query = (
        "SELECT count(DISTINCT a.visit_id || b.visit_id) AS n FROM visits AS a, (SELECT * FROM visits LIMIT 50) AS b"
    )
    found: list[int] = []
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            found.append(warehouse.engine.fetch(exp.maybe_parse(query, into=exp.Select), {}).to_pylist()[0]["n"])

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        try:
            while not found and not any(a.done() for a in asking):
                time.sleep(0.01)
            for _ in range(2):
                warehouse.rebuild()
        finally:
            ended.set()
        for one in asking:
            one.result()
    assert set(found) == {25_000}
