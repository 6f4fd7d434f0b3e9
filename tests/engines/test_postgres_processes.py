"""PostgreSQL is read and written by several processes: one loads at a time, the others wait or go on reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Server
from tests.warehouse.staged import Row, held, take_in

from peil.core.errors import NotNow
from peil.warehouse.engines import postgres as engine
from peil.warehouse.open import Warehouse, open_warehouse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
LOADER = """
import sys
from tests.warehouse.staged import take_in
from peil.warehouse.loading import importing
from peil.warehouse.open import open_warehouse

url, wait = sys.argv[1:]
make = importing.make

def slow(*given):
    print("loading", flush=True)
    sys.stdin.readline() if wait == "yes" else None
    return make(*given)

importing.make = slow
with open_warehouse(url) as warehouse:
    warehouse.tell = lambda words: print(words, flush=True)
    rows = [{"visit_id": str(n), "pages": int(url.endswith("b"))} for n in range(20)]
    report = take_in(warehouse, {"visits": rows}, "of-another-process.csv")
    print(report.import_id, flush=True)
"""


@pytest.fixture
def url(postgres: Server, tmp_path: Path) -> str:
    return postgres.new_warehouse(tmp_path)


@pytest.fixture
def warehouse(url: str) -> Iterator[Warehouse]:
    with open_warehouse(url) as opened:
        yield opened


def loader(url: str, *, waits: bool) -> subprocess.Popen[str]:
    """Another process that imports 20 visits; with `waits` it holds on, half-way, until it is written to."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, url, "yes" if waits else "no"], env=environment, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def busy(url: str, warehouse: Warehouse) -> Iterator[subprocess.Popen[str]]:
    """A process that is in the middle of an import."""
    process = loader(url, waits=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "loading\n"
    yield process
    process.kill()
    process.wait(timeout=60)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go on\n")
    process.stdin.flush()


def visits(*numbers: int) -> list[Row]:
    return [{"visit_id": f"own {n}"} for n in numbers]


def test_who_comes_second_is_told_and_waits(warehouse: Warehouse, busy: subprocess.Popen[str]) -> None:
    told: list[str] = []

    def tell(words: str) -> None:
        told.append(words)
        assert held(warehouse, "visits") == []  # reading goes on meanwhile
        let_go(busy)

    warehouse.tell = tell
    report = take_in(warehouse, {"visits": visits(1)})
    (said,) = told
    assert f"peil, process {busy.pid} on " in said
    assert "is loading into 127.0.0.1" in said
    assert "waiting for it, for 10 minutes at most" in said
    assert report.import_id.startswith("000002-")
    assert len(held(warehouse, "visits")) == 21
    assert [e.number for e in warehouse.imports()] == [1, 2]


def test_after_a_while_it_gives_up_and_nothing_is_changed(
    warehouse: Warehouse, busy: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.3)
    with pytest.raises(NotNow, match=rf"process {busy.pid} on .* nothing was changed. Try again when it is done"):
        take_in(warehouse, {"visits": visits(1)})
    assert warehouse.imports() == []


def test_ctrl_c_ends_the_waiting(url: str, warehouse: Warehouse, busy: subprocess.Popen[str]) -> None:
    waiting = loader(url, waits=False)
    assert waiting.stdout is not None
    assert "waiting for it" in waiting.stdout.readline()
    waiting.send_signal(signal.SIGINT)
    _, errors = waiting.communicate(timeout=60)
    assert waiting.returncode != 0
    assert "KeyboardInterrupt" in errors
    let_go(busy)
    assert busy.wait(timeout=60) == 0
    assert len(held(warehouse, "visits")) == 20
    assert len(warehouse.imports()) == 1
    assert warehouse.archive.jobs() == []


def test_a_killed_loader_lets_go_and_leaves_nothing(warehouse: Warehouse, busy: subprocess.Popen[str]) -> None:
    (job,) = warehouse.archive.jobs()
    assert warehouse.archive.left_behind() == []
    busy.kill()
    busy.wait(timeout=60)
    assert warehouse.archive.left_behind() == [job]
    take_in(warehouse, {"visits": visits(1)})
    assert warehouse.archive.jobs() == []
    assert [e.file_name for e in warehouse.imports()] == ["file.csv"]


def test_what_is_staged_by_one_process_is_not_swept_up_by_another(url: str, warehouse: Warehouse) -> None:
    with warehouse.begin_import("s", "slow.csv", "00" * 16, "m") as staging:
        with open_warehouse(url) as other:
            take_in(other, {"visits": visits(1)})
            assert len(other.archive.jobs()) == 1
        assert staging.commit().import_id.startswith("000002-")


def test_many_processes_load_at_once(url: str, warehouse: Warehouse) -> None:
    """Each import is whole, numbered apart, and seen by those who were open before."""
    processes = [loader(url, waits=False) for _ in range(2)]
    for n in range(2):
        take_in(warehouse, {"visits": visits(n)}, f"{n}.csv")
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    assert sorted(e.number for e in warehouse.imports()) == [1, 2, 3, 4]
    assert len(held(warehouse, "visits")) == 22
    found = held(warehouse, "visits")
    warehouse.rebuild()
    assert held(warehouse, "visits") == found


def test_a_rebuild_by_another_process_is_seen(url: str, warehouse: Warehouse) -> None:
    take_in(warehouse, {"visits": visits(1)})
    version = warehouse.remembered.version(warehouse.engine)
    with open_warehouse(url) as other:
        take_in(other, {"visits": visits(2)}, "b.csv")
        other.undo()
        other.rebuild()
    time.sleep(1.1)  # for so long a version may be remembered
    assert len(held(warehouse, "visits")) == 1
    assert warehouse.remembered.version(warehouse.engine) != version


def test_connections_that_are_lost_are_made_anew(postgres: Server, warehouse: Warehouse) -> None:
    take_in(warehouse, {"visits": visits(1)})
    with postgres.connect() as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'peil%'")
    assert len(held(warehouse, "visits")) == 1
    take_in(warehouse, {"visits": visits(2)}, "b.csv")
    assert len(held(warehouse, "visits")) == 2


def test_a_connection_lost_within_an_import_changes_nothing(
    postgres: Server, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock went with it, so the import may not go on as if nothing had happened."""
    take_in(warehouse, {"visits": visits(1)})
    count_anew = engine._count_anew

    def cut_off(*given: object) -> None:
        count_anew(*given)  # type: ignore[arg-type]
        with postgres.connect() as admin:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'peil%'")

    monkeypatch.setattr(engine, "_count_anew", cut_off)
    with pytest.raises(NotNow, match="does not answer"):
        take_in(warehouse, {"visits": visits(2)}, "b.csv")
    monkeypatch.undo()
    assert len(held(warehouse, "visits")) == 1
    assert warehouse.archive.jobs() == []
    take_in(warehouse, {"visits": visits(2)}, "b.csv")
    assert len(held(warehouse, "visits")) == 2


def test_a_file_of_duckdb_and_a_server_do_not_share_an_archive(tmp_path: Path, url: str, warehouse: Warehouse) -> None:
    take_in(warehouse, {"visits": visits(1)})
    with pytest.raises(NotNow, match="in use by another process"):
        open_warehouse(f"duckdb:///{tmp_path / 'peil.duckdb'}?archive={warehouse.folder}")
