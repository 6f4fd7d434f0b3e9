"""Several processes at one outbox, and processes that are killed in the middle: nothing is lost, nothing is stuck."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from tests.ops.worker import HEARTBEAT
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
INSERT = (
    "INSERT INTO ops_outboxrow (uid, kind, key, lane, payload, state, attempts, reason, created_at, not_before, lease)"
    " VALUES ({0}, 'line', NULL, 'quick', {0}, 'waiting', 0, '', {0}, {0}, '')"
)
PAST = "2026-01-01 00:00:00"


class Place:
    """One database with an outbox in it, and the processes that work on it."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.lines = folder / "lines"
        self.lines.touch()
        self.url, self._database = url, folder / "peil.sqlite3"
        self.environment = os.environ | {"PEIL_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "peil.web.settings"}
        self.environment.pop("DATABASE_URL", None)
        if url:
            self.environment["DATABASE_URL"] = url

    def migrate(self) -> None:
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=self.environment, cwd=ROOT, check=True)

    def sql(self, statement: str, rows: list[tuple[str, ...]] | None = None) -> list[tuple[object, ...]]:
        if self.url:
            with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
                if rows is not None:
                    cursor.executemany(statement.format("%s").encode(), rows)
                    return []
                return cursor.execute(statement.encode()).fetchall()
        connection = sqlite3.connect(self._database, timeout=20)
        try:
            with connection:
                if rows is not None:
                    connection.executemany(statement.format("?"), rows)
                    return []
                return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def put(self, count: int, seconds: float) -> set[str]:
        """Rows in line; their ids."""
        ids = [str(uuid.uuid4()) for _ in range(count)]
        stored = ids if self.url else [i.replace("-", "") for i in ids]
        self.sql(INSERT, [(i, f'{{"seconds": {seconds}}}', PAST, PAST) for i in stored])
        return set(ids)

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.ops.worker", str(self.lines)]
        process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"running\n"
        return process

    def wait(self, count: int) -> None:
        """Until so many rows are done."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.sql("SELECT count(*) FROM ops_outboxrow WHERE state = 'done'") == [(count,)]:
                return
            time.sleep(0.05)
        pytest.fail(f"stuck: {self.sql('SELECT id, state, attempts, reason FROM ops_outboxrow')}")

    def done(self) -> Counter[str]:
        return Counter(line.split()[0] for line in self.lines.read_text().splitlines())


def end(process: subprocess.Popen[bytes]) -> None:
    process.communicate(timeout=30)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    Place(folder, None).migrate()
    return folder / "peil.sqlite3"


@pytest.fixture
def sqlite(tmp_path: Path, migrated: Path) -> Place:
    shutil.copy(migrated, tmp_path)
    return Place(tmp_path, None)


@pytest.fixture(scope="module")
def migrated_postgresql(tmp_path_factory: pytest.TempPathFactory, postgres: Server) -> str:
    name = postgres.new_database()
    Place(tmp_path_factory.mktemp("migrated"), postgres.url(name)).migrate()
    return name


@pytest.fixture
def postgresql(tmp_path: Path, postgres: Server, migrated_postgresql: str) -> Place:
    copy = f"c{uuid.uuid4().hex[:12]}"
    with postgres.connect() as connection:
        connection.execute(f"CREATE DATABASE {copy} TEMPLATE {migrated_postgresql}".encode())
    return Place(tmp_path, postgres.url(copy))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found


@pytest.mark.slow
def test_two_processes_do_each_row_once(place: Place) -> None:
    ids = place.put(120, 0.01)
    processes = [place.start(), place.start()]
    place.wait(120)
    for process in processes:
        end(process)
    assert place.done() == Counter(ids)
    who = Counter(line.split()[1] for line in place.lines.read_text().splitlines())
    assert min(who[str(p.pid)] for p in processes) > 10, "both did their part"


@pytest.mark.slow
def test_work_longer_than_a_lease_is_done_once(sqlite: Place) -> None:
    ids = sqlite.put(1, 8 * HEARTBEAT)
    processes = [sqlite.start(), sqlite.start()]
    sqlite.wait(1)
    for process in processes:
        end(process)
    assert sqlite.done() == Counter(ids)


def _killed(place: Place, times: int, seed: int) -> None:
    chance = random.Random(seed)
    ids = place.put(40 * times, 0.01)
    for _ in range(times):
        process = place.start()
        time.sleep(chance.uniform(0.05, 0.4))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    last = place.start()
    place.wait(len(ids))
    end(last)
    done = place.done()
    assert set(done) == ids, "none lost"
    assert sum(done.values()) - len(ids) <= times, "again only what was under way when a process was killed"
    assert place.sql("SELECT count(*) FROM ops_outboxrow WHERE lease <> ''") == [(0,)]


@pytest.mark.slow
def test_killed_in_the_middle_of_work(place: Place) -> None:
    _killed(place, 2, seed=1)


@pytest.mark.full
def test_killed_in_the_middle_of_work_twenty_times(place: Place) -> None:
    _killed(place, 20, seed=2)
