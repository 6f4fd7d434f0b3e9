"""Answers kept, each acknowledged once it is on disk: the server as it is run, its sender beside it on the same two cores.

The peer is the same page with the same row, written as plain ORM calls in each request: one transaction each, in which
what was sent before is found again, as here. Both are sent to in turn, in the same minutes. How long a submission waits at half that load, and a page while a report of five
years is made, has no peer and is told in milliseconds.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measured import Measured, Sizes
from tests.ops.server import Serving, environment, free_port, serving, url_of
from tests.web.asking.install import Made, Wish, make_install
from tests.web.asking.sending import Sending, Sent, form_bytes

FORMS, SECONDS, ROUNDS, AT_ONCE = 60_000, 8.0, 2, 32
A_SECOND, TIMES, P99_MS, PAGE_MS = 1_200, 2.5, 50, 15
FIRST = 1_000  # forms that warm up


def run(sizes: Sizes, folder: Path) -> Iterator[Measured]:  # noqa: ARG001  the same for every size
    home = folder / "asking"
    made = make_install(home, Wish(open_forms=FORMS))
    line = Line(made)
    group, plain = [], []
    for _ in range(ROUNDS):
        with serving(home, PEIL_HOME=str(home)) as server:
            time.sleep(3)  # what it does at its start is over
            group.append(line.send(server.port, SECONDS))
            line.check(home)
        with serving_plainly(home) as server:
            plain.append(line.send(server.port, SECONDS))
            line.check(home)
    rate, peer = max(map(a_second, group)), max(map(a_second, plain))
    yield Measured("durable submissions a second", rate, None, rate, A_SECOND, "a second", at_least=True)
    yield Measured("the same against plain ORM calls per request", rate, peer, rate / peer, TIMES, at_least=True)
    with serving(home, PEIL_HOME=str(home)) as server:
        time.sleep(3)
        heard = line.send(server.port, SECONDS, rate / 2)
        p99 = _percentile([s.took for s in heard.values()], 0.99)
        yield Measured("99 % of submissions at half that load", p99, None, p99, P99_MS, "ms")
        took = pages_during_a_report(server, made)
        yield Measured("95 % of survey pages while five years are reported", took, None, took, PAGE_MS, "ms")


class Line:
    """Forms in line, each sent once over all rounds."""

    def __init__(self, made: Made) -> None:
        self._made, self._next, self.acknowledged = made, 0, 0

    def send(self, port: int, seconds: float, rate: float | None = None) -> dict[int, Sent]:
        warm = self._take(port, FIRST)
        self.acknowledged += sum(s.status == 303 for s in Sending(port, warm, AT_ONCE).run().values())
        sending = Sending(port, self._take(port, FORMS // (2 * ROUNDS + 2) - FIRST), AT_ONCE, rate)
        heard = sending.run(seconds)
        assert {s.status for s in heard.values()} == {303}, "an answer was refused"
        self.acknowledged += len(heard)
        return heard

    def check(self, home: Path) -> None:
        """What was acknowledged is there."""
        with contextlib.closing(sqlite3.connect(home / "peil.sqlite3", timeout=20)) as connection:
            there = connection.execute("SELECT count(*) FROM surveys_response").fetchone()[0]
        assert there == self.acknowledged, f"{self.acknowledged} acknowledged, {there} there"

    def _take(self, port: int, count: int) -> list[bytes]:
        paths = self._made.open_forms[self._next : self._next + count]
        self._next += len(paths)
        given = self._made.answer
        return [
            form_bytes(p, port, given | {self._made.comment: f"Goed geholpen, nummer {n}."})
            for n, p in enumerate(paths)
        ]


def a_second(heard: dict[int, Sent]) -> float:
    began = min(s.at for s in heard.values())
    return len(heard) / (max(s.at + s.took for s in heard.values()) - began)


@contextlib.contextmanager
def serving_plainly(home: Path) -> Iterator[Serving]:
    """The same server, its answers written one by one: see `plain_asking`."""
    port = free_port()
    env = environment(PEIL_HOME=str(home), PEIL_WAREHOUSE=url_of(home), PEIL_URL=f"http://127.0.0.1:{port}")
    with (home / "plain.log").open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.plain_asking", str(port)], env=env, stdout=said, stderr=said
        )
    server = Serving(process, home, port, home / "plain.log")
    try:
        server.wait_until_up()
        time.sleep(1)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)


def pages_during_a_report(server: Serving, made: Made, pages: int = 300) -> float:
    """The 95th percentile of the server's own time for a page, in milliseconds, while another reports again and again."""
    stop, chance = threading.Event(), random.Random(4)

    def report() -> None:
        years = f"period=2021-01-01..2026-01-01&round={chance.random()}"
        while not stop.is_set():
            server.get(f"/?{years}")

    thread = threading.Thread(target=report, daemon=True)
    thread.start()
    before = len(server.lines())
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for _ in range(pages):
        connection.request("GET", made.link)
        connection.getresponse().read()
        time.sleep(0.01)
    connection.close()
    stop.set()
    thread.join()
    told = [line["ms"] for line in server.lines()[before:] if line.get("path") == "/s/<slug:key>/"]
    return _percentile([ms / 1000 for ms in told], 0.95)


def _percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))]
