"""The server itself is killed in the middle of work: every mail goes out, once or again, and is one message."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest
from tests.ops.server import Serving, serving, start

MAILS = 60  # a server; some are still in line when it is killed
PAST = "2026-01-01 00:00:00"


def _put_mails(folder: Path, count: int) -> set[str]:
    """Mails in line; their ids."""
    ids = [str(uuid.uuid4()) for _ in range(count)]
    mail = {"to": "k@example.nl", "subject": "s", "text": "t", "html": None, "headers": {}}
    rows = [(i.replace("-", ""), json.dumps(mail), PAST, PAST) for i in ids]
    connection = sqlite3.connect(folder / "peil.sqlite3", timeout=20)
    with connection:
        connection.executemany(
            "INSERT INTO ops_outboxrow (uid, kind, lane, payload, state, attempts, reason, created_at, not_before, lease)"
            " VALUES (?, 'mail', 'quick', ?, 'waiting', 0, '', ?, ?, '')",
            rows,
        )
    connection.close()
    return set(ids)


def _done(folder: Path) -> int:
    connection = sqlite3.connect(folder / "peil.sqlite3", timeout=20)
    found = connection.execute("SELECT count(*) FROM ops_outboxrow WHERE state = 'done'").fetchone()[0]
    connection.close()
    return int(found)


def _kill_while_at_work(folder: Path, chance: random.Random) -> None:
    server = start(folder)
    server.wait_until_up(120)
    before, until = _done(folder), time.monotonic() + 60
    while _done(folder) <= before and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.2))
    for pid in _pids(server):
        os.kill(pid, signal.SIGKILL)
    server.process.wait()


def _pids(server: Serving) -> list[int]:
    return [server.process.pid, *server.workers()]


def _sent(folder: Path) -> Counter[str]:
    """How often each message was sent, by its Message-ID."""
    text = "\n".join(path.read_text() for path in (folder / "mail").iterdir())
    return Counter(re.findall(r"^Message-ID: <([0-9a-f-]+)@", text, re.MULTILINE))


def _killed(folder: Path, times: int) -> None:
    ids, chance = _put_mails(folder, MAILS * times), random.Random(7)
    for _ in range(times):
        _kill_while_at_work(folder, chance)
    with serving(folder):
        until = time.monotonic() + 180
        while _done(folder) < len(ids) and time.monotonic() < until:
            time.sleep(0.2)
    assert _done(folder) >= len(ids), "none is stuck"
    sent = _sent(folder)
    assert set(sent) == ids, "none lost"
    assert sum(sent.values()) <= len(ids) + times, "again only what was under way"


@pytest.mark.slow
def test_killed_twice_in_the_middle_of_work(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    _killed(tmp_path, 2)


@pytest.mark.full
def test_killed_twenty_times_in_the_middle_of_work(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    _killed(tmp_path, 20)
