"""A runner that is killed while mails leave, ten times: none is lost, and only those that were under way come twice."""

from __future__ import annotations

import email
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.ops.server import environment, free_port, url_of
from tests.surveys.mails.worker import REQUESTS

KILLS = 10


class Killing:
    """A mail server that kills whoever sends: now before a mail is taken, now after it was, before it can say so."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.pid, self.seen, self.kills, self.unsaid = 0, 0, 0, 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.seen += 1
        if self.seen % 5 == 2 and self._kill():
            return "451 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.came.append(str(email.message_from_bytes(envelope.content)["Message-ID"]))
        if self.seen % 5 == 4 and self._kill():
            self.unsaid += 1
        return "250 OK"

    def _kill(self) -> bool:
        if self.kills >= KILLS or not self.pid:
            return False
        os.kill(self.pid, signal.SIGKILL)
        self.pid, self.kills = 0, self.kills + 1
        return True


@pytest.mark.slow
def test_ten_kills_lose_no_mail(tmp_path: Path) -> None:
    server, port = Killing(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    told = {
        "PEIL_HOME": str(tmp_path), "PEIL_WAREHOUSE": url_of(tmp_path), "EMAIL_URL": f"smtp://127.0.0.1:{port}?from=peil@example.nl",
        "DJANGO_SETTINGS_MODULE": "peil.web.settings",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.surveys.mails.worker"], env=environment(**told), stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[3], text=True,
    )  # fmt: skip
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + 150
        while time.monotonic() < until and _unsent(tmp_path):
            if not server.pid:
                process.stdin.write("go\n")
                process.stdin.flush()
                server.pid = int(process.stdout.readline())
            time.sleep(0.05)
        assert _unsent(tmp_path) == 0, _line(tmp_path)
    finally:
        if server.pid:
            os.kill(server.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
        controller.stop()
    counted = Counter(server.came)
    assert server.kills == KILLS
    assert len(counted) == REQUESTS
    assert (
        sum(counted.values()) - REQUESTS <= server.unsaid
    )  # what it took and could not say: the same Message-ID again


def _unsent(folder: Path) -> int:
    connection = sqlite3.connect(folder / "peil.sqlite3", timeout=20)
    try:
        return int(connection.execute("SELECT count(*) FROM surveys_request WHERE sent_at IS NULL").fetchone()[0])
    finally:
        connection.close()


def _line(folder: Path) -> list[tuple[object, ...]]:
    """What still stands in line, and why."""
    connection = sqlite3.connect(folder / "peil.sqlite3", timeout=20)
    try:
        return connection.execute(
            "SELECT kind, state, attempts, not_before, leased_until, reason, datetime('now') FROM ops_outboxrow"
            " WHERE state <> 'done'"
        ).fetchall()
    finally:
        connection.close()
