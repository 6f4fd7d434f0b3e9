"""An import that is cut off, by a kill, by Ctrl-C or by a full disk, leaves all of it or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlglot import exp
from tests.postgres import Server
from tests.warehouse.conftest import on_both
from tests.warehouse.staged import Row, take_in

from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
ROWS = 3000
CHILD = """
import os, signal, sys
from tests.warehouse.staged import take_in
from tests.warehouse.loading.test_load_stopped import rows
from peil.sources.unneeded import leave_out_pandas
from peil.warehouse.loading import archive, importing
from peil.warehouse.open import open_warehouse

leave_out_pandas()
url, where, first = sys.argv[1], sys.argv[2], int(sys.argv[3])

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def dying_after(function):
    def call(*args, **kwargs):
        function(*args, **kwargs)
        die()
    return call

with open_warehouse(url) as warehouse:
    take_in(warehouse, {"interactions": rows(0)}, "first.csv") if first else None
    if where == "ready":
        importing.write_ready = dying_after(importing.write_ready)
    if where == "half":
        apply, calls = type(warehouse.engine)._apply, []
        def half(*given):
            calls.append(given)
            die() if len(calls) == 2 else apply(*given)
        type(warehouse.engine)._apply = half
    if where == "loaded":
        importing.finish = die
    if where == "published":
        archive.discard = die
    if where == "full":
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)
    print("go", flush=True)
    take_in(warehouse, {"interactions": rows(1), "answers": [{"answer_id": str(n), "kind": "nps"} for n in range(50)]}, "second.csv")
    print("done", flush=True)
"""


def rows(version: int) -> list[Row]:
    """Contacts; the second version changes half of them and adds as many again."""
    return [
        {"interaction_id": str(n), "customer_id": str(n % 500), "cost": float(version), "channel": "phone"}
        for n in range(version * ROWS // 2, ROWS + version * ROWS // 2)
    ]


def child(url: str, where: str, *more: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url, where, *more], env=environment, cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def assert_all_or_nothing(url: str) -> str:
    """What the warehouse holds, which must be whole; then the next import runs."""
    with open_warehouse(url) as warehouse:
        state = assert_whole(warehouse)
        take_in(warehouse, {"interactions": rows(1)}, "next.csv")
        assert len(column(warehouse, "interactions", "cost")) == ROWS + ROWS // 2
    return state


def column(warehouse: Warehouse, fact: str, name: str) -> list[object]:
    query = exp.select(name).from_(exp.to_table(fact))
    found: list[object] = warehouse.engine.fetch(query, {})[name].to_pylist()
    return found


def assert_whole(warehouse: Warehouse) -> str:
    costs, answers = column(warehouse, "interactions", "cost"), len(column(warehouse, "answers", "kind"))
    found = (costs.count(0.0), costs.count(1.0), answers, len(warehouse.imports()))
    assert found in {(ROWS, 0, 0, 1): "nothing", (ROWS // 2, ROWS, 50, 2): "all"}, found
    assert warehouse.archive.jobs() == []
    assert [m.import_id for m in warehouse.archive.manifests()] == [e.import_id for e in warehouse.imports()]
    return "all" if answers else "nothing"


@pytest.mark.parametrize(
    ("scheme", "where", "state"),
    [
        ("duckdb", "ready", "nothing"),
        ("duckdb", "loaded", "all"),
        ("duckdb", "published", "all"),
        ("chdb", "ready", "all"),  # no transactions: what was ready is made again from its files
        ("chdb", "half", "all"),
        ("chdb", "loaded", "all"),
        ("postgresql", "ready", "nothing"),
        ("postgresql", "half", "nothing"),
        ("postgresql", "loaded", "all"),
        ("postgresql", "published", "all"),
    ],
)
def test_killed_at_every_step(
    request: pytest.FixtureRequest, tmp_path: Path, scheme: str, where: str, state: str
) -> None:
    if scheme == "chdb":
        pytest.importorskip("chdb", reason="ClickHouse's own engine is an extra")
    url = f"{scheme}:///{tmp_path / 'peil.db'}"
    if scheme == "postgresql":
        url = request.getfixturevalue("postgres").new_warehouse(tmp_path)
    process = child(url, where, "1")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, errors
    assert assert_all_or_nothing(url) == state


@pytest.mark.parametrize("rounds", [3, pytest.param(40, marks=pytest.mark.full)])
def test_killed_at_any_moment(tmp_path: Path, rounds: int) -> None:
    with open_warehouse(f"duckdb:///{tmp_path / 'before' / 'peil.duckdb'}") as warehouse:
        take_in(warehouse, {"interactions": rows(0)}, "first.csv")
    chance = random.Random(rounds)
    for number in range(rounds):
        folder = shutil.copytree(tmp_path / "before", tmp_path / str(number))
        kill_at_some_moment(f"duckdb:///{folder / 'peil.duckdb'}", chance)


@pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.full)])
def test_postgresql_killed_at_any_moment(tmp_path: Path, postgres: Server, rounds: int) -> None:
    """The process that imports; its half transaction goes with its connection."""
    chance = random.Random(rounds)
    for number in range(rounds):
        url = postgres.new_warehouse(tmp_path / str(number))
        with open_warehouse(url) as warehouse:
            take_in(warehouse, {"interactions": rows(0)}, "first.csv")
        kill_at_some_moment(url, chance)


def kill_at_some_moment(url: str, chance: random.Random) -> None:
    process = child(url, "any", "0")
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    time.sleep(chance.uniform(0, 0.7))
    process.kill()
    process.communicate(timeout=60)
    assert_all_or_nothing(url)


@pytest.mark.parametrize("limit", [20_000, 250_000, 800_000])
def test_a_disk_that_is_full_is_said_and_changes_nothing(tmp_path: Path, limit: int) -> None:
    """A limit on the size of files stands in for a full disk: the write fails half-way."""
    url = f"duckdb:///{tmp_path / 'peil.duckdb'}"
    process = child(url, "full", "1", str(limit))
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, out) == (1, "go\n")
    last = errors.strip().splitlines()[-1]
    assert last.startswith("peil.core.errors.NotNow: There is no space left"), errors
    assert "Free some" in last
    assert assert_all_or_nothing(url) == "nothing"


@on_both
@pytest.mark.parametrize("after", [0.02, 0.1, 0.25, 0.5])
def test_ctrl_c_stops_it_or_comes_too_late(url: str, warehouse: Warehouse, after: float) -> None:
    take_in(warehouse, {"interactions": rows(0)}, "first.csv")
    timer = threading.Timer(after, os.kill, (os.getpid(), signal.SIGINT))
    facts: dict[str, list[Row]] = {
        "interactions": rows(1),
        "answers": [{"answer_id": str(n), "kind": "nps"} for n in range(50)],
    }
    done = False
    try:
        timer.start()
        take_in(warehouse, facts, "second.csv")
        done = True
        timer.join()
        time.sleep(0.05)
    except KeyboardInterrupt:
        pass
    assert (assert_whole(warehouse) == "all") >= done
    take_in(warehouse, {"interactions": rows(1)}, "next.csv")
    assert len(column(warehouse, "interactions", "cost")) == ROWS + ROWS // 2
