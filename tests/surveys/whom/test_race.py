"""Several processes ask the same people at once, on both databases: one row a cause, and nobody asked twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from tests.ops.server import environment, url_of
from tests.postgres import Server
from tests.surveys.whom.race import EVENTS, PEOPLE

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SQL = "SELECT cause, held_back, address_person FROM surveys_request"
PROCESSES = 3


def race(folder: Path, **more: str) -> None:
    told = environment(
        PEIL_HOME=str(folder), PEIL_WAREHOUSE=url_of(folder), DJANGO_SETTINGS_MODULE="peil.web.settings", **more
    )
    command = [sys.executable, "-m", "tests.surveys.whom.race"]
    made = subprocess.run([*command, "make"], env=told, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    survey = made.stdout.split()[-1]
    running = [
        subprocess.Popen(
            [*command, "ask", survey, str(seed)], env=told, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )
        for seed in range(PROCESSES)
    ]  # fmt: skip
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        _, said = process.communicate(timeout=180)
        assert process.returncode == 0, said


def check(rows: list[tuple[str, str, str]]) -> None:
    assert Counter(cause for cause, _, _ in rows) == {f"event {n}": 1 for n in range(EVENTS)}
    asked = Counter(person for _, held, person in rows if not held)
    assert len(asked) == PEOPLE // 2  # two customers to an address
    assert set(asked.values()) == {1}
    assert {held for _, held, _ in rows} == {"", "resting"}


def test_at_once_on_sqlite(tmp_path: Path) -> None:
    import sqlite3

    race(tmp_path)
    connection = sqlite3.connect(tmp_path / "peil.sqlite3")
    check(connection.execute(SQL).fetchall())
    connection.close()


@pytest.mark.parametrize("rounds", [1, pytest.param(8, marks=pytest.mark.full)])
def test_at_once_on_postgresql(tmp_path: Path, postgres: Server, rounds: int) -> None:
    for n in range(rounds):
        url = postgres.url(postgres.new_database())
        race(tmp_path / str(n), DATABASE_URL=url)
        with psycopg.connect(url) as connection:
            check(connection.execute(SQL).fetchall())
