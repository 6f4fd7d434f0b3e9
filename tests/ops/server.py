"""`peil serve` as a process of its own, on a small warehouse."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

PEIL = (sys.executable, "-m", "peil")


class Response(NamedTuple):
    """What came back; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Serving:
    """A server at work; `log` is what it said."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return Response(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def lines(self) -> list[dict[str, Any]]:
        """What it logged, without the words for people."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def workers(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def wait_until_up(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"it did not start:\n{self.log.read_text()}")

    def peil(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """A command beside the server."""
        command = [*PEIL, *arguments, "--warehouse", url_of(self.folder)]
        where = cwd or self.folder
        return subprocess.run(command, cwd=where, env=environment(), capture_output=True, text=True, timeout=120)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def url_of(folder: Path) -> str:
    return f"duckdb:///{folder / 'peil.duckdb'}"


def environment(**more: str) -> dict[str, str]:
    named = ("PEIL_HOME", "PEIL_WAREHOUSE", "PEIL_URL", "DATABASE_URL", "EMAIL_URL")
    kept = {name: value for name, value in os.environ.items() if name not in named}
    return kept | {"PEIL_LANGUAGE": "en", "PYTHONWARNINGS": "default"} | more


def start(folder: Path, port: int | None = None, *options: str, **more: str) -> Serving:
    port, log = port or free_port(), folder / "serve.log"
    command = [*PEIL, "serve", "--port", str(port), *options]
    if "--warehouse" not in options:
        command += ["--warehouse", url_of(folder)]
    with log.open("ab") as said:
        process = subprocess.Popen(command, cwd=folder, env=environment(**more), stdout=said, stderr=said)
    return Serving(process, folder, port, log)


def make_tables(folder: Path) -> None:
    """What a first start does before it serves."""
    command = [
        sys.executable,
        "-c",
        "import os; os.umask(0o077); from peil.web.serving.running import set_up; set_up()",
    ]
    told = environment(PEIL_HOME=str(folder), PEIL_WAREHOUSE=url_of(folder))
    subprocess.run(command, cwd=folder, env=told, check=True, timeout=120)


@contextmanager
def serving(folder: Path, *options: str, **more: str) -> Iterator[Serving]:
    server = start(folder, None, *options, **more)
    try:
        server.wait_until_up(180)
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=60)
