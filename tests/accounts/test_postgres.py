"""The same promises where accounts are kept in PostgreSQL: one first, a log that only grows, counts that are shared."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.accounts.test_joining import AT_ONCE
from tests.postgres import Server

LOG = """
from peil.web.serving.running import set_up
set_up()
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from peil.accounts.append_only import TABLE
from peil.accounts.audit import entries, record
record(None, "exported", "nps.csv")
for statement in (f"UPDATE {TABLE} SET about = ''", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE}"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        print("changed")
    except DatabaseError as error:
        print("refused" if "only be added to" in str(error) else error)
cache.set("tries", 1, 60)
cache.incr("tries")
print(entries()[0].about, cache.get("tries"), connection.vendor)
"""


def run(code: str, url: str, folder: Path) -> str:
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env={**os.environ, "PEIL_HOME": str(folder), "PEIL_WAREHOUSE": "", "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


@pytest.mark.slow
def test_the_log_only_grows_and_attempts_are_counted_for_all_processes(postgres: Server, tmp_path: Path) -> None:
    told = run(LOG, postgres.url(postgres.new_database()), tmp_path)
    assert told.splitlines() == ["refused", "refused", "refused", "nps.csv 2 postgresql"]


@pytest.mark.slow
def test_of_four_at_the_same_moment_one_is_first(postgres: Server, tmp_path: Path) -> None:
    assert run(AT_ONCE, postgres.url(postgres.new_database()), tmp_path) == "['first', 'late', 'late', 'late'] 1"
