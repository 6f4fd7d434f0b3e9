"""A PostgreSQL server of one's own, for as long as tests run.

Debian's programs are used where they are: a cluster in a passing folder, on a free port of this machine, with a
password, as a server has it. It starts in about a second.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

USER, PASSWORD = "peil", "p@ss:w/rd"
QUOTED_PASSWORD = "p%40ss%3Aw%2Frd"
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=60")
WITHOUT = "PostgreSQL's programs are not installed (on Debian and Ubuntu: apt-get install postgresql)"


@dataclass(frozen=True)
class Server:
    """A running server; `process` is its own."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres", **asked: str) -> str:
        """The address of a database, password and all; `asked` goes behind the question mark."""
        query = "&".join(f"{name}={word}" for name, word in asked.items())
        address = f"postgresql://{USER}:{QUOTED_PASSWORD}@127.0.0.1:{self.port}/{database}"
        return f"{address}?{query}" if query else address

    def new_database(self) -> str:
        """The name of an empty database, its texts in the order of bytes."""
        name = f"d{secrets.token_hex(6)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return name

    def new_warehouse(self, folder: Path) -> str:
        """The address of an empty warehouse with its archive in `folder`."""
        return self.url(schema=f"s{secrets.token_hex(6)}", archive=str(folder / "peil.archive"))

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=database, autocommit=True
        )


def programs() -> Path | None:
    """The folder of initdb and postgres, the newest version first; None where they are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[4]), reverse=True)
    on_path = shutil.which("postgres")
    return found[0].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running_server() -> Iterator[Server]:
    """A new server; it ends with the block, by its own process."""
    where = programs()
    if where is None:
        raise RuntimeError(WITHOUT)
    with tempfile.TemporaryDirectory(prefix="peil-pg-") as made:  # short: a socket's path has few bytes
        folder = Path(made)
        process, port = _start(where, folder)
        try:
            yield Server(port, process)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
            process.wait(timeout=30)


def _start(where: Path, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    data, secret, log = folder / "data", folder / "secret", folder / "log"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    methods = ("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={secret}")
    made = (f"--username={USER}", "--encoding=UTF8", "--locale=C", "--no-sync", *methods)
    subprocess.run([*_as_postgres(), where / "initdb", "-D", data, *made], check=True, stdout=subprocess.DEVNULL)
    port = _free_port()
    settings = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *QUICK)
    command = [*_as_postgres(), where / "postgres", "-D", data, *(w for s in settings for w in ("-c", s))]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    _wait_for(process, port, log)
    return process, port


def _as_postgres() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD, dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    process.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """The server of this process's tests. Without its programs tests are skipped; where it must be there, they fail."""
    if programs() is None:
        needed = os.environ.get("PEIL_REQUIRE_POSTGRES") or os.environ.get("CI")
        (pytest.fail if needed else pytest.skip)(WITHOUT)
    with running_server() as server:
        yield server
